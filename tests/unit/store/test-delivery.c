/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files on their way to a product: uploaded, attached, said to be where they are. */

#include "config.h"

#include "shop-test.h"

#include "gum-content.h"
#include "gum-deliveries.h"
#include "gum-error.h"
#include "gum-json.h"

#include <glib/gstdio.h>
#include <string.h>

static GFile *
write_file (Shop       *shop,
            const char *name,
            gsize       length)
{
  g_autofree char *path = g_build_filename (shop->test->directory, name, NULL);
  g_autofree char *content = g_strnfill (length, 'x');
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static gboolean
is_over (gpointer delivery)
{
  return gum_delivery_is_over (delivery);
}

static void
wait_over (GumDelivery *delivery)
{
  gum_test_wait_until (is_over, delivery);
}

static void
open_empty (Shop *shop)
{
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GumWrite) create = NULL;

  shop_open (shop, 3);
  json_object_set_string_member (body, "name", "Plug-in");
  json_object_set_int_member (body, "price", 500);
  create = gum_write_new_create (body);
  g_assert_true (shop_send (shop, create, NULL));
  g_free (shop->id);
  shop->id = g_strdup (gum_write_get_product_id (create));
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

/* And the id of the last one. */
static guint
count_files (Shop  *shop,
             char **id)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);
  JsonArray *files = gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (product)), "files");
  guint length = json_array_get_length (files);

  if (id != NULL && length > 0)
    *id = g_strdup (gum_json_get_string (json_array_get_object_element (files, length - 1), "id"));

  return length;
}

static void
test_delivered (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  g_autoptr(GFile) newer = NULL;
  g_autofree char *id = NULL;
  g_autofree char *url = NULL;
  g_autoptr(GumDelivery) known = NULL;
  GumDeliveries *deliveries;
  GumDelivery *delivery;

  open_empty (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  file = write_file (&shop, "plugin-1.zip", 3000);
  delivery = gum_deliveries_add (deliveries, shop.id, "Plug-in", file, NULL, NULL, NULL);
  g_assert_cmpuint (gum_deliveries_get_n_active (deliveries), ==, 1);
  wait_over (delivery);
  g_assert_no_error (gum_delivery_get_error (delivery));
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
  g_assert_true (gum_delivery_is_delivered (delivery));
  g_assert_cmpuint (gum_deliveries_get_n_active (deliveries), ==, 0);
  g_assert_cmpuint (count_files (&shop, &id), ==, 1);

  /* It is listed after a restart, with how it ended. */
  shop_reopen (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 1);
  known = g_list_model_get_item (G_LIST_MODEL (deliveries), 0);
  g_assert_cmpint (gum_delivery_get_state (known), ==, GUM_DELIVERY_DONE);
  g_assert_true (gum_delivery_is_delivered (known));
  g_assert_cmpint (gum_delivery_get_ended (known), >, 0);
  g_assert_cmpstr (gum_delivery_get_label (known), ==, "Plug-in");

  /* The address is known after a restart, and after the list was cleared. */
  gum_deliveries_clear_done (deliveries, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 0);
  shop_reopen (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 0);
  url = gum_deliveries_dup_file_url (deliveries, shop.id, id);
  g_assert_nonnull (url);
  g_assert_null (gum_deliveries_dup_file_url (deliveries, shop.id, "other"));

  newer = write_file (&shop, "plugin-2.zip", 4000);
  delivery = gum_deliveries_add (deliveries, shop.id, "Plug-in", newer, id, NULL, NULL);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
  g_assert_true (gum_delivery_is_delivered (delivery));
  g_assert_cmpuint (count_files (&shop, NULL), ==, 1);
}

static gboolean
is_put (gpointer shop)
{
  return shop_count_requests (shop, "PUT", "/v2/products/") > 0;
}

static gboolean
is_attaching (gpointer delivery)
{
  return gum_delivery_get_state (delivery) >= GUM_DELIVERY_ATTACHING;
}

/* The disk is full when a file has been delivered. Its address is in memory only, and nobody tells it again: it is
 * written when the ledger is opened anew. */
static void
test_disk_full (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  g_autofree char *id = NULL;
  g_autofree char *url = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  GumDelivery *delivery;

  open_empty (&shop);
  file = write_file (&shop, "plugin.zip", 3000);
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"latency\",\"ms\":2000");
  delivery = gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "Plug-in", file,
                                 NULL, NULL, NULL);
  gum_test_wait_until (is_attaching, delivery);
  gum_test_wait_until (is_put, &shop);
  store_test_fill_disk ();
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
  gum_test_wait_until (store_test_is_broken, shop.store);
  /* The ledger's thread has tried everything that it was given. */
  gum_journal_list_async (gum_store_get_journal (shop.store), 0, NULL, gum_test_result_cb, &result);
  writes = gum_journal_list_finish (gum_store_get_journal (shop.store), gum_test_wait_result (&result),
                                    NULL);
  store_test_free_disk ();

  shop_reopen (&shop);
  store_test_refresh (shop.store, shop.id);
  g_assert_cmpuint (count_files (&shop, &id), ==, 1);
  url = gum_deliveries_dup_file_url (gum_store_get_deliveries (shop.store), shop.id, id);
  g_assert_nonnull (url);
}

static void
test_vanished (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  GumDelivery *delivery;

  open_empty (&shop);
  file = g_file_new_for_path ("/nonexistent/plugin.zip");
  delivery = gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "Plug-in", file, NULL, NULL, NULL);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_FAILED);
  g_assert_nonnull (gum_delivery_get_error (delivery));
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
}

/* Refused when it was to be attached: done again, it is only attached. */
static void
test_retry (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  GumDelivery *delivery;

  open_empty (&shop);
  file = write_file (&shop, "plugin.zip", 3000);
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"success_false\",\"message\":\"Not now.\"");
  delivery = gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "Plug-in", file, NULL, NULL, NULL);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_FAILED);
  g_assert_error (gum_delivery_get_error (delivery), GUM_ERROR, GUM_ERROR_REJECTED);

  gum_delivery_retry (delivery);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
  g_assert_cmpuint (shop_count_requests (&shop, "POST", "/v2/files/presign"), ==, 1);
  g_assert_cmpuint (count_files (&shop, NULL), ==, 1);
}

static void
assert_done (GumDelivery *delivery)
{
  wait_over (delivery);
  g_assert_no_error (gum_delivery_get_error (delivery));
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
  g_assert_true (gum_delivery_is_delivered (delivery));
}

/* Both were to replace the same file: the one that was asked for later takes the place of the earlier one, whether that
 * is still listed or not. */
static void
test_follows (void)
{
  g_auto(Shop) shop = { 0 };
  g_autofree char *id = NULL;
  GumDeliveries *deliveries;

  open_empty (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("plugin-%u.zip", i);
      g_autoptr(GFile) file = write_file (&shop, name, 3000 + i);

      assert_done (gum_deliveries_add (deliveries, shop.id, "Plug-in", file, id, NULL, NULL));
      g_assert_cmpuint (count_files (&shop, id == NULL ? &id : NULL), ==, 1);
      if (i == 2)
        gum_deliveries_clear_done (deliveries, shop.id);
    }
}

/* Nothing of ours is in the place of what it was to replace. */
static void
test_displaced (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) first = NULL;
  g_autoptr(GFile) older = NULL;
  g_autoptr(GFile) newer = NULL;
  g_autofree char *id = NULL;
  GumDeliveries *deliveries;
  GumDelivery *early;

  open_empty (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  first = write_file (&shop, "plugin-1.zip", 3000);
  assert_done (gum_deliveries_add (deliveries, shop.id, "Plug-in", first, NULL, NULL, NULL));
  count_files (&shop, &id);

  /* The newer one gets there before the older one, which must not take its place. */
  shop_add_fault (&shop, "POST /v2/files/presign", "\"kind\":\"status\",\"status\":400");
  older = write_file (&shop, "plugin-2.zip", 3000);
  early = gum_deliveries_add (deliveries, shop.id, "Plug-in", older, id, NULL, NULL);
  wait_over (early);
  g_assert_cmpint (gum_delivery_get_state (early), ==, GUM_DELIVERY_FAILED);
  newer = write_file (&shop, "plugin-3.zip", 3000);
  assert_done (gum_deliveries_add (deliveries, shop.id, "Plug-in", newer, id, NULL, NULL));
  gum_delivery_retry (early);
  assert_done (early);
  g_assert_cmpuint (count_files (&shop, NULL), ==, 2);

  /* Without having been asked to, it is not put beside the others. */
  early = gum_deliveries_add (deliveries, shop.id, "Plug-in", older, "gone", NULL, NULL);
  wait_over (early);
  g_assert_cmpint (gum_delivery_get_state (early), ==, GUM_DELIVERY_FAILED);
  g_assert_error (gum_delivery_get_error (early), GUM_ERROR, GUM_ERROR_UPLOAD_DISPLACED);
  g_assert_true (gum_delivery_is_uploaded (early));
  g_assert_cmpuint (count_files (&shop, NULL), ==, 2);
  store_test_tell (shop.test, "requests", "{\"clear\":true}");
  gum_delivery_retry (early);
  assert_done (early);
  g_assert_cmpuint (count_files (&shop, NULL), ==, 3);
  g_assert_cmpuint (shop_count_requests (&shop, "POST", "/v2/files/presign"), ==, 0);
}

/* What is cleared away is what was done, of the product that was asked about. What Gumroad has of a file that is not
 * in its product yet took long to get there. */
static void
test_cleared (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  g_autoptr(GFile) other = NULL;
  g_autoptr(GumDelivery) failed = NULL;
  GumDeliveries *deliveries;
  GumDelivery *delivery;

  open_empty (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  file = write_file (&shop, "plugin.zip", 3000);
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"success_false\",\"message\":\"Not now.\"");
  delivery = gum_deliveries_add (deliveries, shop.id, "Plug-in", file, NULL, NULL, NULL);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_FAILED);
  g_assert_true (gum_delivery_is_uploaded (delivery));
  g_assert_false (gum_deliveries_may_clear (deliveries, shop.id));
  other = write_file (&shop, "manual.pdf", 2000);
  delivery = gum_deliveries_add (deliveries, shop.id, "Plug-in", other, NULL, NULL, NULL);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);

  g_assert_false (gum_deliveries_may_clear (deliveries, "another"));
  gum_deliveries_clear_done (deliveries, "another");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 2);
  g_assert_true (gum_deliveries_may_clear (deliveries, shop.id));
  gum_deliveries_clear_done (deliveries, shop.id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 1);

  /* It goes on after a restart, without being sent anew. */
  shop_reopen (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 1);
  failed = g_list_model_get_item (G_LIST_MODEL (deliveries), 0);
  g_assert_cmpint (gum_delivery_get_state (failed), ==, GUM_DELIVERY_FAILED);
  gum_delivery_retry (failed);
  wait_over (failed);
  g_assert_cmpint (gum_delivery_get_state (failed), ==, GUM_DELIVERY_DONE);
  g_assert_cmpuint (shop_count_requests (&shop, "POST", "/v2/files/presign"), ==, 2);
  g_assert_cmpuint (count_files (&shop, NULL), ==, 2);

  gum_delivery_discard (failed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 0);
  shop_reopen (&shop);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gum_store_get_deliveries (shop.store))), ==, 0);
}

static char *
rename_file (Shop        *shop,
             const char  *id,
             const char  *url,
             const char  *name,
             const char  *description,
             GError     **error)
{
  g_autoptr(GumFileChange) wanted = gum_file_change_new (GUM_FILE_RENAME, id, url, name, description);
  g_autoptr(GAsyncResult) result = NULL;

  gum_store_change_file_async (shop->store, shop->id, wanted, NULL, gum_test_result_cb, &result);

  return gum_store_change_file_finish (shop->store, gum_test_wait_result (&result), NULL, error);
}

/* Gumroad does not tell what stands below a file's name: what replaces the file takes it over. And it renames what it keeps
 * some time after the name was changed: then it cannot be renamed once more, and that is what is said. */
static void
test_words (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) first = NULL;
  g_autoptr(GFile) second = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL, *url = NULL, *renamed = NULL, *kept = NULL, *body = NULL, *new_id = NULL;
  g_autofree char *new_url = NULL, *again = NULL, *refused = NULL;
  GumDeliveries *deliveries;

  open_empty (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  first = write_file (&shop, "plugin-1.zip", 3000);
  assert_done (gum_deliveries_add (deliveries, shop.id, "Plug-in", first, NULL, NULL, NULL));
  count_files (&shop, &id);
  g_assert_null (gum_deliveries_dup_description (deliveries, shop.id, id));
  url = gum_deliveries_dup_file_url (deliveries, shop.id, id);
  renamed = rename_file (&shop, id, url, "Plug-in", "For Linux", &error);
  g_assert_no_error (error);

  shop_reopen (&shop);
  deliveries = gum_store_get_deliveries (shop.store);
  kept = gum_deliveries_dup_description (deliveries, shop.id, id);
  g_assert_cmpstr (kept, ==, "For Linux");
  second = write_file (&shop, "plugin-2.zip", 4000);
  assert_done (gum_deliveries_add (deliveries, shop.id, "Plug-in", second, id, "Plug-in", NULL));
  body = shop_dup_last_body (&shop, "PUT");
  g_assert_nonnull (strstr (body, "For Linux"));

  count_files (&shop, &new_id);
  new_url = gum_deliveries_dup_file_url (deliveries, shop.id, new_id);
  again = rename_file (&shop, new_id, new_url, "Better", NULL, &error);
  g_assert_no_error (error);
  store_test_tell (shop.test, "rename_files", "{}");
  refused = rename_file (&shop, new_id, new_url, "Best", NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FILE_ADDRESS);
  g_assert_null (gum_deliveries_dup_file_url (deliveries, shop.id, new_id));
  shop_reopen (&shop);
  g_assert_null (gum_deliveries_dup_file_url (gum_store_get_deliveries (shop.store), shop.id, new_id));
}

static gboolean
is_sending (gpointer delivery)
{
  GumUpload *upload = gum_delivery_get_upload (delivery);

  return upload != NULL && gum_upload_get_state (upload) == GUM_UPLOAD_SENDING;
}

static gboolean
is_aborted (gpointer shop)
{
  g_autofree char *uploads = store_test_control (((Shop *) shop)->test, "uploads", "{}");

  return strstr (uploads, "aborted") != NULL;
}

static void
test_cancelled (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  GumDelivery *delivery;

  open_empty (&shop);
  store_test_tell (shop.test, "set_storage", "{\"bytes_per_second\":20000}");
  file = write_file (&shop, "plugin.zip", 200000);
  delivery = gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "Plug-in", file, NULL, NULL, NULL);
  gum_test_wait_until (is_sending, delivery);
  gum_delivery_cancel (delivery);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_CANCELLED);
  gum_test_wait_until (is_aborted, &shop);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
}

/* The program ends in the middle: the next start says so, and can begin again. */
static void
test_ended_in_the_middle (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GFile) file = NULL;
  GumDeliveries *deliveries;
  g_autoptr(GumDelivery) delivery = NULL;

  open_empty (&shop);
  store_test_tell (shop.test, "set_storage", "{\"bytes_per_second\":20000}");
  file = write_file (&shop, "plugin.zip", 200000);
  delivery = g_object_ref (gum_deliveries_add (gum_store_get_deliveries (shop.store), shop.id, "Plug-in", file, NULL,
                                               NULL, NULL));
  gum_test_wait_until (is_sending, delivery);
  gum_store_close (shop.store);
  wait_over (delivery);
  g_clear_object (&delivery);
  g_object_unref (shop.store);
  gum_test_settle ();

  store_test_tell (shop.test, "set_storage", "{\"bytes_per_second\":0}");
  shop.store = store_test_open (shop.test);
  deliveries = gum_store_get_deliveries (shop.store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deliveries)), ==, 1);
  delivery = g_list_model_get_item (G_LIST_MODEL (deliveries), 0);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_FAILED);
  g_assert_nonnull (gum_delivery_get_error (delivery));
  gum_delivery_retry (delivery);
  wait_over (delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/delivery/disk-full", test_disk_full);
  g_test_add_func ("/store/delivery/delivered", test_delivered);
  g_test_add_func ("/store/delivery/vanished", test_vanished);
  g_test_add_func ("/store/delivery/retry", test_retry);
  g_test_add_func ("/store/delivery/follows", test_follows);
  g_test_add_func ("/store/delivery/displaced", test_displaced);
  g_test_add_func ("/store/delivery/cleared", test_cleared);
  g_test_add_func ("/store/delivery/words", test_words);
  g_test_add_func ("/store/delivery/cancelled", test_cancelled);
  g_test_add_func ("/store/delivery/ended-in-the-middle", test_ended_in_the_middle);

  return g_test_run ();
}
