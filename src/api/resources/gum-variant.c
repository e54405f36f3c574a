/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Versions as they can be changed. A product's own record tells of them too (GumVariantGroup), but
 * without ids; only these lists have them. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-variant.h"

#include "gum-endpoint.h"
#include "gum-product.h"

struct _GumVariantCategory
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *title;
};

static const GumField gum_variant_category_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariantCategory, id) },
  { "title", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariantCategory, title) },
};

G_DEFINE_FINAL_TYPE (GumVariantCategory, gum_variant_category, GUM_TYPE_RESOURCE)

static void
gum_variant_category_class_init (GumVariantCategoryClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_variant_category_fields,
                                     G_N_ELEMENTS (gum_variant_category_fields));
}

static void
gum_variant_category_init (GumVariantCategory *self)
{
}

const GumEndpoint gum_variant_category_endpoint = {
  .path = "variant_categories",
  .singular = "variant_category",
  .plural = "variant_categories",
  .get_type = gum_variant_category_get_type,
};

struct _GumVariant
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
  char        *description;
  GListStore  *rich_content;
  JsonNode    *recurrence_price_values;

  /* plain */
  gint64       price_difference_cents;
  gint64       max_purchase_count;
  gboolean     is_customizable_price;
};

static const GumField gum_variant_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariant, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariant, name) },
  { "description", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariant, description) },
  { "price-difference-cents", GUM_FIELD_INT,
    G_STRUCT_OFFSET (GumVariant, price_difference_cents) },
  { "max-purchase-count", GUM_FIELD_INT, G_STRUCT_OFFSET (GumVariant, max_purchase_count) },
  { "is-customizable-price", GUM_FIELD_BOOLEAN,
    G_STRUCT_OFFSET (GumVariant, is_customizable_price) },
  { "recurrence-price-values", GUM_FIELD_JSON,
    G_STRUCT_OFFSET (GumVariant, recurrence_price_values) },
  { "rich-content", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumVariant, rich_content),
    NULL, NULL, GUM_FIELD_NONE, gum_content_page_get_type },
};

G_DEFINE_FINAL_TYPE (GumVariant, gum_variant, GUM_TYPE_RESOURCE)

static void
gum_variant_class_init (GumVariantClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_variant_fields,
                                     G_N_ELEMENTS (gum_variant_fields));
}

static void
gum_variant_init (GumVariant *self)
{
}

const GumEndpoint gum_variant_endpoint = {
  .path = "variants",
  .singular = "variant",
  .plural = "variants",
  .get_type = gum_variant_get_type,
};

struct _GumSku
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
  char        *description;
  char        *custom_sku;

  /* plain */
  gint64       price_difference_cents;
  gint64       max_purchase_count;
};

static const GumField gum_sku_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumSku, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumSku, name) },
  { "description", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumSku, description) },
  { "custom-sku", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumSku, custom_sku) },
  { "price-difference-cents", GUM_FIELD_INT, G_STRUCT_OFFSET (GumSku, price_difference_cents) },
  { "max-purchase-count", GUM_FIELD_INT, G_STRUCT_OFFSET (GumSku, max_purchase_count) },
};

G_DEFINE_FINAL_TYPE (GumSku, gum_sku, GUM_TYPE_RESOURCE)

static void
gum_sku_class_init (GumSkuClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_sku_fields,
                                     G_N_ELEMENTS (gum_sku_fields));
}

static void
gum_sku_init (GumSku *self)
{
}

const GumEndpoint gum_sku_endpoint = {
  .path = "skus",
  .singular = "sku",
  .plural = "skus",
  .get_type = gum_sku_get_type,
};
