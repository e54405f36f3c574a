/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-ledger.h"
#include "gum-ledger-products.h"
#include "gum-product.h"

G_BEGIN_DECLS

/* Private to the store: the products that somebody holds, each of them once. Main thread only. */
typedef struct _GumHeld GumHeld;

GumHeld    *gum_held_new         (GumLedger       *ledger);
void        gum_held_free        (GumHeld         *self);
GumProduct *gum_held_dup_by_id   (GumHeld         *self,
                                  const char      *id);
GumProduct *gum_held_dup_by_row  (GumHeld         *self,
                                  gint64           row);
void        gum_held_take_change (GumHeld         *self,
                                  const GumChange *change);
void        gum_held_forget_rows (GumHeld         *self);

G_END_DECLS
