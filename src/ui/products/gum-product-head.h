/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-pictures.h"
#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_HEAD (gum_product_head_get_type ())
G_DECLARE_FINAL_TYPE (GumProductHead, gum_product_head, GUM, PRODUCT_HEAD, GtkBox)

/* @product NULL: forgets the one that is shown. */
void gum_product_head_show (GumProductHead *self,
                            GumProduct     *product,
                            GumPictures    *pictures,
                            gboolean        has_draft,
                            gboolean        deleted);

G_END_DECLS
