/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules for versions and checkout questions, and what is read of them. */

#include "config.h"

#include "gum-part-rules.h"
#include "gum-json.h"
#include "gum-review.h"
#include "gum-variant.h"

#include <string.h>

static char *
dup_long (guint length)
{
  GString *text = g_string_new (NULL);

  /* Characters, not bytes. */
  for (guint i = 0; i < length; i++)
    g_string_append (text, "ü");

  return g_string_free (text, FALSE);
}

static void
test_texts (void)
{
  g_autofree char *longest = dup_long (255);
  g_autofree char *longer = dup_long (256);

  g_assert_cmpint (gum_variant_check_name ("Team"), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_name (longest), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_name (longer), ==, GUM_PART_TOO_LONG);
  g_assert_cmpint (gum_variant_check_name (NULL), ==, GUM_PART_EMPTY);
  g_assert_cmpint (gum_variant_check_name (""), ==, GUM_PART_EMPTY);
  g_assert_cmpint (gum_variant_check_name (" \t\xc2\xa0\xe3\x80\x80"), ==, GUM_PART_EMPTY);
  g_assert_cmpint (gum_variant_check_description (NULL), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_description (longest), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_description (longer), ==, GUM_PART_TOO_LONG);
}

static void
test_differences (void)
{
  g_assert_cmpint (gum_variant_check_difference (0, 1000, "usd"), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_difference (-1, 1000, "usd"), ==, GUM_PART_NEGATIVE);
  g_assert_cmpint (gum_variant_check_difference (0, 0, "usd"), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_difference (98, 0, "usd"), ==, GUM_PART_BELOW_MINIMUM);
  g_assert_cmpint (gum_variant_check_difference (99, 0, "usd"), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_difference (1, 110999, "krw"), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_difference (1, 110998, "krw"), ==, GUM_PART_BELOW_MINIMUM);
  g_assert_cmpint (gum_variant_check_difference (G_MAXINT64, 5, "usd"), ==, GUM_PART_FINE);
  /* What is not known here is for Gumroad to judge. */
  g_assert_cmpint (gum_variant_check_difference (1, 0, "xyz"), ==, GUM_PART_FINE);

  g_assert_cmpint (gum_variant_check_amount (300, "usd"), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_check_amount (0, "usd"), ==, GUM_PART_ZERO);
  g_assert_cmpint (gum_variant_check_amount (98, "usd"), ==, GUM_PART_BELOW_MINIMUM);
  g_assert_cmpint (gum_variant_check_amount (-5, "usd"), ==, GUM_PART_NEGATIVE);
}

static void
test_limits (void)
{
  gint64 limit = -1;

  g_assert_cmpint (gum_variant_parse_limit (NULL, &limit), ==, GUM_PART_FINE);
  g_assert_cmpint (limit, ==, 0);
  g_assert_cmpint (gum_variant_parse_limit ("  ", &limit), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_parse_limit (" 25 ", &limit), ==, GUM_PART_FINE);
  g_assert_cmpint (limit, ==, 25);
  g_assert_cmpint (gum_variant_parse_limit ("１２", &limit), ==, GUM_PART_FINE);
  g_assert_cmpint (limit, ==, 12);
  g_assert_cmpint (gum_variant_parse_limit ("2147483647", &limit), ==, GUM_PART_FINE);
  g_assert_cmpint (gum_variant_parse_limit ("2147483648", &limit), ==, GUM_PART_NO_COUNT);
  g_assert_cmpint (gum_variant_parse_limit ("99999999999999999999", &limit), ==, GUM_PART_NO_COUNT);
  for (guint i = 0; i < 6; i++)
    {
      static const char *wrong[] = { "0", "-1", "1e3", "2.5", "ten", "1 000" };

      g_assert_cmpint (gum_variant_parse_limit (wrong[i], &limit), ==, GUM_PART_NO_COUNT);
    }
}

static void
test_questions (void)
{
  static const struct
  {
    const char     *name;
    const char     *type;
    GumPartProblem  problem;
  } cases[] = {
    { "Your size?", "text", GUM_PART_FINE },
    { "", "text", GUM_PART_EMPTY },
    { NULL, "checkbox", GUM_PART_EMPTY },
    { "Yes/No", "text", GUM_PART_UNREACHABLE },
    { "Your site (example.org)", "long_text", GUM_PART_UNREACHABLE },
    { "Where? 100% “sure” \u202e#?&", "text", GUM_PART_FINE },
    { "https://example.org/terms", "terms", GUM_PART_FINE },
    { "HTTP://example.org", "terms", GUM_PART_FINE },
    { "https://", "terms", GUM_PART_NO_ADDRESS },
    { "example.org/terms", "terms", GUM_PART_NO_ADDRESS },
    { "ftp://example.org", "terms", GUM_PART_NO_ADDRESS },
    { "javascript:alert(1)", "terms", GUM_PART_NO_ADDRESS },
    { "https://example.org/terms", "text", GUM_PART_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gum_custom_field_check_name (cases[i].name, cases[i].type), ==,
                     cases[i].problem);

  g_assert_true (gum_custom_field_is_reachable ("Your size?"));
  g_assert_false (gum_custom_field_is_reachable ("https://example.org/terms"));
  g_assert_false (gum_custom_field_is_reachable (NULL));
}

static GumResource *
parse (GType       type,
       const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  guint n_bad = 0;
  GumResource *resource = gum_resource_new_from_text (type, bytes, &n_bad);

  g_assert_nonnull (resource);
  g_assert_cmpuint (n_bad, ==, 0);

  return resource;
}

static void
test_records (void)
{
  g_autoptr(GumResource) variant = NULL;
  g_autoptr(GumResource) review = NULL;
  g_autoptr(GumResource) sku = NULL;
  g_autoptr(GumReviewResponse) response = NULL;
  g_autoptr(GDateTime) created = NULL;
  g_autofree char *custom_sku = NULL;
  g_autofree char *said = NULL;
  gint64 difference = 0;
  gint64 rating = 0;

  variant = parse (GUM_TYPE_VARIANT,
                   "{\"id\":\"v==\",\"name\":\"Team\",\"description\":null,\"price_difference_cents\":500.0,"
                   "\"max_purchase_count\":null,\"is_customizable_price\":true,\"recurrence_price_values\":"
                   "{\"monthly\":{\"enabled\":true,\"price_cents\":500,\"price\":\"5\"}},\"rich_content\":[]}");
  g_object_get (variant, "price-difference-cents", &difference, NULL);
  g_assert_cmpint (difference, ==, 500);
  g_assert_false (gum_resource_has (variant, "max-purchase-count"));
  g_assert_true (gum_resource_has (variant, "recurrence-price-values"));

  review = parse (GUM_TYPE_REVIEW,
                  "{\"id\":\"r\",\"rating\":4,\"message\":\"Good\",\"created_at\":\"2026-08-19T17:20:11Z\","
                  "\"purchase_id\":null,\"rater_name\":\"Anonymous\",\"response\":{\"message\":\"Thanks\","
                  "\"created_at\":\"2026-08-20T08:00:00.123Z\"}}");
  g_object_get (review, "rating", &rating, "response", &response, "created-at", &created, NULL);
  g_assert_cmpint (rating, ==, 4);
  g_assert_cmpint (g_date_time_get_year (created), ==, 2026);
  g_object_get (response, "message", &said, NULL);
  g_assert_cmpstr (said, ==, "Thanks");

  sku = parse (GUM_TYPE_SKU, "{\"id\":\"s\",\"name\":\"Oak\",\"custom_sku\":\"FERRY-1\"}");
  g_object_get (sku, "custom-sku", &custom_sku, NULL);
  g_assert_cmpstr (custom_sku, ==, "FERRY-1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/parts/texts", test_texts);
  g_test_add_func ("/api/parts/differences", test_differences);
  g_test_add_func ("/api/parts/limits", test_limits);
  g_test_add_func ("/api/parts/questions", test_questions);
  g_test_add_func ("/api/parts/records", test_records);

  return g_test_run ();
}
