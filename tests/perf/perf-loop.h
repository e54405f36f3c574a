/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   perf_watch_stalls       (void);
gint64 perf_take_longest_stall (void);
glong  perf_resident_kib       (void);

G_END_DECLS
