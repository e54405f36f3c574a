/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limits on creating, and what stands in the way of saving and publishing.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

/* Limits */

static void
test_creation_cap (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char one[] = "{\"name\":\"A\",\"price\":500,\"draft\":true}";
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fixture_set (fixture, "set_limits", "{\"products_per_day\":2}");
  first = fixture_create (fixture, "");
  second = fixture_create (fixture, "");
  fixture_json (fixture, "POST", "/products", one);
  assert_failure (fixture, "Sorry, you can only create 2 products per day.");

  /* Those that were deleted do not count, and the day rolls on. */
  fixture_send_for (fixture, "DELETE", second, "", NULL);
  g_free (second);
  second = fixture_create (fixture, "");
  fixture_json (fixture, "POST", "/products", one);
  assert_failure (fixture, "Sorry, you can only create");
  fixture_set (fixture, "set_limits", "{\"seconds_later\":86400}");
  g_free (second);
  second = fixture_create (fixture, "");
}

static void
test_rates (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");
  g_autofree char *other = fixture_create (fixture, "");

  for (guint i = 0; i < 40; i++)
    fixture_send_for (fixture, "PUT", id, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 200);

  fixture_set (fixture, "set_limits", "{\"rates\":true}");
  for (guint i = 0; i < 30; i++)
    {
      fixture_send_for (fixture, i % 2 == 0 ? "PUT" : "PATCH", id, "", "{}");
      g_assert_cmpuint (fixture->status, ==, 200);
    }
  fixture_send_for (fixture, "PUT", id, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 429);
  g_assert_cmpstr (fixture->body, ==, "Retry later\n");
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "text/plain");
  g_assert_null (fixture_header (fixture, "Retry-After"));

  /* Another product, and another method, have limits of their own. */
  fixture_send_for (fixture, "PUT", other, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 200);
  fixture_send_for (fixture, "GET", id, "", NULL);
  g_assert_cmpuint (fixture->status, ==, 200);

  /* After a minute it goes on; but the longer windows remember. */
  fixture_set (fixture, "set_limits", "{\"seconds_later\":61}");
  for (guint i = 0; i < 29; i++)
    fixture_send_for (fixture, "PUT", id, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 200);
  fixture_set (fixture, "set_limits", "{\"seconds_later\":61}");
  for (guint i = 0; i < 30; i++)
    fixture_send_for (fixture, "PUT", id, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 200);
  fixture_set (fixture, "set_limits", "{\"seconds_later\":100}");
  fixture_send_for (fixture, "PUT", id, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 429);
  fixture_set (fixture, "set_limits", "{\"seconds_later\":600}");
  fixture_send_for (fixture, "PUT", id, "", "{}");
  g_assert_cmpuint (fixture->status, ==, 200);
}

/* Creating, saving, publishing */

static void
test_create_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  static const Refusal cases[] = {
    { "POST", "/products", "{\"name\":\"A\",\"price\":1,\"native_type\":\"podcast\"}",
      "Products of type 'podcast' cannot be created." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":500,\"subscription_duration\":\"monthly\"}",
      "subscription_duration can only be set for memberships." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":500,\"native_type\":\"membership\","
      "\"subscription_duration\":\"weekly\"}", "subscription_duration is invalid." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":150,\"native_type\":\"commission\"}",
      "The commission price must be at least $1.98." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":500,\"category\":\"other\","
      "\"taxonomy_id\":340}", "Provide either category or taxonomy_id, not both." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":500,\"category\":[\"other\"]}",
      "Invalid category." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":500,\"price_currency_type\":\"\"}",
      "'' is not a supported currency." },
    { "POST", "/products", "{\"name\":\"A\",\"price\":99999999999}",
      "One or more numeric values are out of range." },
  };

  assert_refused (fixture, "", cases, G_N_ELEMENTS (cases));

  fixture_set (fixture, "set_account", "{\"_new_account\":true,\"_verified\":false}");
  fixture_json (fixture, "POST", "/products",
                "{\"name\":\"A\",\"price\":500,\"native_type\":\"call\"}");
  assert_failure (fixture, "Service products are disabled until your account is 30 days old.");
  fixture_json (fixture, "POST", "/products", "{\"name\":\"A\",\"price\":500001}");
  assert_failure (fixture, "Sorry, we don't support pricing products above $5,000.");
}

/* Each check hides the ones behind it. */
static void
test_publish_order (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");
  static const struct
  {
    const char *refusal;
    const char *verb;           /* what takes it away */
    const char *args;
  } steps[] = {
    { "The price after discount for all of your products must be either $0 or at least $0.99.",
      "edit", "{\"id\":\"ID\",\"set\":{\"_offer_codes\":[]}}" },
    { "The product needs to be shippable to at least one destination.",
      "edit", "{\"id\":\"ID\",\"set\":{\"_shippable\":true}}" },
    { "You have to confirm your email address before you can do that.",
      "set_account", "{\"_email_confirmed\":true}" },
    { "You must connect at least one payment method before you can publish this product for sale.",
      "set_account", "{\"_payment_connected\":true}" },
    { "Sorry, the product versions must have at least one option.",
      "edit", "{\"id\":\"ID\",\"set\":{\"_variant_categories\":[]}}" },
    { "This product can’t be saved because it looks like it contains", "edit",
      "{\"id\":\"ID\",\"unset\":[\"_moderation\"]}" },
  };

  fixture_edit (fixture, id,
                "{\"_offer_codes\":[{\"id\":\"c\",\"name\":\"C\",\"amount_cents\":450}],"
                "\"require_shipping\":true,\"_shippable\":false,"
                "\"_variant_categories\":[{\"id\":\"v\",\"title\":\"V\",\"_variants\":[]}],"
                "\"_moderation\":\"This product can’t be saved because it looks like it contains "
                "spam.\"}");
  fixture_set (fixture, "set_account", "{\"_email_confirmed\":false,\"_payment_connected\":false}");

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GString) args = g_string_new (steps[i].args);

      fixture_send_for (fixture, "PUT", id, "/enable", "{}");
      assert_failure (fixture, steps[i].refusal);
      g_string_replace (args, "ID", id, 0);
      fixture_set (fixture, steps[i].verb, args->str);
    }
  fixture_send_for (fixture, "PUT", id, "/enable", "{}");
  g_assert_true (json_object_get_boolean_member (fixture_product (fixture), "published"));
}

/* An empty category makes every later save fail, and nobody catches it when one withdraws. */
static void
test_empty_category (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");
  g_autofree char *club = NULL;

  fixture_send_for (fixture, "POST", id, "/variant_categories", "{\"title\":\"Size\"}");
  fixture_send_for (fixture, "PUT", id, "", "{\"name\":\"B\"}");
  assert_failure (fixture, "Sorry, the product versions must have at least one option.");
  fixture_send_for (fixture, "PUT", id, "/disable", "{}");
  g_assert_cmpuint (fixture->status, ==, 500);
  g_assert_null (fixture->json);

  club = fixture_create (fixture, ",\"native_type\":\"membership\"");
  fixture_send_for (fixture, "POST", club, "/variant_categories", "{\"title\":\"Size\"}");
  fixture_send_for (fixture, "PUT", club, "", "{\"name\":\"B\"}");
  assert_failure (fixture, "Memberships should only have one Tier version category.");
}

static void
test_variants (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    const char *body;
    const char *refusal;
  } cases[] = {
    { "{}", "Name can't be blank" },
    { "{\"name\":\"\"}", "Name can't be blank" },
    { "{\"name\":\"A\",\"price_difference_cents\":-1}", "Price difference cents must be greater" },
    { "{\"name\":\"A\",\"price_difference_cents\":9999999999}",
      "One or more numeric values are out of range." },
  };
  g_autofree char *id = fixture_create (fixture, "");
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  g_autofree char *before = NULL;

  fixture_send_for (fixture, "POST", id, "/variant_categories", "{\"title\":\"Size\"}");
  path = g_strdup_printf ("/products/%s/variant_categories/%s/variants", id,
                          json_object_get_string_member (
                            json_object_get_object_member (fixture->json, "variant_category"),
                            "id"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_json (fixture, "POST", path, cases[i].body);
      assert_failure (fixture, cases[i].refusal);
    }

  /* Refused, a change leaves nothing behind. */
  fixture_json (fixture, "POST", path, "{\"name\":\"S\"}");
  address = g_strconcat (path, "/", json_object_get_string_member (
                           json_object_get_object_member (fixture->json, "variant"), "id"), NULL);
  fixture_get (fixture, address);
  before = g_strdup (fixture->body);
  fixture_json (fixture, "PUT", address, "{\"name\":\"L\",\"rich_content\":[]}");
  assert_failure (fixture, "Cannot update variant rich content while");
  fixture_get (fixture, address);
  g_assert_cmpstr (fixture->body, ==, before);
}

static void
test_codes (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");
  g_autofree char *address = NULL;

  fixture_send_for (fixture, "POST", id, "/offer_codes", "{\"name\":\"X\",\"amount_off\":450}");
  assert_failure (fixture, "The price after discount for all of your products must be either $0 or "
                  "at least $0.99.");
  fixture_send_for (fixture, "POST", id, "/offer_codes", "{\"name\":\"X\",\"amount_cents\":500}");
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
  address = g_strconcat ("/offer_codes/", json_object_get_string_member (
                           json_object_get_object_member (fixture->json, "offer_code"), "id"),
                         NULL);

  /* A price that leaves too little is accepted, with a warning. */
  fixture_send_for (fixture, "PUT", id, "", "{\"price\":520}");
  g_assert_nonnull (strstr (json_object_get_string_member (fixture->json, "warning"), "X"));

  /* The reason that is given is not the true one. */
  {
    g_autofree char *set = g_strdup_printf ("{\"_default_code\":\"%s\"}",
                                            address + strlen ("/offer_codes/"));

    fixture_edit (fixture, id, set);
  }
  fixture_send_for (fixture, "DELETE", id, address, NULL);
  assert_failure (fixture, "The offer_code was not found.");
  fixture_send_for (fixture, "GET", id, address, NULL);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
}

static void
test_question_names (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *id = fixture_create (fixture, "");

  fixture_send_for (fixture, "POST", id, "/custom_fields", "{\"name\":\"Dr. who\"}");
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
  fixture_send_for (fixture, "DELETE", id, "/custom_fields/Dr.%20who", NULL);
  assert_failure (fixture, "The custom_field was not found.");
}

/* Bundles */

static void
test_bundle (Fixture       *fixture,
             gconstpointer  data)
{
  static const Refusal cases[] = {
    { "PUT", "/products/ID/enable", "{}", "Bundles must have at least one product." },
    { "PUT", "/products/ID/bundle_contents", "{}", "products must be an array of objects." },
    { "PUT", "/products/ID/bundle_contents", "{\"products\":[{\"product_id\":\"x\"}]}",
      "The product was not found." },
    { "PUT", "/products/ID/bundle_contents", "{\"products\":[{\"product_id\":\"ID\"}]}",
      "The product was not found." },
  };
  g_autofree char *part = fixture_create (fixture, "");
  g_autofree char *euro = fixture_create (fixture, ",\"price_currency_type\":\"eur\"");
  g_autofree char *bundle = fixture_create (fixture, ",\"native_type\":\"bundle\"");
  const struct
  {
    const char *product;
    const char *variant;
    const char *refusal;
  } parts[] = {
    { bundle, "null", "A bundle product cannot be added to a bundle." },
    { euro, "null", "Bundle products must have the same currency as the bundle." },
    { part, "\"x\"", "The variant was not found." },
    { part, "null", NULL },
  };
  JsonArray *contents;

  assert_refused (fixture, bundle, cases, G_N_ELEMENTS (cases));
  fixture_send_for (fixture, "PUT", part, "/bundle_contents", "{\"products\":[]}");
  assert_failure (fixture, "This product is not a bundle.");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *body = NULL;

      body = g_strdup_printf ("{\"products\":[{\"product_id\":\"%s\",\"variant_id\":%s,"
                              "\"quantity\":2}]}", parts[i].product, parts[i].variant);
      fixture_send_for (fixture, "PUT", bundle, "/bundle_contents", body);
      if (parts[i].refusal != NULL)
        assert_failure (fixture, parts[i].refusal);
    }
  contents = json_object_get_array_member (fixture_product (fixture), "bundle_products");
  g_assert_cmpuint (json_array_get_length (contents), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (contents, 0),
                                               "quantity"), ==, 2);
  fixture_send_for (fixture, "PUT", bundle, "/enable", "{}");
  g_assert_true (json_object_get_boolean_member (fixture_product (fixture), "published"));
}

#define ADD(path, func) \
  g_test_add ("/sandbox/publish/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("creation-cap", test_creation_cap);
  ADD ("rates", test_rates);
  ADD ("create-refused", test_create_refused);
  ADD ("publish-order", test_publish_order);
  ADD ("empty-category", test_empty_category);
  ADD ("variants", test_variants);
  ADD ("codes", test_codes);
  ADD ("question-names", test_question_names);
  ADD ("bundle", test_bundle);

  return g_test_run ();
}
