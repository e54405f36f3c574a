/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-pictures.h"
#include "gum-product.h"
#include "gum-query.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_LIST (gum_product_list_get_type ())
G_DECLARE_FINAL_TYPE (GumProductList, gum_product_list, GUM, PRODUCT_LIST, GtkWidget)

/* Signals: "open" (GumProduct *): a click or Return. "selected" (GumProduct *): moved to by a key.
 * "selection-changed": more are selected, or fewer. "layout-changed": from rows to a table, or back. */
GtkWidget  *gum_product_list_new          (void);
void        gum_product_list_set_pictures (GumProductList *self,
                                           GumPictures    *pictures);
/* @query may be NULL. */
void        gum_product_list_set_query    (GumProductList *self,
                                           GumQuery       *query);
/* Before another question is asked of the query: no more than a screenful of the answer is made in one frame. */
void        gum_product_list_start_anew   (GumProductList *self);
/* While a page opens or closes beside it: what nobody has scrolled to can be made later. */
void        gum_product_list_rest         (GumProductList *self);
void        gum_product_list_set_sort     (GumProductList *self,
                                           GumSort         sort,
                                           gboolean        descending);
/* Keeps the product with @id selected, and no other, through every change of the list, where it is in it. */
void        gum_product_list_select       (GumProductList *self,
                                           const char     *id,
                                           gboolean        scroll);
/* Transfer full: the one that was selected last when there was one. */
GumProduct *gum_product_list_dup_selected (GumProductList *self);
guint       gum_product_list_get_n_selected (GumProductList *self);
/* Transfer full: the rows of the ledger that are selected (gint64). */
GArray     *gum_product_list_list_selected (GumProductList *self);
/* Back to one. FALSE: there were no more. */
gboolean    gum_product_list_unselect     (GumProductList *self);
GtkWidget  *gum_product_list_get_view     (GumProductList *self);
gboolean    gum_product_list_is_table     (GumProductList *self);

G_END_DECLS
