/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever takes the focus has a name that is read aloud, and a button with a picture only says by a tooltip
 * what it does. */

#include "config.h"

#include "names-test.h"

#include <adwaita.h>

static gboolean
has_text (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && *gtk_label_get_text (GTK_LABEL (root)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_text (child))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
complain (GtkWidget  *widget,
          const char *place,
          const char *what)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *above = gtk_widget_get_parent (parent);
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  g_test_message ("%s: %s %s (%s in %s in %s)", place, what, G_OBJECT_TYPE_NAME (widget),
                  id != NULL ? id : "-", G_OBJECT_TYPE_NAME (parent),
                  above != NULL ? G_OBJECT_TYPE_NAME (above) : "-");
  g_test_fail ();
}

static gboolean
is_part_of_row (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (gtk_widget_get_parent (widget), ADW_TYPE_COMBO_ROW) != NULL ||
         gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) != NULL;
}

static void
check_widget (GtkWidget  *widget,
              const char *place)
{
  GtkWidget *drop_down = gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN);
  gboolean is_row = GTK_IS_LIST_BOX_ROW (widget);
  gboolean is_item = GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget));
  gboolean is_button = GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget);

  /* The outer one is what is named. */
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) ==
      GTK_ACCESSIBLE_ROLE_PRESENTATION)
    return;
  if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
    return;
  if (drop_down != NULL && drop_down != widget)
    return;
  if (GTK_IS_LIST_BOX (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP))
    return;

  if (is_button || is_row || is_item || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
      GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
      GTK_IS_SPIN_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SCALE (widget) ||
      GTK_IS_PROGRESS_BAR (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget))
    {
      if (!is_named (widget) && !((is_button || is_row) && has_text (widget)))
        complain (widget, place, "without a name:");
    }
  if (is_button && !has_text (widget) && gtk_widget_get_tooltip_text (widget) == NULL)
    complain (widget, place, "without a tooltip:");
}

void
names_check (GtkWidget  *root,
             const char *place)
{
  if (GTK_IS_WINDOW_CONTROLS (root) || !gtk_widget_get_mapped (root) ||
      (gtk_widget_get_parent (root) != NULL && is_part_of_row (root)))
    return;
  if (gtk_widget_get_parent (root) != NULL)
    check_widget (root, place);
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    names_check (child, place);
}
