/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_CATEGORY_CHOOSER (gum_category_chooser_get_type ())
G_DECLARE_FINAL_TYPE (GumCategoryChooser, gum_category_chooser, GUM, CATEGORY_CHOOSER, AdwWindow)

/* contract: a modal window with Gumroad's categories. Signal "chosen" (const char *path), after which it closes itself. */
GtkWidget *gum_category_chooser_new (GumShop    *shop,
                                     const char *path);   /* nullable: the one that is chosen now */

G_END_DECLS
