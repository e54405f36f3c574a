/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-endpoint.h"
#include "gum-records.h"

G_BEGIN_DECLS

/* What is different about each kind. */
typedef struct {
  const char        *name;           /* in ledgers: never changes */
  const GumEndpoint *endpoint;
  gboolean           of_products;    /* there is a list for each product */
} GumRecordsFacts;

struct _GumRecords
{
  GObject       parent_instance;

  /* weak: owns us */
  GumStore     *store;

  /* owned */
  GPtrArray    *items;          /* of GumRecord */
  GHashTable   *by_id;          /* unowned, both */
  GPtrArray    *waiters;        /* of GTask: for the load that follows the one under way */
  GPtrArray    *loading;        /* of GTask: for the one under way; NULL: there is none */

  GCancellable *cancellable;    /* of the pass; NULL: there is none */
  GPtrArray    *queue;          /* of char*: what the pass reads */
  guint         n_done;
  guint         show_id;
  GError       *error;
  GDateTime    *last_synced;

  const GumRecordsFacts *facts;
  GumRecordKind kind;
  gboolean      loaded;
};

/* For any thread. */
const GumRecordsFacts *_gum_record_kind_get_facts (GumRecordKind       kind);
/* Whether writes of this kind are about a short list. */
gboolean               _gum_record_kind_is_of_write (const char       *write_kind);
/* The list that a write is about; NULL: it is about none, or the store is closed. */
GumRecords            *_gum_records_get_for_write (GumStore           *store,
                                                   GumWrite           *write);

/* gum-records-write.c: for any thread. @what: GUM_RECORDS_CREATE … */
#define GUM_RECORDS_CREATE "-create"
#define GUM_RECORDS_UPDATE "-update"
#define GUM_RECORDS_DELETE "-delete"
GumWrite              *_gum_records_new_write   (GumRecordKind         kind,
                                                 const char           *what,
                                                 const char           *product_id,
                                                 const char           *id,
                                                 const char           *label,
                                                 JsonObject           *body,
                                                 JsonObject           *before);

/* What became of a write that no answer told of: whether the list, read again, proves that it was carried out. */
void                   _gum_records_check_async  (GumRecords           *self,
                                                  GumWrite             *write,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean               _gum_records_check_finish (GumRecords           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* What the parts of GumRecords ask of it. */
const GumRecordsFacts *_gum_records_get_facts   (GumRecords           *self);
GumStore              *_gum_records_get_store   (GumRecords           *self);   /* NULL: it is closed */
/* Reads the ledger again, and then calls back with a GTask of a boolean. */
void                   _gum_records_load_async  (GumRecords           *self,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/* gum-records-pass.c */
void                   _gum_records_end_pass    (GumRecords           *self,
                                                 const GError         *error);

/* gum-records-read.c: one list of Gumroad's into the ledger, and the ledger into the model. */
char                  *_gum_records_dup_parent_path (const char       *product_id);
void                   _gum_records_read_async  (GumRecords           *self,
                                                 const char           *product_id,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean               _gum_records_read_finish (GumRecords           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* For the store: it is being closed. */
void                   _gum_store_detach_records (GumStore            *self);

G_END_DECLS
