/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One discount code for many products, from the lists at Gumroad to the queue and back. */

#include "config.h"

#include "store-test.h"

#include "gum-batches.h"
#include "gum-change-set.h"
#include "gum-client-private.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-queue-private.h"
#include "gum-records.h"
#include "gum-writes.h"

#include <string.h>

#define SCALE 0.001
#define CODES "/v2/products/:id/offer_codes"

typedef struct {
  StoreTest *test;
  GumStore  *store;
  GumQuery  *query;
  GArray    *rows;
  gint64     batch;
} Shop;

static void
shop_clear (Shop *shop)
{
  g_clear_pointer (&shop->rows, g_array_unref);
  g_clear_object (&shop->query);
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->test, store_test_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

static void
list_rows (Shop *shop)
{
  g_clear_object (&shop->query);
  g_clear_pointer (&shop->rows, g_array_unref);
  shop->query = gum_query_new (shop->store);
  store_test_settle (shop->query);
  shop->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (shop->query)); i++)
    {
      gint64 row = gum_query_get_row (shop->query, i);

      g_array_append_val (shop->rows, row);
    }
}

/* Two that may be called whatever, one in euros, one that is nearly given away. */
#define PLAIN ",\"is_tiered_membership\":false,\"_offer_codes\":"
static const char * const products[] = {
  "{\"name\":\"A\",\"price\":1000,\"currency\":\"usd\"" PLAIN "[]}",
  "{\"name\":\"B\",\"price\":2000,\"currency\":\"usd\"" PLAIN "[{\"id\":\"b-spring\",\"name\":\"Spring\","
  "\"universal\":false,\"max_purchase_count\":10,\"minimum_amount_cents\":500,\"times_used\":3,"
  "\"percent_off\":25}]}",
  "{\"name\":\"C\",\"price\":1000,\"currency\":\"eur\"" PLAIN "[]}",
  "{\"name\":\"D\",\"price\":120,\"currency\":\"usd\"" PLAIN "[]}",
};

static void
shop_open (Shop *shop)
{
  shop->test = store_test_new (G_N_ELEMENTS (products));
  _gum_client_set_time_scale (shop->test->client, SCALE);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  list_rows (shop);
  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      g_autofree char *id = store_test_dup_id (shop->query, i);
      g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"set\":%s}", id, products[i]);

      store_test_tell (shop->test, "edit", args);
    }
  store_test_sync (shop->store);
  list_rows (shop);
  _gum_queue_set_time_scale (gum_store_get_queue (shop->store), SCALE);
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

static void
add_fault (Shop       *shop,
           const char *match,
           const char *fault)
{
  g_autofree char *args = g_strdup_printf ("{\"match\":\"%s\",%s}", match, fault);

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

static gboolean
is_computed (gpointer data)
{
  return !gum_change_set_get_pending (data);
}

/* Takes @bulk. */
static GumChangeSet *
start (Shop    *shop,
       GumBulk *bulk)
{
  GumChangeSet *set = gum_change_set_new (shop->store, bulk, shop->rows);

  gum_bulk_unref (bulk);
  g_assert_true (gum_change_set_get_pending (set));

  return set;
}

static GumChangeSet *
compute (Shop    *shop,
         GumBulk *bulk)
{
  GumChangeSet *set = start (shop, bulk);

  gum_test_wait_until (is_computed, set);
  g_assert_no_error (gum_change_set_get_error (set));

  return set;
}

static void
assert_set (GumChangeSet *set,
            guint         n_changes,
            guint         n_refused,
            guint         n_unchanged)
{
  g_assert_cmpuint (gum_change_set_get_n_changes (set), ==, n_changes);
  g_assert_cmpuint (gum_change_set_get_n_refused (set), ==, n_refused);
  g_assert_cmpuint (gum_change_set_get_n_unchanged (set), ==, n_unchanged);
}

static GumRefusal
get_refusal (GumChangeSet *set,
             const char   *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (set)); i++)
    {
      g_autoptr(GumChangeRow) row = g_list_model_get_item (G_LIST_MODEL (set), i);

      if (g_str_equal (gum_change_row_get_name (row), name))
        return gum_change_row_get_refusal (row);
    }
  g_assert_not_reached ();
}

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

  gum_test_wait_until (is_in_state, &(BatchWait) { batches, shop->batch, state });
}

static void
apply (Shop         *shop,
       GumChangeSet *set)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_change_set_apply_async (set, "Test", gum_test_result_cb, &result);
  shop->batch = gum_change_set_apply_finish (set, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (shop->batch, >, 0);
}

static void
revert (Shop *shop)
{
  GumQueue *queue = gum_store_get_queue (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_queue_revert_async (queue, shop->batch, gum_test_result_cb, &result);
  shop->batch = gum_queue_revert_finish (queue, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (shop->batch, >, 0);
  wait_for_state (shop, GUM_BATCH_OVER);
}

static guint
count_state (Shop          *shop,
             GumWriteState  state)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  guint count = 0;

  gum_journal_list_async (journal, shop->batch, NULL, gum_test_result_cb, &result);
  writes = gum_journal_list_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < writes->len; i++)
    count += gum_write_get_state (writes->pdata[i]) == state;

  return count;
}

static GumBulk *
new_code (const char *name)
{
  return gum_bulk_new_code (name, TRUE, 20, NULL, 100);
}

static gboolean
is_listed (gpointer records)
{
  return !gum_records_get_syncing (records);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* What Gumroad has: product, code, percent or cents, limit, minimum. */
static void
assert_codes (Shop       *shop,
              const char *expected)
{
  GumRecords *records = gum_store_get_records (shop->store, GUM_RECORD_CODE);
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();
  g_auto(GStrv) strv = NULL;
  g_autofree char *text = NULL;

  gum_records_start_sync (records);
  gum_test_wait_until (is_listed, records);
  g_assert_no_error (gum_records_get_error (records));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (records)); i++)
    {
      g_autoptr(GumRecord) record = g_list_model_get_item (G_LIST_MODEL (records), i);
      GumOfferCode *code = gum_record_get_resource (record);

      if (gum_offer_code_is_universal (code))
        continue;
      g_ptr_array_add (lines, g_strdup_printf ("%s %s %d %d %d", gum_record_get_product_name (record),
                                               gum_offer_code_get_name (code),
                                               (int) gum_offer_code_get_amount (code),
                                               (int) gum_offer_code_get_limit (code),
                                               (int) gum_offer_code_get_minimum (code)));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  strv = (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
  text = g_strjoinv ("\n", strv);
  g_assert_cmpstr (text, ==, expected);
}

/* The lists are read, one for each product; what is there already is left out; all of it can be taken back. */
static void
test_add (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GumChangeSet) again = NULL;
  g_autoptr(GumChangeSet) other = NULL;

  shop_open (&shop);
  set = compute (&shop, new_code ("AUTUMN"));
  assert_set (set, 3, 1, 0);
  g_assert_cmpint (get_refusal (set, "D"), ==, GUM_REFUSAL_MINIMUM);
  g_assert_cmpuint (count_requests (&shop, "GET"), ==, 4);
  apply (&shop, set);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 3);
  assert_codes (&shop, "A AUTUMN 20 100 -1\nB AUTUMN 20 100 -1\nB Spring 25 10 500\nC AUTUMN 20 100 -1");

  again = compute (&shop, new_code ("autumn"));
  assert_set (again, 0, 1, 3);
  other = compute (&shop, gum_bulk_new_code ("AUTUMN", TRUE, 20, NULL, -1));
  assert_set (other, 0, 4, 0);
  g_assert_cmpint (get_refusal (other, "A"), ==, GUM_REFUSAL_TAKEN);

  revert (&shop);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "DELETE"), ==, 3);
  assert_codes (&shop, "B Spring 25 10 500");
}

/* An amount is one of a currency. */
static void
test_amount (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;

  shop_open (&shop);
  set = compute (&shop, gum_bulk_new_code ("FIVE", FALSE, 500, "USD", -1));
  assert_set (set, 3, 1, 0);
  g_assert_cmpint (get_refusal (set, "C"), ==, GUM_REFUSAL_CURRENCY);
  apply (&shop, set);
  wait_for_state (&shop, GUM_BATCH_OVER);
  /* What costs less is given away. */
  assert_codes (&shop, "A FIVE 500 -1 -1\nB FIVE 500 -1 -1\nB Spring 25 10 500\nD FIVE 500 -1 -1");
}

/* A code that comes back has the uses that were left. */
static void
test_remove (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GumChangeRow) row = NULL;

  shop_open (&shop);
  set = compute (&shop, gum_bulk_new_code_removal ("SPRING"));
  assert_set (set, 1, 0, 3);
  row = g_list_model_get_item (G_LIST_MODEL (set), 0);
  g_assert_cmpint (gum_offer_code_get_times_used (gum_change_row_get_code (row)), ==, 3);
  apply (&shop, set);
  wait_for_state (&shop, GUM_BATCH_OVER);
  assert_codes (&shop, "");
  revert (&shop);
  assert_codes (&shop, "B Spring 25 7 500");
}

/* One that is good for all is nobody's own: the others may not have its name, and it does not go with one. */
static void
test_universal (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) add = NULL;
  g_autoptr(GumChangeSet) removal = NULL;

  shop_open (&shop);
  add = compute (&shop, new_code ("friends"));
  assert_set (add, 0, 4, 0);
  g_assert_cmpint (get_refusal (add, "C"), ==, GUM_REFUSAL_TAKEN);
  removal = compute (&shop, gum_bulk_new_code_removal ("FRIENDS"));
  assert_set (removal, 0, 4, 0);
  g_assert_cmpint (get_refusal (removal, "A"), ==, GUM_REFUSAL_UNIVERSAL);
}

/* Without an answer the list says whether it is there; nothing goes twice. */
static void
test_unclear (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;

  shop_open (&shop);
  set = compute (&shop, new_code ("AUTUMN"));
  add_fault (&shop, "POST " CODES, "\"kind\":\"drop\",\"times\":1");
  apply (&shop, set);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 3);
}

static GumWrite *
dup_unclear (Shop *shop)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) writes = NULL;

  gum_journal_list_async (journal, shop->batch, NULL, gum_test_result_cb, &result);
  writes = gum_journal_list_finish (journal, gum_test_wait_result (&result), NULL);
  for (guint i = 0; i < writes->len; i++)
    {
      if (gum_write_get_state (writes->pdata[i]) == GUM_WRITE_UNCLEAR)
        return g_object_ref (writes->pdata[i]);
    }
  g_assert_not_reached ();
}

static gboolean
check (Shop *shop)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GumWrite) write = dup_unclear (shop);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean proven;

  gum_journal_check_async (journal, write, NULL, gum_test_result_cb, &result);
  proven = gum_journal_check_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (gum_write_get_state (write), ==, proven ? GUM_WRITE_DONE : GUM_WRITE_UNCLEAR);

  return proven;
}

/* Nothing was heard, and the list could not be read either: it can be asked later. */
static void
test_check (void)
{
  static const struct {
    const char *fault;
    gboolean    arrives;
  } cases[] = {
    { "\"kind\":\"drop\",\"times\":1", TRUE },
    { "\"kind\":\"drop_before\",\"times\":1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(Shop) shop = { 0 };
      g_autoptr(GumChangeSet) set = NULL;

      shop_open (&shop);
      set = compute (&shop, new_code ("AUTUMN"));
      add_fault (&shop, "POST " CODES, cases[i].fault);
      add_fault (&shop, "GET " CODES, "\"kind\":\"status\",\"status\":403");
      apply (&shop, set);
      wait_for_state (&shop, GUM_BATCH_OVER);
      g_assert_cmpuint (count_state (&shop, GUM_WRITE_UNCLEAR), ==, 1);
      store_test_tell (shop.test, "clear_faults", "{}");
      g_assert_true (check (&shop) == cases[i].arrives);
      g_assert_cmpuint (count_requests (&shop, "POST"), ==, 3);
    }
}

/* Gumroad wants a pause: it is kept to, and nothing is lost. */
static void
test_throttled (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;

  shop_open (&shop);
  set = compute (&shop, new_code ("AUTUMN"));
  add_fault (&shop, "POST " CODES, "\"kind\":\"status\",\"status\":429,\"times\":1");
  apply (&shop, set);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 4);
}

static gboolean
has_asking (gpointer queue)
{
  return gum_queue_get_n_asking (queue) > 0;
}

/* What the journal keeps of a write is enough to send it in another run. */
static void
test_restart (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  GumQueue *queue;

  shop_open (&shop);
  set = compute (&shop, new_code ("AUTUMN"));
  gum_queue_halt (gum_store_get_queue (shop.store));
  apply (&shop, set);
  g_clear_object (&set);
  gum_store_close (shop.store);
  g_clear_object (&shop.query);
  g_object_unref (shop.store);
  gum_test_settle ();
  shop.store = store_test_open (shop.test);
  queue = gum_store_get_queue (shop.store);
  _gum_queue_set_time_scale (queue, SCALE);
  gum_test_wait_until (has_asking, queue);
  g_assert_cmpuint (count_requests (&shop, "POST"), ==, 0);
  gum_queue_go (queue, 0);
  wait_for_state (&shop, GUM_BATCH_OVER);
  g_assert_cmpuint (count_state (&shop, GUM_WRITE_DONE), ==, 3);
  assert_codes (&shop, "A AUTUMN 20 100 -1\nB AUTUMN 20 100 -1\nB Spring 25 10 500\nC AUTUMN 20 100 -1");
}

static gboolean
has_asked (gpointer data)
{
  return count_requests (data, "GET") > 0;
}

/* A list that cannot be read is no list without codes. */
static void
test_not_read (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) refused = NULL;
  g_autoptr(GumChangeSet) cancelled = NULL;
  g_autoptr(GumChangeSet) closed = NULL;
  guint n_done, n_all, n_asked;

  shop_open (&shop);
  add_fault (&shop, "GET " CODES, "\"kind\":\"status\",\"status\":403,\"times\":1");
  refused = start (&shop, new_code ("AUTUMN"));
  gum_test_wait_until (is_computed, refused);
  g_assert_error (gum_change_set_get_error (refused), GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refused)), ==, 0);

  store_test_tell (shop.test, "requests", "{\"clear\":true}");
  add_fault (&shop, "GET " CODES, "\"kind\":\"hang\"");
  cancelled = start (&shop, new_code ("AUTUMN"));
  gum_test_wait_until (has_asked, &shop);
  gum_change_set_get_progress (cancelled, &n_done, &n_all);
  g_assert_cmpuint (n_done, ==, 0);
  g_assert_cmpuint (n_all, ==, 4);
  gum_change_set_cancel (cancelled);
  gum_test_wait_until (is_computed, cancelled);
  g_assert_error (gum_change_set_get_error (cancelled), G_IO_ERROR, G_IO_ERROR_CANCELLED);

  n_asked = count_requests (&shop, "GET");
  closed = start (&shop, new_code ("AUTUMN"));
  gum_store_close (shop.store);
  gum_test_wait_until (is_computed, closed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (closed)), ==, 0);
  g_assert_cmpuint (count_requests (&shop, "GET"), <=, n_asked + 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/bulk-codes/add", test_add);
  g_test_add_func ("/store/bulk-codes/amount", test_amount);
  g_test_add_func ("/store/bulk-codes/remove", test_remove);
  g_test_add_func ("/store/bulk-codes/universal", test_universal);
  g_test_add_func ("/store/bulk-codes/unclear", test_unclear);
  g_test_add_func ("/store/bulk-codes/check", test_check);
  g_test_add_func ("/store/bulk-codes/throttled", test_throttled);
  g_test_add_func ("/store/bulk-codes/restart", test_restart);
  g_test_add_func ("/store/bulk-codes/not-read", test_not_read);

  return g_test_run ();
}
