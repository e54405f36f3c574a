/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-file-change.h"
#include "gum-product.h"

G_BEGIN_DECLS

/* contract: what is asked before a file of a product is changed. @wanted is called when it is to be, unless @page
 * is gone by then; it takes the change. */
typedef void (* GumFileWanted) (GtkWidget     *page,
                                GumFileChange *change);

void gum_file_dialogs_ask_remove  (GtkWidget      *page,
                                   GumProductFile *file,
                                   GumFileWanted   wanted);
/* @url: its canonical address; @description: as it was set last, nullable. */
void gum_file_dialogs_ask_rename  (GtkWidget      *page,
                                   GumProductFile *file,
                                   const char     *url,
                                   const char     *description,
                                   GumFileWanted   wanted);
/* Where each version of @product has content of its own. */
void gum_file_dialogs_ask_deliver (GtkWidget      *page,
                                   GumProductFile *file,
                                   GumProduct     *product,
                                   GumStore       *store,
                                   GumFileWanted   wanted);

G_END_DECLS
