/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading all products from Gumroad, for as long as one of those who asked for it still wants it. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store-private.h"

#include "gum-error.h"

/* How often, at most, a running pass is shown. */
#define FLUSH_MILLISECONDS 200

static gboolean
flush_cb (gpointer data)
{
  GumStore *self = data;

  self->flush_id = 0;
  _gum_store_flush (self);

  return G_SOURCE_REMOVE;
}

static void
page_cb (GumSync    *sync,
         GumChanges *changes,
         GumStore   *self)
{
  _gum_store_note_changes (self, changes);
  self->synced_items += changes->n_items;

  if (!self->shows_first)
    {
      self->shows_first = TRUE;
      _gum_store_flush (self);
    }
  else if (self->flush_id == 0)
    self->flush_id = g_timeout_add (FLUSH_MILLISECONDS, flush_cb, self);
}

static void
done_cb (GumSync      *sync,
         const GError *error,
         GumStore     *self)
{
  g_autoptr(GumStore) alive = g_object_ref (self);
  g_autoptr(GPtrArray) waiters = g_steal_pointer (&self->waiters);
  g_autoptr(GumSync) over = NULL;

  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  _gum_store_flush (self);
  over = g_steal_pointer (&self->sync);
  g_signal_handlers_disconnect_by_data (over, self);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&self->sync_error);
      self->sync_error = error != NULL ? g_error_copy (error) : NULL;
      g_object_notify (G_OBJECT (self), "sync-error");
    }
  if (error == NULL)
    _gum_store_read_last_synced (self);
  g_object_notify (G_OBJECT (self), "syncing");

  for (guint i = 0; i < waiters->len; i++)
    {
      GTask *task = g_ptr_array_index (waiters, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

void
_gum_store_start_sync (GumStore *self)
{
  self->sync = gum_sync_new (self->ledger, self->client);
  self->synced_items = 0;
  self->shows_first = FALSE;
  g_signal_connect_object (self->sync, "page", G_CALLBACK (page_cb), self, 0);
  g_signal_connect_object (self->sync, "done", G_CALLBACK (done_cb), self, 0);
  gum_sync_start (self->sync);
}

/* The pass goes on as long as one of those who asked for it still wants it. */
static gboolean
drop_cancelled_cb (gpointer data)
{
  GumStore *self = data;

  for (guint i = self->waiters->len; i > 0; i--)
    {
      g_autoptr(GTask) task = g_object_ref (g_ptr_array_index (self->waiters, i - 1));

      if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        {
          g_ptr_array_remove_index (self->waiters, i - 1);
          g_task_return_error_if_cancelled (task);
        }
    }
  if (self->waiters->len == 0 && self->sync != NULL)
    gum_sync_cancel (self->sync);

  return G_SOURCE_REMOVE;
}

static void
waiter_cancelled_cb (GCancellable *cancellable,
                     GumStore     *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_cancelled_cb, g_object_ref (self), g_object_unref);
}

/**
 * gum_store_sync_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable; the pass ends when everybody who asked for it has
 *   cancelled
 * @callback: called at the end of the pass
 * @user_data: for @callback
 *
 * Reads the list (`GET /products`), page after page, into the ledger; the first page can be seen
 * after one round trip. Products that a complete pass has not met are deleted. A pass that was cut
 * short goes on where it was, within an hour. A second call while one runs joins it.
 */
void
gum_store_sync_async (GumStore            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_store_sync_async);
  if (self->client == NULL || self->is_closed)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (waiter_cancelled_cb), self, 0);
  g_ptr_array_add (self->waiters, g_steal_pointer (&task));
  if (self->sync == NULL)
    {
      _gum_store_start_sync (self);
      g_object_notify (G_OBJECT (self), "syncing");
    }
}

/**
 * gum_store_sync_finish:
 * @self: a store
 * @result: from the callback
 * @error: return location: what the client or the ledger said
 *
 * Returns: whether the pass was complete
 */
gboolean
gum_store_sync_finish (GumStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
