/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product-list.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCTS_PANE (gum_products_pane_get_type ())
G_DECLARE_FINAL_TYPE (GumProductsPane, gum_products_pane, GUM, PRODUCTS_PANE, AdwBin)

void            gum_products_pane_set_shop       (GumProductsPane *self,
                                                  GumShop         *shop);
/* @folded: the window's sections are hidden behind it; @alone: nothing is shown beside it. */
void            gum_products_pane_set_edges      (GumProductsPane *self,
                                                  gboolean         folded,
                                                  gboolean         alone);
void            gum_products_pane_start_search   (GumProductsPane *self);
/* FALSE: there was no search to end. */
gboolean        gum_products_pane_stop_search    (GumProductsPane *self);
GumProductList *gum_products_pane_get_list       (GumProductsPane *self);
/* Where the window says what concerns the whole shop. */
AdwBin         *gum_products_pane_get_banner_slot (GumProductsPane *self);
/* What stands in place of the list, or NULL while the list is shown. */
const char     *gum_products_pane_get_status     (GumProductsPane *self);

G_END_DECLS
