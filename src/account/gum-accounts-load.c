/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the keyring for all accounts, one after the other, so that at most one prompt is up:
 *
 *   each known account ─▶ what is to be forgotten ─▶ what the list does not know ─▶ done
 *
 * Only "surely nothing" makes an account signed out. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-accounts-private.h"

#include "gum-account-private.h"
#include "gum-keyring.h"
#include "gum-oauth.h"

typedef struct {
  GPtrArray *accounts;
  GPtrArray *forgotten;
  guint      next_account;
  guint      next_forgotten;
  gboolean   unlock;
  GError    *error;         /* the first reason why something cannot be known */
} Load;

static void load_next (GTask *task);

static void
load_free (gpointer data)
{
  Load *load = data;

  g_ptr_array_unref (load->accounts);
  g_ptr_array_unref (load->forgotten);
  g_clear_error (&load->error);
  g_free (load);
}

static void
set_error (Load   *load,
           GError *error)
{
  if (load->error == NULL)
    load->error = error;
  else
    g_error_free (error);
}

/* The newest of the items that opens this account. */
static GumCredentials *
find_credentials (GumAccount  *account,
                  GPtrArray   *items,
                  char       **user_id)
{
  for (guint i = 0; i < items->len; i++)
    {
      const GumKeyringItem *item = g_ptr_array_index (items, i);
      g_autoptr(GumCredentials) credentials = NULL;
      g_autofree char *whose = NULL;
      g_autofree char *id = NULL;

      if (item->secret == NULL)
        continue;
      credentials = gum_credentials_from_secret (item->secret, &whose);
      if (credentials == NULL || whose == NULL)
        continue;
      id = gum_account_derive_id (gum_account_get_api_url (account), whose);
      if (g_strcmp0 (id, gum_account_get_id (account)) != 0)
        continue;

      *user_id = g_steal_pointer (&whose);
      return g_steal_pointer (&credentials);
    }

  return NULL;
}

static gboolean
any_unread (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (((GumKeyringItem *) g_ptr_array_index (items, i))->secret == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
take_items (Load       *load,
            GumAccount *account,
            GPtrArray  *items)
{
  g_autoptr(GumCredentials) credentials = NULL;
  g_autofree char *user_id = NULL;

  credentials = find_credentials (account, items, &user_id);
  if (credentials != NULL)
    {
      if (items->len > 1)
        gum_account_set_duplicates (account);
      gum_account_set_credentials (account, credentials, user_id, FALSE);
    }
  else if (any_unread (items))
    {
      gum_account_forget (account, GUM_ACCOUNT_LOCKED);
      set_error (load, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                            "The keyring is locked"));
    }
  else
    {
      if (items->len > 0)
        g_message ("The keyring's item for an account makes no sense and is passed over");
      gum_account_forget (account, GUM_ACCOUNT_SIGNED_OUT);
    }
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Load *load = g_task_get_task_data (task);
  GumAccount *account = g_ptr_array_index (load->accounts, load->next_account - 1);
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GError) error = NULL;

  items = gum_keyring_search_finish (result, &error);

  /* Somebody may have signed in meanwhile. */
  if (gum_account_get_credentials (account) == NULL)
    {
      if (items != NULL)
        take_items (load, account, items);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gum_account_forget (account, GUM_ACCOUNT_LOCKED);
    }
  if (error != NULL)
    set_error (load, g_steal_pointer (&error));

  load_next (task);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GumAccounts *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  if (gum_keyring_clear_finish (result, NULL))
    gum_accounts_set_forgotten (self, g_ptr_array_index (load->forgotten, load->next_forgotten - 1),
                                FALSE);
  load_next (task);
}

/* An item that the list does not know: the list was lost. It can be taken up again if it is of the
 * server that is asked by default. */
static void
adopt (GumAccounts          *self,
       const GumKeyringItem *item)
{
  g_autofree char *api_url = gum_client_dup_default_url ();
  g_autofree char *oauth_url = gum_oauth_dup_default_url ();
  g_autofree char *user_id = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GumCredentials) credentials = NULL;
  g_autoptr(GumAccount) account = NULL;

  if (item->account == NULL || item->secret == NULL ||
      gum_accounts_find (self, item->account) != NULL ||
      g_strv_contains (gum_accounts_get_forgotten (self), item->account))
    return;

  credentials = gum_credentials_from_secret (item->secret, &user_id);
  if (credentials == NULL || user_id == NULL)
    return;
  id = gum_account_derive_id (api_url, user_id);
  if (g_strcmp0 (id, item->account) != 0)
    return;

  account = gum_account_new (id, api_url, oauth_url, FALSE, NULL);
  if (account == NULL)
    return;
  gum_account_set_credentials (account, credentials, user_id, FALSE);
  gum_accounts_append (self, account);
}

static void
on_all_searched (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumAccounts *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GPtrArray) items = gum_keyring_search_finish (result, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    adopt (self, g_ptr_array_index (items, i));

  if (load->error != NULL)
    g_task_return_error (task, g_steal_pointer (&load->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* A service that is away for one account is away for all: not ten seconds for each of them. */
static void
give_up (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  for (; load->next_account < load->accounts->len; load->next_account++)
    {
      GumAccount *account = g_ptr_array_index (load->accounts, load->next_account);

      if (gum_account_get_credentials (account) == NULL)
        gum_account_forget (account, GUM_ACCOUNT_LOCKED);
    }

  g_task_return_error (task, g_steal_pointer (&load->error));
  g_object_unref (task);
}

static void
load_next (GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Load *load = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
    }
  else if (g_error_matches (load->error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE))
    {
      give_up (task);
    }
  else if (load->next_account < load->accounts->len)
    {
      GumAccount *account = g_ptr_array_index (load->accounts, load->next_account++);

      gum_keyring_search_async (gum_account_get_id (account), load->unlock, cancellable,
                                on_searched, task);
    }
  else if (load->error == NULL && load->next_forgotten < load->forgotten->len)
    {
      gum_keyring_clear_async (g_ptr_array_index (load->forgotten, load->next_forgotten++),
                               cancellable, on_cleared, task);
    }
  else
    {
      gum_keyring_search_async (NULL, FALSE, cancellable, on_all_searched, task);
    }
}

/**
 * gum_accounts_load_async:
 * @self: the accounts
 * @unlock: whether the person may be asked to unlock the keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Asks the keyring for every account that has no token yet.
 */
void
gum_accounts_load_async (GumAccounts         *self,
                         gboolean             unlock,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  const char * const *forgotten;
  GPtrArray *all;
  GTask *task;
  Load *load;

  g_return_if_fail (GUM_IS_ACCOUNTS (self));

  load = g_new0 (Load, 1);
  load->unlock = unlock;
  load->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  load->forgotten = g_ptr_array_new_with_free_func (g_free);

  all = gum_accounts_get_all (self);
  for (guint i = 0; i < all->len; i++)
    {
      if (gum_account_get_credentials (g_ptr_array_index (all, i)) == NULL)
        g_ptr_array_add (load->accounts, g_object_ref (g_ptr_array_index (all, i)));
    }
  forgotten = gum_accounts_get_forgotten (self);
  for (guint i = 0; forgotten[i] != NULL; i++)
    g_ptr_array_add (load->forgotten, g_strdup (forgotten[i]));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_accounts_load_async);
  g_task_set_task_data (task, load, load_free);
  load_next (task);
}

/**
 * gum_accounts_load_finish:
 * @self: the accounts
 * @result: the outcome
 * @error: return location for a #GumKeyringError: some account is %GUM_ACCOUNT_LOCKED
 *
 * Returns: %TRUE if the keyring has answered for every account
 */
gboolean
gum_accounts_load_finish (GumAccounts   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_accounts_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
