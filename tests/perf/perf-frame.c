/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a frame was really painted. */

#include "perf-frame.h"

#include <string.h>

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
