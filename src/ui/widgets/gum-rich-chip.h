/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-pictures.h"
#include "gum-rich-text.h"

G_BEGIN_DECLS

#define GUM_TYPE_RICH_CHIP (gum_rich_chip_get_type ())
G_DECLARE_FINAL_TYPE (GumRichChip, gum_rich_chip, GUM, RICH_CHIP, GtkBox)

/* What stands in a text for something that is not words. A block's has a menu: "move" (by: -1 or 1), "remove". */
GtkWidget  *gum_rich_chip_new_for_block (const GumRichBlock *block,
                                         GumPictures        *pictures);
GtkWidget  *gum_rich_chip_new_for_run   (const GumRichRun   *run,
                                         GumPictures        *pictures);
gboolean    gum_rich_chip_is_own_host   (const char         *uri);

G_END_DECLS
