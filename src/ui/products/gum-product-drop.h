/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product-detail.h"

G_BEGIN_DECLS

/* contract: files that are dropped on @page, the page of @detail's product, go to its Files page, which asks where each of
 * them belongs. @hint is shown while they are over it. */
void gum_product_drop_install (GumProductDetail *detail,
                               GtkWidget        *page,
                               GtkWidget        *hint);

G_END_DECLS
