/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Complains about what is nameless at @root or below it and can be seen; @place is for the message. */
void names_check (GtkWidget  *root,
                  const char *place);

G_END_DECLS
