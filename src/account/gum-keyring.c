/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The only file that knows libsecret.
 *
 * Three answers, not two: what was found, surely nothing, and an error, which always means "cannot
 * know". Every question is first put without unlocking, because libsecret says "nothing, and no
 * error" when a prompt was dismissed. libsecret may also never answer at all, so each step runs
 * under a watchdog unless a prompt may be on the screen, and our own callbacks never depend on
 * libsecret's: an operation that was given up is known to libsecret by a number only, which then
 * leads nowhere.
 */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-keyring-private.h"

#include <libsecret/secret.h>
#include <string.h>

#include "gum-util.h"

#define PATIENCE_MS 10000

typedef enum {
  STEP_LOOK,      /* search without unlock */
  STEP_UNLOCK,    /* search with unlock: a prompt may be up */
  STEP_PROBE,     /* is the default keyring locked? */
  STEP_OPEN,      /* it is asked to unlock: a prompt may be up */
  STEP_STORE,     /* a prompt may be up */
  STEP_CLEAR,
  STEP_DELETE,
  STEP_VERIFY,    /* search again */
  STEP_UNDO,      /* nobody waits any more: what was written is taken back */
} Step;

typedef struct {
  guint         id;
  GumKeyringKind kind;
  Step          step;

  /* Owned */
  GTask        *task;           /* NULL: given up */
  GCancellable *inner;
  GSource      *cancel_source;
  guint         watchdog_id;
  char         *account;
  char         *label;
  char         *secret;
  char         *previous;       /* what the keyring held before a store */
  GList        *found;          /* GObject: items still to be read, or the keyring to unlock */
  GPtrArray    *items;

  gboolean      may_unlock;
} Operation;

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

static GHashTable *operations;
static guint last_id;
static guint patience = PATIENCE_MS;
static char *file_path;

G_DEFINE_QUARK (gum-keyring-error-quark, gum_keyring_error)

static void start_step (Operation *op, Step step);

static void
operation_free (Operation *op)
{
  g_clear_handle_id (&op->watchdog_id, g_source_remove);
  if (op->cancel_source != NULL)
    g_source_destroy (op->cancel_source);
  g_clear_pointer (&op->cancel_source, g_source_unref);
  g_clear_object (&op->task);
  g_clear_object (&op->inner);
  g_free (op->account);
  g_free (op->label);
  gum_secret_free (op->secret);
  gum_secret_free (op->previous);
  g_list_free_full (op->found, g_object_unref);
  g_clear_pointer (&op->items, g_ptr_array_unref);
  g_free (op);
}

static Operation *
find_operation (gpointer id)
{
  return operations != NULL ? g_hash_table_lookup (operations, id) : NULL;
}

static void
finish (Operation *op)
{
  g_hash_table_remove (operations, GUINT_TO_POINTER (op->id));
}

/* Gives the caller its answer. What is left of the operation may still have to tidy up. */
static GTask *
let_go (Operation *op)
{
  g_clear_handle_id (&op->watchdog_id, g_source_remove);
  if (op->cancel_source != NULL)
    g_source_destroy (op->cancel_source);
  g_clear_pointer (&op->cancel_source, g_source_unref);

  return g_steal_pointer (&op->task);
}

/* Takes @error. */
static void
fail (Operation *op,
      GError    *error)
{
  g_autoptr(GTask) task = let_go (op);
  GError *ours = error;

  if (error->domain == SECRET_ERROR && error->code == SECRET_ERROR_IS_LOCKED)
    ours = g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                "The keyring is locked");
  else if (error->domain != GUM_KEYRING_ERROR)
    ours = g_error_new (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE,
                        "The keyring cannot be used: %s", error->message);
  if (ours != error)
    g_error_free (error);

  if (op->step == STEP_UNDO)
    g_warning ("What was written to the keyring could not be taken back: %s", ours->message);

  finish (op);
  if (task != NULL)
    g_task_return_error (task, ours);
  else
    g_error_free (ours);
}

static void
succeed (Operation *op)
{
  g_autoptr(GTask) task = let_go (op);
  GPtrArray *items = g_steal_pointer (&op->items);
  GumKeyringKind kind = op->kind;

  finish (op);
  if (task == NULL)
    g_clear_pointer (&items, g_ptr_array_unref);
  else if (kind == GUM_KEYRING_SEARCH)
    g_task_return_pointer (task, g_steal_pointer (&items), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_boolean (task, TRUE);
  g_clear_pointer (&items, g_ptr_array_unref);
}

static gboolean
on_watchdog (gpointer user_data)
{
  Operation *op = user_data;
  g_autoptr(GCancellable) inner = g_object_ref (op->inner);

  op->watchdog_id = 0;
  fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE,
                                 "The keyring does not answer"));
  g_cancellable_cancel (inner);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  Operation *op = user_data;
  g_autoptr(GTask) task = let_go (op);

  /* A store that is under way may reach the keyring all the same: it stays, to be undone. A prompt
   * has to go away; but a file's write that was cut short would leave libsecret unable to write
   * ever again in this process. */
  if (op->step != STEP_STORE || file_path == NULL)
    g_cancellable_cancel (op->inner);
  if (op->kind != GUM_KEYRING_STORE || (op->step != STEP_STORE && op->step != STEP_VERIFY))
    finish (op);
  else if (op->step == STEP_VERIFY)
    start_step (op, STEP_UNDO);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  return G_SOURCE_REMOVE;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const GumKeyringItem *item_a = *(const GumKeyringItem *const *) a;
  const GumKeyringItem *item_b = *(const GumKeyringItem *const *) b;

  return item_a->modified < item_b->modified ? 1 : item_a->modified > item_b->modified ? -1 : 0;
}

static gboolean
any_locked (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (((GumKeyringItem *) g_ptr_array_index (items, i))->locked)
        return TRUE;
    }

  return FALSE;
}

static gboolean
same_secret (Operation *op)
{
  GumKeyringItem *newest = op->items->len > 0 ? g_ptr_array_index (op->items, 0) : NULL;

  return newest != NULL && gum_equal_constant_time (newest->secret, op->secret);
}

/* The search is over: op->items says what there is. */
static void
searched (Operation *op)
{
  gboolean locked = any_locked (op->items);

  g_ptr_array_sort (op->items, compare_items);

  if (op->step == STEP_VERIFY)
    {
      if (op->kind == GUM_KEYRING_STORE && g_cancellable_is_cancelled (g_task_get_cancellable (op->task)))
        on_cancelled (NULL, op);
      else if (op->kind == GUM_KEYRING_STORE ? same_secret (op) : op->items->len == 0)
        succeed (op);
      else if (op->kind == GUM_KEYRING_STORE)
        fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_DIFFERS,
                                       "The keyring did not keep what it was given"));
      else
        fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_REMAINS,
                                       "The keyring did not forget"));
      return;
    }

  if (locked && op->may_unlock && op->step == STEP_LOOK)
    {
      start_step (op, STEP_UNLOCK);
      return;
    }

  switch (op->kind)
    {
    case GUM_KEYRING_SEARCH:
      succeed (op);
      break;

    case GUM_KEYRING_STORE:
      if (locked)
        {
          fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                         "The keyring stayed locked"));
          break;
        }
      if (op->items->len > 0)
        gum_set_secret (&op->previous,
                        ((GumKeyringItem *) g_ptr_array_index (op->items, 0))->secret);
      start_step (op, STEP_STORE);
      break;

    case GUM_KEYRING_CLEAR:
      if (locked)
        fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                       "The keyring stayed locked"));
      else if (op->items->len == 0)
        succeed (op);
      else
        start_step (op, STEP_CLEAR);
      break;

    case GUM_KEYRING_PRUNE:
    case GUM_KEYRING_UNLOCK:
    default:
      succeed (op);
      break;
    }
}

static void read_next (Operation *op);

static void
take_item (Operation         *op,
           SecretRetrievable *retrievable,
           SecretValue       *value)
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
  Operation *op = find_operation (user_data);
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
read_next (Operation *op)
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

  searched (op);
}

static void
on_item_deleted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Operation *op = find_operation (user_data);
  g_autoptr(GError) error = NULL;

  if (op == NULL)
    return;

  if (!secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    {
      fail (op, g_steal_pointer (&error));
      return;
    }

  start_step (op, STEP_DELETE);
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
  Operation *op = find_operation (user_data);
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
      start_step (op, STEP_DELETE);
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
  Operation *op = find_operation (user_data);
  g_autoptr(GError) error = NULL;
  gboolean stored;

  if (op == NULL)
    return;

  stored = secret_password_store_finish (result, &error);
  if (op->step == STEP_UNDO)
    {
      if (stored)
        succeed (op);
      else
        fail (op, g_steal_pointer (&error));
    }
  else if (op->task == NULL)
    {
      /* It was cancelled, and an error does not say how far it had come. */
      start_step (op, STEP_UNDO);
    }
  else if (stored)
    {
      start_step (op, STEP_VERIFY);
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
  Operation *op = find_operation (user_data);
  g_autoptr(GError) error = NULL;

  if (op == NULL)
    return;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    fail (op, g_steal_pointer (&error));
  else if (op->step == STEP_UNDO)
    succeed (op);
  else
    start_step (op, STEP_VERIFY);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Operation *op = find_operation (user_data);
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
    succeed (op);
}

static void
on_collection (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Operation *op = find_operation (user_data);
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
      succeed (op);
    }
  else
    {
      op->found = g_list_prepend (NULL, g_steal_pointer (&collection));
      start_step (op, STEP_OPEN);
    }
}

static void
on_service (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Operation *op = find_operation (user_data);
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
make_attributes (Operation *op)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, (char *) "profile", (char *) GUM_PROFILE);
  if (op->account != NULL)
    g_hash_table_insert (attributes, (char *) "account", op->account);

  return attributes;
}

static void
start_search (Operation *op)
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
start_store (Operation  *op,
             const char *secret)
{
  g_autoptr(GHashTable) attributes = make_attributes (op);

  secret_password_storev (&account_schema, attributes, SECRET_COLLECTION_DEFAULT, op->label,
                          secret, op->inner, on_stored, GUINT_TO_POINTER (op->id));
}

static void
start_clear (Operation *op)
{
  g_autoptr(GHashTable) attributes = make_attributes (op);

  secret_password_clearv (&account_schema, attributes, op->inner, on_cleared,
                          GUINT_TO_POINTER (op->id));
}

static void
start_step (Operation *op,
            Step       step)
{
  op->step = step;
  g_clear_handle_id (&op->watchdog_id, g_source_remove);

  /* Nobody can say how long a person needs to find the password. */
  if (step != STEP_UNLOCK && step != STEP_STORE && step != STEP_OPEN)
    op->watchdog_id = g_timeout_add (patience, on_watchdog, op);

  switch (step)
    {
    case STEP_STORE:
      start_store (op, op->secret);
      break;

    case STEP_CLEAR:
      start_clear (op);
      break;

    case STEP_DELETE:
      {
        SecretRetrievable *duplicate;

        /* The file backend has no duplicates, and no way to delete just one. */
        if (op->found == NULL || !SECRET_IS_ITEM (op->found->data))
          {
            succeed (op);
            break;
          }
        duplicate = op->found->data;
        op->found = g_list_delete_link (op->found, op->found);
        secret_item_delete (SECRET_ITEM (duplicate), op->inner, on_item_deleted,
                            GUINT_TO_POINTER (op->id));
        g_object_unref (duplicate);
      }
      break;

    case STEP_PROBE:
      /* The file has no lock that a person could open. */
      if (file_path != NULL)
        succeed (op);
      else
        secret_service_get (SECRET_SERVICE_NONE, op->inner, on_service,
                            GUINT_TO_POINTER (op->id));
      break;

    case STEP_OPEN:
      secret_service_unlock (secret_collection_get_service (op->found->data), op->found,
                             op->inner, on_opened, GUINT_TO_POINTER (op->id));
      break;

    case STEP_UNDO:
      /* Under a new number: what was cancelled may still report under the old one. */
      g_hash_table_steal (operations, GUINT_TO_POINTER (op->id));
      op->id = ++last_id;
      g_hash_table_insert (operations, GUINT_TO_POINTER (op->id), op);
      g_clear_object (&op->inner);
      op->inner = g_cancellable_new ();
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

/* Where libsecret keeps its own file, if it does. */
static char *
dup_file_path (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");
  const char *path = g_getenv ("SECRET_FILE_TEST_PATH");

  if (backend != NULL ? !g_str_equal (backend, "file")
                      : !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return NULL;

  return path != NULL ? g_strdup (path)
                      : g_build_filename (g_get_user_data_dir (), "keyrings",
                                          SECRET_COLLECTION_DEFAULT ".keyring", NULL);
}

static void
check_file_in_thread (GTask        *task,
                      gpointer      source,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  gum_keyring_check_file (task_data);
  g_task_return_boolean (task, TRUE);
}

static Step
first_step (Operation *op)
{
  return op->kind == GUM_KEYRING_UNLOCK ? STEP_PROBE : STEP_LOOK;
}

static void
on_file_checked (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Operation *op = find_operation (user_data);

  if (op != NULL)
    start_step (op, first_step (op));
}

/* Begins an operation whose task carries @tag. */
void
gum_keyring_begin (GumKeyringKind       kind,
                   const char          *account,
                   gboolean             may_unlock,
                   const char          *label,
                   const char          *secret,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data,
                   gpointer             tag)
{
  static gboolean file_checked;
  const char *backend = g_getenv ("SECRET_BACKEND");
  Operation *op;
  GTask *task;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);

  /* libsecret never calls back when it does not know the backend. */
  if (backend != NULL && !g_str_equal (backend, "file") && !g_str_equal (backend, "service"))
    {
      g_task_return_new_error (task, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE,
                               "SECRET_BACKEND names a keyring that does not exist");
      g_object_unref (task);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  op = g_new0 (Operation, 1);
  op->id = ++last_id;
  op->kind = kind;
  op->task = task;
  op->inner = g_cancellable_new ();
  op->account = g_strdup (account);
  op->label = g_strdup (label);
  op->may_unlock = may_unlock;
  gum_set_secret (&op->secret, secret);
  if (cancellable != NULL)
    {
      op->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (op->cancel_source, G_SOURCE_FUNC (on_cancelled), op, NULL);
      g_source_attach (op->cancel_source, g_main_context_get_thread_default ());
    }
  if (operations == NULL)
    operations = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) operation_free);
  g_hash_table_insert (operations, GUINT_TO_POINTER (op->id), op);

  /* libsecret reads its file once a process, at the first question. */
  if (!file_checked)
    file_path = dup_file_path ();
  if (!file_checked && file_path != NULL)
    {
      g_autoptr(GTask) check = g_task_new (NULL, NULL, on_file_checked, GUINT_TO_POINTER (op->id));

      file_checked = TRUE;
      g_task_set_task_data (check, file_path, NULL);
      g_task_run_in_thread (check, check_file_in_thread);
    }
  else
    {
      file_checked = TRUE;
      start_step (op, first_step (op));
    }
}

/**
 * gum_keyring_item_free:
 * @item: (nullable) (transfer full): an item
 *
 * Wipes and frees it.
 */
void
gum_keyring_item_free (GumKeyringItem *item)
{
  if (item == NULL)
    return;

  g_free (item->account);
  gum_secret_free (item->secret);
  g_free (item);
}

/**
 * gum_keyring_set_patience:
 * @milliseconds: how long the keyring may be silent, 0 for the usual ten seconds
 *
 * For tests.
 */
void
gum_keyring_set_patience (guint milliseconds)
{
  patience = milliseconds > 0 ? milliseconds : PATIENCE_MS;
}

/**
 * gum_keyring_is_idle:
 *
 * Returns: %TRUE if no operation is under way, not even one that takes something back
 */
gboolean
gum_keyring_is_idle (void)
{
  return operations == NULL || g_hash_table_size (operations) == 0;
}
