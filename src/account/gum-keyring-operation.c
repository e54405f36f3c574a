/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations on the keyring: their steps, their deadlines, and who is told at the end.
 *
 * Three answers, not two: what was found, surely nothing, and an error, which always means "cannot
 * know". Every question is first put without unlocking, because libsecret says "nothing, and no
 * error" when a prompt was dismissed. libsecret may also never answer at all, so each step runs
 * under a watchdog unless a prompt may be on the screen, and our own callbacks never depend on
 * libsecret's: an operation that was given up is known to libsecret by a number only, which then
 * leads nowhere. Talking to libsecret is left to gum-keyring.c.
 */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-keyring-operation.h"

#include "gum-util.h"

#define PATIENCE_MS 10000

static GHashTable *operations;
static guint last_id;
static guint patience = PATIENCE_MS;
static char *file_path;

G_DEFINE_QUARK (gum-keyring-error-quark, gum_keyring_error)

static void
operation_free (GumKeyringOperation *op)
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

GumKeyringOperation *
gum_keyring_find_operation (gpointer id)
{
  return operations != NULL ? g_hash_table_lookup (operations, id) : NULL;
}

static void
finish (GumKeyringOperation *op)
{
  g_hash_table_remove (operations, GUINT_TO_POINTER (op->id));
}

/* Gives the caller its answer. What is left of the operation may still have to tidy up. */
static GTask *
let_go (GumKeyringOperation *op)
{
  g_clear_handle_id (&op->watchdog_id, g_source_remove);
  if (op->cancel_source != NULL)
    g_source_destroy (op->cancel_source);
  g_clear_pointer (&op->cancel_source, g_source_unref);

  return g_steal_pointer (&op->task);
}

/* Takes @error. */
void
gum_keyring_fail (GumKeyringOperation *op,
                  GError              *error)
{
  g_autoptr(GTask) task = let_go (op);
  GError *ours = error;

  if (error->domain != GUM_KEYRING_ERROR)
    {
      ours = g_error_new (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE,
                          "The keyring cannot be used: %s", error->message);
      g_error_free (error);
    }

  if (op->step == STEP_UNDO)
    g_warning ("What was written to the keyring could not be taken back: %s", ours->message);

  finish (op);
  if (task != NULL)
    g_task_return_error (task, ours);
  else
    g_error_free (ours);
}

void
gum_keyring_succeed (GumKeyringOperation *op)
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
  GumKeyringOperation *op = user_data;
  g_autoptr(GCancellable) inner = g_object_ref (op->inner);

  op->watchdog_id = 0;
  gum_keyring_fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE,
                                             "The keyring does not answer"));
  g_cancellable_cancel (inner);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  GumKeyringOperation *op = user_data;
  g_autoptr(GTask) task = let_go (op);

  /* A store that is under way may reach the keyring all the same: it stays, to be undone. A prompt
   * has to go away; but a file's write that was cut short would leave libsecret unable to write
   * ever again in this process. */
  if (op->step != STEP_STORE || file_path == NULL)
    g_cancellable_cancel (op->inner);
  if (op->kind != GUM_KEYRING_STORE || (op->step != STEP_STORE && op->step != STEP_VERIFY))
    finish (op);
  else if (op->step == STEP_VERIFY)
    gum_keyring_start_step (op, STEP_UNDO);

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
same_secret (GumKeyringOperation *op)
{
  GumKeyringItem *newest = op->items->len > 0 ? g_ptr_array_index (op->items, 0) : NULL;

  return newest != NULL && gum_equal_constant_time (newest->secret, op->secret);
}

/* The search is over: op->items says what there is. */
void
gum_keyring_searched (GumKeyringOperation *op)
{
  gboolean locked = any_locked (op->items);

  g_ptr_array_sort (op->items, compare_items);

  if (op->step == STEP_VERIFY)
    {
      if (op->kind == GUM_KEYRING_STORE &&
          g_cancellable_is_cancelled (g_task_get_cancellable (op->task)))
        on_cancelled (NULL, op);
      else if (op->kind == GUM_KEYRING_STORE ? same_secret (op) : op->items->len == 0)
        gum_keyring_succeed (op);
      else if (op->kind == GUM_KEYRING_STORE)
        gum_keyring_fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_DIFFERS,
                                                   "The keyring did not keep what it was given"));
      else
        gum_keyring_fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_REMAINS,
                                                   "The keyring did not forget"));
      return;
    }

  if (locked && op->may_unlock && op->step == STEP_LOOK)
    {
      gum_keyring_start_step (op, STEP_UNLOCK);
      return;
    }

  switch (op->kind)
    {
    case GUM_KEYRING_SEARCH:
      gum_keyring_succeed (op);
      break;

    case GUM_KEYRING_STORE:
      if (locked)
        {
          gum_keyring_fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                                     "The keyring stayed locked"));
          break;
        }
      if (op->items->len > 0)
        gum_set_secret (&op->previous,
                        ((GumKeyringItem *) g_ptr_array_index (op->items, 0))->secret);
      gum_keyring_start_step (op, STEP_STORE);
      break;

    case GUM_KEYRING_CLEAR:
      if (locked)
        gum_keyring_fail (op, g_error_new_literal (GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED,
                                                   "The keyring stayed locked"));
      else if (op->items->len == 0)
        gum_keyring_succeed (op);
      else
        gum_keyring_start_step (op, STEP_CLEAR);
      break;

    case GUM_KEYRING_PRUNE:
    case GUM_KEYRING_UNLOCK:
    default:
      gum_keyring_succeed (op);
      break;
    }
}

/* Each step but those that may prompt has to answer in time. */
void
gum_keyring_start_step (GumKeyringOperation *op,
                        GumKeyringStep       step)
{
  op->step = step;
  g_clear_handle_id (&op->watchdog_id, g_source_remove);

  /* Nobody can say how long a person needs to find the password. */
  if (step != STEP_UNLOCK && step != STEP_STORE && step != STEP_OPEN)
    op->watchdog_id = g_timeout_add (patience, on_watchdog, op);

  if (step == STEP_UNDO)
    {
      /* Under a new number: what was cancelled may still report under the old one. */
      g_hash_table_steal (operations, GUINT_TO_POINTER (op->id));
      op->id = ++last_id;
      g_hash_table_insert (operations, GUINT_TO_POINTER (op->id), op);
      g_clear_object (&op->inner);
      op->inner = g_cancellable_new ();
    }

  gum_keyring_talk (op);
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
                                          "default.keyring", NULL);
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

gboolean
gum_keyring_is_file (void)
{
  return file_path != NULL;
}

static GumKeyringStep
first_step (GumKeyringOperation *op)
{
  return op->kind == GUM_KEYRING_UNLOCK ? STEP_PROBE : STEP_LOOK;
}

static void
on_file_checked (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GumKeyringOperation *op = gum_keyring_find_operation (user_data);

  if (op != NULL)
    gum_keyring_start_step (op, first_step (op));
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
  GumKeyringOperation *op;
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

  op = g_new0 (GumKeyringOperation, 1);
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
      gum_keyring_start_step (op, first_step (op));
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
