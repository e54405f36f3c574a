/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many writes of a short list, sent by the queue: as the window generates and sweeps discount codes. */

#include "config.h"

#include "store-test.h"

#include "gum-batches.h"
#include "gum-client-private.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-offer-code.h"
#include "gum-queue-private.h"
#include "gum-records.h"

#include <string.h>

#define SCALE 0.001
#define PRODUCT "RR5hjkZpcoaZbpXzDms6WQ=="
#define POST_CODE "POST /v2/products/:id/offer_codes"

typedef struct {
  StoreTest  *test;
  GumStore   *store;
  GumRecords *records;      /* codes; unowned */
  GumQueue   *queue;        /* unowned */
  gint64      batch;
} Shop;

static void
shop_clear (Shop *shop)
{
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->test, store_test_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

static gboolean
is_loaded (gpointer data)
{
  return gum_records_get_loaded (data);
}

static void
shop_take_store (Shop *shop)
{
  shop->store = store_test_open (shop->test);
  shop->records = gum_store_get_records (shop->store, GUM_RECORD_CODE);
  shop->queue = gum_store_get_queue (shop->store);
  _gum_queue_set_time_scale (shop->queue, SCALE);
}

static void
shop_open (Shop *shop)
{
  shop->test = store_test_new (3);
  _gum_client_set_time_scale (shop->test->client, SCALE);
  shop_take_store (shop);
  store_test_sync (shop->store);
  gum_test_wait_until (is_loaded, shop->records);
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

static void
add_fault (Shop       *shop,
           const char *fault)
{
  g_autofree char *args = g_strdup_printf ("{\"match\":\"" POST_CODE "\",%s}", fault);

  store_test_tell (shop->test, "fault", args);
}

/* Those about codes. */
static guint
count_requests (Shop       *shop,
                const char *method)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      count += strcmp (gum_json_get_string (request, "method"), method) == 0 &&
               strstr (gum_json_get_string (request, "path"), "/offer_codes") != NULL;
    }

  return count;
}

/* In the list that the window shows. */
static guint
count_listed (Shop *shop)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (shop->records)); i++)
    {
      g_autoptr(GumRecord) record = g_list_model_get_item (G_LIST_MODEL (shop->records), i);

      count += g_str_has_prefix (gum_offer_code_get_name (gum_record_get_resource (record)), "MADE-");
    }

  return count;
}

static GumWrite *
new_code (Shop  *shop,
          guint  number)
{
  g_autofree char *name = g_strdup_printf ("MADE-%u", number);
  g_autoptr(JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "name", name);
  json_object_set_int_member (body, "amount_off", 30);
  json_object_set_string_member (body, "offer_type", "percent");

  return gum_records_new_create (shop->records, PRODUCT, name, body);
}

static void
add_codes (Shop  *shop,
           guint  n)
{
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (writes, new_code (shop, i));
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_CODES, "MADE", 0, GUM_BATCH_RUNNING, writes,
                               gum_test_result_cb, &result);
  shop->batch = gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_writes (Shop *shop)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) result = NULL;

  gum_journal_list_async (journal, shop->batch, NULL, gum_test_result_cb, &result);

  return gum_journal_list_finish (journal, gum_test_wait_result (&result), NULL);
}

static guint
count_state (Shop          *shop,
             GumWriteState  state)
{
  g_autoptr(GPtrArray) writes = list_writes (shop);
  guint count = 0;

  for (guint i = 0; i < writes->len; i++)
    count += gum_write_get_state (writes->pdata[i]) == state;

  return count;
}

typedef struct {
  GumBatches *batches;
  gint64      batch;
} BatchWait;

static gboolean
is_over (gpointer data)
{
  BatchWait *wait = data;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wait->batches)); i++)
    {
      g_autoptr(GumBatch) batch = g_list_model_get_item (G_LIST_MODEL (wait->batches), i);

      if (gum_batch_get_row (batch) == wait->batch)
        return gum_batch_get_state (batch) == GUM_BATCH_OVER;
    }

  return FALSE;
}

static void
wait_until_over (Shop *shop)
{
  g_autoptr(GumBatches) batches = gum_batches_new (shop->store);

  gum_test_wait_until (is_over, &(BatchWait) { batches, shop->batch });
}

static gboolean
has_next_time (gpointer queue)
{
  return gum_queue_get_next_time (queue) != 0;
}

static gboolean
has_trouble (gpointer queue)
{
  return gum_queue_get_trouble (queue) != NULL;
}

static gboolean
has_asking (gpointer queue)
{
  return gum_queue_get_n_asking (queue) > 0;
}

/* One that is refused does not keep the others from going, and the list shows them without being read. */
static void
test_run (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) taken = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop);
  taken = new_code (&shop, 2);
  gum_records_write_async (shop.records, taken, NULL, gum_test_result_cb, &result);
  g_assert_true (gum_records_write_finish (shop.records, gum_test_wait_result (&result), NULL));
  add_codes (&shop, 6);
  wait_until_over (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 5);
  writes = list_writes (&shop);
  error = gum_write_dup_error (writes->pdata[2]);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 7);
  g_assert_cmpuint (count_requests (&shop, "GET"), ==, 0);
  g_assert_cmpuint (count_listed (&shop), ==, 6);
}

/* No more than one a second, which is told before. Stopped, the rest is never sent. */
static void
test_pace (void)
{
  const gint64 second = 1000 * (gint64) G_USEC_PER_SEC;
  g_auto(Shop) shop = { 0 };

  shop_open (&shop);
  _gum_queue_set_time_scale (shop.queue, 1000);
  g_assert_cmpint (gum_queue_estimate (shop.queue, &(GumQueueLoad) { .n_listed = 50 }), >=, 49 * second);
  g_assert_cmpint (gum_queue_estimate (shop.queue, &(GumQueueLoad) { .n_free = 50 }), <, second);
  add_codes (&shop, 4);
  gum_test_wait_until (has_next_time, shop.queue);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 1);
  g_assert_cmpuint (count_listed (&shop), ==, 1);
  g_assert_cmpint (gum_queue_estimate_batch (shop.queue, shop.batch, 3), >, 2 * second);
  g_assert_cmpint (gum_queue_estimate_batch (shop.queue, shop.batch, 1), <=, second + G_USEC_PER_SEC);

  gum_queue_stop (shop.queue, shop.batch);
  wait_until_over (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 1);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DROPPED), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 1);
}

/* Gumroad wants a pause, or does not know the token: all of them are sent in the end, each once. */
static void
test_held_up (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop);
  add_fault (&shop, "\"kind\":\"status\",\"status\":429,\"after\":2,\"times\":1");
  add_codes (&shop, 5);
  wait_until_over (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 5);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 6);
  g_assert_cmpuint (count_listed (&shop), ==, 5);

  store_test_tell (shop.test, "edit", "{\"id\":\"" PRODUCT "\",\"set\":{\"_offer_codes\":[]}}");
  add_fault (&shop, "\"kind\":\"status\",\"status\":403,\"times\":1");
  add_codes (&shop, 3);
  gum_test_wait_until (has_trouble, shop.queue);
  g_assert_error (gum_queue_get_trouble (shop.queue), GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_WAITING), ==, 3);
  gum_queue_go (shop.queue, shop.batch);
  wait_until_over (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
}

static gboolean
has_sent_three (gpointer shop)
{
  return count_requests (shop, "POST") == 3;
}

/* The program ends while the third is on the wire: that one is unclear, and the others ask. */
static void
test_killed (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop);
  add_fault (&shop, "\"kind\":\"hang\",\"after\":2,\"times\":1");
  add_codes (&shop, 6);
  gum_test_wait_until (has_sent_three, &shop);
  gum_store_close (shop.store);
  gum_client_abort (shop.test->client);
  g_object_unref (shop.store);
  gum_test_settle ();

  shop_take_store (&shop);
  gum_test_wait_until (has_asking, shop.queue);
  gum_test_wait_until (is_loaded, shop.records);
  g_assert_cmpuint (gum_queue_get_n_asking (shop.queue), ==, 3);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 2);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_UNCLEAR), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 3);
  g_assert_cmpuint (count_listed (&shop), ==, 2);

  gum_queue_go (shop.queue, 0);
  wait_until_over (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 5);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_UNCLEAR), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 6);
}

/* Those that were made are deleted again, and only those. */
static void
test_revert (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GAsyncResult) result = NULL;
  guint n_items;

  shop_open (&shop);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (shop.records));
  add_codes (&shop, 3);
  wait_until_over (&shop);
  gum_queue_revert_async (shop.queue, shop.batch, gum_test_result_cb, &result);
  shop.batch = gum_queue_revert_finish (shop.queue, gum_test_wait_result (&result), NULL);
  g_assert_cmpint (shop.batch, >, 0);
  wait_until_over (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "DELETE"), ==, 3);
  g_assert_cmpuint (count_listed (&shop), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.records)), ==, n_items);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/queue-lists/run", test_run);
  g_test_add_func ("/store/queue-lists/pace", test_pace);
  g_test_add_func ("/store/queue-lists/held-up", test_held_up);
  g_test_add_func ("/store/queue-lists/killed", test_killed);
  g_test_add_func ("/store/queue-lists/revert", test_revert);

  return g_test_run ();
}
