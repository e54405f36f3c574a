/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queue, against the sandbox and its faults: what is on the wire is counted, and a second of
 * Gumroad's limits takes a fraction of one. */

#include "config.h"

#include "store-test.h"

#include "gum-batches.h"
#include "gum-client-private.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-queue-private.h"
#include "gum-writes.h"

#include <string.h>

/* So that neither limits nor troubles last. */
#define SCALE 0.001

typedef struct {
  StoreTest *test;
  GumStore  *store;
  GPtrArray *ids;
  gint64     batch;
} Shop;

static void
shop_clear (Shop *shop)
{
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->ids, g_ptr_array_unref);
  g_clear_pointer (&shop->test, store_test_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

static GumQueue *
get_queue (Shop *shop)
{
  GumQueue *queue = gum_store_get_queue (shop->store);

  _gum_queue_set_time_scale (queue, SCALE);

  return queue;
}

static void
shop_open (Shop  *shop,
           guint  n_products)
{
  g_autoptr(GumQuery) query = NULL;

  shop->test = store_test_new (n_products);
  _gum_client_set_time_scale (shop->test->client, SCALE);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  query = gum_query_new (shop->store);
  store_test_settle (query);
  shop->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_products; i++)
    g_ptr_array_add (shop->ids, store_test_dup_id (query, i));
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

static void
shop_reopen (Shop *shop)
{
  gum_store_close (shop->store);
  g_object_unref (shop->store);
  gum_test_settle ();
  shop->store = store_test_open (shop->test);
}

static void
add_fault (Shop       *shop,
           const char *match,
           const char *fault)
{
  g_autofree char *args = g_strdup_printf ("{\"match\":\"%s\",%s}", match, fault);

  store_test_tell (shop->test, "fault", args);
}

#define PUT_PRODUCT "PUT /v2/products/:id"
#define GET_PRODUCT "GET /v2/products/:id"

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

      if (strcmp (gum_json_get_string (request, "method"), method) == 0)
        count++;
    }

  return count;
}

/* A write that gives the product a name; @is_stale: made from one that it does not have. */
static GumWrite *
new_rename (Shop       *shop,
            guint       i,
            const char *name,
            gboolean    is_stale)
{
  const char *id = g_ptr_array_index (shop->ids, i);
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, id);

  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (before, "name",
                                 is_stale ? "Stale" : gum_product_get_name (product));

  return gum_write_new_update (id, gum_product_get_name (product), body, before);
}

/* Takes @writes. */
static void
add_batch (Shop          *shop,
           GPtrArray     *writes,
           GumBatchState  state)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_BULK, "Test", 0, state, writes,
                               gum_test_result_cb, &result);
  shop->batch = gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_ptr_array_unref (writes);
}

/* Renames the first @n products. */
static void
add_renames (Shop          *shop,
             guint          n,
             GumBatchState  state)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("New %u", i);

      g_ptr_array_add (writes, new_rename (shop, i, name, FALSE));
    }
  add_batch (shop, writes, state);
}

static GPtrArray *
list_writes (Shop   *shop,
             gint64  batch)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *writes;

  gum_journal_list_async (journal, batch, NULL, gum_test_result_cb, &result);
  writes = gum_journal_list_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);

  return writes;
}

static guint
count_state (Shop          *shop,
             GumWriteState  state)
{
  g_autoptr(GPtrArray) writes = list_writes (shop, shop->batch);
  guint count = 0;

  for (guint i = 0; i < writes->len; i++)
    count += gum_write_get_state (writes->pdata[i]) == state;

  return count;
}

/* A batch that is over, or whatever else is waited for, by the list that the person sees. */
typedef struct {
  GumBatches    *batches;
  gint64         batch;
  GumBatchState  state;
} BatchWait;

static gboolean
is_in_state (gpointer data)
{
  BatchWait *wait = data;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wait->batches)); i++)
    {
      g_autoptr(GumBatch) batch = g_list_model_get_item (G_LIST_MODEL (wait->batches), i);

      if (gum_batch_get_row (batch) == wait->batch)
        return gum_batch_get_state (batch) == wait->state;
    }

  return FALSE;
}

static void
wait_for_state (Shop          *shop,
                GumBatchState  state)
{
  g_autoptr(GumBatches) batches = gum_batches_new (shop->store);
  BatchWait wait = { batches, shop->batch, state };

  gum_test_wait_until (is_in_state, &wait);
}

static gboolean
has_trouble (gpointer data)
{
  return gum_queue_get_trouble (data) != NULL;
}

static gboolean
has_asking (gpointer data)
{
  return gum_queue_get_n_asking (data) > 0;
}

/* --- running ---------------------------------------------------------------------------------- */

static void
test_run (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumProduct) product = NULL;

  shop_open (&shop, 5);
  get_queue (&shop);
  add_renames (&shop, 5, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);

  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 5);
  g_assert_cmpuint (count_requests (&shop, "GET"), ==, 5);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 5);
  product = gum_store_dup_product (shop.store, g_ptr_array_index (shop.ids, 4));
  g_assert_cmpstr (gum_product_get_name (product), ==, "New 4");
  g_assert_cmpuint (gum_queue_get_n_running (get_queue (&shop)), ==, 0);
}

/* 40 writes: the 31st waits for its minute, which is told before. */
static void
test_paced (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;
  gint64 begin;

  shop_open (&shop, 40);
  queue = get_queue (&shop);
  _gum_queue_set_time_scale (queue, 0.05);
  g_assert_cmpint (gum_queue_estimate (queue, &(GumQueueLoad) { .n_paced = 30 }), <=, 31 * G_USEC_PER_SEC);
  begin = g_get_monotonic_time ();
  add_renames (&shop, 40, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 61 * 0.05 * G_USEC_PER_SEC);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 40);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 40);
}

/* What was sent before the program ended counts after it, too. */
static void
test_paced_over_restart (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;

  shop_open (&shop, 31);
  get_queue (&shop);
  add_renames (&shop, 30, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);

  shop_reopen (&shop);
  queue = gum_store_get_queue (shop.store);
  add_renames (&shop, 31, GUM_BATCH_PAUSED);
  wait_for_state (&shop, GUM_BATCH_PAUSED);
  g_assert_cmpint (gum_queue_estimate (queue, &(GumQueueLoad) { .n_paced = 1 }), >, 30 * G_USEC_PER_SEC);
  gum_queue_go (queue, shop.batch);
  wait_for_state (&shop, GUM_BATCH_RUNNING);
  while (gum_queue_get_next_time (queue) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gum_queue_get_next_time (queue) - g_get_monotonic_time (), >,
                   30 * G_USEC_PER_SEC);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 30);
}

/* Publishing has no limit of its own. */
static void
test_not_paced (void)
{
  g_auto(Shop) shop = { 0 };
  GPtrArray *writes = g_ptr_array_new_with_free_func (g_object_unref);

  shop_open (&shop, 40);
  gum_store_get_queue (shop.store);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(GumProduct) product = gum_store_dup_product (shop.store, shop.ids->pdata[i]);

      g_ptr_array_add (writes, gum_write_new_publish (shop.ids->pdata[i], NULL,
                                                      !gum_product_is_published (product)));
    }
  add_batch (&shop, writes, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 40);
}

/* What another has changed is left alone, and what is so already is not sent. */
static void
test_conflict (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autofree char *args = NULL;

  shop_open (&shop, 3);
  get_queue (&shop);
  product = gum_store_dup_product (shop.store, shop.ids->pdata[0]);
  g_ptr_array_add (writes, new_rename (&shop, 0, "Mine", FALSE));
  g_ptr_array_add (writes, new_rename (&shop, 1, "Same", FALSE));
  g_ptr_array_add (writes, new_rename (&shop, 2, "Fine", FALSE));
  args = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"name\":\"Theirs\"}}",
                          (char *) shop.ids->pdata[0]);
  store_test_tell (shop.test, "edit", args);
  g_free (args);
  args = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"name\":\"Same\"}}",
                          (char *) shop.ids->pdata[1]);
  store_test_tell (shop.test, "edit", args);
  add_batch (&shop, g_steal_pointer (&writes), GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);

  after = list_writes (&shop, shop.batch);
  g_assert_cmpint (gum_write_get_state (after->pdata[0]), ==, GUM_WRITE_CONFLICT);
  g_assert_cmpint (gum_write_get_state (after->pdata[1]), ==, GUM_WRITE_DONE);
  g_assert_cmpint (gum_write_get_state (after->pdata[2]), ==, GUM_WRITE_DONE);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 1);
  /* And it can be seen here. */
  g_assert_cmpstr (gum_product_get_name (product), ==, "Theirs");
}

/* A 429 is a verdict: the write waits, and goes once more. */
static void
test_throttled (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop, 3);
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"status\",\"status\":429,\"times\":2");
  get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 5);
}

static void
test_unclear (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = NULL;

  shop_open (&shop, 3);
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"drop_before\"");
  get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  writes = list_writes (&shop, shop.batch);
  g_assert_cmpint (gum_write_get_state (writes->pdata[0]), ==, GUM_WRITE_UNCLEAR);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 2);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 3);

  /* Not even on the person's word. */
  gum_queue_retry (get_queue (&shop), shop.batch, 0);
  gum_queue_retry (get_queue (&shop), shop.batch, gum_write_get_row (writes->pdata[0]));
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 3);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_UNCLEAR), ==, 1);
}

static void
test_refused (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"success_false\",\"message\":\"No such luck.\"");
  get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  writes = list_writes (&shop, shop.batch);
  g_assert_cmpint (gum_write_get_state (writes->pdata[0]), ==, GUM_WRITE_FAILED);
  error = gum_write_dup_error (writes->pdata[0]);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpstr (gum_error_get_server_message (error), ==, "No such luck.");
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 2);

  /* On the person's word it goes once more, and the others do not. */
  gum_queue_retry (get_queue (&shop), shop.batch, 0);
  wait_for_state (&shop, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 4);
}

/* A product that is gone costs its row. */
static void
test_gone (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = NULL;
  g_autofree char *args = NULL;

  shop_open (&shop, 3);
  args = g_strdup_printf ("{\"id\":\"%s\"}", (char *) shop.ids->pdata[1]);
  store_test_tell (shop.test, "remove_product", args);
  get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  writes = list_writes (&shop, shop.batch);
  g_assert_cmpint (gum_write_get_state (writes->pdata[1]), ==, GUM_WRITE_FAILED);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 2);
}

/* The token is refused: nothing is lost, and nothing goes until there is another. */
static void
test_refused_token (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;

  shop_open (&shop, 3);
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"status\",\"status\":401,\"times\":1");
  queue = get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  gum_test_wait_until (has_trouble, queue);
  g_assert_error (gum_queue_get_trouble (queue), GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
  gum_test_settle ();
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_WAITING), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 1);

  gum_queue_try_again (queue);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_null (gum_queue_get_trouble (queue));
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 4);
}

/* Gumroad is away when the product is read: it is tried again, and no row pays for it. */
static void
test_away (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop, 3);
  add_fault (&shop, GET_PRODUCT, "\"kind\":\"status\",\"status\":503,\"times\":5");
  get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 3);
}

static gboolean
is_reading (gpointer shop)
{
  return count_requests (shop, "GET") == 1;
}

/* The disk is full when a write is to be noted: it is not sent, and Gumroad is not asked for the product again
 * and again. */
static void
test_disk_full (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;

  shop_open (&shop, 2);
  queue = get_queue (&shop);
  _gum_queue_set_time_scale (queue, 1);
  add_fault (&shop, GET_PRODUCT, "\"kind\":\"latency\",\"ms\":2000");
  add_renames (&shop, 2, GUM_BATCH_RUNNING);
  gum_test_wait_until (is_reading, &shop);
  store_test_fill_disk ();
  gum_test_wait_until (has_trouble, queue);
  store_test_free_disk ();
  g_assert_cmpint (gum_queue_get_trouble (queue)->domain, ==, GUM_ERROR);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_WAITING), ==, 2);
  g_assert_cmpuint (count_requests (&shop, "GET"), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 0);

  _gum_queue_set_time_scale (queue, SCALE);
  gum_queue_try_again (queue);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 2);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 2);
}

/* --- the person's word ------------------------------------------------------------------------ */

static void
pause_cb (GumJournal *journal,
          GumWrite   *write,
          Shop       *shop)
{
  if (gum_write_get_state (write) == GUM_WRITE_DONE)
    gum_queue_pause (gum_store_get_queue (shop->store), 0);
}

static void
test_pause (void)
{
  g_auto(Shop) shop = { 0 };
  gulong handler;

  shop_open (&shop, 3);
  get_queue (&shop);
  handler = g_signal_connect (gum_store_get_journal (shop.store), "write-changed",
                              G_CALLBACK (pause_cb), &shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_PAUSED);
  g_signal_handler_disconnect (gum_store_get_journal (shop.store), handler);
  gum_test_settle ();
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 1);
  g_assert_cmpuint (gum_queue_get_n_paused (get_queue (&shop)), ==, 2);

  /* It stays so over a restart, without asking. */
  shop_reopen (&shop);
  get_queue (&shop);
  wait_for_state (&shop, GUM_BATCH_PAUSED);
  gum_queue_go (get_queue (&shop), shop.batch);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 3);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
}

/* To try again what has failed is not to go on with what was told to wait. */
static void
test_retry_paused (void)
{
  g_auto(Shop) shop = { 0 };
  gulong handler;

  shop_open (&shop, 3);
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"success_false\",\"message\":\"No.\"");
  get_queue (&shop);
  handler = g_signal_connect (gum_store_get_journal (shop.store), "write-changed",
                              G_CALLBACK (pause_cb), &shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_PAUSED);
  g_signal_handler_disconnect (gum_store_get_journal (shop.store), handler);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_FAILED), ==, 1);

  gum_queue_retry (get_queue (&shop), shop.batch, 0);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_WAITING), ==, 2);
  wait_for_state (&shop, GUM_BATCH_PAUSED);
  g_assert_cmpuint (gum_queue_get_n_running (get_queue (&shop)), ==, 0);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 2);

  gum_queue_go (get_queue (&shop), shop.batch);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 4);
}

static void
stop_cb (GumJournal *journal,
         GumWrite   *write,
         Shop       *shop)
{
  if (gum_write_get_state (write) == GUM_WRITE_SENDING)
    gum_queue_stop (gum_store_get_queue (shop->store), shop->batch);
}

/* What is on its way is not called back. */
static void
test_stop (void)
{
  g_auto(Shop) shop = { 0 };
  gulong handler;

  shop_open (&shop, 3);
  get_queue (&shop);
  handler = g_signal_connect (gum_store_get_journal (shop.store), "write-changed",
                              G_CALLBACK (stop_cb), &shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  while (count_state (&shop, GUM_WRITE_DONE) == 0)
    gum_test_settle ();
  g_signal_handler_disconnect (gum_store_get_journal (shop.store), handler);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 1);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DROPPED), ==, 2);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 1);
}

/* Stopped while the product is read: it is not sent any more. */
static void
test_stop_while_reading (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;

  shop_open (&shop, 2);
  add_fault (&shop, GET_PRODUCT, "\"kind\":\"hang\",\"times\":1");
  queue = get_queue (&shop);
  add_renames (&shop, 2, GUM_BATCH_RUNNING);
  while (count_requests (&shop, "GET") == 0)
    gum_test_settle ();
  gum_queue_stop (queue, shop.batch);
  wait_for_state (&shop, GUM_BATCH_OVER);
  gum_test_settle ();
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DROPPED), ==, 2);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 0);
}

/* --- the program ends ------------------------------------------------------------------------- */

static void
close_cb (GumJournal *journal,
          GumWrite   *write,
          gboolean   *is_sending)
{
  if (gum_write_get_state (write) == GUM_WRITE_SENDING)
    *is_sending = TRUE;
}

/* In the middle of a write: that one is unclear, what waits asks, and nothing goes twice. */
static void
test_crash (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;
  gboolean is_sending = FALSE;

  shop_open (&shop, 4);
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"hang\",\"after\":1,\"times\":1");
  get_queue (&shop);
  add_renames (&shop, 4, GUM_BATCH_RUNNING);
  while (count_state (&shop, GUM_WRITE_DONE) == 0)
    gum_test_settle ();
  g_signal_connect (gum_store_get_journal (shop.store), "write-changed", G_CALLBACK (close_cb),
                    &is_sending);
  while (count_state (&shop, GUM_WRITE_SENDING) == 0)
    gum_test_settle ();
  g_assert_true (is_sending || count_requests (&shop, "PUT") == 2);

  shop_reopen (&shop);
  queue = get_queue (&shop);
  gum_test_wait_until (has_asking, queue);
  g_assert_cmpuint (gum_queue_get_n_asking (queue), ==, 2);
  g_assert_cmpuint (gum_queue_get_n_running (queue), ==, 0);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_UNCLEAR), ==, 1);
  gum_test_settle ();
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 2);

  gum_queue_go (queue, 0);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_UNCLEAR), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 4);
}

static void
test_halt (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;

  shop_open (&shop, 3);
  queue = get_queue (&shop);
  gum_queue_halt (queue);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_RUNNING);
  gum_test_settle ();
  g_assert_false (gum_queue_is_sending (queue));
  g_assert_cmpuint (count_requests (&shop, "GET"), ==, 0);
}

/* --- taking back ------------------------------------------------------------------------------ */

static gint64
revert (Shop *shop)
{
  GumQueue *queue = gum_store_get_queue (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 batch;

  gum_queue_revert_async (queue, shop->batch, gum_test_result_cb, &result);
  batch = gum_queue_revert_finish (queue, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);

  return batch;
}

static void
test_revert (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumProduct) product = NULL;
  g_autofree char *old = NULL;
  gint64 batch;

  shop_open (&shop, 3);
  get_queue (&shop);
  product = gum_store_dup_product (shop.store, shop.ids->pdata[1]);
  old = g_strdup (gum_product_get_name (product));
  add_fault (&shop, PUT_PRODUCT, "\"kind\":\"success_false\",\"message\":\"No.\"");
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpstr (gum_product_get_name (product), ==, "New 1");

  /* Only what was carried out. */
  batch = shop.batch;
  shop.batch = revert (&shop);
  g_assert_cmpint (shop.batch, >, batch);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 2);
  g_assert_cmpstr (gum_product_get_name (product), ==, old);

  /* Whoever presses twice has it taken back once. */
  shop.batch = batch;
  g_assert_cmpint (revert (&shop), ==, 0);
}

static gboolean
has_sent_six (gpointer shop)
{
  return count_requests (shop, "PUT") >= 6;
}

/* Taking back that was stopped is not over: the rest can go later. */
static void
test_revert_stopped (void)
{
  g_auto(Shop) shop = { 0 };
  GumQueue *queue;

  shop_open (&shop, 3);
  queue = get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  gum_queue_halt (queue);
  shop.batch = revert (&shop);
  gum_queue_stop (queue, shop.batch);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DROPPED), ==, 3);
  gum_queue_resume (queue);
  gum_queue_send_rest (queue, shop.batch);
  gum_test_wait_until (has_sent_six, &shop);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "PUT"), ==, 6);
}

/* What was not known before is read when it is sent, and can be taken back. */
static void
test_revert_unknown (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();

  shop_open (&shop, 1);
  store_test_tell (shop.test, "set_refund_policy", "{\"in_effect\":false}");
  get_queue (&shop);
  json_object_set_string_member (body, "refund_period", "30");
  g_ptr_array_add (writes, gum_write_new_update (shop.ids->pdata[0], "x", body, before));
  add_batch (&shop, g_steal_pointer (&writes), GUM_BATCH_RUNNING);
  wait_for_state (&shop, GUM_BATCH_OVER);
  after = list_writes (&shop, shop.batch);
  g_assert_true (gum_write_can_be_reverted (after->pdata[0]));
  g_assert_cmpstr (gum_json_get_string (gum_write_get_before (after->pdata[0]), "refund_period"), ==,
                   "inherit");
  shop.batch = revert (&shop);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 1);
}

static void
test_nothing_to_revert (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop, 2);
  get_queue (&shop);
  add_renames (&shop, 2, GUM_BATCH_PAUSED);
  g_assert_cmpint (revert (&shop), ==, 0);
}

/* --- the list of writes ----------------------------------------------------------------------- */

static gboolean
has_items (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static void
test_writes (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrites) writes = NULL;
  g_autoptr(GumWrite) last = NULL;
  g_autoptr(GumWrite) now = NULL;

  shop_open (&shop, 3);
  get_queue (&shop);
  add_renames (&shop, 3, GUM_BATCH_PAUSED);
  writes = gum_writes_new (shop.store, shop.batch);
  gum_test_wait_until (has_items, writes);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (writes)), ==, 3);
  last = g_list_model_get_item (G_LIST_MODEL (writes), 2);
  g_assert_cmpuint (gum_writes_count_waiting (writes, last), ==, 3);

  gum_queue_go (get_queue (&shop), shop.batch);
  wait_for_state (&shop, GUM_BATCH_OVER);
  gum_test_settle ();
  now = g_list_model_get_item (G_LIST_MODEL (writes), 2);
  g_assert_cmpint (gum_write_get_state (now), ==, GUM_WRITE_DONE);
  g_assert_cmpuint (gum_writes_count_waiting (writes, now), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/queue/run", test_run);
  g_test_add_func ("/store/queue/paced", test_paced);
  g_test_add_func ("/store/queue/paced-over-restart", test_paced_over_restart);
  g_test_add_func ("/store/queue/not-paced", test_not_paced);
  g_test_add_func ("/store/queue/conflict", test_conflict);
  g_test_add_func ("/store/queue/throttled", test_throttled);
  g_test_add_func ("/store/queue/unclear", test_unclear);
  g_test_add_func ("/store/queue/refused", test_refused);
  g_test_add_func ("/store/queue/gone", test_gone);
  g_test_add_func ("/store/queue/refused-token", test_refused_token);
  g_test_add_func ("/store/queue/away", test_away);
  g_test_add_func ("/store/queue/disk-full", test_disk_full);
  g_test_add_func ("/store/queue/pause", test_pause);
  g_test_add_func ("/store/queue/retry-paused", test_retry_paused);
  g_test_add_func ("/store/queue/stop", test_stop);
  g_test_add_func ("/store/queue/stop-while-reading", test_stop_while_reading);
  g_test_add_func ("/store/queue/crash", test_crash);
  g_test_add_func ("/store/queue/halt", test_halt);
  g_test_add_func ("/store/queue/revert", test_revert);
  g_test_add_func ("/store/queue/revert-stopped", test_revert_stopped);
  g_test_add_func ("/store/queue/revert-unknown", test_revert_unknown);
  g_test_add_func ("/store/queue/nothing-to-revert", test_nothing_to_revert);
  g_test_add_func ("/store/queue/writes", test_writes);

  return g_test_run ();
}
