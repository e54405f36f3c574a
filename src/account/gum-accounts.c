/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is signed in, as a list model. The file of it is read when the list is made, so the window knows
 * whose ledger to open before any keyring has answered. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-accounts-private.h"

#include "gum-account-private.h"
#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-renewal.h"
#include "gum-roster.h"
#include "gum-util.h"

#define SAMPLE_ID "sample"

struct _GumAccounts
{
  GObject         parent_instance;

  /* Owned */
  GPtrArray      *accounts;
  GPtrArray      *forgotten;   /* ids, NULL-terminated */
  GumRoster      *roster;
  GumRevocations *revocations;

  gboolean        reading;
};

typedef struct {
  GumCredentials *credentials;
  JsonObject     *user;
  char           *user_id;
  GumAccount     *account;
} Addition;

static void gum_accounts_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumAccounts, gum_accounts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_accounts_list_model_init))

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  gum_credentials_free (addition->credentials);
  g_clear_pointer (&addition->user, json_object_unref);
  g_free (addition->user_id);
  g_clear_object (&addition->account);
  g_free (addition);
}

static void
save (GumAccounts *self)
{
  g_autoptr(GPtrArray) entries = NULL;

  if (self->reading)
    return;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) gum_roster_entry_free);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      GumAccount *account = g_ptr_array_index (self->accounts, i);
      GumRosterEntry *entry;

      if (gum_account_is_sample (account))
        continue;

      entry = g_new0 (GumRosterEntry, 1);
      entry->id = g_strdup (gum_account_get_id (account));
      entry->name = g_strdup (gum_account_get_name (account));
      entry->email = g_strdup (gum_account_get_email (account));
      entry->picture_url = g_strdup (gum_account_get_picture_url (account));
      entry->api_url = g_strdup (gum_account_get_api_url (account));
      entry->oauth_url = g_strdup (gum_account_get_oauth_url (account));
      entry->application_id = g_strdup (gum_account_get_application_id (account));
      g_ptr_array_add (entries, entry);
    }

  gum_roster_write (self->roster, entries, (const char * const *) self->forgotten->pdata);
}

static void
on_profile_changed (GumAccounts *self)
{
  save (self);
}

static void
read_roster (GumAccounts *self,
             const char  *directory)
{
  g_autoptr(GPtrArray) entries = NULL;
  char **forgotten;

  self->reading = TRUE;
  self->roster = gum_roster_new (directory);
  entries = gum_roster_read (self->roster, &forgotten);
  for (guint i = 0; forgotten[i] != NULL; i++)
    gum_accounts_set_forgotten (self, forgotten[i], TRUE);
  g_strfreev (forgotten);

  for (guint i = 0; i < entries->len; i++)
    {
      const GumRosterEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr(GumAccount) account = NULL;
      g_autoptr(GError) error = NULL;

      account = gum_account_new (entry->id, entry->api_url, entry->oauth_url, FALSE, &error);
      if (account == NULL)
        {
          g_message ("An account is passed over: %s", error->message);
          continue;
        }
      gum_account_set_profile (account, entry->name, entry->email, entry->picture_url);
      gum_account_set_application_id (account, entry->application_id);
      gum_accounts_append (self, account);
    }
  self->reading = FALSE;
}

static GType
gum_accounts_get_item_type (GListModel *model)
{
  return GUM_TYPE_ACCOUNT;
}

static guint
gum_accounts_get_n_items (GListModel *model)
{
  return GUM_ACCOUNTS (model)->accounts->len;
}

static gpointer
gum_accounts_get_item (GListModel *model,
                       guint       position)
{
  GumAccounts *self = GUM_ACCOUNTS (model);

  return position < self->accounts->len ? g_object_ref (self->accounts->pdata[position]) : NULL;
}

static void
gum_accounts_finalize (GObject *object)
{
  GumAccounts *self = GUM_ACCOUNTS (object);

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->forgotten, g_ptr_array_unref);
  g_clear_pointer (&self->roster, gum_roster_free);
  g_clear_pointer (&self->revocations, gum_revocations_free);

  G_OBJECT_CLASS (gum_accounts_parent_class)->finalize (object);
}

static void
gum_accounts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_accounts_get_item_type;
  iface->get_n_items = gum_accounts_get_n_items;
  iface->get_item = gum_accounts_get_item;
}

static void
gum_accounts_class_init (GumAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_accounts_finalize;
}

static void
gum_accounts_init (GumAccounts *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->forgotten = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->forgotten, NULL);
  self->revocations = gum_revocations_new ();
}

/**
 * gum_accounts_new:
 * @directory: where `accounts.ini` is kept
 *
 * Reads who is signed in; every account is %GUM_ACCOUNT_UNKNOWN until gum_accounts_load_async().
 *
 * Returns: (transfer full): the accounts
 */
GumAccounts *
gum_accounts_new (const char *directory)
{
  GumAccounts *self;

  g_return_val_if_fail (directory != NULL, NULL);

  self = g_object_new (GUM_TYPE_ACCOUNTS, NULL);
  read_roster (self, directory);

  return self;
}

/**
 * gum_accounts_find:
 * @self: the accounts
 * @id: an account's id
 *
 * Returns: (transfer none) (nullable): the account
 */
GumAccount *
gum_accounts_find (GumAccounts *self,
                   const char  *id)
{
  g_return_val_if_fail (GUM_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      GumAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_str_equal (gum_account_get_id (account), id))
        return account;
    }

  return NULL;
}

GPtrArray *
gum_accounts_get_all (GumAccounts *self)
{
  return self->accounts;
}

void
gum_accounts_append (GumAccounts *self,
                     GumAccount  *account)
{
  g_ptr_array_add (self->accounts, g_object_ref (account));
  if (!gum_account_is_sample (account))
    {
      static const char *const details[] = { "notify::name", "notify::email",
                                             "notify::picture-url", "notify::application-id" };

      for (guint i = 0; i < G_N_ELEMENTS (details); i++)
        g_signal_connect_object (account, details[i], G_CALLBACK (on_profile_changed), self,
                                 G_CONNECT_SWAPPED);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
  save (self);
}

void
gum_accounts_remove (GumAccounts *self,
                     GumAccount  *account)
{
  guint position;

  if (!g_ptr_array_find (self->accounts, account, &position))
    return;

  g_signal_handlers_disconnect_by_data (account, self);
  g_ptr_array_remove_index (self->accounts, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  save (self);
}

const char * const *
gum_accounts_get_forgotten (GumAccounts *self)
{
  return (const char * const *) self->forgotten->pdata;
}

/* Signed out, but the keyring would not let go: to be cleared, not taken up, at the next load. */
void
gum_accounts_set_forgotten (GumAccounts *self,
                            const char  *id,
                            gboolean     forgotten)
{
  guint position = 0;

  while (position < self->forgotten->len - 1 &&
         !g_str_equal (self->forgotten->pdata[position], id))
    position++;

  if ((position < self->forgotten->len - 1) == !!forgotten)
    return;

  if (forgotten)
    g_ptr_array_insert (self->forgotten, 0, g_strdup (id));
  else
    g_ptr_array_remove_index (self->forgotten, position);
  save (self);
}

GumRevocations *
gum_accounts_get_revocations (GumAccounts *self)
{
  return self->revocations;
}

void
gum_accounts_set_unfinished (GumAccounts *self,
                             gboolean     unfinished)
{
  gum_roster_set_unfinished (self->roster, unfinished);
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumAccounts *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  const GumCredentials *before = gum_account_get_credentials (addition->account);
  g_autoptr(GError) error = NULL;
  gboolean stored = gum_keyring_store_finish (result, &error);

  /* The store itself has left the keyring as it was. */
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!stored)
    g_message ("The token is kept for this session only: %s", error->message);

  if (before != NULL && !gum_equal_constant_time (before->access_token,
                                                  addition->credentials->access_token))
    gum_renewal_discard (gum_account_get_oauth (addition->account), before);

  gum_revocations_drop (self->revocations, addition->credentials->access_token);
  gum_account_set_credentials (addition->account, addition->credentials, addition->user_id,
                               !stored);
  gum_accounts_set_forgotten (self, gum_account_get_id (addition->account), FALSE);
  gum_account_set_user (addition->account, addition->user);
  if (gum_accounts_find (self, gum_account_get_id (addition->account)) == NULL)
    gum_accounts_append (self, addition->account);

  g_task_return_pointer (task, g_object_ref (addition->account), g_object_unref);
}

/**
 * gum_accounts_add_async:
 * @self: the accounts
 * @credentials: what was obtained
 * @user: what `GET /user` says with it
 * @api_url: where the API is
 * @oauth_url: where the authorization server is
 * @cancellable: (nullable): a cancellable; once cancelled, nothing is kept
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Takes over a verified sign-in. Without a keyring that takes the token, the account is
 * session-only, which is no error.
 */
void
gum_accounts_add_async (GumAccounts          *self,
                        const GumCredentials *credentials,
                        JsonObject           *user,
                        const char           *api_url,
                        const char           *oauth_url,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *id = NULL;
  g_autofree char *label = NULL;
  g_autoptr(GumSecret) secret = NULL;
  g_autoptr(GumAccount) account = NULL;
  g_autoptr(GumAccount) named = NULL;
  g_autoptr(GError) error = NULL;
  Addition *addition;

  g_return_if_fail (GUM_IS_ACCOUNTS (self));
  g_return_if_fail (credentials != NULL && credentials->access_token != NULL && user != NULL);
  g_return_if_fail (api_url != NULL && oauth_url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_accounts_add_async);
  g_task_set_check_cancellable (task, FALSE);

  user_id = gum_account_dup_user_id (user);
  id = user_id != NULL ? gum_account_derive_id (api_url, user_id) : NULL;
  if (id == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL, "The seller has no id");
      return;
    }

  named = gum_account_new (id, api_url, oauth_url, FALSE, &error);
  if (named == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  gum_account_set_user (named, user);
  label = gum_account_dup_label (named);

  account = gum_accounts_find (self, id);
  if (account != NULL)
    g_object_ref (account);
  else
    account = g_steal_pointer (&named);

  addition = g_new0 (Addition, 1);
  addition->credentials = gum_credentials_copy (credentials);
  addition->user = json_object_ref (user);
  addition->user_id = g_steal_pointer (&user_id);
  addition->account = g_steal_pointer (&account);
  g_task_set_task_data (task, addition, addition_free);

  secret = gum_credentials_to_secret (credentials, addition->user_id);
  gum_keyring_store_async (id, label, secret, cancellable, on_added, g_steal_pointer (&task));
}

/**
 * gum_accounts_add_finish:
 * @self: the accounts
 * @result: the outcome
 * @error: return location for an error
 *
 * Errors: %GUM_ERROR_PROTOCOL when the seller has no id; %GUM_ERROR_INSECURE for plain http to
 * something that is not a loopback address; %G_IO_ERROR_CANCELLED. A keyring that fails is none.
 *
 * Returns: (transfer full) (nullable): the account, signed in
 */
GumAccount *
gum_accounts_add_finish (GumAccounts   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_accounts_add_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gum_accounts_add_sample:
 * @self: the accounts
 * @name: what the sample store is called
 * @api_url: where its API is
 * @access_token: its token
 *
 * Adds the sample store, in place of an earlier one. No keyring and no file ever hears of it.
 *
 * Returns: (transfer full) (nullable): the account, or %NULL if @api_url may not be spoken to
 */
GumAccount *
gum_accounts_add_sample (GumAccounts *self,
                         const char  *name,
                         const char  *api_url,
                         const char  *access_token)
{
  g_autoptr(GumAccount) account = NULL;
  g_autoptr(GumCredentials) credentials = NULL;
  g_autoptr(GError) error = NULL;
  GumAccount *before;

  g_return_val_if_fail (GUM_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (name != NULL && api_url != NULL && access_token != NULL, NULL);

  account = gum_account_new (SAMPLE_ID, api_url, NULL, TRUE, &error);
  if (account == NULL)
    {
      g_warning ("The sample store cannot be opened: %s", error->message);
      return NULL;
    }

  before = gum_accounts_find (self, SAMPLE_ID);
  if (before != NULL)
    gum_accounts_remove (self, before);

  credentials = gum_credentials_new ();
  credentials->access_token = g_strdup (access_token);
  credentials->pasted = TRUE;
  gum_account_set_profile (account, name, NULL, NULL);
  gum_account_set_credentials (account, credentials, NULL, FALSE);
  gum_accounts_append (self, account);

  return g_steal_pointer (&account);
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumAccount *account = g_task_get_task_data (task);
  const GumCredentials *credentials = gum_account_get_credentials (account);
  g_autoptr(GError) error = NULL;

  if (!gum_keyring_store_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (credentials != NULL)
    {
      g_autoptr(GumCredentials) copy = gum_credentials_copy (credentials);
      g_autofree char *user_id = g_strdup (gum_account_get_user_id (account));

      gum_account_set_credentials (account, copy, user_id, FALSE);
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * gum_accounts_keep_async:
 * @self: the accounts
 * @account: one of them
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Asks the keyring once more to take the token of a session-only account.
 */
void
gum_accounts_keep_async (GumAccounts         *self,
                         GumAccount          *account,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GumSecret) secret = NULL;
  g_autofree char *label = NULL;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_ACCOUNTS (self) && GUM_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_accounts_keep_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);

  if (gum_account_get_credentials (account) == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no token");
      return;
    }
  if (!gum_account_is_session_only (account))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  secret = gum_credentials_to_secret (gum_account_get_credentials (account),
                                      gum_account_get_user_id (account));
  label = gum_account_dup_label (account);
  gum_keyring_store_async (gum_account_get_id (account), label, secret, cancellable, on_kept,
                           g_steal_pointer (&task));
}

/**
 * gum_accounts_keep_finish:
 * @self: the accounts
 * @result: the outcome
 * @error: return location for a #GumKeyringError
 *
 * Returns: %TRUE if the keyring has the token now
 */
gboolean
gum_accounts_keep_finish (GumAccounts   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_accounts_keep_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gum_accounts_take_unfinished_sign_in:
 * @self: the accounts
 *
 * Returns: %TRUE, once, if the program ended while a token had been asked for and was not stored
 */
gboolean
gum_accounts_take_unfinished_sign_in (GumAccounts *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNTS (self), FALSE);

  return gum_roster_take_unfinished (self->roster);
}
