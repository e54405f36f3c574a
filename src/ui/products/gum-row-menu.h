/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has the list view @view show a row's menu: by the other button, a long press, Menu or Shift+F10. */
void gum_row_menu_attach (GtkWidget *view);

G_END_DECLS
