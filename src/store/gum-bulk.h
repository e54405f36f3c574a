/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * GumBulkKind:
 * @GUM_BULK_PRICE_SET: the price becomes an amount
 * @GUM_BULK_PRICE_ADD: an amount, which may be negative, is added to the price
 * @GUM_BULK_PRICE_PERCENT: the price rises or falls by a share of itself
 * @GUM_BULK_TAGS_ADD: tags come to those that are there
 * @GUM_BULK_TAGS_REMOVE: tags go
 * @GUM_BULK_TAGS_REPLACE: these are the tags
 * @GUM_BULK_CATEGORY: the category, a path
 * @GUM_BULK_REFUND_PERIOD: the product's own refund policy, or that of the account
 * @GUM_BULK_PUBLISH: on sale
 * @GUM_BULK_UNPUBLISH: off the shelf
 * @GUM_BULK_CODE_ADD: each gets a discount code of its own, all of the same name
 * @GUM_BULK_CODE_REMOVE: the discount code of this name goes
 *
 * What can be done to many products at once.
 */
typedef enum {
  GUM_BULK_PRICE_SET,
  GUM_BULK_PRICE_ADD,
  GUM_BULK_PRICE_PERCENT,
  GUM_BULK_TAGS_ADD,
  GUM_BULK_TAGS_REMOVE,
  GUM_BULK_TAGS_REPLACE,
  GUM_BULK_CATEGORY,
  GUM_BULK_REFUND_PERIOD,
  GUM_BULK_PUBLISH,
  GUM_BULK_UNPUBLISH,
  GUM_BULK_CODE_ADD,
  GUM_BULK_CODE_REMOVE,
} GumBulkKind;

/**
 * GumRounding:
 * @GUM_ROUND_NONE: to the smallest unit
 * @GUM_ROUND_99: to the nearest that ends in .99
 * @GUM_ROUND_00: to the nearest whole unit
 * @GUM_ROUND_9: to the nearest whole unit that ends in 9
 *
 * How a price that was computed is rounded. Where a currency has no decimals, the first three are
 * the same.
 */
typedef enum {
  GUM_ROUND_NONE,
  GUM_ROUND_99,
  GUM_ROUND_00,
  GUM_ROUND_9,
} GumRounding;

/**
 * GumRefusal:
 * @GUM_REFUSAL_NONE: it can be changed
 * @GUM_REFUSAL_TIERED: the prices of a membership stand in its tiers
 * @GUM_REFUSAL_CURRENCY: the amount is in another currency
 * @GUM_REFUSAL_FREE: it is free, and only an amount could change that
 * @GUM_REFUSAL_MINIMUM: it would cost less than the currency's minimum
 * @GUM_REFUSAL_TOO_LARGE: the price would be larger than Gumroad can store
 * @GUM_REFUSAL_UNKNOWN: the record does not tell what it has now
 * @GUM_REFUSAL_TAKEN: there is another discount code of this name
 * @GUM_REFUSAL_UNIVERSAL: the discount code is good for all products
 *
 * Why a product cannot be changed.
 */
typedef enum {
  GUM_REFUSAL_NONE,
  GUM_REFUSAL_TIERED,
  GUM_REFUSAL_CURRENCY,
  GUM_REFUSAL_FREE,
  GUM_REFUSAL_MINIMUM,
  GUM_REFUSAL_TOO_LARGE,
  GUM_REFUSAL_UNKNOWN,
  GUM_REFUSAL_TAKEN,
  GUM_REFUSAL_UNIVERSAL,
} GumRefusal;

/* Of the tags of a product, as Gumroad takes them. */
#define GUM_TAG_MIN_LENGTH 2
#define GUM_TAG_MAX_LENGTH 20

/* Hundredths of a percent. */
#define GUM_PERCENT_MIN (-9900)
#define GUM_PERCENT_MAX 100000

#define GUM_TYPE_BULK (gum_bulk_get_type ())
typedef struct _GumBulk GumBulk;

GType        gum_bulk_get_type      (void);
GumBulk     *gum_bulk_new_price     (GumBulkKind         kind,
                                     gint64              amount,
                                     const char         *currency,
                                     GumRounding         rounding);
GumBulk     *gum_bulk_new_tags      (GumBulkKind         kind,
                                     const char * const *tags);
GumBulk     *gum_bulk_new_text      (GumBulkKind         kind,
                                     const char         *value);
GumBulk     *gum_bulk_new_publish   (gboolean            publish);
GumBulk     *gum_bulk_new_code      (const char         *name,
                                     gboolean            percent,
                                     gint64              amount,
                                     const char         *currency,
                                     gint64              limit);
GumBulk     *gum_bulk_new_code_removal (const char      *name);
GumBulk     *gum_bulk_ref           (GumBulk            *self);
void         gum_bulk_unref         (GumBulk            *self);

GumBulkKind  gum_bulk_get_kind      (GumBulk            *self);
const char  *gum_bulk_get_value     (GumBulk            *self);
gboolean     gum_bulk_is_price      (GumBulk            *self);
gboolean     gum_bulk_is_tags       (GumBulk            *self);
gboolean     gum_bulk_is_code       (GumBulk            *self);
gboolean     gum_bulk_is_paced      (GumBulk            *self);

gboolean     gum_bulk_is_percent    (GumBulk            *self);
gint64       gum_bulk_get_amount    (GumBulk            *self);
gint64       gum_bulk_get_limit     (GumBulk            *self);
gboolean     gum_bulk_fits_currency (GumBulk            *self,
                                     const char         *currency);

GumRefusal   gum_bulk_compute_price (GumBulk            *self,
                                     gint64              price,
                                     const char         *currency,
                                     gint64             *result);
GStrv        gum_bulk_compute_tags  (GumBulk            *self,
                                     const char * const *tags);
GStrv        gum_tags_parse         (const char         *text,
                                     char              **bad);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumBulk, gum_bulk_unref)

G_END_DECLS
