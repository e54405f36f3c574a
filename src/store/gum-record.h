/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

/**
 * GumRecordKind:
 * @GUM_RECORD_CODE: #GumOfferCode; belongs to a product
 * @GUM_RECORD_UPSELL: #GumUpsell
 * @GUM_RECORD_POLICY: #GumRefundPolicy, of the account: there is one
 * @GUM_RECORD_PROFILE: #GumUser, the seller: there is one
 *
 * What comes in short lists, or alone.
 */
typedef enum {
  GUM_RECORD_CODE,
  GUM_RECORD_UPSELL,
  GUM_RECORD_POLICY,
  GUM_RECORD_PROFILE,
} GumRecordKind;
#define GUM_N_RECORD_KINDS 4

#define GUM_TYPE_RECORD (gum_record_get_type ())
G_DECLARE_FINAL_TYPE (GumRecord, gum_record, GUM, RECORD, GObject)

const char  *gum_record_get_id           (GumRecord *self);
const char  *gum_record_get_product_id   (GumRecord *self);
const char  *gum_record_get_product_name (GumRecord *self);
const char  *gum_record_get_currency     (GumRecord *self);
gpointer     gum_record_get_resource     (GumRecord *self);

G_END_DECLS
