/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-record-batch.h"

G_BEGIN_DECLS

#define GUM_TYPE_BATCH_VIEW (gum_batch_view_get_type ())
G_DECLARE_FINAL_TYPE (GumBatchView, gum_batch_view, GUM, BATCH_VIEW, GtkBox)

/* How far a batch is, with an outcome for each of its writes; Stop; Save Results. */
GtkWidget  *gum_batch_view_new      (GumRecordBatch *batch);
const char *gum_batch_view_get_text (GumBatchView   *self);

/* The results as a table: RFC 4180, a line for each write. */
char       *gum_batch_view_dup_csv  (GumRecordBatch *batch);

G_END_DECLS
