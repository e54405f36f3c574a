/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said when many writes were given to the queue: how many they are, and where they can be seen. The
 * window that asked for them has closed. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sent-toast.h"

#include "gum-section.h"

#include <glib/gi18n-lib.h>

/* Who goes to look needs not be told any more. */
static void
left_cb (GtkWidget *widget,
         AdwToast  *toast)
{
  adw_toast_dismiss (toast);
}

static void
clicked_cb (GtkWidget *widget,
            AdwToast  *toast)
{
  g_signal_handlers_disconnect_by_func (widget, left_cb, toast);
  gtk_widget_activate_action (widget, "win.section", "s", "activity");
}

void
gum_sent_toast_show (GtkWidget  *widget,
                     const char *text)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  toast = gum_section_add_toast_with_button (widget, text, _("_Show"));
  if (toast == NULL)
    return;
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (clicked_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (widget, "unmap", G_CALLBACK (left_cb), toast, 0);
}
