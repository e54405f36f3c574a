/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void  gum_about_present        (GtkWindow *parent);
/* What a bug report needs: versions and the like, never a name or a secret. (transfer full) */
char *gum_about_dup_debug_info (void);

G_END_DECLS
