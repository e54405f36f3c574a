/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small things that pages and rows are built of.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-build.h"

GtkWidget *
gum_build_icon_button (const char *icon_name,
                       const char *label,
                       const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

GtkLabel *
gum_build_add_label (GtkWidget  *box,
                     const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

/* GTK 4.8 tells a window that was destroyed nothing more of its parent. One that still waits for an answer then would
 * look for the parent when it ends itself, wherever that is. */
void
gum_build_belong (GtkWindow *window)
{
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_destroy_with_parent (window, TRUE);
  g_signal_connect_after (window, "unrealize", G_CALLBACK (gtk_window_set_transient_for), NULL);
}
