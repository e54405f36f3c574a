/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A discount code (GET /products/:id/offer_codes), and what Gumroad demands of one, so that a person
 * hears of it before the server does. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-offer-code.h"
#include "gum-endpoint.h"

#include "gum-money.h"

struct _GumOfferCode
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;

  /* plain */
  gboolean     universal;
  gint64       percent_off;
  gint64       amount_cents;
  gint64       max_purchase_count;
  gint64       minimum_amount_cents;
  gint64       times_used;
};

static const GumField gum_offer_code_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumOfferCode, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumOfferCode, name) },
  { "universal", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumOfferCode, universal) },
  { "percent-off", GUM_FIELD_INT, G_STRUCT_OFFSET (GumOfferCode, percent_off) },
  { "amount-cents", GUM_FIELD_INT, G_STRUCT_OFFSET (GumOfferCode, amount_cents),
    "amount_cents", "amount_off" },
  { "max-purchase-count", GUM_FIELD_INT, G_STRUCT_OFFSET (GumOfferCode, max_purchase_count) },
  { "minimum-amount-cents", GUM_FIELD_INT, G_STRUCT_OFFSET (GumOfferCode, minimum_amount_cents) },
  { "times-used", GUM_FIELD_INT, G_STRUCT_OFFSET (GumOfferCode, times_used) },
};

G_DEFINE_FINAL_TYPE (GumOfferCode, gum_offer_code, GUM_TYPE_RESOURCE)

static void
gum_offer_code_class_init (GumOfferCodeClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_offer_code_fields,
                                     G_N_ELEMENTS (gum_offer_code_fields));
}

static void
gum_offer_code_init (GumOfferCode *self)
{
}

const GumEndpoint gum_offer_code_endpoint = {
  .path = "offer_codes",
  .singular = "offer_code",
  .plural = "offer_codes",
  .get_type = gum_offer_code_get_type,
};

/**
 * gum_offer_code_get_name:
 * @self: a code
 *
 * Returns: (transfer none) (nullable): what a buyer types
 */
const char *
gum_offer_code_get_name (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), NULL);

  return self->name;
}

/**
 * gum_offer_code_is_universal:
 * @self: a code
 *
 * Returns: whether it is good for every product of the seller in the same currency
 */
gboolean
gum_offer_code_is_universal (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), FALSE);

  return self->universal;
}

/**
 * gum_offer_code_is_percent:
 * @self: a code
 *
 * Returns: whether the amount is a share of the price
 */
gboolean
gum_offer_code_is_percent (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), FALSE);

  return gum_resource_has (GUM_RESOURCE (self), "percent-off");
}

/**
 * gum_offer_code_get_amount:
 * @self: a code
 *
 * Returns: per cent, or the smallest unit of the product's currency
 */
gint64
gum_offer_code_get_amount (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), 0);

  return gum_offer_code_is_percent (self) ? self->percent_off : self->amount_cents;
}

/**
 * gum_offer_code_get_times_used:
 * @self: a code
 *
 * Returns: how many purchases were made with it
 */
gint64
gum_offer_code_get_times_used (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), 0);

  return self->times_used;
}

/**
 * gum_offer_code_get_limit:
 * @self: a code
 *
 * Returns: how often it can be used; -1: there is no limit
 */
gint64
gum_offer_code_get_limit (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), -1);

  return gum_resource_has (GUM_RESOURCE (self), "max-purchase-count") ? self->max_purchase_count
                                                                      : -1;
}

/**
 * gum_offer_code_get_minimum:
 * @self: a code
 *
 * Returns: what a purchase must come to, in the smallest unit; -1: anything will do
 */
gint64
gum_offer_code_get_minimum (GumOfferCode *self)
{
  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), -1);

  return gum_resource_has (GUM_RESOURCE (self), "minimum-amount-cents") ? self->minimum_amount_cents
                                                                        : -1;
}

/**
 * gum_offer_code_is_spent:
 * @self: a code
 *
 * Returns: whether it has a limit and has reached it
 */
gboolean
gum_offer_code_is_spent (GumOfferCode *self)
{
  gint64 limit;

  g_return_val_if_fail (GUM_IS_OFFER_CODE (self), FALSE);

  limit = gum_offer_code_get_limit (self);

  return limit >= 0 && self->times_used >= limit;
}

/**
 * gum_offer_code_name_is_valid:
 * @name: what shall become a code
 *
 * Returns: whether it consists of letters, digits, dashes and underscores
 */
gboolean
gum_offer_code_name_is_valid (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || !g_utf8_validate (name, -1, NULL) ||
      g_utf8_strlen (name, -1) > GUM_OFFER_CODE_MAX_NAME)
    return FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalpha (c) && !g_ascii_isdigit (*at) && c != '-' && c != '_')
        return FALSE;
    }

  return TRUE;
}

/**
 * gum_offer_code_apply:
 * @price: in minor units
 * @percent: whether @amount is a share of it
 * @amount: per cent, or minor units
 *
 * Returns: what is left to pay, not less than nothing
 */
gint64
gum_offer_code_apply (gint64   price,
                      gboolean percent,
                      gint64   amount)
{
  gint64 off = amount;

  /* In two steps, so that no price overflows. */
  if (percent)
    off = price / 100 * amount + (price % 100 * amount + 50) / 100;

  return MAX (price - off, 0);
}

/**
 * gum_offer_code_price_is_valid:
 * @price: a product's, in minor units
 * @currency: (nullable): the product's
 * @percent: whether @amount is a share of it
 * @amount: per cent, or minor units
 *
 * Returns: whether Gumroad takes what is left to pay: nothing, or the least price of the currency
 */
gboolean
gum_offer_code_price_is_valid (gint64      price,
                               const char *currency,
                               gboolean    percent,
                               gint64      amount)
{
  gint64 left = gum_offer_code_apply (price, percent, amount);

  return left == 0 || left >= gum_currency_get_minimum (currency);
}
