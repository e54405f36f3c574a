/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product-detail.h"

G_BEGIN_DECLS

/* Installs what can be done with a product as a whole on the class of its page: "product.publish",
 * "product.unpublish", "product.duplicate", "product.delete". */
void gum_product_changes_install (GtkWidgetClass   *klass);
/* Which of them fit the product that is shown. */
void gum_product_changes_update  (GumProductDetail *detail);

G_END_DECLS
