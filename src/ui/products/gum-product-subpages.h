/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product-detail.h"

G_BEGIN_DECLS

/* Installs an action a subpage ("product.edit" …) on the class of the product's page. */
void gum_product_subpages_install (GtkWidgetClass   *klass);
/* Shows the subpage that an action is for. */
void gum_product_subpages_open    (GumProductDetail *detail,
                                   const char       *action);
/* What is not at Gumroad any more has none. */
void gum_product_subpages_set_enabled (GumProductDetail *detail,
                                       gboolean          enabled);

G_END_DECLS
