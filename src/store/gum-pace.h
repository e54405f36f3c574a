/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the store: how fast Gumroad takes updates of products, and how fast the program
 * sends the rest. Times are microseconds of the monotonic clock. */
typedef struct _GumPace GumPace;

GumPace *gum_pace_new        (void);
void     gum_pace_free       (GumPace *self);
void     gum_pace_set_scale  (GumPace *self,
                              double   scale);
gint64   gum_pace_get_memory (GumPace *self);
void     gum_pace_add        (GumPace *self,
                              gint64   time);
gint64   gum_pace_get_next   (GumPace *self,
                              gint64   now);
gint64   gum_pace_forecast   (GumPace *self,
                              gint64   now,
                              guint    n,
                              gint64   duration);

/* The same of writes of short lists, which follow each other no faster than one a second. */
void     gum_pace_add_listed      (GumPace *self,
                                   gint64   time);
gint64   gum_pace_get_next_listed (GumPace *self,
                                   gint64   now);
gint64   gum_pace_forecast_listed (GumPace *self,
                                   gint64   now,
                                   guint    n,
                                   gint64   duration);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumPace, gum_pace_free)

G_END_DECLS
