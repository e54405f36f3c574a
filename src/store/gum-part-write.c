/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be changed about the parts of a product: each is a write of its own, to an address of its
 * own, and brings no product back. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-part-write.h"

#include "gum-error.h"
#include "gum-journal-private.h"
#include "gum-json.h"
#include "gum-write-private.h"

static JsonObject *
new_title (const char *title)
{
  JsonObject *body = json_object_new ();

  if (title != NULL)
    json_object_set_string_member (body, "title", title);
  else
    json_object_set_null_member (body, "title");

  return body;
}

/**
 * gum_write_new_category_create:
 * @product_id: which product
 * @title: what the group is called: "License"
 *
 * A group without a version keeps the product from being saved: see gum_journal_add_group_async().
 *
 * Returns: (transfer full): `POST /products/:id/variant_categories`
 */
GumWrite *
gum_write_new_category_create (const char *product_id,
                               const char *title)
{
  g_autofree char *path = gum_request_path ("products", product_id, "variant_categories", NULL);
  g_autoptr(JsonObject) body = new_title (title);

  return gum_write_new (GUM_WRITE_KIND_CATEGORY_CREATE, "POST", path, product_id, title, body,
                        NULL);
}

/**
 * gum_write_new_category_rename:
 * @product_id: which product
 * @category_id: which group
 * @title: what it is to be called
 * @old_title: (nullable): what it is called
 *
 * Returns: (transfer full): `PUT …/variant_categories/:id`
 */
GumWrite *
gum_write_new_category_rename (const char *product_id,
                               const char *category_id,
                               const char *title,
                               const char *old_title)
{
  g_autofree char *path = gum_request_path ("products", product_id, "variant_categories",
                                            category_id, NULL);
  g_autoptr(JsonObject) body = new_title (title);
  g_autoptr(JsonObject) before = new_title (old_title);

  return gum_write_new (GUM_WRITE_KIND_CATEGORY_UPDATE, "PUT", path, product_id, title, body,
                        before);
}

/**
 * gum_write_new_category_delete:
 * @product_id: which product
 * @category_id: which group
 * @title: (nullable): what it is called
 *
 * The versions in it cannot be bought or reached any more then.
 *
 * Returns: (transfer full): `DELETE …/variant_categories/:id`
 */
GumWrite *
gum_write_new_category_delete (const char *product_id,
                               const char *category_id,
                               const char *title)
{
  g_autofree char *path = gum_request_path ("products", product_id, "variant_categories",
                                            category_id, NULL);

  return gum_write_new (GUM_WRITE_KIND_CATEGORY_DELETE, "DELETE", path, product_id, title, NULL,
                        NULL);
}

/**
 * gum_write_new_variant_create:
 * @product_id: which product
 * @category_id: which group
 * @body: `name`, `price_difference_cents`, `description`, `max_purchase_count`
 *
 * Returns: (transfer full): `POST …/variants`
 */
GumWrite *
gum_write_new_variant_create (const char *product_id,
                              const char *category_id,
                              JsonObject *body)
{
  g_autofree char *path = gum_request_path ("products", product_id, "variant_categories",
                                            category_id, "variants", NULL);

  return gum_write_new (GUM_WRITE_KIND_VARIANT_CREATE, "POST", path, product_id,
                        gum_json_get_string (body, "name"), body, NULL);
}

/**
 * gum_write_new_variant_update:
 * @product_id: which product
 * @category_id: which group
 * @variant_id: which version
 * @label: (nullable): what it is called
 * @body: the members that change
 * @before: what they are now
 *
 * Returns: (transfer full): `PUT …/variants/:id`
 */
GumWrite *
gum_write_new_variant_update (const char *product_id,
                              const char *category_id,
                              const char *variant_id,
                              const char *label,
                              JsonObject *body,
                              JsonObject *before)
{
  g_autofree char *path = gum_request_path ("products", product_id, "variant_categories",
                                            category_id, "variants", variant_id, NULL);

  return gum_write_new (GUM_WRITE_KIND_VARIANT_UPDATE, "PUT", path, product_id, label, body,
                        before);
}

/**
 * gum_write_new_variant_delete:
 * @product_id: which product
 * @category_id: which group
 * @variant_id: which version; not the last one of its group
 * @label: (nullable): what it is called
 *
 * Returns: (transfer full): `DELETE …/variants/:id`
 */
GumWrite *
gum_write_new_variant_delete (const char *product_id,
                              const char *category_id,
                              const char *variant_id,
                              const char *label)
{
  g_autofree char *path = gum_request_path ("products", product_id, "variant_categories",
                                            category_id, "variants", variant_id, NULL);

  return gum_write_new (GUM_WRITE_KIND_VARIANT_DELETE, "DELETE", path, product_id, label, NULL,
                        NULL);
}

/* Gumroad compares it with the string "true": true itself would be false. */
static void
set_required (JsonObject *body,
              gboolean    required)
{
  json_object_set_string_member (body, "required", required ? "true" : "false");
}

/**
 * gum_write_new_question_create:
 * @product_id: which product
 * @name: what is asked
 * @type: `text`, `long_text`, `checkbox`, `terms` or `file`
 * @required: whether nobody can buy without an answer
 *
 * Returns: (transfer full): `POST /products/:id/custom_fields`
 */
GumWrite *
gum_write_new_question_create (const char *product_id,
                               const char *name,
                               const char *type,
                               gboolean    required)
{
  g_autofree char *path = gum_request_path ("products", product_id, "custom_fields", NULL);
  g_autoptr(JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "type", type);
  set_required (body, required);

  return gum_write_new (GUM_WRITE_KIND_QUESTION_CREATE, "POST", path, product_id, name, body,
                        NULL);
}

/**
 * gum_write_new_question_update:
 * @product_id: which product
 * @name: of the question; see gum_custom_field_is_reachable()
 * @required: whether nobody can buy without an answer
 *
 * Nothing else of a question can be changed.
 *
 * Returns: (transfer full): `PUT /products/:id/custom_fields/:name`
 */
GumWrite *
gum_write_new_question_update (const char *product_id,
                               const char *name,
                               gboolean    required)
{
  g_autofree char *path = gum_request_path ("products", product_id, "custom_fields", name, NULL);
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();

  set_required (body, required);
  set_required (before, !required);

  return gum_write_new (GUM_WRITE_KIND_QUESTION_UPDATE, "PUT", path, product_id, name, body,
                        before);
}

/**
 * gum_write_new_question_delete:
 * @product_id: which product
 * @name: of the question; see gum_custom_field_is_reachable()
 *
 * Other products that ask the same question go on asking it.
 *
 * Returns: (transfer full): `DELETE /products/:id/custom_fields/:name`
 */
GumWrite *
gum_write_new_question_delete (const char *product_id,
                               const char *name)
{
  g_autofree char *path = gum_request_path ("products", product_id, "custom_fields", name, NULL);

  return gum_write_new (GUM_WRITE_KIND_QUESTION_DELETE, "DELETE", path, product_id, name, NULL,
                        NULL);
}

static JsonObject *
new_contents (JsonArray *contents)
{
  JsonObject *body = json_object_new ();

  json_object_set_array_member (body, "products", json_array_ref (contents));

  return body;
}

/**
 * gum_write_new_bundle:
 * @product_id: which bundle
 * @label: (nullable): what it is called
 * @contents: objects with the members of the record's `bundle_products`; all of them
 * @before: what is in it now
 *
 * What Gumroad calls the members is not documented; they are sent as they are told. So what came of it
 * is to be compared: see gum_bundle_contents_equal().
 *
 * Returns: (transfer full): `PUT /products/:id/bundle_contents`
 */
GumWrite *
gum_write_new_bundle (const char *product_id,
                      const char *label,
                      JsonArray  *contents,
                      JsonArray  *before)
{
  g_autofree char *path = gum_request_path ("products", product_id, "bundle_contents", NULL);
  g_autoptr(JsonObject) body = new_contents (contents);
  g_autoptr(JsonObject) old = new_contents (before);

  return gum_write_new (GUM_WRITE_KIND_BUNDLE_UPDATE, "PUT", path, product_id, label, body, old);
}

static gint64
get_quantity (JsonObject *item)
{
  gint64 quantity = 1;

  gum_json_get_int (item, "quantity", &quantity);

  return quantity;
}

/**
 * gum_bundle_contents_equal:
 * @a: contents of a bundle
 * @b: contents of a bundle
 *
 * Returns: whether both hold the same versions of the same products, as often, in the same order
 */
gboolean
gum_bundle_contents_equal (JsonArray *a,
                           JsonArray *b)
{
  guint length = json_array_get_length (a);

  if (json_array_get_length (b) != length)
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *mine = json_array_get_element (a, i);
      JsonNode *theirs = json_array_get_element (b, i);
      JsonObject *x, *y;

      if (!JSON_NODE_HOLDS_OBJECT (mine) || !JSON_NODE_HOLDS_OBJECT (theirs))
        return FALSE;
      x = json_node_get_object (mine);
      y = json_node_get_object (theirs);
      if (g_strcmp0 (gum_json_get_string (x, "product_id"),
                     gum_json_get_string (y, "product_id")) != 0 ||
          g_strcmp0 (gum_json_get_string (x, "variant_id"),
                     gum_json_get_string (y, "variant_id")) != 0 ||
          get_quantity (x) != get_quantity (y))
        return FALSE;
    }

  return TRUE;
}

/**
 * gum_write_new_opposite:
 * @write: a write of a part that changes what was there
 *
 * Returns: (transfer full) (nullable): the write that takes it back; %NULL: there is none
 */
GumWrite *
gum_write_new_opposite (GumWrite *write)
{
  g_autoptr(GumWriteRow) row = NULL;

  g_return_val_if_fail (GUM_IS_WRITE (write), NULL);

  if (gum_write_get_body (write) == NULL || gum_write_get_before (write) == NULL)
    return NULL;

  row = _gum_write_dup_row (write);

  return gum_write_new (row->kind, row->method, row->path, row->product_id, row->label,
                        gum_write_get_before (write), gum_write_get_body (write));
}

/* --- a group and its first version ------------------------------------------------------------ */

/* The data of the GTask. */
typedef struct {
  char       *product_id;
  char       *title;
  char       *category_id;   /* once there is one */
  JsonObject *first;
  GError     *error;         /* why the first version was refused */
} Group;

static void
group_free (Group *group)
{
  g_free (group->product_id);
  g_free (group->title);
  g_free (group->category_id);
  json_object_unref (group->first);
  g_clear_error (&group->error);
  g_free (group);
}

static void
taken_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Group *group = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* An empty group that stays is seen by whoever reads the list again. */
  if (!gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    g_message ("A group without a version could not be deleted again");
  g_task_return_error (task, g_steal_pointer (&group->error));
}

static void
first_sent_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Group *group = g_task_get_task_data (task);
  g_autoptr(GumWrite) write = NULL;
  GError *error = NULL;

  if (gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    {
      /* The version may be there, and would go with the group. */
      g_task_return_error (task, error);
      return;
    }

  if (_gum_journal_get_store (GUM_JOURNAL (source)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  group->error = error;
  write = gum_write_new_category_delete (group->product_id, group->category_id, group->title);
  gum_journal_send_async (GUM_JOURNAL (source), write, NULL, taken_back_cb,
                          g_steal_pointer (&task));
}

static void
group_sent_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Group *group = g_task_get_task_data (task);
  GumWrite *sent = g_object_get_data (G_OBJECT (task), "write");
  g_autoptr(GumWrite) write = NULL;
  JsonObject *category;
  GError *error = NULL;

  if (!gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  category = gum_write_get_answer (sent) != NULL
             ? gum_json_get_object (gum_write_get_answer (sent), "variant_category") : NULL;
  group->category_id = category != NULL ? g_strdup (gum_json_get_string (category, "id")) : NULL;
  if (group->category_id == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL,
                               "The answer has no “variant_category”");
      return;
    }
  if (_gum_journal_get_store (GUM_JOURNAL (source)) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store was closed");
      return;
    }

  write = gum_write_new_variant_create (group->product_id, group->category_id, group->first);
  /* Not to be cancelled any more: the group must not stay without it. */
  gum_journal_send_async (GUM_JOURNAL (source), write, NULL, first_sent_cb,
                          g_steal_pointer (&task));
}

/**
 * gum_journal_add_group_async:
 * @self: a journal
 * @product_id: which product
 * @title: what the group is called
 * @first: its first version, see gum_write_new_variant_create()
 * @cancellable: (nullable): ends it as long as nothing is on the wire
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Creates a group of versions together with its first one, because Gumroad saves no product that has a
 * group without any. If the version is refused, the group is deleted again.
 */
void
gum_journal_add_group_async (GumJournal          *self,
                             const char          *product_id,
                             const char          *title,
                             JsonObject          *first,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GumWrite *write;
  Group *group;
  GTask *task;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (product_id != NULL && title != NULL && first != NULL);

  group = g_new0 (Group, 1);
  group->product_id = g_strdup (product_id);
  group->title = g_strdup (title);
  group->first = json_object_ref (first);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_journal_add_group_async);
  g_task_set_task_data (task, group, (GDestroyNotify) group_free);
  g_task_set_check_cancellable (task, FALSE);

  write = gum_write_new_category_create (product_id, title);
  g_object_set_data_full (G_OBJECT (task), "write", write, g_object_unref);
  gum_journal_send_async (self, write, cancellable, group_sent_cb, task);
}

/**
 * gum_journal_add_group_finish:
 * @self: a journal
 * @result: from the callback
 * @error: return location
 *
 * Errors: those of gum_journal_send_finish() for whichever of the two failed.
 *
 * Returns: whether both are there
 */
gboolean
gum_journal_add_group_finish (GumJournal    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_journal_add_group_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
