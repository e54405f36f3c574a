/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the windows say, for the log of a test that waits in vain: it may be all that there is of a failure
 * that came once, on a machine of somebody else. */

#include "config.h"

#include "describe-test.h"

static void
describe (GtkWidget *widget,
          GString   *text)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, " “%s”%s", gtk_label_get_text (GTK_LABEL (widget)),
                            gtk_widget_is_sensitive (widget) ? "" : " (insensitive)");
  else if (GTK_IS_TEXT (widget))
    g_string_append_printf (text, " [%s]", gtk_editable_get_text (GTK_EDITABLE (widget)));
  else if (GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget)))
    g_string_append (text, " (spinner)");
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe (child, text);
}

char *
describe_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWidget *focus = gtk_window_get_focus (window);

      g_string_append_printf (text, "%s “%s”%s%s, keyboard at %s:", G_OBJECT_TYPE_NAME (window),
                              gtk_window_get_title (window),
                              gtk_widget_get_mapped (GTK_WIDGET (window)) ? "" : ", hidden",
                              gtk_window_is_active (window) ? ", active" : "",
                              focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing");
      describe (GTK_WIDGET (window), text);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
