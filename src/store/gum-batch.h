/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-journal.h"

G_BEGIN_DECLS

/* A batch of the journal, with how far its writes are; kept up to date by who lists it. */
#define GUM_TYPE_BATCH (gum_batch_get_type ())
G_DECLARE_FINAL_TYPE (GumBatch, gum_batch, GUM, BATCH, GObject)

gint64         gum_batch_get_row       (GumBatch      *self);
const char    *gum_batch_get_kind      (GumBatch      *self);
const char    *gum_batch_get_label     (GumBatch      *self);
gboolean       gum_batch_is_reverted   (GumBatch      *self);
GumBatchState  gum_batch_get_state     (GumBatch      *self);
gint64         gum_batch_get_created   (GumBatch      *self);
guint          gum_batch_get_count     (GumBatch      *self,
                                        GumWriteState  state);
guint          gum_batch_get_n_writes  (GumBatch      *self);
GumWrite      *gum_batch_get_write     (GumBatch      *self);
gboolean       gum_batch_is_open       (GumBatch      *self);

G_END_DECLS
