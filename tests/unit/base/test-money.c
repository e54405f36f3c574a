/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts as text. The tests run in the C locale, where nothing is grouped and the point is a point. */

#include "config.h"

#include "gum-money.h"

static void
test_format (void)
{
  static const struct {
    gint64      minor_units;
    const char *currency;
    const char *expected;
  } cases[] = {
    { 0, "usd", "$0.00" },
    { 5, "usd", "$0.05" },
    { 123456, "usd", "$1234.56" },
    { 100, NULL, "$1.00" },
    { 100, "USD", "$1.00" },
    { -250, "eur", "−€2.50" },
    { 1500, "jpy", "¥1500" },
    { 150000, "krw", "₩1500.00" },
    { 1999, "cad", "CA$19.99" },
    { 1999, "chf", "CHF 19.99" },
    { 1999, "xyz", "XYZ 19.99" },
    { -1999, "xyz", "−XYZ 19.99" },
    { G_MAXINT64, "jpy", "¥9223372036854775807" },
    { G_MININT64, "jpy", "−¥9223372036854775808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = gum_money_format (cases[i].minor_units, cases[i].currency);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_digits (void)
{
  g_assert_cmpuint (gum_currency_get_digits ("usd"), ==, 2);
  g_assert_cmpuint (gum_currency_get_digits ("JPY"), ==, 0);
  g_assert_cmpuint (gum_currency_get_digits ("krw"), ==, 2);
  g_assert_cmpuint (gum_currency_get_digits ("xyz"), ==, 2);
  g_assert_cmpuint (gum_currency_get_digits (NULL), ==, 2);
}

static void
test_parse (void)
{
  static const struct {
    const char     *text;
    const char     *currency;
    GumMoneyProblem problem;
    gint64          minor_units;
  } cases[] = {
    { "12", "usd", GUM_MONEY_FINE, 1200 },
    { "12.5", "usd", GUM_MONEY_FINE, 1250 },
    { "12,50", "usd", GUM_MONEY_FINE, 1250 },
    { " $12.50 ", "usd", GUM_MONEY_FINE, 1250 },
    { "12.50 EUR", "eur", GUM_MONEY_FINE, 1250 },
    { "€12,50", "eur", GUM_MONEY_FINE, 1250 },
    { "CHF 12.50", "chf", GUM_MONEY_FINE, 1250 },
    { ".5", "usd", GUM_MONEY_FINE, 50 },
    { "0", "usd", GUM_MONEY_FINE, 0 },
    { "-0", "usd", GUM_MONEY_FINE, 0 },
    { "1.234,5", "eur", GUM_MONEY_FINE, 123450 },
    { "1,234.50", "eur", GUM_MONEY_FINE, 123450 },
    { "1,234,567", "usd", GUM_MONEY_FINE, 123456700 },
    { "1 234,50", "eur", GUM_MONEY_FINE, 123450 },
    { "1\u202f234,50", "eur", GUM_MONEY_FINE, 123450 },
    { "1'234.50", "chf", GUM_MONEY_FINE, 123450 },
    { "１２", "jpy", GUM_MONEY_FINE, 12 },
    { "１２．５", "usd", GUM_MONEY_FINE, 1250 },
    { "١٢٫٥", "usd", GUM_MONEY_FINE, 1250 },
    { "¥1,234", "jpy", GUM_MONEY_FINE, 1234 },
    { "1.234", "jpy", GUM_MONEY_FINE, 1234 },
    { "21474836.47", "usd", GUM_MONEY_FINE, G_MAXINT32 },
    { "", "usd", GUM_MONEY_EMPTY, 0 },
    { "  $", "usd", GUM_MONEY_EMPTY, 0 },
    { "-", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "-1", "usd", GUM_MONEY_NEGATIVE, 0 },
    { "−1", "usd", GUM_MONEY_NEGATIVE, 0 },
    { "1e3", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "1-2", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "none", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "12.", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "1.2.3", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "1,2,3.00", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "1.234.5", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "€12", "usd", GUM_MONEY_NO_NUMBER, 0 },
    { "12.345", "usd", GUM_MONEY_AMBIGUOUS, 0 },
    { "0.123", "usd", GUM_MONEY_TOO_FINE, 0 },
    { "1234.567", "usd", GUM_MONEY_TOO_FINE, 0 },
    { "12.5", "jpy", GUM_MONEY_TOO_FINE, 0 },
    { "21474836.48", "usd", GUM_MONEY_TOO_LARGE, 0 },
    { "99999999999999999999999999999999", "usd", GUM_MONEY_TOO_LARGE, 0 },
    { "\xff", "usd", GUM_MONEY_NO_NUMBER, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *escaped = g_strescape (cases[i].text, NULL);
      gint64 amount = 0;

      g_test_message ("%s", escaped);
      g_assert_cmpint (gum_money_parse (cases[i].text, cases[i].currency, &amount), ==,
                       cases[i].problem);
      g_assert_cmpint (amount, ==, cases[i].minor_units);
    }
}

/* What stands in an entry is read back. */
static void
test_plain (void)
{
  for (const char **code = gum_currency_list (); *code != NULL; code++)
    {
      static const gint64 amounts[] = { 0, 1, 99, 100, 12345, G_MAXINT32 };

      g_assert_cmpint (gum_currency_get_minimum (*code), >, 0);
      for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
        {
          g_autofree char *text = gum_money_format_plain (amounts[i], *code);
          gint64 amount = -1;

          g_assert_cmpint (gum_money_parse (text, *code, &amount), ==, GUM_MONEY_FINE);
          g_assert_cmpint (amount, ==, amounts[i]);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/money/format", test_format);
  g_test_add_func ("/base/money/digits", test_digits);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/plain", test_plain);

  return g_test_run ();
}
