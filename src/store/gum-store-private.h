/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-ledger.h"
#include "gum-store.h"

G_BEGIN_DECLS

/* What the list models ask of the store. */
GumLedger  *_gum_store_get_ledger         (GumStore *self);
GumProduct *_gum_store_dup_product_by_row (GumStore *self,
                                           gint64    row);

G_END_DECLS
