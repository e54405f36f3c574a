/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rest of the shop: the account, upsells, landing pages, comparisons, reviews.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

/* The account */

static void
test_refund_policy (Fixture       *fixture,
                    gconstpointer  data)
{
  static const Refusal cases[] = {
    { "PUT", "/products/ID", "{\"refund_fine_print\":\"x\"}", "Fine print needs a refund_period." },
    { "PUT", "/products/ID", "{\"refund_period\":30}", "Refund period must be one of: " },
    { "PUT", "/products/ID", "{\"refund_period\":\"5\"}", "Refund period must be one of: " },
    { "PUT", "/products/ID", "{\"refund_period\":\"inherit\",\"refund_fine_print\":\"x\"}",
      "Fine print cannot be set for an inherited refund policy." },
    { "PUT", "/refund_policy", "{\"refund_period\":\"14\"}",
      "The account-level refund policy is not in effect for this seller." },
  };
  g_autofree char *id = fixture_create (fixture, "");
  JsonObject *policy;

  fixture_json (fixture, "PUT", "/refund_policy", "{}");
  assert_failure (fixture, "Refund period is required.");
  fixture_json (fixture, "PUT", "/refund_policy",
                "{\"refund_period\":\"14\",\"fine_print\":\"Sorry, <b>no</b> refunds.\"}");
  assert_failure (fixture, "Fine print cannot say that there are no refunds");
  fixture_json (fixture, "PUT", "/refund_policy",
                "{\"refund_period\":\"183\",\"fine_print\":\"<p>Ask <b>us</b></p>\"}");
  policy = json_object_get_object_member (fixture->json, "refund_policy");
  g_assert_cmpstr (json_object_get_string_member (policy, "fine_print"), ==, "Ask us");
  g_assert_cmpstr (json_object_get_string_member (policy, "title"), ==,
                   "6-month money back guarantee");

  fixture_set (fixture, "set_refund_policy", "{\"in_effect\":false}");
  assert_refused (fixture, id, cases, G_N_ELEMENTS (cases));
  fixture_send_for (fixture, "PUT", id, "",
                    "{\"refund_period\":\"none\",\"refund_fine_print\":\"x\"}");
  policy = json_object_get_object_member (fixture_product (fixture), "refund_policy");
  g_assert_cmpstr (json_object_get_string_member (policy, "refund_period"), ==, "none");
  fixture_send_for (fixture, "PUT", id, "", "{\"refund_fine_print\":\"y\"}");
  policy = json_object_get_object_member (fixture_product (fixture), "refund_policy");
  g_assert_cmpstr (json_object_get_string_member (policy, "refund_period"), ==, "none");
  g_assert_cmpstr (json_object_get_string_member (policy, "fine_print"), ==, "y");
  fixture_send_for (fixture, "PUT", id, "", "{\"refund_period\":\"14\"}");
  policy = json_object_get_object_member (fixture_product (fixture), "refund_policy");
  g_assert_cmpstr (json_object_get_string_member (policy, "fine_print"), ==, "y");
  fixture_send_for (fixture, "PUT", id, "", "{\"refund_fine_print\":null}");
  policy = json_object_get_object_member (fixture_product (fixture), "refund_policy");
  g_assert_true (json_object_get_null_member (policy, "fine_print"));
}

static void
test_user (Fixture       *fixture,
           gconstpointer  data)
{
  fixture_set (fixture, "set_account", "{\"_email_confirmed\":false}");
  fixture_json (fixture, "PUT", "/user", "{\"name\":\"X\"}");
  assert_failure (fixture, "You have to confirm your email address before you can do that.");
  fixture_set (fixture, "set_account", "{\"_email_confirmed\":true}");
  fixture_json (fixture, "PUT", "/user", "{\"name\":\"X\",\"bio\":null}");
  g_assert_nonnull (strstr (fixture->body, "\"name\":\"X\",\"bio\":null"));
}

/* Upsells */

static JsonObject *
upsell_of_answer (Fixture *fixture)
{
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));

  return json_object_get_object_member (fixture->json, "upsell");
}

static void
test_upsells (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *one = fixture_create (fixture, "");
  g_autofree char *two = fixture_create (fixture, "");
  g_autofree char *body = NULL;
  g_autofree char *path = NULL;
  JsonObject *upsell;
  JsonObject *discount;

  fixture_get (fixture, "/upsells");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture->json,
                                                                         "upsells")), ==, 0);
  fixture_json (fixture, "POST", "/upsells", "{\"name\":\"U\",\"product_id\":\"x\"}");
  assert_failure (fixture, "The product, variant, or offer referenced by an external ID could not "
                  "be found.");

  body = g_strdup_printf ("{\"name\":\"U\",\"text\":\"T\",\"description\":\"D\","
                          "\"cross_sell\":true,\"product_id\":\"%s\",\"product_ids\":[\"%s\"],"
                          "\"offer_code\":{\"amount_percentage\":20}}", one, two);
  fixture_json (fixture, "POST", "/upsells", body);
  upsell = upsell_of_answer (fixture);
  path = g_strconcat ("/upsells/", json_object_get_string_member (upsell, "id"), NULL);
  discount = json_object_get_object_member (upsell, "discount");
  g_assert_cmpstr (json_object_get_string_member (discount, "type"), ==, "percent");
  g_assert_cmpint (json_object_get_int_member (discount, "percents"), ==, 20);
  g_assert_cmpstr (json_object_get_string_member (
                     json_object_get_object_member (upsell, "product"), "currency_type"), ==,
                   "usd");
  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (
                       json_object_get_array_member (upsell, "selected_products"), 0), "id"), ==,
                   two);

  /* What is not sent stays, while product and kind do; an empty code is no discount. */
  fixture_json (fixture, "PUT", path, "{\"text\":\"New\",\"offer_code\":{}}");
  upsell = upsell_of_answer (fixture);
  g_assert_cmpstr (json_object_get_string_member (upsell, "text"), ==, "New");
  g_assert_cmpstr (json_object_get_string_member (upsell, "description"), ==, "D");
  g_assert_true (json_object_get_null_member (upsell, "discount"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (upsell,
                                                                         "selected_products")), ==,
                    1);
  g_free (body);
  body = g_strdup_printf ("{\"product_id\":\"%s\",\"offer_code\":{\"amount_cents\":100}}", two);
  fixture_json (fixture, "PUT", path, body);
  upsell = upsell_of_answer (fixture);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (upsell,
                                                                         "selected_products")), ==,
                    0);
  g_assert_cmpint (json_object_get_int_member (
                     json_object_get_object_member (upsell, "discount"), "cents"), ==, 100);

  fixture_json (fixture, "DELETE", path, NULL);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "message"), ==,
                   "The upsell was deleted successfully.");
  fixture_get (fixture, path);
  assert_failure (fixture, "The upsell was not found.");
}

static void
test_upsell_pairs (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");
  g_autofree char *body = NULL;
  g_autofree char *path = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *call = fixture_create (fixture, ",\"native_type\":\"call\"");
  JsonArray *pairs;

  fixture_edit (fixture, id, "{\"_variant_categories\":[{\"id\":\"c\",\"title\":\"V\","
                "\"_variants\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"b\",\"name\":\"B\"}]}]}");
  wrong = g_strdup_printf ("{\"product_id\":\"%s\",\"upsell_variants\":"
                           "[{\"selected_variant_id\":\"a\",\"offered_variant_id\":\"x\"}]}", id);
  fixture_json (fixture, "POST", "/upsells", wrong);
  assert_failure (fixture, "The product, variant, or offer referenced");
  body = g_strdup_printf ("{\"product_id\":\"%s\",\"upsell_variants\":"
                          "[{\"selected_variant_id\":\"a\",\"offered_variant_id\":\"b\"}]}", id);
  fixture_json (fixture, "POST", "/upsells", body);
  pairs = json_object_get_array_member (upsell_of_answer (fixture), "upsell_variants");
  g_assert_cmpstr (json_object_get_string_member (
                     json_object_get_object_member (json_array_get_object_element (pairs, 0),
                                                    "offered_variant"), "name"), ==, "B");
  path = g_strconcat ("/upsells/", json_object_get_string_member (upsell_of_answer (fixture), "id"), NULL);
  fixture_json (fixture, "POST", "/upsells", body);
  assert_failure (fixture, "You can only create one upsell per product.");

  g_free (wrong);
  wrong = g_strdup_printf ("{\"cross_sell\":true,\"product_id\":\"%s\",\"upsell_variants\":"
                           "[{\"selected_variant_id\":\"a\",\"offered_variant_id\":\"b\"},"
                           "{\"selected_variant_id\":\"a\",\"offered_variant_id\":\"b\"}]}", id);
  fixture_json (fixture, "POST", "/upsells", wrong);
  assert_failure (fixture, "The upsell cannot have more than one upsell variant per selected variant.");

  /* A pair whose version is gone stays, and is in nobody's way. */
  fixture_edit (fixture, id, "{\"_variant_categories\":[{\"id\":\"c\",\"title\":\"V\","
                "\"_variants\":[{\"id\":\"a\",\"name\":\"A\"}]}]}");
  fixture_json (fixture, "PUT", path, "{\"text\":\"New\"}");
  pairs = json_object_get_array_member (upsell_of_answer (fixture), "upsell_variants");
  g_assert_true (json_object_get_null_member (json_array_get_object_element (pairs, 0), "offered_variant"));

  g_free (body);
  body = g_strdup_printf ("{\"product_id\":\"%s\"}", call);
  fixture_json (fixture, "POST", "/upsells", body);
  assert_failure (fixture, "Calls cannot be offered as upsells.");
}

/* Landing pages */

static void
test_landing (Fixture       *fixture,
              gconstpointer  data)
{
  static const Refusal cases[] = {
    { "POST", "/products/ID/custom_html/edit", "{\"find\":\"\",\"replace\":\"x\"}",
      "find must be a non-empty string" },
    { "POST", "/products/ID/custom_html/edit", "{\"find\":\"zebra\",\"replace\":\"x\"}",
      "The text to find does not appear" },
    { "POST", "/products/ID/custom_html/edit", "{\"find\":\"p>\",\"replace\":\"x\"}",
      "The text to find matches 2 places" },
    { "POST", "/products/ID/preview_custom_html", "{}", "custom_html is required." },
  };
  g_autofree char *id = fixture_create (fixture, "");
  JsonObject *report;

  fixture_send_for (fixture, "GET", id, "/custom_html", NULL);
  g_assert_true (json_object_get_null_member (fixture->json, "custom_html"));
  g_assert_false (json_object_get_boolean_member (fixture->json, "has_landing_page"));

  fixture_send_for (fixture, "PUT", id, "", "{\"custom_html\":\"<p onclick='x()'>Hi</p>"
                    "<iframe src=x></iframe>\"}");
  g_assert_cmpstr (json_object_get_string_member (fixture_product (fixture), "custom_html"), ==,
                   "<p>Hi</p>");
  g_assert_true (json_object_has_member (fixture->json, "warning"));
  report = json_object_get_object_member (fixture->json, "sanitization_report");
  g_assert_cmpint (json_object_get_int_member (report, "total_removed"), ==, 2);

  assert_refused (fixture, id, cases, G_N_ELEMENTS (cases));
  fixture_send_for (fixture, "POST", id, "/custom_html/edit",
                    "{\"find\":\"Hi\",\"replace\":\"Ho\"}");
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "custom_html"), ==, "<p>Ho</p>");
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "previous_custom_html"), ==,
                   "<p>Hi</p>");
  fixture_send_for (fixture, "POST", id, "/preview_custom_html", "{\"custom_html\":\"<b>x</b>\"}");
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "custom_html"), ==, "<b>x</b>");
  fixture_send_for (fixture, "GET", id, "/custom_html", NULL);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "custom_html"), ==, "<p>Ho</p>");
  g_assert_true (json_object_get_boolean_member (fixture->json, "has_landing_page"));

  fixture_set (fixture, "set_account", "{\"_custom_html\":false}");
  fixture_send_for (fixture, "PUT", id, "", "{\"custom_html\":null}");
  assert_failure (fixture, "You do not have access to custom HTML pages.");
  fixture_send_for (fixture, "POST", id, "/preview_custom_html", "{\"custom_html\":\"\"}");
  assert_failure (fixture, "You do not have access to custom HTML pages.");
  g_assert_true (json_object_has_member (fixture->json, "sanitization_report"));
}

static void
test_comps (Fixture       *fixture,
            gconstpointer  data)
{
  JsonObject *comps;
  JsonObject *prices;

  fixture_get (fixture, "/products/comps");
  assert_failure (fixture, "taxonomy or query is required.");
  fixture_get (fixture, "/products/comps?taxonomy=no/such");
  assert_failure (fixture, "Invalid taxonomy.");
  fixture_get (fixture, "/products/comps?query=brushes&price_currency_type=usd");
  comps = json_object_get_object_member (fixture->json, "comps");
  g_assert_cmpint (json_object_get_int_member (comps, "count"), >, 0);
  prices = json_object_get_object_member (comps, "price_cents");
  g_assert_cmpint (json_object_get_int_member (prices, "p25"), <=,
                   json_object_get_int_member (prices, "p75"));
  fixture_get (fixture, "/products/comps?query=zzzzzz");
  comps = json_object_get_object_member (fixture->json, "comps");
  g_assert_true (json_object_get_null_member (json_object_get_object_member (comps, "price_cents"),
                                              "p50"));
}

static void
test_reviews (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");
  g_autoptr (GString) reviews = g_string_new ("{\"_reviews\":[");
  g_autofree char *next = NULL;

  for (guint i = 0; i < 103; i++)
    g_string_append_printf (reviews, "{\"id\":\"%u\",\"rating\":5,\"message\":%s},", i,
                            i == 0 ? "null" : "\"Good\"");
  g_string_append (reviews, "{\"id\":\"v\",\"rating\":4,\"message\":null,\"_video\":true}]}");
  fixture_edit (fixture, id, reviews->str);

  fixture_send_for (fixture, "GET", id, "/reviews", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture->json,
                                                                         "product_reviews")), ==,
                    100);
  next = g_strconcat ("/reviews?page_key=", json_object_get_string_member (fixture->json,
                                                                           "next_page_key"), NULL);
  fixture_send_for (fixture, "GET", id, next, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture->json,
                                                                         "product_reviews")), ==,
                    3);
  g_assert_false (json_object_has_member (fixture->json, "next_page_key"));
  g_assert_null (strstr (fixture->body, "_video"));
  fixture_send_for (fixture, "GET", id, "/reviews?page_key=x", NULL);
  assert_bad_request (fixture, "Invalid page_key.");
}

#define ADD(path, func) \
  g_test_add ("/sandbox/shop/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("refund-policy", test_refund_policy);
  ADD ("user", test_user);
  ADD ("upsells", test_upsells);
  ADD ("upsell-pairs", test_upsell_pairs);
  ADD ("landing", test_landing);
  ADD ("comps", test_comps);
  ADD ("reviews", test_reviews);

  return g_test_run ();
}
