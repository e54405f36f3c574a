/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Other credentials for those that were refused, and the end of those that nobody needs.
 *
 *   keyring ─ somebody else was faster? ─▶ refresh token ─▶ POST ─▶ keyring (old until here, new from
 *   here) ─▶ the new pair
 */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-renewal.h"

#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-util.h"

typedef struct {
  GumCredentials *credentials;   /* refused; later: new */
  char           *account;       /* NULL: there is no keyring behind it */
  char           *user_id;
  char           *label;
  gboolean        kept;
} Renewal;

static void
renewal_free (gpointer data)
{
  Renewal *renewal = data;

  gum_credentials_free (renewal->credentials);
  g_free (renewal->account);
  g_free (renewal->user_id);
  g_free (renewal->label);
  g_free (renewal);
}

static void
return_credentials (GTask    *task,
                    gboolean  kept)
{
  Renewal *renewal = g_task_get_task_data (task);

  renewal->kept = kept;
  g_task_return_pointer (task, g_steal_pointer (&renewal->credentials),
                         (GDestroyNotify) gum_credentials_free);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  gboolean stored = gum_keyring_store_finish (result, &error);

  if (!stored)
    g_message ("The new token could not be kept: %s", error->message);
  return_credentials (task, stored);
}

/* RFC 6749, 5.2: these end the connection; everything else may be different later. */
static gboolean
is_over (const GError *error)
{
  const char *code = gum_error_get_server_code (error);

  return g_strcmp0 (code, "invalid_grant") == 0 || g_strcmp0 (code, "invalid_client") == 0 ||
         g_strcmp0 (code, "unauthorized_client") == 0;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GumTokenAnswer) answer = NULL;
  Renewal *renewal = g_task_get_task_data (task);

  answer = gum_oauth_token_finish (GUM_OAUTH (source), result, &error);
  if (answer == NULL)
    {
      if (is_over (error))
        g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_UNAUTHORIZED,
                                 "Gumroad no longer accepts the connection");
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  gum_set_secret (&renewal->credentials->access_token, answer->access_token);
  if (answer->refresh_token != NULL)
    gum_set_secret (&renewal->credentials->refresh_token, answer->refresh_token);
  if (answer->scope != NULL)
    gum_set_str (&renewal->credentials->scope, answer->scope);
  renewal->credentials->obtained_at = g_get_real_time () / G_USEC_PER_SEC;

  if (renewal->account != NULL)
    {
      g_autoptr(GumSecret) secret = gum_credentials_to_secret (renewal->credentials,
                                                               renewal->user_id);

      /* Not cancellable: the old pair is dead, this one must not be lost. */
      gum_keyring_store_async (renewal->account, renewal->label, secret, NULL, on_stored,
                               g_steal_pointer (&task));
    }
  else
    {
      return_credentials (task, FALSE);
    }
}

static void
ask (GTask *task)
{
  GumOAuth *oauth = g_task_get_source_object (task);
  Renewal *renewal = g_task_get_task_data (task);
  const char *parameters[] = {
    "grant_type", "refresh_token",
    "refresh_token", renewal->credentials->refresh_token,
    "client_id", renewal->credentials->client_id,
    "client_secret", renewal->credentials->client_secret,
    NULL
  };

  if (renewal->credentials->refresh_token == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_UNAUTHORIZED,
                               "Gumroad no longer accepts the token");
      g_object_unref (task);
      return;
    }

  /* Not cancellable either: an answer that nobody reads would take the connection with it. */
  gum_oauth_token_async (oauth, parameters, NULL, on_answer, task);
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  g_autoptr(GPtrArray) items = gum_keyring_search_finish (result, NULL);
  g_autoptr(GumCredentials) found = NULL;
  GumKeyringItem *newest = items != NULL && items->len > 0 ? g_ptr_array_index (items, 0) : NULL;

  if (newest != NULL && newest->secret != NULL)
    found = gum_credentials_from_secret (newest->secret, NULL);

  if (found != NULL &&
      !gum_equal_constant_time (found->access_token, renewal->credentials->access_token))
    {
      g_clear_pointer (&renewal->credentials, gum_credentials_free);
      renewal->credentials = g_steal_pointer (&found);
      return_credentials (task, TRUE);
      g_object_unref (task);
      return;
    }

  ask (task);
}

/**
 * gum_renewal_run_async:
 * @oauth: the authorization server
 * @credentials: what was refused
 * @account: (nullable): the account's id, or %NULL when no keyring holds its credentials
 * @user_id: (nullable): Gumroad's id of the seller; needed with @account
 * @label: (nullable): the label of the keyring item; needed with @account
 * @cancellable: (nullable): stops waiting, not what has begun
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Gets other credentials (RFC 6749, 6), and keeps them before anybody uses them.
 */
void
gum_renewal_run_async (GumOAuth             *oauth,
                       const GumCredentials *credentials,
                       const char           *account,
                       const char           *user_id,
                       const char           *label,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  Renewal *renewal;
  GTask *task;

  g_return_if_fail (GUM_IS_OAUTH (oauth) && credentials != NULL);
  g_return_if_fail (account == NULL || (user_id != NULL && label != NULL));

  renewal = g_new0 (Renewal, 1);
  renewal->credentials = gum_credentials_copy (credentials);
  renewal->account = g_strdup (account);
  renewal->user_id = g_strdup (user_id);
  renewal->label = g_strdup (label);

  task = g_task_new (oauth, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_renewal_run_async);
  g_task_set_task_data (task, renewal, renewal_free);

  if (account != NULL)
    gum_keyring_search_async (account, FALSE, NULL, on_searched, task);
  else
    ask (task);
}

/**
 * gum_renewal_run_finish:
 * @oauth: the authorization server
 * @result: the outcome
 * @kept: (out): whether a keyring holds what is returned
 * @error: return location for an error: %GUM_ERROR_UNAUTHORIZED when the connection is over,
 *   anything else when it may work later
 *
 * Returns: (transfer full) (nullable): the new credentials
 */
GumCredentials *
gum_renewal_run_finish (GumOAuth      *oauth,
                        GAsyncResult  *result,
                        gboolean      *kept,
                        GError       **error)
{
  Renewal *renewal;

  g_return_val_if_fail (g_task_is_valid (result, oauth), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_renewal_run_async), NULL);

  renewal = g_task_get_task_data (G_TASK (result));
  *kept = renewal->kept;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_discarded (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!gum_oauth_revoke_finish (GUM_OAUTH (source), result, &error))
    g_debug ("A token that was not kept could not be revoked: %s", error->message);
}

/**
 * gum_renewal_discard:
 * @oauth: the authorization server
 * @credentials: (nullable): what nobody will use
 *
 * Revokes a token in the background (RFC 7009), as far as that can be done: one that the person
 * made by hand belongs to the person and is left alone.
 */
void
gum_renewal_discard (GumOAuth             *oauth,
                     const GumCredentials *credentials)
{
  if (oauth == NULL || credentials == NULL || credentials->pasted ||
      credentials->access_token == NULL || credentials->client_id == NULL)
    return;

  gum_oauth_revoke_async (oauth, credentials->access_token, credentials->client_id,
                          credentials->client_secret, NULL, on_discarded, NULL);
}
