/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file: damaged, foreign, newer, read-only, full, and killed in the middle of a write. */

#include "config.h"

#include "shop-test.h"

#include "gum-attention.h"
#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-ledger.h"
#include "gum-ledger-products.h"
#include "gum-draft-private.h"
#include "gum-schema.h"
#include "gum-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

typedef struct {
  char *directory;
  char *path;
} Place;

static Place
make_place (void)
{
  Place place;

  place.directory = gum_test_make_dir ();
  place.path = g_build_filename (place.directory, "ledger.sqlite", NULL);

  return place;
}

static void
clear_place (Place *place)
{
  gum_test_remove_dir (place->directory);
  g_free (place->path);
}

static GumPage *
make_page (guint from,
           guint n_items)
{
  GumPage *page = gum_page_new ();

  for (guint i = from; i < from + n_items; i++)
    {
      JsonObject *object = json_object_new ();
      g_autofree char *id = g_strdup_printf ("id-%05u", i);
      g_autofree char *name = g_strdup_printf ("Product %u of the shop", i);
      g_autofree char *description = g_strnfill (2000, 'a' + i % 26);

      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "name", name);
      json_object_set_string_member (object, "description", description);
      json_object_set_int_member (object, "price", i);
      store_test_take_item (page, object);
    }

  return page;
}

static GError *
write_page (GumLedger *ledger,
            guint      from,
            guint      n_items)
{
  GumPageJob *job = gum_page_job_new (make_page (from, n_items));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumChanges) changes = NULL;
  GError *error = NULL;

  job->is_first = from == 0;
  gum_ledger_run_async (ledger, GUM_LEDGER_WRITER, gum_ledger_products_take_pages,
                        store_test_one_page (job), (GDestroyNotify) g_async_queue_unref,
                        gum_changes_free, NULL, gum_test_result_cb, &result);
  changes = gum_ledger_run_finish (ledger, gum_test_wait_result (&result), &error);

  return error;
}

static void
fill (Place *place,
      guint  n_products)
{
  g_autoptr(GumLedger) ledger = gum_ledger_new (place->directory, "ada");
  g_autoptr(GError) error = NULL;
  gboolean rebuilt;

  gum_ledger_open (ledger, &rebuilt, &error);
  g_assert_no_error (error);
  error = write_page (ledger, 0, n_products);
  g_assert_no_error (error);
  gum_ledger_close (ledger);
}

static guint
count_set_aside (Place *place)
{
  g_autoptr(GDir) dir = g_dir_open (place->directory, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    count += strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-wal") &&
             !g_str_has_suffix (name, "-shm");

  return count;
}

static void
test_modes (void)
{
  g_auto(GStrv) suffixes = g_strsplit (",-wal,-shm", ",", -1);
  g_autofree char *parent = gum_test_make_dir ();
  Place place = { g_build_filename (parent, "a", "b", NULL), NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = gum_store_new (place.directory, "ada", NULL, &error);
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (place.directory, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (place.directory, "/ledger.sqlite", suffixes[i], NULL);

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
  gum_store_close (store);
  g_free (place.directory);
  gum_test_remove_dir (g_steal_pointer (&parent));
}

static void
test_damaged (void)
{
  static const struct {
    const char *bytes;
    gssize      length;
    gsize       keep;
  } cases[] = {
    { "This is no database at all, and much longer than a header of a hundred bytes would be ......"
      "..................................................................................", -1, 0 },
    { "x", 1, 0 },
    { NULL, 0, 50 },
    { NULL, 0, 1000 },
    { NULL, 0, 9000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Place place = make_place ();
      g_autoptr(GumStore) store = NULL;
      g_autoptr(GError) error = NULL;

      fill (&place, 20);
      if (cases[i].bytes != NULL)
        g_file_set_contents (place.path, cases[i].bytes, cases[i].length, NULL);
      else
        g_assert_cmpint (truncate (place.path, cases[i].keep), ==, 0);

      store = gum_store_new (place.directory, "ada", NULL, &error);
      g_assert_no_error (error);
      g_assert_true (gum_store_was_rebuilt (store));
      g_assert_cmpuint (gum_store_get_n_products (store), ==, 0);
      g_assert_cmpuint (count_set_aside (&place), ==, 1);
      gum_store_close (store);
      clear_place (&place);
    }
}

static void
test_zero_bytes (void)
{
  Place place = make_place ();
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GError) error = NULL;

  g_file_set_contents (place.path, "", 0, NULL);
  store = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (gum_store_was_rebuilt (store));
  gum_store_close (store);
  clear_place (&place);
}

static gboolean
is_rebuilt (gpointer store)
{
  return gum_store_was_rebuilt (store);
}

/* Damage in the middle, which only the thorough check meets; then everything comes from Gumroad
 * again. */
static void
test_damaged_inside (void)
{
  g_autoptr(StoreTest) test = store_test_new (25);
  g_autofree char *path = store_test_ledger (test);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length;

  store_test_sync (store);
  query = gum_query_new (store);
  before = store_test_dup_names (query);
  g_clear_object (&query);
  gum_store_close (store);
  g_clear_object (&store);

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize i = length / 2 / 4096 * 4096; i < length; i += 4096)
    memset (contents + i, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));

  store = store_test_open (test);
  query = gum_query_new (store);
  g_list_model_get_n_items (G_LIST_MODEL (query));
  gum_test_wait_until (is_rebuilt, store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 0);
  store_test_sync (store);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 25);
  store_test_settle (query);
  after = store_test_dup_names (query);
  g_assert_cmpstr (before, ==, after);
}

/* The pages of the products, which their records betray, and no others. */
static void
damage_products (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;
  guint n_pages = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (char *page = contents + 4096; page + 4096 <= contents + length; page += 4096)
    {
      if (memmem (page, 4096, "short_url", strlen ("short_url")) == NULL)
        continue;
      memset (page, 0x5a, 4096);
      n_pages++;
    }
  g_assert_cmpuint (n_pages, >, 0);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

/* What Gumroad cannot tell again outlives the damage: drafts, the journal, where uploads lie. */
static void
test_damaged_salvage (void)
{
  g_auto(Shop) shop = { 0 };
  g_autofree char *path = NULL;
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(JsonNode) word = json_node_init_string (json_node_alloc (), "The only copy");
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) unclear = NULL;
  g_autoptr(GError) error = NULL;
  GumDraft *found;

  shop_open (&shop, 25);
  path = store_test_ledger (shop.test);
  product = gum_store_dup_product (shop.store, shop.id);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  gum_draft_set_value (draft, "custom_summary", word, gum_resource_get_json (GUM_RESOURCE (product)));
  write = gum_write_new ("upsell-delete", "DELETE", "upsells/x", NULL, "An upsell", NULL, NULL);
  shop_add_fault (&shop, "DELETE *", "\"kind\":\"drop\"");
  g_assert_false (shop_send (&shop, write, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_clear_error (&error);
  g_clear_object (&draft);
  gum_store_close (shop.store);
  g_clear_object (&shop.store);
  gum_test_settle ();
  damage_products (path);

  shop.store = store_test_open (shop.test);
  query = gum_query_new (shop.store);
  g_list_model_get_n_items (G_LIST_MODEL (query));
  gum_test_wait_until (is_rebuilt, shop.store);
  found = gum_drafts_find (gum_store_get_drafts (shop.store), shop.id);
  g_assert_nonnull (found);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (found, "custom_summary")), ==,
                   "The only copy");
  gum_journal_list_async (gum_store_get_journal (shop.store), 0, NULL, gum_test_result_cb, &result);
  unclear = gum_journal_list_finish (gum_store_get_journal (shop.store), gum_test_wait_result (&result),
                                     &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unclear->len, ==, 1);
  g_assert_cmpint (gum_write_get_row (unclear->pdata[0]), ==, gum_write_get_row (write));
  g_assert_cmpstr (gum_write_get_label (unclear->pdata[0]), ==, "An upsell");
}

static gpointer
ask_durability (GumConnection  *connection,
                gpointer        data,
                GError        **error)
{
  gint64 level = -1;

  gum_connection_get_int (connection, "PRAGMA synchronous", &level, error);

  return GINT_TO_POINTER (level);
}

/* What is essential is on the disk when its end is told, and only that waits for the disk. */
static void
test_durable (void)
{
  static const gboolean essential[] = { FALSE, TRUE, TRUE, FALSE };
  Place place = make_place ();
  g_autoptr(GumLedger) ledger = gum_ledger_new (place.directory, "ada");
  g_autoptr(GError) error = NULL;
  gboolean rebuilt;

  g_assert_true (gum_ledger_open (ledger, &rebuilt, &error));
  for (guint i = 0; i < G_N_ELEMENTS (essential); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      int level;

      if (essential[i])
        gum_ledger_run_essential_async (ledger, ask_durability, NULL, NULL, NULL,
                                        gum_test_result_cb, &result);
      else
        gum_ledger_run_async (ledger, GUM_LEDGER_WRITER, ask_durability, NULL, NULL, NULL, NULL,
                              gum_test_result_cb, &result);
      level = GPOINTER_TO_INT (gum_ledger_run_finish (ledger, gum_test_wait_result (&result), &error));
      g_assert_no_error (error);
      g_assert_cmpint (level, ==, essential[i] ? 2 : 1);
    }
  gum_ledger_close (ledger);
  clear_place (&place);
}

static void
execute (Place      *place,
         const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (void)
{
  Place place = make_place ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  gsize size_before, size_after;

  fill (&place, 5);
  execute (&place, "PRAGMA user_version = 99");
  g_assert_true (g_file_get_contents (place.path, &before, &size_before, NULL));
  g_assert_null (gum_store_new (place.directory, "ada", NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_LEDGER_NEWER);
  g_assert_true (g_file_get_contents (place.path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
  g_assert_cmpuint (count_set_aside (&place), ==, 0);
  clear_place (&place);
}

/* Whatever a later schema added, the first one did not have. */
static void
drop_later_tables (Place *place)
{
  sqlite3 *db;
  sqlite3_stmt *statement;
  g_autofree char *sql = NULL;

  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT group_concat ('DROP TABLE ' || name, ';')"
                                           " FROM sqlite_schema WHERE type = 'table' AND"
                                           "  name NOT IN ('meta', 'products', 'seen') AND"
                                           "  name NOT GLOB 'products_fts*' AND"
                                           "  name NOT GLOB 'sqlite_*'", -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  sql = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_nonnull (sql);
  execute (place, sql);
}

/* A file of the first schema becomes one of the newest, with everything in it. */
static void
test_older (void)
{
  Place place = make_place ();
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GumConnection) connection = NULL;
  g_autofree char *uri = NULL;
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  fill (&place, 5);
  drop_later_tables (&place);
  execute (&place, "DROP INDEX products_list;"
                   "CREATE INDEX products_rank ON products (rank, published, kind);"
                   "CREATE INDEX products_price ON products (price DESC, rank, published, kind);"
                   "CREATE INDEX products_sales ON products (sales DESC, rank, published, kind);"
                   "CREATE INDEX products_revenue ON products (revenue DESC, rank, published, kind);"
                   "CREATE INDEX products_state ON products (published DESC, rank, kind);"
                   "PRAGMA user_version = 1");
  store = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (gum_store_was_rebuilt (store));
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 5);
  gum_store_close (store);

  uri = g_strconcat ("file:", place.path, NULL);
  connection = gum_connection_open (uri, GUM_CONNECTION_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (gum_connection_get_int (connection, "PRAGMA user_version", &value, NULL));
  g_assert_cmpint (value, ==, gum_schema_get_version ());
  g_assert_true (gum_connection_get_int (connection, "SELECT count (*) FROM sqlite_schema WHERE"
                                                     " name IN ('products_list', 'products_rank',"
                                                     " 'products_price', 'products_name')",
                                         &value, NULL));
  g_assert_cmpint (value, ==, 2);
  g_clear_pointer (&connection, gum_connection_close);
  clear_place (&place);
}

/* A database that some other program made, under our name. */
static void
test_not_ours (void)
{
  Place place = make_place ();
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GError) error = NULL;

  execute (&place, "CREATE TABLE t (x); PRAGMA user_version = 1");
  store = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gum_store_was_rebuilt (store));
  gum_store_close (store);
  clear_place (&place);
}

static void
test_foreign (void)
{
  Place place = make_place ();
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GError) error = NULL;

  fill (&place, 5);
  g_assert_null (gum_store_new (place.directory, "grace", NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_LEDGER_FOREIGN);
  g_assert_cmpuint (count_set_aside (&place), ==, 0);
  g_clear_error (&error);
  store = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 5);
  gum_store_close (store);
  clear_place (&place);
}

static void
test_read_only (void)
{
  Place place = make_place ();
  Place empty = make_place ();
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) broken = NULL;

  fill (&place, 20);
  g_assert_cmpint (g_chmod (place.path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (place.directory, 0555), ==, 0);
  g_assert_cmpint (g_chmod (empty.directory, 0555), ==, 0);
  /* Permissions say nothing to root. */
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);

  store = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  g_object_get (store, "broken", &broken, NULL);
  g_assert_error (broken, GUM_ERROR, GUM_ERROR_LEDGER_READ_ONLY);
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 20);
  query = gum_query_new (store);
  gum_query_set_search (query, "product");
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 20);
  gum_store_close (store);

  g_assert_null (gum_store_new (empty.directory, "ada", NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_LEDGER_READ_ONLY);

  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (place.directory, 0700);
  g_chmod (empty.directory, 0700);
  clear_place (&place);
  clear_place (&empty);
}

/* As a program leaves them that is killed now: what it wrote last is beside the file, and so far in no index. */
static void
copy_crashed (Place *from,
              Place *to)
{
  static const char * const suffixes[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *source = g_strconcat (from->path, suffixes[i], NULL);
      g_autofree char *target = g_strconcat (to->path, suffixes[i], NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (source, &content, &length, NULL));
      g_assert_cmpuint (length, >, 0);
      g_assert_true (g_file_set_contents (target, content, length, NULL));
      g_assert_cmpint (g_chmod (target, 0644), ==, 0);
    }
}

static void
fill_and_crash (Place *place)
{
  Place other = make_place ();
  g_autoptr(GumLedger) ledger = gum_ledger_new (other.directory, "ada");
  g_autoptr(GError) error = NULL;
  gboolean rebuilt;

  fill (&other, 20);
  gum_ledger_open (ledger, &rebuilt, &error);
  g_assert_no_error (error);
  error = write_page (ledger, 20, 5);
  g_assert_no_error (error);
  copy_crashed (&other, place);
  gum_ledger_close (ledger);
  clear_place (&other);
}

static gpointer
do_nothing (GumConnection  *connection,
            gpointer        data,
            GError        **error)
{
  return GINT_TO_POINTER (1);
}

static void
check_broken (Place *place,
              int    code)
{
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) broken = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  store = gum_store_new (place->directory, "ada", NULL, &error);
  g_assert_no_error (error);
  g_object_get (store, "broken", &broken, NULL);
  g_assert_error (broken, GUM_ERROR, code);
  g_assert_cmpuint (gum_store_get_n_products (store), >=, 20);

  /* The first write that fails tells only that nothing can be written. */
  g_clear_error (&broken);
  gum_attention_see (gum_store_get_attention (store));
  gum_ledger_run_async (_gum_store_get_ledger (store), GUM_LEDGER_WRITER, do_nothing, NULL, NULL, NULL, NULL,
                        gum_test_result_cb, &result);
  g_assert_nonnull (gum_ledger_run_finish (_gum_store_get_ledger (store), gum_test_wait_result (&result), NULL));
  gum_test_settle ();
  g_object_get (store, "broken", &broken, NULL);
  g_assert_error (broken, GUM_ERROR, code);
  gum_store_close (store);
}

/* What there is is shown where nothing can be written, also after a crash, and the reason is said. */
static void
test_read_only_crashed (void)
{
  Place place = make_place ();

  fill_and_crash (&place);
  g_assert_cmpint (g_chmod (place.path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (place.directory, 0555), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  check_broken (&place, GUM_ERROR_LEDGER_READ_ONLY);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (place.directory, 0700);
  clear_place (&place);
}

static void
test_full_at_start (void)
{
  Place place = make_place ();
  struct rlimit old, limit;

  fill_and_crash (&place);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  check_broken (&place, GUM_ERROR_LEDGER_FULL);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  clear_place (&place);
}

static void
write_key (GumStore   *store,
           const char *key)
{
  g_autoptr(GumDraft) draft = gum_drafts_dup_draft (gum_store_get_drafts (store), "id-00001", "x");
  g_autoptr(GumProduct) product = gum_store_dup_product (store, "id-00001");
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), "Mine");

  gum_draft_set_value (draft, key, value, gum_resource_get_json (GUM_RESOURCE (product)));
  _gum_drafts_flush (gum_store_get_drafts (store));
}

/* A crash, then a full disk: what was written before cannot be seen, and what is written now does not replace it. */
static void
test_partial_drafts (void)
{
  Place place = make_place ();
  Place other = make_place ();
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GumStore) full = NULL;
  g_autoptr(GumStore) again = NULL;
  g_autoptr(GumDrafts) unsaved = NULL;
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit old, limit;

  fill (&other, 20);
  store = gum_store_new (other.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  write_key (store, "name");
  gum_ledger_run_async (_gum_store_get_ledger (store), GUM_LEDGER_WRITER, do_nothing, NULL, NULL, NULL, NULL,
                        gum_test_result_cb, &result);
  g_assert_nonnull (gum_ledger_run_finish (_gum_store_get_ledger (store), gum_test_wait_result (&result), NULL));
  copy_crashed (&other, &place);
  gum_store_close (store);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  unsaved = g_object_ref (gum_store_get_drafts (full));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (unsaved)), ==, 0);
  write_key (full, "custom_summary");
  gum_store_close (full);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  again = gum_store_new (place.directory, "ada", NULL, &error);
  g_assert_no_error (error);
  gum_drafts_take_over (gum_store_get_drafts (again), unsaved);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (again), "id-00001", NULL);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 2);
  gum_store_close (again);
  clear_place (&place);
  clear_place (&other);
}

/* No file may grow beyond a limit: what a full disk looks like to SQLite. */
static void
test_full (void)
{
  Place place = make_place ();
  g_autoptr(GumLedger) ledger = gum_ledger_new (place.directory, "ada");
  g_autoptr(GError) error = NULL;
  struct rlimit old, limit;
  gint64 n_products = 0;
  gboolean rebuilt;

  gum_ledger_open (ledger, &rebuilt, &error);
  g_assert_no_error (error);
  error = write_page (ledger, 0, 10);
  g_assert_no_error (error);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = 512 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  error = write_page (ledger, 10, 500);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_LEDGER_FULL);
  g_clear_error (&error);

  /* What was there is there, and there is room again. */
  gum_connection_get_int (gum_ledger_get_connection (ledger), "SELECT count (*) FROM products",
                          &n_products, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_products, ==, 10);
  error = write_page (ledger, 10, 500);
  g_assert_no_error (error);
  gum_connection_get_int (gum_ledger_get_connection (ledger), "SELECT count (*) FROM products",
                          &n_products, &error);
  g_assert_cmpint (n_products, ==, 510);
  gum_ledger_close (ledger);
  clear_place (&place);
}

/* Writes until it is killed. */
static void
write_for_ever (const char *directory)
{
  g_autoptr(GumLedger) ledger = gum_ledger_new (directory, "ada");
  gboolean rebuilt;

  if (!gum_ledger_open (ledger, &rebuilt, NULL))
    _exit (EXIT_FAILURE);
  for (guint i = 0; ; i++)
    {
      g_autoptr(GError) error = write_page (ledger, i * 10, 10);

      if (error != NULL)
        _exit (EXIT_FAILURE);
    }
}

static gboolean
has_grown (gpointer path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size > 1024 * 1024;
}

static void
test_killed (void)
{
  for (guint i = 0; i < 5; i++)
    {
      Place place = make_place ();
      g_autofree char *wal = g_strconcat (place.path, "-wal", NULL);
      const char *argv[] = { "/proc/self/exe", "--write", place.directory, NULL };
      g_autoptr(GumLedger) ledger = gum_ledger_new (place.directory, "ada");
      g_autoptr(GError) error = NULL;
      gint64 n_products, n_words, n_seen;
      gboolean rebuilt;
      int status;
      GPid pid;

      g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
      g_assert_no_error (error);
      gum_test_wait_until (has_grown, wal);
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));

      gum_ledger_open (ledger, &rebuilt, &error);
      g_assert_no_error (error);
      g_assert_false (rebuilt);
      gum_connection_get_int (gum_ledger_get_connection (ledger), "SELECT count (*) FROM products",
                              &n_products, &error);
      gum_connection_get_int (gum_ledger_get_connection (ledger),
                              "SELECT count (*) FROM products_fts WHERE products_fts MATCH 'shop'",
                              &n_words, &error);
      gum_connection_get_int (gum_ledger_get_connection (ledger), "SELECT count (*) FROM seen",
                              &n_seen, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n_products, >, 0);
      g_assert_cmpint (n_products % 10, ==, 0);
      g_assert_cmpint (n_words, ==, n_products);
      g_assert_cmpint (n_seen, ==, n_products);
      gum_ledger_close (ledger);
      clear_place (&place);
    }
}

static void
test_erased (void)
{
  g_autofree char *parent = gum_test_make_dir ();
  g_autofree char *directory = g_build_filename (parent, "account", NULL);
  g_autofree char *pictures = g_build_filename (directory, "pictures", NULL);
  g_autofree char *picture = g_build_filename (pictures, "abc", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = gum_store_new (directory, "ada", NULL, &error);
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_no_error (error);
  gum_store_close (store);
  g_mkdir (pictures, 0700);
  g_assert_true (g_file_set_contents (picture, "x", 1, NULL));
  gum_store_erase_async (directory, NULL, gum_test_result_cb, &result);
  gum_store_erase_finish (gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (directory, G_FILE_TEST_EXISTS));
  gum_test_remove_dir (g_steal_pointer (&parent));
}

/* A folder whose name would be something else in an address. */
static void
test_odd_name (void)
{
  g_autofree char *parent = gum_test_make_dir ();
  g_autofree char *directory = g_build_filename (parent, "a b?mode=memory&x=%20#ä", NULL);
  g_autofree char *path = g_build_filename (directory, "ledger.sqlite", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = gum_store_new (directory, "ada", NULL, &error);

  g_assert_no_error (error);
  gum_store_close (store);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  gum_store_erase_async (directory, NULL, gum_test_result_cb, &result);
  gum_store_erase_finish (gum_test_wait_result (&result), &error);
  gum_test_remove_dir (g_steal_pointer (&parent));
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    write_for_ever (argv[2]);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/ledger/modes", test_modes);
  g_test_add_func ("/store/ledger/damaged", test_damaged);
  g_test_add_func ("/store/ledger/zero-bytes", test_zero_bytes);
  g_test_add_func ("/store/ledger/damaged-inside", test_damaged_inside);
  g_test_add_func ("/store/ledger/damaged-salvage", test_damaged_salvage);
  g_test_add_func ("/store/ledger/durable", test_durable);
  g_test_add_func ("/store/ledger/newer", test_newer);
  g_test_add_func ("/store/ledger/older", test_older);
  g_test_add_func ("/store/ledger/not-ours", test_not_ours);
  g_test_add_func ("/store/ledger/foreign", test_foreign);
  g_test_add_func ("/store/ledger/read-only", test_read_only);
  g_test_add_func ("/store/ledger/read-only-crashed", test_read_only_crashed);
  g_test_add_func ("/store/ledger/full-at-start", test_full_at_start);
  g_test_add_func ("/store/ledger/partial-drafts", test_partial_drafts);
  g_test_add_func ("/store/ledger/full", test_full);
  g_test_add_func ("/store/ledger/killed", test_killed);
  g_test_add_func ("/store/ledger/erased", test_erased);
  g_test_add_func ("/store/ledger/odd-name", test_odd_name);

  return g_test_run ();
}
