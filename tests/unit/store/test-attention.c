/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of the journal and of the uploads wants to be seen to. */

#include "config.h"

#include "shop-test.h"

#include "gum-attention.h"
#include "gum-deliveries.h"
#include "gum-queue.h"

#define PUT_PRODUCT "PUT /v2/products/:id"

static guint wanted;

static gboolean
has_wanted (gpointer attention)
{
  return gum_attention_get_n (attention) == wanted;
}

static void
wait_for_n (Shop  *shop,
            guint  n)
{
  wanted = n;
  gum_test_wait_until (has_wanted, gum_store_get_attention (shop->store));
}

static GumWrite *
new_rename (Shop       *shop,
            const char *name)
{
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);

  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (before, "name", gum_product_get_name (product));

  return gum_write_new_update (shop->id, gum_product_get_name (product), body, before);
}

static void
send_with_fault (Shop       *shop,
                 const char *name,
                 const char *fault)
{
  g_autoptr(GumWrite) write = new_rename (shop, name);

  if (fault != NULL)
    shop_add_fault (shop, PUT_PRODUCT, fault);
  g_assert_true (shop_send (shop, write, NULL) == (fault == NULL));
}

static void
add_asking (Shop *shop)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (writes, new_rename (shop, "Once"));
  g_ptr_array_add (writes, new_rename (shop, "Twice"));
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_BULK, "Names", 0, GUM_BATCH_ASKING, writes,
                               gum_test_result_cb, &result);
  gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static gboolean
is_over (gpointer delivery)
{
  return gum_delivery_is_over (delivery);
}

/* What failed counts until it was seen; what is unclear or asks counts until something was done. */
static void
test_counts (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) nowhere = g_file_new_for_path ("/nonexistent/film.mp4");
  g_autoptr(GAsyncResult) listed = NULL;
  g_autoptr(GPtrArray) unclear = NULL;
  GumDelivery *delivery;
  GumJournal *journal;

  shop_open (&shop, 3);
  send_with_fault (&shop, "Good", NULL);
  g_assert_cmpuint (gum_attention_get_n (gum_store_get_attention (shop.store)), ==, 0);
  send_with_fault (&shop, "Refused", "\"kind\":\"success_false\",\"message\":\"No.\"");
  wait_for_n (&shop, 1);
  send_with_fault (&shop, "Lost", "\"kind\":\"drop_before\"");
  wait_for_n (&shop, 2);
  add_asking (&shop);
  wait_for_n (&shop, 3);
  delivery = gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "x", nowhere, NULL, NULL, NULL);
  gum_test_wait_until (is_over, delivery);
  wait_for_n (&shop, 4);

  gum_attention_see (gum_store_get_attention (shop.store));
  wait_for_n (&shop, 2);
  shop_reopen (&shop);
  wait_for_n (&shop, 2);

  gum_queue_pause (gum_store_get_queue (shop.store), 0);
  wait_for_n (&shop, 1);

  journal = gum_store_get_journal (shop.store);
  gum_journal_list_async (journal, 0, NULL, gum_test_result_cb, &listed);
  unclear = gum_journal_list_finish (journal, gum_test_wait_result (&listed), NULL);
  g_assert_cmpuint (unclear->len, ==, 1);
  gum_journal_settle (journal, unclear->pdata[0], GUM_WRITE_FAILED);
  wait_for_n (&shop, 1);
  gum_attention_see (gum_store_get_attention (shop.store));
  wait_for_n (&shop, 0);
}

/* An upload that the program's end has cut. */
static void
test_cut_upload (void)
{
  g_auto(Shop) shop = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *content = g_strnfill (200000, 'x');
  g_autoptr(GFile) file = NULL;
  g_autoptr(GumDelivery) delivery = NULL;

  shop_open (&shop, 3);
  store_test_tell (shop.test, "set_storage", "{\"bytes_per_second\":20000}");
  path = g_build_filename (shop.test->directory, "film.mp4", NULL);
  g_assert_true (g_file_set_contents (path, content, 200000, NULL));
  file = g_file_new_for_path (path);
  delivery = g_object_ref (gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "x", file,
                                               NULL, NULL, NULL));
  g_assert_cmpuint (gum_deliveries_get_n_active (gum_store_get_deliveries (shop.store)), ==, 1);
  gum_store_close (shop.store);
  gum_test_wait_until (is_over, delivery);
  g_object_unref (shop.store);
  gum_test_settle ();

  shop.store = store_test_open (shop.test);
  wait_for_n (&shop, 1);
  /* It was not done. */
  gum_deliveries_clear_done (gum_store_get_deliveries (shop.store), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gum_store_get_deliveries (shop.store))), ==, 1);
  g_object_unref (delivery);
  delivery = g_list_model_get_item (G_LIST_MODEL (gum_store_get_deliveries (shop.store)), 0);
  gum_delivery_discard (delivery);
  wait_for_n (&shop, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/attention/counts", test_counts);
  g_test_add_func ("/store/attention/cut-upload", test_cut_upload);

  return g_test_run ();
}
