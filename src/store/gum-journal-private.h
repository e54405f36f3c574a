/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-journal.h"
#include "gum-ledger.h"

G_BEGIN_DECLS

/* The data of a GTask of gum-journal.c and gum-journal-check.c. */
typedef struct {
  GumStore *store;
  GumWrite *write;
  GError   *error;      /* how it ended */
  gboolean  is_proven;  /* a check found that it was carried out */
} GumJournalOperation;

GTask      *_gum_journal_new_task          (GumJournal          *self,
                                            GumWrite            *write,
                                            GCancellable        *cancellable,
                                            gpointer             tag,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
void        _gum_journal_find_out          (GTask               *task);
void        _gum_journal_take_record       (GTask               *task,
                                            JsonObject          *record);
void        _gum_journal_remove_product    (GTask               *task);
void        _gum_journal_return            (GTask               *task);
void        _gum_journal_end               (GTask               *task,
                                            GumWriteState        state,
                                            GError              *error);

/* For the store, which owns it. */
GumJournal *_gum_journal_new               (GumStore            *store);
void        _gum_journal_detach            (GumJournal          *self);

/* For the rest of the store. A job makes a GumBatchPlace; NULL when there is nothing to be noted. */
GumStore   *_gum_journal_get_store         (GumJournal          *self);
void        _gum_journal_tell_write        (GumJournal          *self,
                                            GumWrite            *write);
void        _gum_journal_tell_added        (GumJournal          *self,
                                            gint64               batch);
void        _gum_journal_tell_batch        (GumJournal          *self,
                                            gint64               batch);
void        _gum_journal_add_job_async     (GumJournal          *self,
                                            GumLedgerFunc        func,
                                            gpointer             data,
                                            GDestroyNotify       data_free,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gint64      _gum_journal_add_job_finish    (GumJournal          *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
