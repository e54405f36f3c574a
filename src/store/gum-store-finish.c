/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a store does before the program ends: it begins nothing more, and gives what is on the wire a
 * moment, so that no write is unclear and no half of a file lies at the storage without need. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store-private.h"

#include "gum-delivery-private.h"

/* A program that is to end does not wait longer. The uploads' queue has the same. */
#define GRACE_SECONDS 2

/* The data of a GTask. */
typedef struct {
  guint n_left;        /* the journal, the uploads */
  guint grace_id;
} Finishing;

static void
finishing_free (Finishing *finishing)
{
  g_clear_handle_id (&finishing->grace_id, g_source_remove);
  g_free (finishing);
}

/* Both at the end and when the time is over; what comes later finds that it was told. */
static void
end (GTask    *task,
     gboolean  is_idle)
{
  Finishing *finishing = g_task_get_task_data (task);

  if (finishing->grace_id == 0)
    return;

  g_clear_handle_id (&finishing->grace_id, g_source_remove);
  g_task_return_boolean (task, is_idle);
  g_object_unref (task);
}

static void
end_part (GTask *task)
{
  Finishing *finishing = g_task_get_task_data (task);

  if (--finishing->n_left == 0)
    end (task, TRUE);
}

static gboolean
grace_cb (gpointer data)
{
  end (data, FALSE);

  return G_SOURCE_CONTINUE;
}

static void
sending_cb (GumJournal *journal,
            GParamSpec *pspec,
            GTask      *task)
{
  if (gum_journal_get_n_sending (journal) > 0)
    return;
  g_signal_handlers_disconnect_by_data (journal, task);
  end_part (task);
}

static void
uploads_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  gum_upload_queue_cancel_all_finish (GUM_UPLOAD_QUEUE (source), result);
  end_part (task);
}

/**
 * gum_store_is_busy:
 * @self: a store
 *
 * Returns: whether gum_store_finish_async() would have anything to wait for
 */
gboolean
gum_store_is_busy (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), FALSE);

  return !self->is_closed &&
         ((self->journal != NULL && gum_journal_get_n_sending (self->journal) > 0) ||
          gum_store_count_deliveries (self) > 0);
}

/**
 * gum_store_finish_async:
 * @self: a store that is not closed
 * @callback: called when nothing is on the wire any more, or after two seconds
 * @user_data: for @callback
 *
 * Halts the queue, cancels uploads, and waits for what was sent. The store is not closed by it.
 */
void
gum_store_finish_async (GumStore            *self,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Finishing *finishing;
  GTask *task;

  g_return_if_fail (GUM_IS_STORE (self));
  g_return_if_fail (!self->is_closed);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_store_finish_async);
  finishing = g_new0 (Finishing, 1);
  g_task_set_task_data (task, finishing, (GDestroyNotify) finishing_free);
  finishing->grace_id = g_timeout_add_seconds (GRACE_SECONDS, grace_cb, task);
  finishing->n_left = 1;

  if (self->queue != NULL)
    gum_queue_halt (self->queue);
  if (gum_store_count_deliveries (self) > 0)
    {
      finishing->n_left++;
      gum_upload_queue_cancel_all_async (_gum_deliveries_get_queue (self->deliveries), uploads_cb,
                                         g_object_ref (task));
    }
  if (self->journal != NULL && gum_journal_get_n_sending (self->journal) > 0)
    {
      finishing->n_left++;
      g_signal_connect_object (self->journal, "notify::n-sending", G_CALLBACK (sending_cb), task, 0);
    }
  end_part (task);
}

/**
 * gum_store_finish_finish:
 * @self: a store
 * @result: from the callback
 *
 * Returns: %TRUE if nothing is on the wire any more, %FALSE if the time was over first
 */
gboolean
gum_store_finish_finish (GumStore     *self,
                         GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_store_finish_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
