/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"
#include "gum-write.h"

G_BEGIN_DECLS

/**
 * GumBatchState:
 * @GUM_BATCH_PLAIN: its writes are sent by whoever made it
 * @GUM_BATCH_ASKING: waits until the person says that it may begin, or go on
 * @GUM_BATCH_RUNNING: the queue sends its writes
 * @GUM_BATCH_PAUSED: the person has stopped it
 * @GUM_BATCH_OVER: none of its writes waits any more
 *
 * What is to be done about a batch. The numbers are in ledgers: never change one.
 */
typedef enum {
  GUM_BATCH_PLAIN   = 0,
  GUM_BATCH_ASKING  = 1,
  GUM_BATCH_RUNNING = 2,
  GUM_BATCH_PAUSED  = 3,
  GUM_BATCH_OVER    = 4,
} GumBatchState;

/* Kinds of batches. One that has a single write has its kind. */
#define GUM_BATCH_KIND_BULK   "bulk"
#define GUM_BATCH_KIND_REVERT "revert"
#define GUM_BATCH_KIND_CODES  "codes"
#define GUM_BATCH_KIND_SWEEP  "sweep"

#define GUM_TYPE_JOURNAL (gum_journal_get_type ())
G_DECLARE_FINAL_TYPE (GumJournal, gum_journal, GUM, JOURNAL, GObject)

GumJournal *gum_store_get_journal          (GumStore             *self);

void        gum_journal_add_batch_async    (GumJournal           *self,
                                            const char           *kind,
                                            const char           *label,
                                            gint64                reverts,
                                            GumBatchState         state,
                                            GPtrArray            *writes,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gint64      gum_journal_add_batch_finish   (GumJournal           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

guint       gum_journal_get_n_sending      (GumJournal           *self);
void        gum_journal_send_async         (GumJournal           *self,
                                            GumWrite             *write,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean    gum_journal_send_finish        (GumJournal           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

void        gum_journal_check_async        (GumJournal           *self,
                                            GumWrite             *write,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean    gum_journal_check_finish       (GumJournal           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

void        gum_journal_settle             (GumJournal           *self,
                                            GumWrite             *write,
                                            GumWriteState         state);

void        gum_journal_drop_async         (GumJournal           *self,
                                            GumWrite             *write,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean    gum_journal_drop_finish        (GumJournal           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

void        gum_journal_list_async         (GumJournal           *self,
                                            gint64                batch,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GPtrArray  *gum_journal_list_finish        (GumJournal           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
