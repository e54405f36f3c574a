/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One list of Gumroad's, read to its end into the ledger. None of these lists has pages today; should one
 * get some, they are all read before the ledger is told that this is everything. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-records-private.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-ledger-records.h"
#include "gum-store-private.h"

#include <string.h>

/* The data of a GTask. */
typedef struct {
  GumLedger     *ledger;
  GumRecordsJob *job;
  char          *parent_path;
  GHashTable    *keys;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->ledger);
  g_clear_pointer (&reading->job, gum_records_job_free);
  g_free (reading->parent_path);
  g_hash_table_unref (reading->keys);
  g_free (reading);
}

char *
_gum_records_dup_parent_path (const char *product_id)
{
  return product_id != NULL ? gum_request_path ("products", product_id, NULL) : NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
write_all (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  gum_ledger_run_async (reading->ledger, GUM_LEDGER_WRITER, gum_ledger_records_replace,
                        g_steal_pointer (&reading->job), gum_records_job_free, NULL, NULL,
                        written_cb, g_object_ref (task));
}

static void ask (GTask      *task,
                 const char *key);

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GumPage) page = gum_client_list_finish (GUM_CLIENT (source), result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < page->ids->len; i++)
    gum_records_job_take (reading->job, g_strdup (g_ptr_array_index (page->ids, i)),
                          g_bytes_ref (g_ptr_array_index (page->items, i)));
  if (page->next_page_key == NULL)
    write_all (task);
  else if (g_hash_table_add (reading->keys, g_strdup (page->next_page_key)))
    ask (task, page->next_page_key);
  else
    g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL, "The list goes in circles");
}

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) record = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  char *text;

  if (record == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  text = gum_json_to_text (record);
  gum_records_job_take (reading->job, g_strdup (reading->job->kind),
                        g_bytes_new_take (text, strlen (text)));
  write_all (task);
}

static void
ask (GTask      *task,
     const char *key)
{
  GumRecords *self = g_task_get_source_object (task);
  const GumEndpoint *endpoint = _gum_records_get_facts (self)->endpoint;
  GumStore *store = _gum_records_get_store (self);
  GumClient *client = store != NULL ? _gum_store_get_client (store) : NULL;
  Reading *reading = g_task_get_task_data (task);

  if (client == NULL)
    g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
  else if (endpoint->plural != NULL)
    gum_client_list_async (client, endpoint, reading->parent_path, key,
                           g_task_get_cancellable (task), listed_cb, g_object_ref (task));
  else
    gum_client_get_async (client, endpoint, NULL, g_task_get_cancellable (task), got_cb,
                          g_object_ref (task));
}

/* @product_id: NULL where the list is the shop's. The model is not told yet. */
void
_gum_records_read_async (GumRecords          *self,
                         const char          *product_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GumStore *store = _gum_records_get_store (self);
  Reading *reading;

  g_task_set_source_tag (task, _gum_records_read_async);
  if (store == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->ledger = g_object_ref (_gum_store_get_ledger (store));
  reading->job = gum_records_job_new (_gum_records_get_facts (self)->name, product_id);
  reading->parent_path = _gum_records_dup_parent_path (product_id);
  reading->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  ask (task, NULL);
}

gboolean
_gum_records_read_finish (GumRecords    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
