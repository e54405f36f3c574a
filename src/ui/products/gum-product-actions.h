/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-product.h"

G_BEGIN_DECLS

/* What a row, the list and the product's page do alike. @widget: where it was asked for. */
void       gum_product_actions_open_browser (GtkWidget  *widget,
                                             GumProduct *product);
void       gum_product_actions_copy_link    (GtkWidget  *widget,
                                             GumProduct *product);
void       gum_product_actions_open_uri     (GtkWidget  *widget,
                                             const char *uri);

/* A press on @button opens @uri. */
void       gum_product_actions_link_button  (GtkWidget  *button,
                                             const char *uri);

/* The mark beside the word that says the state: full, a ring, or crossed out in colour and in shape. */
GtkWidget *gum_product_actions_new_dot      (void);
void       gum_product_actions_style_dot    (GtkWidget  *dot,
                                             GumProduct *product);

G_END_DECLS
