/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Money is an integer in the smallest unit of its currency and an ISO 4217 code; this is the one
 * place that turns it into text, and text into it. */

#include "config.h"

#include "gum-money.h"

#include <locale.h>
#include <string.h>

/* The currencies in which Gumroad lists products; anything else is shown with its code. */
static const struct {
  char        code[4];
  const char *symbol;
  guint       digits;
  gint64      minimum;      /* of a price that is not 0, as of April 2025 */
} currencies[] = {
  { "usd", "$", 2, 99 },
  { "gbp", "£", 2, 59 },
  { "eur", "€", 2, 79 },
  { "jpy", "¥", 0, 99 },
  { "inr", "₹", 2, 7300 },
  { "aud", "A$", 2, 99 },
  { "cad", "CA$", 2, 99 },
  { "hkd", "HK$", 2, 799 },
  { "sgd", "S$", 2, 99 },
  { "twd", "NT$", 2, 2999 },
  { "nzd", "NZ$", 2, 99 },
  { "brl", "R$", 2, 533 },
  { "zar", "R", 2, 1300 },
  { "chf", "CHF ", 2, 100 },
  { "ils", "₪", 2, 700 },
  { "php", "₱", 2, 4500 },
  { "krw", "₩", 2, 111000 },
  { "pln", "zł", 2, 379 },
  { "czk", "Kč", 2, 2149 },
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
 * gum_currency_get_symbol:
 * @currency: (nullable): an ISO 4217 code in any case
 *
 * Returns: (transfer none) (nullable): what stands before an amount; %NULL for a currency in which
 *   Gumroad lists nothing
 */
const char *
gum_currency_get_symbol (const char *currency)
{
  gssize i = find_currency (currency);

  return i < 0 ? NULL : currencies[i].symbol;
}

/**
 * gum_currency_get_minimum:
 * @currency: (nullable): an ISO 4217 code in any case
 *
 * Gumroad may change these; what it says itself counts (`POST /products`, price).
 *
 * Returns: the smallest price that is not 0, in minor units; 0 where it is not known
 */
gint64
gum_currency_get_minimum (const char *currency)
{
  gssize i = find_currency (currency);

  return i < 0 ? 0 : currencies[i].minimum;
}

/**
 * gum_currency_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): the codes of the currencies in which products
 *   can be listed, lower case
 */
const char **
gum_currency_list (void)
{
  static const char *codes[G_N_ELEMENTS (currencies) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    codes[i] = currencies[i].code;

  return codes;
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

/**
 * gum_money_format_plain:
 * @minor_units: the amount in the smallest unit of @currency
 * @currency: (nullable): an ISO 4217 code in any case; %NULL for US dollars
 *
 * Writes the amount as it stands in an entry: without symbol and groups, so that gum_money_parse()
 * reads it back.
 *
 * Returns: (transfer full): for example `1234.50`
 */
char *
gum_money_format_plain (gint64      minor_units,
                        const char *currency)
{
  guint64 magnitude = minor_units < 0 ? -(guint64) minor_units : (guint64) minor_units;
  const char *minus = minor_units < 0 ? "-" : "";

  if (gum_currency_get_digits (currency != NULL ? currency : "usd") == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, minus, magnitude);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%02u", minus, magnitude / 100,
                          localeconv ()->decimal_point, (guint) (magnitude % 100));
}

/* Gumroad keeps amounts in 32 bits. */
#define LARGEST G_MAXINT32

/* What may stand between groups of digits without ever being a decimal point. */
static gboolean
is_blank_or_apostrophe (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x00a0 || c == 0x2009 || c == 0x202f || c == '\'' ||
         c == 0x2019;
}

/* The number without what surrounds it: digits of any script as ASCII, points and commas. NULL: there
 * is something else in it. */
static char *
reduce (const char *text,
        const char *currency,
        gboolean   *negative)
{
  g_autoptr(GString) reduced = g_string_new (NULL);
  const char *symbol = gum_currency_get_symbol (currency);
  const char *p = text;

  *negative = FALSE;
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (currency != NULL && g_ascii_strncasecmp (p, currency, strlen (currency)) == 0)
        {
          p += strlen (currency);
          continue;
        }
      if (symbol != NULL && *symbol != '\0' && g_str_has_prefix (p, symbol))
        {
          p += strlen (symbol);
          continue;
        }

      if (g_unichar_isdigit (c))
        g_string_append_c (reduced, '0' + g_unichar_digit_value (c));
      else if (c == '.' || c == ',')
        g_string_append_c (reduced, c);
      else if (c == 0xff0e || c == 0xff0c || c == 0x066b || c == 0x066c)
        g_string_append_c (reduced, c == 0xff0e || c == 0x066b ? '.' : ',');
      else if ((c == '-' || c == 0x2212) && reduced->len == 0)
        *negative = TRUE;
      else if (!is_blank_or_apostrophe (c))
        return NULL;
      p = g_utf8_next_char (p);
    }

  return g_string_free (g_steal_pointer (&reduced), FALSE);
}

/* Whether every @mark has exactly three digits after it, up to @end, and one to three before. */
static gboolean
are_groups (const char *number,
            char        mark,
            const char *end)
{
  const char *first = strchr (number, mark);

  if (first == NULL || first >= end)
    return TRUE;
  if (first == number || first - number > 3)
    return FALSE;
  for (const char *p = first; p < end; p += 4)
    {
      if (*p != mark || end - p < 4)
        return FALSE;
      for (int i = 1; i <= 3; i++)
        {
          if (!g_ascii_isdigit (p[i]))
            return FALSE;
        }
    }

  return TRUE;
}

/* Where the decimal point is; NULL: there is none. */
static GumMoneyProblem
find_point (const char  *number,
            guint        digits,
            const char **point)
{
  const char *last_point = strrchr (number, '.');
  const char *last_comma = strrchr (number, ',');
  const char *last = last_point > last_comma ? last_point : last_comma;
  const char *end = number + strlen (number);
  gsize behind;

  *point = NULL;
  if (last == NULL)
    return GUM_MONEY_FINE;

  behind = end - last - 1;
  if (last_point != NULL && last_comma != NULL)
    {
      /* The one on the right points, the other one groups. */
      *point = last;
      if (strchr (number, *last) != last || !are_groups (number, *last == '.' ? ',' : '.', last))
        return GUM_MONEY_NO_NUMBER;
    }
  else if (strchr (number, *last) != last)
    {
      return are_groups (number, *last, end) ? GUM_MONEY_FINE : GUM_MONEY_NO_NUMBER;
    }
  else if (behind == 3 && are_groups (number, *last, end) && *number != '0')
    {
      /* One mark and three digits: groups where nothing else can be meant, or where they are written
       * so here; otherwise a guess. */
      const char *group = localeconv ()->thousands_sep;

      return digits == 0 || (group[0] == *last && group[1] == '\0')
             ? GUM_MONEY_FINE : GUM_MONEY_AMBIGUOUS;
    }
  else
    {
      *point = last;
    }

  if (behind == 0)
    return GUM_MONEY_NO_NUMBER;

  return behind > digits ? GUM_MONEY_TOO_FINE : GUM_MONEY_FINE;
}

/**
 * gum_money_parse:
 * @text: what a person wrote
 * @currency: (nullable): an ISO 4217 code in any case; %NULL for US dollars
 * @minor_units: (out): the amount in the smallest unit of @currency; untouched on failure
 *
 * Reads an amount in any script and with either decimal point, with or without groups and the
 * currency. What could mean two amounts is refused, and so is everything that is written for
 * machines (`1e3`).
 *
 * Returns: %GUM_MONEY_FINE, or why it is no amount
 */
GumMoneyProblem
gum_money_parse (const char *text,
                 const char *currency,
                 gint64     *minor_units)
{
  guint digits = gum_currency_get_digits (currency != NULL ? currency : "usd");
  g_autofree char *number = NULL;
  GumMoneyProblem problem;
  const char *point;
  gint64 amount = 0;
  gboolean negative;

  g_return_val_if_fail (text != NULL && minor_units != NULL, GUM_MONEY_NO_NUMBER);

  if (!g_utf8_validate (text, -1, NULL))
    return GUM_MONEY_NO_NUMBER;
  number = reduce (text, currency != NULL ? currency : "usd", &negative);
  if (number == NULL || (*number == '\0' && negative))
    return GUM_MONEY_NO_NUMBER;
  if (*number == '\0')
    return GUM_MONEY_EMPTY;

  problem = find_point (number, digits, &point);
  if (problem != GUM_MONEY_FINE)
    return problem;

  for (const char *p = number; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p))
        continue;
      amount = amount * 10 + (*p - '0');
      if (amount > LARGEST)
        return GUM_MONEY_TOO_LARGE;
    }
  for (guint i = point != NULL ? strlen (point + 1) : 0; i < digits; i++)
    {
      amount *= 10;
      if (amount > LARGEST)
        return GUM_MONEY_TOO_LARGE;
    }
  if (negative && amount != 0)
    return GUM_MONEY_NEGATIVE;

  *minor_units = amount;

  return GUM_MONEY_FINE;
}
