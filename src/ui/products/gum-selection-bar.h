/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_SELECTION_BAR (gum_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (GumSelectionBar, gum_selection_bar, GUM, SELECTION_BAR, AdwBin)

/* Property: "list" (GumProductList, weak). Asks for the action "products.select". */

G_END_DECLS
