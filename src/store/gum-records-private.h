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

/* What the parts of GumRecords ask of it. */
const GumRecordsFacts *_gum_records_get_facts   (GumRecords           *self);
GumStore              *_gum_records_get_store   (GumRecords           *self);   /* NULL: it is closed */
/* Reads the ledger again, and then calls back with a GTask of a boolean. */
void                   _gum_records_load_async  (GumRecords           *self,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

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
