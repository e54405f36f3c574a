/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The about window. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

char *
gum_about_dup_debug_info (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GdkDisplay *display = gdk_display_get_default ();

  return g_strdup_printf ("Gumroad %s (%s)\n"
                          "GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u\n"
                          "%s, %s",
                          GUM_VERSION, GUM_PROFILE,
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (),
                          adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          system != NULL ? system : "?",
                          display != NULL ? G_OBJECT_TYPE_NAME (display) : "?");
}

void
gum_about_present (GtkWindow *parent)
{
  g_autofree char *debug_info = gum_about_dup_debug_info ();
  GtkWidget *window;

  window = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                         "application-name", _("Gumroad"),
                         "application-icon", GUM_INSTALLED_ID,
                         "version", GUM_VERSION,
                         "developer-name", _("The contributors"),
                         "comments", _("A Gumroad shop on the desktop, at once and offline. Not made "
                                       "by Gumroad, Inc."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your names here, one a line */
                         "translator-credits", _("translator-credits"),
                         "debug-info", debug_info,
                         "debug-info-filename", "gumroad-debug-info.txt",
                         NULL);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), parent != NULL);
  gtk_window_present (GTK_WINDOW (window));
}
