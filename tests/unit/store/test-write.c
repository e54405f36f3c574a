/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes, against the sandbox and its faults: what is on the wire is counted. */

#include "config.h"

#include "shop-test.h"

#include "gum-error.h"
#include "gum-product-keys.h"

#include <string.h>

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

static void
test_update (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GumWrite) revert = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  g_autofree char *old = NULL;

  shop_open (&shop, 3);
  product = gum_store_dup_product (shop.store, shop.id);
  old = g_strdup (gum_product_get_name (product));
  write = new_rename (&shop, "Another Name");
  g_assert_true (shop_send (&shop, write, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_DONE);

  /* The answer is in the ledger, and in the object that is held. */
  g_assert_cmpstr (gum_product_get_name (product), ==, "Another Name");
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
  g_assert_cmpuint (shop_count_requests (&shop, "GET", "/v2/products"), ==, 0);

  /* And the journal tells it after a restart, so that it can be taken back. */
  shop_reopen (&shop);
  writes = list_writes (&shop, 1);
  g_assert_cmpuint (writes->len, ==, 1);
  g_assert_cmpint (gum_write_get_state (writes->pdata[0]), ==, GUM_WRITE_DONE);
  g_assert_true (gum_write_can_be_reverted (writes->pdata[0]));
  revert = gum_write_new_revert (writes->pdata[0]);
  g_assert_true (shop_send (&shop, revert, &error));
  g_clear_object (&product);
  product = gum_store_dup_product (shop.store, shop.id);
  g_assert_cmpstr (gum_product_get_name (product), ==, old);
}

static void
test_publish (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) unpublish = NULL;
  g_autoptr(GumWrite) publish = NULL;
  g_autoptr(GumWrite) refused = NULL;

  shop_open (&shop, 3);
  product = gum_store_dup_product (shop.store, shop.id);
  unpublish = gum_write_new_publish (shop.id, "x", FALSE);
  g_assert_true (shop_send (&shop, unpublish, &error));
  g_assert_false (gum_product_is_published (product));
  publish = gum_write_new_revert (unpublish);
  g_assert_true (shop_send (&shop, publish, &error));
  g_assert_true (gum_product_is_published (product));

  store_test_tell (shop.test, "set_account", "{\"_email_confirmed\":false}");
  refused = gum_write_new_publish (shop.id, "x", TRUE);
  g_assert_false (shop_send (&shop, refused, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpstr (gum_error_get_server_message (error), ==,
                   "You have to confirm your email address before you can do that.");
  g_assert_cmpint (gum_write_get_state (refused), ==, GUM_WRITE_FAILED);
}

static void
test_create_and_delete (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GumWrite) delete = NULL;
  g_autoptr(GumWrite) again = NULL;
  g_autoptr(GumProduct) product = NULL;
  const char *id;

  shop_open (&shop, 3);
  json_object_set_string_member (body, "name", "Fresh");
  json_object_set_int_member (body, "price", 500);
  create = gum_write_new_create (body);
  g_assert_true (shop_send (&shop, create, &error));
  g_assert_no_error (error);
  id = gum_write_get_product_id (create);
  g_assert_nonnull (id);
  product = gum_store_dup_product (shop.store, id);
  g_assert_nonnull (product);
  g_assert_false (gum_product_is_published (product));
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 4);

  delete = gum_write_new_delete (id, "Fresh");
  g_assert_true (shop_send (&shop, delete, &error));
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 3);
  g_clear_object (&product);
  g_assert_null (gum_store_dup_product (shop.store, id));

  /* Gone already is as good as deleted. */
  g_free (shop.id);
  shop.id = g_strdup (id);
  store_test_tell (shop.test, "fault", "{\"match\":\"DELETE /v2/products/:id\",\"kind\":"
                   "\"success_false\",\"message\":\"The product was not found.\"}");
  again = gum_write_new_delete (id, "Fresh");
  g_assert_true (shop_send (&shop, again, &error));
  g_assert_no_error (error);
}

/* How a write may be lost on its way, and what Gumroad has done by then. */
static const struct {
  const char *fault;
  gboolean    carried_out;
} losses[] = {
  { "\"kind\":\"drop\"", TRUE },
  { "\"kind\":\"reset\"", TRUE },
  { "\"kind\":\"cut\"", TRUE },
  { "\"kind\":\"chunk_cut\"", TRUE },
  { "\"kind\":\"drop_before\"", FALSE },
  { "\"kind\":\"reset_before\"", FALSE },
  { "\"kind\":\"status\",\"status\":502", FALSE },
  { "\"kind\":\"html\"", FALSE },
  { "\"kind\":\"bad_json\"", FALSE },
  { "\"kind\":\"empty\"", FALSE },
};

/* Sent once; read back; done if Gumroad shows it, and unclear if it does not. */
static void
test_lost (void)
{
  g_auto(Shop) shop = { 0 };

  shop_open (&shop, 3);
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);
      g_autoptr(GumWrite) write = new_rename (&shop, name);
      g_autoptr(GError) error = NULL;
      gboolean ok;

      store_test_tell (shop.test, "requests", "{\"clear\":true}");
      shop_add_fault (&shop, "PUT /v2/products/:id", losses[i].fault);
      ok = shop_send (&shop, write, &error);
      g_test_message ("%s", losses[i].fault);
      g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
      g_assert_cmpuint (shop_count_requests (&shop, "GET", "/v2/products/"), ==, 1);
      if (losses[i].carried_out)
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_DONE);
        }
      else
        {
          g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
          g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_UNCLEAR);
        }
    }
}

/* The line is down when Gumroad is asked: unclear, until somebody asks again. */
static void
test_check (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GPtrArray) unclear = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  write = new_rename (&shop, "Lost and Found");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"drop\"");
  shop_add_fault (&shop, "GET /v2/products/:id", "\"kind\":\"status\",\"status\":404,\"body\":\"gone\"");
  g_assert_false (shop_send (&shop, write, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_clear_error (&error);

  shop_reopen (&shop);
  unclear = list_writes (&shop, 0);
  g_assert_cmpuint (unclear->len, ==, 1);
  gum_journal_check_async (gum_store_get_journal (shop.store), unclear->pdata[0], NULL,
                           gum_test_result_cb, &result);
  g_assert_true (gum_journal_check_finish (gum_store_get_journal (shop.store),
                                           gum_test_wait_result (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (gum_write_get_state (unclear->pdata[0]), ==, GUM_WRITE_DONE);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
}

static void
test_lost_create (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 12);
  json_object_set_string_member (body, "name", "Fresh");
  json_object_set_int_member (body, "price", 500);
  create = gum_write_new_create (body);
  shop_add_fault (&shop, "POST /v2/products", "\"kind\":\"drop\"");
  g_assert_true (shop_send (&shop, create, &error));
  g_assert_no_error (error);
  g_assert_nonnull (gum_write_get_product_id (create));
  g_assert_cmpuint (shop_count_requests (&shop, "POST", "/v2/products"), ==, 1);
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 13);
}

/* The line is down when Gumroad is asked, and by the time that it is asked again the new product has come with
 * the others: it is still told from them. */
static void
test_lost_create_later (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GPtrArray) unclear = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 12);
  json_object_set_string_member (body, "name", "Fresh");
  json_object_set_int_member (body, "price", 500);
  create = gum_write_new_create (body);
  shop_add_fault (&shop, "POST /v2/products", "\"kind\":\"drop\"");
  shop_add_fault (&shop, "GET /v2/products", "\"kind\":\"status\",\"status\":404,\"body\":\"gone\"");
  g_assert_false (shop_send (&shop, create, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_clear_error (&error);
  store_test_sync (shop.store);
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 13);

  shop_reopen (&shop);
  unclear = list_writes (&shop, 0);
  g_assert_cmpuint (unclear->len, ==, 1);
  gum_journal_check_async (gum_store_get_journal (shop.store), unclear->pdata[0], NULL,
                           gum_test_result_cb, &result);
  g_assert_true (gum_journal_check_finish (gum_store_get_journal (shop.store),
                                           gum_test_wait_result (&result), &error));
  g_assert_no_error (error);
  g_assert_nonnull (gum_write_get_product_id (unclear->pdata[0]));
  g_assert_cmpuint (shop_count_requests (&shop, "POST", "/v2/products"), ==, 1);
}

static void
test_lost_delete (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) delete = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  delete = gum_write_new_delete (shop.id, "x");
  shop_add_fault (&shop, "DELETE /v2/products/:id", "\"kind\":\"drop\"");
  g_assert_true (shop_send (&shop, delete, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shop_count_requests (&shop, "DELETE", "/v2/products/"), ==, 1);
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 2);
}

static void
test_redirected (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  write = new_rename (&shop, "Elsewhere");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"redirect\",\"location\":\"/v2/user\"");
  g_assert_false (shop_send (&shop, write, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REDIRECTED);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_FAILED);
  g_assert_cmpuint (shop_count_requests (&shop, "GET", "/v2/user"), ==, 0);
}

typedef struct {
  GumWrite     *write;
  GCancellable *cancellable;
} Cancelling;

static void
cancel_when_sending_cb (GumWrite   *write,
                        GParamSpec *pspec,
                        GCancellable *cancellable)
{
  if (gum_write_get_state (write) == GUM_WRITE_SENDING)
    g_cancellable_cancel (cancellable);
}

static gboolean
is_on_the_wire (gpointer shop)
{
  return shop_count_requests (shop, "PUT", "/v2/products/") == 1;
}

/* Before it is on the wire it is dropped; after that, what became of it is found out. */
static void
test_cancel (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) early = NULL;
  g_autoptr(GumWrite) late = NULL;
  g_autoptr(GCancellable) first = g_cancellable_new ();
  g_autoptr(GCancellable) second = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GumJournal *journal;

  shop_open (&shop, 3);
  journal = gum_store_get_journal (shop.store);
  early = new_rename (&shop, "Early");
  g_signal_connect (early, "notify::state", G_CALLBACK (cancel_when_sending_cb), first);
  gum_journal_send_async (journal, early, first, gum_test_result_cb, &result);
  g_assert_false (gum_journal_send_finish (journal, gum_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (gum_write_get_state (early), ==, GUM_WRITE_DROPPED);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
  g_clear_error (&error);
  g_clear_object (&result);

  late = new_rename (&shop, "Late");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"latency\",\"ms\":10000");
  gum_journal_send_async (journal, late, second, gum_test_result_cb, &result);
  gum_test_wait_until (is_on_the_wire, &shop);
  g_cancellable_cancel (second);
  g_assert_false (gum_journal_send_finish (journal, gum_test_wait_result (&result), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_assert_cmpint (gum_write_get_state (late), ==, GUM_WRITE_UNCLEAR);
}

/* A program that ends in the middle leaves a write that may have been carried out. */
static void
test_ended_in_the_middle (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GPtrArray) unclear = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  write = new_rename (&shop, "In the Middle");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"hang\"");
  gum_journal_send_async (gum_store_get_journal (shop.store), write, NULL, gum_test_result_cb,
                          &result);
  gum_test_wait_until (is_on_the_wire, &shop);
  gum_store_close (shop.store);
  gum_client_abort (shop.test->client);
  gum_test_wait_result (&result);
  gum_test_settle ();
  g_object_unref (shop.store);

  shop.store = store_test_open (shop.test);
  unclear = list_writes (&shop, 0);
  g_assert_cmpuint (unclear->len, ==, 1);
  error = gum_write_dup_error (unclear->pdata[0]);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
}

static void
test_batch (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) read = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GumJournal *journal;
  gint64 batch;

  shop_open (&shop, 3);
  journal = gum_store_get_journal (shop.store);
  g_ptr_array_add (writes, new_rename (&shop, "One"));
  g_ptr_array_add (writes, new_rename (&shop, "Two"));
  gum_journal_add_batch_async (journal, "bulk", "Names", 0, GUM_BATCH_ASKING, writes,
                               gum_test_result_cb, &result);
  batch = gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (batch, >, 0);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);

  g_assert_true (shop_send (&shop, writes->pdata[0], &error));
  g_clear_object (&result);
  gum_journal_drop_async (journal, writes->pdata[1], gum_test_result_cb, &result);
  g_assert_true (gum_journal_drop_finish (journal, gum_test_wait_result (&result), &error));
  shop_reopen (&shop);
  read = list_writes (&shop, batch);
  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpint (gum_write_get_state (read->pdata[0]), ==, GUM_WRITE_DONE);
  g_assert_cmpint (gum_write_get_state (read->pdata[1]), ==, GUM_WRITE_DROPPED);
  g_assert_cmpstr (gum_write_get_label (read->pdata[1]), !=, NULL);
}

static void
test_secret_is_not_kept (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(JsonObject) body = json_object_new ();
  g_autofree char *path = NULL;
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  g_autofree char *sent = NULL;

  shop_open (&shop, 3);
  json_object_set_string_member (body, "signed_blob_id", "s3cret");
  path = gum_request_path ("products", shop.id, "covers", NULL);
  write = gum_write_new ("cover-add", "POST", path, shop.id, "x", body, NULL);
  shop_send (&shop, write, NULL);
  sent = shop_dup_last_body (&shop, "POST");
  g_assert_nonnull (strstr (sent, "s3cret"));
  writes = list_writes (&shop, 1);
  g_assert_cmpuint (writes->len, ==, 1);
  g_assert_false (json_object_has_member (gum_write_get_body (writes->pdata[0]), "signed_blob_id"));
}

/* --- keys ------------------------------------------------------------------------------------- */

static void
test_keys (void)
{
  static const struct {
    const char *key;
    const char *a;
    const char *b;
    gboolean    equal;
  } cases[] = {
    { "name", "\"a\"", "\"a\"", TRUE },
    { "name", "\"a\"", "\"A\"", FALSE },
    { "custom_summary", "null", "\"\"", TRUE },
    { "price", "100", "100.0", TRUE },
    { "price", "100", "\"100\"", TRUE },
    { "price", "0", "null", FALSE },
    { "max_purchase_count", "null", "null", TRUE },
    { "max_purchase_count", "\"many\"", "null", FALSE },
    { "max_purchase_count", "\"many\"", "\"many\"", TRUE },
    { "customizable_price", "null", "false", TRUE },
    { "customizable_price", "true", "\"true\"", TRUE },
    { "tags", "[\"a\",\"b\"]", "[\"b\",\"a\"]", TRUE },
    { "tags", "[\"a\"]", "[\"a\",\"a\"]", FALSE },
    { "cover_ids", "[\"a\",\"b\"]", "[\"b\",\"a\"]", FALSE },
    { "rich_content", "[{\"id\":\"1\",\"title\":\"T\",\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"p\"}]}}]",
      "[{\"title\":\"T\",\"description\":[{\"type\":\"p\"}]}]", TRUE },
    { "rich_content", "[{\"title\":\"T\",\"description\":[]}]", "[{\"title\":\"U\",\"description\":[]}]", FALSE },
    { "rich_content", "[]", "null", TRUE },
    { "unheard_of", "{\"a\":1}", "{\"a\":1}", TRUE },
    { "unheard_of", "{\"a\":1}", "{\"a\":2}", FALSE },
  };
  g_autoptr(JsonNode) record =
    json_from_string ("{\"currency\":\"eur\",\"refund_policy\":{\"refund_period\":\"30\"},"
                      "\"covers\":[{\"id\":\"x\"},7,{\"id\":\"y\"}]}", NULL);
  g_autoptr(JsonNode) currency = gum_product_keys_read ("price_currency_type", json_node_get_object (record));
  g_autoptr(JsonNode) period = gum_product_keys_read ("refund_period", json_node_get_object (record));
  g_autoptr(JsonNode) covers = gum_product_keys_read ("cover_ids", json_node_get_object (record));
  g_autofree char *text = json_to_string (covers, FALSE);

  g_assert_cmpstr (json_node_get_string (currency), ==, "eur");
  g_assert_cmpstr (json_node_get_string (period), ==, "30");
  g_assert_cmpstr (text, ==, "[\"x\",\"y\"]");
  g_assert_null (gum_product_keys_read ("is_adult", json_node_get_object (record)));
  g_assert_null (gum_product_keys_read ("name", json_node_get_object (record)));
  g_assert_false (gum_product_keys_is_told ("is_adult"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) a = json_from_string (cases[i].a, NULL);
      g_autoptr(JsonNode) b = json_from_string (cases[i].b, NULL);

      g_test_message ("%s %s %s", cases[i].key, cases[i].a, cases[i].b);
      g_assert_cmpint (gum_product_keys_equal (cases[i].key, a, b), ==, cases[i].equal);
      g_assert_cmpint (gum_product_keys_equal (cases[i].key, b, a), ==, cases[i].equal);
    }
}

static gboolean
finish (GumStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_store_finish_async (store, gum_test_result_cb, &result);

  return gum_store_finish_finish (store, gum_test_wait_result (&result));
}

/* The program ends while a write is on the wire: its answer is heard first, and nothing is unclear. */
static void
test_finish (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GAsyncResult) sent = NULL;
  g_autoptr(GAsyncResult) listed = NULL;
  g_autoptr(GPtrArray) unclear = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  g_assert_false (gum_store_is_busy (shop.store));
  g_assert_true (finish (shop.store));

  write = gum_write_new_publish (shop.id, "x", FALSE);
  gum_journal_send_async (gum_store_get_journal (shop.store), write, NULL, gum_test_result_cb, &sent);
  g_assert_true (gum_store_is_busy (shop.store));
  g_assert_true (finish (shop.store));
  g_assert_false (gum_store_is_busy (shop.store));
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_DONE);
  g_assert_true (gum_journal_send_finish (gum_store_get_journal (shop.store), gum_test_wait_result (&sent), &error));
  g_assert_no_error (error);

  shop_reopen (&shop);
  gum_journal_list_async (gum_store_get_journal (shop.store), 0, NULL, gum_test_result_cb, &listed);
  unclear = gum_journal_list_finish (gum_store_get_journal (shop.store), gum_test_wait_result (&listed),
                                     &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unclear->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/write/update", test_update);
  g_test_add_func ("/store/write/publish", test_publish);
  g_test_add_func ("/store/write/create-and-delete", test_create_and_delete);
  g_test_add_func ("/store/write/lost", test_lost);
  g_test_add_func ("/store/write/lost-create", test_lost_create);
  g_test_add_func ("/store/write/lost-create-later", test_lost_create_later);
  g_test_add_func ("/store/write/lost-delete", test_lost_delete);
  g_test_add_func ("/store/write/check", test_check);
  g_test_add_func ("/store/write/redirected", test_redirected);
  g_test_add_func ("/store/write/cancel", test_cancel);
  g_test_add_func ("/store/write/ended-in-the-middle", test_ended_in_the_middle);
  g_test_add_func ("/store/write/batch", test_batch);
  g_test_add_func ("/store/write/secret-is-not-kept", test_secret_is_not_kept);
  g_test_add_func ("/store/write/keys", test_keys);
  g_test_add_func ("/store/write/finish", test_finish);

  return g_test_run ();
}
