/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-store.h"
#include "gum-upsell.h"

G_BEGIN_DECLS

#define GUM_TYPE_UPSELL_PRODUCTS (gum_upsell_products_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellProducts, gum_upsell_products, GUM, UPSELL_PRODUCTS, AdwPreferencesGroup)

/* contract: the products with which another one is offered. Those of @upsell, which is nullable, are only shown where
 * not all of them could be read. Signal "changed". */
GtkWidget *gum_upsell_products_new         (GumStore          *store,
                                            GumUpsell         *upsell);
/* As if it was picked. */
void       gum_upsell_products_add         (GumUpsellProducts *self,
                                            const char        *id,
                                            const char        *name);
gboolean   gum_upsell_products_are_fixed   (GumUpsellProducts *self);
gboolean   gum_upsell_products_are_changed (GumUpsellProducts *self);
gboolean   gum_upsell_products_are_any     (GumUpsellProducts *self);
gboolean   gum_upsell_products_include     (GumUpsellProducts *self,
                                            const char        *id);
/* As Gumroad wants them. */
JsonArray *gum_upsell_products_dup_list    (GumUpsellProducts *self);

G_END_DECLS
