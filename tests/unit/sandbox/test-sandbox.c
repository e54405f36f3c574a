/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading from the sandbox: who may, in which shape, page by page, and the same every time.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

static const GumSandboxOptions forty = { 0, 40, 0, 1 };
static const GumSandboxOptions many = { 0, 10000, 100000, 3 };

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const absent[] = {
    "files", "rich_content", "custom_html", "refund_policy", "landing_url", "native_type",
    "purchasing_power_parity_prices", "release_at",
  };
  static const char *const null[] = { "url", "custom_receipt", "preview_url", "max_purchase_count",
                                      "recurrences", "custom_delivery_url" };
  JsonObject *product;

  fixture_get (fixture, "/products");
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "application/json; charset=utf-8");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture->json,
                                                                         "products")), ==, 10);
  product = json_array_get_object_element (json_object_get_array_member (fixture->json, "products"),
                                           0);
  g_assert_cmpuint (strlen (json_object_get_string_member (product, "id")), ==, 24);
  for (guint i = 0; i < G_N_ELEMENTS (absent); i++)
    g_assert_false (json_object_has_member (product, absent[i]));
  for (guint i = 0; i < G_N_ELEMENTS (null); i++)
    g_assert_true (json_object_get_null_member (product, null[i]));
  g_assert_nonnull (strstr (fixture->body, "\"sales_usd_cents\":741600.0"));
  g_assert_cmpstr (json_object_get_string_member (product, "formatted_price"), ==, "$18");
  g_assert_nonnull (strstr (fixture->body, "\"description\":\"\\u003ch2\\u003e"));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (product, "description"), "<h2>"));
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_strdup ("/products");
  guint pages = 0;

  for (;;)
    {
      JsonArray *products;
      const char *url;

      fixture_get (fixture, path);
      products = json_object_get_array_member (fixture->json, "products");
      for (guint i = 0; i < json_array_get_length (products); i++)
        {
          JsonObject *product = json_array_get_object_element (products, i);

          g_assert_true (g_hash_table_add (seen, g_strdup (json_object_get_string_member (product,
                                                                                          "id"))));
        }
      pages++;
      if (!json_object_has_member (fixture->json, "next_page_key"))
        break;

      url = json_object_get_string_member (fixture->json, "next_page_url");
      g_assert_true (g_str_has_prefix (url, "/v2/products?page_key="));
      g_free (path);
      path = g_strdup (url + strlen ("/v2"));
    }

  g_assert_false (json_object_has_member (fixture->json, "next_page_url"));
  g_assert_cmpuint (pages, ==, 4);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 40);
}

/* Rows that vanish, and rows that come, do not shift what comes after the key. */
static void
test_pages_while_changing (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *first = fixture_first_id (fixture);
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;
  g_autofree char *tenth = NULL;
  g_autofree char *before = NULL;
  g_autoptr (JsonObject) removed = NULL;
  g_autoptr (JsonObject) added = NULL;
  JsonArray *products = json_object_get_array_member (fixture->json, "products");

  key = g_strdup (json_object_get_string_member (fixture->json, "next_page_key"));
  tenth = g_strdup (json_object_get_string_member (json_array_get_object_element (products, 9),
                                                   "id"));
  path = g_strconcat ("/products?page_key=", key, NULL);
  fixture_get (fixture, path);
  before = g_strdup (fixture->body);

  removed = fixture_control (fixture, "remove_product", "{\"id\":\"%s\"}", first);
  g_clear_pointer (&removed, json_object_unref);
  removed = fixture_control (fixture, "remove_product", "{\"id\":\"%s\"}", tenth);
  added = fixture_control (fixture, "add_product", "{\"name\":\"New\",\"price\":500}");
  g_assert_true (json_object_get_boolean_member (added, "ok"));

  fixture_get (fixture, path);
  g_assert_cmpstr (fixture->body, ==, before);
}

static void
test_bad_page_key (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *const keys[] = { "x", "20260102030405000000", "20269902030405000000-1",
                                      "2026010203040500000-1", "20260102030405000000-x" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = g_strconcat ("/products?page_key=", keys[i], NULL);

      fixture_get (fixture, path);
      g_assert_cmpuint (fixture->status, ==, 400);
      g_assert_cmpstr (fixture->body, ==, "{\"status\":400,\"error\":\"Invalid page_key.\"}");
    }
}

static void
test_old_prefix (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *url = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%u/api/v2/products.json?access_token=%s",
                         gum_sandbox_get_port (fixture->sandbox),
                         gum_sandbox_get_access_token (fixture->sandbox));
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (fixture->json, "next_page_url"),
                                   "/api/v2/products?page_key="));
}

static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  JsonObject *product, *file, *option;

  fixture_get (fixture, path);
  product = fixture_product (fixture);
  g_assert_true (json_object_get_null_member (product, "custom_html"));
  g_assert_cmpstr (json_object_get_string_member (product, "landing_url"), ==,
                   json_object_get_string_member (product, "short_url"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (product, "rich_content")),
                    ==, 1);
  file = json_array_get_object_element (json_object_get_array_member (product, "files"), 0);
  g_assert_cmpstr (json_object_get_string_member (file, "filegroup"), ==, "archive");
  option = json_array_get_object_element (
    json_object_get_array_member (
      json_array_get_object_element (json_object_get_array_member (product, "variants"), 0),
      "options"), 1);
  g_assert_cmpint (json_object_get_int_member (option, "price_difference"), ==, 2200);
  g_assert_false (json_object_has_member (option, "id"));
  g_assert_true (json_object_has_member (option, "rich_content"));
}

static void
test_not_found (Fixture       *fixture,
                gconstpointer  data)
{
  fixture_get (fixture, "/products/nothing");
  assert_failure (fixture, "The product was not found.");
  fixture_get (fixture, "/products/tidewater");
  assert_failure (fixture, "The product was not found.");
  fixture_get (fixture, "/nothing");
  g_assert_cmpuint (fixture->status, ==, 404);
  g_assert_null (fixture->json);
}

static void
test_unauthorized (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *url = g_strconcat (gum_sandbox_get_api_url (fixture->sandbox), "/user", NULL);
  g_autoptr (JsonObject) result = NULL;

  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  g_assert_cmpuint (fixture->status, ==, 401);
  g_assert_cmpuint (fixture->length, ==, 0);
  g_assert_cmpstr (fixture_header (fixture, "Cache-Control"), ==, "no-store, no-cache");
  g_assert_cmpstr (fixture_header (fixture, "WWW-Authenticate"), ==,
                   "Bearer realm=\"Doorkeeper\", error=\"invalid_token\", "
                   "error_description=\"The access token is invalid\"");

  result = fixture_control (fixture, "revoke_all", "{}");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->status, ==, 401);
  g_assert_nonnull (strstr (fixture_header (fixture, "WWW-Authenticate"), "was revoked"));
}

static void
test_scopes (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  g_autoptr (JsonObject) result = NULL;
  JsonObject *user;

  result = fixture_control (fixture, "set_scope", "{\"scope\":\"view_profile\"}");
  fixture_get (fixture, path);
  g_assert_false (json_object_has_member (fixture_product (fixture), "sales_count"));
  g_assert_false (json_object_has_member (fixture_product (fixture), "custom_delivery_url"));
  fixture_json (fixture, "PUT", path, "{\"name\":\"x\"}");
  g_assert_cmpuint (fixture->status, ==, 403);
  g_assert_cmpuint (fixture->length, ==, 0);
  g_assert_null (fixture_header (fixture, "WWW-Authenticate"));

  g_clear_pointer (&result, json_object_unref);
  result = fixture_control (fixture, "set_scope", "{\"scope\":\"account\"}");
  fixture_get (fixture, path);
  g_assert_true (json_object_has_member (fixture_product (fixture), "sales_count"));
  fixture_get (fixture, "/user");
  user = json_object_get_object_member (fixture->json, "user");
  g_assert_true (json_object_has_member (user, "name"));
  g_assert_false (json_object_has_member (user, "twitter_handle"));
  g_assert_false (json_object_has_member (user, "email"));
  g_assert_false (json_object_has_member (user, "display_name"));

  g_clear_pointer (&result, json_object_unref);
  result = fixture_control (fixture, "set_scope", "{\"scope\":\"view_sales\"}");
  fixture_get (fixture, "/user");
  user = json_object_get_object_member (fixture->json, "user");
  g_assert_true (json_object_has_member (user, "email"));
  g_assert_true (json_object_get_null_member (user, "twitter_handle"));
  g_assert_false (json_object_has_member (user, "display_name"));

  g_clear_pointer (&result, json_object_unref);
  result = fixture_control (fixture, "set_scope", "{\"scope\":\"edit_emails\"}");
  fixture_get (fixture, "/products");
  g_assert_cmpuint (fixture->status, ==, 403);
  fixture_get (fixture, "/categories");
  g_assert_cmpuint (fixture->status, ==, 200);
}

/* Each peculiarity of the contract is there at least once. */
static void
test_variety (Fixture       *fixture,
              gconstpointer  data)
{
  guint descriptions = 0, customizable = 0, members = 0, thumbnails = 0, preorders = 0, bundles = 0,
        drafts = 0, yen = 0, text_counts = 0, text_required = 0, ppp = 0, physical = 0;
  g_autoptr (JsonObject) size = fixture_control (fixture, "set_page_size", "{\"size\":100}");
  JsonArray *products;

  fixture_get (fixture, "/products");
  products = json_object_get_array_member (fixture->json, "products");
  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject *p = json_array_get_object_element (products, i);
      JsonNode *count = json_object_get_member (p, "max_purchase_count");

      descriptions += json_object_get_null_member (p, "description");
      customizable += json_object_get_null_member (p, "customizable_price");
      thumbnails += json_object_get_null_member (p, "thumbnail_url");
      members += json_object_get_boolean_member (p, "is_tiered_membership");
      preorders += json_object_has_member (p, "release_at");
      ppp += json_object_has_member (p, "purchasing_power_parity_prices");
      bundles += json_array_get_length (json_object_get_array_member (p, "bundle_products")) > 0;
      drafts += !json_object_get_boolean_member (p, "published");
      physical += json_object_get_boolean_member (p, "require_shipping");
      yen += g_str_equal (json_object_get_string_member (p, "currency"), "jpy");
      text_counts += JSON_NODE_HOLDS_VALUE (count) &&
                     json_node_get_value_type (count) == G_TYPE_STRING;
    }
  text_required = strstr (fixture->body, "\"required\":\"false\"") != NULL;

  g_assert_cmpuint (descriptions, >=, 1);
  g_assert_cmpuint (customizable, >=, 1);
  g_assert_cmpuint (thumbnails, >=, 1);
  g_assert_cmpuint (members, >=, 1);
  g_assert_cmpuint (preorders, ==, 1);
  g_assert_cmpuint (ppp, ==, 1);
  g_assert_cmpuint (bundles, >=, 1);
  g_assert_cmpuint (drafts, >=, 2);
  g_assert_cmpuint (physical, >=, 1);
  g_assert_cmpuint (yen, >=, 1);
  g_assert_cmpuint (text_counts, >=, 1);
  g_assert_cmpuint (text_required, ==, 1);
  g_assert_nonnull (strstr (fixture->body, "2026-12-01 09:00:00 UTC"));
}

static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  static const char *const parts[][2] = {
    { "variant_categories", "variant_categories" }, { "skus", "skus" },
    { "offer_codes", "offer_codes" }, { "custom_fields", "custom_fields" },
    { "reviews", "product_reviews" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/products/%s/%s", id, parts[i][0]);

      fixture_get (fixture, path);
      g_assert_cmpuint (fixture->status, ==, 200);
      g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
      g_assert_nonnull (json_object_get_array_member (fixture->json, parts[i][1]));
    }

  fixture_get (fixture, "/categories");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture->json,
                                                                         "categories")), >, 50);
  fixture_get (fixture, "/refund_policy");
  g_assert_true (json_object_has_member (json_object_get_object_member (fixture->json,
                                                                        "refund_policy"),
                                         "in_effect"));
}

static char *
without_port (Fixture *fixture)
{
  g_autofree char *port = g_strdup_printf (":%u", gum_sandbox_get_port (fixture->sandbox));
  GString *text = g_string_new (fixture->body);

  g_string_replace (text, port, ":PORT", 0);

  return g_string_free (text, FALSE);
}

static void
test_same_every_time (void)
{
  g_auto (GStrv) texts = g_new0 (char *, 3);
  g_auto (GStrv) tokens = g_new0 (char *, 3);

  for (guint i = 0; i < 2; i++)
    {
      Fixture fixture = { NULL };
      g_autoptr (JsonObject) size = NULL;

      fixture_set_up (&fixture, &forty);
      size = fixture_control (&fixture, "set_page_size", "{\"size\":100}");
      if (i == 1)
        {
          g_autofree char *id = fixture_first_id (&fixture);
          g_autofree char *path = g_strconcat ("/products/", id, NULL);
          g_autoptr (JsonObject) reset = NULL;

          fixture_json (&fixture, "DELETE", path, NULL);
          reset = fixture_control (&fixture, "reset", "{}");
          g_clear_pointer (&size, json_object_unref);
          size = fixture_control (&fixture, "set_page_size", "{\"size\":100}");
        }
      fixture_get (&fixture, "/products");
      texts[i] = without_port (&fixture);
      tokens[i] = g_strdup (gum_sandbox_get_access_token (fixture.sandbox));
      fixture_tear_down (&fixture, NULL);
    }

  g_assert_cmpstr (texts[0], ==, texts[1]);
  g_assert_cmpstr (tokens[0], ==, tokens[1]);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_strdup ("/products");
  g_autofree char *last = NULL;
  g_autoptr (JsonObject) stats = fixture_control (fixture, "stats", "{}");
  g_autoptr (JsonObject) warm = fixture_control (fixture, "warm", "{}");
  guint pages = 0;
  JsonArray *products;

  g_assert_cmpint (json_object_get_int_member (stats, "products"), ==, 10000);
  g_assert_cmpint (json_object_get_int_member (stats, "sales"), ==, 100000);
  g_assert_true (json_object_get_boolean_member (warm, "ok"));
  for (pages = 1; pages <= 50; pages++)
    {
      fixture_get (fixture, path);
      g_free (path);
      path = g_strconcat ("/products?page_key=",
                          json_object_get_string_member (fixture->json, "next_page_key"), NULL);
    }

  /* A generated row says the same in the list as alone, though it was forgotten and made again. */
  products = json_object_get_array_member (fixture->json, "products");
  last = g_strdup (json_object_get_string_member (json_array_get_object_element (products, 9),
                                                  "name"));
  g_free (path);
  path = g_strconcat ("/products/", json_object_get_string_member (
                        json_array_get_object_element (products, 9), "id"), NULL);
  fixture_get (fixture, path);
  g_assert_cmpstr (json_object_get_string_member (fixture_product (fixture), "name"), ==, last);
}

static void
test_requests (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (JsonObject) result = NULL;
  JsonArray *requests;
  JsonObject *request;

  fixture_get (fixture, "/user?a=b");
  fixture_form (fixture, "/token", "grant_type=x");
  result = fixture_control (fixture, "requests", "{\"clear\":true}");
  requests = json_object_get_array_member (result, "requests");
  g_assert_cmpuint (json_array_get_length (requests), ==, 2);
  request = json_array_get_object_element (requests, 0);
  g_assert_cmpstr (json_object_get_string_member (request, "path"), ==, "/v2/user");
  g_assert_cmpstr (json_object_get_string_member (request, "query"), ==, "a=b");
  g_assert_true (json_object_get_boolean_member (request, "has_authorization"));
  request = json_array_get_object_element (requests, 1);
  g_assert_cmpstr (json_object_get_string_member (request, "method"), ==, "POST");
  g_assert_cmpstr (json_object_get_string_member (request, "body"), ==, "grant_type=x");
  g_assert_false (json_object_get_boolean_member (request, "has_authorization"));

  g_clear_pointer (&result, json_object_unref);
  result = fixture_control (fixture, "requests", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "requests")), ==,
                    0);
}

static void
test_control_over_http (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autoptr (JsonObject) result = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%u/_control/stats",
                         gum_sandbox_get_port (fixture->sandbox));
  fixture_send (fixture, "POST", url, "text/plain", "{}", NULL);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpint (json_object_get_int_member (fixture->json, "products"), ==, 40);

  g_free (url);
  url = g_strdup_printf ("http://127.0.0.1:%u/_control/nonsense",
                         gum_sandbox_get_port (fixture->sandbox));
  fixture_send (fixture, "POST", url, "application/json", "{}", NULL);
  g_assert_cmpuint (fixture->status, ==, 400);

  result = fixture_control (fixture, "stats", "{");
  g_assert_false (json_object_get_boolean_member (result, "ok"));
}

static void
test_port_taken (Fixture       *fixture,
                 gconstpointer  data)
{
  GumSandboxOptions options = { gum_sandbox_get_port (fixture->sandbox), 1, 0, 1 };
  g_autoptr (GumSandbox) second = gum_sandbox_new (&options);
  g_autoptr (GError) error = NULL;

  g_assert_false (gum_sandbox_start (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

static void
test_empty_shop (void)
{
  static const GumSandboxOptions none = { 0, 0, 0, 1 };
  Fixture fixture = { NULL };

  fixture_set_up (&fixture, &none);
  fixture_get (&fixture, "/products");
  g_assert_cmpstr (fixture.body, ==, "{\"success\":true,\"products\":[]}");
  fixture_tear_down (&fixture, NULL);
}

#define ADD(path, options, func) \
  g_test_add ("/sandbox/" path, Fixture, options, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("list", &forty, test_list);
  ADD ("pages", &forty, test_pages);
  ADD ("pages-while-changing", &forty, test_pages_while_changing);
  ADD ("bad-page-key", &forty, test_bad_page_key);
  ADD ("old-prefix", &forty, test_old_prefix);
  ADD ("full", &forty, test_full);
  ADD ("not-found", &forty, test_not_found);
  ADD ("unauthorized", &forty, test_unauthorized);
  ADD ("scopes", &forty, test_scopes);
  ADD ("variety", &forty, test_variety);
  ADD ("parts", &forty, test_parts);
  ADD ("many", &many, test_many);
  ADD ("requests", &forty, test_requests);
  ADD ("control-over-http", &forty, test_control_over_http);
  ADD ("port-taken", &forty, test_port_taken);
  g_test_add_func ("/sandbox/same-every-time", test_same_every_time);
  g_test_add_func ("/sandbox/empty-shop", test_empty_shop);

  return g_test_run ();
}
