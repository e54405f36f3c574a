/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists that belong to a product, against the sandbox and its faults. */

#include "config.h"

#include "part-test.h"

#include "gum-error.h"

static void
test_read (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GumCollection) variants = NULL;
  g_autoptr(GumCollection) again = NULL;
  g_autoptr(GumResource) first = NULL;
  g_autoptr(GumResource) same = NULL;
  g_autofree char *category = NULL;
  g_autofree char *name = NULL;

  part_test_open (&shop, BRUSHES);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  g_assert_cmpuint (part_test_length (categories), ==, 1);
  category = part_test_dup_id (categories, 0);
  variants = part_test_read_variants (&shop, category);
  g_assert_cmpuint (part_test_length (variants), ==, 3);
  name = part_test_dup_text (variants, 1, "name");
  g_assert_cmpstr (name, ==, "Commercial");

  /* It is remembered, and a second reading keeps the objects. */
  first = g_list_model_get_item (G_LIST_MODEL (variants), 0);
  again = part_test_read_variants (&shop, category);
  g_assert_true (again == variants);
  same = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_true (same == first);
  g_assert_cmpuint (part_test_count (&shop, "GET", "/variants", NULL), ==, 2);
}

static void
test_read_fails (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) skus = NULL;
  g_autofree char *sku = NULL;

  part_test_open (&shop, PRINT);
  skus = gum_store_dup_collection (shop.store, &gum_sku_endpoint, shop.parent);
  store_test_tell (shop.test, "fault",
                   "{\"match\":\"GET /v2/products/:id/skus\",\"kind\":\"status\",\"status\":403}");
  part_test_read_all (skus);
  g_assert_error (gum_collection_get_error (skus), GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_assert_false (gum_collection_is_known (skus));

  part_test_read_all (skus);
  g_assert_no_error (gum_collection_get_error (skus));
  g_assert_true (gum_collection_is_known (skus));
  g_assert_cmpuint (part_test_length (skus), ==, 2);
  sku = part_test_dup_text (skus, 0, "custom-sku");
  g_assert_cmpstr (sku, ==, "FERRY-0");

  /* What is known outlives a failure. */
  store_test_tell (shop.test, "fault",
                   "{\"match\":\"GET /v2/products/:id/skus\",\"kind\":\"html\"}");
  part_test_read_all (skus);
  g_assert_error (gum_collection_get_error (skus), GUM_ERROR, GUM_ERROR_PROTOCOL);
  g_assert_true (gum_collection_is_known (skus));
  g_assert_cmpuint (part_test_length (skus), ==, 2);
}

static void
set_reviews (PartTest  *shop,
             guint  n)
{
  g_autoptr(GString) args = g_string_new (NULL);

  g_string_append_printf (args, "{\"id\":\"%s\",\"set\":{\"_reviews\":[", shop->id);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (args, "%s{\"id\":\"r%u\",\"rating\":%u,\"message\":\"%u\"}",
                            i > 0 ? "," : "", i, i % 5 + 1, i);
  g_string_append (args, "]}}");
  store_test_tell (shop->test, "edit", args->str);
}

static void
test_pages (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) reviews = NULL;

  part_test_open (&shop, BRUSHES);
  set_reviews (&shop, 250);
  reviews = part_test_read (&shop, &gum_review_endpoint);
  g_assert_cmpuint (part_test_length (reviews), ==, 100);
  g_assert_true (gum_collection_has_more (reviews));
  gum_collection_read_more (reviews);
  /* A second wish while the first is under way asks for nothing. */
  gum_collection_read_more (reviews);
  gum_test_wait_until (part_test_is_idle, reviews);
  g_assert_cmpuint (part_test_length (reviews), ==, 200);
  gum_collection_read_more (reviews);
  gum_test_wait_until (part_test_is_idle, reviews);
  g_assert_cmpuint (part_test_length (reviews), ==, 250);
  g_assert_false (gum_collection_has_more (reviews));
  gum_collection_read_more (reviews);
  g_assert_true (part_test_is_idle (reviews));
  g_assert_cmpuint (part_test_count (&shop, "GET", "/reviews", NULL), ==, 3);

  part_test_read_all (reviews);
  g_assert_cmpuint (part_test_length (reviews), ==, 100);
}

/* A server that names the same next page for ever is not followed, and tells no review twice. */
static void
test_circle (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) reviews = NULL;

  part_test_open (&shop, BRUSHES);
  store_test_tell (shop.test, "fault",
                   "{\"match\":\"GET /v2/products/:id/reviews\",\"kind\":\"status\",\"status\":200,"
                   "\"times\":0,\"content_type\":\"application/json\",\"body\":\"{\\\"success\\\":true,"
                   "\\\"product_reviews\\\":[{\\\"id\\\":\\\"r\\\"}],\\\"next_page_key\\\":\\\"k\\\"}\"}");
  reviews = part_test_read (&shop, &gum_review_endpoint);
  g_assert_true (gum_collection_has_more (reviews));
  gum_collection_read_more (reviews);
  gum_test_wait_until (part_test_is_idle, reviews);
  g_assert_no_error (gum_collection_get_error (reviews));
  g_assert_false (gum_collection_has_more (reviews));
  g_assert_cmpuint (part_test_length (reviews), ==, 1);

  /* One that cannot be read can be asked for again. */
  part_test_read_all (reviews);
  store_test_tell (shop.test, "clear_faults", "{}");
  store_test_tell (shop.test, "fault",
                   "{\"match\":\"GET /v2/products/:id/reviews\",\"kind\":\"status\",\"status\":403}");
  gum_collection_read_more (reviews);
  gum_test_wait_until (part_test_is_idle, reviews);
  g_assert_error (gum_collection_get_error (reviews), GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_assert_true (gum_collection_has_more (reviews));
}

static void
test_stopped (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) reviews = NULL;

  part_test_open (&shop, BRUSHES);
  reviews = gum_store_dup_collection (shop.store, &gum_review_endpoint, shop.parent);
  /* Before anything is on the wire, and while nothing comes back. */
  gum_collection_read (reviews);
  gum_collection_stop (reviews);
  g_assert_true (part_test_is_idle (reviews));
  store_test_tell (shop.test, "fault",
                   "{\"match\":\"GET /v2/products/:id/reviews\",\"kind\":\"hang\"}");
  gum_collection_read (reviews);
  while (part_test_count (&shop, "GET", "/reviews", NULL) == 0)
    g_main_context_iteration (NULL, FALSE);
  gum_collection_stop (reviews);
  g_assert_true (part_test_is_idle (reviews));
  gum_test_settle ();
  g_assert_no_error (gum_collection_get_error (reviews));
  g_assert_false (gum_collection_is_known (reviews));

  /* What is begun anew wins over what was asked before. */
  gum_collection_read (reviews);
  part_test_read_all (reviews);
  g_assert_cmpuint (part_test_length (reviews), ==, 3);

  /* And one that is forgotten while it is read harms nobody. */
  gum_collection_read (reviews);
  g_clear_object (&reviews);
  gum_store_close (shop.store);
  g_clear_object (&shop.store);
  gum_test_settle ();
}

static void
test_signed_out (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) reviews = NULL;

  part_test_open (&shop, BRUSHES);
  reviews = part_test_read (&shop, &gum_review_endpoint);
  gum_store_close (shop.store);
  g_clear_object (&shop.store);
  gum_collection_read (reviews);
  g_assert_true (part_test_is_idle (reviews));
  g_assert_error (gum_collection_get_error (reviews), GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);
  g_assert_cmpuint (part_test_length (reviews), ==, 3);
}

static void
test_memory (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) kept = NULL;
  GumCollection *gone;

  part_test_open (&shop, BRUSHES);
  kept = gum_store_dup_collection (shop.store, &gum_review_endpoint, shop.parent);
  gone = gum_store_dup_collection (shop.store, &gum_review_endpoint, "products/gone");
  g_object_add_weak_pointer (G_OBJECT (gone), (gpointer *) &gone);
  g_object_unref (gone);
  g_assert_nonnull (gone);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *parent = g_strdup_printf ("products/%u", i);
      g_autoptr(GumCollection) other = NULL;
      g_autoptr(GumCollection) same = NULL;

      other = gum_store_dup_collection (shop.store, &gum_review_endpoint, parent);
      /* Used again and again, it stays. */
      same = gum_store_dup_collection (shop.store, &gum_review_endpoint, shop.parent);
      g_assert_true (same == kept);
    }
  g_assert_null (gone);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/collection/read", test_read);
  g_test_add_func ("/store/collection/read-fails", test_read_fails);
  g_test_add_func ("/store/collection/pages", test_pages);
  g_test_add_func ("/store/collection/circle", test_circle);
  g_test_add_func ("/store/collection/stopped", test_stopped);
  g_test_add_func ("/store/collection/signed-out", test_signed_out);
  g_test_add_func ("/store/collection/memory", test_memory);

  return g_test_run ();
}
