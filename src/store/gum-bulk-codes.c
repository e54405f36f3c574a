/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The discount codes of many products: which of them have one, and the writes that give it to the others,
 * take it away, or take that back.
 *
 *     rows ─▶ the list of each product, read from Gumroad ─▶ ledger ─▶ who has a code of this name?
 *
 * The lists are read first because the program does not look at them by itself: what the ledger says may be
 * old, or nothing. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-bulk-codes.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-records-private.h"
#include "gum-store-private.h"
#include "gum-write-private.h"

#include <string.h>

/* --- reading ---------------------------------------------------------------------------------- */

/* The data of a GTask. */
typedef struct {
  GumRecords           *records;
  GPtrArray            *ids;          /* of char* */
  guint                 n_done;
  GumBulkCodesProgress  progress;
  gpointer              progress_data;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->records);
  g_clear_pointer (&reading->ids, g_ptr_array_unref);
  g_free (reading);
}

/* In the reader's thread. */
static gpointer
list_ids (GumConnection  *connection,
          gpointer        data,
          GError        **error)
{
  GArray *rows = data;
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      sqlite3_stmt *statement =
        gum_connection_prepare (connection, "SELECT id FROM products WHERE row = ?", error);
      GumStep step;

      if (statement == NULL)
        return NULL;
      sqlite3_bind_int64 (statement, 1, g_array_index (rows, gint64, i));
      step = gum_connection_step (connection, statement, error);
      if (step == GUM_STEP_ROW)
        g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
      sqlite3_reset (statement);
      if (step == GUM_STEP_ERROR)
        return NULL;
    }

  return g_steal_pointer (&ids);
}

static void read_next (GTask *task);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (!_gum_records_read_finish (GUM_RECORDS (source), result, &error) && !gum_error_is_gone (error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_error (&error);
  reading->n_done++;
  read_next (task);
}

static void
read_next (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (reading->n_done == reading->ids->len)
    {
      /* Whoever shows the list is shown what was read. */
      _gum_records_load_async (reading->records, NULL, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  reading->progress (reading->n_done, reading->ids->len, reading->progress_data);
  _gum_records_read_async (reading->records, g_ptr_array_index (reading->ids, reading->n_done),
                           g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  reading->ids = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  if (reading->ids == NULL)
    g_task_return_error (task, error);
  else
    read_next (task);
}

void
_gum_bulk_codes_read_async (GumStore             *store,
                            GArray               *rows,
                            GCancellable         *cancellable,
                            GumBulkCodesProgress  progress,
                            gpointer              progress_data,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  GumRecords *records = gum_store_get_records (store, GUM_RECORD_CODE);
  Reading *reading;

  g_task_set_source_tag (task, _gum_bulk_codes_read_async);
  if (records == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->records = g_object_ref (records);
  reading->progress = progress;
  reading->progress_data = progress_data;
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  gum_ledger_run_async (_gum_store_get_ledger (store), GUM_LEDGER_READER, list_ids,
                        g_array_ref (rows), (GDestroyNotify) g_array_unref,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, listed_cb,
                        g_object_ref (task));
}

gboolean
_gum_bulk_codes_read_finish (GumStore      *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_bulk_codes_read_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- who has it ------------------------------------------------------------------------------- */

/* Gumroad's database compares them without regard to case. */
static gboolean
is_name (const char *name,
         const char *folded)
{
  g_autofree char *other = name != NULL ? g_utf8_casefold (name, -1) : NULL;

  return g_strcmp0 (other, folded) == 0;
}

GHashTable *
_gum_bulk_codes_find (GumConnection  *connection,
                      const char     *name,
                      GError        **error)
{
  g_autoptr(GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  const GumRecordsFacts *facts = _gum_record_kind_get_facts (GUM_RECORD_CODE);
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT parent, json, json ->> '$.name' FROM records WHERE kind = ?",
                            error);
  GumStep step;

  if (statement == NULL)
    return NULL;

  gum_connection_bind_text (statement, 1, facts->name);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    {
      const char *parent = (const char *) sqlite3_column_text (statement, 0);
      g_autoptr(GBytes) text = NULL;
      g_autoptr(GumOfferCode) code = NULL;

      if (!is_name ((const char *) sqlite3_column_text (statement, 2), folded))
        continue;
      text = g_bytes_new (sqlite3_column_text (statement, 1), sqlite3_column_bytes (statement, 1));
      code = (GumOfferCode *) gum_resource_new_from_text (GUM_TYPE_OFFER_CODE, text, NULL);
      if (code != NULL)
        g_hash_table_insert (codes, g_strdup (gum_offer_code_is_universal (code) ? "" : parent),
                             g_object_ref (code));
    }

  return step != GUM_STEP_ERROR ? g_steal_pointer (&codes) : NULL;
}

/* The product's own code of this name. */
static GumOfferCode *
find_own (GumConnection  *connection,
          const char     *product_id,
          const char     *name,
          GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT json FROM records WHERE kind = ? AND parent = ?"
                            " AND json ->> '$.name' = ? COLLATE NOCASE", error);
  GumOfferCode *found = NULL;

  if (statement == NULL)
    return NULL;

  gum_connection_bind_text (statement, 1, _gum_record_kind_get_facts (GUM_RECORD_CODE)->name);
  gum_connection_bind_text (statement, 2, product_id);
  gum_connection_bind_text (statement, 3, name);
  while (found == NULL && gum_connection_step (connection, statement, error) == GUM_STEP_ROW)
    {
      g_autoptr(GBytes) text = g_bytes_new (sqlite3_column_text (statement, 0),
                                            sqlite3_column_bytes (statement, 0));

      found = (GumOfferCode *) gum_resource_new_from_text (GUM_TYPE_OFFER_CODE, text, NULL);
      if (found != NULL && gum_offer_code_is_universal (found))
        g_clear_object (&found);
    }
  sqlite3_reset (statement);

  return found;
}

/* --- writes ----------------------------------------------------------------------------------- */

static JsonObject *
new_body (const char *name,
          gboolean    percent,
          gint64      amount,
          gint64      limit)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "name", name);
  if (percent)
    {
      json_object_set_int_member (body, "amount_off", amount);
      json_object_set_string_member (body, "offer_type", "percent");
    }
  else
    {
      json_object_set_int_member (body, "amount_cents", amount);
    }
  if (limit >= 0)
    json_object_set_int_member (body, "max_purchase_count", limit);

  return body;
}

GumWrite *
_gum_bulk_codes_new_create (GumBulk    *bulk,
                            const char *product_id,
                            const char *label)
{
  g_autoptr(JsonObject) body = new_body (gum_bulk_get_value (bulk), gum_bulk_is_percent (bulk),
                                         gum_bulk_get_amount (bulk), gum_bulk_get_limit (bulk));

  return _gum_records_new_write (GUM_RECORD_CODE, GUM_RECORDS_CREATE, product_id, NULL, label, body,
                                 NULL);
}

GumWrite *
_gum_bulk_codes_new_delete (GumOfferCode *code,
                            const char   *product_id,
                            const char   *label)
{
  return _gum_records_new_write (GUM_RECORD_CODE, GUM_RECORDS_DELETE, product_id,
                                 gum_resource_get_id (GUM_RESOURCE (code)), label, NULL,
                                 gum_resource_get_json (GUM_RESOURCE (code)));
}

static GumOfferCode *
dup_before (GumWrite *write)
{
  JsonObject *before = gum_write_get_before (write);

  return before != NULL
         ? (GumOfferCode *) gum_resource_new_from_json (GUM_TYPE_OFFER_CODE, before, NULL) : NULL;
}

/* A code that comes back is another one: its uses are counted anew. So it gets those that were left, and
 * one that has none left stays away. */
static gboolean
get_rest (GumOfferCode *code,
          gint64       *limit)
{
  *limit = gum_offer_code_get_limit (code);
  if (*limit >= 0)
    *limit -= gum_offer_code_get_times_used (code);

  return *limit != 0 && !gum_offer_code_is_spent (code);
}

gboolean
_gum_bulk_codes_can_revert (GumWrite *write)
{
  JsonObject *body = gum_write_get_body (write);
  g_autoptr(GumOfferCode) code = NULL;
  gint64 limit;

  if (_gum_write_is_kind (write, GUM_WRITE_KIND_CODE_CREATE))
    return body != NULL && gum_json_get_string (body, "name") != NULL &&
           !json_object_has_member (body, "universal");
  if (!_gum_write_is_kind (write, GUM_WRITE_KIND_CODE_DELETE))
    return FALSE;

  code = dup_before (write);

  return code != NULL && gum_offer_code_get_name (code) != NULL &&
         !gum_offer_code_is_universal (code) && get_rest (code, &limit);
}

GumWrite *
_gum_bulk_codes_new_revert (GumConnection  *connection,
                            GumWrite       *write,
                            GError        **error)
{
  /* products/:id/offer_codes, whose product the journal does not know. */
  g_auto(GStrv) parts = g_strsplit (_gum_write_get_path (write), "/", -1);
  g_autofree char *product_id = g_strv_length (parts) > 1 ? g_uri_unescape_string (parts[1], NULL) : NULL;
  const char *label = gum_write_get_label (write);
  g_autoptr(GumOfferCode) before = NULL;
  g_autoptr(JsonObject) body = NULL;
  gint64 limit;

  if (product_id == NULL)
    return NULL;
  if (_gum_write_is_kind (write, GUM_WRITE_KIND_CODE_CREATE))
    {
      const char *name = gum_json_get_string (gum_write_get_body (write), "name");
      g_autoptr(GumOfferCode) code = find_own (connection, product_id, name, error);

      return code != NULL ? _gum_bulk_codes_new_delete (code, product_id, label) : NULL;
    }

  before = dup_before (write);
  if (!get_rest (before, &limit))
    return NULL;
  body = new_body (gum_offer_code_get_name (before), gum_offer_code_is_percent (before),
                   gum_offer_code_get_amount (before), limit);
  if (gum_offer_code_get_minimum (before) >= 0)
    json_object_set_int_member (body, "minimum_amount_cents", gum_offer_code_get_minimum (before));

  return _gum_records_new_write (GUM_RECORD_CODE, GUM_RECORDS_CREATE, product_id, NULL, label, body, NULL);
}
