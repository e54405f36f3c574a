/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A product: whole (GET /products/:id), or slim (a row of GET /products, without files, content,
 * landing page and refund policy). Which members there are also depends on the token's scopes, the
 * kind of product and the age of the server. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-product.h"
#include "gum-endpoint.h"

struct _GumProduct
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
  char        *description;
  char        *custom_summary;
  char        *custom_permalink;
  char        *custom_receipt;
  char        *custom_html;
  char        *landing_url;
  char        *currency;
  char        *formatted_price;
  char        *subscription_duration;
  char        *short_url;
  char        *preview_url;
  char        *thumbnail_url;
  char        *main_cover_id;
  char        *category;
  char        *category_label;
  char        *url;
  char        *custom_delivery_url;
  char       **recurrences;
  char       **tags;
  GDateTime   *release_at;
  GumResource *refund_policy;
  GListStore  *covers;
  GListStore  *custom_fields;
  GListStore  *bundle_products;
  GListStore  *variants;
  GListStore  *rich_content;
  GListStore  *files;
  JsonNode    *file_info;
  JsonNode    *purchasing_power_parity_prices;
  JsonNode    *sections;
  JsonNode    *average_rating;

  /* plain */
  gint64       price;
  gint64       max_purchase_count;
  gint64       taxonomy_id;
  gint64       sales_count;
  gint64       sales_usd_cents;
  gint64       main_section_index;
  gint64       reviews_count;
  gboolean     customizable_price;
  gboolean     is_tiered_membership;
  gboolean     published;
  gboolean     deleted;
  gboolean     require_shipping;
  gboolean     is_preorder;
  gboolean     is_in_preorder_state;
  gboolean     has_same_rich_content_for_all_variants;
};

static const GumField gum_product_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, name) },
  { "description", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, description) },
  { "custom-summary", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, custom_summary) },
  { "custom-permalink", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, custom_permalink) },
  { "custom-receipt", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, custom_receipt) },
  { "custom-html", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, custom_html) },
  { "landing-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, landing_url) },
  { "price", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, price) },
  { "currency", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, currency) },
  { "formatted-price", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, formatted_price) },
  { "customizable-price", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, customizable_price) },
  { "max-purchase-count", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, max_purchase_count) },
  { "subscription-duration", GUM_FIELD_STRING,
    G_STRUCT_OFFSET (GumProduct, subscription_duration) },
  { "is-tiered-membership", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, is_tiered_membership) },
  { "recurrences", GUM_FIELD_STRV, G_STRUCT_OFFSET (GumProduct, recurrences) },
  { "published", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, published) },
  { "deleted", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, deleted) },
  { "require-shipping", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, require_shipping) },
  { "short-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, short_url) },
  { "preview-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, preview_url) },
  { "thumbnail-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, thumbnail_url) },
  { "covers", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumProduct, covers),
    NULL, NULL, GUM_FIELD_NONE, gum_cover_get_type },
  { "main-cover-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, main_cover_id) },
  { "tags", GUM_FIELD_STRV, G_STRUCT_OFFSET (GumProduct, tags) },
  { "taxonomy-id", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, taxonomy_id) },
  { "category", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, category) },
  { "category-label", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, category_label) },
  { "file-info", GUM_FIELD_JSON, G_STRUCT_OFFSET (GumProduct, file_info) },
  { "custom-fields", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumProduct, custom_fields),
    NULL, NULL, GUM_FIELD_NONE, gum_custom_field_get_type },
  { "bundle-products", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumProduct, bundle_products),
    NULL, NULL, GUM_FIELD_NONE, gum_bundle_item_get_type },
  { "variants", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumProduct, variants),
    NULL, NULL, GUM_FIELD_NONE, gum_variant_group_get_type },
  { "url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, url) },
  { "purchasing-power-parity-prices", GUM_FIELD_JSON,
    G_STRUCT_OFFSET (GumProduct, purchasing_power_parity_prices) },
  { "sales-count", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, sales_count) },
  { "sales-usd-cents", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, sales_usd_cents) },
  { "custom-delivery-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProduct, custom_delivery_url) },
  { "is-preorder", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, is_preorder) },
  { "is-in-preorder-state", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumProduct, is_in_preorder_state) },
  { "release-at", GUM_FIELD_TIME, G_STRUCT_OFFSET (GumProduct, release_at) },
  { "rich-content", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumProduct, rich_content),
    NULL, NULL, GUM_FIELD_NONE, gum_content_page_get_type },
  { "has-same-rich-content-for-all-variants", GUM_FIELD_BOOLEAN,
    G_STRUCT_OFFSET (GumProduct, has_same_rich_content_for_all_variants) },
  { "files", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumProduct, files),
    NULL, NULL, GUM_FIELD_NONE, gum_product_file_get_type },
  { "refund-policy", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumProduct, refund_policy),
    NULL, NULL, GUM_FIELD_NONE, gum_refund_policy_get_type },
  { "sections", GUM_FIELD_JSON, G_STRUCT_OFFSET (GumProduct, sections) },
  { "main-section-index", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, main_section_index) },
  { "average-rating", GUM_FIELD_JSON, G_STRUCT_OFFSET (GumProduct, average_rating) },
  { "reviews-count", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProduct, reviews_count) },
};

G_DEFINE_FINAL_TYPE (GumProduct, gum_product, GUM_TYPE_RESOURCE)

static void
gum_product_class_init (GumProductClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_product_fields,
                                     G_N_ELEMENTS (gum_product_fields));
}

static void
gum_product_init (GumProduct *self)
{
}

const GumEndpoint gum_product_endpoint = {
  .path = "products",
  .singular = "product",
  .plural = "products",
  .get_type = gum_product_get_type,
};

/**
 * gum_product_get_name:
 * @self: a product
 *
 * Returns: (transfer none) (nullable): what the seller calls it
 */
const char *
gum_product_get_name (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), NULL);

  return self->name;
}

/**
 * gum_product_get_currency:
 * @self: a product
 *
 * Returns: (transfer none) (nullable): the lower-case code of the currency of its price
 */
const char *
gum_product_get_currency (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), NULL);

  return self->currency;
}

/**
 * gum_product_get_price:
 * @self: a product
 *
 * Returns: minor units of the currency, 0 where there is no price
 */
gint64
gum_product_get_price (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), 0);

  return self->price;
}

/**
 * gum_product_get_formatted_price:
 * @self: a product
 *
 * Returns: (transfer none) (nullable): the price in Gumroad's notation, such as `$10 a month`
 */
const char *
gum_product_get_formatted_price (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), NULL);

  return self->formatted_price;
}

/**
 * gum_product_get_sales_count:
 * @self: a product
 *
 * Returns: how many were sold; sent only to tokens that may see sales
 */
gint64
gum_product_get_sales_count (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), 0);

  return self->sales_count;
}

/**
 * gum_product_get_sales_usd_cents:
 * @self: a product
 *
 * Returns: what they brought, in US cents whatever the currency; sent only to
 *   tokens that may see sales
 */
gint64
gum_product_get_sales_usd_cents (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), 0);

  return self->sales_usd_cents;
}

/**
 * gum_product_is_published:
 * @self: a product
 *
 * Returns: %TRUE if it can be bought
 */
gboolean
gum_product_is_published (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), FALSE);

  return self->published;
}

/**
 * gum_product_get_thumbnail_url:
 * @self: a product
 *
 * Returns: (transfer none) (nullable): the address of its square picture
 */
const char *
gum_product_get_thumbnail_url (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), NULL);

  return self->thumbnail_url;
}

/**
 * gum_product_get_short_url:
 * @self: a product
 *
 * Returns: (transfer none) (nullable): its public address
 */
const char *
gum_product_get_short_url (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), NULL);

  return self->short_url;
}

static gboolean
is_filled (GListStore *list)
{
  return list != NULL && g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
}

/**
 * gum_product_get_kind:
 * @self: a product
 *
 * Gumroad never sends what kind of product it is (`native_type`).
 *
 * Returns: what the record lets one infer
 */
GumProductKind
gum_product_get_kind (GumProduct *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT (self), GUM_PRODUCT_KIND_PRODUCT);

  if (self->is_tiered_membership ||
      (self->subscription_duration != NULL && *self->subscription_duration != '\0'))
    return GUM_PRODUCT_KIND_MEMBERSHIP;
  if (is_filled (self->bundle_products))
    return GUM_PRODUCT_KIND_BUNDLE;
  if (self->require_shipping)
    return GUM_PRODUCT_KIND_PHYSICAL;

  return GUM_PRODUCT_KIND_PRODUCT;
}
