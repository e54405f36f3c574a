/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the queue tells about itself, and what it is told to do. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-queue-private.h"

#include "gum-journal-private.h"
#include "gum-store-private.h"

/* --- what it tells ---------------------------------------------------------------------------- */

static guint
count_waiting (GumQueue      *self,
               GumBatchState  state)
{
  guint n = 0;

  for (guint i = 0; self->view != NULL && i < self->view->loads->len; i++)
    {
      GumBatchLoad *load = &g_array_index (self->view->loads, GumBatchLoad, i);

      if (load->state == (int) state)
        n += load->n_waiting;
    }

  return n;
}

/**
 * gum_queue_get_n_running:
 * @self: a queue
 *
 * Returns: how many writes will be sent, each when its time has come
 */
guint
gum_queue_get_n_running (GumQueue *self)
{
  g_return_val_if_fail (GUM_IS_QUEUE (self), 0);

  return count_waiting (self, GUM_BATCH_RUNNING);
}

/**
 * gum_queue_get_n_asking:
 * @self: a queue
 *
 * Returns: how many writes wait for the person's word since the program was started
 */
guint
gum_queue_get_n_asking (GumQueue *self)
{
  g_return_val_if_fail (GUM_IS_QUEUE (self), 0);

  return count_waiting (self, GUM_BATCH_ASKING);
}

/**
 * gum_queue_get_n_paused:
 * @self: a queue
 *
 * Returns: how many writes the person has paused
 */
guint
gum_queue_get_n_paused (GumQueue *self)
{
  g_return_val_if_fail (GUM_IS_QUEUE (self), 0);

  return count_waiting (self, GUM_BATCH_PAUSED);
}

/**
 * gum_queue_is_sending:
 * @self: a queue
 *
 * Returns: whether a write of its own is on its way
 */
gboolean
gum_queue_is_sending (GumQueue *self)
{
  g_return_val_if_fail (GUM_IS_QUEUE (self), FALSE);

  return self->is_sending;
}

/**
 * gum_queue_get_trouble:
 * @self: a queue
 *
 * What is about one product is told by its write. Gumroad that cannot be reached is tried again by
 * itself; for a token that is refused, see gum_queue_try_again().
 *
 * Returns: (transfer none) (nullable): why nothing is sent although something waits
 */
const GError *
gum_queue_get_trouble (GumQueue *self)
{
  g_return_val_if_fail (GUM_IS_QUEUE (self), NULL);

  return self->trouble;
}

/**
 * gum_queue_get_next_time:
 * @self: a queue
 *
 * Returns: when the next write goes, in microseconds of the monotonic clock; 0: at once, or not yet
 */
gint64
gum_queue_get_next_time (GumQueue *self)
{
  g_return_val_if_fail (GUM_IS_QUEUE (self), 0);

  return self->next_time;
}

static void
add_load (GumQueueLoad *sum,
          GumBatchLoad *load)
{
  sum->n_paced += load->n_paced;
  sum->n_listed += load->n_listed;
  sum->n_free += load->n_waiting - load->n_paced - load->n_listed;
}

static gint64
estimate (GumQueue           *self,
          const GumQueueLoad *load)
{
  GumClient *client = self->store != NULL ? _gum_store_get_client (self->store) : NULL;
  gint64 now = g_get_monotonic_time ();
  gint64 time = MAX (now, self->trouble_until);

  if (client != NULL)
    time = MAX (time, gum_client_get_paused_until (client));
  time = gum_pace_forecast (self->pace, time, load->n_paced, self->duration);
  time = gum_pace_forecast_listed (self->pace, time, load->n_listed, self->duration);

  return time + load->n_free * self->duration - now;
}

/**
 * gum_queue_estimate:
 * @self: a queue
 * @load: how much would be added
 *
 * Returns: in how many microseconds these would be through if they were added now
 */
gint64
gum_queue_estimate (GumQueue           *self,
                    const GumQueueLoad *load)
{
  GumQueueLoad sum;

  g_return_val_if_fail (GUM_IS_QUEUE (self), 0);
  g_return_val_if_fail (load != NULL, 0);

  sum = *load;
  for (guint i = 0; self->view != NULL && i < self->view->loads->len; i++)
    {
      GumBatchLoad *other = &g_array_index (self->view->loads, GumBatchLoad, i);

      if (other->state == GUM_BATCH_RUNNING)
        add_load (&sum, other);
    }

  return estimate (self, &sum);
}

/* The first @n of it. Batches hold one sort of writes, but for a few. */
static void
cut_load (GumBatchLoad *load,
          guint         n)
{
  load->n_waiting = MIN (load->n_waiting, n);
  load->n_paced = MIN (load->n_paced, load->n_waiting);
  load->n_listed = MIN (load->n_listed, load->n_waiting - load->n_paced);
}

/**
 * gum_queue_estimate_batch:
 * @self: a queue
 * @batch: the number of a batch that is open
 * @n: which of its writes that wait, from 1
 *
 * Returns: in how many microseconds that one is through, if the batch runs; 0: not known
 */
gint64
gum_queue_estimate_batch (GumQueue *self,
                          gint64    batch,
                          guint     n)
{
  GumQueueLoad sum = { 0 };

  g_return_val_if_fail (GUM_IS_QUEUE (self), 0);

  for (guint i = 0; self->view != NULL && i < self->view->loads->len; i++)
    {
      GumBatchLoad load = g_array_index (self->view->loads, GumBatchLoad, i);

      if (load.batch == batch)
        {
          cut_load (&load, n);
          add_load (&sum, &load);
          return estimate (self, &sum);
        }
      if (load.state == GUM_BATCH_RUNNING)
        add_load (&sum, &load);
    }

  return 0;
}

/* --- what it is told -------------------------------------------------------------------------- */

void
_gum_queue_clear_trouble (GumQueue *self)
{
  g_clear_error (&self->trouble);
  self->trouble_until = 0;
}

void
_gum_queue_set_time_scale (GumQueue *self,
                           double    scale)
{
  self->scale = scale;
  gum_pace_set_scale (self->pace, scale);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumQueue *self = g_task_get_source_object (task);
  gint64 *batch = g_task_get_task_data (task);

  /* A ledger that cannot be written has said so itself. */
  gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
  if (self->store != NULL)
    _gum_journal_tell_batch (gum_store_get_journal (self->store), *batch);
}

static void
change (GumQueue      *self,
        GumLedgerFunc  func,
        gint64         batch,
        gint64         write)
{
  GumBatchTarget target = { batch, write };
  GTask *task;

  g_return_if_fail (GUM_IS_QUEUE (self));

  if (self->store == NULL)
    return;

  /* At once, and not when the ledger has it: the next one must not slip through. */
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_memdup2 (&batch, sizeof batch), g_free);
  gum_ledger_run_essential_async (_gum_store_get_ledger (self->store), func,
                                  g_memdup2 (&target, sizeof target), g_free, NULL, told_cb, task);
  _gum_queue_look (self);
}

/**
 * gum_queue_go:
 * @self: a queue
 * @batch: the number of a batch; 0: all that are open
 *
 * Lets batches run that are paused, or ask whether they may go on.
 */
void
gum_queue_go (GumQueue *self,
              gint64    batch)
{
  g_return_if_fail (GUM_IS_QUEUE (self));

  _gum_queue_clear_trouble (self);
  change (self, gum_batch_table_go, batch, 0);
}

/**
 * gum_queue_pause:
 * @self: a queue
 * @batch: the number of a batch; 0: all that are open
 *
 * Sends nothing more of it until it is told to. What is on its way is not called back.
 */
void
gum_queue_pause (GumQueue *self,
                 gint64    batch)
{
  change (self, gum_batch_table_pause, batch, 0);
}

/**
 * gum_queue_stop:
 * @self: a queue
 * @batch: the number of a batch
 *
 * Drops what waits in it. What was carried out stays so; see gum_queue_revert_async().
 */
void
gum_queue_stop (GumQueue *self,
                gint64    batch)
{
  change (self, gum_batch_table_stop, batch, 0);
}

/**
 * gum_queue_retry:
 * @self: a queue
 * @batch: the number of a batch
 * @write: the number of one of its writes; 0: all of them
 *
 * Lets what has failed wait again. What is unclear never is.
 */
void
gum_queue_retry (GumQueue *self,
                 gint64    batch,
                 gint64    write)
{
  g_return_if_fail (GUM_IS_QUEUE (self));

  _gum_queue_clear_trouble (self);
  change (self, gum_batch_table_retry, batch, write);
}

/**
 * gum_queue_send_rest:
 * @self: a queue
 * @batch: the number of a batch that was stopped
 *
 * Lets what gum_queue_stop() dropped wait again.
 */
void
gum_queue_send_rest (GumQueue *self,
                     gint64    batch)
{
  g_return_if_fail (GUM_IS_QUEUE (self));

  _gum_queue_clear_trouble (self);
  change (self, gum_batch_table_send_rest, batch, 0);
}

/**
 * gum_queue_try_again:
 * @self: a queue
 *
 * Goes on after a trouble: there is another token, or the network is back.
 */
void
gum_queue_try_again (GumQueue *self)
{
  g_return_if_fail (GUM_IS_QUEUE (self));

  if (self->trouble == NULL)
    return;

  _gum_queue_clear_trouble (self);
  _gum_queue_look (self);
}

/**
 * gum_queue_halt:
 * @self: a queue
 *
 * The program ends: nothing more is begun. See gum_queue_is_sending().
 */
void
gum_queue_halt (GumQueue *self)
{
  g_return_if_fail (GUM_IS_QUEUE (self));

  self->is_halted = TRUE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
}

/**
 * gum_queue_resume:
 * @self: a queue
 *
 * Takes gum_queue_halt() back: what was running goes on.
 */
void
gum_queue_resume (GumQueue *self)
{
  g_return_if_fail (GUM_IS_QUEUE (self));

  self->is_halted = FALSE;
  _gum_queue_look (self);
}

static void
reverted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gint64 batch = _gum_journal_add_job_finish (GUM_JOURNAL (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&batch, sizeof batch), g_free);
}

/**
 * gum_queue_revert_async:
 * @self: a queue
 * @batch: the number of a batch
 * @callback: called when the journal has the other batch
 * @user_data: for @callback
 *
 * Makes and runs a batch that takes back what was carried out of this one, from the values that were
 * there before.
 */
void
gum_queue_revert_async (GumQueue            *self,
                        gint64               batch,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GUM_IS_QUEUE (self));
  g_return_if_fail (self->store != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_queue_revert_async);
  _gum_journal_add_job_async (gum_store_get_journal (self->store), gum_batch_table_revert,
                              g_memdup2 (&batch, sizeof batch), g_free, reverted_cb, task);
}

/**
 * gum_queue_revert_finish:
 * @self: a queue
 * @result: from the callback
 * @error: return location: what the ledger said
 *
 * Returns: the number of the other batch; 0: nothing can be taken back any more, or an error
 */
gint64
gum_queue_revert_finish (GumQueue      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autofree gint64 *batch = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_queue_revert_async), 0);

  batch = g_task_propagate_pointer (G_TASK (result), error);

  return batch != NULL ? *batch : 0;
}
