/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

G_END_DECLS
