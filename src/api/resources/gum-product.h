/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

/* Every member of a record is a property whose name is the JSON key with '_' turned into '-'. */

#define GUM_TYPE_PRODUCT (gum_product_get_type ())
G_DECLARE_FINAL_TYPE (GumProduct, gum_product, GUM, PRODUCT, GumResource)

#define GUM_TYPE_COVER (gum_cover_get_type ())
G_DECLARE_FINAL_TYPE (GumCover, gum_cover, GUM, COVER, GumResource)

#define GUM_TYPE_PRODUCT_FILE (gum_product_file_get_type ())
G_DECLARE_FINAL_TYPE (GumProductFile, gum_product_file, GUM, PRODUCT_FILE, GumResource)

/* variants[]: title, options */
#define GUM_TYPE_VARIANT_GROUP (gum_variant_group_get_type ())
G_DECLARE_FINAL_TYPE (GumVariantGroup, gum_variant_group, GUM, VARIANT_GROUP, GumResource)

/* variants[].options[] */
#define GUM_TYPE_VARIANT_OPTION (gum_variant_option_get_type ())
G_DECLARE_FINAL_TYPE (GumVariantOption, gum_variant_option, GUM, VARIANT_OPTION, GumResource)

#define GUM_TYPE_CUSTOM_FIELD (gum_custom_field_get_type ())
G_DECLARE_FINAL_TYPE (GumCustomField, gum_custom_field, GUM, CUSTOM_FIELD, GumResource)

/* bundle_products[] */
#define GUM_TYPE_BUNDLE_ITEM (gum_bundle_item_get_type ())
G_DECLARE_FINAL_TYPE (GumBundleItem, gum_bundle_item, GUM, BUNDLE_ITEM, GumResource)

/* rich_content[] */
#define GUM_TYPE_CONTENT_PAGE (gum_content_page_get_type ())
G_DECLARE_FINAL_TYPE (GumContentPage, gum_content_page, GUM, CONTENT_PAGE, GumResource)

#define GUM_TYPE_REFUND_POLICY (gum_refund_policy_get_type ())
G_DECLARE_FINAL_TYPE (GumRefundPolicy, gum_refund_policy, GUM, REFUND_POLICY, GumResource)

/**
 * GumProductKind:
 * @GUM_PRODUCT_KIND_PRODUCT: anything else
 * @GUM_PRODUCT_KIND_MEMBERSHIP: it has tiers, or is paid for again and again
 * @GUM_PRODUCT_KIND_BUNDLE: it consists of other products
 * @GUM_PRODUCT_KIND_PHYSICAL: it is shipped
 */
typedef enum {
  GUM_PRODUCT_KIND_PRODUCT,
  GUM_PRODUCT_KIND_MEMBERSHIP,
  GUM_PRODUCT_KIND_BUNDLE,
  GUM_PRODUCT_KIND_PHYSICAL,
} GumProductKind;

const char     *gum_product_get_name            (GumProduct *self);
const char     *gum_product_get_currency        (GumProduct *self);
gint64          gum_product_get_price           (GumProduct *self);
const char     *gum_product_get_formatted_price (GumProduct *self);
gint64          gum_product_get_sales_count     (GumProduct *self);
gint64          gum_product_get_sales_usd_cents (GumProduct *self);
gboolean        gum_product_is_published        (GumProduct *self);
const char     *gum_product_get_thumbnail_url   (GumProduct *self);
const char     *gum_product_get_short_url       (GumProduct *self);
GumProductKind  gum_product_get_kind            (GumProduct *self);

G_END_DECLS
