/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-pictures.h"
#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_ROW (gum_product_row_get_type ())
G_DECLARE_FINAL_TYPE (GumProductRow, gum_product_row, GUM, PRODUCT_ROW, GtkWidget)

/* Signal "open" (GumProduct *): a click, or the action row.open. */
GtkWidget  *gum_product_row_new         (GumPictures   *pictures);
void        gum_product_row_set_product (GumProductRow *self,
                                         GumProduct    *product);
GumProduct *gum_product_row_get_product (GumProductRow *self);
const char *gum_product_row_get_label   (GumProductRow *self);
gboolean    gum_product_row_is_table    (GumProductRow *self);
/* Shows the menu; @x and @y are in the row, negative: in its middle. */
void        gum_product_row_popup_menu  (GumProductRow *self,
                                         double         x,
                                         double         y);

G_END_DECLS
