/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing to the sandbox: what is taken, what is refused, and that a refusal changes nothing.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

static char *
create (Fixture    *fixture,
        const char *body)
{
  fixture_json (fixture, "POST", "/products", body);

  return g_strconcat ("/products/",
                      json_object_get_string_member (fixture_product (fixture), "id"), NULL);
}

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *draft = create (fixture, "{\"name\":\"A\",\"price\":500,\"draft\":true,"
                                   "\"custom_receipt\":\"thanks\",\"tags\":[\"New\"]}");
  g_autofree char *live = NULL;
  g_autofree char *first = NULL;
  JsonObject *product = fixture_product (fixture);

  g_assert_false (json_object_get_boolean_member (product, "published"));
  g_assert_true (json_object_get_null_member (product, "custom_receipt"));
  g_assert_cmpstr (json_object_get_string_member (product, "category"), ==, "other");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (product, "tags"),
                                                  0), ==, "new");

  /* Without a word about it, it is put on sale. */
  live = create (fixture, "{\"name\":\"B\",\"price\":500}");
  g_assert_true (json_object_get_boolean_member (fixture_product (fixture), "published"));
  first = fixture_first_id (fixture);
  g_assert_cmpstr (live + strlen ("/products/"), ==, first);
}

static void
test_create_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const cases[][2] = {
    { "{\"price\":500}", "Name can't be blank" },
    { "{\"name\":\"A\"}", "Price can't be blank" },
    { "{\"name\":\"A\",\"price\":50}", "Sorry" },
    { "{\"name\":\"A\",\"price\":500,\"price_currency_type\":\"xyz\"}",
      "'xyz' is not a supported currency." },
    { "{\"name\":\"A\",\"price\":500,\"native_type\":\"physical\"}", "Products of type" },
    { "{\"name\":\"A\",\"price\":500,\"category\":\"no/such\"}", "Invalid category." },
    { "{\"name\":\"A\",\"price\":500,\"taxonomy_id\":1}", "Invalid taxonomy_id." },
    { "{\"name\":\"A\",\"price\":500,\"tags\":\"x\"}", "tags must be an array of strings." },
    { "{\"name\":\"A\",\"price\":500,\"thumbnail\":\"x\"}", "The thumbnail" },
    { "{\"name\":\"A\",\"price\":500,\"custom_permalink\":\"tidewater\"}", "Custom permalink" },
    { "{\"name\":\"A\",\"price\":500,\"refund_period\":\"30\"}",
      "Product-level refund policies are not available for this account" },
    { "{\"name\":\"A\",\"price\":500,\"files\":[{\"url\":\"https://elsewhere/x\"}]}", "The url" },
  };
  g_autoptr (JsonObject) before = fixture_control (fixture, "stats", "{}");
  g_autoptr (JsonObject) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_json (fixture, "POST", "/products", cases[i][0]);
      assert_failure (fixture, cases[i][1]);
    }
  after = fixture_control (fixture, "stats", "{}");
  g_assert_cmpint (json_object_get_int_member (before, "products"), ==,
                   json_object_get_int_member (after, "products"));
}

static void
remove_coffee (Fixture *fixture)
{
  JsonArray *products;
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) size = fixture_control (fixture, "set_page_size", "{\"size\":100}");

  fixture_get (fixture, "/products");
  products = json_object_get_array_member (fixture->json, "products");
  for (guint i = 0; i < json_array_get_length (products) && path == NULL; i++)
    {
      JsonObject *product = json_array_get_object_element (products, i);

      if (g_str_has_prefix (json_object_get_string_member (product, "name"), "Buy me a coffee"))
        path = g_strconcat ("/products/", json_object_get_string_member (product, "id"), NULL);
    }
  fixture_json (fixture, "DELETE", path, NULL);
}

static void
test_create_kinds (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *membership = create (fixture, "{\"name\":\"Club\",\"price\":500,\"draft\":true,"
                                        "\"native_type\":\"membership\"}");
  g_autofree char *coffee = NULL;
  g_autofree char *bundle = NULL;

  g_assert_true (json_object_get_boolean_member (fixture_product (fixture),
                                                 "is_tiered_membership"));
  g_assert_nonnull (strstr (fixture->body, "\"name\":\"Untitled\""));
  fixture_json (fixture, "PUT", membership, "{\"price\":700}");
  assert_failure (fixture, "Price cannot be updated for tiered membership products");

  /* There is one already. */
  fixture_json (fixture, "POST", "/products",
                "{\"name\":\"Tea\",\"price\":500,\"native_type\":\"coffee\"}");
  assert_failure (fixture, "You can only have one coffee product.");
  remove_coffee (fixture);
  coffee = create (fixture, "{\"name\":\"Tea\",\"price\":500,\"native_type\":\"coffee\"}");
  g_assert_cmpint (json_object_get_int_member (fixture_product (fixture), "price"), ==, 0);

  bundle = create (fixture, "{\"name\":\"All\",\"price\":500,\"native_type\":\"bundle\"}");
  g_assert_false (json_object_get_boolean_member (fixture_product (fixture), "published"));
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "warning"), ==,
                   "Bundles must have at least one product.");
}

static void
test_update_is_all_or_nothing (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  g_autofree char *before = NULL;

  fixture_get (fixture, path);
  before = g_strdup (fixture->body);
  fixture_json (fixture, "PUT", path, "{\"name\":\"Changed\",\"price\":3}");
  assert_failure (fixture, "Sorry");
  fixture_get (fixture, path);
  g_assert_cmpstr (fixture->body, ==, before);
}

static void
test_update (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  g_autofree char *form_url = NULL;
  JsonObject *product;

  fixture_json (fixture, "PUT", path, "{\"price\":0,\"description\":null,"
                "\"max_purchase_count\":500,\"unknown\":1}");
  product = fixture_product (fixture);
  g_assert_true (json_object_get_boolean_member (product, "customizable_price"));
  g_assert_true (json_object_get_null_member (product, "description"));
  g_assert_cmpint (json_object_get_int_member (product, "max_purchase_count"), ==, 500);
  g_assert_cmpstr (json_object_get_string_member (product, "name"), ==,
                   "Tidewater Brushes for Procreate");
  fixture_json (fixture, "PATCH", path, "{\"max_purchase_count\":5}");
  assert_failure (fixture, "You cannot set the quantity");

  form_url = g_strconcat (gum_sandbox_get_api_url (fixture->sandbox), path, NULL);
  fixture_send (fixture, "PUT", form_url, "application/x-www-form-urlencoded",
                "name=A%26B+%C3%A9&tags[]=one&tags[]=two&max_purchase_count=",
                gum_sandbox_get_access_token (fixture->sandbox));
  product = fixture_product (fixture);
  g_assert_cmpstr (json_object_get_string_member (product, "name"), ==, "A&B é");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (product, "tags")), ==, 2);
  g_assert_true (json_object_get_null_member (product, "max_purchase_count"));

  fixture_json (fixture, "PUT", path, "{\"price\":520}");
  g_assert_true (json_object_has_member (fixture->json, "warning"));
  fixture_json (fixture, "PUT", path, "{\"custom_html\":\"<p>Hi</p>\"}");
  g_assert_true (json_object_get_null_member (fixture->json, "previous_custom_html"));
  g_assert_true (json_object_has_member (fixture->json, "sanitization_report"));
}

static void
test_publish (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = create (fixture, "{\"name\":\"A\",\"price\":500,\"draft\":true}");
  g_autofree char *enable = g_strconcat (path, "/enable", NULL);
  g_autofree char *disable = g_strconcat (path, "/disable", NULL);
  g_autoptr (JsonObject) account = NULL;
  g_autoptr (JsonObject) review = NULL;

  account = fixture_control (fixture, "set_account", "{\"_payment_connected\":false}");
  fixture_json (fixture, "PUT", enable, "{}");
  assert_failure (fixture, "You must connect");
  g_clear_pointer (&account, json_object_unref);
  account = fixture_control (fixture, "set_account",
                             "{\"_payment_connected\":true,\"_email_confirmed\":false}");
  fixture_json (fixture, "PUT", enable, "{}");
  assert_failure (fixture, "You have to confirm your email address");
  g_clear_pointer (&account, json_object_unref);
  account = fixture_control (fixture, "set_account", "{\"_email_confirmed\":true}");

  review = fixture_control (fixture, "edit", "{\"id\":\"%s\",\"set\":{\"_moderation\":"
                            "\"This product can’t be saved because of something.\"}}",
                            path + strlen ("/products/"));
  fixture_json (fixture, "PUT", enable, "{}");
  assert_failure (fixture, "This product can’t be saved because");
  g_clear_pointer (&review, json_object_unref);
  review = fixture_control (fixture, "edit", "{\"id\":\"%s\",\"unset\":[\"_moderation\"]}",
                            path + strlen ("/products/"));

  fixture_json (fixture, "PUT", enable, "{}");
  g_assert_true (json_object_get_boolean_member (fixture_product (fixture), "published"));
  for (guint i = 0; i < 2; i++)
    {
      fixture_json (fixture, "PUT", disable, "{}");
      g_assert_false (json_object_get_boolean_member (fixture_product (fixture), "published"));
    }
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  g_autofree char *enable = g_strconcat (path, "/enable", NULL);
  g_autofree char *next = NULL;
  g_autofree char *again = NULL;

  fixture_json (fixture, "DELETE", path, NULL);
  g_assert_cmpstr (fixture->body, ==,
                   "{\"success\":true,\"message\":\"The product was deleted successfully.\"}");
  next = fixture_first_id (fixture);
  g_assert_cmpstr (next, !=, id);
  fixture_get (fixture, path);
  g_assert_true (json_object_get_boolean_member (fixture_product (fixture), "deleted"));
  fixture_json (fixture, "DELETE", path, NULL);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));

  fixture_json (fixture, "PUT", enable, "{}");
  g_assert_false (json_object_get_boolean_member (fixture_product (fixture), "deleted"));
  again = fixture_first_id (fixture);
  g_assert_cmpstr (again, ==, id);
}

/* Creates a part and returns the path to it. */
static char *
add_part (Fixture    *fixture,
          const char *parent,
          const char *part,
          const char *member,
          const char *body)
{
  g_autofree char *path = g_strconcat (parent, "/", part, NULL);

  fixture_json (fixture, "POST", path, body);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));

  return g_strconcat (path, "/", json_object_get_string_member (
                        json_object_get_object_member (fixture->json, member), "id"), NULL);
}

static void
test_variants (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *product = create (fixture, "{\"name\":\"A\",\"price\":500,\"draft\":true}");
  g_autofree char *enable = g_strconcat (product, "/enable", NULL);
  g_autofree char *category = NULL;
  g_autofree char *variant = NULL;

  category = add_part (fixture, product, "variant_categories", "variant_category",
                       "{\"title\":\"Size\"}");
  fixture_json (fixture, "PUT", enable, "{}");
  assert_failure (fixture, "Sorry, the product versions must have at least one option.");
  variant = add_part (fixture, category, "variants", "variant",
                      "{\"name\":\"Large\",\"price_difference_cents\":200}");
  g_assert_true (json_object_has_member (json_object_get_object_member (fixture->json, "variant"),
                                         "rich_content"));
  fixture_json (fixture, "PUT", enable, "{}");
  g_assert_true (json_object_get_boolean_member (fixture_product (fixture), "published"));
  g_assert_nonnull (strstr (fixture->body, "\"price_difference\":200"));

  fixture_json (fixture, "PUT", variant, "{\"price_difference_cents\":-1}");
  assert_failure (fixture, "Price difference");
  fixture_json (fixture, "PUT", variant, "{\"rich_content\":[]}");
  assert_failure (fixture, "Cannot update variant rich content while");
  for (guint i = 0; i < 2; i++)
    {
      fixture_json (fixture, "DELETE", variant, NULL);
      g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
    }
  fixture_get (fixture, variant);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
  fixture_json (fixture, "DELETE", category, NULL);
  fixture_get (fixture, category);
  assert_failure (fixture, "The variant_category was not found.");
}

static void
test_offer_codes (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *product = g_strconcat ("/products/", id, NULL);
  g_autofree char *codes = g_strconcat (product, "/offer_codes", NULL);
  g_autofree char *code = NULL;
  JsonObject *object;

  fixture_json (fixture, "POST", codes, "{\"name\":\"X\"}");
  assert_failure (fixture, "You are missing required offer code parameters");
  fixture_json (fixture, "POST", codes, "{\"name\":\"X Y\",\"amount_off\":1}");
  assert_failure (fixture, "Discount code can only contain");
  fixture_json (fixture, "POST", codes, "{\"name\":\"SEASIDE\",\"amount_off\":1}");
  assert_failure (fixture, "Discount code must be unique.");
  fixture_json (fixture, "POST", codes,
                "{\"name\":\"X\",\"amount_off\":101,\"offer_type\":\"percent\"}");
  assert_failure (fixture, "Please enter a discount amount that is 100% or less.");

  /* JSON true is not "true". */
  code = add_part (fixture, product, "offer_codes", "offer_code",
                   "{\"name\":\"ÉTÉ-1\",\"amount_off\":100,\"universal\":true}");
  object = json_object_get_object_member (fixture->json, "offer_code");
  g_assert_false (json_object_get_boolean_member (object, "universal"));
  g_assert_cmpint (json_object_get_int_member (object, "amount_cents"), ==, 100);
  g_assert_false (json_object_has_member (object, "percent_off"));
  fixture_json (fixture, "PUT", code, "{\"name\":\"Y\",\"max_purchase_count\":3}");
  object = json_object_get_object_member (fixture->json, "offer_code");
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "ÉTÉ-1");
  g_assert_cmpint (json_object_get_int_member (object, "max_purchase_count"), ==, 3);
  fixture_json (fixture, "DELETE", code, NULL);
  fixture_get (fixture, code);
  assert_failure (fixture, "The offer_code was not found.");
}

static void
test_custom_fields (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *fields = g_strdup_printf ("/products/%s/custom_fields", id);
  g_autofree char *field = g_strconcat (fields, "/Wie%20gro%C3%9F%3F", NULL);
  JsonObject *object;

  fixture_json (fixture, "POST", fields, "{\"name\":\"x\",\"type\":\"terms\"}");
  assert_failure (fixture, "The custom_field was unable to be created.");
  fixture_json (fixture, "POST", fields, "{\"label\":\"Wie groß?\",\"required\":true}");
  object = json_object_get_object_member (fixture->json, "custom_field");
  g_assert_false (json_object_get_boolean_member (object, "required"));
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "text");
  fixture_json (fixture, "PUT", field, "{\"required\":\"true\"}");
  object = json_object_get_object_member (fixture->json, "custom_field");
  g_assert_true (json_object_get_boolean_member (object, "required"));
  fixture_json (fixture, "DELETE", field, NULL);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
  fixture_json (fixture, "DELETE", field, NULL);
  assert_failure (fixture, "The custom_field was not found.");
}

static void
test_account (Fixture       *fixture,
              gconstpointer  data)
{
  fixture_json (fixture, "PUT", "/user", "{\"bio\":\"New\",\"email\":\"ignored\"}");
  g_assert_nonnull (strstr (fixture->body, "\"bio\":\"New\""));
  g_assert_null (strstr (fixture->body, "ignored"));
  fixture_json (fixture, "PUT", "/refund_policy", "{\"refund_period\":\"none\"}");
  assert_failure (fixture, "Refund period must be one of: 7, 14, 30, 183.");
  fixture_json (fixture, "PUT", "/refund_policy", "{\"refund_period\":\"14\"}");
  g_assert_nonnull (strstr (fixture->body, "14-day money back guarantee"));
}

static void
test_bad_body (Fixture       *fixture,
               gconstpointer  data)
{
  fixture_json (fixture, "POST", "/products", "{\"name\":");
  g_assert_cmpuint (fixture->status, ==, 400);
  g_assert_null (fixture->json);
}

#define ADD(path, func) \
  g_test_add ("/sandbox/edit/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("create", test_create);
  ADD ("create-refused", test_create_refused);
  ADD ("create-kinds", test_create_kinds);
  ADD ("update", test_update);
  ADD ("update-is-all-or-nothing", test_update_is_all_or_nothing);
  ADD ("publish", test_publish);
  ADD ("delete", test_delete);
  ADD ("variants", test_variants);
  ADD ("offer-codes", test_offer_codes);
  ADD ("custom-fields", test_custom_fields);
  ADD ("account", test_account);
  ADD ("bad-body", test_bad_body);

  return g_test_run ();
}
