/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_MAIN_MENU (gum_main_menu_get_type ())
G_DECLARE_FINAL_TYPE (GumMainMenu, gum_main_menu, GUM, MAIN_MENU, AdwBin)

/* What the page adds to the top of the menu, where there is no room for a button of its own. Before the
 * menu is first shown. */
void     gum_main_menu_set_page_menu (GumMainMenu *self,
                                      GMenuModel  *menu);

/* Opens the one main menu that can be seen within @root. Returns: whether there is one. */
gboolean gum_main_menu_popup         (GtkWidget   *root);

G_END_DECLS
