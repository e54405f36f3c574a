/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a record is created, changed and deleted at Gumroad.
 *
 *     write ─▶ journal ─▶ Gumroad ─▶ the answer's record into the table ─▶ model
 *                            └─ no answer, or "not found" ─▶ the list is read again: is it as it was wanted?
 *
 * The product that a code belongs to is not named to the journal: no product changes by a code, and the
 * journal would read it again after each. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-records.h"

#include "gum-error.h"
#include "gum-journal-private.h"
#include "gum-json.h"
#include "gum-ledger-records.h"
#include "gum-record-private.h"
#include "gum-records-private.h"
#include "gum-store-private.h"
#include "gum-write-private.h"

#include <string.h>

/* The data of a GTask. */
typedef struct {
  GumWrite *write;
  char     *product_id;     /* NULL: the list is the shop's */
  char     *id;             /* NULL: it is created */
  GError   *error;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->write);
  g_free (writing->product_id);
  g_free (writing->id);
  g_clear_error (&writing->error);
  g_free (writing);
}

static gboolean
does (GumWrite   *write,
      const char *what)
{
  return g_str_has_suffix (gum_write_get_kind (write), what);
}

/* --- writes ----------------------------------------------------------------------------------- */

GumWrite *
_gum_records_new_write (GumRecordKind  kind,
                        const char    *what,
                        const char    *product_id,
                        const char    *id,
                        const char    *label,
                        JsonObject    *body,
                        JsonObject    *before)
{
  const GumRecordsFacts *facts = _gum_record_kind_get_facts (kind);
  g_autofree char *name = g_strconcat (facts->name, what, NULL);
  g_autofree char *parent = _gum_records_dup_parent_path (facts->of_products ? product_id : NULL);
  g_autofree char *own = gum_request_path (facts->endpoint->path,
                                           facts->endpoint->plural != NULL ? id : NULL, NULL);
  g_autofree char *path = parent != NULL ? g_strconcat (parent, "/", own, NULL) : g_strdup (own);
  const char *method = g_str_equal (what, GUM_RECORDS_CREATE)
                       ? "POST" : g_str_equal (what, GUM_RECORDS_UPDATE) ? "PUT" : "DELETE";

  return gum_write_new (name, method, path, NULL, label, body, before);
}

/* Its address says where the record of a write is: that is all that the journal keeps. */
static Writing *
writing_new (GumRecords *self,
             GumWrite   *write)
{
  const GumRecordsFacts *facts = _gum_records_get_facts (self);
  g_auto(GStrv) parts = g_strsplit (_gum_write_get_path (write), "/", -1);
  guint own = facts->of_products ? 2 : 0;
  guint n = g_strv_length (parts);
  Writing *writing = g_new0 (Writing, 1);

  writing->write = g_object_ref (write);
  if (facts->of_products && n > 1)
    writing->product_id = g_uri_unescape_string (parts[1], NULL);
  if (facts->endpoint->plural == NULL)
    writing->id = g_strdup (facts->name);
  else if (n > own + 1)
    writing->id = g_uri_unescape_string (parts[own + 1], NULL);

  return writing;
}

/**
 * gum_records_new_create:
 * @self: a list
 * @product_id: (nullable): the product that it is for, in lists of products
 * @label: what a person calls it
 * @body: what is sent
 *
 * Returns: (transfer full): a write that waits
 */
GumWrite *
gum_records_new_create (GumRecords *self,
                        const char *product_id,
                        const char *label,
                        JsonObject *body)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);
  g_return_val_if_fail (body != NULL, NULL);
  g_return_val_if_fail (product_id != NULL || !_gum_records_get_facts (self)->of_products, NULL);

  return _gum_records_new_write (self->kind, GUM_RECORDS_CREATE, product_id, NULL, label, body, NULL);
}

/* What the record says of the keys that are sent, as far as it says anything. */
static JsonObject *
pick_before (JsonObject *record,
             JsonObject *body)
{
  JsonObject *before = json_object_new ();
  g_autoptr(GList) members = json_object_get_members (body);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (record, l->data);

      if (node != NULL)
        json_object_set_member (before, l->data, json_node_copy (node));
    }

  return before;
}

/**
 * gum_records_new_update:
 * @self: a list
 * @record: one of it
 * @label: what a person calls it
 * @body: what is sent
 *
 * Returns: (transfer full): a write that waits
 */
GumWrite *
gum_records_new_update (GumRecords *self,
                        GumRecord  *record,
                        const char *label,
                        JsonObject *body)
{
  g_autoptr(JsonObject) before = NULL;

  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);
  g_return_val_if_fail (GUM_IS_RECORD (record), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  before = pick_before (gum_resource_get_json (gum_record_get_resource (record)), body);

  return _gum_records_new_write (self->kind, GUM_RECORDS_UPDATE, gum_record_get_product_id (record),
                                 gum_record_get_id (record), label, body, before);
}

/**
 * gum_records_new_delete:
 * @self: a list
 * @record: one of it
 * @label: what a person calls it
 *
 * Returns: (transfer full): a write that waits
 */
GumWrite *
gum_records_new_delete (GumRecords *self,
                        GumRecord  *record,
                        const char *label)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);
  g_return_val_if_fail (GUM_IS_RECORD (record), NULL);

  return _gum_records_new_write (self->kind, GUM_RECORDS_DELETE, gum_record_get_product_id (record),
                                 gum_record_get_id (record), label, NULL,
                                 gum_resource_get_json (gum_record_get_resource (record)));
}

/* --- whether it is as it was wanted ------------------------------------------------------------ */

static gboolean
same_value (JsonNode *mine,
            JsonNode *theirs)
{
  g_autofree char *a = gum_json_node_dup_string (mine);
  g_autofree char *b = gum_json_node_dup_string (theirs);

  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Of the keys that are sent, as many as the record tells again, and that are plain values. */
static gboolean
shows (JsonObject *record,
       JsonObject *body)
{
  g_autoptr(GList) members = json_object_get_members (body);
  gboolean told = FALSE;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *mine = json_object_get_member (body, l->data);
      JsonNode *theirs = json_object_get_member (record, l->data);

      if (theirs == NULL || JSON_NODE_HOLDS_ARRAY (mine) || JSON_NODE_HOLDS_OBJECT (mine))
        continue;
      if (!same_value (mine, theirs))
        return FALSE;
      told = TRUE;
    }

  return told;
}

/* What was in the list before the write cannot have been created by it. */
static GHashTable *
list_ids (GumRecords *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(GumRecord) record = g_list_model_get_item (G_LIST_MODEL (self), i);

      g_hash_table_add (ids, g_strdup (gum_record_get_id (record)));
    }

  return ids;
}

static gboolean
is_carried_out (GumRecords *self,
                Writing    *writing,
                GHashTable *known)
{
  JsonObject *body = gum_write_get_body (writing->write);
  GumRecord *record;

  if (!does (writing->write, GUM_RECORDS_CREATE))
    {
      record = gum_records_find (self, writing->id);

      return does (writing->write, GUM_RECORDS_DELETE)
             ? record == NULL
             : record != NULL && shows (gum_resource_get_json (gum_record_get_resource (record)), body);
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(GumRecord) item = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (!g_hash_table_contains (known, gum_record_get_id (item)) &&
          g_strcmp0 (gum_record_get_product_id (item), writing->product_id) == 0 &&
          shows (gum_resource_get_json (gum_record_get_resource (item)), body))
        return TRUE;
    }

  return FALSE;
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
return_result (GTask *task)
{
  Writing *writing = g_task_get_task_data (task);

  if (writing->error != NULL)
    g_task_return_error (task, g_steal_pointer (&writing->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  return_result (task);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumRecords *self = g_task_get_source_object (task);

  /* A ledger that could not take it has said so itself. */
  gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
  _gum_records_load_async (self, shown_cb, g_steal_pointer (&task));
}

static void
loaded_again_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumRecords *self = GUM_RECORDS (source);
  Writing *writing = g_task_get_task_data (task);
  GHashTable *known = g_object_get_data (G_OBJECT (task), "known");

  if (writing->error != NULL && _gum_records_get_store (self) != NULL &&
      is_carried_out (self, writing, known))
    {
      g_clear_error (&writing->error);
      gum_journal_settle (gum_store_get_journal (_gum_records_get_store (self)), writing->write,
                          GUM_WRITE_DONE);
    }
  return_result (task);
}

static void
read_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  if (_gum_records_read_finish (GUM_RECORDS (source), result, NULL))
    _gum_records_load_async (GUM_RECORDS (source), loaded_again_cb, g_steal_pointer (&task));
  else
    return_result (task);
}

static void
read_again (GTask *task)
{
  GumRecords *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);

  g_object_set_data_full (G_OBJECT (task), "known", list_ids (self),
                          (GDestroyNotify) g_hash_table_unref);
  _gum_records_read_async (self, writing->product_id, NULL, read_again_cb,
                           g_object_ref (task));
}

static void
store_record (GTask      *task,
              JsonObject *record)
{
  GumRecords *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);
  const GumRecordsFacts *facts = _gum_records_get_facts (self);
  GumRecordsJob *job = gum_records_job_new (facts->name, writing->product_id);
  gboolean removes = record == NULL;

  if (removes)
    {
      gum_records_job_take (job, g_strdup (writing->id), NULL);
    }
  else
    {
      char *text = gum_json_to_text (record);

      gum_records_job_take (job, g_strdup (facts->endpoint->plural != NULL
                                           ? gum_json_get_string (record, "id") : facts->name),
                            g_bytes_new_take (text, strlen (text)));
    }
  gum_ledger_run_essential_async (_gum_store_get_ledger (_gum_records_get_store (self)),
                                  removes ? gum_ledger_records_remove : gum_ledger_records_put,
                                  job, gum_records_job_free, NULL, stored_cb, g_object_ref (task));
}

static void
take_answer (GTask *task)
{
  GumRecords *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);
  const GumEndpoint *endpoint = _gum_records_get_facts (self)->endpoint;
  JsonObject *answer = gum_write_get_answer (writing->write);
  JsonObject *record = answer != NULL ? gum_json_get_object (answer, endpoint->singular) : NULL;

  if (_gum_records_get_store (self) == NULL)
    return_result (task);
  else if (does (writing->write, GUM_RECORDS_DELETE))
    store_record (task, NULL);
  else if (record != NULL &&
           (endpoint->plural == NULL || gum_json_get_string (record, "id") != NULL))
    store_record (task, record);
  else
    read_again (task);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumRecords *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);

  if (gum_journal_send_finish (GUM_JOURNAL (source), result, &writing->error))
    take_answer (task);
  else if (_gum_records_get_store (self) != NULL &&
           (g_error_matches (writing->error, GUM_ERROR, GUM_ERROR_UNCLEAR) ||
            (does (writing->write, GUM_RECORDS_DELETE) && gum_error_is_gone (writing->error))))
    read_again (task);
  else
    return_result (task);
}

/**
 * gum_records_write_async:
 * @self: a list
 * @write: of gum_records_new_create(), gum_records_new_update() or gum_records_new_delete() of this list,
 *   perhaps from the journal
 * @cancellable: (nullable): ends it as long as nothing is on the wire
 * @callback: called when the list shows it
 * @user_data: for @callback
 *
 * Sends a write, once. When no answer comes, the list is read again: if it shows the change, the write is
 * done. What is deleted and is not there is deleted.
 */
void
gum_records_write_async (GumRecords          *self,
                         GumWrite            *write,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GUM_IS_RECORDS (self));
  g_return_if_fail (GUM_IS_WRITE (write));
  g_return_if_fail (g_str_has_prefix (gum_write_get_kind (write), _gum_records_get_facts (self)->name));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_records_write_async);
  /* How a write ended is told even to those who have cancelled it. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, writing_new (self, write), (GDestroyNotify) writing_free);

  if (_gum_records_get_store (self) == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      g_object_unref (task);
      return;
    }
  gum_journal_send_async (gum_store_get_journal (_gum_records_get_store (self)), write, cancellable,
                          sent_cb, task);
}

/**
 * gum_records_write_finish:
 * @self: a list
 * @result: from the callback
 * @error: return location
 *
 * Errors: those of gum_journal_send_finish(). %GUM_ERROR_NOT_FOUND of a delete means that Gumroad still
 * lists what it says it does not know.
 *
 * Returns: whether it was carried out
 */
gboolean
gum_records_write_finish (GumRecords    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_records_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- asking afterwards ------------------------------------------------------------------------ */

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumRecords *self = GUM_RECORDS (source);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_task_return_boolean (task, _gum_records_get_store (self) != NULL &&
                               is_carried_out (self, g_task_get_task_data (task), known));
}

static void
read_to_check_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (_gum_records_read_finish (GUM_RECORDS (source), result, &error))
    _gum_records_load_async (GUM_RECORDS (source), checked_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
_gum_records_check_async (GumRecords          *self,
                          GumWrite            *write,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Writing *writing = writing_new (self, write);

  g_task_set_source_tag (task, _gum_records_check_async);
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  /* What was there before is not known any more. Of codes there are no two of one name; of others there may be. */
  if (does (write, GUM_RECORDS_CREATE) && self->kind != GUM_RECORD_CODE)
    g_task_return_boolean (task, FALSE);
  else
    _gum_records_read_async (self, writing->product_id, cancellable, read_to_check_cb,
                             g_object_ref (task));
}

gboolean
_gum_records_check_finish (GumRecords    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_records_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
