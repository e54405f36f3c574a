/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Short lists against the sandbox and its faults: what is read, what is written, what is on the wire. */

#include "config.h"

#include "store-test.h"

#include "gum-error.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-offer-code.h"
#include "gum-records.h"
#include "gum-user.h"

#include <string.h>

#define PRODUCT "RR5hjkZpcoaZbpXzDms6WQ=="
#define CODES "/v2/products/" PRODUCT "/offer_codes"

typedef struct {
  StoreTest  *test;
  GumStore   *store;
  GumRecords *records;      /* codes; unowned */
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

static gboolean
is_over (gpointer data)
{
  return !gum_records_get_syncing (data);
}

static void
sync_list (GumRecords *records)
{
  gum_records_start_sync (records);
  gum_test_wait_until (is_over, records);
}

static void
shop_open (Shop  *shop,
           guint  n_products)
{
  shop->test = store_test_new (n_products);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  shop->records = gum_store_get_records (shop->store, GUM_RECORD_CODE);
  gum_test_wait_until (is_loaded, shop->records);
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

static void
shop_reopen (Shop *shop)
{
  gum_store_close (shop->store);
  g_object_unref (shop->store);
  gum_test_settle ();
  shop->store = store_test_open (shop->test);
  shop->records = gum_store_get_records (shop->store, GUM_RECORD_CODE);
  gum_test_wait_until (is_loaded, shop->records);
}

static guint
count_requests (Shop       *shop,
                const char *method,
                const char *part)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (strcmp (gum_json_get_string (request, "method"), method) == 0 &&
          strstr (gum_json_get_string (request, "path"), part) != NULL)
        count++;
    }

  return count;
}

static void
add_fault (Shop       *shop,
           const char *match,
           const char *fault)
{
  g_autofree char *args = g_strdup_printf ("{\"match\":\"%s\",%s}", match, fault);

  store_test_tell (shop->test, "fault", args);
}

static GumRecord *
find_code (GumRecords *records,
           const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (records)); i++)
    {
      g_autoptr(GumRecord) record = g_list_model_get_item (G_LIST_MODEL (records), i);

      if (strcmp (gum_offer_code_get_name (gum_record_get_resource (record)), name) == 0)
        return record;
    }

  return NULL;
}

static JsonObject *
new_body (const char *name)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "name", name);
  json_object_set_int_member (body, "amount_off", 30);
  json_object_set_string_member (body, "offer_type", "percent");
  json_object_set_int_member (body, "max_purchase_count", 1);

  return body;
}

static GumWrite *
new_code (Shop       *shop,
          const char *name)
{
  g_autoptr(JsonObject) body = new_body (name);

  return gum_records_new_create (shop->records, PRODUCT, name, body);
}

static gboolean
write_code (GumRecords  *records,
            GumWrite    *write,
            GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_records_write_async (records, write, NULL, gum_test_result_cb, &result);

  return gum_records_write_finish (records, gum_test_wait_result (&result), error);
}

/* One request a product, one after the other; a universal code is one row; the next start has it all. */
static void
test_sync (void)
{
  g_auto(Shop) shop = { 0 };
  guint n_done, n_all, n_items;
  GumRecord *record;

  shop_open (&shop, 12);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.records)), ==, 0);
  g_assert_null (gum_records_get_last_synced (shop.records));
  sync_list (shop.records);
  g_assert_no_error (gum_records_get_error (shop.records));
  g_assert_nonnull (gum_records_get_last_synced (shop.records));
  g_assert_cmpuint (count_requests (&shop, "GET", "/offer_codes"), ==, 12);
  gum_records_get_progress (shop.records, &n_done, &n_all);
  g_assert_cmpuint (n_done, ==, 12);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (shop.records));
  g_assert_cmpuint (n_items, >=, 5);
  record = find_code (shop.records, "SEASIDE");
  g_assert_nonnull (record);
  g_assert_cmpstr (gum_record_get_product_id (record), ==, PRODUCT);
  g_assert_cmpstr (gum_record_get_product_name (record), ==, "Tidewater Brushes for Procreate");
  g_assert_cmpstr (gum_record_get_currency (record), ==, "usd");
  g_assert_true (gum_records_find (shop.records, gum_record_get_id (record)) == record);
  g_assert_nonnull (find_code (shop.records, "FRIENDS"));
  for (guint i = 0, n = 0; i < n_items; i++)
    {
      g_autoptr(GumRecord) item = g_list_model_get_item (G_LIST_MODEL (shop.records), i);

      n += strcmp (gum_offer_code_get_name (gum_record_get_resource (item)), "FRIENDS") == 0;
      g_assert_cmpuint (n, <=, 1);
    }

  /* What did not change is the object that it was. */
  sync_list (shop.records);
  g_assert_true (find_code (shop.records, "SEASIDE") == record);

  store_test_tell (shop.test, "requests", "{\"clear\":true}");
  shop_reopen (&shop);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.records)), ==, n_items);
  g_assert_nonnull (gum_records_get_last_synced (shop.records));
  g_assert_cmpuint (count_requests (&shop, "GET", "/offer_codes"), ==, 0);
}

/* What a list lacks is gone; what belongs to a product that is gone, too; a universal code is not. */
static void
test_gone (void)
{
  g_auto(Shop) shop = { 0 };
  guint n_universal = 0;

  shop_open (&shop, 12);
  sync_list (shop.records);
  store_test_tell (shop.test, "edit", "{\"id\":\"" PRODUCT "\",\"set\":{\"_offer_codes\":[]}}");
  sync_list (shop.records);
  g_assert_null (find_code (shop.records, "SEASIDE"));
  g_assert_nonnull (find_code (shop.records, "FRIENDS"));

  store_test_tell (shop.test, "remove_product", "{\"id\":\"" PRODUCT "\"}");
  store_test_sync (shop.store);
  sync_list (shop.records);
  g_assert_no_error (gum_records_get_error (shop.records));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (shop.records)); i++)
    {
      g_autoptr(GumRecord) item = g_list_model_get_item (G_LIST_MODEL (shop.records), i);

      g_assert_cmpstr (gum_record_get_product_id (item), !=, PRODUCT);
      n_universal += gum_offer_code_is_universal (gum_record_get_resource (item));
    }
  g_assert_cmpuint (n_universal, ==, 2);
}

/* A list that was cut is not a whole one; a product that is gone costs nothing; and it can be stopped. */
static void
test_interrupted (void)
{
  g_auto(Shop) shop = { 0 };
  guint n_items;

  shop_open (&shop, 12);
  sync_list (shop.records);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (shop.records));

  add_fault (&shop, "GET " CODES, "\"kind\":\"success_false\",\"message\":\"No.\"");
  sync_list (shop.records);
  g_assert_error (gum_records_get_error (shop.records), GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.records)), ==, n_items);

  add_fault (&shop, "GET /v2/products/:id/offer_codes", "\"kind\":\"success_false\",\"message\":"
             "\"The product was not found.\"");
  sync_list (shop.records);
  g_assert_no_error (gum_records_get_error (shop.records));

  store_test_tell (shop.test, "requests", "{\"clear\":true}");
  add_fault (&shop, "GET /v2/products/:id/offer_codes", "\"kind\":\"hang\",\"after\":3");
  gum_records_start_sync (shop.records);
  while (count_requests (&shop, "GET", "/offer_codes") < 4)
    g_main_context_iteration (NULL, TRUE);
  gum_records_stop_sync (shop.records);
  gum_test_wait_until (is_over, shop.records);
  g_assert_no_error (gum_records_get_error (shop.records));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.records)), ==, n_items);
  g_assert_cmpuint (count_requests (&shop, "GET", "/offer_codes"), ==, 4);

  /* Closed in the middle of it. */
  add_fault (&shop, "GET /v2/products/:id/offer_codes", "\"kind\":\"hang\"");
  gum_records_start_sync (shop.records);
  g_object_ref (shop.records);
  gum_store_close (shop.store);
  g_assert_false (gum_records_get_syncing (shop.records));
  gum_test_settle ();
  g_object_unref (shop.records);
}

/* Create, change, delete: one request each, and the list shows it without being read. */
static void
test_write (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GumWrite) update = NULL;
  g_autoptr(GumWrite) delete = NULL;
  g_autoptr(JsonObject) body = json_object_new ();
  GumRecord *record;
  gint64 limit = 0;

  shop_open (&shop, 3);
  create = new_code (&shop, "HARBOUR");
  g_assert_true (write_code (shop.records, create, &error));
  g_assert_no_error (error);
  record = find_code (shop.records, "HARBOUR");
  g_assert_nonnull (record);
  g_assert_cmpint (gum_offer_code_get_limit (gum_record_get_resource (record)), ==, 1);

  json_object_set_int_member (body, "max_purchase_count", 5);
  json_object_set_null_member (body, "minimum_amount_cents");
  update = gum_records_new_update (shop.records, record, "HARBOUR", body);
  g_assert_true (gum_json_get_int (gum_write_get_before (update), "max_purchase_count", &limit));
  g_assert_cmpint (limit, ==, 1);
  g_assert_true (write_code (shop.records, update, &error));
  record = find_code (shop.records, "HARBOUR");
  g_assert_cmpint (gum_offer_code_get_limit (gum_record_get_resource (record)), ==, 5);

  delete = gum_records_new_delete (shop.records, record, "HARBOUR");
  g_assert_true (write_code (shop.records, delete, &error));
  g_assert_null (find_code (shop.records, "HARBOUR"));
  g_assert_cmpuint (count_requests (&shop, "POST", "/offer_codes"), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "PUT", "/offer_codes"), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "DELETE", "/offer_codes"), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "GET", "/v2/"), ==, 0);

  /* After a restart as well. */
  shop_reopen (&shop);
  g_assert_null (find_code (shop.records, "HARBOUR"));
}

static void
test_refused (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) first = NULL;
  g_autoptr(GumWrite) second = NULL;

  shop_open (&shop, 3);
  first = new_code (&shop, "SEASIDE");
  g_assert_false (write_code (shop.records, first, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpstr (gum_error_get_server_message (error), ==, "Discount code must be unique.");
  g_assert_cmpint (gum_write_get_state (first), ==, GUM_WRITE_FAILED);
  g_clear_error (&error);

  store_test_tell (shop.test, "set_scope", "{\"scope\":\"view_sales\"}");
  second = new_code (&shop, "HARBOUR");
  g_assert_false (write_code (shop.records, second, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FORBIDDEN);
}

/* How a write may be lost on its way, and what Gumroad has done by then. */
static const struct {
  const char *fault;
  gboolean    carried_out;
} losses[] = {
  { "\"kind\":\"drop\"", TRUE },
  { "\"kind\":\"cut\"", TRUE },
  { "\"kind\":\"drop_before\"", FALSE },
  { "\"kind\":\"reset_before\"", FALSE },
  { "\"kind\":\"status\",\"status\":502", FALSE },
  { "\"kind\":\"html\"", FALSE },
};

/* Sent once; the list is read again; done if it shows it, and unclear if it does not. */
static void
test_lost (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop, 3);
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autofree char *name = g_strdup_printf ("CODE-%u", i);
      g_autoptr(GumWrite) write = new_code (&shop, name);
      g_autoptr(GError) error = NULL;
      gboolean ok;

      g_test_message ("%s", losses[i].fault);
      store_test_tell (shop.test, "requests", "{\"clear\":true}");
      add_fault (&shop, "POST /v2/products/:id/offer_codes", losses[i].fault);
      ok = write_code (shop.records, write, &error);
      gum_test_settle ();
      g_assert_cmpuint (count_requests (&shop, "POST", "/offer_codes"), ==, 1);
      g_assert_cmpuint (count_requests (&shop, "GET", "/v2/"), ==, 1);
      g_assert_cmpint (ok, ==, losses[i].carried_out);
      g_assert_cmpint (find_code (shop.records, name) != NULL, ==, losses[i].carried_out);
      g_assert_cmpint (gum_write_get_state (write), ==,
                       losses[i].carried_out ? GUM_WRITE_DONE : GUM_WRITE_UNCLEAR);
      if (!ok)
        g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
    }
}

/* A code that is gone is deleted. One that Gumroad says it does not know, and lists, is a product's
 * default: that is said. */
static void
test_not_found (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) gone = NULL;
  g_autoptr(GumWrite) default_code = NULL;
  const char *fault = "\"kind\":\"success_false\",\"message\":\"The offer_code was not found.\"";

  shop_open (&shop, 3);
  sync_list (shop.records);
  add_fault (&shop, "DELETE " CODES "/:code", fault);
  default_code = gum_records_new_delete (shop.records, find_code (shop.records, "SEASIDE"), "x");
  g_assert_false (write_code (shop.records, default_code, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
  g_assert_nonnull (find_code (shop.records, "SEASIDE"));
  g_clear_error (&error);

  gone = gum_records_new_delete (shop.records, find_code (shop.records, "SEASIDE"), "x");
  store_test_tell (shop.test, "edit", "{\"id\":\"" PRODUCT "\",\"set\":{\"_offer_codes\":[]}}");
  g_assert_true (write_code (shop.records, gone, &error));
  g_assert_no_error (error);
  g_assert_null (find_code (shop.records, "SEASIDE"));
}

/* The next start: nobody is there to send what waited. */
static void
test_forsaken (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(GAsyncResult) added = NULL;
  g_autoptr(GAsyncResult) listed = NULL;
  g_autoptr(GError) error = NULL;
  GumJournal *journal;
  gint64 batch;

  shop_open (&shop, 3);
  journal = gum_store_get_journal (shop.store);
  g_ptr_array_add (writes, new_code (&shop, "A"));
  gum_journal_add_batch_async (journal, "codes", NULL, 0, GUM_BATCH_PLAIN, writes,
                               gum_test_result_cb, &added);
  batch = gum_journal_add_batch_finish (journal, gum_test_wait_result (&added), &error);
  g_assert_no_error (error);

  shop_reopen (&shop);
  journal = gum_store_get_journal (shop.store);
  gum_journal_list_async (journal, batch, NULL, gum_test_result_cb, &listed);
  known = gum_journal_list_finish (journal, gum_test_wait_result (&listed), &error);
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_cmpint (gum_write_get_state (known->pdata[0]), ==, GUM_WRITE_DROPPED);
}

/* --- what there is one of --------------------------------------------------------------------- */

static void
test_only_one (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GError) error = NULL;
  GumRecords *profile, *policy;

  shop_open (&shop, 1);
  profile = gum_store_get_records (shop.store, GUM_RECORD_PROFILE);
  sync_list (profile);
  g_assert_cmpstr (gum_user_get_name (gum_record_get_resource (gum_records_get_only (profile))), ==,
                   "Mara Lindqvist");
  json_object_set_string_member (body, "name", "Mara L.");
  json_object_set_string_member (body, "bio", "");
  write = gum_records_new_update (profile, gum_records_get_only (profile), "Mara", body);
  g_assert_true (write_code (profile, write, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (gum_user_get_name (gum_record_get_resource (gum_records_get_only (profile))), ==,
                   "Mara L.");
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/user"), ==, 1);

  policy = gum_store_get_records (shop.store, GUM_RECORD_POLICY);
  sync_list (policy);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (policy)), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/records/sync", test_sync);
  g_test_add_func ("/store/records/gone", test_gone);
  g_test_add_func ("/store/records/interrupted", test_interrupted);
  g_test_add_func ("/store/records/write", test_write);
  g_test_add_func ("/store/records/refused", test_refused);
  g_test_add_func ("/store/records/lost", test_lost);
  g_test_add_func ("/store/records/not-found", test_not_found);
  g_test_add_func ("/store/records/forsaken", test_forsaken);
  g_test_add_func ("/store/records/only-one", test_only_one);

  return g_test_run ();
}
