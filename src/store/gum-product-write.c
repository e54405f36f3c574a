/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes of a product as a whole: how each is made, what takes it back, what in the product's
 * record proves it, and what in the record speaks against it. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-write.h"

#include "gum-bulk-codes.h"
#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-write-private.h"

/**
 * gum_write_new_update:
 * @product_id: which one
 * @label: (nullable): its name
 * @body: the keys that change, see gum_product_keys_find()
 * @before: (nullable): their values now, as far as they are told
 *
 * Returns: (transfer full): `PUT /products/:id`
 */
GumWrite *
gum_write_new_update (const char *product_id,
                      const char *label,
                      JsonObject *body,
                      JsonObject *before)
{
  g_autofree char *path = gum_request_path ("products", product_id, NULL);

  return gum_write_new (GUM_WRITE_KIND_UPDATE, "PUT", path, product_id, label, body, before);
}

/**
 * gum_write_new_publish:
 * @product_id: which one
 * @label: (nullable): its name
 * @publish: %FALSE: takes it off the shelf
 *
 * Returns: (transfer full): `PUT /products/:id/enable` or `/disable`
 */
GumWrite *
gum_write_new_publish (const char *product_id,
                       const char *label,
                       gboolean    publish)
{
  g_autofree char *path = gum_request_path ("products", product_id,
                                            publish ? "enable" : "disable", NULL);

  return gum_write_new (publish ? GUM_WRITE_KIND_PUBLISH : GUM_WRITE_KIND_UNPUBLISH, "PUT", path,
                        product_id, label, NULL, NULL);
}

/**
 * gum_write_new_delete:
 * @product_id: which one
 * @label: (nullable): its name
 *
 * Returns: (transfer full): `DELETE /products/:id`
 */
GumWrite *
gum_write_new_delete (const char *product_id,
                      const char *label)
{
  g_autofree char *path = gum_request_path ("products", product_id, NULL);

  return gum_write_new (GUM_WRITE_KIND_DELETE, "DELETE", path, product_id, label, NULL, NULL);
}

/**
 * gum_write_new_create:
 * @body: what is sent; becomes a draft whatever it says
 *
 * The newest servers put a new product on sale unless they are told not to; older ones do not know
 * the parameter.
 *
 * Returns: (transfer full): `POST /products`
 */
GumWrite *
gum_write_new_create (JsonObject *body)
{
  g_return_val_if_fail (body != NULL, NULL);

  json_object_set_boolean_member (body, "draft", TRUE);

  return gum_write_new (GUM_WRITE_KIND_CREATE, "POST", "products", NULL,
                        gum_json_get_string (body, "name"), body, NULL);
}

/**
 * gum_write_can_be_reverted:
 * @self: a write
 *
 * Returns: whether it was carried out and there is another write that takes it back whole
 */
gboolean
gum_write_can_be_reverted (GumWrite *self)
{
  g_autoptr(GList) members = NULL;
  JsonObject *body;
  JsonObject *before;

  g_return_val_if_fail (GUM_IS_WRITE (self), FALSE);

  body = gum_write_get_body (self);
  before = gum_write_get_before (self);
  if (gum_write_get_state (self) != GUM_WRITE_DONE)
    return FALSE;
  if (_gum_write_is_kind (self, GUM_WRITE_KIND_PUBLISH) ||
      _gum_write_is_kind (self, GUM_WRITE_KIND_UNPUBLISH))
    return TRUE;
  if (_gum_bulk_codes_can_revert (self))
    return TRUE;
  if (!_gum_write_is_kind (self, GUM_WRITE_KIND_UPDATE) || body == NULL || before == NULL)
    return FALSE;

  members = json_object_get_members (body);
  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!gum_product_keys_is_told (l->data) || !json_object_has_member (before, l->data))
        return FALSE;
    }

  return members != NULL;
}

/**
 * gum_write_new_revert:
 * @self: a write of a product that can be reverted
 *
 * What takes the write of a discount code back depends on what the ledger has of it; see
 * gum_queue_revert_async().
 *
 * Returns: (transfer full): the write that takes it back
 */
GumWrite *
gum_write_new_revert (GumWrite *self)
{
  const char *product_id;
  const char *label;

  g_return_val_if_fail (gum_write_can_be_reverted (self), NULL);
  g_return_val_if_fail (gum_write_get_product_id (self) != NULL, NULL);

  product_id = gum_write_get_product_id (self);
  label = gum_write_get_label (self);
  if (_gum_write_is_kind (self, GUM_WRITE_KIND_UPDATE))
    return gum_write_new_update (product_id, label, gum_write_get_before (self),
                                 gum_write_get_body (self));

  return gum_write_new_publish (product_id, label,
                                _gum_write_is_kind (self, GUM_WRITE_KIND_UNPUBLISH));
}

/**
 * gum_write_dup_version_key:
 * @self: a write
 *
 * Returns: (transfer full) (nullable): the key that a draft has for what is written, if that is the
 *   content of a version
 */
char *
gum_write_dup_version_key (GumWrite *self)
{
  JsonObject *body;
  g_auto(GStrv) parts = NULL;
  g_autofree char *category_id = NULL;
  g_autofree char *variant_id = NULL;

  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  body = gum_write_get_body (self);
  if (!_gum_write_is_kind (self, GUM_WRITE_KIND_VARIANT_UPDATE) || body == NULL ||
      !json_object_has_member (body, "rich_content"))
    return NULL;

  /* products/:id/variant_categories/:id/variants/:id */
  parts = g_strsplit (_gum_write_get_path (self), "/", -1);
  if (g_strv_length (parts) != 6)
    return NULL;
  category_id = g_uri_unescape_string (parts[3], NULL);
  variant_id = g_uri_unescape_string (parts[5], NULL);

  return category_id != NULL && variant_id != NULL
         ? gum_product_keys_dup_version (category_id, variant_id) : NULL;
}

/**
 * gum_write_is_shown_by:
 * @self: a write of a product
 * @record: the product's record, read after the write was sent
 *
 * Returns: %TRUE if @record says what this write would have made it say, and so proves that it was
 *   carried out; %FALSE where it does not, or where nothing could prove it
 */
gboolean
gum_write_is_shown_by (GumWrite   *self,
                       JsonObject *record)
{
  g_autoptr(GList) members = NULL;
  gboolean published = FALSE;
  gboolean told = FALSE;
  g_autofree char *key = NULL;
  JsonObject *body;

  g_return_val_if_fail (GUM_IS_WRITE (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  body = gum_write_get_body (self);
  gum_json_get_boolean (record, "published", &published);
  if (_gum_write_is_kind (self, GUM_WRITE_KIND_PUBLISH))
    return published;
  if (_gum_write_is_kind (self, GUM_WRITE_KIND_UNPUBLISH))
    return !published;
  key = gum_write_dup_version_key (self);
  if (key != NULL)
    {
      g_autoptr(JsonNode) theirs = gum_product_keys_read (key, record);

      return theirs != NULL &&
             gum_product_keys_equal (key, json_object_get_member (body, "rich_content"), theirs);
    }
  if (!_gum_write_is_kind (self, GUM_WRITE_KIND_UPDATE) || body == NULL)
    return FALSE;

  members = json_object_get_members (body);
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *mine = json_object_get_member (body, l->data);
      g_autoptr(JsonNode) theirs = NULL;

      if (!gum_product_keys_is_told (l->data))
        continue;
      theirs = gum_product_keys_read (l->data, record);
      if (!gum_product_keys_equal (l->data, mine, theirs))
        return FALSE;
      told = TRUE;
    }

  return told;
}

/**
 * gum_write_dup_conflicts:
 * @self: a write of a product
 * @record: the product's record, read before the write is sent
 *
 * Returns: (transfer full) (nullable): the keys whose values at Gumroad are neither those that are
 *   to be replaced nor those that are to be sent; %NULL: there are none
 */
char **
gum_write_dup_conflicts (GumWrite   *self,
                         JsonObject *record)
{
  JsonObject *body;
  JsonObject *before;

  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  body = gum_write_get_body (self);
  before = gum_write_get_before (self);

  return body != NULL && before != NULL ? gum_product_keys_dup_conflicts (body, before, record) : NULL;
}
