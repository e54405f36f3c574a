/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages say with grab_focus where the keyboard goes when they are shown. GTK asks the same function when
 * Tab comes to a page from outside, so that whoever went past the last widget came back to the middle, and
 * never to the header bar. With this, Tab goes from the first widget to the last, and nothing else. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-focus.h"

gboolean
gum_focus_child (GtkWidget        *widget,
                 GtkDirectionType  direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child != NULL && gtk_widget_child_focus (child, direction);
}
