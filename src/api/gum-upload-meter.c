/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast an upload goes, and how long the rest will take. */

#include "config.h"

#include "gum-upload-meter.h"

#include <math.h>

/* A change of the line is believed after so many seconds. */
#define MEMORY 5.0
/* At first the buffers of the system swallow everything at once, which says nothing of the line. */
#define WARM_UP (2 * G_USEC_PER_SEC)

void
_gum_upload_meter_start (GumUploadMeter *self,
                         gint64          now,
                         guint64         sent)
{
  *self = (GumUploadMeter) { .start = now, .last = now, .last_sent = sent };
}

/* @sent: bytes in all, which may be less than before. */
void
_gum_upload_meter_update (GumUploadMeter *self,
                          gint64          now,
                          guint64         sent)
{
  double seconds = (double) (now - self->last) / G_USEC_PER_SEC;
  double whole = (double) (now - self->start) / G_USEC_PER_SEC;
  double current, weight;

  if (seconds <= 0)
    return;

  /* What is sent a second time was not fast. */
  current = sent > self->last_sent ? (sent - self->last_sent) / seconds : 0;
  /* While there is little to remember, it is the mean of all there was. */
  weight = MAX (1 - exp (-seconds / MEMORY), seconds / whole);
  self->rate += (current - self->rate) * weight;
  self->last = now;
  self->last_sent = sent;
}

/* Seconds for so many bytes; -1: unknown. */
double
_gum_upload_meter_estimate (const GumUploadMeter *self,
                            guint64               bytes)
{
  if (bytes == 0)
    return 0;
  if (self->last - self->start < WARM_UP || self->rate < 1)
    return -1;

  return bytes / self->rate;
}
