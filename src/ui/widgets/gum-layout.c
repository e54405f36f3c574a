/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the layout managers of this folder share.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-layout.h"

GtkWidget *
gum_layout_get_next (GtkWidget *child)
{
  do
    child = gtk_widget_get_next_sibling (child);
  while (child != NULL && !gtk_widget_should_layout (child));

  return child;
}

GtkWidget *
gum_layout_get_first (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child == NULL || gtk_widget_should_layout (child) ? child : gum_layout_get_next (child);
}
