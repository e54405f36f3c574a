/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a draft goes to Gumroad: the product is read again, what was changed on both sides is held
 * against each other, and only what still differs is sent, in one request. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-draft.h"

#include "gum-draft-private.h"
#include "gum-error.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-part-write.h"
#include "gum-product-keys.h"
#include "gum-store-private.h"

/* The data of a GTask. */
typedef struct {
  GumStore  *store;
  GumWrite  *write;
  GPtrArray *writes;     /* that are still to be sent */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->store);
  g_clear_object (&saving->write);
  g_clear_pointer (&saving->writes, g_ptr_array_unref);
  g_free (saving);
}

/* Takes @error. The draft keeps it, too: whoever has asked for this may be gone. */
static void
fail (GTask  *task,
      GError *error)
{
  _gum_draft_set_error (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
}

/* What a write has sent, by the draft's keys. */
static JsonObject *
dup_sent (GumWrite *write)
{
  JsonObject *body = gum_write_get_body (write);
  g_autofree char *key = gum_write_dup_version_key (write);
  JsonObject *sent;

  if (key == NULL)
    return json_object_ref (body);

  sent = json_object_new ();
  json_object_set_member (sent, key, json_node_copy (json_object_get_member (body, "rich_content")));

  return sent;
}

static void send_next (GTask *task);

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumDraft *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) sent = NULL;
  JsonObject *answer;

  if (!gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    {
      fail (task, error);
      return;
    }

  answer = gum_write_get_answer (saving->write);
  sent = dup_sent (saving->write);
  if (gum_write_get_warning (saving->write) != NULL)
    _gum_draft_set_warning (self, gum_write_get_warning (saving->write));
  _gum_draft_take_saved (self, sent, answer != NULL ? gum_json_get_object (answer, "product") : NULL);
  send_next (task);
}

static void
send_next (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  if (saving->writes->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (gum_store_is_closed (saving->store))
    {
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store was closed"));
      return;
    }

  g_clear_object (&saving->write);
  saving->write = g_ptr_array_steal_index (saving->writes, 0);
  gum_journal_send_async (gum_store_get_journal (saving->store), saving->write,
                          g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumStore) store = user_data;
  g_autoptr(GumChanges) changes = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);

  if (changes != NULL)
    _gum_store_take_changes (store, changes);
}

/* What was read on the way is shown. */
static void
take_record (GumStore   *store,
             JsonObject *record)
{
  _gum_store_take_record (store, record, taken_cb, g_object_ref (store));
}

/* A version's content is a write of its own. Takes @before. */
static GumWrite *
new_version_write (GumDraft   *self,
                   const char *key,
                   JsonNode   *before,
                   JsonObject *record)
{
  JsonObject *version = gum_product_keys_find_version (key, record);
  g_autofree char *category_id = NULL;
  g_autofree char *variant_id = NULL;
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) replaced = json_object_new ();
  const char *name;

  gum_product_keys_split_version (key, &category_id, &variant_id);
  json_object_set_member (body, "rich_content", json_node_copy (gum_draft_get_mine (self, key)));
  if (before != NULL)
    json_object_set_member (replaced, "rich_content", before);
  name = gum_json_get_string (version != NULL ? version : record, "name");

  return gum_write_new_variant_update (gum_draft_get_product_id (self), category_id, variant_id, name,
                                       body, replaced);
}

/* What differs from @record, and what it replaces. */
static GPtrArray *
new_writes (GumDraft   *self,
            JsonObject *record)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) keys = gum_draft_dup_keys (self);
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      JsonNode *mine = gum_draft_get_mine (self, keys[i]);
      JsonNode *theirs = gum_product_keys_read (keys[i], record);
      gboolean is_version = gum_product_keys_split_version (keys[i], NULL, NULL);

      if (is_version && (theirs == NULL || !gum_product_keys_equal (keys[i], mine, theirs)))
        {
          g_ptr_array_add (writes, new_version_write (self, keys[i], theirs, record));
          continue;
        }
      if (theirs == NULL || !gum_product_keys_equal (keys[i], mine, theirs))
        json_object_set_member (body, keys[i], json_node_copy (mine));
      if (theirs != NULL && json_object_has_member (body, keys[i]))
        json_object_set_member (before, keys[i], theirs);
      else if (theirs != NULL)
        json_node_unref (theirs);
    }
  if (json_object_get_size (body) > 0)
    g_ptr_array_insert (writes, 0, gum_write_new_update (gum_draft_get_product_id (self),
                                                         gum_json_get_string (record, "name"), body,
                                                         before));

  return writes;
}

/* Pages that were written for one version, while somebody else has made one content of all: they would be saved
 * where no buyer looks. */
static gboolean
has_lost_version (GumDraft   *self,
                  JsonObject *record)
{
  g_auto(GStrv) keys = gum_draft_dup_keys (self);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr(JsonNode) theirs = NULL;

      if (!gum_product_keys_split_version (keys[i], NULL, NULL))
        continue;
      theirs = gum_product_keys_read (keys[i], record);
      if (theirs == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumDraft *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) record = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  g_auto(GStrv) conflicts = NULL;
  gboolean deleted = FALSE;

  if (record == NULL)
    {
      fail (task, error);
      return;
    }
  if (gum_store_is_closed (saving->store))
    {
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store was closed"));
      return;
    }
  if (gum_json_get_boolean (record, "deleted", &deleted) && deleted)
    {
      fail (task, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_FOUND, "The product is deleted"));
      return;
    }

  if (has_lost_version (self, record))
    {
      take_record (saving->store, record);
      fail (task, g_error_new_literal (GUM_ERROR, GUM_ERROR_CONTENT_SHARED,
                                       "The versions have no content of their own any more"));
      return;
    }

  conflicts = gum_draft_dup_conflicts (self, record);
  if (conflicts != NULL)
    {
      _gum_draft_set_theirs (self, record);
      take_record (saving->store, record);
      fail (task, g_error_new (GUM_ERROR, GUM_ERROR_CONFLICT, "%u keys were changed on both sides",
                               g_strv_length (conflicts)));
      return;
    }

  saving->writes = new_writes (self, record);
  _gum_draft_set_warning (self, NULL);
  if (saving->writes->len == 0)
    {
      take_record (saving->store, record);
      gum_draft_discard (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  send_next (task);
}

/* It is our turn. */
static void
read_product (GTask *task)
{
  GumDraft *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  GumClient *client = gum_store_is_closed (saving->store) ? NULL
                                                          : _gum_store_get_client (saving->store);

  if (client == NULL)
    {
      fail (task, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection"));
      return;
    }

  _gum_draft_set_theirs (self, NULL);
  gum_client_get_async (client, &gum_product_endpoint, gum_draft_get_product_id (self),
                        g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * gum_draft_save_async:
 * @self: a draft with changes
 * @cancellable: (nullable): ends it as long as nothing is on the wire
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads the product (`GET /products/:id`), merges, and sends what differs (`PUT /products/:id`, and
 * `PUT …/variants/:id` for each version with content of its own that was changed), once.
 * What was sent is no change any more; what was typed meanwhile still is. Whatever goes wrong, the draft
 * stays.
 */
void
gum_draft_save_async (GumDraft            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GumStore *store;
  Saving *saving;

  g_return_if_fail (GUM_IS_DRAFT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_draft_save_async);
  g_task_set_check_cancellable (task, FALSE);
  _gum_draft_set_error (self, NULL);
  _gum_draft_add_task (self, task);
  store = _gum_draft_get_store (self);
  if (store == NULL)
    {
      fail (task, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection"));
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->store = g_object_ref (store);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  gum_turns_queue (store->turns, gum_draft_get_product_id (self), task, read_product);
}

/**
 * gum_draft_save_finish:
 * @self: a draft
 * @result: from the callback
 * @error: return location
 *
 * Errors: %GUM_ERROR_CONFLICT: both sides changed the same keys, nothing was sent, see
 * gum_draft_get_theirs(); %GUM_ERROR_CONTENT_SHARED: pages of a version were changed, and versions have none of their
 * own any more; %GUM_ERROR_NOT_FOUND: the product is gone; those of
 * gum_journal_send_finish().
 *
 * Returns: whether Gumroad has everything that was changed when it was called
 */
gboolean
gum_draft_save_finish (GumDraft      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_draft_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what became of it ------------------------------------------------------------------------ */

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumDraft *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = gum_journal_check_finish (GUM_JOURNAL (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (done)
    {
      g_autoptr(JsonObject) sent = dup_sent (saving->write);

      _gum_draft_take_saved (self, sent, NULL);
      _gum_draft_set_error (self, NULL);
    }
  g_task_return_boolean (task, done);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumDraft *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) writes = gum_journal_list_finish (GUM_JOURNAL (source), result, &error);

  if (writes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = writes->len; i > 0 && saving->write == NULL; i--)
    {
      GumWrite *write = g_ptr_array_index (writes, i - 1);
      g_autofree char *key = gum_write_dup_version_key (write);

      if (g_strcmp0 (gum_write_get_product_id (write), gum_draft_get_product_id (self)) == 0 &&
          (key != NULL || g_strcmp0 (gum_write_get_kind (write), GUM_WRITE_KIND_UPDATE) == 0))
        saving->write = g_object_ref (write);
    }
  /* Activity was told meanwhile what became of it. */
  if (saving->write == NULL)
    {
      _gum_draft_set_error (self, NULL);
      g_task_return_boolean (task, FALSE);
      return;
    }
  gum_journal_check_async (GUM_JOURNAL (source), saving->write, g_task_get_cancellable (task),
                             checked_cb, g_object_ref (task));
}

/**
 * gum_draft_check_async:
 * @self: a draft whose saving ended with %GUM_ERROR_UNCLEAR
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Asks Gumroad whether it has what was sent. Nothing is sent that changes anything.
 */
void
gum_draft_check_async (GumDraft            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GumStore *store;
  Saving *saving;

  g_return_if_fail (GUM_IS_DRAFT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_draft_check_async);
  _gum_draft_add_task (self, task);
  store = _gum_draft_get_store (self);
  if (store == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->store = g_object_ref (store);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  gum_journal_list_async (gum_store_get_journal (store), 0, cancellable, listed_cb,
                          g_steal_pointer (&task));
}

/**
 * gum_draft_check_finish:
 * @self: a draft
 * @result: from the callback
 * @error: return location: the question could not be asked
 *
 * Returns: %TRUE: Gumroad has it, and what was sent is no change any more; %FALSE: nothing proves that
 */
gboolean
gum_draft_check_finish (GumDraft      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_draft_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
