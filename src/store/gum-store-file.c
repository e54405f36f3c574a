/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file behind the store: what it says at first, whether it is sound, and what happens when it is
 * not. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store-private.h"

#include "gum-delivery-private.h"
#include "gum-draft-private.h"
#include "gum-error.h"
#include "gum-queue-private.h"

/* Milliseconds: the thorough check reads the whole file, and must not compete with the first
 * frames. */
#define CHECK_DELAY 2000

static void
count_products (GumStore *self)
{
  GumConnection *connection = gum_ledger_get_connection (self->ledger);
  gint64 n_products = 0;

  gum_connection_get_int (connection, "SELECT count (*) FROM products", &n_products, NULL);
  self->n_products = n_products;
}

void
_gum_store_read_last_synced (GumStore *self)
{
  GumConnection *connection = gum_ledger_get_connection (self->ledger);
  gint64 seconds = connection != NULL ? gum_connection_get_fact_int (connection, "last-synced") : 0;

  g_clear_pointer (&self->last_synced, g_date_time_unref);
  if (seconds > 0)
    self->last_synced = g_date_time_new_from_unix_utc (seconds);
  g_object_notify (G_OBJECT (self), "last-synced");
}

/* A damaged ledger goes aside, a fresh one is filled from Gumroad; those who wait for a pass keep
 * waiting. */
static gboolean
mend_cb (gpointer data)
{
  GumStore *self = data;
  g_autoptr(GumStore) alive = g_object_ref (self);
  g_autoptr(GError) error = NULL;

  self->mend_id = 0;
  if (self->sync != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sync, self);
      gum_sync_cancel (self->sync);
      g_clear_object (&self->sync);
    }

  gum_held_forget_rows (self->held);
  g_array_set_size (self->changes, 0);
  self->n_products = 0;
  if (!gum_ledger_set_aside (self->ledger, &error))
    {
      g_autoptr(GPtrArray) waiters = g_steal_pointer (&self->waiters);

      self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
      _gum_store_set_broken (self, error);
      for (guint i = 0; i < waiters->len; i++)
        g_task_return_error (g_ptr_array_index (waiters, i), g_error_copy (error));
    }
  self->was_rebuilt = TRUE;
  if (error == NULL && self->drafts != NULL)
    _gum_drafts_rewrite (self->drafts);
  if (error == NULL && self->deliveries != NULL)
    _gum_deliveries_rewrite (self->deliveries);
  if (error == NULL && self->queue != NULL)
    _gum_queue_look (self->queue);
  _gum_store_read_last_synced (self);
  g_object_notify (G_OBJECT (self), "n-products");
  g_object_notify (G_OBJECT (self), "rebuilt");
  g_signal_emit_by_name (self, "changed");

  if (error == NULL && self->client != NULL && !self->is_closed)
    _gum_store_start_sync (self);
  g_object_notify (G_OBJECT (self), "syncing");

  return G_SOURCE_REMOVE;
}

static void
failed_cb (GumLedger *ledger,
           GError    *error,
           GumStore  *self)
{
  if (self->is_closed)
    return;

  /* Where nothing can be written, it is known why. Without its WAL a file may also look damaged that is not, and
   * must not be set aside. */
  if (gum_ledger_get_obstacle (ledger) != NULL)
    _gum_store_set_broken (self, gum_ledger_get_obstacle (ledger));
  else if (!g_error_matches (error, GUM_ERROR, GUM_ERROR_LEDGER_DAMAGED))
    _gum_store_set_broken (self, error);
  else if (self->mend_id == 0)
    self->mend_id = g_idle_add_full (G_PRIORITY_HIGH, mend_cb, self, NULL);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  /* The ledger tells of the damage itself. */
  gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
}

static gboolean
check_cb (gpointer data)
{
  GumStore *self = data;

  self->check_id = 0;
  gum_ledger_run_async (self->ledger, GUM_LEDGER_CHECKER, gum_connection_check, NULL, NULL, NULL, NULL,
                        checked_cb, NULL);

  return G_SOURCE_REMOVE;
}

/* @is_old: the file was there before, and may be damaged where nobody has looked yet. */
void
_gum_store_begin_with_file (GumStore *self,
                            gboolean  is_old)
{
  g_signal_connect_object (self->ledger, "failed", G_CALLBACK (failed_cb), self, 0);
  count_products (self);
  _gum_store_read_last_synced (self);
  if (gum_ledger_get_obstacle (self->ledger) != NULL)
    self->broken = g_error_copy (gum_ledger_get_obstacle (self->ledger));
  else if (is_old && self->n_products > 0)
    self->check_id = g_timeout_add_full (G_PRIORITY_LOW, CHECK_DELAY, check_cb, self, NULL);
}
