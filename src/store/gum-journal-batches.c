/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many writes at once get into the journal, to be sent later by the queue. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-journal-private.h"
#include "gum-journal-table.h"
#include "gum-store-private.h"
#include "gum-write-private.h"

static void
job_added_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GPtrArray *writes = g_task_get_task_data (task);
  GError *error = NULL;
  GumBatchPlace *place = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  gint64 *batch;

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (place == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  for (guint i = 0; writes != NULL && i < writes->len; i++)
    _gum_write_set_place (g_ptr_array_index (writes, i), g_array_index (place->rows, gint64, i),
                          place->batch);
  batch = g_memdup2 (&place->batch, sizeof place->batch);
  gum_batch_place_free (place);
  _gum_journal_tell_added (g_task_get_source_object (task), *batch);
  g_task_return_pointer (task, batch, g_free);
}

/* For those that make their writes in the ledger's thread. */
void
_gum_journal_add_job_async (GumJournal          *self,
                            GumLedgerFunc        func,
                            gpointer             data,
                            GDestroyNotify       data_free,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, _gum_journal_add_job_async);
  gum_ledger_run_essential_async (_gum_store_get_ledger (_gum_journal_get_store (self)), func, data, data_free,
                                  gum_batch_place_free, job_added_cb, task);
}

/* 0: there was nothing to be noted, or an error. */
gint64
_gum_journal_add_job_finish (GumJournal    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autofree gint64 *batch = g_task_propagate_pointer (G_TASK (result), error);

  return batch != NULL ? *batch : 0;
}

/**
 * gum_journal_add_batch_async:
 * @self: a journal
 * @kind: what it is, for whoever reads the journal: "bulk", "revert"
 * @label: (nullable): what a person calls it
 * @reverts: the number of the batch that this one takes back; 0: none
 * @state: what is to be done about it
 * @writes: (element-type GumWrite): writes that wait and are in no batch
 * @callback: called when the journal has all of them, or none
 * @user_data: for @callback
 *
 * Notes writes that will be sent later, one after the other.
 */
void
gum_journal_add_batch_async (GumJournal          *self,
                             const char          *kind,
                             const char          *label,
                             gint64               reverts,
                             GumBatchState        state,
                             GPtrArray           *writes,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GumBatchJob *job;
  GTask *task;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (kind != NULL && writes != NULL);
  g_return_if_fail (_gum_journal_get_store (self) != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_journal_add_batch_async);
  g_task_set_task_data (task, g_ptr_array_ref (writes), (GDestroyNotify) g_ptr_array_unref);

  job = gum_batch_job_new (kind, label, reverts, state);
  for (guint i = 0; i < writes->len; i++)
    g_ptr_array_add (job->rows, _gum_write_dup_row (g_ptr_array_index (writes, i)));
  gum_ledger_run_essential_async (_gum_store_get_ledger (_gum_journal_get_store (self)), gum_journal_table_add, job,
                                  gum_batch_job_free, gum_batch_place_free, job_added_cb, task);
}

/**
 * gum_journal_add_batch_finish:
 * @self: a journal
 * @result: from the callback
 * @error: return location: what the ledger said
 *
 * Returns: the number of the batch; 0 on error
 */
gint64
gum_journal_add_batch_finish (GumJournal    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autofree gint64 *batch = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_journal_add_batch_async), 0);

  batch = g_task_propagate_pointer (G_TASK (result), error);

  return batch != NULL ? *batch : 0;
}
