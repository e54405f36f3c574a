/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-bulk.h"
#include "gum-offer-code.h"

G_BEGIN_DECLS

/* What a bulk edit makes of one product. */
#define GUM_TYPE_CHANGE_ROW (gum_change_row_get_type ())
G_DECLARE_FINAL_TYPE (GumChangeRow, gum_change_row, GUM, CHANGE_ROW, GObject)

const char         *gum_change_row_get_name          (GumChangeRow *self);
GumRefusal          gum_change_row_get_refusal       (GumChangeRow *self);
gboolean            gum_change_row_get_ticked        (GumChangeRow *self);

const char         *gum_change_row_get_currency      (GumChangeRow *self);
gint64              gum_change_row_get_old_price     (GumChangeRow *self);
gint64              gum_change_row_get_new_price     (GumChangeRow *self);
gboolean            gum_change_row_is_pay_what_you_want (GumChangeRow *self);
const char * const *gum_change_row_get_old_tags      (GumChangeRow *self);
const char * const *gum_change_row_get_new_tags      (GumChangeRow *self);
const char         *gum_change_row_get_old_text      (GumChangeRow *self);
GumOfferCode       *gum_change_row_get_code          (GumChangeRow *self);

G_END_DECLS
