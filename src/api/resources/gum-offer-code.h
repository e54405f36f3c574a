/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

/* Every member of a record is a property whose name is the JSON key with '_' turned into '-'. */

#define GUM_TYPE_OFFER_CODE (gum_offer_code_get_type ())
G_DECLARE_FINAL_TYPE (GumOfferCode, gum_offer_code, GUM, OFFER_CODE, GumResource)

const char *gum_offer_code_get_name        (GumOfferCode *self);
gboolean    gum_offer_code_is_universal    (GumOfferCode *self);
gboolean    gum_offer_code_is_percent      (GumOfferCode *self);
gint64      gum_offer_code_get_amount      (GumOfferCode *self);
gint64      gum_offer_code_get_times_used  (GumOfferCode *self);
gint64      gum_offer_code_get_limit       (GumOfferCode *self);
gint64      gum_offer_code_get_minimum     (GumOfferCode *self);
gboolean    gum_offer_code_is_spent        (GumOfferCode *self);

/* The longest name that is sent. */
#define GUM_OFFER_CODE_MAX_NAME 255

gboolean    gum_offer_code_name_is_valid   (const char   *name);
gint64      gum_offer_code_apply           (gint64        price,
                                            gboolean      percent,
                                            gint64        amount);
gboolean    gum_offer_code_price_is_valid  (gint64        price,
                                            const char   *currency,
                                            gboolean      percent,
                                            gint64        amount);

G_END_DECLS
