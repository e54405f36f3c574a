/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @dragged was dropped on @row, which is in the same list: it is to stand there from now on. */
typedef void (* GumRowDropped) (GtkWidget *row,
                                GtkWidget *dragged);

/* contract: rows of a list that are put into order by dragging. Keys or a menu must do the same. @picture: the part of
 * @row that goes with the pointer; NULL: all of it. */
void gum_row_drag_add (GtkWidget     *row,
                       GtkWidget     *picture,
                       GumRowDropped  dropped);

G_END_DECLS
