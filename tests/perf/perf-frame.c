/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the measuring programs share: when a frame was really painted, how long the main loop was busy
 * in one go, how much memory is resident. */

#include "perf-frame.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  GtkWindow *window;
  gboolean (*ready) (GtkWindow *window);
  void     (*done)  (GtkWindow *window);
} Painted;

/* The first argument is the moment at which the process was started, in microseconds of the monotonic
 * clock, taken by whoever started it. It is removed from the arguments. */
gint64
perf_start_time (int    *argc,
                 char ***argv)
{
  gint64 start;

  if (*argc < 2)
    return g_get_monotonic_time ();

  start = g_ascii_strtoll ((*argv)[1], NULL, 10);
  memmove (*argv + 1, *argv + 2, sizeof (char *) * (*argc - 1));
  (*argc)--;

  return start;
}

/* What has been laid out by now was painted in the frame that has just ended. */
static void
after_paint_cb (GdkFrameClock *clock,
                Painted       *painted)
{
  if (painted->ready == NULL || painted->ready (painted->window))
    {
      g_signal_handlers_disconnect_by_data (clock, painted);
      painted->done (painted->window);
      g_free (painted);
    }
}

static void
realize_cb (GtkWidget *widget,
            Painted   *painted)
{
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint",
                    G_CALLBACK (after_paint_cb), painted);
}

/* Calls @done after the first frame that shows what @ready asks for (NULL: any frame). */
void
perf_when_painted (GtkWindow *window,
                   gboolean (*ready) (GtkWindow *window),
                   void     (*done) (GtkWindow *window))
{
  Painted *painted = g_new0 (Painted, 1);

  painted->window = window;
  painted->ready = ready;
  painted->done = done;
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (GTK_WIDGET (window), painted);
  else
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), painted);
}

/* A source that only listens: between its check() and the next prepare() the loop was dispatching. */
static gint64 busy_since;
static gint64 longest_stall;
static guint n_wake_ups;

static gboolean
stall_prepare (GSource *source,
               int     *timeout)
{
  if (busy_since != 0)
    longest_stall = MAX (longest_stall, g_get_monotonic_time () - busy_since);
  *timeout = -1;

  return FALSE;
}

static gboolean
stall_check (GSource *source)
{
  busy_since = g_get_monotonic_time ();
  n_wake_ups++;

  return FALSE;
}

static gboolean
stall_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return G_SOURCE_CONTINUE;
}

void
perf_watch_stalls (void)
{
  static GSourceFuncs funcs = { stall_prepare, stall_check, stall_dispatch, NULL, };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_priority (source, G_MININT);
  g_source_attach (source, NULL);
}

/* Microseconds; starts anew. */
gint64
perf_take_longest_stall (void)
{
  gint64 longest = longest_stall;

  longest_stall = 0;

  return longest;
}

/* How often the loop came back from waiting; starts anew. */
guint
perf_take_wake_ups (void)
{
  guint n = n_wake_ups;

  n_wake_ups = 0;

  return n;
}

glong
perf_resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");

  return line != NULL ? strtol (line + strlen ("VmRSS:"), NULL, 10) : 0;
}
