/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_CHOICE (gum_product_choice_get_type ())
G_DECLARE_FINAL_TYPE (GumProductChoice, gum_product_choice, GUM, PRODUCT_CHOICE, AdwActionRow)

/* A row that asks for a product, of as many as there may be. Signal "picked" (GumProduct). */
GtkWidget  *gum_product_choice_new         (GumStore         *store,
                                            const char       *title);
void        gum_product_choice_set_product (GumProductChoice *self,
                                            GumProduct       *product);   /* nullable */
GumProduct *gum_product_choice_get_product (GumProductChoice *self);      /* nullable */

G_END_DECLS
