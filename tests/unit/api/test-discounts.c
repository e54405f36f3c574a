/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Discount codes and upsells as Gumroad sends them, and the rules for new codes. */

#include "config.h"

#include "gum-json.h"
#include "gum-offer-code.h"
#include "gum-product.h"
#include "gum-upsell.h"

#include <string.h>

static gpointer
decode (GType       type,
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
test_percent (void)
{
  g_autoptr(GumOfferCode) code =
    decode (GUM_TYPE_OFFER_CODE,
            "{\"id\":\"a\",\"name\":\"SUN\",\"universal\":true,\"max_purchase_count\":3,"
            "\"minimum_amount_cents\":null,\"times_used\":3.0,\"percent_off\":20}");

  g_assert_cmpstr (gum_offer_code_get_name (code), ==, "SUN");
  g_assert_true (gum_offer_code_is_universal (code));
  g_assert_true (gum_offer_code_is_percent (code));
  g_assert_cmpint (gum_offer_code_get_amount (code), ==, 20);
  g_assert_cmpint (gum_offer_code_get_limit (code), ==, 3);
  g_assert_cmpint (gum_offer_code_get_minimum (code), ==, -1);
  g_assert_true (gum_offer_code_is_spent (code));
}

static void
test_fixed (void)
{
  g_autoptr(GumOfferCode) code =
    decode (GUM_TYPE_OFFER_CODE,
            "{\"id\":\"a\",\"name\":\"FIVE\",\"universal\":false,\"max_purchase_count\":null,"
            "\"minimum_amount_cents\":1500,\"times_used\":40,\"amount_cents\":500}");
  g_autoptr(GumOfferCode) old =
    decode (GUM_TYPE_OFFER_CODE, "{\"id\":\"b\",\"name\":\"OLD\",\"amount_off\":250}");

  g_assert_false (gum_offer_code_is_percent (code));
  g_assert_cmpint (gum_offer_code_get_amount (code), ==, 500);
  g_assert_cmpint (gum_offer_code_get_limit (code), ==, -1);
  g_assert_cmpint (gum_offer_code_get_minimum (code), ==, 1500);
  g_assert_false (gum_offer_code_is_spent (code));
  g_assert_cmpint (gum_offer_code_get_amount (old), ==, 250);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (GUM_OFFER_CODE_MAX_NAME, 'A');
  g_autofree char *longer = g_strnfill (GUM_OFFER_CODE_MAX_NAME + 1, 'A');

  g_assert_true (gum_offer_code_name_is_valid ("SUMMER-24_x"));
  g_assert_true (gum_offer_code_name_is_valid ("É"));
  g_assert_true (gum_offer_code_name_is_valid (longest));
  g_assert_false (gum_offer_code_name_is_valid (longer));
  g_assert_false (gum_offer_code_name_is_valid (""));
  g_assert_false (gum_offer_code_name_is_valid ("A B"));
  g_assert_false (gum_offer_code_name_is_valid ("A/B"));
  g_assert_false (gum_offer_code_name_is_valid ("50%"));
  g_assert_false (gum_offer_code_name_is_valid ("☀"));
  g_assert_false (gum_offer_code_name_is_valid ("\xff"));
}

static void
test_prices (void)
{
  g_assert_cmpint (gum_offer_code_apply (1999, TRUE, 50), ==, 999);
  g_assert_cmpint (gum_offer_code_apply (1000, FALSE, 1500), ==, 0);
  g_assert_cmpint (gum_offer_code_apply (G_MAXINT64, TRUE, 100), ==, 0);
  g_assert_true (gum_offer_code_price_is_valid (1000, "usd", TRUE, 100));
  g_assert_true (gum_offer_code_price_is_valid (1000, "usd", TRUE, 90));
  g_assert_false (gum_offer_code_price_is_valid (1000, "usd", TRUE, 95));
  g_assert_true (gum_offer_code_price_is_valid (1000, "usd", FALSE, 901));
  g_assert_false (gum_offer_code_price_is_valid (1000, "usd", FALSE, 902));
  g_assert_true (gum_offer_code_price_is_valid (1000, "usd", FALSE, 1000));
  /* A currency that is not known here: only Gumroad can say. */
  g_assert_true (gum_offer_code_price_is_valid (1000, "xyz", FALSE, 999));
}

static void
test_upsell (void)
{
  g_autoptr(GumUpsell) upsell =
    decode (GUM_TYPE_UPSELL,
            "{\"id\":\"u\",\"name\":null,\"cross_sell\":true,\"replace_selected_products\":false,"
            "\"universal\":false,\"text\":\"Add it\",\"description\":\"<p>x</p>\",\"paused\":true,"
            "\"product\":{\"id\":\"p\",\"name\":\"Pack\",\"currency_type\":\"eur\",\"variant\":null},"
            "\"discount\":{\"type\":\"percent\",\"percents\":15,\"product_ids\":null,"
            "\"expires_at\":null},\"selected_products\":[{\"id\":\"q\",\"name\":\"Q\"}],"
            "\"upsell_variants\":[{\"id\":\"v\",\"selected_variant\":{\"id\":\"1\",\"name\":\"S\"},"
            "\"offered_variant\":{\"id\":\"2\",\"name\":\"L\"}}]}");
  g_autoptr(GumUpsellPair) pair = g_list_model_get_item (gum_upsell_get_pairs (upsell), 0);

  g_assert_null (gum_upsell_get_name (upsell));
  g_assert_cmpstr (gum_upsell_get_text (upsell), ==, "Add it");
  g_assert_true (gum_upsell_is_cross_sell (upsell));
  g_assert_true (gum_upsell_is_paused (upsell));
  g_assert_cmpstr (gum_upsell_product_get_currency (gum_upsell_get_product (upsell)), ==, "eur");
  g_assert_null (gum_upsell_product_get_variant (gum_upsell_get_product (upsell)));
  g_assert_true (gum_upsell_discount_is_percent (gum_upsell_get_discount (upsell)));
  g_assert_cmpint (gum_upsell_discount_get_amount (gum_upsell_get_discount (upsell)), ==, 15);
  g_assert_cmpuint (g_list_model_get_n_items (gum_upsell_get_selected_products (upsell)), ==, 1);
  g_assert_cmpstr (gum_reference_get_name (gum_upsell_pair_get_offered (pair)), ==, "L");
}

/* What is not understood whole is never sent back: Gumroad would drop the rest. */
static void
test_upsell_lists (void)
{
  static const struct {
    const char *lists;
    gboolean    has_products;
    gboolean    has_pairs;
  } cases[] = {
    { "\"selected_products\":[],\"upsell_variants\":[]", TRUE, TRUE },
    { "\"text\":\"\"", FALSE, FALSE },
    { "\"selected_products\":null,\"upsell_variants\":null", FALSE, FALSE },
    { "\"selected_products\":[{\"id\":\"q\"}],\"upsell_variants\":[{\"selected_variant\":"
      "{\"id\":\"1\"},\"offered_variant\":{\"id\":\"2\"}}]", TRUE, TRUE },
    { "\"selected_products\":[{\"name\":\"Q\"}],\"upsell_variants\":[{\"selected_variant\":"
      "{\"id\":\"1\"},\"offered_variant\":null}]", FALSE, FALSE },
    { "\"selected_products\":[{\"id\":\"q\"},7],\"upsell_variants\":[{\"selected_variant\":"
      "{\"name\":\"S\"},\"offered_variant\":{\"id\":\"2\"}}]", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"u\",%s}", cases[i].lists);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr(GumUpsell) upsell = NULL;

      upsell = GUM_UPSELL (gum_resource_new_from_text (GUM_TYPE_UPSELL, bytes, NULL));
      g_test_message ("%s", text);
      g_assert_cmpint (gum_upsell_has_all_products (upsell), ==, cases[i].has_products);
      g_assert_cmpint (gum_upsell_has_all_pairs (upsell), ==, cases[i].has_pairs);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/discounts/percent", test_percent);
  g_test_add_func ("/api/discounts/fixed", test_fixed);
  g_test_add_func ("/api/discounts/names", test_names);
  g_test_add_func ("/api/discounts/prices", test_prices);
  g_test_add_func ("/api/discounts/upsell", test_upsell);
  g_test_add_func ("/api/discounts/upsell-lists", test_upsell_lists);

  return g_test_run ();
}
