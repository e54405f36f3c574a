/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The only file that knows libsecret: how each step of an operation is put to it, and what its answers
 * mean. When which step is taken is in gum-keyring-operation.c. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-keyring-operation.h"

#include <libsecret/secret.h>

/* Items carry the schema's name, so that keyring managers can tell whose they are; but searching by it
 * fails on gnome-keyrings that were not unlocked since they were started (its issue 89). The frozen
 * set of attributes is specific enough for one account, not for a search for all. */
static const SecretSchema account_schema = {
  GUM_INSTALLED_ID ".Account", SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};
static const SecretSchema any_account_schema = {
  GUM_INSTALLED_ID ".Account", SECRET_SCHEMA_NONE,
  {
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

static void read_next (GumKeyringOperation *op);

/* Takes @error. */
static void
fail (GumKeyringOperation *op,
      GError              *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    {
      g_error_free (error);
      error = g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                   "The keyring is locked");
    }

  gum_keyring_fail (op, error);
}

static void
take_item (GumKeyringOperation *op,
           SecretRetrievable   *retrievable,
           SecretValue         *value)
{
  g_autoptr(GHashTable) attributes = secret_retrievable_get_attributes (retrievable);
  GumKeyringItem *item = g_new0 (GumKeyringItem, 1);

  item->account = g_strdup (attributes != NULL ? g_hash_table_lookup (attributes, "account") : NULL);
  if (item->account == NULL)
    item->account = g_strdup (op->account);
  item->modified = secret_retrievable_get_modified (retrievable);
  item->locked = SECRET_IS_ITEM (retrievable) && secret_item_get_locked (SECRET_ITEM (retrievable));
  if (value != NULL && secret_value_get_text (value) != NULL)
    item->secret = g_strdup (secret_value_get_text (value));
  g_ptr_array_add (op->items, item);
}

static void
on_secret_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  SecretRetrievable *retrievable = SECRET_RETRIEVABLE (source);
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  SecretValue *value;

  if (op == NULL)
    return;

  /* One item that cannot be read does not hide the others: it counts as found, without a secret. */
  value = secret_retrievable_retrieve_secret_finish (retrievable, result, NULL);
  take_item (op, retrievable, value);
  g_clear_pointer (&value, secret_value_unref);
  read_next (op);
}

static void
read_next (GumKeyringOperation *op)
{
  while (op->found != NULL)
    {
      g_autoptr(SecretRetrievable) retrievable = op->found->data;

      op->found = g_list_delete_link (op->found, op->found);
      if (!SECRET_IS_ITEM (retrievable))
        {
          secret_retrievable_retrieve_secret (retrievable, op->inner, on_secret_read,
                                              GUINT_TO_POINTER (op->id));
          return;
        }
      else
        {
          SecretValue *value = secret_item_get_secret (SECRET_ITEM (retrievable));

          take_item (op, retrievable, value);
          g_clear_pointer (&value, secret_value_unref);
        }
    }

  gum_keyring_searched (op);
}

static void
on_item_deleted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(GError) error = NULL;

  if (op == NULL)
    return;

  if (!secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    {
      fail (op, g_steal_pointer (&error));
      return;
    }

  gum_keyring_start_step (op, STEP_DELETE);
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  guint64 modified_a = secret_retrievable_get_modified ((SecretRetrievable *) a);
  guint64 modified_b = secret_retrievable_get_modified ((SecretRetrievable *) b);

  return modified_a < modified_b ? 1 : modified_a > modified_b ? -1 : 0;
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(GError) error = NULL;
  GList *found;

  found = secret_password_search_finish (result, &error);
  if (op == NULL)
    {
      g_list_free_full (found, g_object_unref);
      return;
    }
  if (error != NULL)
    {
      fail (op, g_steal_pointer (&error));
      return;
    }

  op->found = found;
  if (op->kind == GUM_KEYRING_PRUNE)
    {
      op->found = g_list_sort (op->found, compare_found);
      if (op->found != NULL)
        {
          g_object_unref (op->found->data);
          op->found = g_list_delete_link (op->found, op->found);
        }
      gum_keyring_start_step (op, STEP_DELETE);
    }
  else
    {
      read_next (op);
    }
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(GError) error = NULL;
  gboolean stored;

  if (op == NULL)
    return;

  stored = secret_password_store_finish (result, &error);
  if (op->step == STEP_UNDO)
    {
      if (stored)
        gum_keyring_succeed (op);
      else
        fail (op, g_steal_pointer (&error));
    }
  else if (op->task == NULL)
    {
      /* It was cancelled, and an error does not say how far it had come. */
      gum_keyring_start_step (op, STEP_UNDO);
    }
  else if (stored)
    {
      gum_keyring_start_step (op, STEP_VERIFY);
    }
  else
    {
      fail (op, g_steal_pointer (&error));
    }
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(GError) error = NULL;

  if (op == NULL)
    return;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    fail (op, g_steal_pointer (&error));
  else if (op->step == STEP_UNDO)
    gum_keyring_succeed (op);
  else
    gum_keyring_start_step (op, STEP_VERIFY);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(GError) error = NULL;
  int n;

  n = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);
  if (op == NULL)
    return;

  if (error != NULL)
    fail (op, g_steal_pointer (&error));
  else if (n <= 0)
    fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                   "The keyring stayed locked"));
  else
    gum_keyring_succeed (op);
}

static void
on_collection (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GError) error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (op == NULL)
    return;

  if (error != NULL)
    {
      fail (op, g_steal_pointer (&error));
    }
  else if (collection == NULL || !secret_collection_get_locked (collection))
    {
      /* Where there is no keyring yet, the first store asks for one. */
      gum_keyring_succeed (op);
    }
  else
    {
      op->found = g_list_prepend (NULL, g_steal_pointer (&collection));
      gum_keyring_start_step (op, STEP_OPEN);
    }
}

static void
on_service (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);
  g_autoptr(SecretService) service = NULL;
  g_autoptr(GError) error = NULL;

  service = secret_service_get_finish (result, &error);
  if (op == NULL)
    return;

  if (service == NULL)
    fail (op, g_steal_pointer (&error));
  else
    secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 op->inner, on_collection, GUINT_TO_POINTER (op->id));
}

static GHashTable *
make_attributes (GumKeyringOperation *op)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, (char *) "profile", (char *) GUM_PROFILE);
  if (op->account != NULL)
    g_hash_table_insert (attributes, (char *) "account", op->account);

  return attributes;
}

static void
start_search (GumKeyringOperation *op)
{
  g_autoptr(GHashTable) attributes = make_attributes (op);
  SecretSearchFlags flags = SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS;

  if (op->step == STEP_UNLOCK)
    flags |= SECRET_SEARCH_UNLOCK;

  g_clear_pointer (&op->items, g_ptr_array_unref);
  op->items = g_ptr_array_new_with_free_func ((GDestroyNotify) gum_keyring_item_free);
  secret_password_searchv (op->account != NULL ? &account_schema : &any_account_schema,
                           attributes, flags, op->inner, on_searched, GUINT_TO_POINTER (op->id));
}

static void
start_store (GumKeyringOperation *op,
             const char          *secret)
{
  g_autoptr(GHashTable) attributes = make_attributes (op);

  secret_password_storev (&account_schema, attributes, SECRET_COLLECTION_DEFAULT, op->label,
                          secret, op->inner, on_stored, GUINT_TO_POINTER (op->id));
}

static void
start_clear (GumKeyringOperation *op)
{
  g_autoptr(GHashTable) attributes = make_attributes (op);

  secret_password_clearv (&account_schema, attributes, op->inner, on_cleared,
                          GUINT_TO_POINTER (op->id));
}

static void
delete_next (GumKeyringOperation *op)
{
  g_autoptr(SecretRetrievable) duplicate = NULL;

  /* The file backend has no duplicates, and no way to delete just one. */
  if (op->found == NULL || !SECRET_IS_ITEM (op->found->data))
    {
      gum_keyring_succeed (op);
      return;
    }

  duplicate = op->found->data;
  op->found = g_list_delete_link (op->found, op->found);
  secret_item_delete (SECRET_ITEM (duplicate), op->inner, on_item_deleted,
                      GUINT_TO_POINTER (op->id));
}

/* Puts the question of the step that @op is at. The answer comes to one of the callbacks above. */
void
gum_keyring_talk (GumKeyringOperation *op)
{
  switch (op->step)
    {
    case STEP_STORE:
      start_store (op, op->secret);
      break;

    case STEP_CLEAR:
      start_clear (op);
      break;

    case STEP_DELETE:
      delete_next (op);
      break;

    case STEP_PROBE:
      /* The file has no lock that a person could open. */
      if (gum_keyring_is_file ())
        gum_keyring_succeed (op);
      else
        secret_service_get (SECRET_SERVICE_NONE, op->inner, on_service,
                            GUINT_TO_POINTER (op->id));
      break;

    case STEP_OPEN:
      secret_service_unlock (secret_collection_get_service (op->found->data), op->found,
                             op->inner, on_opened, GUINT_TO_POINTER (op->id));
      break;

    case STEP_UNDO:
      if (op->previous != NULL)
        start_store (op, op->previous);
      else
        start_clear (op);
      break;

    case STEP_LOOK:
    case STEP_UNLOCK:
    case STEP_VERIFY:
    default:
      start_search (op);
      break;
    }
}
