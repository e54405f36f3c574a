/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"
#include "gum-subpage.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_DETAIL (gum_product_detail_get_type ())
G_DECLARE_FINAL_TYPE (GumProductDetail, gum_product_detail, GUM, PRODUCT_DETAIL, AdwBin)

void        gum_product_detail_set_shop    (GumProductDetail *self,
                                            GumShop          *shop);
/* Styles and measures what every product's page has, while it is not seen: the head, with the words of @product,
 * and what parts are made of. */
void        gum_product_detail_prepare_head  (GumProductDetail *self,
                                              GumProduct       *product);
void        gum_product_detail_prepare_parts (GumProductDetail *self);
/* NULL: nothing is open. */
void        gum_product_detail_set_product (GumProductDetail *self,
                                            GumProduct       *product);
GumProduct *gum_product_detail_get_product (GumProductDetail *self);
/* Reads the record from Gumroad again. */
void        gum_product_detail_refresh     (GumProductDetail *self);
/* @alone: no other header bar is in the window. */
void        gum_product_detail_set_edges   (GumProductDetail *self,
                                            gboolean          alone);
GumShop    *gum_product_detail_get_shop    (GumProductDetail *self);
/* Lays a page over this one; the way back leads here. */
void        gum_product_detail_push        (GumProductDetail *self,
                                            GumSubpage       *subpage);
/* The page that lies over this one, or NULL. */
GumSubpage *gum_product_detail_get_subpage (GumProductDetail *self);
/* FALSE: there is nothing to go back from. */
gboolean    gum_product_detail_go_back     (GumProductDetail *self);
gboolean    gum_product_detail_is_deleted  (GumProductDetail *self);
/* Whether parts of what is known are still to be shown. */
gboolean    gum_product_detail_is_building (GumProductDetail *self);
/* What is said about the rest of the record that is not there (yet), or NULL. */
const char *gum_product_detail_get_notice  (GumProductDetail *self);

G_END_DECLS
