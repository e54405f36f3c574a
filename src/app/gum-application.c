/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application: one process, one window, the registry of accounts, and the sample store's server
 * while that is open. */

#define G_LOG_DOMAIN "gum-app"

#include "config.h"

#include "gum-application.h"

#include "gum-accounts.h"
#include "gum-errors.h"
#include "gum-paths.h"
#include "gum-sandbox.h"
#include "gum-ui.h"
#include "gum-window-actions.h"
#include "gum-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <malloc.h>
#include <signal.h>

#define SAMPLE_PRODUCTS 48
#define SAMPLE_SALES 400
#define SAMPLE_SEED 20
/* After the window was made, until what only that needed is given back to the system. */
#define TRIM_SECONDS 4

struct _GumApplication
{
  AdwApplication parent_instance;

  /* Owned */
  GumAccounts *accounts;
  GSettings   *settings;
  GumSandbox  *sandbox;         /* while the sample store is open */
  GumAccount  *sample;

  /* Borrowed: the application's list of windows owns it */
  GumWindow   *window;

  /* State */
  guint        sigterm_source;
  guint        sigint_source;
  guint        trim_source;
};

G_DEFINE_FINAL_TYPE (GumApplication, gum_application, ADW_TYPE_APPLICATION)

/* The sample account is the last to go; its server goes with it. */
static void
accounts_changed_cb (GumApplication *self)
{
  if (self->sample == NULL ||
      gum_accounts_find (self->accounts, gum_account_get_id (self->sample)) != NULL)
    return;

  g_clear_object (&self->sample);
  if (self->sandbox != NULL)
    gum_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
}

static void
ensure_accounts (GumApplication *self)
{
  g_autofree char *folder = NULL;

  if (self->accounts != NULL)
    return;

  folder = gum_paths_dup_data (NULL);
  self->accounts = gum_accounts_new (folder);
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
trim_cb (gpointer data)
{
  GUM_APPLICATION (data)->trim_source = 0;
#ifdef M_ARENA_MAX
  malloc_trim (0);
#endif

  return G_SOURCE_REMOVE;
}

static GumWindow *
ensure_window (GumApplication *self)
{
  if (self->window != NULL)
    return self->window;

  ensure_accounts (self);
  self->window = gum_window_new (GTK_APPLICATION (self), self->accounts, self->settings);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  if (self->trim_source == 0)
    self->trim_source = g_timeout_add_seconds (TRIM_SECONDS, trim_cb, self);

  return self->window;
}

static gboolean
signal_cb (gpointer data)
{
  gum_application_shut_down (data);

  return G_SOURCE_CONTINUE;
}

static int
gum_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  g_autoptr(GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Gumroad %s\n", GUM_VERSION);
      return 0;
    }

  if (g_variant_dict_contains (options, "demo"))
    {
      /* The instance that runs already opens it, if there is one. */
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "open-sample", NULL);
    }

  return -1;
}

static void
gum_application_startup (GApplication *application)
{
  GumApplication *self = GUM_APPLICATION (application);

  G_APPLICATION_CLASS (gum_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (GUM_INSTALLED_ID);
  self->settings = g_settings_new (GUM_INSTALLED_ID);
  gum_application_add_actions (self);
  gum_window_install_accels (GTK_APPLICATION (self));
  self->sigterm_source = g_unix_signal_add (SIGTERM, signal_cb, self);
  self->sigint_source = g_unix_signal_add (SIGINT, signal_cb, self);
}

static void
gum_application_activate (GApplication *application)
{
  gum_application_show (GUM_APPLICATION (application));
}

static void
gum_application_shutdown (GApplication *application)
{
  GumApplication *self = GUM_APPLICATION (application);

  g_clear_handle_id (&self->sigterm_source, g_source_remove);
  g_clear_handle_id (&self->sigint_source, g_source_remove);
  g_clear_handle_id (&self->trim_source, g_source_remove);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->sandbox != NULL)
    gum_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->sample);

  G_APPLICATION_CLASS (gum_application_parent_class)->shutdown (application);
}

static void
gum_application_dispose (GObject *object)
{
  GumApplication *self = GUM_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (gum_application_parent_class)->dispose (object);
}

static void
gum_application_class_init (GumApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = gum_application_dispose;
  application_class->handle_local_options = gum_application_handle_local_options;
  application_class->startup = gum_application_startup;
  application_class->activate = gum_application_activate;
  application_class->shutdown = gum_application_shutdown;
}

static void
gum_application_init (GumApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the sample store"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* Pango finds fonts in threads that end at once, and by itself glibc gives each of them a heap, which stays.
 * A few are enough for the main loop and the ledger's threads not to wait for one another. */
static void
share_heaps (void)
{
#ifdef M_ARENA_MAX
  mallopt (M_ARENA_MAX, 4);
#endif
}

GumApplication *
gum_application_new (void)
{
  share_heaps ();
  /* Before the class of the application looks for its style sheet. */
  gum_ui_init ();

  return g_object_new (GUM_TYPE_APPLICATION,
                       "application-id", GUM_APPLICATION_ID,
                       "flags", G_APPLICATION_DEFAULT_FLAGS,
                       "resource-base-path", "/org/example/Gumroad",
                       NULL);
}

void
gum_application_show (GumApplication *self)
{
  GumWindow *window;
  gboolean is_new;

  g_return_if_fail (GUM_IS_APPLICATION (self));

  if (self->window != NULL && gum_window_come_back (self->window))
    return;

  is_new = self->window == NULL;
  window = ensure_window (self);
  if (is_new)
    gum_window_show_first (window);
  g_application_withdraw_notification (G_APPLICATION (self), "signed-in");
  gtk_window_present (GTK_WINDOW (window));
}

void
gum_application_open_sample (GumApplication *self)
{
  GumWindow *window;

  g_return_if_fail (GUM_IS_APPLICATION (self));

  if (self->window != NULL && gum_window_come_back (self->window))
    return;

  window = ensure_window (self);
  if (self->sample == NULL)
    {
      const GumSandboxOptions options = {
        .port = 0,
        .n_products = SAMPLE_PRODUCTS,
        .n_sales = SAMPLE_SALES,
        .seed = SAMPLE_SEED,
      };
      g_autoptr(GError) error = NULL;

      self->sandbox = gum_sandbox_new (&options);
      if (!gum_sandbox_start (self->sandbox, &error))
        {
          g_warning ("The sample store cannot be opened: %s", error->message);
          g_clear_object (&self->sandbox);
          gum_application_show (self);
          gum_window_show_first (window);
          gum_window_add_toast (window, _("The sample store could not be opened"));
          return;
        }

      self->sample = gum_accounts_add_sample (self->accounts, _("Sample Store"),
                                              gum_sandbox_get_api_url (self->sandbox),
                                              gum_sandbox_get_access_token (self->sandbox));
    }

  gum_window_show_account (window, self->sample);
  gtk_window_present (GTK_WINDOW (window));
}

void
gum_application_shut_down (GumApplication *self)
{
  g_return_if_fail (GUM_IS_APPLICATION (self));

  if (self->window != NULL)
    {
      gum_window_save_state (self->window);
      if (gum_window_finish (self->window))
        return;
      gum_window_shut_down (self->window);
    }
  g_application_quit (G_APPLICATION (self));
}

void
gum_application_close (GumApplication *self)
{
  GList *windows;

  g_return_if_fail (GUM_IS_APPLICATION (self));

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));

  /* It stays if it has to ask something first; the program then ends with it. */
  windows = gtk_application_get_windows (GTK_APPLICATION (self));
  if (self->window == NULL || g_list_find (windows, self->window) == NULL)
    g_application_quit (G_APPLICATION (self));
}
