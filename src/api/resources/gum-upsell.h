/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

/* Every member of a record is a property whose name is the JSON key with '_' turned into '-'. */

/* What is only named: a product or a version, by id and name. */
#define GUM_TYPE_REFERENCE (gum_reference_get_type ())
G_DECLARE_FINAL_TYPE (GumReference, gum_reference, GUM, REFERENCE, GumResource)

/* product */
#define GUM_TYPE_UPSELL_PRODUCT (gum_upsell_product_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellProduct, gum_upsell_product, GUM, UPSELL_PRODUCT, GumResource)

/* discount */
#define GUM_TYPE_UPSELL_DISCOUNT (gum_upsell_discount_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellDiscount, gum_upsell_discount, GUM, UPSELL_DISCOUNT, GumResource)

/* upsell_variants[]: which version is offered to whoever selected which */
#define GUM_TYPE_UPSELL_PAIR (gum_upsell_pair_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellPair, gum_upsell_pair, GUM, UPSELL_PAIR, GumResource)

#define GUM_TYPE_UPSELL (gum_upsell_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsell, gum_upsell, GUM, UPSELL, GumResource)

const char *gum_reference_get_name            (GumReference      *self);

GumReference *gum_upsell_pair_get_selected    (GumUpsellPair     *self);
GumReference *gum_upsell_pair_get_offered     (GumUpsellPair     *self);

const char *gum_upsell_product_get_name       (GumUpsellProduct  *self);
const char *gum_upsell_product_get_currency   (GumUpsellProduct  *self);
GumReference *gum_upsell_product_get_variant  (GumUpsellProduct  *self);

gboolean    gum_upsell_discount_is_percent    (GumUpsellDiscount *self);
gint64      gum_upsell_discount_get_amount    (GumUpsellDiscount *self);

const char *gum_upsell_get_name               (GumUpsell         *self);
const char *gum_upsell_get_text               (GumUpsell         *self);
const char *gum_upsell_get_description        (GumUpsell         *self);
gboolean    gum_upsell_is_cross_sell          (GumUpsell         *self);
gboolean    gum_upsell_is_universal           (GumUpsell         *self);
gboolean    gum_upsell_is_replacing           (GumUpsell         *self);
gboolean    gum_upsell_is_paused              (GumUpsell         *self);
GumUpsellProduct  *gum_upsell_get_product     (GumUpsell         *self);
GumUpsellDiscount *gum_upsell_get_discount    (GumUpsell         *self);
GListModel *gum_upsell_get_selected_products  (GumUpsell         *self);
GListModel *gum_upsell_get_pairs              (GumUpsell         *self);
gboolean    gum_upsell_has_all_products       (GumUpsell         *self);
gboolean    gum_upsell_has_all_pairs          (GumUpsell         *self);

G_END_DECLS
