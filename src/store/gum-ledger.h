/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"

G_BEGIN_DECLS

#define GUM_TYPE_LEDGER (gum_ledger_get_type ())
G_DECLARE_FINAL_TYPE (GumLedger, gum_ledger, GUM, LEDGER, GObject)

/* Private to the store. Three threads beside the main one, each with a connection of its own:
 * what is written, what is read at length, and the check of the file. */
typedef enum {
  GUM_LEDGER_WRITER,
  GUM_LEDGER_READER,
  GUM_LEDGER_CHECKER,
} GumLedgerWorker;
#define GUM_LEDGER_N_WORKERS 3

/* Runs in the worker's thread. */
typedef gpointer (*GumLedgerFunc) (GumConnection  *connection,
                                   gpointer        data,
                                   GError        **error);

/* Signal "failed" (GError): a job met a damaged file, a full disk, a file that became read-only.
 * In the main thread. */
GumLedger     *gum_ledger_new            (const char           *directory,
                                          const char           *account_id);
gboolean       gum_ledger_open           (GumLedger            *self,
                                          gboolean             *rebuilt,
                                          GError              **error);
void           gum_ledger_close          (GumLedger            *self);
gboolean       gum_ledger_set_aside      (GumLedger            *self,
                                          GError              **error);
const GError  *gum_ledger_get_obstacle   (GumLedger            *self);
gboolean       gum_ledger_is_partial     (GumLedger            *self);
GumConnection *gum_ledger_get_connection (GumLedger            *self);
void           gum_ledger_report         (GumLedger            *self,
                                          const GError         *error);

void           gum_ledger_run_async      (GumLedger            *self,
                                          GumLedgerWorker       worker,
                                          GumLedgerFunc         func,
                                          gpointer              data,
                                          GDestroyNotify        data_free,
                                          GDestroyNotify        result_free,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
void           gum_ledger_run_essential_async (GumLedger           *self,
                                               GumLedgerFunc        func,
                                               gpointer             data,
                                               GDestroyNotify       data_free,
                                               GDestroyNotify       result_free,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void           gum_ledger_note           (GumLedger            *self,
                                          GumLedgerFunc         func,
                                          gpointer              data,
                                          GDestroyNotify        data_free);
gpointer       gum_ledger_run_finish     (GumLedger            *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
