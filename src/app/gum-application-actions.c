/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the application can do; exported over D-Bus, so that notifications and other programs can ask
 * for it while no window is open. */

#define G_LOG_DOMAIN "gum-app"

#include "config.h"

#include "gum-application.h"

#include "gum-about.h"
#include "gum-preferences.h"
#include "gum-window.h"

static void
show_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  gum_application_show (data);
}

static void
open_sample_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  gum_application_open_sample (data);
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  GtkWindow *window;

  gum_application_show (data);
  window = gtk_application_get_active_window (data);
  if (GUM_IS_WINDOW (window))
    gtk_window_present (GTK_WINDOW (gum_preferences_new (GUM_WINDOW (window))));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  gum_application_show (data);
  gum_about_present (gtk_application_get_active_window (data));
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  gum_application_close (data);
}

static const GActionEntry entries[] = {
  { "show", show_action },
  { "open-sample", open_sample_action },
  { "preferences", preferences_action },
  { "about", about_action },
  { "quit", quit_action },
};

void
gum_application_add_actions (GumApplication *self)
{
  g_return_if_fail (GUM_IS_APPLICATION (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
