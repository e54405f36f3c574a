/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-batch-private.h"
#include "gum-connection.h"
#include "gum-write-private.h"

G_BEGIN_DECLS

/* Private to the store: batches as a whole. GumLedgerFuncs for the writer. */

/* @data: gint64 batch (as pointer to it), 0: the newest ones → GPtrArray of GumBatchRow, the newest
 * first. */
gpointer gum_batch_table_list    (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);

/* What is to be done to a batch, and to its writes. */
typedef struct {
  gint64 batch;         /* 0: each that is open */
  gint64 write;         /* 0: all of the batch */
} GumBatchTarget;

/* @data: GumBatchTarget → something. Go: asking and paused ones run. Retry: what failed waits again,
 * and the batch runs. Stop: what waits is dropped, and the batch is over. */
gpointer gum_batch_table_go      (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);
gpointer gum_batch_table_pause   (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);
gpointer gum_batch_table_stop    (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);
gpointer gum_batch_table_retry   (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);
gpointer gum_batch_table_send_rest (GumConnection  *connection,
                                    gpointer        data,
                                    GError        **error);

/* @data: gint64 batch → GumBatchPlace of the batch that takes it back; NULL: there is nothing. */
gpointer gum_batch_table_revert  (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);

/* How much of an open batch waits. */
typedef struct {
  gint64 batch;
  int    state;
  guint  n_waiting;
  guint  n_paced;       /* of them, what Gumroad counts */
  guint  n_listed;      /* of them, what belongs to a short list */
} GumBatchLoad;

typedef struct {
  GArray      *loads;        /* of GumBatchLoad, in the order in which they are sent */
  GumWriteRow *next;         /* NULL: nothing is to be sent */
  GArray      *sent;         /* of gint64 seconds, UTC: what was sent lately and counts */
  guint        n_ended;      /* batches that were found to be over */
} GumBatchView;

/* @data: gint64 since when what was sent is wanted, as pointer; 0: it is not → GumBatchView. */
gpointer gum_batch_table_look    (GumConnection  *connection,
                                  gpointer        data,
                                  GError        **error);
void     gum_batch_view_free     (gpointer        view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumBatchView, gum_batch_view_free)

G_END_DECLS
