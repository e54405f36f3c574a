/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One widget after the other, sized as in a GtkBox that is not homogeneous; its height follows from its width, never
 * the other way round. It is orientable. Properties: "spacing"; "width", for what is in it: words that can be broken
 * anywhere need not be set to be asked for one. */
#define GUM_TYPE_LINE_LAYOUT (gum_line_layout_get_type ())
G_DECLARE_FINAL_TYPE (GumLineLayout, gum_line_layout, GUM, LINE_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gum_line_layout_new (GtkOrientation orientation,
                                       int            spacing);

G_END_DECLS
