/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with a field of a form, or worth knowing about it: rows of entries have no line for that.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-field-note.h"

GtkWidget *
gum_field_note_new (void)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "gum-form-note");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);

  return row;
}

void
gum_field_note_show (GtkWidget  *note,
                     GtkWidget  *field,
                     const char *text,
                     gboolean    wrong)
{
  GtkWidget *label = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (note));

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (note, text != NULL);
  if (wrong)
    {
      gtk_widget_add_css_class (field, "error");
      gtk_widget_add_css_class (label, "error");
    }
  else
    {
      gtk_widget_remove_css_class (field, "error");
      gtk_widget_remove_css_class (label, "error");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}
