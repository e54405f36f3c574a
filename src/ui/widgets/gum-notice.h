/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUM_TYPE_NOTICE (gum_notice_get_type ())
G_DECLARE_FINAL_TYPE (GumNotice, gum_notice, GUM, NOTICE, GtkWidget)

/* contract: what went wrong or is worth knowing, above what it is about: a title, a sentence, and perhaps a way on. Hidden
 * while there is nothing to say. Signal "activated": the button. */
GtkWidget  *gum_notice_new        (void);
void        gum_notice_show       (GumNotice    *self,
                                   const char   *title,
                                   const char   *sentence,
                                   const char   *button);     /* with mnemonic; nullable */
void        gum_notice_show_error (GumNotice    *self,
                                   const GError *error,       /* NULL hides it */
                                   const char   *button);
void        gum_notice_hide       (GumNotice    *self);
const char *gum_notice_get_text   (GumNotice    *self);       /* the sentence, or NULL */

G_END_DECLS
