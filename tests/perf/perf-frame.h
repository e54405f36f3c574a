/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "perf-loop.h"

G_BEGIN_DECLS

/* After this long without anything to do a window has drawn all it wanted to. */
#define PERF_SETTLED_MS 400

gint64 perf_start_time   (int         *argc,
                          char      ***argv);
void   perf_when_painted (GtkWindow   *window,
                          gboolean   (*ready) (GtkWindow *window),
                          void       (*done)  (GtkWindow *window));

G_END_DECLS
