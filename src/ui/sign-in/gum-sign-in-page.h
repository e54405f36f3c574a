/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-sign-in.h"

G_BEGIN_DECLS

#define GUM_TYPE_SIGN_IN_PAGE (gum_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (GumSignInPage, gum_sign_in_page, GUM, SIGN_IN_PAGE, AdwBin)

/* Signing in, from its first step to "Signed in as …". @again: the account that is to be connected again, or NULL.
 * Signals: "done" (GumAccount, gboolean: it moved on by itself), "cancelled". */
GtkWidget *gum_sign_in_page_new         (GumAccounts   *accounts,
                                         GSettings     *settings,
                                         GumAccount    *again);
GumSignIn *gum_sign_in_page_get_sign_in (GumSignInPage *self);
/* Whether an attempt runs that would come to nothing if the program ended. */
gboolean   gum_sign_in_page_is_waiting  (GumSignInPage *self);
/* Escape: one step back, in the end "cancelled". */
void       gum_sign_in_page_go_back     (GumSignInPage *self);

G_END_DECLS
