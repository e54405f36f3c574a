/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GumPartProblem:
 * @GUM_PART_FINE: nothing is wrong with it
 * @GUM_PART_EMPTY: there must be something
 * @GUM_PART_TOO_LONG: longer than Gumroad keeps
 * @GUM_PART_UNREACHABLE: a question with such a name could never be changed or removed again
 * @GUM_PART_NO_ADDRESS: the name of terms must be their address in the web
 * @GUM_PART_NEGATIVE: below zero
 * @GUM_PART_ZERO: must be more than zero
 * @GUM_PART_BELOW_MINIMUM: the price that comes of it is less than one can charge in this currency
 * @GUM_PART_NO_COUNT: not a whole number above zero
 *
 * Why Gumroad would refuse a part of a product, known before it is asked.
 */
typedef enum {
  GUM_PART_FINE,
  GUM_PART_EMPTY,
  GUM_PART_TOO_LONG,
  GUM_PART_UNREACHABLE,
  GUM_PART_NO_ADDRESS,
  GUM_PART_NEGATIVE,
  GUM_PART_ZERO,
  GUM_PART_BELOW_MINIMUM,
  GUM_PART_NO_COUNT,
} GumPartProblem;

/* Characters of a name, and of the column that descriptions of versions are in. */
#define GUM_PART_MAX_LENGTH 255

GumPartProblem gum_variant_check_name        (const char *name);
GumPartProblem gum_variant_check_description (const char *description);
GumPartProblem gum_variant_check_difference  (gint64      difference,
                                              gint64      price,
                                              const char *currency);
GumPartProblem gum_variant_check_amount      (gint64      amount,
                                              const char *currency);
GumPartProblem gum_variant_parse_limit       (const char *text,
                                              gint64     *limit);

gboolean       gum_custom_field_is_reachable (const char *name);
GumPartProblem gum_custom_field_check_name   (const char *name,
                                              const char *type);

G_END_DECLS
