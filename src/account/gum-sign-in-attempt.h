/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-loan.h"
#include "gum-loopback.h"
#include "gum-oauth.h"
#include "gum-sign-in-private.h"

G_BEGIN_DECLS

/* What gum-sign-in.c and gum-sign-in-attempt.c share, and nobody else may know. */

struct _GumSignIn
{
  GObject         parent_instance;

  /* Owned */
  GumAccounts    *accounts;
  GumAccount     *again;       /* the one that is to be connected again; NULL: any */
  char           *api_url;
  char           *oauth_url;
  char           *scope;
  GError         *error;
  GError         *cause;
  GumAccount     *account;

  /* Owned, of the attempt */
  GumPkce        *pkce;
  GumLoopback    *loopback;
  GumOAuth       *oauth;
  GumClient      *client;
  GumLoan        *loan;
  GCancellable   *cancellable;
  GumCredentials *credentials;
  JsonObject     *user;
  char           *client_id;
  char           *client_secret;
  char           *authorize_url;
  guint           timeout_id;
  guint           scope_id;       /* how long a pasted token's scopes are waited for */

  GumSignInState  state;
  guint           attempt;
  guint           timeout_ms;
  guint           scope_ms;
  guint           deadline;
  gboolean        https_hint;
  gboolean        unlocking;      /* a prompt of the keyring may be up */
  gboolean        asking_scope;
};

void gum_sign_in_end_attempt       (GumSignIn      *self,
                                    gboolean        keep_listener);

void gum_sign_in_set_state         (GumSignIn      *self,
                                    GumSignInState  state);
void gum_sign_in_set_authorize_url (GumSignIn      *self,
                                    char           *url);
void gum_sign_in_set_error         (GumSignIn      *self,
                                    GError         *error,
                                    GError         *cause);
void gum_sign_in_set_https_hint    (GumSignIn      *self,
                                    gboolean        https_hint);

G_END_DECLS
