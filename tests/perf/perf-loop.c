/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main loop was busy in one go, and how much memory is resident. */

#include "perf-loop.h"

#include <stdlib.h>
#include <string.h>

/* A source that only listens: between its check() and the next prepare() the loop was dispatching. */
static gint64 busy_since;
static gint64 longest_stall;

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
