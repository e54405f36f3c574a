/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records-page.h"

G_BEGIN_DECLS

#define GUM_TYPE_UPSELLS_PAGE (gum_upsells_page_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellsPage, gum_upsells_page, GUM, UPSELLS_PAGE, GumRecordsPage)

GtkWidget *gum_upsells_page_new (GumShop *shop);

G_END_DECLS
