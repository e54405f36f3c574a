/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

/* Every member of a record is a property whose name is the JSON key with '_' turned into '-'. */

/* A group of versions: GET /products/:id/variant_categories */
#define GUM_TYPE_VARIANT_CATEGORY (gum_variant_category_get_type ())
G_DECLARE_FINAL_TYPE (GumVariantCategory, gum_variant_category, GUM, VARIANT_CATEGORY, GumResource)

/* A version or tier, with its id: GET …/variant_categories/:id/variants */
#define GUM_TYPE_VARIANT (gum_variant_get_type ())
G_DECLARE_FINAL_TYPE (GumVariant, gum_variant, GUM, VARIANT, GumResource)

/* A combination of versions: GET /products/:id/skus */
#define GUM_TYPE_SKU (gum_sku_get_type ())
G_DECLARE_FINAL_TYPE (GumSku, gum_sku, GUM, SKU, GumResource)

G_END_DECLS
