/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words for what Gumroad would refuse, beside the field that it is about.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-part-words.h"

#include <glib/gi18n.h>

char *
gum_part_words_dup_problem (GumPartProblem  problem,
                            const char     *currency)
{
  g_autofree char *smallest = NULL;

  switch (problem)
    {
    case GUM_PART_EMPTY:
      return g_strdup (_("This cannot be empty."));
    case GUM_PART_TOO_LONG:
      return g_strdup_printf (_("Gumroad keeps at most %d characters."), GUM_PART_MAX_LENGTH);
    case GUM_PART_UNREACHABLE:
      return g_strdup (_("A question with “/” or “.” in it could never be changed or removed again "
                         "from here. Put it in other words."));
    case GUM_PART_NO_ADDRESS:
      return g_strdup (_("Terms are asked for with their address in the web. It begins with "
                         "https://."));
    case GUM_PART_NEGATIVE:
      return g_strdup (_("This cannot be below zero."));
    case GUM_PART_ZERO:
      return g_strdup (_("This must be more than zero."));
    case GUM_PART_BELOW_MINIMUM:
      smallest = gum_money_format (gum_currency_get_minimum (currency), currency);
      return g_strdup_printf (_("Together with the product’s price this is less than %s, the "
                                "smallest price in this currency."), smallest);
    case GUM_PART_NO_COUNT:
      return g_strdup (_("Write a whole number above zero, or nothing for no limit."));
    case GUM_PART_FINE:
    default:
      return NULL;
    }
}

char *
gum_part_words_dup_amount (GumMoneyProblem  problem,
                           const char      *currency)
{
  switch (problem)
    {
    case GUM_MONEY_EMPTY:
      return g_strdup (_("An amount is missing."));
    case GUM_MONEY_NEGATIVE:
      return g_strdup (_("An amount cannot be below zero."));
    case GUM_MONEY_TOO_FINE:
      if (gum_currency_get_digits (currency) == 0)
        return g_strdup (_("This currency has no smaller unit: write a whole number."));
      return g_strdup (_("This currency has two digits behind the decimal point."));
    case GUM_MONEY_AMBIGUOUS:
      return g_strdup (_("This can mean two amounts. Write all digits behind the decimal point, or "
                         "none."));
    case GUM_MONEY_TOO_LARGE:
      return g_strdup (_("Gumroad does not take an amount as large as this."));
    case GUM_MONEY_NO_NUMBER:
      return g_strdup (_("This is not an amount. Write it like 12.50."));
    case GUM_MONEY_FINE:
    default:
      return NULL;
    }
}
