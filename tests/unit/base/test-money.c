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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/money/format", test_format);
  g_test_add_func ("/base/money/digits", test_digits);

  return g_test_run ();
}
