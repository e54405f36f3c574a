/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program's own window, measured from within.
 *
 *   perf-window START first-frame     microseconds from START to the first frame with products, as the
 *                                     program starts: accounts and ledger from the user's directories
 *   perf-window START memory          resident KiB after scrolling to the end
 *   perf-window START sync API TOKEN  longest stall of the main loop, in microseconds, while a whole shop
 *                                     comes in
 *   perf-window START open N          microseconds from Return on a row to the frame that shows that product's
 *                                     page, and the longest stall of the main loop until it is closed again: a
 *                                     line a product, the first N of the list
 *   perf-window START idle            says "hidden" when the window is, and sleeps until it is ended: its
 *                                     wake-ups are counted from outside */

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "gum-application.h"
#include "gum-http.h"
#include "gum-product-detail.h"
#include "gum-ui.h"
#include "gum-window.h"
#include "perf-frame.h"

static gint64 start;
static const char *what;
static const char *api;
static const char *token;
static guint n_pages;
static guint n_opened;
static GumProduct *product;

static gboolean close_cb (gpointer window);

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find_list (GtkWidget *window)
{
  return find (window, GTK_TYPE_LIST_VIEW);
}

static GListModel *
get_model (GtkWidget *list)
{
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static gboolean
has_rows (GtkWindow *window)
{
  GtkWidget *list = find_list (GTK_WIDGET (window));
  GtkWidget *row = list != NULL ? gtk_widget_get_first_child (list) : NULL;

  return row != NULL && gtk_widget_get_mapped (row) && gtk_widget_get_height (row) > 0 &&
         g_list_model_get_n_items (get_model (list)) > 0;
}

static gboolean
scroll_cb (gpointer data)
{
  GtkWidget *list = find_list (data);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  static guint at_end;

  /* The list is longer than it was at first: a few more turns before its end is believed. */
  at_end = gtk_adjustment_get_value (adjustment) >= end ? at_end + 1 : 0;
  if (at_end < 30 || g_list_model_get_n_items (get_model (list)) < 1000)
    {
      gtk_adjustment_set_value (adjustment,
                                MIN (end, gtk_adjustment_get_value (adjustment) +
                                          gtk_adjustment_get_page_size (adjustment)));
      return G_SOURCE_CONTINUE;
    }

  g_print ("%ld\n", perf_resident_kib ());
  _exit (EXIT_SUCCESS);
}

static gboolean
shows_page (GtkWindow *window)
{
  GtkWidget *page = find (GTK_WIDGET (window), GUM_TYPE_PRODUCT_DETAIL);

  return page != NULL && gtk_widget_get_mapped (page) && gtk_widget_get_height (page) > 0 &&
         gum_product_detail_get_product (GUM_PRODUCT_DETAIL (page)) == product;
}

static void
opened_cb (GtkWindow *window)
{
  g_print ("%" G_GINT64_FORMAT " ", g_get_monotonic_time () - start);
  g_timeout_add (PERF_SETTLED_MS, close_cb, window);
}

static gboolean
open_cb (gpointer window)
{
  GtkWidget *list = find_list (window);

  g_clear_object (&product);
  product = g_list_model_get_item (get_model (list), n_opened);
  perf_take_longest_stall ();
  start = g_get_monotonic_time ();
  perf_when_painted (window, shows_page, opened_cb);
  g_signal_emit_by_name (list, "activate", n_opened++);

  return G_SOURCE_REMOVE;
}

static gboolean
closed_cb (gpointer window)
{
  g_print ("%" G_GINT64_FORMAT "\n", perf_take_longest_stall ());
  if (n_opened == n_pages)
    _exit (EXIT_SUCCESS);

  return open_cb (window);
}

static gboolean
close_cb (gpointer window)
{
  gum_window_go_back (window);
  g_timeout_add (PERF_SETTLED_MS, closed_cb, window);

  return G_SOURCE_REMOVE;
}

static gboolean
hide_cb (gpointer data)
{
  gtk_widget_set_visible (GTK_WIDGET (data), FALSE);
  g_print ("hidden\n");

  return G_SOURCE_REMOVE;
}

static void
painted_cb (GtkWindow *window)
{
  if (g_str_equal (what, "memory"))
    g_timeout_add (10, scroll_cb, window);
  else if (g_str_equal (what, "open"))
    {
      perf_watch_stalls ();
      g_timeout_add (PERF_SETTLED_MS, open_cb, window);
    }
  else if (g_str_equal (what, "idle"))
    g_timeout_add_seconds (5, hide_cb, window);
  else
    {
      g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
      _exit (EXIT_SUCCESS);
    }
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  perf_when_painted (window, has_rows, painted_cb);
}

static void
syncing_cb (GumStore *store)
{
  g_autoptr(GError) error = NULL;

  if (gum_store_get_syncing (store))
    return;

  if (gum_store_get_sync_error (store) != NULL)
    g_error ("The sync failed: %s", gum_store_get_sync_error (store)->message);
  g_print ("%" G_GINT64_FORMAT "\n", perf_take_longest_stall ());
  _exit (EXIT_SUCCESS);
}

/* The first pages are there and most of the shop is still to come. */
static void
sync_painted_cb (GtkWindow *window)
{
  GumStore *store = gum_shop_get_store (gum_window_get_shop (GUM_WINDOW (window)));

  if (!gum_store_get_syncing (store))
    g_error ("The sync was over before there was anything to see");
  g_signal_connect (store, "notify::syncing", G_CALLBACK (syncing_cb), NULL);
  perf_watch_stalls ();
}

static void
activate_sync_cb (GtkApplication *application)
{
  g_autofree char *folder = g_dir_make_tmp ("gum-perf-XXXXXX", NULL);
  GumAccounts *accounts = gum_accounts_new (folder);
  GSettings *settings = g_settings_new (GUM_INSTALLED_ID);
  g_autoptr(GumAccount) account = gum_accounts_add_sample (accounts, "Bench", api, token);
  GumWindow *window = gum_window_new (application, accounts, settings);

  perf_when_painted (GTK_WINDOW (window), has_rows, sync_painted_cb);
  gum_window_show_account (window, account);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(AdwApplication) application = NULL;

  start = perf_start_time (&argc, &argv);
  what = argc > 1 ? argv[1] : "first-frame";
  gum_http_init_process ();

  if (g_str_equal (what, "sync") && argc == 4)
    {
      api = argv[2];
      token = argv[3];
      gum_ui_init ();
      application = adw_application_new ("org.example.Gumroad.Bench", G_APPLICATION_NON_UNIQUE);
      g_application_set_resource_base_path (G_APPLICATION (application), "/org/example/Gumroad");
      g_signal_connect (application, "activate", G_CALLBACK (activate_sync_cb), NULL);
    }
  else
    {
      if (argc == 3)
        n_pages = atoi (argv[2]);
      application = ADW_APPLICATION (gum_application_new ());
      g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
    }

  return g_application_run (G_APPLICATION (application), 0, NULL);
}
