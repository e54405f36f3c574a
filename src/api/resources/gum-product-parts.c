/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands inside a product's record: covers, files, versions, checkout questions, the
 * contents of a bundle, pages of content, the refund policy. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-product.h"

#include "gum-endpoint.h"

struct _GumCover
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *url;
  char        *original_url;
  char        *thumbnail;
  char        *type;
  char        *filetype;

  /* plain */
  gint64       width;
  gint64       height;
  gint64       native_width;
  gint64       native_height;
};

static const GumField gum_cover_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCover, id) },
  { "url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCover, url) },
  { "original-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCover, original_url) },
  { "thumbnail", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCover, thumbnail) },
  { "type", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCover, type) },
  { "filetype", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCover, filetype) },
  { "width", GUM_FIELD_INT, G_STRUCT_OFFSET (GumCover, width) },
  { "height", GUM_FIELD_INT, G_STRUCT_OFFSET (GumCover, height) },
  { "native-width", GUM_FIELD_INT, G_STRUCT_OFFSET (GumCover, native_width) },
  { "native-height", GUM_FIELD_INT, G_STRUCT_OFFSET (GumCover, native_height) },
};

G_DEFINE_FINAL_TYPE (GumCover, gum_cover, GUM_TYPE_RESOURCE)

static void
gum_cover_class_init (GumCoverClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_cover_fields,
                                     G_N_ELEMENTS (gum_cover_fields));
}

static void
gum_cover_init (GumCover *self)
{
}

struct _GumProductFile
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
  char        *url;
  char        *filetype;
  char        *filegroup;

  /* plain */
  gint64       size;
};

static const GumField gum_product_file_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProductFile, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProductFile, name) },
  { "size", GUM_FIELD_INT, G_STRUCT_OFFSET (GumProductFile, size) },
  { "url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProductFile, url), NULL, NULL, GUM_FIELD_SECRET },
  { "filetype", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProductFile, filetype) },
  { "filegroup", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumProductFile, filegroup) },
};

G_DEFINE_FINAL_TYPE (GumProductFile, gum_product_file, GUM_TYPE_RESOURCE)

static void
gum_product_file_class_init (GumProductFileClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_product_file_fields,
                                     G_N_ELEMENTS (gum_product_file_fields));
}

static void
gum_product_file_init (GumProductFile *self)
{
}

struct _GumVariantGroup
{
  GumResource parent_instance;

  /* owned */
  char        *title;
  GListStore  *options;
};

static const GumField gum_variant_group_fields[] = {
  { "title", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariantGroup, title) },
  { "options", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumVariantGroup, options),
    NULL, NULL, GUM_FIELD_NONE, gum_variant_option_get_type },
};

G_DEFINE_FINAL_TYPE (GumVariantGroup, gum_variant_group, GUM_TYPE_RESOURCE)

static void
gum_variant_group_class_init (GumVariantGroupClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_variant_group_fields,
                                     G_N_ELEMENTS (gum_variant_group_fields));
}

static void
gum_variant_group_init (GumVariantGroup *self)
{
}

struct _GumVariantOption
{
  GumResource parent_instance;

  /* owned */
  char        *name;
  char        *url;
  GListStore  *rich_content;
  JsonNode    *recurrence_prices;
  JsonNode    *purchasing_power_parity_prices;

  /* plain */
  gint64       price_difference;
  gboolean     is_pay_what_you_want;
};

static const GumField gum_variant_option_fields[] = {
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariantOption, name) },
  { "price-difference", GUM_FIELD_INT, G_STRUCT_OFFSET (GumVariantOption, price_difference) },
  { "is-pay-what-you-want", GUM_FIELD_BOOLEAN,
    G_STRUCT_OFFSET (GumVariantOption, is_pay_what_you_want) },
  { "recurrence-prices", GUM_FIELD_JSON, G_STRUCT_OFFSET (GumVariantOption, recurrence_prices) },
  { "purchasing-power-parity-prices", GUM_FIELD_JSON,
    G_STRUCT_OFFSET (GumVariantOption, purchasing_power_parity_prices) },
  { "rich-content", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumVariantOption, rich_content),
    NULL, NULL, GUM_FIELD_NONE, gum_content_page_get_type },
  { "url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumVariantOption, url) },
};

G_DEFINE_FINAL_TYPE (GumVariantOption, gum_variant_option, GUM_TYPE_RESOURCE)

static void
gum_variant_option_class_init (GumVariantOptionClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_variant_option_fields,
                                     G_N_ELEMENTS (gum_variant_option_fields));
}

static void
gum_variant_option_init (GumVariantOption *self)
{
}

struct _GumCustomField
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *type;
  char        *name;
  char       **products;

  /* plain */
  gboolean     required;
  gboolean     collect_per_product;
  gboolean     global;
};

static const GumField gum_custom_field_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCustomField, id) },
  { "type", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCustomField, type) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumCustomField, name) },
  { "required", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumCustomField, required) },
  { "collect-per-product", GUM_FIELD_BOOLEAN,
    G_STRUCT_OFFSET (GumCustomField, collect_per_product) },
  { "global", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumCustomField, global) },
  { "products", GUM_FIELD_STRV, G_STRUCT_OFFSET (GumCustomField, products) },
};

G_DEFINE_FINAL_TYPE (GumCustomField, gum_custom_field, GUM_TYPE_RESOURCE)

static void
gum_custom_field_class_init (GumCustomFieldClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_custom_field_fields,
                                     G_N_ELEMENTS (gum_custom_field_fields));
}

static void
gum_custom_field_init (GumCustomField *self)
{
}

/* Read of its own, a question also tells which products it belongs to. */
const GumEndpoint gum_custom_field_endpoint = {
  .path = "custom_fields",
  .singular = "custom_field",
  .plural = "custom_fields",
  .get_type = gum_custom_field_get_type,
};

struct _GumBundleItem
{
  GumResource parent_instance;

  /* owned */
  char        *product_id;
  char        *variant_id;

  /* plain */
  gint64       quantity;
  gint64       position;
};

static const GumField gum_bundle_item_fields[] = {
  { "product-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumBundleItem, product_id) },
  { "variant-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumBundleItem, variant_id) },
  { "quantity", GUM_FIELD_INT, G_STRUCT_OFFSET (GumBundleItem, quantity) },
  { "position", GUM_FIELD_INT, G_STRUCT_OFFSET (GumBundleItem, position) },
};

G_DEFINE_FINAL_TYPE (GumBundleItem, gum_bundle_item, GUM_TYPE_RESOURCE)

static void
gum_bundle_item_class_init (GumBundleItemClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_bundle_item_fields,
                                     G_N_ELEMENTS (gum_bundle_item_fields));
}

static void
gum_bundle_item_init (GumBundleItem *self)
{
}

struct _GumContentPage
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *page_id;
  char        *title;
  char        *variant_id;
  GDateTime   *updated_at;
  JsonNode    *description;
};

static const GumField gum_content_page_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumContentPage, id) },
  { "page-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumContentPage, page_id) },
  { "title", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumContentPage, title) },
  { "variant-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumContentPage, variant_id) },
  { "description", GUM_FIELD_JSON, G_STRUCT_OFFSET (GumContentPage, description) },
  { "updated-at", GUM_FIELD_TIME, G_STRUCT_OFFSET (GumContentPage, updated_at) },
};

G_DEFINE_FINAL_TYPE (GumContentPage, gum_content_page, GUM_TYPE_RESOURCE)

static void
gum_content_page_class_init (GumContentPageClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_content_page_fields,
                                     G_N_ELEMENTS (gum_content_page_fields));
}

static void
gum_content_page_init (GumContentPage *self)
{
}

struct _GumRefundPolicy
{
  GumResource parent_instance;

  /* owned */
  char        *refund_period;
  char        *title;
  char        *fine_print;

  /* plain */
  gboolean     inherited;
  gboolean     in_effect;
};

static const GumField gum_refund_policy_fields[] = {
  { "refund-period", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumRefundPolicy, refund_period) },
  { "title", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumRefundPolicy, title) },
  { "fine-print", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumRefundPolicy, fine_print) },
  { "inherited", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumRefundPolicy, inherited) },
  { "in-effect", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumRefundPolicy, in_effect) },
};

G_DEFINE_FINAL_TYPE (GumRefundPolicy, gum_refund_policy, GUM_TYPE_RESOURCE)

static void
gum_refund_policy_class_init (GumRefundPolicyClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_refund_policy_fields,
                                     G_N_ELEMENTS (gum_refund_policy_fields));
}

static void
gum_refund_policy_init (GumRefundPolicy *self)
{
}

/* The account's own, which holds for all products that have none. */
const GumEndpoint gum_refund_policy_endpoint = {
  .path = "refund_policy",
  .singular = "refund_policy",
  .get_type = gum_refund_policy_get_type,
};
