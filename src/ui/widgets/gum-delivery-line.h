/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-delivery.h"

G_BEGIN_DECLS

#define GUM_TYPE_DELIVERY_LINE (gum_delivery_line_get_type ())
G_DECLARE_FINAL_TYPE (GumDeliveryLine, gum_delivery_line, GUM, DELIVERY_LINE, GtkListBoxRow)

/* contract: a file on its way: how far it is, how fast, how long yet; Cancel, Retry, and what went wrong. @with_product:
 * names the product as well. */
GtkWidget *gum_delivery_line_new (GumDelivery *delivery,
                                 gboolean     with_product);
GumDelivery *gum_delivery_line_get_delivery (GumDeliveryLine *self);

G_END_DECLS
