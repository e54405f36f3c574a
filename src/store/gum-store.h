/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_STORE (gum_store_get_type ())
G_DECLARE_FINAL_TYPE (GumStore, gum_store, GUM, STORE, GObject)

/* contract: the ledger of one account, and what keeps it fresh.
 *
 * Opens (creates) `@directory/ledger.sqlite`, mode 0600 in a directory 0700, WAL; synchronous, but only
 * a few milliseconds: the schema is checked and migrated, the account compared. A file that is no ledger
 * or is damaged is set aside (renamed ledger.sqlite.damaged-<date>), a fresh one made, and
 * gum_store_was_rebuilt() is TRUE. The thorough check (quick_check) runs afterwards off the main thread and may
 * do the same later ("rebuilt" is notified). Errors: GUM_ERROR_LEDGER_NEWER, _READ_ONLY, _FULL,
 * _FOREIGN, _LEDGER. With @directory NULL the ledger is in memory. */
GumStore   *gum_store_new             (const char   *directory,
                                       const char   *account_id,
                                       GumClient    *client,      /* nullable: no sync */
                                       GError      **error);
gboolean    gum_store_was_rebuilt     (GumStore     *self);

/* One object per product while somebody holds it; updated in place when the ledger changes.
 * Synchronous, one row by its index. (transfer full) (nullable) */
GumProduct *gum_store_dup_product     (GumStore     *self,
                                       const char   *id);

/* Reads the full record from Gumroad into the ledger (and so into the held object). */
void        gum_store_refresh_product_async  (GumStore             *self,
                                              const char           *id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean    gum_store_refresh_product_finish (GumStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* The list of products, page after page, into the ledger. A second call while one runs joins it.
 * Properties (notify): "syncing" (gboolean), "synced-items" (guint, in this pass), "sync-error" (GError boxed,
 * nullable, of the last pass), "last-synced" (GDateTime, nullable: end of the last complete pass),
 * "n-products" (guint, in the ledger), "rebuilt" (gboolean), "broken" (GError boxed: the ledger failed while running: full, read-only…). */
void        gum_store_sync_async      (GumStore             *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    gum_store_sync_finish     (GumStore             *self,
                                       GAsyncResult         *result,
                                       GError              **error);
gboolean      gum_store_get_syncing     (GumStore *self);
guint         gum_store_get_n_products  (GumStore *self);
GDateTime    *gum_store_get_last_synced (GumStore *self);   /* transfer none, nullable */
const GError *gum_store_get_sync_error  (GumStore *self);   /* nullable */

/* Signal "product-deleted" (const char *id): it is gone from Gumroad. */

/* Ends syncs, waits for the writer, closes the file. Called by dispose as well. */
void        gum_store_close           (GumStore     *self);

/* Deletes every file of the ledger and the pictures in @directory; the store must be closed. Works off the main thread. */
void        gum_store_erase_async     (const char           *directory,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    gum_store_erase_finish    (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
