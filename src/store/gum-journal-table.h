/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"
#include "gum-journal.h"
#include "gum-write-private.h"

G_BEGIN_DECLS

/* Private to the store: the tables of batches and writes. */

/* A batch with its writes, to be put into the journal. */
typedef struct {
  char      *kind;
  char      *label;
  gint64     reverts;      /* 0: none */
  int        state;        /* see gum-journal.h */
  GPtrArray *rows;         /* of GumWriteRow */
} GumBatchJob;

GumBatchJob *gum_batch_job_new       (const char *kind,
                                      const char *label,
                                      gint64      reverts,
                                      int         state);
void         gum_batch_job_free      (gpointer    job);

/* What became of it: where it stands. */
typedef struct {
  gint64  batch;
  GArray *rows;            /* of gint64, in the order of the writes */
} GumBatchPlace;
void         gum_batch_place_free    (gpointer    place);

/* GumLedgerFuncs. @data: GumBatchJob → GumBatchPlace; GumWriteRow → something; nothing → something;
 * gint64 batch (as pointer to it) → GPtrArray of GumWriteRow. */
gpointer gum_journal_table_add       (GumConnection  *connection,
                                      gpointer        data,
                                      GError        **error);
gpointer gum_journal_table_set       (GumConnection  *connection,
                                      gpointer        data,
                                      GError        **error);
gpointer gum_journal_table_end_lost  (GumConnection  *connection,
                                      gpointer        data,
                                      GError        **error);
gpointer gum_journal_table_list      (GumConnection  *connection,
                                      gpointer        data,
                                      GError        **error);

#define GUM_JOURNAL_COLUMNS \
  "row, batch, kind, method, path, product, label, state, code, status, message, warning, sent," \
  " ended, body, before"
GumWriteRow *gum_journal_table_read  (sqlite3_stmt   *statement);

G_END_DECLS
