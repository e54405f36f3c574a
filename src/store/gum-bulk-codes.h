/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-bulk.h"
#include "gum-connection.h"
#include "gum-offer-code.h"
#include "gum-store.h"
#include "gum-write.h"

G_BEGIN_DECLS

/* Private to the store: what bulk edits do with the discount codes of products. */

typedef void (* GumBulkCodesProgress) (guint    n_done,
                                       guint    n_all,
                                       gpointer user_data);

/* @rows: of gint64, of products. @progress may be called until @callback is. */
void          _gum_bulk_codes_read_async   (GumStore              *store,
                                            GArray                *rows,
                                            GCancellable          *cancellable,
                                            GumBulkCodesProgress   progress,
                                            gpointer               progress_data,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
gboolean      _gum_bulk_codes_read_finish  (GumStore              *store,
                                            GAsyncResult          *result,
                                            GError               **error);

/* The rest may run in any thread. */

/* The codes of one name: (element-type utf8 GumOfferCode), by the product that has it; "": good for all. */
GHashTable   *_gum_bulk_codes_find         (GumConnection         *connection,
                                            const char            *name,
                                            GError               **error);
GumWrite     *_gum_bulk_codes_new_create   (GumBulk               *bulk,
                                            const char            *product_id,
                                            const char            *label);
GumWrite     *_gum_bulk_codes_new_delete   (GumOfferCode          *code,
                                            const char            *product_id,
                                            const char            *label);
gboolean      _gum_bulk_codes_can_revert   (GumWrite              *write);
/* NULL without an error: what it created is not there any more. */
GumWrite     *_gum_bulk_codes_new_revert   (GumConnection         *connection,
                                            GumWrite              *write,
                                            GError               **error);

G_END_DECLS
