/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list model: order, filters, search, what it tells of changes, and how long anything takes. */

#include "config.h"

#include "store-test.h"

#include "gum-error.h"
#include "gum-query-diff.h"
#include "gum-search.h"
#include "gum-store-private.h"

#include <string.h>

/* --- a shop without a network ----------------------------------------------------------------- */

static void
write_now (GumStore      *store,
           GumLedgerFunc  func,
           gpointer       data,
           GDestroyNotify data_free)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumChanges) changes = NULL;
  g_autoptr(GError) error = NULL;
  GumLedger *ledger = _gum_store_get_ledger (store);

  gum_ledger_run_async (ledger, GUM_LEDGER_WRITER, func, data, data_free, gum_changes_free, NULL,
                        gum_test_result_cb, &result);
  changes = gum_ledger_run_finish (ledger, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  _gum_store_take_changes (store, changes);
}

static GumPageJob *
make_job (const char * const *ids,
          gboolean            is_first,
          gboolean            is_last)
{
  GumPage *page = gum_page_new ();
  GumPageJob *job;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", ids[i]);
      json_object_set_string_member (object, "name", ids[i]);
      store_test_take_item (page, object);
    }
  page->next_page_key = is_last ? NULL : g_strdup ("more");
  job = gum_page_job_new (page);
  job->is_first = is_first;

  return job;
}

static void
take_list (GumStore   *store,
           const char *list,
           guint       page_size)
{
  g_auto(GStrv) ids = g_strsplit (list, " ", -1);
  guint n_ids = g_strv_length (ids);

  for (guint i = 0; i < n_ids; i += page_size)
    {
      const char *part[64] = { NULL, };

      for (guint j = 0; j < page_size && i + j < n_ids; j++)
        part[j] = ids[i + j];
      write_now (store, gum_ledger_products_take_pages,
                 store_test_one_page (make_job (part, i == 0, i + page_size >= n_ids)),
                 (GDestroyNotify) g_async_queue_unref);
    }
  write_now (store, gum_ledger_products_end_pass, NULL, NULL);
}

static void
take_record (GumStore   *store,
             const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  write_now (store, gum_ledger_products_take_full, json_node_dup_object (node),
             (GDestroyNotify) json_object_unref);
}

static GumStore *
open_shop (void)
{
  g_autoptr(GError) error = NULL;
  GumStore *store = gum_store_new (NULL, "ada", NULL, &error);

  g_assert_no_error (error);

  return store;
}

static void
assert_names (GumQuery   *query,
              const char *names)
{
  g_autofree char *is = NULL;

  store_test_settle (query);
  is = store_test_dup_names (query);
  g_strdelimit (is, "|", ' ');
  g_assert_cmpstr (is, ==, names);
}

/* --- the order of the list -------------------------------------------------------------------- */

static void
test_rank (void)
{
  static const char * const lists[] = {
    "a b c d e f",
    "x a b c d e f",
    "a b c m d e f",
    "a b d e f",
    "n1 n2 n3 n4 n5 n6 n7 n8 a b c d e f",
    "n8 n7 a c b f",
    "z",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  };
  g_autoptr(GumStore) store = open_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      take_list (store, lists[i], 3);
      assert_names (query, lists[i]);
    }
}

/* Always between the same two, more often than a double can be halved. */
static void
test_rank_between (void)
{
  g_autoptr(GumStore) store = open_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GString) list = g_string_new ("first last");

  take_list (store, list->str, 10);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf (" between%u", i);

      g_string_insert (list, strlen ("first"), name);
      take_list (store, list->str, 10);
    }
  assert_names (query, list->str);
}

/* Hundreds of new products above the known ones, page after page. */
static void
test_rank_above (void)
{
  g_autoptr(GumStore) store = open_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GString) list = g_string_new (NULL);

  take_list (store, "known", 10);
  for (guint i = 0; i < 500; i++)
    g_string_append_printf (list, "new%u ", i);
  g_string_append (list, "known");
  take_list (store, list->str, 10);
  assert_names (query, list->str);
}

/* --- questions -------------------------------------------------------------------------------- */

static GumStore *
open_mixed_shop (void)
{
  GumStore *store = open_shop ();

  take_record (store, "{\"id\":\"1\",\"name\":\"apple\",\"price\":300,\"currency\":\"usd\",\"sales_count\":5,"
                      "\"sales_usd_cents\":1500.0,\"published\":true,\"description\":\"<p>a pear</p>\"}");
  take_record (store, "{\"id\":\"2\",\"name\":\"Birne\",\"price\":\"200\",\"currency\":\"usd\",\"sales_count\":\"7\","
                      "\"published\":false,\"is_tiered_membership\":true}");
  take_record (store, "{\"id\":\"3\",\"name\":\"élan\",\"price\":5,\"currency\":\"jpy\",\"sales_count\":null,"
                      "\"published\":\"true\",\"require_shipping\":true,\"tags\":[\"pear\",\"fruit\"]}");
  take_record (store, "{\"id\":\"4\",\"name\":\"pear\",\"price\":null,\"published\":1,"
                      "\"bundle_products\":[{\"product_id\":\"1\"}],\"sales_usd_cents\":[]}");
  take_record (store, "{\"id\":\"5\",\"name\":\"Zebra 10\",\"price\":{},\"published\":[],"
                      "\"subscription_duration\":\"monthly\"}");
  take_record (store, "{\"id\":\"6\",\"name\":\"zebra 9\",\"price\":100.0}");

  return store;
}

static void
test_sorts (void)
{
  static const struct {
    GumSort     sort;
    gboolean    descending;
    const char *names;
  } cases[] = {
    { GUM_SORT_NEWEST, FALSE, "zebra 9 Zebra 10 pear élan Birne apple" },
    { GUM_SORT_NEWEST, TRUE, "apple Birne élan pear Zebra 10 zebra 9" },
    { GUM_SORT_NAME, FALSE, "apple Birne élan pear zebra 9 Zebra 10" },
    { GUM_SORT_NAME, TRUE, "Zebra 10 zebra 9 pear élan Birne apple" },
    { GUM_SORT_PRICE, FALSE, "Zebra 10 pear zebra 9 Birne apple élan" },
    { GUM_SORT_PRICE, TRUE, "élan apple Birne zebra 9 Zebra 10 pear" },
    { GUM_SORT_SALES, TRUE, "Birne apple zebra 9 Zebra 10 pear élan" },
    { GUM_SORT_REVENUE, TRUE, "apple zebra 9 Zebra 10 pear élan Birne" },
    { GUM_SORT_STATE, TRUE, "pear élan apple zebra 9 Zebra 10 Birne" },
    { GUM_SORT_STATE, FALSE, "zebra 9 Zebra 10 Birne pear élan apple" },
  };
  g_autoptr(GumStore) store = open_mixed_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gum_query_set_sort (query, cases[i].sort, cases[i].descending);
      assert_names (query, cases[i].names);
    }
}

static void
test_filters (void)
{
  g_autoptr(GumStore) store = open_mixed_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);

  gum_query_set_sort (query, GUM_SORT_NAME, FALSE);
  gum_query_set_filter (query, GUM_FILTER_STATE_PUBLISHED, GUM_FILTER_KIND_ALL);
  assert_names (query, "apple élan pear");
  gum_query_set_filter (query, GUM_FILTER_STATE_DRAFT, GUM_FILTER_KIND_ALL);
  assert_names (query, "Birne zebra 9 Zebra 10");
  gum_query_set_filter (query, GUM_FILTER_STATE_ALL, GUM_FILTER_KIND_MEMBERSHIP);
  assert_names (query, "Birne Zebra 10");
  gum_query_set_filter (query, GUM_FILTER_STATE_ALL, GUM_FILTER_KIND_BUNDLE);
  assert_names (query, "pear");
  gum_query_set_filter (query, GUM_FILTER_STATE_ALL, GUM_FILTER_KIND_PHYSICAL);
  assert_names (query, "élan");
  gum_query_set_filter (query, GUM_FILTER_STATE_PUBLISHED, GUM_FILTER_KIND_PRODUCT);
  assert_names (query, "apple");
  gum_query_set_search (query, "pear");
  assert_names (query, "apple");
  gum_query_set_filter (query, GUM_FILTER_STATE_ALL, GUM_FILTER_KIND_ALL);
  assert_names (query, "apple élan pear");
  gum_query_set_search (query, "nothing like it");
  assert_names (query, "");
  gum_query_set_search (query, NULL);
  assert_names (query, "apple Birne élan pear zebra 9 Zebra 10");
}

static void
test_names_first (void)
{
  g_autoptr(GumStore) store = open_mixed_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);

  gum_query_set_search (query, "pe");
  assert_names (query, "pear élan apple");
  take_record (store, "{\"id\":\"7\",\"name\":\"newest\",\"description\":\"pear\"}");
  assert_names (query, "pear newest élan apple");
  gum_query_set_sort (query, GUM_SORT_NEWEST, FALSE);
  assert_names (query, "newest pear élan apple");
}

/* Typing fast: the last question is the one that is answered. */
static void
test_latest_wins (void)
{
  g_autoptr(GumStore) store = open_mixed_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);

  store_test_settle (query);
  for (guint i = 0; i < 50; i++)
    {
      gum_query_set_search (query, i % 2 ? "zebra" : "pear");
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  assert_names (query, "zebra 9 Zebra 10");
  gum_query_set_search (query, "apple");
  g_clear_object (&query);
  gum_test_settle ();
}

/* --- changes ---------------------------------------------------------------------------------- */

typedef struct {
  GListModel *model;
  GPtrArray  *items;
  guint       n_emissions;
  guint       n_moved;
} Watch;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Watch      *watch)
{
  watch->n_emissions++;
  watch->n_moved += removed + added;
  if (removed > 0)
    g_ptr_array_remove_range (watch->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (watch->items, position + i, g_list_model_get_item (model, position + i));
  g_assert_cmpuint (watch->items->len, ==, g_list_model_get_n_items (model));
}

static void
watch_model (Watch      *watch,
             GListModel *model)
{
  watch->model = model;
  watch->items = g_ptr_array_new_with_free_func (g_object_unref);
  watch->n_emissions = watch->n_moved = 0;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (watch->items, g_list_model_get_item (model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), watch);
}

/* What the emissions told of is what there is. */
static void
assert_watch (Watch *watch)
{
  g_assert_cmpuint (watch->items->len, ==, g_list_model_get_n_items (watch->model));
  for (guint i = 0; i < watch->items->len; i++)
    {
      g_autoptr(GumProduct) product = g_list_model_get_item (watch->model, i);

      g_assert_true (product == g_ptr_array_index (watch->items, i));
    }
}

static void
test_smallest_change (void)
{
  g_autoptr(GumStore) store = open_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);
  Watch watch;

  take_list (store, "a b c d e f g h", 4);
  store_test_settle (query);
  watch_model (&watch, G_LIST_MODEL (query));

  /* The content of a row is told of by the row. */
  take_record (store, "{\"id\":\"c\",\"name\":\"c\",\"files\":[]}");
  store_test_settle (query);
  g_assert_cmpuint (watch.n_emissions, ==, 0);

  /* One at the top, one in the middle, one gone, all at once. */
  take_list (store, "x a b c d y e g h", 10);
  store_test_settle (query);
  g_assert_cmpuint (watch.n_moved, ==, 3);
  assert_watch (&watch);

  /* A move is one that goes and one that comes. */
  watch.n_moved = 0;
  gum_query_set_sort (query, GUM_SORT_NAME, FALSE);
  store_test_settle (query);
  watch.n_moved = 0;
  take_record (store, "{\"id\":\"b\",\"name\":\"zz\"}");
  store_test_settle (query);
  g_assert_cmpuint (watch.n_moved, ==, 2);
  assert_watch (&watch);
  assert_names (query, "a c d e g h x y zz");
  g_ptr_array_unref (watch.items);
}

static void
test_diff (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr(GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(GArray) edits = NULL;

      for (gint64 i = 0; i < 40; i++)
        {
          if (g_test_rand_int_range (0, 3) > 0)
            g_array_append_val (before, i);
          if (g_test_rand_int_range (0, 3) > 0)
            g_array_insert_vals (after, g_test_rand_int_range (0, 4) == 0
                                        ? (guint) g_test_rand_int_range (0, after->len + 1) : after->len,
                                 &i, 1);
        }
      edits = gum_query_diff ((gint64 *) before->data, before->len,
                              (gint64 *) after->data, after->len, round % 2 ? 64 : 4);
      for (guint i = edits->len; i > 0; i--)
        {
          GumQueryEdit *edit = &g_array_index (edits, GumQueryEdit, i - 1);

          if (edit->removed > 0)
            g_array_remove_range (before, edit->position, edit->removed);
          if (edit->added > 0)
            g_array_insert_vals (before, edit->position,
                                 (gint64 *) after->data + edit->first, edit->added);
        }
      g_assert_cmpmem (before->data, before->len * sizeof (gint64),
                       after->data, after->len * sizeof (gint64));
    }
}

/* A row that is looked at after it was deleted, before the list knows. */
static void
test_deleted_row (void)
{
  g_autoptr(GumStore) store = open_shop ();
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GumProduct) product = NULL;

  take_list (store, "a b c", 10);
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 3);
  take_list (store, "a c", 10);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (query)); i++)
    {
      g_clear_object (&product);
      product = g_list_model_get_item (G_LIST_MODEL (query), i);
      g_assert_true (GUM_IS_PRODUCT (product));
    }
  assert_names (query, "a c");
}

/* Whoever looks first finds rows, whether or not a run is under way already. */
static void
test_first_look (void)
{
  g_autoptr(GumStore) store = open_shop ();

  take_list (store, "a b c d e", 10);
  for (guint turns = 0; turns < 4; turns++)
    {
      g_autoptr(GumQuery) query = gum_query_new (store);
      Watch watch;

      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      watch_model (&watch, G_LIST_MODEL (query));
      g_assert_cmpuint (watch.items->len, ==, 5);
      assert_names (query, "a b c d e");
      assert_watch (&watch);
      g_ptr_array_unref (watch.items);
    }
}

/* --- large shops ------------------------------------------------------------------------------ */

static gint64 longest_stall;
static gint64 busy_since;

static gboolean
stall_prepare (GSource *source,
               int     *timeout)
{
  if (busy_since != 0)
    longest_stall = MAX (longest_stall, g_get_monotonic_time () - busy_since);
  *timeout = -1;

  return FALSE;
}

static gboolean
stall_check (GSource *source)
{
  busy_since = g_get_monotonic_time ();

  return FALSE;
}

static gint64
measure_statement (GumStore   *store,
                   const char *typed)
{
  GumConnection *connection = gum_ledger_get_connection (_gum_store_get_ledger (store));
  g_autofree char *question = gum_search_question (typed);
  gint64 start = g_get_monotonic_time ();
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "SELECT row FROM products WHERE row IN"
                            " (SELECT rowid FROM products_fts WHERE products_fts MATCH ?)"
                            " ORDER BY rank", NULL);

  sqlite3_bind_text (statement, 1, question, -1, SQLITE_STATIC);
  while (gum_connection_step (connection, statement, NULL) == GUM_STEP_ROW)
    ;

  return g_get_monotonic_time () - start;
}

static void
test_ten_thousand (void)
{
  static GSourceFuncs funcs = { stall_prepare, stall_check, NULL, NULL, };
  g_autofree char *directory = gum_test_make_dir ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = gum_store_new (directory, "ada", NULL, &error);
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GSource) watch = NULL;
  gint64 start, statement, model, item;
  guint n_items;

  g_assert_no_error (error);

  for (guint i = 0; i < 10; i++)
    {
      GumPage *page = gum_page_new ();
      GumPageJob *job = gum_page_job_new (page);

      for (guint j = 0; j < 1000; j++)
        {
          JsonObject *object = json_object_new ();
          g_autofree char *id = g_strdup_printf ("id%u", i * 1000 + j);
          g_autofree char *name = g_strdup_printf ("Brush pack %u%s", j, j % 7 ? "" : " watercolour");

          json_object_set_string_member (object, "id", id);
          json_object_set_string_member (object, "name", name);
          json_object_set_string_member (object, "description", "<p>Forty brushes for oil</p>");
          json_object_set_int_member (object, "price", j);
          store_test_take_item (page, object);
        }
      page->next_page_key = g_strdup ("more");
      job->is_first = i == 0;
      write_now (store, gum_ledger_products_take_pages, store_test_one_page (job),
                 (GDestroyNotify) g_async_queue_unref);
    }

  query = gum_query_new (store);
  gum_query_set_sort (query, GUM_SORT_NEWEST, FALSE);
  start = g_get_monotonic_time ();
  n_items = g_list_model_get_n_items (G_LIST_MODEL (query));
  g_test_message ("first screenful: %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);
  g_assert_cmpuint (n_items, ==, 40);
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 10000);

  start = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (query), i * 97));
  item = (g_get_monotonic_time () - start) / 100;

  watch = g_source_new (&funcs, sizeof (GSource));
  g_source_set_priority (watch, G_MININT);
  g_source_attach (watch, NULL);
  statement = measure_statement (store, "br");
  statement = MIN (statement, measure_statement (store, "br"));
  model = G_MAXINT64;
  for (guint i = 0; i < 3; i++)
    {
      gum_query_set_search (query, "oil");
      store_test_settle (query);
      busy_since = longest_stall = 0;
      start = g_get_monotonic_time ();
      gum_query_set_search (query, "br");
      while (gum_query_get_pending (query))
        g_main_context_iteration (NULL, TRUE);
      model = MIN (model, g_get_monotonic_time () - start);
    }
  g_source_destroy (watch);
  g_clear_object (&query);
  query = gum_query_new (store);
  store_test_settle (query);
  start = g_get_monotonic_time ();
  gum_query_set_search (query, "br");
  store_test_settle (query);
  g_test_message ("names first: %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);

  g_test_message ("statement %" G_GINT64_FORMAT " µs, model %" G_GINT64_FORMAT " µs, item %"
                  G_GINT64_FORMAT " µs, longest stall %" G_GINT64_FORMAT " µs",
                  statement, model, item, longest_stall);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 10000);
  /* To be read only; tests/bench measures, without sanitizers. */
  g_clear_object (&query);
  gum_store_close (store);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/query/rank", test_rank);
  g_test_add_func ("/store/query/rank-between", test_rank_between);
  g_test_add_func ("/store/query/rank-above", test_rank_above);
  g_test_add_func ("/store/query/sorts", test_sorts);
  g_test_add_func ("/store/query/filters", test_filters);
  g_test_add_func ("/store/query/names-first", test_names_first);
  g_test_add_func ("/store/query/latest-wins", test_latest_wins);
  g_test_add_func ("/store/query/smallest-change", test_smallest_change);
  g_test_add_func ("/store/query/diff", test_diff);
  g_test_add_func ("/store/query/deleted-row", test_deleted_row);
  g_test_add_func ("/store/query/first-look", test_first_look);
  g_test_add_func ("/store/query/ten-thousand", test_ten_thousand);

  return g_test_run ();
}
