/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-products-filter.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_BULK_WINDOW (gum_bulk_window_get_type ())
G_DECLARE_FINAL_TYPE (GumBulkWindow, gum_bulk_window, GUM, BULK_WINDOW, AdwWindow)

/* Many products to choose and to change at once: those that @owner lists, or others that are searched for here. @rows of the ledger
 * (gint64; may be NULL) are ticked from the beginning. It is a dialog of the window that holds @owner, where a toast says what was
 * begun. Actions: "bulk.select-all", "bulk.price", "bulk.tags", "bulk.category", "bulk.refund" (s), "bulk.publish",
 * "bulk.unpublish", "bulk.back". */
GtkWidget *gum_bulk_window_new        (GtkWidget               *owner,
                                       GumShop                 *shop,
                                       const char              *search,
                                       const GumProductsFilter *filter,
                                       GArray                  *rows,
                                       gboolean                 select_all);
guint      gum_bulk_window_get_n_selected (GumBulkWindow       *self);

G_END_DECLS
