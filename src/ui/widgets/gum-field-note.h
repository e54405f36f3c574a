/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* contract: a line below a row of a form. It belongs behind @field in the same group. */
GtkWidget *gum_field_note_new  (void);
/* @text: NULL: nothing is said. @wrong: it is what is wrong with @field; a screen reader hears it there. */
void       gum_field_note_show (GtkWidget  *note,
                                GtkWidget  *field,
                                const char *text,
                                gboolean    wrong);

G_END_DECLS
