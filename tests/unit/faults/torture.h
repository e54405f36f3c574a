/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void        torture_arm      (guint       fail_at);
guint       torture_disarm   (void);
const char *torture_get_name (void);
void        torture_spare    (gboolean    spare);

G_END_DECLS
