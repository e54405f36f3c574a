/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-credentials.h"
#include "gum-user.h"

G_BEGIN_DECLS

/**
 * GumAccountState:
 * @GUM_ACCOUNT_UNKNOWN: the keyring has not answered yet: never shown as signed out
 * @GUM_ACCOUNT_LOCKED: the keyring is locked or away: "Unlock Keyring" is offered
 * @GUM_ACCOUNT_SIGNED_OUT: the keyring surely has no token for this account
 * @GUM_ACCOUNT_SIGNED_IN: there is a token
 * @GUM_ACCOUNT_REJECTED: Gumroad no longer accepts the token: "Reconnect" is offered
 */
typedef enum {
  GUM_ACCOUNT_UNKNOWN,
  GUM_ACCOUNT_LOCKED,
  GUM_ACCOUNT_SIGNED_OUT,
  GUM_ACCOUNT_SIGNED_IN,
  GUM_ACCOUNT_REJECTED,
} GumAccountState;

#define GUM_TYPE_ACCOUNT_STATE (gum_account_state_get_type ())
GType gum_account_state_get_type (void);

#define GUM_TYPE_ACCOUNT (gum_account_get_type ())
G_DECLARE_FINAL_TYPE (GumAccount, gum_account, GUM, ACCOUNT, GObject)   /* implements GumAuthorizer */

/* Properties (all notify): "id", "name", "email", "picture-url", "state", "session-only", "sample",
 * "scope", "application-id". */
const char      *gum_account_get_id           (GumAccount *self);
const char      *gum_account_get_name         (GumAccount *self);
const char      *gum_account_get_email        (GumAccount *self);
const char      *gum_account_get_picture_url  (GumAccount *self);
GumAccountState  gum_account_get_state        (GumAccount *self);
const char      *gum_account_get_application_id (GumAccount *self);
gboolean         gum_account_is_by_token     (GumAccount *self);
gboolean         gum_account_is_session_only  (GumAccount *self);
gboolean         gum_account_is_sample        (GumAccount *self);
GumClient       *gum_account_get_client       (GumAccount *self);

void             gum_account_refresh_user_async  (GumAccount           *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         gum_account_refresh_user_finish (GumAccount           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
