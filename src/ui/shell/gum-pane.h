/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_PANE (gum_pane_get_type ())
G_DECLARE_FINAL_TYPE (GumPane, gum_pane, GUM, PANE, GtkWidget)

/* Holds one child and says that its natural width is "wanted-width", whatever the child says: so that the
 * leaflet around it folds at one known width, and not at another for every longer word. */
void gum_pane_set_child (GumPane   *self,
                         GtkWidget *child);

G_END_DECLS
