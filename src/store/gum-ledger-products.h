/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-connection.h"

G_BEGIN_DECLS

/* Private to the store: what a job did to the table of products. */
typedef enum {
  GUM_CHANGE_ADDED,
  GUM_CHANGE_UPDATED,
  GUM_CHANGE_DELETED,
} GumChangeKind;

typedef struct {
  GumChangeKind  kind;
  gint64         row;
  char          *id;
} GumChange;

typedef struct {
  GArray   *changes;      /* of GumChange */
  guint     n_items;      /* records taken, changed or not */
  guint     n_bad;
} GumChanges;

void        gum_changes_free               (gpointer changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumChanges, gum_changes_free)

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
