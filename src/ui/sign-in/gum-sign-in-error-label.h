/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_SIGN_IN_ERROR_LABEL (gum_sign_in_error_label_get_type ())
G_DECLARE_FINAL_TYPE (GumSignInErrorLabel, gum_sign_in_error_label, GUM, SIGN_IN_ERROR_LABEL, AdwBin)

/* A failure beside the field it is about: a title and a sentence with the next step. NULL: nothing is wrong. */
void        gum_sign_in_error_label_show     (GumSignInErrorLabel *self,
                                              const GError        *error,
                                              const GError        *cause);
/* Whether the Application ID is one that nobody here has entered. */
void        gum_sign_in_error_label_set_hidden_id (GumSignInErrorLabel *self,
                                              gboolean             hidden_id);
const char *gum_sign_in_error_label_get_text (GumSignInErrorLabel *self);   /* the sentence, or NULL */

/* Marks a field as wrong, for eyes and for screen readers. */
void        gum_sign_in_error_label_mark     (GtkWidget           *field,
                                              gboolean             wrong);

G_END_DECLS
