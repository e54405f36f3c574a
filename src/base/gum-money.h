/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GumMoneyProblem:
 * @GUM_MONEY_FINE: it is an amount
 * @GUM_MONEY_EMPTY: nothing was written
 * @GUM_MONEY_NO_NUMBER: there is more in it than a number and the currency
 * @GUM_MONEY_NEGATIVE: below zero
 * @GUM_MONEY_TOO_FINE: more digits behind the decimal point than the currency has
 * @GUM_MONEY_AMBIGUOUS: "1.234" may mean either of two amounts here
 * @GUM_MONEY_TOO_LARGE: Gumroad does not count so far
 *
 * Why a text is no amount.
 */
typedef enum {
  GUM_MONEY_FINE,
  GUM_MONEY_EMPTY,
  GUM_MONEY_NO_NUMBER,
  GUM_MONEY_NEGATIVE,
  GUM_MONEY_TOO_FINE,
  GUM_MONEY_AMBIGUOUS,
  GUM_MONEY_TOO_LARGE,
} GumMoneyProblem;

guint           gum_currency_get_digits  (const char *currency);
const char     *gum_currency_get_symbol  (const char *currency);
gint64          gum_currency_get_minimum (const char *currency);
const char    **gum_currency_list        (void);
char           *gum_money_format         (gint64      minor_units,
                                          const char *currency);
char           *gum_money_format_plain   (gint64      minor_units,
                                          const char *currency);
GumMoneyProblem gum_money_parse          (const char *text,
                                          const char *currency,
                                          gint64     *minor_units);

G_END_DECLS
