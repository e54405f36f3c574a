/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_SUBPAGE (gum_subpage_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumSubpage, gum_subpage, GUM, SUBPAGE, AdwBin)

/* contract: a page over a product's page, about one side of the product: its form, its files, its versions. It lies
 * there until it is closed (action "subpage.close", Escape, Alt+Left) or another product is opened, and must be able to
 * go at any moment without losing anything. Properties: "shop", "product" (construct only), "title".
 * gum_product_detail_push() shows one. */
struct _GumSubpageClass
{
  AdwBinClass parent_class;

  void (* refresh) (GumSubpage *self);   /* win.refresh */
};

GumShop      *gum_subpage_get_shop        (GumSubpage *self);
GumProduct   *gum_subpage_get_product     (GumSubpage *self);
/* NULL when the ledger is closed. */
GumStore     *gum_subpage_get_store       (GumSubpage *self);
void          gum_subpage_set_title       (GumSubpage *self,
                                           const char *title);
void          gum_subpage_set_content     (GumSubpage *self,
                                           GtkWidget  *content);
/* A bar below the content. */
void          gum_subpage_set_bottom      (GumSubpage *self,
                                           GtkWidget  *bottom);
AdwHeaderBar *gum_subpage_get_header      (GumSubpage *self);
void          gum_subpage_refresh         (GumSubpage *self);
void          gum_subpage_close           (GumSubpage *self);
/* FALSE: it was left, though it may still be sliding away. */
gboolean      gum_subpage_is_shown        (GumSubpage *self);

G_END_DECLS
