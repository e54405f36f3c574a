/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gumroad's limits on `PUT /products/:id`, as a table, and the times of what was sent.
 *
 * Gumroad counts in windows that begin when they like. Whoever never sends more within any window of
 * that length is below the limit wherever they begin. Whether the products are counted together or
 * each by itself is not known for sure; together is the safe reading.
 *
 * Of discount codes and the like no limit is known. Nobody knows either what Gumroad thinks of hundreds of
 * them at once, so they go one a second. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-pace.h"

static const struct {
  guint  n;            /* so many … */
  gint64 seconds;      /* … within this time */
} limits[] = {
  { 30, 60 },
  { 60, 64 },
  { 90, 512 },
  { 120, 4096 },
  { 150, 32768 },
  { 180, 262144 },
};

#define MAX_COUNTED 180
/* Their clock and the way there. */
#define MARGIN 1
/* Between the beginnings of two writes of short lists. */
#define LISTED_SECONDS 1

struct _GumPace
{
  GArray *times;       /* of gint64, ascending: the last that matter */
  gint64  listed;      /* when the last write of a short list was sent; 0: none was */
  double  scale;
};

GumPace *
gum_pace_new (void)
{
  GumPace *self = g_new0 (GumPace, 1);

  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->scale = 1;

  return self;
}

void
gum_pace_free (GumPace *self)
{
  g_array_unref (self->times);
  g_free (self);
}

/* For tests: a second takes @scale seconds. */
void
gum_pace_set_scale (GumPace *self,
                    double   scale)
{
  self->scale = scale;
}

static gint64
get_length (GumPace *self,
            guint    limit)
{
  return (limits[limit].seconds + MARGIN) * G_USEC_PER_SEC * self->scale;
}

/* How far back it matters what was sent. */
gint64
gum_pace_get_memory (GumPace *self)
{
  return get_length (self, G_N_ELEMENTS (limits) - 1);
}

static void
add (GArray *times,
     gint64  time)
{
  /* They come in order, but for what is read from the ledger, and a clock of theirs. */
  if (times->len > 0)
    time = MAX (time, g_array_index (times, gint64, times->len - 1));
  g_array_append_val (times, time);
}

void
gum_pace_add (GumPace *self,
              gint64   time)
{
  add (self->times, time);
  if (self->times->len > MAX_COUNTED)
    g_array_remove_range (self->times, 0, self->times->len - MAX_COUNTED);
}

static gint64
get_next (GumPace *self,
          GArray  *times,
          gint64   now)
{
  gint64 next = now;

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      if (times->len >= limits[i].n)
        next = MAX (next, g_array_index (times, gint64, times->len - limits[i].n) +
                          get_length (self, i));
    }

  return next;
}

/* When the next one may be sent. */
gint64
gum_pace_get_next (GumPace *self,
                   gint64   now)
{
  return get_next (self, self->times, now);
}

/* When the last of @n is through, if each takes @duration beside the waiting. */
gint64
gum_pace_forecast (GumPace *self,
                   gint64   now,
                   guint    n,
                   gint64   duration)
{
  g_autoptr(GArray) times = g_array_copy (self->times);
  gint64 time = now;

  for (guint i = 0; i < n; i++)
    {
      time = get_next (self, times, time);
      add (times, time);
      time += duration;
    }

  return time;
}

void
gum_pace_add_listed (GumPace *self,
                     gint64   time)
{
  self->listed = time;
}

static gint64
get_interval (GumPace *self)
{
  return LISTED_SECONDS * G_USEC_PER_SEC * self->scale;
}

/* When the next write of a short list may be sent. */
gint64
gum_pace_get_next_listed (GumPace *self,
                          gint64   now)
{
  return self->listed != 0 ? MAX (now, self->listed + get_interval (self)) : now;
}

/* When the last of @n of these is through, if each takes @duration. */
gint64
gum_pace_forecast_listed (GumPace *self,
                          gint64   now,
                          guint    n,
                          gint64   duration)
{
  if (n == 0)
    return now;

  return gum_pace_get_next_listed (self, now) + (n - 1) * MAX (duration, get_interval (self)) + duration;
}
