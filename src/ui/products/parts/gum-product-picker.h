/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_PICKER (gum_product_picker_get_type ())
G_DECLARE_FINAL_TYPE (GumProductPicker, gum_product_picker, GUM, PRODUCT_PICKER, AdwWindow)

/* contract: a modal window with the products of the shop, to search and to choose one. Signal "chosen" (GumProduct *), after
 * which it closes itself. */
GtkWidget *gum_product_picker_new (GtkWidget *parent,
                                   GumShop   *shop);

G_END_DECLS
