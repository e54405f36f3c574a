/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"

G_BEGIN_DECLS

/* Private to the store: the table of the short lists. The functions are jobs of the ledger's workers. */

typedef struct {
  const char *kind;        /* static */
  char       *parent;      /* a product's id; "": it belongs to the shop */
  GPtrArray  *ids;         /* of char* */
  GPtrArray  *texts;       /* of GBytes */
} GumRecordsJob;

typedef struct {
  const char *kind;        /* static */
  GType       type;        /* of the resource */
} GumRecordsQuestion;

GumRecordsJob *gum_records_job_new     (const char     *kind,
                                        const char     *parent);
void           gum_records_job_take    (GumRecordsJob  *job,
                                        char           *id,
                                        GBytes         *text);
void           gum_records_job_free    (gpointer        job);

/* @data: GumRecordsQuestion. Gives a GPtrArray of GumRecord, by name. */
gpointer       gum_ledger_records_load     (GumConnection  *connection,
                                            gpointer        data,
                                            GError        **error);
/* @data: a static kind. Gives a GPtrArray of char*: what the list is asked for. */
gpointer       gum_ledger_records_parents  (GumConnection  *connection,
                                            gpointer        data,
                                            GError        **error);
/* @data: GumRecordsJob. It is all that there is of this parent. */
gpointer       gum_ledger_records_replace  (GumConnection  *connection,
                                            gpointer        data,
                                            GError        **error);
/* @data: GumRecordsJob. The rest stays. */
gpointer       gum_ledger_records_put      (GumConnection  *connection,
                                            gpointer        data,
                                            GError        **error);
/* @data: GumRecordsJob, of which only the ids are looked at. */
gpointer       gum_ledger_records_remove   (GumConnection  *connection,
                                            gpointer        data,
                                            GError        **error);
/* @data: a static kind. All parents have been read. */
gpointer       gum_ledger_records_end_pass (GumConnection  *connection,
                                            gpointer        data,
                                            GError        **error);
/* For the main thread: when the last whole pass ended, in seconds; 0: never. */
gint64         gum_ledger_records_get_time (GumConnection  *connection,
                                            const char     *kind);

G_END_DECLS
