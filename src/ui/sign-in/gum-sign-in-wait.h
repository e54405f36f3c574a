/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-sign-in.h"

G_BEGIN_DECLS

#define GUM_TYPE_SIGN_IN_WAIT (gum_sign_in_wait_get_type ())
G_DECLARE_FINAL_TYPE (GumSignInWait, gum_sign_in_wait, GUM, SIGN_IN_WAIT, AdwBin)

/* What happens while the browser has the word, and what to do if it does not open. */
void gum_sign_in_wait_set_up (GumSignInWait *self,
                                 GumSignIn        *sign_in);

G_END_DECLS
