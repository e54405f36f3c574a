/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes a second, smoothed over some seconds. All times are monotonic, in microseconds. */
typedef struct {
  gint64  start;
  gint64  last;
  guint64 last_sent;
  double  rate;
} GumUploadMeter;

void   _gum_upload_meter_start    (GumUploadMeter       *self,
                                   gint64                now,
                                   guint64               sent);
void   _gum_upload_meter_update   (GumUploadMeter       *self,
                                   gint64                now,
                                   guint64               sent);
double _gum_upload_meter_estimate (const GumUploadMeter *self,
                                   guint64               bytes);

G_END_DECLS
