/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-section.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCTS_PAGE (gum_products_page_get_type ())
G_DECLARE_FINAL_TYPE (GumProductsPage, gum_products_page, GUM, PRODUCTS_PAGE, GumSection)

GtkWidget *gum_products_page_new (GumShop *shop);

G_END_DECLS
