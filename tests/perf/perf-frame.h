/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gint64    perf_start_time        (int         *argc,
                                  char      ***argv);
void      perf_when_painted      (GtkWindow   *window,
                                  gboolean   (*ready) (GtkWindow *window),
                                  void       (*done)  (GtkWindow *window));
void      perf_watch_stalls      (void);
gint64    perf_take_longest_stall (void);
guint     perf_take_wake_ups     (void);
glong     perf_resident_kib      (void);

G_END_DECLS
