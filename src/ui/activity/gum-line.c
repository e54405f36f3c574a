/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the rows of Activity have in common. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-line.h"

#include "gum-build.h"

#include <glib/gi18n-lib.h>

void
gum_line_build (GumLine       *line,
                GtkListBoxRow *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  line->row = row;
  line->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  line->icon = gtk_image_new ();
  gtk_widget_set_visible (line->icon, FALSE);
  gtk_box_append (GTK_BOX (line->box), line->icon);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  line->title = gum_build_add_label (texts, NULL);
  line->text = gum_build_add_label (texts, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (line->text), "caption");
  line->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Progress"), -1);
  gtk_widget_set_visible (line->bar, FALSE);
  gtk_box_append (GTK_BOX (texts), line->bar);
  gtk_box_append (GTK_BOX (line->box), texts);

  gtk_widget_add_css_class (line->box, "gum-line");
  gtk_list_box_row_set_child (row, line->box);
}

void
gum_line_show (GumLine    *line,
               const char *title,
               const char *text)
{
  g_autofree char *sentence = g_strdup_printf ("%s: %s", title, text);

  gtk_label_set_text (line->title, title);
  gtk_label_set_text (line->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

void
gum_line_set_icon (GumLine    *line,
                   const char *icon_name,
                   const char *css_class)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (line->icon), icon_name);
  gtk_widget_set_css_classes (line->icon, classes);
  gtk_widget_set_visible (line->icon, icon_name != NULL);
}

void
gum_line_set_progress (GumLine *line,
                       double   fraction)
{
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (line->bar), CLAMP (fraction, 0, 1));
  gtk_widget_set_visible (line->bar, fraction >= 0);
}

void
gum_line_add_button (GumLine    *line,
                     const char *icon_name,
                     const char *label,
                     const char *action_name)
{
  GtkWidget *button = gum_build_icon_button (icon_name, label, action_name);

  g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (line->box), button);
}

char *
gum_line_dup_product_name (GumStore   *store,
                           const char *product_id,
                           const char *label)
{
  g_autoptr(GumProduct) product = product_id != NULL ? gum_store_dup_product (store, product_id) : NULL;
  const char *name = product != NULL ? gum_product_get_name (product) : NULL;

  if (name == NULL || *name == '\0')
    name = label;

  return g_strdup (name != NULL && *name != '\0' ? name : _("Untitled"));
}
