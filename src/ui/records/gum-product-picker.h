/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_PICKER (gum_product_picker_get_type ())
G_DECLARE_FINAL_TYPE (GumProductPicker, gum_product_picker, GUM, PRODUCT_PICKER, AdwActionRow)

/* A row that asks for a product, of as many as there may be. Signal "picked" (GumProduct). */
GtkWidget  *gum_product_picker_new         (GumStore         *store,
                                            const char       *title);
void        gum_product_picker_set_product (GumProductPicker *self,
                                            GumProduct       *product);   /* nullable */
GumProduct *gum_product_picker_get_product (GumProductPicker *self);      /* nullable */

G_END_DECLS
