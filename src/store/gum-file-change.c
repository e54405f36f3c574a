/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of a product's files, and of the pages that deliver them.
 *
 *   one content for all:     read ─▶ files and pages in one request
 *   content a version:       read ─▶ files, old and new ─▶ each version's pages ─▶ files without the old
 *
 * At every point of either, each file on a page is attached: a buyer who comes in between gets the old or
 * the new one, never nothing. Whatever goes wrong, doing it again does no harm: an address that is
 * attached already is taken for the same file. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-file-change.h"

#include "gum-content.h"
#include "gum-error.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-store-private.h"

#include <string.h>

/* Stands for the new file until Gumroad has given it an id. */
#define NEW_ID "new-file"

/* The data of a GTask. */
typedef struct {
  GumStore      *store;
  char          *product_id;
  GumFileChange *change;
  JsonObject    *record;
  char          *new_id;        /* what stands on the pages then */
  GPtrArray     *categories;    /* ids of version categories that are still to be looked into */
  GPtrArray     *variants;      /* paths of versions that are still to be changed */
  GumWrite      *write;
  void         (*next) (GTask *task);
  gboolean       delivered;
} Work;

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

static gboolean
brings_file (GumFileChangeKind kind)
{
  return kind == GUM_FILE_ADD || kind == GUM_FILE_REPLACE;
}

static gboolean
takes_file (GumFileChangeKind kind)
{
  return kind == GUM_FILE_REPLACE || kind == GUM_FILE_REMOVE;
}

/* --- what is sent ----------------------------------------------------------------------------- */

static JsonObject *
new_entry (const char *id)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "id", id);

  return entry;
}

static void
set_words (JsonObject          *entry,
           const GumFileChange *change)
{
  if (change->name != NULL)
    json_object_set_string_member (entry, "display_name", change->name);
  if (change->description != NULL)
    json_object_set_string_member (entry, "description", change->description);
}

/* The whole list, which takes the place of the one that is there: what is not in it is deleted. */
static JsonArray *
new_files (Work     *work,
           gboolean  with_new,
           gboolean  with_old)
{
  JsonArray *known = gum_json_get_array (work->record, "files");
  JsonArray *files = json_array_new ();
  GumFileChange *change = work->change;

  for (guint i = 0; known != NULL && i < json_array_get_length (known); i++)
    {
      JsonNode *node = json_array_get_element (known, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                       ? gum_json_get_string (json_node_get_object (node), "id") : NULL;
      JsonObject *entry;

      if (id == NULL || (!with_old && takes_file (change->kind) && g_strcmp0 (id, change->id) == 0))
        continue;
      entry = new_entry (id);
      if (change->kind == GUM_FILE_RENAME && g_strcmp0 (id, change->id) == 0)
        {
          json_object_set_string_member (entry, "url", change->url);
          set_words (entry, change);
        }
      json_array_add_object_element (files, entry);
    }
  if (with_new)
    {
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "external_id", NEW_ID);
      json_object_set_string_member (entry, "url", change->url);
      set_words (entry, change);
      json_array_add_object_element (files, entry);
    }

  return files;
}

/* (transfer full) (nullable): NULL: they stay as they are. */
static JsonNode *
new_pages (Work     *work,
           JsonNode *pages)
{
  GumFileChange *change = work->change;

  switch (change->kind)
    {
    case GUM_FILE_ADD:
      return gum_content_has_file (pages, work->new_id) ? NULL
                                                        : gum_content_add_file (pages, work->new_id);
    case GUM_FILE_REPLACE:
      return gum_content_has_file (pages, change->id)
             ? gum_content_replace_file (pages, change->id, work->new_id) : NULL;
    case GUM_FILE_REMOVE:
      return gum_content_has_file (pages, change->id) ? gum_content_remove_file (pages, change->id)
                                                      : NULL;
    case GUM_FILE_DELIVER:
      return gum_content_has_file (pages, change->id) ? NULL : gum_content_add_file (pages, change->id);
    case GUM_FILE_RENAME:
    default:
      return NULL;
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

/* --- sending ---------------------------------------------------------------------------------- */

/* What Gumroad calls the new file. */
static void
learn_id (Work       *work,
          JsonObject *answer)
{
  JsonObject *mappings = gum_json_get_object (answer, "file_id_mappings");
  const char *id = mappings != NULL ? gum_json_get_string (mappings, NEW_ID) : NULL;

  if (id == NULL)
    return;
  g_free (work->new_id);
  work->new_id = g_strdup (id);
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
      g_task_return_error (task, error);
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
  const char *id = brings_file (work->change->kind) ? work->new_id : work->change->id;
  JsonNode *pages = json_object_get_member (work->record, "rich_content");

  if (!work->delivered && pages != NULL)
    work->delivered = gum_content_has_file (pages, id);
  g_task_return_pointer (task, g_strdup (id), g_free);
}

/* --- one content for all ---------------------------------------------------------------------- */

static void
change_shared (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr(JsonNode) pages = strip_pages (json_object_get_member (work->record, "rich_content"));
  JsonNode *changed = new_pages (work, pages);
  g_autofree char *path = gum_request_path ("products", work->product_id, NULL);
  JsonObject *body = json_object_new ();

  if (work->change->kind != GUM_FILE_DELIVER)
    json_object_set_array_member (body, "files",
                                  new_files (work, brings_file (work->change->kind), FALSE));
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

  if (!takes_file (work->change->kind))
    {
      finish (task);
      return;
    }

  path = gum_request_path ("products", work->product_id, NULL);
  body = json_object_new ();
  json_object_set_array_member (body, "files", new_files (work, FALSE, FALSE));
  send (task, path, body, finish);
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
      g_task_return_error (task, error);
      return;
    }

  path = g_strdup (g_ptr_array_index (work->variants, 0));
  g_ptr_array_remove_index (work->variants, 0);
  pages = variant != NULL ? strip_pages (json_object_get_member (variant, "rich_content")) : NULL;
  changed = new_pages (work, pages);
  if (changed == NULL)
    {
      next_variant (task);
      return;
    }

  work->delivered = TRUE;
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
  g_autofree char *path = gum_request_path ("products", work->product_id, "variant_categories", NULL);

  if (brings_file (work->change->kind) && strcmp (work->new_id, NEW_ID) == 0)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL,
                               "The answer does not say which file the new one is");
      return;
    }

  work->categories = g_ptr_array_new_with_free_func (g_free);
  work->variants = g_ptr_array_new_with_free_func (g_free);
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
  json_object_set_array_member (body, "files", new_files (work, brings_file (work->change->kind), TRUE));
  send (task, path, body, work->change->kind == GUM_FILE_RENAME ? finish : change_variants);
}

/* --- the beginning ---------------------------------------------------------------------------- */

static gboolean
has_file (JsonObject *record,
          const char *id)
{
  JsonArray *files = gum_json_get_array (record, "files");

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          g_strcmp0 (gum_json_get_string (json_node_get_object (node), "id"), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_content_by_version (JsonObject *record)
{
  JsonArray *variants = gum_json_get_array (record, "variants");

  return !gum_content_is_shared (record) && variants != NULL && json_array_get_length (variants) > 0;
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
  if (work->record == NULL)
    g_task_return_error (task, error);
  else if (work->change->id != NULL && !has_file (work->record, work->change->id))
    g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_FILE_DETACHED,
                             "The product does not have the file any more");
  else if (has_content_by_version (work->record))
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
 * gum_file_change_new:
 * @kind: what is to be done
 * @id: (nullable): the file that it is done to
 * @url: (nullable): the canonical address of what was uploaded
 * @name: (nullable): what buyers see
 * @description: (nullable): below the name
 *
 * Returns: (transfer full): a change
 */
GumFileChange *
gum_file_change_new (GumFileChangeKind  kind,
                     const char        *id,
                     const char        *url,
                     const char        *name,
                     const char        *description)
{
  GumFileChange *self = g_new0 (GumFileChange, 1);

  self->kind = kind;
  self->id = g_strdup (id);
  self->url = g_strdup (url);
  self->name = g_strdup (name);
  self->description = g_strdup (description);

  return self;
}

/**
 * gum_file_change_copy:
 * @self: a change
 *
 * Returns: (transfer full): the same
 */
GumFileChange *
gum_file_change_copy (const GumFileChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return gum_file_change_new (self->kind, self->id, self->url, self->name, self->description);
}

/**
 * gum_file_change_free:
 * @self: (transfer full) (nullable): a change
 */
void
gum_file_change_free (GumFileChange *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->url);
  g_free (self->name);
  g_free (self->description);
  g_free (self);
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
                    !(brings_file (change->kind) || change->kind == GUM_FILE_RENAME));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_store_change_file_async);
  /* What Gumroad has done is told, whoever has lost interest. */
  g_task_set_check_cancellable (task, FALSE);

  work = g_new0 (Work, 1);
  work->store = g_object_ref (self);
  work->product_id = g_strdup (product_id);
  work->change = gum_file_change_copy (change);
  work->new_id = g_strdup (NEW_ID);
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
 * Errors: those of gum_journal_send_finish(); %GUM_ERROR_FILE_DETACHED: the file is not there any more. Where each
 * version has content of its own, some of it may have been done by then; doing it again goes on.
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
