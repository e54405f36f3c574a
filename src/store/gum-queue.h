/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-batch.h"

G_BEGIN_DECLS

#define GUM_TYPE_QUEUE (gum_queue_get_type ())
G_DECLARE_FINAL_TYPE (GumQueue, gum_queue, GUM, QUEUE, GObject)

/**
 * GumQueueLoad:
 * @n_paced: updates of products, which Gumroad counts; see gum_bulk_is_paced()
 * @n_listed: writes of short lists, which go one a second
 * @n_free: other writes
 *
 * How much is to be sent.
 */
typedef struct {
  guint n_paced;
  guint n_listed;
  guint n_free;
} GumQueueLoad;

GumQueue     *gum_store_get_queue        (GumStore             *self);

guint         gum_queue_get_n_running    (GumQueue             *self);
guint         gum_queue_get_n_asking     (GumQueue             *self);
guint         gum_queue_get_n_paused     (GumQueue             *self);
gboolean      gum_queue_is_sending       (GumQueue             *self);
const GError *gum_queue_get_trouble      (GumQueue             *self);
gint64        gum_queue_get_next_time    (GumQueue             *self);

gint64        gum_queue_estimate         (GumQueue             *self,
                                          const GumQueueLoad   *load);
gint64        gum_queue_estimate_batch   (GumQueue             *self,
                                          gint64                batch,
                                          guint                 n);

void          gum_queue_go               (GumQueue             *self,
                                          gint64                batch);
void          gum_queue_pause            (GumQueue             *self,
                                          gint64                batch);
void          gum_queue_stop             (GumQueue             *self,
                                          gint64                batch);
void          gum_queue_retry            (GumQueue             *self,
                                          gint64                batch,
                                          gint64                write);
void          gum_queue_send_rest        (GumQueue             *self,
                                          gint64                batch);
void          gum_queue_try_again        (GumQueue             *self);
void          gum_queue_halt             (GumQueue             *self);
void          gum_queue_resume           (GumQueue             *self);

void          gum_queue_revert_async     (GumQueue             *self,
                                          gint64                batch,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gint64        gum_queue_revert_finish    (GumQueue             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
