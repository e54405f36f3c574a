/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Around one scrolled window, which is then as high as there is room, whatever is in it. */
#define GUM_TYPE_PAGE_LAYOUT (gum_page_layout_get_type ())
G_DECLARE_FINAL_TYPE (GumPageLayout, gum_page_layout, GUM, PAGE_LAYOUT, GtkLayoutManager)

G_END_DECLS
