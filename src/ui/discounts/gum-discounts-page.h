/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records-page.h"

G_BEGIN_DECLS

#define GUM_TYPE_DISCOUNTS_PAGE (gum_discounts_page_get_type ())
G_DECLARE_FINAL_TYPE (GumDiscountsPage, gum_discounts_page, GUM, DISCOUNTS_PAGE, GumRecordsPage)

GtkWidget *gum_discounts_page_new (GumShop *shop);

G_END_DECLS
