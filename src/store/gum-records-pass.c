/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a short list from Gumroad, all of it: one request, or one for each product, one after the
 * other. What has come is shown while the rest is on its way. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-records-private.h"

#include "gum-error.h"
#include "gum-ledger-records.h"
#include "gum-store-private.h"

/* How often, at most, a pass over many lists is shown. */
#define SHOW_MILLISECONDS 250

static void read_next (GumRecords *self);

static void
set_error (GumRecords   *self,
           const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify (G_OBJECT (self), "error");
}

/* The last of it: @error is why it ended early. */
void
_gum_records_end_pass (GumRecords   *self,
                       const GError *error)
{
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, error);
  g_object_notify (G_OBJECT (self), "syncing");
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GumRecords *self = GUM_RECORDS (source);
  g_autoptr(GError) error = user_data;

  if (self->cancellable != NULL)
    _gum_records_end_pass (self, error);
}

/* The list first, then that it is complete. Takes @error. */
static void
show_end (GumRecords *self,
          GError     *error)
{
  _gum_records_load_async (self, shown_cb, error);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumRecords) self = user_data;
  GError *error = NULL;

  gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  show_end (self, error);
}

static gboolean
show_cb (gpointer data)
{
  GumRecords *self = data;

  self->show_id = 0;
  _gum_records_load_async (self, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GumRecords *self = GUM_RECORDS (source);
  g_autoptr(GCancellable) cancellable = user_data;
  g_autoptr(GError) error = NULL;

  _gum_records_read_finish (self, result, &error);
  if (self->cancellable != cancellable)
    return;

  /* A product may have gone since its name was read; its list is none then. */
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND) && self->facts->of_products)
    g_clear_error (&error);
  if (error != NULL)
    {
      show_end (self, g_steal_pointer (&error));
      return;
    }

  self->n_done++;
  g_object_notify (G_OBJECT (self), "n-done");
  if (self->show_id == 0)
    self->show_id = g_timeout_add (SHOW_MILLISECONDS, show_cb, self);
  read_next (self);
}

static void
read_next (GumRecords *self)
{
  if (self->n_done < self->queue->len)
    _gum_records_read_async (self, g_ptr_array_index (self->queue, self->n_done),
                             self->cancellable, read_cb, g_object_ref (self->cancellable));
  else
    gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_WRITER,
                          gum_ledger_records_end_pass, (gpointer) self->facts->name, NULL, NULL,
                          NULL, ended_cb, g_object_ref (self));
}

static void
parents_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumRecords) self = user_data;
  GError *error = NULL;
  GPtrArray *parents = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);

  if (self->cancellable == NULL)
    {
      /* Closed meanwhile. */
      g_clear_pointer (&parents, g_ptr_array_unref);
      g_clear_error (&error);
      return;
    }
  if (parents == NULL)
    {
      show_end (self, error);
      return;
    }

  self->queue = parents;
  read_next (self);
}

/**
 * gum_records_start_sync:
 * @self: a list
 *
 * Reads it from Gumroad, all of it. [property@Gum.Records:syncing] tells when that has ended, and
 * [property@Gum.Records:error] how. While it is read already, this does nothing.
 */
void
gum_records_start_sync (GumRecords *self)
{
  g_return_if_fail (GUM_IS_RECORDS (self));

  if (self->store == NULL || self->cancellable != NULL)
    return;
  if (_gum_store_get_client (self->store) == NULL)
    {
      g_autoptr(GError) error = g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                                     "There is no connection");

      set_error (self, error);
      return;
    }

  self->cancellable = g_cancellable_new ();
  self->n_done = 0;
  g_object_notify (G_OBJECT (self), "syncing");
  if (self->facts->of_products)
    {
      gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_READER,
                            gum_ledger_records_parents, NULL, NULL,
                            (GDestroyNotify) g_ptr_array_unref, NULL, parents_cb,
                            g_object_ref (self));
      return;
    }

  self->queue = g_ptr_array_new ();
  g_ptr_array_add (self->queue, NULL);
  read_next (self);
}

/**
 * gum_records_stop_sync:
 * @self: a list
 *
 * Ends the reading. What was read stays.
 */
void
gum_records_stop_sync (GumRecords *self)
{
  g_return_if_fail (GUM_IS_RECORDS (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
