/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-account.h"

G_BEGIN_DECLS

#define GUM_TYPE_ACCOUNTS (gum_accounts_get_type ())
G_DECLARE_FINAL_TYPE (GumAccounts, gum_accounts, GUM, ACCOUNTS, GObject)   /* GListModel of GumAccount */

GumAccounts *gum_accounts_new             (const char  *directory);
void         gum_accounts_load_async      (GumAccounts          *self,
                                           gboolean              unlock,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     gum_accounts_load_finish     (GumAccounts          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

GumAccount  *gum_accounts_find            (GumAccounts          *self,
                                           const char           *id);
void         gum_accounts_add_async       (GumAccounts          *self,
                                           const GumCredentials *credentials,
                                           JsonObject           *user,
                                           const char           *api_url,
                                           const char           *oauth_url,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GumAccount  *gum_accounts_add_finish      (GumAccounts          *self,
                                           GAsyncResult         *result,
                                           GError              **error);
GumAccount  *gum_accounts_add_sample      (GumAccounts          *self,
                                           const char           *name,
                                           const char           *api_url,
                                           const char           *access_token);

void         gum_accounts_keep_async      (GumAccounts          *self,
                                           GumAccount           *account,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     gum_accounts_keep_finish     (GumAccounts          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/**
 * GumSignOutResult:
 * @GUM_SIGN_OUT_REVOKED: Gumroad has revoked the token, the keyring is empty
 * @GUM_SIGN_OUT_FORGOTTEN: a pasted token: forgotten here, still good elsewhere, as it should be
 * @GUM_SIGN_OUT_NOT_REVOKED: forgotten here, but Gumroad could not be told: the token may still work
 * @GUM_SIGN_OUT_NOT_CLEARED: the keyring refused to forget it
 */
typedef enum {
  GUM_SIGN_OUT_REVOKED,
  GUM_SIGN_OUT_FORGOTTEN,
  GUM_SIGN_OUT_NOT_REVOKED,
  GUM_SIGN_OUT_NOT_CLEARED,
} GumSignOutResult;

void             gum_accounts_sign_out_async  (GumAccounts          *self,
                                               GumAccount           *account,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GumSignOutResult gum_accounts_sign_out_finish (GumAccounts          *self,
                                               GAsyncResult         *result,
                                               GError              **error);

gboolean     gum_accounts_take_unfinished_sign_in (GumAccounts *self);

G_END_DECLS
