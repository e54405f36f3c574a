/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A price and its currency are one thing: drafts of one where somebody has changed the other. */

#include "config.h"

#include "shop-test.h"

#include "gum-drafts.h"
#include "gum-error.h"

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
int_node (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

static void
set_text (Shop       *shop,
          GumDraft   *draft,
          const char *key,
          const char *text)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);
  g_autoptr(JsonNode) node = text_node (text);

  gum_draft_set_value (draft, key, node, gum_resource_get_json (GUM_RESOURCE (product)));
}

static void
set_int (Shop       *shop,
         GumDraft   *draft,
         const char *key,
         gint64      number)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);
  g_autoptr(JsonNode) node = int_node (number);

  gum_draft_set_value (draft, key, node, gum_resource_get_json (GUM_RESOURCE (product)));
}

static gboolean
save (GumDraft  *draft,
      GError   **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_draft_save_async (draft, NULL, gum_test_result_cb, &result);

  return gum_draft_save_finish (draft, gum_test_wait_result (&result), error);
}

static gboolean
is_on_the_wire (gpointer shop)
{
  return shop_count_requests (shop, "PUT", "/v2/products/") == 1;
}

static void
assert_conflict (GumDraft   *draft,
                 const char *key)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) keys = NULL;

  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
  keys = gum_draft_dup_conflicts (draft, gum_draft_get_theirs (draft));
  g_assert_cmpuint (g_strv_length (keys), ==, 1);
  g_assert_cmpstr (keys[0], ==, key);
}

static void
assert_price (Shop       *shop,
              gint64      price,
              const char *currency)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);

  g_assert_cmpint (gum_product_get_price (product), ==, price);
  g_assert_cmpstr (gum_product_get_currency (product), ==, currency);
}

static void
assert_shown_currency (Shop       *shop,
                       GumDraft   *draft,
                       const char *currency)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);
  g_autoptr(JsonNode) shown = gum_draft_dup_value (draft, "price_currency_type",
                                                   gum_resource_get_json (GUM_RESOURCE (product)));

  g_assert_cmpstr (json_node_get_string (shown), ==, currency);
}

/* Twenty dollars are not twenty yen, whoever changes what. */
static void
test_draft_currency (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_int (&shop, draft, "price", 2000);
  shop_edit (&shop, "{\"currency\":\"jpy\"}");
  assert_conflict (draft, "price");

  /* A restart forgets nothing of it. */
  g_clear_object (&draft);
  shop_reopen (&shop);
  draft = g_object_ref (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
  assert_shown_currency (&shop, draft, "usd");
  assert_conflict (draft, "price");
  assert_shown_currency (&shop, draft, "usd");
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);

  /* Also where the number is the same. */
  shop_edit (&shop, "{\"currency\":\"jpy\",\"price\":2000}");
  assert_conflict (draft, "price");
  gum_draft_resolve (draft, "price", TRUE, gum_draft_get_theirs (draft));
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  assert_price (&shop, 2000, "usd");
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);

  /* What suggests a price does not change the price in the bargain. */
  set_int (&shop, draft, "suggested_price_cents", 2500);
  shop_edit (&shop, "{\"currency\":\"eur\",\"price\":1700}");
  assert_conflict (draft, "price");
  gum_draft_resolve (draft, "price", TRUE, gum_draft_get_theirs (draft));
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  assert_price (&shop, 2000, "usd");
}

/* The other way round: theirs is theirs in their currency. */
static void
test_draft_currency_mine (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "price_currency_type", "eur");
  set_int (&shop, draft, "suggested_price_cents", 2500);
  set_text (&shop, draft, "name", "Mine");
  shop_edit (&shop, "{\"price\":1500}");
  assert_conflict (draft, "price");
  gum_draft_resolve (draft, "price", FALSE, gum_draft_get_theirs (draft));
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  assert_price (&shop, 1500, "usd");

  /* Nothing to ask: nobody else did anything, or the same. */
  set_text (&shop, draft, "price_currency_type", "eur");
  set_int (&shop, draft, "price", 4300);
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  assert_price (&shop, 4300, "eur");
  set_text (&shop, draft, "price_currency_type", "jpy");
  shop_edit (&shop, "{\"currency\":\"jpy\"}");
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 2);
}

/* A price that is typed while its currency is being saved is one in that currency, and nobody's conflict. */
static void
test_draft_currency_meanwhile (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "price_currency_type", "eur");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"latency\",\"ms\":300");
  gum_draft_save_async (draft, NULL, gum_test_result_cb, &result);
  gum_test_wait_until (is_on_the_wire, &shop);
  set_int (&shop, draft, "price", 4300);
  g_assert_true (gum_draft_save_finish (draft, gum_test_wait_result (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  assert_price (&shop, 4300, "eur");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/draft/currency", test_draft_currency);
  g_test_add_func ("/store/draft/currency-mine", test_draft_currency_mine);
  g_test_add_func ("/store/draft/currency-meanwhile", test_draft_currency_meanwhile);

  return g_test_run ();
}
