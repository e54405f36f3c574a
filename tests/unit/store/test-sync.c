/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Passes over the list, against the sandbox and its faults. */

#include "config.h"

#include "store-test.h"

#include "gum-error.h"
#include "gum-json.h"

#include <sqlite3.h>
#include <string.h>

#define LIST "\"match\":\"GET /v2/products\""

static void
count_cb (GumStore *store,
          guint    *count)
{
  (*count)++;
}

static void
deleted_cb (GumStore   *store,
            const char *id,
            GPtrArray  *ids)
{
  g_ptr_array_add (ids, g_strdup (id));
}

static void
run_sql (StoreTest  *test,
         const char *sql)
{
  g_autofree char *path = store_test_ledger (test);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static gint64
get_number (StoreTest  *test,
            const char *sql)
{
  g_autofree char *path = store_test_ledger (test);
  sqlite3_stmt *statement;
  sqlite3 *db;
  gint64 number;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);

  return number;
}

static guint
count_list_requests (StoreTest *test)
{
  g_autofree char *answer = store_test_control (test, "requests", "{\"clear\":true}");
  guint count = 0;

  for (const char *p = answer; (p = strstr (p, "\"path\":\"/v2/products\"")) != NULL; p++)
    count++;

  return count;
}

static void
test_complete (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;

  g_assert_null (gum_store_get_last_synced (store));
  store_test_sync (store);
  g_assert_false (gum_store_get_syncing (store));
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 35);
  g_assert_nonnull (gum_store_get_last_synced (store));
  g_assert_null (gum_store_get_sync_error (store));

  query = gum_query_new (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 35);
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 35);
}

static gboolean
has_products (gpointer store)
{
  return gum_store_get_n_products (store) > 0;
}

/* The first page can be seen while the second one is still on its way. */
static void
test_first_page (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"latency\",\"ms\":2000,\"query\":\"page_key\"}");
  gum_store_sync_async (store, NULL, gum_test_result_cb, &result);
  gum_test_wait_until (has_products, store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 10);
  g_assert_true (gum_store_get_syncing (store));
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 10);
  gum_store_sync_finish (store, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 35);
}

/* A pass that brings nothing new touches no product and tells nobody. */
static void
test_unchanged (void)
{
  g_autoptr(StoreTest) test = store_test_new (25);
  g_autoptr(GumStore) store = store_test_open (test);
  guint n_changed = 0;

  store_test_sync (store);
  run_sql (test, "CREATE TABLE touched (x);"
                 "CREATE TRIGGER a AFTER UPDATE ON products BEGIN INSERT INTO touched VALUES (1); END;"
                 "CREATE TRIGGER b AFTER INSERT ON products BEGIN INSERT INTO touched VALUES (1); END;"
                 "CREATE TRIGGER c AFTER DELETE ON products BEGIN INSERT INTO touched VALUES (1); END;");
  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &n_changed);
  store_test_sync (store);
  g_assert_cmpint (get_number (test, "SELECT count (*) FROM touched"), ==, 0);
  g_assert_cmpuint (n_changed, ==, 0);
}

/* What only the full record knows survives a row of the list, and the object that is held is the
 * same. */
static void
test_edited (void)
{
  g_autoptr(StoreTest) test = store_test_new (12);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GumProduct) again = NULL;
  g_autofree char *id = NULL;
  g_autofree char *edit = NULL;
  guint n_notified = 0;

  store_test_sync (store);
  query = gum_query_new (store);
  id = store_test_dup_id (query, 3);
  product = gum_store_dup_product (store, id);
  g_assert_false (gum_resource_has (GUM_RESOURCE (product), "files"));
  store_test_refresh (store, id);
  g_assert_true (gum_resource_has (GUM_RESOURCE (product), "files"));

  g_signal_connect_swapped (product, "notify::name", G_CALLBACK (g_atomic_int_inc), &n_notified);
  edit = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"name\":\"Behind the back\"}}", id);
  store_test_tell (test, "edit", edit);
  store_test_sync (store);
  g_assert_cmpstr (gum_product_get_name (product), ==, "Behind the back");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (gum_resource_has (GUM_RESOURCE (product), "files"));
  g_assert_true (json_object_has_member (gum_resource_get_json (GUM_RESOURCE (product)), "files"));
  again = gum_store_dup_product (store, id);
  g_assert_true (again == product);
  g_assert_cmpuint (gum_query_find (query, id), ==, 3);
}

static void
test_added_and_removed (void)
{
  g_autoptr(StoreTest) test = store_test_new (25);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GPtrArray) deleted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GumProduct) held = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *remove = NULL;
  g_autofree char *first = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_test_sync (store);
  g_signal_connect (store, "product-deleted", G_CALLBACK (deleted_cb), deleted);
  query = gum_query_new (store);
  gone = store_test_dup_id (query, 12);
  held = gum_store_dup_product (store, gone);
  before = store_test_dup_names (query);

  remove = g_strdup_printf ("{\"id\":\"%s\"}", gone);
  store_test_tell (test, "remove_product", remove);
  store_test_tell (test, "add_product", "{\"name\":\"Brand new\"}");
  store_test_sync (store);
  store_test_settle (query);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 25);
  g_assert_cmpuint (deleted->len, ==, 1);
  g_assert_cmpstr (deleted->pdata[0], ==, gone);
  g_assert_cmpstr (gum_resource_get_id (GUM_RESOURCE (held)), ==, gone);
  g_assert_null (gum_store_dup_product (store, gone));
  g_assert_cmpuint (gum_query_find (query, gone), ==, G_MAXUINT);
  after = store_test_dup_names (query);
  g_assert_true (g_str_has_prefix (after, "Brand new|"));

  /* Nothing else moved. */
  first = g_strndup (before, 40);
  g_assert_true (g_str_has_prefix (after + strlen ("Brand new|"), first));
}

static void
test_cut_and_resumed (void)
{
  g_autoptr(StoreTest) test = store_test_new (45);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GError) error = NULL;

  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"cut\",\"after\":3,\"times\":0}");
  error = store_test_sync_error (store);
  g_assert_nonnull (error);
  g_assert_nonnull (gum_store_get_sync_error (store));
  g_assert_null (gum_store_get_last_synced (store));
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 30);
  gum_store_close (store);
  g_clear_object (&store);

  store_test_tell (test, "clear_faults", "{}");
  count_list_requests (test);
  store = store_test_open (test);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 30);
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 45);
  g_assert_nonnull (gum_store_get_last_synced (store));
  /* The top of the list, and the two pages that were missing. */
  g_assert_cmpuint (count_list_requests (test), ==, 3);
}

typedef struct {
  StoreTest *test;
  guint      n_requests;
} Counting;

static gboolean
was_cut (gpointer data)
{
  Counting *counting = data;

  counting->n_requests += count_list_requests (counting->test);

  return counting->n_requests > 15;
}

/* Pages that come while the ledger is busy are written together. Where the list is cut then, the
 * ledger is whole up to the cut, and the next pass goes on behind it. */
static void
test_cut_while_busy (void)
{
  g_autoptr(StoreTest) test = store_test_new (205);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autofree char *path = store_test_ledger (test);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Counting counting = { test, 0 };
  sqlite3 *db;

  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"cut\",\"after\":15,\"times\":0}");
  count_list_requests (test);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  gum_store_sync_async (store, NULL, gum_test_result_cb, &result);
  gum_test_wait_until (was_cut, &counting);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 0);
  sqlite3_close (db);
  g_assert_false (gum_store_sync_finish (store, gum_test_wait_result (&result), &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 150);
  g_assert_cmpint (get_number (test, "SELECT count (*) FROM products"), ==, 150);
  g_assert_cmpint (get_number (test, "SELECT count (*) FROM seen"), ==, 150);

  store_test_tell (test, "clear_faults", "{}");
  count_list_requests (test);
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 205);
  /* The top, and the six pages that were missing. */
  g_assert_cmpuint (count_list_requests (test), ==, 7);
}

static void
test_stale_key (void)
{
  g_autoptr(StoreTest) test = store_test_new (45);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GError) error = NULL;

  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"bad_json\",\"after\":3,\"times\":0}");
  error = store_test_sync_error (store);
  g_assert_nonnull (error);
  run_sql (test, "UPDATE meta SET value = 'nonsense' WHERE key = 'sync-key'");
  store_test_tell (test, "clear_faults", "{}");
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 45);

  g_clear_error (&error);
  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"html\",\"after\":3,\"times\":0}");
  error = store_test_sync_error (store);
  g_assert_nonnull (error);
  run_sql (test, "UPDATE meta SET value = value - 4000 WHERE key = 'sync-at'");
  store_test_tell (test, "clear_faults", "{}");
  count_list_requests (test);
  store_test_sync (store);
  g_assert_cmpuint (count_list_requests (test), ==, 5);
}

/* A list that goes in circles ends, and deletes nothing. */
/* Cut between two chunks, where it looks like a whole answer: what was known stays. */
static void
test_cut_answer (void)
{
  static const char * const kinds[] = { "cut", "chunk_cut", "empty", "html", "bad_json" };
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);

  store_test_sync (store);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *fault = g_strdup_printf ("{" LIST ",\"kind\":\"%s\",\"after\":1,\"times\":0}",
                                                kinds[i]);
      g_autoptr(GError) error = NULL;

      store_test_tell (test, "fault", fault);
      error = store_test_sync_error (store);
      g_assert_nonnull (error);
      g_assert_cmpuint (gum_store_get_n_products (store), ==, 35);
      store_test_tell (test, "clear_faults", "{}");
    }
  store_test_sync (store);
  g_assert_null (gum_store_get_sync_error (store));
}

/* Two windows want it at the same time: it is read once, and both are told. */
static void
test_at_once (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;

  gum_store_sync_async (store, NULL, gum_test_result_cb, &first);
  gum_store_sync_async (store, NULL, gum_test_result_cb, &second);
  g_assert_true (gum_store_sync_finish (store, gum_test_wait_result (&first), &error));
  g_assert_no_error (error);
  g_assert_true (gum_store_sync_finish (store, gum_test_wait_result (&second), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_list_requests (test), ==, 4);
}

static void
test_circle (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GError) error = NULL;

  store_test_sync (store);
  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"repeat_page\",\"times\":0}");
  error = store_test_sync_error (store);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 35);
}

/* One bad answer costs a repetition, not the pass. */
static void
test_one_fault (void)
{
  static const char * const faults[] = {
    "\"kind\":\"status\",\"status\":500", "\"kind\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"1\"}",
    "\"kind\":\"drop\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr(StoreTest) test = store_test_new (25);
      g_autoptr(GumStore) store = store_test_open (test);
      g_autofree char *fault = g_strdup_printf ("{" LIST ",%s,\"after\":1,\"times\":1}", faults[i]);

      store_test_tell (test, "fault", fault);
      store_test_sync (store);
      g_assert_cmpuint (gum_store_get_n_products (store), ==, 25);
    }
}

/* A list that says false, or that is none, is not an empty shop. */
static void
test_no_list (void)
{
  static const char * const faults[] = {
    "success_false", "html", "bad_json", "empty", "deep",
  };
  g_autoptr(StoreTest) test = store_test_new (15);
  g_autoptr(GumStore) store = store_test_open (test);

  store_test_sync (store);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *fault = g_strdup_printf ("{" LIST ",\"kind\":\"%s\",\"times\":0}", faults[i]);
      g_autoptr(GError) error = NULL;

      store_test_tell (test, "fault", fault);
      error = store_test_sync_error (store);
      g_assert_nonnull (error);
      g_assert_cmpuint (gum_store_get_n_products (store), ==, 15);
      store_test_tell (test, "clear_faults", "{}");
    }
}

static void
test_emptied (void)
{
  g_autoptr(StoreTest) test = store_test_new (12);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;

  store_test_sync (store);
  query = gum_query_new (store);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = store_test_dup_id (query, i);
      g_autofree char *remove = g_strdup_printf ("{\"id\":\"%s\"}", id);

      store_test_tell (test, "remove_product", remove);
    }
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 0);
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 0);
}

/* A product vanishes from a page that was read, while the next one is read. */
static void
test_shrinking (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *remove = NULL;

  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"latency\",\"ms\":2000,\"query\":\"page_key\"}");
  gum_store_sync_async (store, NULL, gum_test_result_cb, &result);
  gum_test_wait_until (has_products, store);
  store_test_settle (query);
  id = store_test_dup_id (query, 2);
  remove = g_strdup_printf ("{\"id\":\"%s\"}", id);
  store_test_tell (test, "remove_product", remove);
  gum_store_sync_finish (store, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 35);
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 34);
}

/* What was on its way to the ledger is still written. */
static gboolean
is_at_rest (gpointer store)
{
  return !gum_store_get_syncing (store);
}

static void
test_cancelled (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) one = NULL;
  g_autoptr(GAsyncResult) two = NULL;
  g_autoptr(GError) error = NULL;

  /* One of two goes: the other one gets its pass. */
  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"latency\",\"ms\":2000,\"query\":\"page_key\"}");
  gum_store_sync_async (store, cancellable, gum_test_result_cb, &one);
  gum_store_sync_async (store, NULL, gum_test_result_cb, &two);
  gum_test_wait_until (has_products, store);
  g_cancellable_cancel (cancellable);
  g_assert_false (gum_store_sync_finish (store, gum_test_wait_result (&one), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  gum_store_sync_finish (store, gum_test_wait_result (&two), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 35);

  /* The only one goes. */
  g_clear_object (&one);
  g_cancellable_reset (cancellable);
  store_test_tell (test, "fault", "{" LIST ",\"kind\":\"hang\",\"query\":\"page_key\"}");
  gum_store_sync_async (store, cancellable, gum_test_result_cb, &one);
  gum_test_settle ();
  g_cancellable_cancel (cancellable);
  g_assert_false (gum_store_sync_finish (store, gum_test_wait_result (&one), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (gum_store_get_sync_error (store));
  gum_test_wait_until (is_at_rest, store);
  store_test_sync (store);
}

static void
test_closed (void)
{
  g_autoptr(StoreTest) test = store_test_new (95);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_store_sync_async (store, NULL, gum_test_result_cb, &result);
  gum_test_wait_until (has_products, store);
  gum_store_close (store);
  gum_store_sync_finish (store, gum_test_wait_result (&result), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (gum_store_dup_product (store, "x"));
  g_clear_error (&error);
  error = store_test_sync_error (store);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);
  gum_test_settle ();
  g_clear_object (&query);
  g_clear_object (&store);

  store = store_test_open (test);
  g_assert_cmpuint (gum_store_get_n_products (store), >=, 10);
  g_assert_cmpint (get_number (test, "SELECT count (*) FROM products"), ==,
                   gum_store_get_n_products (store));
  g_assert_cmpint (get_number (test, "SELECT count (*) FROM products_fts"), ==,
                   gum_store_get_n_products (store));
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 95);
}

static void
test_gone (void)
{
  g_autoptr(StoreTest) test = store_test_new (5);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *remove = NULL;

  store_test_sync (store);
  query = gum_query_new (store);
  id = store_test_dup_id (query, 0);
  remove = g_strdup_printf ("{\"id\":\"%s\"}", id);
  store_test_tell (test, "remove_product", remove);
  gum_store_refresh_product_async (store, id, NULL, gum_test_result_cb, &result);
  g_assert_false (gum_store_refresh_product_finish (store, gum_test_wait_result (&result), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 4);
}

static void
test_in_memory (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = gum_store_new (NULL, "ada", test->client, &error);
  g_autoptr(GumStore) other = gum_store_new (NULL, "ada", NULL, &error);
  g_autoptr(GumQuery) query = NULL;

  g_assert_no_error (error);
  store_test_sync (store);
  query = gum_query_new (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 35);
  gum_query_set_search (query, "a");
  store_test_settle (query);
  g_assert_cmpuint (gum_store_get_n_products (other), ==, 0);
  error = store_test_sync_error (other);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/sync/complete", test_complete);
  g_test_add_func ("/store/sync/first-page", test_first_page);
  g_test_add_func ("/store/sync/unchanged", test_unchanged);
  g_test_add_func ("/store/sync/edited", test_edited);
  g_test_add_func ("/store/sync/added-and-removed", test_added_and_removed);
  g_test_add_func ("/store/sync/cut-and-resumed", test_cut_and_resumed);
  g_test_add_func ("/store/sync/cut-while-busy", test_cut_while_busy);
  g_test_add_func ("/store/sync/stale-key", test_stale_key);
  g_test_add_func ("/store/sync/cut-answer", test_cut_answer);
  g_test_add_func ("/store/sync/at-once", test_at_once);
  g_test_add_func ("/store/sync/circle", test_circle);
  g_test_add_func ("/store/sync/one-fault", test_one_fault);
  g_test_add_func ("/store/sync/no-list", test_no_list);
  g_test_add_func ("/store/sync/emptied", test_emptied);
  g_test_add_func ("/store/sync/shrinking", test_shrinking);
  g_test_add_func ("/store/sync/cancelled", test_cancelled);
  g_test_add_func ("/store/sync/closed", test_closed);
  g_test_add_func ("/store/sync/gone", test_gone);
  g_test_add_func ("/store/sync/in-memory", test_in_memory);

  return g_test_run ();
}
