/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_CREATE (gum_product_create_get_type ())
G_DECLARE_FINAL_TYPE (GumProductCreate, gum_product_create, GUM, PRODUCT_CREATE, AdwWindow)

/* contract: a modal window that makes a new product, which is never on sale. Signal "created" (const char *id) once the
 * ledger has it; the window closes itself. @like: the product that it becomes a copy of; NULL: none. */
GtkWidget *gum_product_create_new     (GumShop    *shop,
                                       GumProduct *like);
/* Shows one over the window of @widget, and what is created in its section (action "products.open"). */
void       gum_product_create_present (GtkWidget  *widget,
                                       GumShop    *shop,
                                       GumProduct *like);

G_END_DECLS
