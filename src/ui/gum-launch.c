/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening addresses in the system's browser, and copying what a browser could not be opened for. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-launch.h"

#include "gum-section.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget *widget;
  char      *uri;
} Launch;

static void
launch_free (Launch *launch)
{
  g_object_unref (launch->widget);
  g_free (launch->uri);
  g_free (launch);
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Launch *launch = data;
  g_autoptr(GError) error = NULL;

  if (!gum_launch_finish (result, &error))
    gum_launch_copy (launch->widget, launch->uri,
                     _("No browser could be opened; the address was copied"));
  launch_free (launch);
}

void
gum_launch_async (GtkWidget           *widget,
                  const char          *uri,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr(GdkAppLaunchContext) context = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (uri != NULL);

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), cancellable,
                                           callback, user_data);
}

gboolean
gum_launch_finish (GAsyncResult  *result,
                   GError       **error)
{
  return g_app_info_launch_default_for_uri_finish (result, error);
}

void
gum_launch_or_copy (GtkWidget  *widget,
                    const char *uri)
{
  Launch *launch;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (uri != NULL);

  launch = g_new (Launch, 1);
  launch->widget = g_object_ref (widget);
  launch->uri = g_strdup (uri);
  gum_launch_async (widget, uri, NULL, launched_cb, launch);
}

void
gum_launch_copy (GtkWidget  *widget,
                 const char *text,
                 const char *toast)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  if (toast != NULL)
    gum_section_add_toast (widget, toast);
}
