/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-sign-in.h"

G_BEGIN_DECLS

#define GUM_TYPE_SIGN_IN_TOKEN (gum_sign_in_token_get_type ())
G_DECLARE_FINAL_TYPE (GumSignInToken, gum_sign_in_token, GUM, SIGN_IN_TOKEN, AdwBin)

/* The other way in: an access token that was made on Gumroad's page. Signal "use-browser". */
void gum_sign_in_token_set_up     (GumSignInToken *self,
                                   GumSignIn      *sign_in);
void gum_sign_in_token_show_error (GumSignInToken *self,
                                   const GError   *error,
                                   const GError   *cause);

G_END_DECLS
