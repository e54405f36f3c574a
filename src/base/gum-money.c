/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Money is an integer in the smallest unit of its currency and an ISO 4217 code; this is the one
 * place that turns it into text. */

#include "config.h"

#include "gum-money.h"

#include <locale.h>
#include <string.h>

/* The currencies in which Gumroad lists products; anything else is shown with its code. */
static const struct {
  char        code[4];
  const char *symbol;
  guint       digits;
} currencies[] = {
  { "usd", "$", 2 },
  { "gbp", "£", 2 },
  { "eur", "€", 2 },
  { "jpy", "¥", 0 },
  { "inr", "₹", 2 },
  { "aud", "A$", 2 },
  { "cad", "CA$", 2 },
  { "hkd", "HK$", 2 },
  { "sgd", "S$", 2 },
  { "twd", "NT$", 2 },
  { "nzd", "NZ$", 2 },
  { "brl", "R$", 2 },
  { "zar", "R", 2 },
  { "chf", "CHF ", 2 },
  { "ils", "₪", 2 },
  { "php", "₱", 2 },
  { "krw", "₩", 2 },
  { "pln", "zł", 2 },
  { "czk", "Kč", 2 },
};

static gssize
find_currency (const char *currency)
{
  for (gsize i = 0; currency != NULL && i < G_N_ELEMENTS (currencies); i++)
    {
      if (g_ascii_strcasecmp (currencies[i].code, currency) == 0)
        return i;
    }

  return -1;
}

/**
 * gum_currency_get_digits:
 * @currency: (nullable): an ISO 4217 code in any case
 *
 * Gumroad counts every currency but the yen in hundredths, the won included.
 *
 * Returns: how many digits of an amount in minor units stand behind the decimal point
 */
guint
gum_currency_get_digits (const char *currency)
{
  gssize i = find_currency (currency);

  return i < 0 ? 2 : currencies[i].digits;
}

/**
 * gum_money_format:
 * @minor_units: the amount in the smallest unit of @currency
 * @currency: (nullable): an ISO 4217 code in any case; %NULL for US dollars
 *
 * Writes the amount for a person: symbol, digits grouped and pointed as the locale does.
 *
 * Returns: (transfer full): for example `$1,234.50`
 */
char *
gum_money_format (gint64      minor_units,
                  const char *currency)
{
  gssize i = find_currency (currency != NULL ? currency : "usd");
  guint digits = i < 0 ? 2 : currencies[i].digits;
  guint64 magnitude = minor_units < 0 ? -(guint64) minor_units : (guint64) minor_units;
  guint64 unit = digits == 0 ? 1 : 100;
  const char *minus = minor_units < 0 ? "−" : "";
  g_autofree char *number = NULL;

  number = g_strdup_printf ("%'" G_GUINT64_FORMAT, magnitude / unit);
  if (digits > 0)
    {
      const char *point = localeconv ()->decimal_point;
      g_autofree char *whole = g_steal_pointer (&number);

      number = g_strdup_printf ("%s%s%02u", whole, point, (guint) (magnitude % unit));
    }

  if (i < 0)
    {
      g_autofree char *code = g_ascii_strup (currency, -1);

      return g_strdup_printf ("%s%s %s", minus, code, number);
    }

  return g_strconcat (minus, currencies[i].symbol, number, NULL);
}
