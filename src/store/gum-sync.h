/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-ledger.h"
#include "gum-ledger-products.h"

G_BEGIN_DECLS

#define GUM_TYPE_SYNC (gum_sync_get_type ())
G_DECLARE_FINAL_TYPE (GumSync, gum_sync, GUM, SYNC, GObject)

/* Private to the store: one pass over the list. Signals: "page" (GumChanges, borrowed) after
 * each transaction; "done" (GError, nullable), once, when nothing of it is under way any more. */
GumSync *gum_sync_new    (GumLedger *ledger,
                          GumClient *client);
void     gum_sync_start  (GumSync   *self);
void     gum_sync_cancel (GumSync   *self);

G_END_DECLS
