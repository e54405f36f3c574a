/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With letters twice as large, or in a language with longer words, a button's text is wider than a phone.
 * GTK 4.8's buttons cannot wrap it and libadwaita's groups cut their titles; their labels can. A row's buttons are
 * short, and the row would rather break their words than give them room. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-wrap.h"

static void
wrap (GtkLabel *label)
{
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}

void
gum_wrap_words (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_ancestor (root, GTK_TYPE_BUTTON) != NULL &&
      gtk_widget_get_ancestor (root, GTK_TYPE_LIST_BOX_ROW) == NULL)
    {
      wrap (GTK_LABEL (root));
      gtk_label_set_justify (GTK_LABEL (root), GTK_JUSTIFY_CENTER);
    }
  else if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "heading") &&
           gtk_widget_get_ancestor (root, ADW_TYPE_PREFERENCES_GROUP) != NULL)
    wrap (GTK_LABEL (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gum_wrap_words (child);
}
