/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-query.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_HEADER (gum_product_header_get_type ())
G_DECLARE_FINAL_TYPE (GumProductHeader, gum_product_header, GUM, PRODUCT_HEADER, GtkWidget)

GtkWidget  *gum_product_header_new      (void);
void        gum_product_header_set_sort (GumProductHeader *self,
                                         GumSort           sort,
                                         gboolean          descending);

/* The names that the action products.sort takes. */
const char *gum_sort_get_name           (GumSort           sort);
gboolean    gum_sort_from_name          (const char       *name,
                                         GumSort          *sort);

G_END_DECLS
