/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-bulk.h"
#include "gum-form-window.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_BULK_PRICE (gum_bulk_price_get_type ())
G_DECLARE_FINAL_TYPE (GumBulkPrice, gum_bulk_price, GUM, BULK_PRICE, GumFormWindow)

/* How prices are to change, with what that makes of a few of them: @examples are rows of the ledger. Signal "chosen" (GumBulk),
 * after which it closes itself. */
GtkWidget *gum_bulk_price_new           (GtkWidget    *owner,
                                         GumStore     *store,
                                         GArray       *examples,
                                         const char   *currency);
/* "12", "-7,5", "+10.25 %", in hundredths. NULL: it is fine; otherwise why it is not. */
const char *gum_bulk_price_parse_percent (const char   *text,
                                         gint64       *hundredths);
/* An amount that may have a sign before it. */
const char *gum_bulk_price_parse_change (const char   *text,
                                         const char   *currency,
                                         gint64       *amount);

G_END_DECLS
