/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a product's page are made of: boxed lists of plain text. Whatever a seller typed is
 * shown as it is; none of it is taken for markup.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-line-layout.h"

#include "gum-build.h"

/* A value up to this length stands at the end of its row, a longer one under the title. */
#define SHORT_VALUE 22

/* As libadwaita spaces what is in a row, and the lines of its title. */
#define ROW_SPACING   6
#define TITLE_SPACING 3

GtkWidget *
gum_detail_new_group (const char *title,
                      const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped_title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return group;
}

/* Of a row's box, and of the box in it that has the title. */
static void
lay_out_lines (GtkWidget *box)
{
  gtk_widget_set_layout_manager (box, gum_line_layout_new (GTK_ORIENTATION_HORIZONTAL, ROW_SPACING));
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_has_css_class (child, "title"))
        gtk_widget_set_layout_manager (child, gum_line_layout_new (GTK_ORIENTATION_VERTICAL,
                                                                   TITLE_SPACING));
    }
}

GtkWidget *
gum_detail_new_row (const char *title,
                    const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *sentence = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  lay_out_lines (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  if (value == NULL || *value == '\0')
    return row;

  sentence = g_strdup_printf ("%s: %s", title, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  if (g_utf8_strlen (value, -1) <= SHORT_VALUE && strchr (value, '\n') == NULL)
    {
      GtkWidget *label = gtk_label_new (value);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (value, -1), 14));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  else
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
    }
  return row;
}

GtkWidget *
gum_detail_new_nothing (const char *text)
{
  GtkWidget *row = gum_detail_new_row (text, NULL);

  gtk_widget_add_css_class (row, "dim-label");
  return row;
}

GtkWidget *
gum_detail_new_link (const char *title,
                     const char *value,
                     const char *action)
{
  GtkWidget *row = gum_detail_new_row (title, value);
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "icon-name", "go-next-symbolic",
                                   NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  return row;
}

void
gum_detail_add_edit_button (GtkWidget  *group,
                            const char *action,
                            const char *label)
{
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group),
                                           gum_build_icon_button ("document-edit-symbolic", label,
                                                                       action));
}

gboolean
gum_detail_add_row (GtkWidget  *group,
                    const char *title,
                    const char *value)
{
  if (value == NULL || *value == '\0')
    return FALSE;
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), gum_detail_new_row (title, value));
  return TRUE;
}

GtkWidget *
gum_detail_new_text (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "label", text,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       "xalign", 0.0f,
                       NULL);
}

GtkWidget *
gum_detail_finish_group (GtkWidget *group,
                         gboolean   anything)
{
  if (anything)
    return group;
  g_object_ref_sink (group);
  g_object_unref (group);
  return NULL;
}

char *
gum_detail_dup_string (gpointer    object,
                       const char *property)
{
  char *value = NULL;

  g_object_get (object, property, &value, NULL);
  if (value != NULL && *value == '\0')
    g_clear_pointer (&value, g_free);
  return value;
}

gboolean
gum_detail_get_boolean (gpointer    object,
                        const char *property)
{
  gboolean value = FALSE;

  g_object_get (object, property, &value, NULL);
  return value;
}

gint64
gum_detail_get_int (gpointer    object,
                    const char *property)
{
  gint64 value = 0;

  g_object_get (object, property, &value, NULL);
  return value;
}

GListModel *
gum_detail_dup_list (gpointer    object,
                     const char *property)
{
  GListModel *value = NULL;

  g_object_get (object, property, &value, NULL);
  return value;
}
