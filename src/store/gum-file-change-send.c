/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of a product's files, and of the pages that deliver them.
 *
 *   one content for all:     read ─▶ files and pages in one request
 *   content a version:       read ─▶ files, old and new ─▶ each version's pages ─▶ files without the old
 *
 * At every point of either, each file on a page is attached: a buyer who comes in between gets the old or
 * the new one, never nothing. Whatever goes wrong, doing it again does no harm: what is attached already is
 * looked for first. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-file-change-private.h"

#include "gum-content.h"
#include "gum-delivery-private.h"
#include "gum-error.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-store-private.h"
#include "gum-util.h"

#include <string.h>

/* The data of a GTask. */
typedef struct {
  GumStore      *store;
  char          *product_id;
  GumFileChange *change;
  JsonObject    *record;
  char          *new_id;        /* what stands on the pages then */
  gboolean       is_known;      /* it is attached already */
  GPtrArray     *categories;    /* ids of version categories that are still to be looked into */
  GPtrArray     *variants;      /* paths of versions that are still to be changed */
  GumWrite      *write;
  void         (*next) (GTask *task);
  gboolean       delivered;
  gboolean       is_again;      /* it was read a second time */
} Work;

static void read_product (GTask *task);

static void
work_free (Work *work)
{
  g_object_unref (work->store);
  g_free (work->product_id);
  gum_file_change_free (work->change);
  g_clear_pointer (&work->record, json_object_unref);
  g_free (work->new_id);
  g_clear_pointer (&work->categories, g_ptr_array_unref);
  g_clear_pointer (&work->variants, g_ptr_array_unref);
  g_clear_object (&work->write);
  g_free (work);
}

static const char *
get_journal_kind (GumFileChangeKind kind)
{
  switch (kind)
    {
    case GUM_FILE_ADD:
      return GUM_WRITE_KIND_FILE_ADD;
    case GUM_FILE_REPLACE:
      return GUM_WRITE_KIND_FILE_REPLACE;
    case GUM_FILE_REMOVE:
      return GUM_WRITE_KIND_FILE_REMOVE;
    case GUM_FILE_RENAME:
      return GUM_WRITE_KIND_FILE_RENAME;
    case GUM_FILE_DELIVER:
    default:
      return GUM_WRITE_KIND_FILE_DELIVER;
    }
}

/* In the form in which pages are sent. */
static JsonNode *
strip_pages (JsonNode *pages)
{
  g_autoptr(JsonObject) holder = json_object_new ();

  if (pages == NULL)
    return NULL;
  json_object_set_member (holder, "rich_content", json_node_copy (pages));

  return gum_product_keys_read ("rich_content", holder);
}

static JsonArray *
new_files (Work     *work,
           gboolean  with_old)
{
  return _gum_file_change_new_files (work->change, work->record,
                                     _gum_file_change_brings (work->change) && !work->is_known, with_old);
}

/* What Gumroad calls the file that this is about. */
static const char *
get_file_id (Work *work)
{
  return _gum_file_change_brings (work->change) ? work->new_id : work->change->id;
}

/* --- sending ---------------------------------------------------------------------------------- */

/* What Gumroad calls the new file. */
static void
learn_id (Work       *work,
          JsonObject *answer)
{
  JsonObject *mappings = gum_json_get_object (answer, "file_id_mappings");
  const char *id = mappings != NULL ? gum_json_get_string (mappings, GUM_FILE_NEW_ID) : NULL;

  if (id == NULL)
    return;
  gum_set_str (&work->new_id, id);
  work->is_known = TRUE;
}

/* Gumroad wants the address of a file to change it, and changes that address itself some time after each renaming. */
static gboolean
is_about_address (const GError *error)
{
  const char *message = g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED)
                        ? gum_error_get_server_message (error) : NULL;

  return message != NULL && (g_str_has_prefix (message, "File URLs must reference") ||
                             g_str_has_prefix (message, "Include the canonical url"));
}

/* Somebody has taken a file away since the product was read. */
static gboolean
is_about_others (const GError *error)
{
  const char *message = g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED)
                        ? gum_error_get_server_message (error) : NULL;

  return message != NULL && g_str_has_prefix (message, "File(s) ") && strstr (message, "no longer exist") != NULL;
}

/* Takes @error. */
static void
answer_refusal (GTask  *task,
                GError *error)
{
  Work *work = g_task_get_task_data (task);

  if (is_about_others (error) && !work->is_again)
    {
      work->is_again = TRUE;
      g_clear_pointer (&work->record, json_object_unref);
      g_clear_pointer (&work->categories, g_ptr_array_unref);
      g_clear_pointer (&work->variants, g_ptr_array_unref);
      g_error_free (error);
      read_product (task);
      return;
    }
  if (work->change->kind != GUM_FILE_RENAME || !is_about_address (error))
    {
      g_task_return_error (task, error);
      return;
    }

  _gum_deliveries_forget_url (gum_store_get_deliveries (work->store), work->product_id, work->change->id);
  g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_FILE_ADDRESS, "The file has another address: %s",
                           error->message);
  g_error_free (error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  JsonObject *answer;
  JsonObject *record;

  if (!gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    {
      answer_refusal (task, error);
      return;
    }

  answer = gum_write_get_answer (work->write);
  record = answer != NULL ? gum_json_get_object (answer, "product") : NULL;
  if (answer != NULL)
    learn_id (work, answer);
  if (record != NULL)
    {
      json_object_unref (work->record);
      work->record = json_object_ref (record);
    }
  work->next (task);
}

/* Takes @body. */
static void
send (GTask      *task,
      const char *path,
      JsonObject *body,
      void      (*next) (GTask *task))
{
  Work *work = g_task_get_task_data (task);

  if (gum_store_is_closed (work->store))
    {
      json_object_unref (body);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store was closed");
      return;
    }

  g_clear_object (&work->write);
  work->write = gum_write_new (get_journal_kind (work->change->kind), "PUT", path, work->product_id,
                               gum_json_get_string (work->record, "name"), body, NULL);
  json_object_unref (body);
  work->next = next;
  gum_journal_send_async (gum_store_get_journal (work->store), work->write,
                          g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

static void
get (GTask               *task,
     const char          *path,
     GAsyncReadyCallback  callback)
{
  Work *work = g_task_get_task_data (task);
  GumClient *client = _gum_store_get_client (work->store);
  g_autoptr(GumRequest) request = NULL;

  if (client == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }

  request = gum_request_new ("GET", path);
  gum_client_send_async (client, request, g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* --- the end ---------------------------------------------------------------------------------- */

static void
finish (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  const char *id = get_file_id (work);

  if (work->change->kind == GUM_FILE_RENAME && work->change->description != NULL)
    _gum_deliveries_describe (gum_store_get_deliveries (work->store), work->product_id, id,
                              work->change->description);
  work->delivered = work->delivered || _gum_file_change_is_delivered (work->record, id);
  g_task_return_pointer (task, g_strdup (id), g_free);
}

/* --- one content for all ---------------------------------------------------------------------- */

static void
change_shared (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr(JsonNode) pages = strip_pages (json_object_get_member (work->record, "rich_content"));
  /* What was meant for one version is not for everybody. */
  JsonNode *changed = !_gum_file_change_is_for_one (work->change)
                      ? _gum_file_change_new_pages (work->change, pages, work->new_id) : NULL;
  g_autofree char *path = gum_request_path ("products", work->product_id, NULL);
  JsonObject *body = json_object_new ();

  if (work->change->kind != GUM_FILE_DELIVER)
    json_object_set_array_member (body, "files", new_files (work, FALSE));
  if (changed != NULL)
    json_object_set_member (body, "rich_content", changed);
  if (json_object_get_size (body) > 0)
    {
      send (task, path, body, finish);
      return;
    }

  json_object_unref (body);
  finish (task);
}

/* --- content a version ------------------------------------------------------------------------ */

static void next_category (GTask *task);
static void next_variant  (GTask *task);

static void
drop_old (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autofree char *path = NULL;
  JsonObject *body;

  if (!_gum_file_change_takes (work->change))
    {
      finish (task);
      return;
    }

  path = gum_request_path ("products", work->product_id, NULL);
  body = json_object_new ();
  json_object_set_array_member (body, "files", new_files (work, FALSE));
  send (task, path, body, finish);
}

/* Takes @error. A version that is gone gets nothing; the file is attached, and that is what is said. */
static void
answer_variant_error (GTask  *task,
                      GError *error)
{
  Work *work = g_task_get_task_data (task);

  if (work->change->kind != GUM_FILE_ADD || !_gum_file_change_is_for_one (work->change) ||
      !gum_error_is_gone (error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  finish (task);
}

static void
variant_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);
  JsonObject *variant = answer != NULL ? gum_json_get_object (answer, "variant") : NULL;
  g_autofree char *path = NULL;
  g_autoptr(JsonNode) pages = NULL;
  JsonNode *changed;
  JsonObject *body;

  if (answer == NULL)
    {
      answer_variant_error (task, error);
      return;
    }

  path = g_strdup (g_ptr_array_index (work->variants, 0));
  g_ptr_array_remove_index (work->variants, 0);
  pages = variant != NULL ? strip_pages (json_object_get_member (variant, "rich_content")) : NULL;
  changed = _gum_file_change_new_pages (work->change, pages, work->new_id);
  work->delivered = work->delivered || gum_content_has_file (changed != NULL ? changed : pages,
                                                             get_file_id (work));
  if (changed == NULL)
    {
      next_variant (task);
      return;
    }

  body = json_object_new ();
  json_object_set_member (body, "rich_content", changed);
  send (task, path, body, next_variant);
}

static void
next_variant (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (work->variants->len > 0)
    get (task, g_ptr_array_index (work->variants, 0), variant_cb);
  else
    next_category (task);
}

static void
variants_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);
  g_autofree char *category = NULL;
  JsonArray *variants;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  category = g_strdup (g_ptr_array_index (work->categories, 0));
  g_ptr_array_remove_index (work->categories, 0);
  variants = gum_json_get_array (answer, "variants");
  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    {
      JsonNode *node = json_array_get_element (variants, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                       ? gum_json_get_string (json_node_get_object (node), "id") : NULL;

      if (id != NULL)
        g_ptr_array_add (work->variants,
                         gum_request_path ("products", work->product_id, "variant_categories",
                                           category, "variants", id, NULL));
    }
  next_variant (task);
}

static void
next_category (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autofree char *path = NULL;

  if (work->categories->len == 0)
    {
      drop_old (task);
      return;
    }

  path = gum_request_path ("products", work->product_id, "variant_categories",
                           g_ptr_array_index (work->categories, 0), "variants", NULL);
  get (task, path, variants_cb);
}

static void
categories_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);
  JsonArray *categories;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  categories = gum_json_get_array (answer, "variant_categories");
  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      JsonNode *node = json_array_get_element (categories, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                       ? gum_json_get_string (json_node_get_object (node), "id") : NULL;

      if (id != NULL)
        g_ptr_array_add (work->categories, g_strdup (id));
    }
  next_category (task);
}

static void
change_variants (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autofree char *path = NULL;
  g_autofree char *category = NULL;
  g_autofree char *variant = NULL;

  if (work->change->kind == GUM_FILE_ADD && g_strcmp0 (work->change->version, GUM_FILE_NO_VERSION) == 0)
    {
      finish (task);
      return;
    }
  if (_gum_file_change_brings (work->change) && !work->is_known)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL,
                               "The answer does not say which file the new one is");
      return;
    }

  work->categories = g_ptr_array_new_with_free_func (g_free);
  work->variants = g_ptr_array_new_with_free_func (g_free);
  if (_gum_file_change_is_for_one (work->change) &&
      gum_product_keys_split_version (work->change->version, &category, &variant))
    {
      g_ptr_array_add (work->variants,
                       gum_request_path ("products", work->product_id, "variant_categories", category,
                                         "variants", variant, NULL));
      next_variant (task);
      return;
    }

  path = gum_request_path ("products", work->product_id, "variant_categories", NULL);
  get (task, path, categories_cb);
}

static void
change_by_version (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autofree char *path = gum_request_path ("products", work->product_id, NULL);
  JsonObject *body;

  if (work->change->kind == GUM_FILE_DELIVER || work->change->kind == GUM_FILE_REMOVE)
    {
      change_variants (task);
      return;
    }

  body = json_object_new ();
  json_object_set_array_member (body, "files", new_files (work, TRUE));
  send (task, path, body, work->change->kind == GUM_FILE_RENAME ? finish : change_variants);
}

/* --- the beginning ---------------------------------------------------------------------------- */

/* The same again, after an attempt whose end nobody heard. */
static void
find_new (Work *work)
{
  const char *id = _gum_file_change_brings (work->change)
                   ? _gum_file_change_find_url (work->record, work->change->url) : NULL;

  if (id == NULL)
    return;
  gum_set_str (&work->new_id, id);
  work->is_known = TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->record = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  if (work->record != NULL)
    find_new (work);
  if (work->record == NULL)
    g_task_return_error (task, error);
  else if (work->change->id != NULL && !_gum_file_change_is_attached (work->record, work->change->id))
    g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_FILE_DETACHED,
                             "The product does not have the file any more");
  else if (_gum_file_change_is_by_version (work->record))
    change_by_version (task);
  else
    change_shared (task);
}

/* It is our turn. */
static void
read_product (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  GumClient *client = gum_store_is_closed (work->store) ? NULL : _gum_store_get_client (work->store);

  if (client == NULL)
    g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
  else
    gum_client_get_async (client, &gum_product_endpoint, work->product_id,
                          g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * gum_store_change_file_async:
 * @self: a store
 * @product_id: which product
 * @change: what is to be done
 * @cancellable: (nullable): ends it between two requests
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads the product and changes its files together with the pages that deliver them
 * (`PUT /products/:id`, and `PUT …/variants/:id` where each version has content of its own), when all that
 * was to be done to the same product before has ended.
 */
void
gum_store_change_file_async (GumStore            *self,
                             const char          *product_id,
                             const GumFileChange *change,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Work *work;

  g_return_if_fail (GUM_IS_STORE (self));
  g_return_if_fail (product_id != NULL && change != NULL);
  g_return_if_fail (change->id != NULL || change->kind == GUM_FILE_ADD);
  g_return_if_fail (change->url != NULL ||
                    !(_gum_file_change_brings (change) || change->kind == GUM_FILE_RENAME));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_store_change_file_async);
  /* What Gumroad has done is told, whoever has lost interest. */
  g_task_set_check_cancellable (task, FALSE);

  work = g_new0 (Work, 1);
  work->store = g_object_ref (self);
  work->product_id = g_strdup (product_id);
  work->change = gum_file_change_copy (change);
  work->new_id = g_strdup (GUM_FILE_NEW_ID);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  gum_turns_queue (self->turns, product_id, task, read_product);
}

/**
 * gum_store_change_file_finish:
 * @self: a store
 * @result: from the callback
 * @delivered: (out) (optional): whether the file stands on a page, so that buyers get it
 * @error: return location
 *
 * Errors: those of gum_journal_send_finish(); %GUM_ERROR_FILE_DETACHED: the file is not there any more;
 * %GUM_ERROR_FILE_ADDRESS: it cannot be renamed. Where each version has content of its own, some of it may
 * have been done by then; doing it again goes on.
 *
 * Returns: (transfer full) (nullable): the id of the file: of the new one, if there is one
 */
char *
gum_store_change_file_finish (GumStore      *self,
                              GAsyncResult  *result,
                              gboolean      *delivered,
                              GError       **error)
{
  Work *work;
  char *id;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_store_change_file_async), NULL);

  work = g_task_get_task_data (G_TASK (result));
  id = g_task_propagate_pointer (G_TASK (result), error);
  if (delivered != NULL)
    *delivered = id != NULL && work->delivered;

  return id;
}
