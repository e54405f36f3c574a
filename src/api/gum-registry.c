/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every resource and every endpoint there is: a new one gets a line here, and is tested then. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-registry.h"
#include "gum-offer-code.h"
#include "gum-product.h"
#include "gum-review.h"
#include "gum-upsell.h"
#include "gum-user.h"
#include "gum-variant.h"

static GType (* const get_types[]) (void) = {
  gum_bundle_item_get_type,
  gum_content_page_get_type,
  gum_cover_get_type,
  gum_custom_field_get_type,
  gum_offer_code_get_type,
  gum_product_get_type,
  gum_product_file_get_type,
  gum_reference_get_type,
  gum_refund_policy_get_type,
  gum_review_get_type,
  gum_review_response_get_type,
  gum_sku_get_type,
  gum_upsell_discount_get_type,
  gum_upsell_get_type,
  gum_upsell_pair_get_type,
  gum_upsell_product_get_type,
  gum_user_get_type,
  gum_variant_get_type,
  gum_variant_category_get_type,
  gum_variant_group_get_type,
  gum_variant_option_get_type,
};

static const GumEndpoint * const endpoints[] = {
  &gum_custom_field_endpoint,
  &gum_product_endpoint,
  &gum_review_endpoint,
  &gum_sku_endpoint,
  &gum_offer_code_endpoint,
  &gum_refund_policy_endpoint,
  &gum_upsell_endpoint,
  &gum_user_endpoint,
  &gum_variant_category_endpoint,
  &gum_variant_endpoint,
};

/**
 * gum_registry_get_resource_types:
 * @n_types: (out): how many
 *
 * Returns: (transfer none) (array length=n_types): every final subclass of #GumResource
 */
const GType *
gum_registry_get_resource_types (guint *n_types)
{
  static GType types[G_N_ELEMENTS (get_types)];

  g_return_val_if_fail (n_types != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (get_types); i++)
    types[i] = get_types[i] ();
  *n_types = G_N_ELEMENTS (types);

  return types;
}

/**
 * gum_registry_get_endpoints:
 * @n_endpoints: (out): how many
 *
 * Returns: (transfer none) (array length=n_endpoints): every endpoint
 */
const GumEndpoint * const *
gum_registry_get_endpoints (guint *n_endpoints)
{
  g_return_val_if_fail (n_endpoints != NULL, NULL);

  *n_endpoints = G_N_ELEMENTS (endpoints);

  return endpoints;
}
