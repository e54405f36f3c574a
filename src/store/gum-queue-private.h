/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-batch-table.h"
#include "gum-pace.h"
#include "gum-queue.h"

G_BEGIN_DECLS

struct _GumQueue
{
  GObject       parent_instance;

  /* weak: owns us; NULL: closed */
  GumStore     *store;

  /* owned */
  GumPace      *pace;
  GumBatchView *view;            /* NULL: not looked yet */
  GumWrite     *write;           /* NULL: nothing is under way */
  GCancellable *reading;         /* set: the product is read, and nothing is sent yet */
  GError       *trouble;

  gint64        trouble_until;   /* 0: until somebody says so */
  gint64        next_time;       /* 0: nothing waits for its time */
  gint64        begun;
  gint64        duration;        /* what a write takes, on average */
  guint         timer_id;
  double        scale;
  guint         is_looking : 1;
  guint         looks_again : 1;
  guint         knows_sent : 1;
  guint         is_sending : 1;
  guint         is_halted : 1;
};

/* Between gum-queue.c and gum-queue-control.c. */
void      _gum_queue_look           (GumQueue *self);
void      _gum_queue_clear_trouble  (GumQueue *self);

/* For the store, which owns it. */
GumQueue *_gum_queue_new            (GumStore *store);
void      _gum_queue_detach         (GumQueue *self);

/* For tests: a second takes @scale seconds. */
void      _gum_queue_set_time_scale (GumQueue *self,
                                     double    scale);

G_END_DECLS
