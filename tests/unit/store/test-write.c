/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes and drafts, against the sandbox and its faults: what is on the wire is counted. */

#include "config.h"

#include "store-test.h"

#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-product-keys.h"

#include <string.h>

typedef struct {
  StoreTest *test;
  GumStore  *store;
  char      *id;        /* of the newest product */
} Shop;

static void
shop_clear (Shop *shop)
{
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->id, g_free);
  g_clear_pointer (&shop->test, store_test_free);
}

static void
shop_open (Shop  *shop,
           guint  n_products)
{
  g_autoptr(GumQuery) query = NULL;

  shop->test = store_test_new (n_products);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  query = gum_query_new (shop->store);
  store_test_settle (query);
  shop->id = store_test_dup_id (query, 0);
  store_test_refresh (shop->store, shop->id);
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

static void
shop_edit (Shop       *shop,
           const char *set)
{
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"set\":%s}", shop->id, set);

  store_test_tell (shop->test, "edit", args);
}

/* Requests with this method whose path begins so; GET /v2/products/ID is read for free. */
static guint
count_requests (Shop       *shop,
                const char *method,
                const char *beginning)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (strcmp (gum_json_get_string (request, "method"), method) == 0 &&
          g_str_has_prefix (gum_json_get_string (request, "path"), beginning))
        count++;
    }

  return count;
}

static char *
dup_last_body (Shop       *shop,
               const char *method)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");

  for (guint i = json_array_get_length (requests); i > 0; i--)
    {
      JsonObject *request = json_array_get_object_element (requests, i - 1);

      if (strcmp (gum_json_get_string (request, "method"), method) == 0)
        return g_strdup (gum_json_get_string (request, "body"));
    }

  return NULL;
}

static gboolean
send_write (Shop      *shop,
            GumWrite  *write,
            GError   **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_journal_send_async (gum_store_get_journal (shop->store), write, NULL, gum_test_result_cb,
                          &result);

  return gum_journal_send_finish (gum_store_get_journal (shop->store),
                                  gum_test_wait_result (&result), error);
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
  g_assert_true (send_write (&shop, write, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_DONE);

  /* The answer is in the ledger, and in the object that is held. */
  g_assert_cmpstr (gum_product_get_name (product), ==, "Another Name");
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
  g_assert_cmpuint (count_requests (&shop, "GET", "/v2/products"), ==, 0);

  /* And the journal tells it after a restart, so that it can be taken back. */
  shop_reopen (&shop);
  writes = list_writes (&shop, 1);
  g_assert_cmpuint (writes->len, ==, 1);
  g_assert_cmpint (gum_write_get_state (writes->pdata[0]), ==, GUM_WRITE_DONE);
  g_assert_true (gum_write_can_be_reverted (writes->pdata[0]));
  revert = gum_write_new_revert (writes->pdata[0]);
  g_assert_true (send_write (&shop, revert, &error));
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
  g_assert_true (send_write (&shop, unpublish, &error));
  g_assert_false (gum_product_is_published (product));
  publish = gum_write_new_revert (unpublish);
  g_assert_true (send_write (&shop, publish, &error));
  g_assert_true (gum_product_is_published (product));

  store_test_tell (shop.test, "set_account", "{\"_email_confirmed\":false}");
  refused = gum_write_new_publish (shop.id, "x", TRUE);
  g_assert_false (send_write (&shop, refused, &error));
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
  g_assert_true (send_write (&shop, create, &error));
  g_assert_no_error (error);
  id = gum_write_get_product_id (create);
  g_assert_nonnull (id);
  product = gum_store_dup_product (shop.store, id);
  g_assert_nonnull (product);
  g_assert_false (gum_product_is_published (product));
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 4);

  delete = gum_write_new_delete (id, "Fresh");
  g_assert_true (send_write (&shop, delete, &error));
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 3);
  g_clear_object (&product);
  g_assert_null (gum_store_dup_product (shop.store, id));

  /* Gone already is as good as deleted. */
  g_free (shop.id);
  shop.id = g_strdup (id);
  store_test_tell (shop.test, "fault", "{\"match\":\"DELETE /v2/products/:id\",\"kind\":"
                   "\"success_false\",\"message\":\"The product was not found.\"}");
  again = gum_write_new_delete (id, "Fresh");
  g_assert_true (send_write (&shop, again, &error));
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

static void
add_fault (Shop       *shop,
           const char *match,
           const char *fault)
{
  g_autofree char *args = g_strdup_printf ("{\"match\":\"%s\",%s}", match, fault);

  store_test_tell (shop->test, "fault", args);
}

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
      add_fault (&shop, "PUT /v2/products/:id", losses[i].fault);
      ok = send_write (&shop, write, &error);
      g_test_message ("%s", losses[i].fault);
      g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
      g_assert_cmpuint (count_requests (&shop, "GET", "/v2/products/"), ==, 1);
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
  add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"drop\"");
  add_fault (&shop, "GET /v2/products/:id", "\"kind\":\"status\",\"status\":404,\"body\":\"gone\"");
  g_assert_false (send_write (&shop, write, &error));
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
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
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
  add_fault (&shop, "POST /v2/products", "\"kind\":\"drop\"");
  g_assert_true (send_write (&shop, create, &error));
  g_assert_no_error (error);
  g_assert_nonnull (gum_write_get_product_id (create));
  g_assert_cmpuint (count_requests (&shop, "POST", "/v2/products"), ==, 1);
  g_assert_cmpuint (gum_store_get_n_products (shop.store), ==, 13);
}

static void
test_lost_delete (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumWrite) delete = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  delete = gum_write_new_delete (shop.id, "x");
  add_fault (&shop, "DELETE /v2/products/:id", "\"kind\":\"drop\"");
  g_assert_true (send_write (&shop, delete, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_requests (&shop, "DELETE", "/v2/products/"), ==, 1);
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
  add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"redirect\",\"location\":\"/v2/user\"");
  g_assert_false (send_write (&shop, write, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REDIRECTED);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_FAILED);
  g_assert_cmpuint (count_requests (&shop, "GET", "/v2/user"), ==, 0);
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
  return count_requests (shop, "PUT", "/v2/products/") == 1;
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
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
  g_clear_error (&error);
  g_clear_object (&result);

  late = new_rename (&shop, "Late");
  add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"latency\",\"ms\":300");
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
  add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"hang\"");
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
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 0);

  g_assert_true (send_write (&shop, writes->pdata[0], &error));
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

/* --- drafts ----------------------------------------------------------------------------------- */

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
int_node (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

static void
set_text (Shop       *shop,
          GumDraft   *draft,
          const char *key,
          const char *text)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);
  g_autoptr(JsonNode) node = text_node (text);

  gum_draft_set_value (draft, key, node, gum_resource_get_json (GUM_RESOURCE (product)));
}

static void
set_int (Shop       *shop,
         GumDraft   *draft,
         const char *key,
         gint64      number)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);
  g_autoptr(JsonNode) node = int_node (number);

  gum_draft_set_value (draft, key, node, gum_resource_get_json (GUM_RESOURCE (product)));
}

static gboolean
save (GumDraft  *draft,
      GError   **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_draft_save_async (draft, NULL, gum_test_result_cb, &result);

  return gum_draft_save_finish (draft, gum_test_wait_result (&result), error);
}

static void
test_draft_kept (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  GumDraft *found;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gum_store_get_drafts (shop.store))), ==, 0);
  set_text (&shop, draft, "custom_summary", "Written on the train");
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gum_store_get_drafts (shop.store))), ==, 1);
  g_clear_object (&draft);

  /* Closed at once, before the pause in the typing is over. */
  shop_reopen (&shop);
  found = gum_drafts_find (gum_store_get_drafts (shop.store), shop.id);
  g_assert_nonnull (found);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (found, "custom_summary")), ==,
                   "Written on the train");
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 0);

  gum_draft_discard (found);
  shop_reopen (&shop);
  g_assert_null (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
}

static void
test_draft_undo (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "A");
  set_text (&shop, draft, "name", "Ab");
  set_int (&shop, draft, "price", 12345);
  set_text (&shop, draft, "name", "Abc");
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 2);
  gum_draft_undo (draft);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (draft, "name")), ==, "Ab");
  gum_draft_undo (draft);
  g_assert_null (gum_draft_get_mine (draft, "price"));
  /* What was typed in one go is undone in one go. */
  gum_draft_undo (draft);
  g_assert_null (gum_draft_get_mine (draft, "name"));
  g_assert_false (gum_draft_can_undo (draft));
  gum_draft_redo (draft);
  gum_draft_redo (draft);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (draft, "name")), ==, "Ab");
  g_assert_cmpint (json_node_get_int (gum_draft_get_mine (draft, "price")), ==, 12345);
  set_text (&shop, draft, "name", "Other");
  g_assert_false (gum_draft_can_redo (draft));
}

static void
test_draft_saved (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;

  shop_open (&shop, 3);
  product = gum_store_dup_product (shop.store, shop.id);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Saved");
  set_text (&shop, draft, "custom_summary", "");
  /* Somebody else changes something else. */
  shop_edit (&shop, "{\"custom_receipt\":\"Thanks\"}");
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  body = dup_last_body (&shop, "PUT");
  g_assert_nonnull (strstr (body, "\"name\":\"Saved\""));
  g_assert_null (strstr (body, "receipt"));
  g_assert_null (strstr (body, "tags"));
  g_assert_cmpstr (gum_product_get_name (product), ==, "Saved");
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
  g_assert_false (gum_draft_can_undo (draft));
}

/* Nothing is sent that Gumroad has already. */
static void
test_draft_same (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "The Same");
  shop_edit (&shop, "{\"name\":\"The Same\"}");
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
}

static void
test_draft_conflict (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;
  g_auto(GStrv) keys = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Mine");
  set_text (&shop, draft, "custom_summary", "My summary");
  set_int (&shop, draft, "price", 2900);
  shop_edit (&shop, "{\"name\":\"Theirs\",\"price\":1900}");
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
  g_assert_nonnull (gum_draft_get_theirs (draft));
  keys = gum_draft_dup_conflicts (draft, gum_draft_get_theirs (draft));
  g_assert_cmpuint (g_strv_length (keys), ==, 2);
  g_clear_error (&error);

  /* A restart forgets nothing of it. */
  g_clear_object (&draft);
  shop_reopen (&shop);
  draft = g_object_ref (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
  g_clear_error (&error);

  gum_draft_resolve (draft, "name", TRUE, gum_draft_get_theirs (draft));
  gum_draft_resolve (draft, "price", FALSE, gum_draft_get_theirs (draft));
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  body = dup_last_body (&shop, "PUT");
  g_assert_nonnull (strstr (body, "\"name\":\"Mine\""));
  g_assert_nonnull (strstr (body, "My summary"));
  g_assert_null (strstr (body, "price"));
}

/* What was decided holds for what was seen, and for nothing newer. */
static void
test_draft_conflict_again (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Mine");
  shop_edit (&shop, "{\"name\":\"Theirs\"}");
  g_assert_false (save (draft, &error));
  g_clear_error (&error);
  gum_draft_resolve (draft, "name", TRUE, gum_draft_get_theirs (draft));
  shop_edit (&shop, "{\"name\":\"Theirs again\"}");
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
}

static void
test_draft_refused (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "custom_permalink", "no blanks");
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpstr (gum_error_get_server_message (error), ==, "Custom permalink is invalid");
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
}

/* Lost on its way, and saved again: what was carried out after all is not sent a second time. */
static void
test_draft_unclear (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Who Knows");
  add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"drop\"");
  /* The first read is the merge, the second is meant to find out. */
  add_fault (&shop, "GET /v2/products/:id",
             "\"after\":1,\"kind\":\"status\",\"status\":404,\"body\":\"gone\"");
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_clear_error (&error);

  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_cmpuint (count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
}

static void
type_when_sent_cb (GumJournal *journal,
                   GumWrite   *write,
                   Shop       *shop)
{
  g_autoptr(GumDraft) draft = gum_drafts_dup_draft (gum_store_get_drafts (shop->store), shop->id, "x");

  if (gum_write_get_state (write) == GUM_WRITE_SENDING)
    set_text (shop, draft, "name", "Typed meanwhile");
}

static void
test_draft_typed_meanwhile (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Sent");
  set_text (&shop, draft, "custom_summary", "Sent too");
  g_signal_connect (gum_store_get_journal (shop.store), "write-changed",
                    G_CALLBACK (type_when_sent_cb), &shop);
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (draft, "name")), ==, "Typed meanwhile");
  g_assert_cmpstr (json_node_get_string (gum_draft_get_base (draft, "name")), ==, "Sent");
}

static void
test_draft_of_deleted (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *args = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Kept");
  args = g_strdup_printf ("{\"id\":\"%s\"}", shop.id);
  store_test_tell (shop.test, "remove_product", args);
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
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
  g_test_add_func ("/store/write/lost-delete", test_lost_delete);
  g_test_add_func ("/store/write/check", test_check);
  g_test_add_func ("/store/write/redirected", test_redirected);
  g_test_add_func ("/store/write/cancel", test_cancel);
  g_test_add_func ("/store/write/ended-in-the-middle", test_ended_in_the_middle);
  g_test_add_func ("/store/write/batch", test_batch);
  g_test_add_func ("/store/draft/kept", test_draft_kept);
  g_test_add_func ("/store/draft/undo", test_draft_undo);
  g_test_add_func ("/store/draft/saved", test_draft_saved);
  g_test_add_func ("/store/draft/same", test_draft_same);
  g_test_add_func ("/store/draft/conflict", test_draft_conflict);
  g_test_add_func ("/store/draft/conflict-again", test_draft_conflict_again);
  g_test_add_func ("/store/draft/refused", test_draft_refused);
  g_test_add_func ("/store/draft/unclear", test_draft_unclear);
  g_test_add_func ("/store/draft/typed-meanwhile", test_draft_typed_meanwhile);
  g_test_add_func ("/store/draft/of-deleted", test_draft_of_deleted);
  g_test_add_func ("/store/write/keys", test_keys);

  return g_test_run ();
}
