/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing out, and what could honestly be said of it afterwards.
 *
 *   a refresh under way? wait ─▶ token unknown? unlock ─▶ revoke ─▶ clear, look again ─▶ wipe
 *
 * No step's failure keeps the next from being tried. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-accounts-private.h"

#include "gum-account-private.h"
#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-oauth.h"

typedef struct {
  GumAccount       *account;
  GumCredentials   *credentials;
  GumSignOutResult  result;
  GError           *error;
} SignOut;

static void
sign_out_free (gpointer data)
{
  SignOut *out = data;

  g_object_unref (out->account);
  gum_credentials_free (out->credentials);
  g_clear_error (&out->error);
  g_free (out);
}

static void
finish_task (GTask *task)
{
  GumAccounts *self = g_task_get_source_object (task);
  SignOut *out = g_task_get_task_data (task);

  gum_account_forget (out->account, GUM_ACCOUNT_SIGNED_OUT);
  gum_accounts_remove (self, out->account);

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GumAccounts *self = g_task_get_source_object (task);
  SignOut *out = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* A token that no keyring would take cannot be left in one. */
  if (!gum_keyring_clear_finish (result, &error) &&
      !(gum_account_is_session_only (out->account) &&
        g_error_matches (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE)))
    {
      gum_accounts_set_forgotten (self, gum_account_get_id (out->account), TRUE);
      g_clear_error (&out->error);
      out->error = g_steal_pointer (&error);
      out->result = GUM_SIGN_OUT_NOT_CLEARED;
    }

  finish_task (task);
}

static void
clear_keyring (GTask *task)
{
  SignOut *out = g_task_get_task_data (task);

  if (gum_account_is_sample (out->account))
    finish_task (task);
  else
    gum_keyring_clear_async (gum_account_get_id (out->account), NULL, on_cleared, task);
}

static void
on_revoked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  SignOut *out = g_task_get_task_data (task);

  if (gum_oauth_revoke_finish (GUM_OAUTH (source), result, &out->error))
    out->result = GUM_SIGN_OUT_REVOKED;
  else
    {
      out->result = GUM_SIGN_OUT_NOT_REVOKED;
      gum_revocations_add (gum_accounts_get_revocations (g_task_get_source_object (task)),
                           GUM_OAUTH (source), out->credentials, out->error);
    }

  clear_keyring (task);
}

static void
revoke_token (GTask *task)
{
  SignOut *out = g_task_get_task_data (task);

  out->credentials = gum_credentials_copy (gum_account_get_credentials (out->account));
  gum_client_abort (gum_account_get_client (out->account));

  if (out->credentials == NULL || out->credentials->pasted)
    {
      /* Others may use it: it is the person's, not ours. */
      out->result = GUM_SIGN_OUT_FORGOTTEN;
      clear_keyring (task);
    }
  else if (out->credentials->client_id == NULL)
    {
      out->result = GUM_SIGN_OUT_NOT_REVOKED;
      out->error = g_error_new_literal (GUM_ERROR, GUM_ERROR_REJECTED,
                                        "A token cannot be revoked without its Application ID");
      clear_keyring (task);
    }
  else
    {
      /* Not cancellable: halfway out would be neither in nor out. */
      gum_oauth_revoke_async (gum_account_get_oauth (out->account),
                              out->credentials->access_token, out->credentials->client_id,
                              out->credentials->client_secret, NULL, on_revoked, task);
    }
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  SignOut *out = g_task_get_task_data (task);
  g_autoptr(GPtrArray) items = gum_keyring_search_finish (result, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const GumKeyringItem *item = g_ptr_array_index (items, i);
      g_autoptr(GumCredentials) credentials = NULL;
      g_autofree char *user_id = NULL;

      if (item->secret == NULL || gum_account_get_credentials (out->account) != NULL)
        continue;
      credentials = gum_credentials_from_secret (item->secret, &user_id);
      if (credentials != NULL)
        gum_account_set_credentials (out->account, credentials, user_id, FALSE);
    }

  revoke_token (task);
}

static void
find_token (GTask *task)
{
  SignOut *out = g_task_get_task_data (task);

  if (gum_account_get_credentials (out->account) == NULL &&
      gum_account_get_state (out->account) != GUM_ACCOUNT_SIGNED_OUT)
    gum_keyring_search_async (gum_account_get_id (out->account), TRUE,
                              g_task_get_cancellable (task), on_found, task);
  else
    revoke_token (task);
}

static void
on_renewed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gum_authorizer_refresh_finish (GUM_AUTHORIZER (source), result, NULL);
  find_token (user_data);
}

/**
 * gum_accounts_sign_out_async:
 * @self: the accounts
 * @account: one of them
 * @cancellable: (nullable): gives up waiting for a prompt, nothing else
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Revokes the token (RFC 7009), unless it was pasted; clears the keyring and looks whether it is
 * clear; wipes the memory; and removes the account from the list. The ledger is not touched.
 *
 * A revocation that did not get through is tried again a few times while @self lives, with the token in
 * memory only. That changes nothing about the answer.
 */
void
gum_accounts_sign_out_async (GumAccounts         *self,
                             GumAccount          *account,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  const GumCredentials *credentials;
  SignOut *out;
  GTask *task;

  g_return_if_fail (GUM_IS_ACCOUNTS (self) && GUM_IS_ACCOUNT (account));

  out = g_new0 (SignOut, 1);
  out->account = g_object_ref (account);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_accounts_sign_out_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, out, sign_out_free);

  /* A refresh that ended after us would put a new token where the old one was cleared. */
  credentials = gum_account_get_credentials (account);
  if (gum_account_is_renewing (account) && credentials != NULL)
    gum_authorizer_refresh_async (GUM_AUTHORIZER (account), credentials->access_token, NULL,
                                  on_renewed, task);
  else
    find_token (task);
}

/**
 * gum_accounts_sign_out_finish:
 * @self: the accounts
 * @result: the outcome
 * @error: return location for the reason of %GUM_SIGN_OUT_NOT_REVOKED and
 *   %GUM_SIGN_OUT_NOT_CLEARED
 *
 * Returns: what has become of the token
 */
GumSignOutResult
gum_accounts_sign_out_finish (GumAccounts   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  SignOut *out;

  g_return_val_if_fail (g_task_is_valid (result, self), GUM_SIGN_OUT_NOT_CLEARED);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_accounts_sign_out_async),
                        GUM_SIGN_OUT_NOT_CLEARED);

  out = g_task_get_task_data (G_TASK (result));
  if (out->error != NULL && error != NULL)
    *error = g_error_copy (out->error);

  return out->result;
}
