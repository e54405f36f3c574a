/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words for what a bulk edit makes of a product: from what to what, or why nothing.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bulk-words.h"

#include "gum-category-words.h"
#include "gum-money.h"
#include "gum-product-values.h"

#include <glib/gi18n-lib.h>

static char *
dup_price (GumChangeRow *row,
           gint64        price)
{
  g_autofree char *money = gum_money_format (price, gum_change_row_get_currency (row));

  /* Translators: the least price of a product whose buyers may pay more: "$10+" */
  return gum_change_row_is_pay_what_you_want (row) ? g_strdup_printf (_("%s+"), money)
                                                   : g_steal_pointer (&money);
}

static char *
dup_tags (const char * const *tags)
{
  if (tags == NULL || tags[0] == NULL)
    return g_strdup (_("no tags"));

  return g_strjoinv (", ", (GStrv) tags);
}

static char *
dup_text (GumBulkKind  kind,
          const char  *text)
{
  if (text == NULL || *text == '\0')
    return g_strdup (_("none"));
  if (kind == GUM_BULK_REFUND_PERIOD)
    return g_strdup (gum_product_values_get_refund (text));
  if (kind == GUM_BULK_CATEGORY)
    return gum_category_words_dup (text);

  return g_strdup (text);
}

static void
append_part (GString *text,
             char    *part)
{
  /* Translators: between what is said of a discount code: "20 % off, 3 uses at most" */
  g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", part);
  g_free (part);
}

static void
append_off (GString    *text,
            gboolean    percent,
            gint64      amount,
            const char *currency)
{
  g_autofree char *money = percent ? NULL : gum_money_format (amount, currency);

  append_part (text, percent ? g_strdup_printf (_("%d %% off"), (int) amount)
                             : g_strdup_printf (_("%s off"), money));
}

static void
append_limit (GString *text,
              gint64   limit)
{
  if (limit >= 0)
    append_part (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u use at most", "%u uses at most",
                                                     limit), (guint) limit));
}

static char *
dup_no_code (GumBulk *bulk)
{
  /* Translators: %s is a discount code that a product does not have */
  return g_strdup_printf (_("no code %s"), gum_bulk_get_value (bulk));
}

static char *
dup_old_code (GumBulk      *bulk,
              GumChangeRow *row)
{
  GumOfferCode *code = gum_change_row_get_code (row);
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 used;

  if (code == NULL)
    return dup_no_code (bulk);

  used = gum_offer_code_get_times_used (code);
  append_off (text, gum_offer_code_is_percent (code), gum_offer_code_get_amount (code),
              gum_change_row_get_currency (row));
  append_limit (text, gum_offer_code_get_limit (code));
  if (used > 0)
    append_part (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "used %u time", "used %u times", used),
                                        (guint) used));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_new_code (GumBulk      *bulk,
              GumChangeRow *row)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 price = gum_change_row_get_old_price (row);

  if (gum_bulk_get_kind (bulk) == GUM_BULK_CODE_REMOVE)
    return dup_no_code (bulk);

  append_off (text, gum_bulk_is_percent (bulk), gum_bulk_get_amount (bulk),
              gum_change_row_get_currency (row));
  if (price > 0)
    {
      g_autofree char *before = gum_money_format (price, gum_change_row_get_currency (row));
      g_autofree char *after = gum_money_format (gum_change_row_get_new_price (row),
                                                 gum_change_row_get_currency (row));

      /* Translators: a price after and before the discount */
      append_part (text, g_strdup_printf (_("%s instead of %s"), after, before));
    }
  append_limit (text, gum_bulk_get_limit (bulk));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
dup_sides (GumBulk       *bulk,
           GumChangeRow  *row,
           char         **old,
           char         **new)
{
  GumBulkKind kind = gum_bulk_get_kind (bulk);

  if (gum_bulk_is_code (bulk))
    {
      *old = dup_old_code (bulk, row);
      *new = dup_new_code (bulk, row);
    }
  else if (gum_bulk_is_price (bulk))
    {
      *old = dup_price (row, gum_change_row_get_old_price (row));
      *new = dup_price (row, gum_change_row_get_new_price (row));
    }
  else if (gum_bulk_is_tags (bulk))
    {
      *old = dup_tags (gum_change_row_get_old_tags (row));
      *new = dup_tags (gum_change_row_get_new_tags (row));
    }
  else if (kind == GUM_BULK_PUBLISH || kind == GUM_BULK_UNPUBLISH)
    {
      *old = g_strdup (kind == GUM_BULK_PUBLISH ? _("Draft") : _("Published"));
      *new = g_strdup (kind == GUM_BULK_PUBLISH ? _("Published") : _("Draft"));
    }
  else
    {
      *old = dup_text (kind, gum_change_row_get_old_text (row));
      *new = dup_text (kind, gum_bulk_get_value (bulk));
    }
}

static const char *
get_refusal (GumRefusal refusal)
{
  switch (refusal)
    {
    case GUM_REFUSAL_TIERED:
      return _("The prices of a membership are those of its tiers");
    case GUM_REFUSAL_CURRENCY:
      return _("It is sold in another currency");
    case GUM_REFUSAL_FREE:
      return _("It is free: only setting a price can change that");
    case GUM_REFUSAL_MINIMUM:
      return _("The price would be below what Gumroad allows");
    case GUM_REFUSAL_TOO_LARGE:
      return _("The price would be too large");
    case GUM_REFUSAL_TAKEN:
      return _("It has another code of this name, and keeps it");
    case GUM_REFUSAL_UNIVERSAL:
      return _("The code is good for all products: delete it under Discounts");
    case GUM_REFUSAL_UNKNOWN:
    case GUM_REFUSAL_NONE:
    default:
      return _("What it has now is not known");
    }
}

char *
gum_bulk_words_dup_name (GumChangeRow *row)
{
  const char *name = gum_change_row_get_name (row);

  return g_strdup (name != NULL && *name != '\0' ? name : _("Untitled"));
}

char *
gum_bulk_words_dup_change (GumBulk      *bulk,
                           GumChangeRow *row)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (gum_change_row_get_refusal (row) != GUM_REFUSAL_NONE)
    return g_strdup (get_refusal (gum_change_row_get_refusal (row)));

  dup_sides (bulk, row, &old, &new);
  /* Translators: what it is, and what it becomes */
  return g_strdup_printf (_("%s → %s"), old, new);
}

char *
gum_bulk_words_dup_sentence (GumBulk      *bulk,
                             GumChangeRow *row)
{
  g_autofree char *name = gum_bulk_words_dup_name (row);
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (gum_change_row_get_refusal (row) != GUM_REFUSAL_NONE)
    /* Translators: the name of a product, and why it is not changed */
    return g_strdup_printf (_("%s stays as it is. %s"), name,
                            get_refusal (gum_change_row_get_refusal (row)));

  dup_sides (bulk, row, &old, &new);
  /* Translators: the name of a product, what it has, and what it gets */
  return g_strdup_printf (_("%s: from %s to %s"), name, old, new);
}

char *
gum_bulk_words_dup_label (GumBulk *bulk,
                          guint    n_products)
{
  switch (gum_bulk_get_kind (bulk))
    {
    case GUM_BULK_PRICE_SET:
    case GUM_BULK_PRICE_ADD:
    case GUM_BULK_PRICE_PERCENT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Price of %u product",
                                           "Prices of %u products", n_products), n_products);
    case GUM_BULK_TAGS_ADD:
    case GUM_BULK_TAGS_REMOVE:
    case GUM_BULK_TAGS_REPLACE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Tags of %u product",
                                           "Tags of %u products", n_products), n_products);
    case GUM_BULK_CATEGORY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Category of %u product",
                                           "Category of %u products", n_products), n_products);
    case GUM_BULK_REFUND_PERIOD:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Refund policy of %u product",
                                           "Refund policy of %u products", n_products),
                              n_products);
    case GUM_BULK_CODE_ADD:
      /* Translators: %s is a discount code */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Discount code %s for %u product",
                                           "Discount code %s for %u products", n_products),
                              gum_bulk_get_value (bulk), n_products);
    case GUM_BULK_CODE_REMOVE:
      /* Translators: %s is a discount code */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Remove discount code %s from %u product",
                                           "Remove discount code %s from %u products", n_products),
                              gum_bulk_get_value (bulk), n_products);
    case GUM_BULK_PUBLISH:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Publish %u product",
                                           "Publish %u products", n_products), n_products);
    case GUM_BULK_UNPUBLISH:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Unpublish %u product",
                                           "Unpublish %u products", n_products), n_products);
    }
}
