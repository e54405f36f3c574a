/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-products-filter.h"
#include "gum-shop.h"
#include "gum-status.h"

G_BEGIN_DECLS

typedef enum {
  GUM_PRODUCTS_LIST,
  GUM_PRODUCTS_STATUS,
  GUM_PRODUCTS_AS_BEFORE,   /* the answer is on its way */
} GumProductsView;

/* What to show: the list, or @status, which is then told what to say. @shop and @query may be NULL. */
GumProductsView gum_products_state_show          (GumStatus               *status,
                                                  GumShop                 *shop,
                                                  GumQuery                *query,
                                                  const GumProductsFilter *filter);
/* "12 of 120 · Updated 2 minutes ago"; NULL: nothing is known. @narrow: only what matters more just now. */
char           *gum_products_state_dup_subtitle  (GumStore                *store,
                                                  GumQuery                *query,
                                                  const GumProductsFilter *filter,
                                                  gboolean                 narrow);
gboolean        gum_products_state_is_first_sync (GumStore                *store);

G_END_DECLS
