/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of a write that no answer told of: Gumroad is asked for what it would have changed. Nothing
 * is sent that changes anything. Where that proves nothing, somebody who knows may say so. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-journal.h"

#include "gum-error.h"
#include "gum-journal-private.h"
#include "gum-json.h"
#include "gum-records-private.h"
#include "gum-store-private.h"
#include "gum-write-private.h"

static void
prove (GTask      *task,
       JsonObject *record)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  g_clear_error (&operation->error);
  operation->is_proven = TRUE;
  if (record != NULL)
    _gum_journal_take_record (task, record);
  else
    _gum_journal_remove_product (task);
}

/* Nothing proves it, or the question could not be asked. Takes @error. */
static void
leave_unclear (GTask  *task,
               GError *error)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  /* Who sent it hears of the write; who asked, of the question. */
  if (g_task_get_source_tag (task) == gum_journal_send_async)
    {
      g_clear_error (&error);
      _gum_journal_return (task);
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, operation->is_proven);
}

static void
read_back_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) record = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  gboolean is_delete = _gum_write_is_kind (operation->write, GUM_WRITE_KIND_DELETE);
  gboolean deleted = FALSE;

  if (record != NULL)
    gum_json_get_boolean (record, "deleted", &deleted);
  else
    deleted = gum_error_is_gone (error);

  if (is_delete && deleted)
    {
      g_clear_error (&error);
      prove (task, NULL);
    }
  else if (record != NULL && !deleted && gum_write_is_shown_by (operation->write, record))
    prove (task, record);
  else
    leave_unclear (task, error);
}

/* How many products at the head of @page came after @write was sent: those before the one that was the
 * newest then. Where that one is not on the page, those will do that are not known here. */
static guint
count_newer (GumStore *store,
             GumWrite *write,
             GumPage  *page)
{
  JsonObject *before = gum_write_get_before (write);
  const char *newest = before != NULL ? gum_json_get_string (before, GUM_WRITE_NEWEST) : NULL;
  guint n_unknown = 0;

  if (newest != NULL && *newest == '\0')
    return page->ids->len;
  for (guint i = 0; newest != NULL && i < page->ids->len; i++)
    {
      if (g_strcmp0 (page->ids->pdata[i], newest) == 0)
        return i;
    }
  while (n_unknown < page->ids->len)
    {
      g_autoptr(GumProduct) known = gum_store_dup_product (store, page->ids->pdata[n_unknown]);

      if (known != NULL)
        break;
      n_unknown++;
    }

  return n_unknown;
}

static gboolean
has_same_name (GumWrite *write,
               GBytes   *text)
{
  g_autoptr(JsonNode) node = gum_json_parse_object (text, NULL);

  return node != NULL &&
         g_strcmp0 (gum_json_get_string (json_node_get_object (node), "name"),
                    gum_json_get_string (gum_write_get_body (write), "name")) == 0;
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(JsonObject) record = gum_client_get_finish (GUM_CLIENT (source), result, &error);

  if (record != NULL)
    prove (task, record);
  else
    leave_unclear (task, error);
}

static void
newest_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GumPage) page = gum_client_list_finish (GUM_CLIENT (source), result, &error);
  guint n_newer = page != NULL ? count_newer (operation->store, operation->write, page) : 0;

  for (guint i = 0; i < n_newer; i++)
    {
      if (!has_same_name (operation->write, page->items->pdata[i]))
        continue;
      gum_client_get_async (GUM_CLIENT (source), &gum_product_endpoint, page->ids->pdata[i], NULL,
                            created_cb, g_steal_pointer (&task));
      return;
    }
  leave_unclear (task, error);
}

static void
list_checked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!_gum_records_check_finish (GUM_RECORDS (source), result, &error))
    {
      leave_unclear (task, error);
      return;
    }
  operation->is_proven = TRUE;
  _gum_journal_end (task, GUM_WRITE_DONE, NULL);
}

/* Of a short list. Who sends one hears from the list itself. */
static GumRecords *
get_list (GTask *task)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  return g_task_get_source_tag (task) == gum_journal_check_async
         ? _gum_records_get_for_write (operation->store, operation->write) : NULL;
}

void
_gum_journal_find_out (GTask *task)
{
  GumJournalOperation *operation = g_task_get_task_data (task);
  GumClient *client = _gum_store_get_client (operation->store);
  const char *product_id = gum_write_get_product_id (operation->write);

  if (client == NULL)
    leave_unclear (task, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                              "There is no connection"));
  else if (_gum_write_is_kind (operation->write, GUM_WRITE_KIND_CREATE))
    gum_client_list_async (client, &gum_product_endpoint, NULL, NULL,
                           g_task_get_cancellable (task), newest_cb, g_object_ref (task));
  else if (product_id != NULL)
    gum_client_get_async (client, &gum_product_endpoint, product_id, g_task_get_cancellable (task),
                          read_back_cb, g_object_ref (task));
  else if (get_list (task) != NULL)
    _gum_records_check_async (get_list (task), operation->write, g_task_get_cancellable (task),
                              list_checked_cb, g_object_ref (task));
  else
    leave_unclear (task, NULL);
}

/**
 * gum_journal_check_async:
 * @self: a journal
 * @write: an unclear one
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Asks Gumroad what became of a write. Nothing is sent that changes anything.
 */
void
gum_journal_check_async (GumJournal          *self,
                         GumWrite            *write,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (GUM_IS_WRITE (write));
  g_return_if_fail (gum_write_get_state (write) == GUM_WRITE_UNCLEAR);
  g_return_if_fail (_gum_journal_get_store (self) != NULL);

  task = _gum_journal_new_task (self, write, cancellable, gum_journal_check_async, callback,
                                user_data);
  _gum_journal_find_out (task);
}

/**
 * gum_journal_check_finish:
 * @self: a journal
 * @result: from the callback
 * @error: return location: the question could not be asked
 *
 * Returns: %TRUE: the write was carried out, and is done now; %FALSE: nothing proves that
 */
gboolean
gum_journal_check_finish (GumJournal    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_journal_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gum_journal_settle:
 * @self: a journal
 * @write: an unclear one, or one that was refused because all was as it asks for
 * @state: %GUM_WRITE_DONE or %GUM_WRITE_FAILED
 *
 * Takes the word of who knows what became of a write: another list that shows it, or the person who has looked.
 */
void
gum_journal_settle (GumJournal    *self,
                    GumWrite      *write,
                    GumWriteState  state)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (GUM_IS_WRITE (write));
  g_return_if_fail (gum_write_get_state (write) == GUM_WRITE_UNCLEAR ||
                    gum_write_get_state (write) == GUM_WRITE_FAILED);
  g_return_if_fail (state == GUM_WRITE_DONE || state == GUM_WRITE_FAILED);
  g_return_if_fail (_gum_journal_get_store (self) != NULL);

  task = _gum_journal_new_task (self, write, NULL, gum_journal_settle, NULL, NULL);
  if (state == GUM_WRITE_DONE && _gum_write_is_kind (write, GUM_WRITE_KIND_DELETE))
    {
      _gum_journal_remove_product (task);
      return;
    }
  _gum_journal_end (task, state,
                    state == GUM_WRITE_FAILED ? g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_DONE,
                                                                     "It was not carried out") : NULL);
}
