/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Uploads take long, and nobody sits and watches them. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-delivery-watch.h"

#include "gum-window.h"

#include <glib/gi18n-lib.h>

#define WATCHED "gum-delivery-watch"

static GtkApplication *
get_application (void)
{
  GApplication *application = g_application_get_default ();

  return GTK_IS_APPLICATION (application) ? GTK_APPLICATION (application) : NULL;
}

static char *
dup_words (GumDelivery *delivery)
{
  g_autofree char *base = g_file_get_basename (gum_delivery_get_file (delivery));
  g_autofree char *name = g_filename_display_name (base);

  switch (gum_delivery_get_state (delivery))
    {
    case GUM_DELIVERY_DONE:
      if (gum_delivery_is_delivered (delivery))
        return g_strdup_printf (_("Buyers get “%s” now"), name);
      return g_strdup_printf (_("“%s” is attached, but not in the content yet"), name);
    case GUM_DELIVERY_FAILED:
      if (gum_delivery_is_uploaded (delivery))
        return g_strdup_printf (_("“%s” was uploaded, but is not in the product"), name);
      return g_strdup_printf (_("“%s” could not be uploaded"), name);
    case GUM_DELIVERY_UNCLEAR:
      return g_strdup_printf (_("Whether Gumroad has “%s” is not known"), name);
    case GUM_DELIVERY_CANCELLED:
    case GUM_DELIVERY_UPLOADING:
    case GUM_DELIVERY_ATTACHING:
    default:
      return NULL;
    }
}

static void
ended_cb (GumDeliveries *deliveries,
          GumDelivery   *delivery)
{
  GtkApplication *application = get_application ();
  GtkWindow *window = application != NULL ? gtk_application_get_active_window (application) : NULL;
  g_autofree char *words = dup_words (delivery);

  if (words == NULL || application == NULL)
    return;

  if (window != NULL && gtk_window_is_active (window) && GUM_IS_WINDOW (window))
    {
      gum_window_add_toast (GUM_WINDOW (window), words);
    }
  else
    {
      g_autoptr(GNotification) notification = g_notification_new (words);
      g_autofree char *id = g_strdup_printf ("delivery-%" G_GINT64_FORMAT,
                                             gum_delivery_get_created (delivery));

      if (gum_delivery_get_label (delivery) != NULL)
        g_notification_set_body (notification, gum_delivery_get_label (delivery));
      g_notification_set_default_action (notification, "app.show");
      g_application_send_notification (G_APPLICATION (application), id, notification);
    }
}

static void
uninhibit (gpointer data)
{
  GtkApplication *application = get_application ();

  if (application != NULL)
    gtk_application_uninhibit (application, GPOINTER_TO_UINT (data));
}

/* The machine may sleep again at the end of the last one, or of the deliveries: a store that closes while Gumroad
 * is being told of a file does not hear the end of it. */
static void
active_cb (GumDeliveries *deliveries)
{
  GtkApplication *application = get_application ();
  gboolean is_active = gum_deliveries_get_n_active (deliveries) > 0;
  gboolean is_inhibited = g_object_get_data (G_OBJECT (deliveries), WATCHED "-cookie") != NULL;
  guint cookie = 0;

  if (application == NULL || is_active == is_inhibited)
    return;

  if (is_active)
    cookie = gtk_application_inhibit (application, gtk_application_get_active_window (application),
                                      GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_LOGOUT,
                                      _("Files are being uploaded"));
  g_object_set_data_full (G_OBJECT (deliveries), WATCHED "-cookie", GUINT_TO_POINTER (cookie),
                          cookie != 0 ? uninhibit : NULL);
}

void
gum_delivery_watch_start (GumDeliveries *deliveries)
{
  g_return_if_fail (GUM_IS_DELIVERIES (deliveries));

  if (g_object_get_data (G_OBJECT (deliveries), WATCHED) != NULL)
    return;

  g_object_set_data (G_OBJECT (deliveries), WATCHED, GINT_TO_POINTER (TRUE));
  g_signal_connect (deliveries, "ended", G_CALLBACK (ended_cb), NULL);
  g_signal_connect (deliveries, "notify::n-active", G_CALLBACK (active_cb), NULL);
  active_cb (deliveries);
}
