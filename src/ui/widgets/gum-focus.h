/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For the focus function of a widget with one child that has a grab_focus of its own. */
gboolean gum_focus_child (GtkWidget        *widget,
                          GtkDirectionType  direction);

G_END_DECLS
