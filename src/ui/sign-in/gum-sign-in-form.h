/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-sign-in.h"

G_BEGIN_DECLS

#define GUM_TYPE_SIGN_IN_FORM (gum_sign_in_form_get_type ())
G_DECLARE_FINAL_TYPE (GumSignInForm, gum_sign_in_form, GUM, SIGN_IN_FORM, AdwBin)

/* The steps of signing in through the browser. Signal "use-token": the other way is wanted. */

/* With one of the two, signing in is one button. @vendor_id: of whoever distributes the program, or NULL. @again_id: of the
 * application that the account of gum_sign_in_new_again() was signed in with, or NULL; it goes before. */
void gum_sign_in_form_set_up     (GumSignInForm *self,
                                  GumSignIn     *sign_in,
                                  const char    *vendor_id,
                                  const char    *again_id);
/* NULL takes the error away. The fields are kept. */
void gum_sign_in_form_show_error (GumSignInForm *self,
                                  const GError  *error,
                                  const GError  *cause);

G_END_DECLS
