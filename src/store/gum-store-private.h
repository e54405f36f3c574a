/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-drafts.h"
#include "gum-journal.h"
#include "gum-ledger-products.h"
#include "gum-ledger.h"
#include "gum-store.h"

G_BEGIN_DECLS

/* What the rest of the store asks of it. */
GumLedger  *_gum_store_get_ledger         (GumStore   *self);
GumClient  *_gum_store_get_client         (GumStore   *self);
void        _gum_store_take_changes       (GumStore   *self,
                                           GumChanges *changes);
GumProduct *_gum_store_dup_product_by_row (GumStore   *self,
                                           gint64      row);
/* The callback finishes with gum_ledger_run_finish(), which gives GumChanges. */
void        _gum_store_take_record        (GumStore            *self,
                                           JsonObject          *record,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

G_END_DECLS
