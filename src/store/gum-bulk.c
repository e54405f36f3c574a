/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing that is to be done to many products: what it makes of a price, of a list of tags.
 * Nothing here knows of ledgers or of Gumroad's wire; what it is made of is never changed, so that
 * any thread may compute with it. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-bulk.h"

#include "gum-money.h"

#include <string.h>

/* What the columns of Gumroad's database hold. */
#define MAX_PRICE G_MAXINT32

struct _GumBulk
{
  gatomicrefcount  ref_count;
  GumBulkKind      kind;
  gint64           amount;       /* minor units; of a price hundredths of a percent, of a code percent */
  char            *currency;     /* of an amount; lower case; NULL: it is a share */
  GumRounding      rounding;
  gint64           limit;        /* of a code; -1: none */
  GStrv            tags;
};

G_DEFINE_BOXED_TYPE (GumBulk, gum_bulk, gum_bulk_ref, gum_bulk_unref)

static GumBulk *
bulk_new (GumBulkKind kind)
{
  GumBulk *self = g_new0 (GumBulk, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;

  return self;
}

/**
 * gum_bulk_new_price:
 * @kind: one of the three of prices
 * @amount: in minor units of @currency; for a percentage, in hundredths of a percent
 * @currency: (nullable): whose products are changed; %NULL for a percentage, which fits all
 * @rounding: of what is computed; an amount that is set is never rounded
 *
 * Returns: (transfer full): what is to be done
 */
GumBulk *
gum_bulk_new_price (GumBulkKind  kind,
                    gint64       amount,
                    const char  *currency,
                    GumRounding  rounding)
{
  GumBulk *self;

  g_return_val_if_fail (kind <= GUM_BULK_PRICE_PERCENT, NULL);
  g_return_val_if_fail (currency != NULL || kind == GUM_BULK_PRICE_PERCENT, NULL);

  self = bulk_new (kind);
  self->amount = amount;
  self->currency = currency != NULL ? g_ascii_strdown (currency, -1) : NULL;
  self->rounding = rounding;

  return self;
}

/**
 * gum_bulk_new_tags:
 * @kind: one of the three of tags
 * @tags: (array zero-terminated=1): as gum_tags_parse() makes them
 *
 * Returns: (transfer full): what is to be done
 */
GumBulk *
gum_bulk_new_tags (GumBulkKind         kind,
                   const char * const *tags)
{
  GumBulk *self;

  g_return_val_if_fail (kind >= GUM_BULK_TAGS_ADD && kind <= GUM_BULK_TAGS_REPLACE, NULL);
  g_return_val_if_fail (tags != NULL, NULL);

  self = bulk_new (kind);
  self->tags = g_strdupv ((GStrv) tags);

  return self;
}

/**
 * gum_bulk_new_text:
 * @kind: %GUM_BULK_CATEGORY or %GUM_BULK_REFUND_PERIOD
 * @value: what is sent for it
 *
 * Returns: (transfer full): what is to be done
 */
GumBulk *
gum_bulk_new_text (GumBulkKind  kind,
                   const char  *value)
{
  const char *values[] = { value, NULL };
  GumBulk *self;

  g_return_val_if_fail (kind == GUM_BULK_CATEGORY || kind == GUM_BULK_REFUND_PERIOD, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = bulk_new (kind);
  self->tags = g_strdupv ((GStrv) values);

  return self;
}

/**
 * gum_bulk_new_publish:
 * @publish: %FALSE: takes them off the shelf
 *
 * Returns: (transfer full): what is to be done
 */
GumBulk *
gum_bulk_new_publish (gboolean publish)
{
  return bulk_new (publish ? GUM_BULK_PUBLISH : GUM_BULK_UNPUBLISH);
}

/**
 * gum_bulk_new_code:
 * @name: the code, as buyers type it
 * @percent: whether a share is taken off, and not an amount
 * @amount: in percent, or in minor units of @currency
 * @currency: (nullable): whose products get the code; %NULL for a share, which fits all
 * @limit: how often each may be used; -1: as often as one likes
 *
 * Returns: (transfer full): what is to be done
 */
GumBulk *
gum_bulk_new_code (const char *name,
                   gboolean    percent,
                   gint64      amount,
                   const char *currency,
                   gint64      limit)
{
  const char *values[] = { name, NULL };
  GumBulk *self;

  g_return_val_if_fail (name != NULL && *name != '\0', NULL);
  g_return_val_if_fail (percent == (currency == NULL), NULL);
  g_return_val_if_fail (amount >= 0 && (!percent || amount <= 100), NULL);

  self = bulk_new (GUM_BULK_CODE_ADD);
  self->tags = g_strdupv ((GStrv) values);
  self->amount = amount;
  self->currency = currency != NULL ? g_ascii_strdown (currency, -1) : NULL;
  self->limit = limit;

  return self;
}

/**
 * gum_bulk_new_code_removal:
 * @name: a code, as buyers type it
 *
 * Returns: (transfer full): what is to be done
 */
GumBulk *
gum_bulk_new_code_removal (const char *name)
{
  const char *values[] = { name, NULL };
  GumBulk *self;

  g_return_val_if_fail (name != NULL && *name != '\0', NULL);

  self = bulk_new (GUM_BULK_CODE_REMOVE);
  self->tags = g_strdupv ((GStrv) values);

  return self;
}

GumBulk *
gum_bulk_ref (GumBulk *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
gum_bulk_unref (GumBulk *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->currency);
  g_strfreev (self->tags);
  g_free (self);
}

GumBulkKind
gum_bulk_get_kind (GumBulk *self)
{
  g_return_val_if_fail (self != NULL, GUM_BULK_PRICE_SET);

  return self->kind;
}

/**
 * gum_bulk_get_value:
 * @self: one of a category, a refund policy or a discount code
 *
 * Returns: (transfer none) (nullable): what is sent for it; the name of the code
 */
const char *
gum_bulk_get_value (GumBulk *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->tags != NULL ? self->tags[0] : NULL;
}

gboolean
gum_bulk_is_price (GumBulk *self)
{
  return gum_bulk_get_kind (self) <= GUM_BULK_PRICE_PERCENT;
}

gboolean
gum_bulk_is_tags (GumBulk *self)
{
  GumBulkKind kind = gum_bulk_get_kind (self);

  return kind >= GUM_BULK_TAGS_ADD && kind <= GUM_BULK_TAGS_REPLACE;
}

gboolean
gum_bulk_is_code (GumBulk *self)
{
  return gum_bulk_get_kind (self) >= GUM_BULK_CODE_ADD;
}

/**
 * gum_bulk_is_percent:
 * @self: one of a discount code
 *
 * Returns: whether a share is taken off, and not an amount
 */
gboolean
gum_bulk_is_percent (GumBulk *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->currency == NULL;
}

/**
 * gum_bulk_get_amount:
 * @self: one of a discount code
 *
 * Returns: what is taken off, in percent or in minor units
 */
gint64
gum_bulk_get_amount (GumBulk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->amount;
}

/**
 * gum_bulk_get_limit:
 * @self: one of a discount code
 *
 * Returns: how often each may be used; -1: as often as one likes
 */
gint64
gum_bulk_get_limit (GumBulk *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->limit;
}

/**
 * gum_bulk_fits_currency:
 * @self: what is to be done
 * @currency: (nullable): of a product
 *
 * Returns: %FALSE: it is about an amount in another currency
 */
gboolean
gum_bulk_fits_currency (GumBulk    *self,
                        const char *currency)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->currency == NULL ||
         (currency != NULL && g_ascii_strcasecmp (self->currency, currency) == 0);
}

/**
 * gum_bulk_is_paced:
 * @self: what is to be done
 *
 * Returns: whether Gumroad counts its requests; publishing and discounts have no limit of their own
 */
gboolean
gum_bulk_is_paced (GumBulk *self)
{
  return gum_bulk_get_kind (self) < GUM_BULK_PUBLISH;
}

/* --- prices ----------------------------------------------------------------------------------- */

/* The nearest number that leaves @rest when it is divided by @step; of two, the larger one. Never
 * nothing: a price that is rounded does not become free. */
static gint64
round_to (gint64 price,
          gint64 step,
          gint64 rest)
{
  gint64 below = (price - rest) / step * step + rest;

  if (price < rest)
    below -= step;
  if (price - below >= below + step - price)
    below += step;

  return below > 0 ? below : below + step;
}

static gint64
round_price (gint64       price,
             const char  *currency,
             GumRounding  rounding)
{
  gint64 unit = gum_currency_get_digits (currency) == 0 ? 1 : 100;

  switch (rounding)
    {
    case GUM_ROUND_99:
      return unit == 1 ? price : round_to (price, unit, unit - 1);
    case GUM_ROUND_00:
      return unit == 1 ? price : round_to (price, unit, 0);
    case GUM_ROUND_9:
      return round_to (price, 10 * unit, 9 * unit);
    case GUM_ROUND_NONE:
    default:
      return price;
    }
}

/* Half a unit goes up. Neither factor is large: @price fits in 32 bits. */
static gint64
scale (gint64 price,
       gint64 hundredths)
{
  return (price * (10000 + hundredths) + 5000) / 10000;
}

/**
 * gum_bulk_compute_price:
 * @self: one of prices
 * @price: what a product costs, in minor units
 * @currency: of the product
 * @result: return location for what it will cost
 *
 * A price is never lifted to its currency's minimum by itself: that it would lie below is said.
 *
 * Returns: why that is not possible
 */
GumRefusal
gum_bulk_compute_price (GumBulk    *self,
                        gint64      price,
                        const char *currency,
                        gint64     *result)
{
  g_return_val_if_fail (gum_bulk_is_price (self), GUM_REFUSAL_UNKNOWN);

  if (!gum_bulk_fits_currency (self, currency))
    return GUM_REFUSAL_CURRENCY;
  if (price < 0 || price > MAX_PRICE)
    return self->kind == GUM_BULK_PRICE_SET ? GUM_REFUSAL_UNKNOWN : GUM_REFUSAL_TOO_LARGE;

  if (self->kind == GUM_BULK_PRICE_SET)
    {
      *result = self->amount;
    }
  else
    {
      if (price == 0)
        return GUM_REFUSAL_FREE;
      if (self->amount > MAX_PRICE)
        return GUM_REFUSAL_TOO_LARGE;
      if (self->amount < -MAX_PRICE)
        return GUM_REFUSAL_MINIMUM;
      *result = self->kind == GUM_BULK_PRICE_ADD ? price + self->amount
                                                 : scale (price, self->amount);
      if (*result <= 0)
        return GUM_REFUSAL_MINIMUM;
      *result = round_price (*result, currency, self->rounding);
    }

  if (*result < 0 || (*result > 0 && *result < gum_currency_get_minimum (currency)))
    return GUM_REFUSAL_MINIMUM;
  if (*result > MAX_PRICE)
    return GUM_REFUSAL_TOO_LARGE;

  return GUM_REFUSAL_NONE;
}

/* --- tags ------------------------------------------------------------------------------------- */

/* Gumroad keeps tags in lower case, but very old ones may not be. */
static gboolean
has_tag (GPtrArray  *tags,
         const char *tag)
{
  g_autofree char *folded = g_utf8_casefold (tag, -1);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (g_ptr_array_index (tags, i), -1);

      if (strcmp (folded, other) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_tags (GPtrArray          *result,
          const char * const *tags,
          GPtrArray          *without)
{
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      if (!has_tag (result, tags[i]) && (without == NULL || !has_tag (without, tags[i])))
        g_ptr_array_add (result, g_strdup (tags[i]));
    }
}

/**
 * gum_bulk_compute_tags:
 * @self: one of tags
 * @tags: (array zero-terminated=1): what a product has
 *
 * Returns: (transfer full): what it will have, those that stay in their order
 */
GStrv
gum_bulk_compute_tags (GumBulk            *self,
                       const char * const *tags)
{
  g_autoptr(GPtrArray) result = g_ptr_array_new ();
  g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (gum_bulk_is_tags (self), NULL);

  add_tags (mine, (const char * const *) self->tags, NULL);
  if (self->kind != GUM_BULK_TAGS_REPLACE)
    add_tags (result, tags, self->kind == GUM_BULK_TAGS_REMOVE ? mine : NULL);
  if (self->kind != GUM_BULK_TAGS_REMOVE)
    add_tags (result, (const char * const *) self->tags, NULL);
  g_ptr_array_add (result, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&result), FALSE);
}

/**
 * gum_tags_parse:
 * @text: what a person typed, tags between commas
 * @bad: (out) (optional) (transfer full): the first that Gumroad would refuse, or %NULL
 *
 * Returns: (transfer full): the tags as they are sent: in lower case, each once, without `#`
 */
GStrv
gum_tags_parse (const char  *text,
                char       **bad)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new ();
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (bad != NULL)
    *bad = NULL;
  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *lower = NULL;
      const char *tag = g_strstrip (parts[i]);
      glong length;

      while (*tag == '#')
        tag++;
      lower = g_utf8_strdown (tag, -1);
      length = g_utf8_strlen (lower, -1);
      if (length == 0)
        continue;
      if (bad != NULL && *bad == NULL &&
          (length < GUM_TAG_MIN_LENGTH || length > GUM_TAG_MAX_LENGTH))
        *bad = g_strdup (lower);
      if (!has_tag (tags, lower))
        g_ptr_array_add (tags, g_steal_pointer (&lower));
    }
  g_ptr_array_add (tags, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}
