/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * GumEndpoint:
 * @path: relative to the API's base: `products`, `user`
 * @singular: the member of an answer that holds one record
 * @plural: (nullable): the member that holds many; %NULL for what there is only one of
 * @get_type: the resource's type
 *
 * Where a resource lives.
 */
typedef struct {
  const char *path;
  const char *singular;
  const char *plural;
  GType     (*get_type) (void);
} GumEndpoint;

extern const GumEndpoint gum_custom_field_endpoint;
extern const GumEndpoint gum_product_endpoint;
extern const GumEndpoint gum_review_endpoint;
extern const GumEndpoint gum_sku_endpoint;
extern const GumEndpoint gum_offer_code_endpoint;
extern const GumEndpoint gum_refund_policy_endpoint;
extern const GumEndpoint gum_upsell_endpoint;
extern const GumEndpoint gum_user_endpoint;
extern const GumEndpoint gum_variant_category_endpoint;
extern const GumEndpoint gum_variant_endpoint;

G_END_DECLS
