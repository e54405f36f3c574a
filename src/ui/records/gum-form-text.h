/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_FORM_TEXT (gum_form_text_get_type ())
G_DECLARE_FINAL_TYPE (GumFormText, gum_form_text, GUM, FORM_TEXT, GtkBox)

/* Some lines of plain text with a title, and how many characters are left. Signal "changed". */
GtkWidget  *gum_form_text_new         (const char  *title,
                                       guint        max_length);   /* 0: any */
void        gum_form_text_set_text    (GumFormText *self,
                                       const char  *text);
char       *gum_form_text_dup_text    (GumFormText *self);
gboolean    gum_form_text_is_too_long (GumFormText *self);

G_END_DECLS
