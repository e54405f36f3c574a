/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"

G_BEGIN_DECLS

/* A part of a product's page: NULL when there is nothing to say. It is built again when one of its
 * properties changes. */
typedef struct {
  const char  *properties;                     /* separated by spaces; NULL: any of them */
  GtkWidget *(*build) (GumProduct *product,
                       GumShop    *shop);
  gboolean     has_lists;                      /* of things that change in place */
} GumDetailPart;

GtkWidget *gum_detail_build_covers    (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_text      (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_price     (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_versions  (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_files     (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_content   (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_bundle    (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_questions (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_selling   (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_receipt   (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_about     (GumProduct *product, GumShop *shop);
GtkWidget *gum_detail_build_rest      (GumProduct *product, GumShop *shop);

/* Boxed lists of plain text. */
GtkWidget *gum_detail_new_group       (const char *title,
                                       const char *description);
GtkWidget *gum_detail_new_row         (const char *title,
                                       const char *value);
/* Nothing is added when there is no @value; returns whether it was. */
gboolean   gum_detail_add_row         (GtkWidget  *group,
                                       const char *title,
                                       const char *value);
GtkWidget *gum_detail_new_text        (const char *text);
/* A line for a group in which there is nothing yet. */
GtkWidget *gum_detail_new_nothing     (const char *text);
/* A row that leads to a page; @action is one of the product's page. @value: nullable. */
GtkWidget *gum_detail_new_link        (const char *title,
                                       const char *value,
                                       const char *action);
/* A button in the group's header that leads to where the group is changed; @label says so to a screen reader. */
void       gum_detail_add_edit_button (GtkWidget  *group,
                                       const char *action,
                                       const char *label);
/* The group when anything was added to it, otherwise it is dropped. */
GtkWidget *gum_detail_finish_group    (GtkWidget  *group,
                                       gboolean    anything);

char      *gum_detail_dup_string      (gpointer    object,
                                       const char *property);
gboolean   gum_detail_get_boolean     (gpointer    object,
                                       const char *property);
gint64     gum_detail_get_int         (gpointer    object,
                                       const char *property);
GListModel *gum_detail_dup_list       (gpointer    object,
                                       const char *property);

G_END_DECLS
