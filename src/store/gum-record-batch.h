/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records.h"

G_BEGIN_DECLS

#define GUM_TYPE_RECORD_BATCH (gum_record_batch_get_type ())
G_DECLARE_FINAL_TYPE (GumRecordBatch, gum_record_batch, GUM, RECORD_BATCH, GObject)

GumRecordBatch *gum_record_batch_new          (GumRecords     *records,
                                               const char     *kind,
                                               const char     *label,
                                               GPtrArray      *writes);
void            gum_record_batch_set_interval (GumRecordBatch *self,
                                               guint           milliseconds);
void            gum_record_batch_start        (GumRecordBatch *self);
void            gum_record_batch_stop         (GumRecordBatch *self);

gboolean        gum_record_batch_is_running   (GumRecordBatch *self);
guint           gum_record_batch_get_n_ended  (GumRecordBatch *self);
guint           gum_record_batch_count        (GumRecordBatch *self,
                                               GumWriteState   state);
GPtrArray      *gum_record_batch_get_writes   (GumRecordBatch *self);
const GError   *gum_record_batch_get_error    (GumRecordBatch *self);
const GError   *gum_record_batch_get_failure  (GumRecordBatch *self,
                                               guint           position);

G_END_DECLS
