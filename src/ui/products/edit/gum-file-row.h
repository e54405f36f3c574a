/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-deliveries.h"
#include "gum-file-reach.h"
#include "gum-product.h"

G_BEGIN_DECLS

/* A file of the product with @product_id; @reach: who gets which of its files. @deliveries: NULL while the
 * ledger is closed.
 * Asks for the actions files.deliver, files.replace, files.rename and files.remove, each with its id. */
GtkWidget *gum_file_row_new (GumProductFile *file,
                             GumFileReach   *reach,
                             GumDeliveries  *deliveries,
                             const char     *product_id);

G_END_DECLS
