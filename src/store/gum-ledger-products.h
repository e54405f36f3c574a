/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-changes.h"
#include "gum-client.h"
#include "gum-connection.h"

G_BEGIN_DECLS

/* One page of the list. */
typedef struct {
  GumPage  *page;
  gboolean  is_first;        /* the top of the list */
  gboolean  ends_write;      /* none follows before this one is in the ledger */
  gboolean  keeps_key;       /* after it, an interrupted pass goes on where it was */
} GumPageJob;
GumPageJob *gum_page_job_new               (GumPage *page);
void        gum_page_job_free              (gpointer job);

char       *gum_ledger_products_dup_resume_key (GumConnection  *connection);

/* GumLedgerFuncs for the writer; they return GumChanges. @data: GAsyncQueue of GumPageJob, nothing,
 * JsonObject, GBytes of one, char *id. */
gpointer    gum_ledger_products_take_pages     (GumConnection  *connection,
                                                gpointer        data,
                                                GError        **error);
gpointer    gum_ledger_products_end_pass       (GumConnection  *connection,
                                                gpointer        data,
                                                GError        **error);
gpointer    gum_ledger_products_take_full      (GumConnection  *connection,
                                                gpointer        data,
                                                GError        **error);
gpointer    gum_ledger_products_take_text      (GumConnection  *connection,
                                                gpointer        data,
                                                GError        **error);
gpointer    gum_ledger_products_remove         (GumConnection  *connection,
                                                gpointer        data,
                                                GError        **error);

G_END_DECLS
