/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contract's rules for versions and checkout questions. Gumroad's own refusals come late, and those
 * about questions say nothing at all. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-part-rules.h"

#include "gum-money.h"

#include <string.h>

static gboolean
is_blank (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!g_unichar_isspace (g_utf8_get_char (at)))
        return FALSE;
    }

  return TRUE;
}

/**
 * gum_variant_check_name:
 * @name: (nullable): of a version, or of a group of them
 *
 * Returns: what is wrong with it
 */
GumPartProblem
gum_variant_check_name (const char *name)
{
  if (is_blank (name))
    return GUM_PART_EMPTY;

  return gum_variant_check_description (name);
}

/**
 * gum_variant_check_description:
 * @description: (nullable): of a version
 *
 * Returns: what is wrong with it
 */
GumPartProblem
gum_variant_check_description (const char *description)
{
  return description != NULL && g_utf8_strlen (description, -1) > GUM_PART_MAX_LENGTH
         ? GUM_PART_TOO_LONG : GUM_PART_FINE;
}

/**
 * gum_variant_check_difference:
 * @difference: what a version costs more than the product, in minor units
 * @price: what the product costs
 * @currency: (nullable): of both
 *
 * Returns: what is wrong with it
 */
GumPartProblem
gum_variant_check_difference (gint64      difference,
                              gint64      price,
                              const char *currency)
{
  if (difference < 0)
    return GUM_PART_NEGATIVE;
  if (price > G_MAXINT64 - difference)
    return GUM_PART_FINE;
  if (price + difference != 0 && price + difference < gum_currency_get_minimum (currency))
    return GUM_PART_BELOW_MINIMUM;

  return GUM_PART_FINE;
}

/**
 * gum_variant_check_amount:
 * @amount: one that is suggested to who buys a coffee, in minor units
 * @currency: (nullable): of the product
 *
 * Returns: what is wrong with it
 */
GumPartProblem
gum_variant_check_amount (gint64      amount,
                          const char *currency)
{
  if (amount < 0)
    return GUM_PART_NEGATIVE;
  if (amount == 0)
    return GUM_PART_ZERO;

  return amount < gum_currency_get_minimum (currency) ? GUM_PART_BELOW_MINIMUM : GUM_PART_FINE;
}

/**
 * gum_variant_parse_limit:
 * @text: (nullable): how many may be sold, in digits of any script; nothing: as many as wanted
 * @limit: (out): 0 where there is no limit
 *
 * Returns: what is wrong with it
 */
GumPartProblem
gum_variant_parse_limit (const char *text,
                         gint64     *limit)
{
  g_autofree char *line = g_strstrip (g_strdup (text != NULL ? text : ""));
  gint64 value = 0;

  *limit = 0;
  if (*line == '\0')
    return GUM_PART_FINE;

  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (at));

      /* Gumroad's column holds 32 bits. */
      if (digit < 0 || value > (G_MAXINT32 - digit) / 10)
        return GUM_PART_NO_COUNT;
      value = 10 * value + digit;
    }
  if (value == 0)
    return GUM_PART_NO_COUNT;

  *limit = value;

  return GUM_PART_FINE;
}

/**
 * gum_custom_field_is_reachable:
 * @name: (nullable): of a question
 *
 * A question is addressed by its name, as a segment of a path. A slash ends the segment even if it is
 * escaped, and what follows a dot is taken for a format.
 *
 * Returns: whether it can be changed and removed over the API
 */
gboolean
gum_custom_field_is_reachable (const char *name)
{
  return !is_blank (name) && strpbrk (name, "/.") == NULL;
}

static gboolean
is_address (const char *name)
{
  g_autoptr(GUri) uri = g_uri_parse (name, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  return (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

/**
 * gum_custom_field_check_name:
 * @name: (nullable): what is asked
 * @type: `text`, `long_text`, `checkbox`, `terms` or `file`
 *
 * Returns: what is wrong with it
 */
GumPartProblem
gum_custom_field_check_name (const char *name,
                             const char *type)
{
  GumPartProblem problem = gum_variant_check_name (name);

  if (problem != GUM_PART_FINE)
    return problem;
  if (g_strcmp0 (type, "terms") == 0)
    return is_address (name) ? GUM_PART_FINE : GUM_PART_NO_ADDRESS;

  return gum_custom_field_is_reachable (name) ? GUM_PART_FINE : GUM_PART_UNREACHABLE;
}
