/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For layout managers: the children that are to be given a place, one after the other. NULL: no more. */
GtkWidget *gum_layout_get_first (GtkWidget *widget);
GtkWidget *gum_layout_get_next  (GtkWidget *child);

G_END_DECLS
