/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One widget after the other, as words are set: what does not fit into a line any more begins the next one. A child
 * that expands has what is left of its line. Property: "spacing", between widgets and between lines. */
#define GUM_TYPE_FLOW_LAYOUT (gum_flow_layout_get_type ())
G_DECLARE_FINAL_TYPE (GumFlowLayout, gum_flow_layout, GUM, FLOW_LAYOUT, GtkLayoutManager)

G_END_DECLS
