/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-batch.h"
#include "gum-write-private.h"

G_BEGIN_DECLS

#define GUM_WRITE_N_STATES (GUM_WRITE_DROPPED + 1)

/* A batch as its table has it, and its writes counted. */
typedef struct {
  gint64  row;
  char   *kind;
  char   *label;
  int     state;
  gint64  created;       /* seconds, UTC */
  guint   is_reverted;
  guint   counts[GUM_WRITE_N_STATES];
  GumWriteRow *only;     /* its only write, without body and before; NULL: there are several */
} GumBatchRow;

void      _gum_batch_row_free     (GumBatchRow *row);
/* Both take @row. */
GumBatch *_gum_batch_new_from_row (GumBatchRow *row);
void      _gum_batch_take_row     (GumBatch    *self,
                                   GumBatchRow *row);

G_END_DECLS
