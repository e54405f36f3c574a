/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-account.h"

G_BEGIN_DECLS

#define GUM_TYPE_ACCOUNTS (gum_accounts_get_type ())
G_DECLARE_FINAL_TYPE (GumAccounts, gum_accounts, GUM, ACCOUNTS, GObject)   /* GListModel of GumAccount */

/* contract: who is signed in. @directory (mode 0700) holds `accounts.ini`: ids, names, e-mail and
 * picture address, API and OAuth base, never a secret. So the window knows at once whose ledger to
 * open, before any keyring has answered. Reading it is synchronous and small; a damaged file is set
 * aside. */
GumAccounts *gum_accounts_new             (const char  *directory);

/* Asks the keyring for all accounts; their state goes from UNKNOWN to one of the others. With
 * @unlock the keyring may prompt. */
void         gum_accounts_load_async      (GumAccounts          *self,
                                           gboolean              unlock,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     gum_accounts_load_finish     (GumAccounts          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

GumAccount  *gum_accounts_find            (GumAccounts          *self,
                                           const char           *id);      /* transfer none, nullable */

/* Takes over a verified sign-in: same seller at the same server → the same account, updated. Stores in
 * the keyring, reads back, compares; without a keyring the account is session-only (not an error). */
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
                                           GError              **error);   /* transfer full */

/* The sample store: an account with a given token that is never kept anywhere. (transfer full) */
GumAccount  *gum_accounts_add_sample      (GumAccounts          *self,
                                           const char           *name,
                                           const char           *api_url,
                                           const char           *access_token);

/* Tries the keyring again for a session-only account. */
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

/* Revokes, clears, verifies by search, wipes, and removes the account from the list. The ledger is
 * not ours to erase: the caller does that if the person asked for it. NOT_REVOKED comes with @error set
 * to the reason as well, and so does NOT_CLEARED. */
void             gum_accounts_sign_out_async  (GumAccounts          *self,
                                               GumAccount           *account,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GumSignOutResult gum_accounts_sign_out_finish (GumAccounts          *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* TRUE if the last sign-in of this machine was cut between exchange and storing (SIGKILL); cleared by reading. */
gboolean     gum_accounts_take_unfinished_sign_in (GumAccounts *self);

G_END_DECLS
