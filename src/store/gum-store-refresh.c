/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One product, whole: what a page that shows everything of it asks for. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store-private.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-ledger-products.h"

#include <string.h>

/* Of a record that others hold as well. The text is what goes to the writer's thread: JSON is counted
 * without atomics. */
void
_gum_store_take_record (GumStore            *self,
                        JsonObject          *record,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  char *text = gum_json_to_text (record);

  gum_ledger_run_essential_async (_gum_store_get_ledger (self), gum_ledger_products_take_text,
                                  g_bytes_new_take (text, strlen (text)),
                                  (GDestroyNotify) g_bytes_unref, gum_changes_free,
                                  callback, user_data);
}

/* The first failure stays with the task until the ledger has been told. */
static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GumChanges) changes = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  GumStore *self = g_task_get_source_object (task);
  GError *not_found = g_task_get_task_data (task);

  if (changes != NULL)
    _gum_store_take_changes (self, changes);

  if (not_found != NULL)
    g_task_return_error (task, g_error_copy (not_found));
  else if (changes == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
got_product_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  JsonObject *object = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  GumStore *self = g_task_get_source_object (task);
  gboolean deleted = FALSE;

  if (object != NULL && gum_json_get_boolean (object, "deleted", &deleted) && deleted)
    {
      g_clear_pointer (&object, json_object_unref);
      g_set_error_literal (&error, GUM_ERROR, GUM_ERROR_NOT_FOUND, "The product is deleted");
    }

  if (object != NULL)
    {
      gum_ledger_run_async (_gum_store_get_ledger (self), GUM_LEDGER_WRITER,
                            gum_ledger_products_take_full, object,
                            (GDestroyNotify) json_object_unref, gum_changes_free, NULL,
                            refreshed_cb, g_steal_pointer (&task));
    }
  else if (deleted || gum_error_is_gone (error))
    {
      char *id = g_object_steal_data (G_OBJECT (task), "id");

      g_task_set_task_data (task, g_steal_pointer (&error), (GDestroyNotify) g_error_free);
      gum_ledger_run_async (_gum_store_get_ledger (self), GUM_LEDGER_WRITER,
                            gum_ledger_products_remove, id, g_free, gum_changes_free, NULL,
                            refreshed_cb, g_steal_pointer (&task));
    }
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * gum_store_refresh_product_async:
 * @self: a store
 * @id: which one
 * @cancellable: (nullable): a cancellable
 * @callback: called when the ledger has it
 * @user_data: for @callback
 *
 * Reads the full record (`GET /products/:id`) into the ledger, and so into the object that is
 * held. A product that Gumroad no longer has leaves the ledger.
 */
void
gum_store_refresh_product_async (GumStore            *self,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GumClient *client;

  g_return_if_fail (GUM_IS_STORE (self));
  g_return_if_fail (id != NULL);

  client = _gum_store_get_client (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_store_refresh_product_async);
  if (client == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }

  g_object_set_data_full (G_OBJECT (task), "id", g_strdup (id), g_free);
  gum_client_get_async (client, &gum_product_endpoint, id, cancellable,
                        got_product_cb, g_steal_pointer (&task));
}

/**
 * gum_store_refresh_product_finish:
 * @self: a store
 * @result: from the callback
 * @error: return location: what the client or the ledger said
 *
 * Returns: whether the ledger has the record
 */
gboolean
gum_store_refresh_product_finish (GumStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
