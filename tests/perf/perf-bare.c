/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The floor: an empty libadwaita window of the size of ours.
 *
 *   perf-bare START first-frame    prints microseconds from START to the first frame
 *   perf-bare START stall SECONDS  prints the longest stall of the main loop, in microseconds
 *   perf-bare START memory         prints resident memory after the first frame, in KiB
 *   perf-bare START frame N        prints microseconds from a change of its colour to the frame with it, a
 *                                line a frame */

#include <adwaita.h>
#include <stdlib.h>
#include <unistd.h>

#include "perf-frame.h"

static gint64 start;
static const char *what;
static guint number = 1;
static gint64 asked;
static GtkWidget *box;

static void frame_cb (GtkWindow *window);

static gboolean
stall_over_cb (gpointer data)
{
  g_print ("%" G_GINT64_FORMAT "\n", perf_take_longest_stall ());
  _exit (EXIT_SUCCESS);
}

static gboolean
ask_cb (gpointer window)
{
  asked = g_get_monotonic_time ();
  perf_when_painted (window, NULL, frame_cb);
  /* Another colour: what has not changed is not painted again. */
  if (gtk_widget_has_css_class (box, "view"))
    gtk_widget_remove_css_class (box, "view");
  else
    gtk_widget_add_css_class (box, "view");

  return G_SOURCE_REMOVE;
}

static void
frame_cb (GtkWindow *window)
{
  if (asked != 0)
    {
      g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - asked);
      number--;
    }
  if (number == 0)
    _exit (EXIT_SUCCESS);
  g_timeout_add (PERF_SETTLED_MS, ask_cb, window);
}

static void
painted_cb (GtkWindow *window)
{
  if (g_str_equal (what, "frame"))
    {
      frame_cb (window);
      return;
    }
  if (g_str_equal (what, "stall"))
    {
      perf_watch_stalls ();
      g_timeout_add_seconds (number, stall_over_cb, NULL);
      return;
    }

  if (g_str_equal (what, "memory"))
    g_print ("%ld\n", perf_resident_kib ());
  else
    g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
  _exit (EXIT_SUCCESS);
}

static void
activate_cb (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new ("Floor"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  perf_when_painted (GTK_WINDOW (window), NULL, painted_cb);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(AdwApplication) application = NULL;

  start = perf_start_time (&argc, &argv);
  what = argc > 1 ? argv[1] : "first-frame";
  if (argc > 2)
    number = atoi (argv[2]);

  application = adw_application_new ("org.example.Gumroad.Floor", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), 0, NULL);
}
