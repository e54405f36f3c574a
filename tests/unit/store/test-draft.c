/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts: kept, undone, merged, saved once. */

#include "config.h"

#include "shop-test.h"

#include "gum-batches.h"
#include "gum-collection.h"
#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-part-write.h"
#include "gum-product-keys.h"
#include "gum-queue.h"
#include "gum-variant.h"

#include <string.h>

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
has_items (gpointer model)
{
  return g_list_model_get_n_items (model) > 0;
}

static gboolean
has_no_changes (gpointer draft)
{
  return gum_draft_get_n_changes (draft) == 0;
}

static gboolean
is_done (gpointer batch)
{
  return gum_batch_get_count (batch, GUM_WRITE_DONE) == 1;
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
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);

  gum_draft_discard (found);
  shop_reopen (&shop);
  g_assert_null (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
}

/* What was discarded comes back, whole, and a key that was changed since stays. */
static void
test_draft_restored (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(JsonObject) changes = NULL;
  g_autoptr(JsonNode) base = NULL;
  GumDraft *found;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Mine");
  set_int (&shop, draft, "price", 12345);
  base = json_node_copy (gum_draft_get_base (draft, "name"));

  changes = gum_draft_take_changes (draft);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_null (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
  set_int (&shop, draft, "price", 999);
  gum_draft_restore (draft, changes);
  g_assert_cmpint (json_node_get_int (gum_draft_get_mine (draft, "price")), ==, 999);
  g_clear_object (&draft);

  shop_reopen (&shop);
  found = gum_drafts_find (gum_store_get_drafts (shop.store), shop.id);
  g_assert_nonnull (found);
  g_assert_cmpuint (gum_draft_get_n_changes (found), ==, 2);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (found, "name")), ==, "Mine");
  g_assert_true (json_node_equal (gum_draft_get_base (found, "name"), base));
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

/* What is one thing to the person is one thing to undo, however quickly the next one follows. */
static void
test_draft_steps (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  gum_draft_end_step (draft);
  g_assert_false (gum_draft_can_undo (draft));
  set_text (&shop, draft, "name", "A");
  set_text (&shop, draft, "name", "Ab");
  gum_draft_end_step (draft);
  set_text (&shop, draft, "name", "Ab c");
  set_text (&shop, draft, "name", "Ab cd");
  gum_draft_undo (draft);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (draft, "name")), ==, "Ab");
  /* What is typed after an undo is not joined to what was before it. */
  set_text (&shop, draft, "name", "Ab e");
  gum_draft_undo (draft);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (draft, "name")), ==, "Ab");
  gum_draft_undo (draft);
  g_assert_null (gum_draft_get_mine (draft, "name"));
  g_assert_false (gum_draft_can_undo (draft));
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
  body = shop_dup_last_body (&shop, "PUT");
  g_assert_nonnull (strstr (body, "\"name\":\"Saved\""));
  g_assert_null (strstr (body, "receipt"));
  g_assert_null (strstr (body, "tags"));
  g_assert_cmpstr (gum_product_get_name (product), ==, "Saved");
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
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
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
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
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
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
  body = shop_dup_last_body (&shop, "PUT");
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
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"drop\"");
  /* The first read is the merge, the second is meant to find out. */
  shop_add_fault (&shop, "GET /v2/products/:id",
             "\"after\":1,\"kind\":\"status\",\"status\":404,\"body\":\"gone\"");
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_clear_error (&error);

  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
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

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Whoever holds the draft sees that it is saved, and why it was not, without having begun that. */
static void
test_draft_busy (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;
  guint n_notified = 0;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  g_signal_connect_swapped (draft, "notify::busy", G_CALLBACK (count_cb), &n_notified);
  set_text (&shop, draft, "name", "Mine");
  g_assert_false (gum_draft_is_busy (draft));
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"success_false\",\"message\":\"No.\"");
  gum_draft_save_async (draft, NULL, gum_test_result_cb, &first);
  gum_draft_save_async (draft, NULL, gum_test_result_cb, &second);
  g_assert_true (gum_draft_is_busy (draft));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (gum_draft_save_finish (draft, gum_test_wait_result (&first), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_true (gum_draft_is_busy (draft));
  g_assert_true (g_error_matches (gum_draft_get_error (draft), GUM_ERROR, GUM_ERROR_REJECTED));
  g_assert_true (gum_draft_save_finish (draft, gum_test_wait_result (&second), NULL));
  g_assert_null (gum_draft_get_error (draft));
  g_assert_false (gum_draft_is_busy (draft));
  g_assert_cmpuint (n_notified, ==, 2);

  /* What was refused may be another value now. */
  set_text (&shop, draft, "name", "Mine again");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"success_false\",\"message\":\"No.\"");
  g_assert_false (save (draft, NULL));
  g_assert_nonnull (gum_draft_get_error (draft));
  set_text (&shop, draft, "name", "Another");
  g_assert_null (gum_draft_get_error (draft));
}

/* Signed out while Gumroad is asked: nothing is sent any more, and who waits hears of it. */
static void
test_draft_closed (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Late");
  gum_draft_save_async (draft, NULL, gum_test_result_cb, &result);
  gum_store_close (shop.store);
  g_assert_false (gum_draft_save_finish (draft, gum_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 0);
}

/* The disk was full when the last word was typed. Nothing is typed after that: what is in memory is written
 * when there is room again, or goes on to the ledger as it is opened anew. */
static void
test_draft_disk_full (gconstpointer data)
{
  gboolean opens_anew = GPOINTER_TO_INT (data);
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GumDrafts) old = NULL;
  GumDraft *found;

  shop_open (&shop, 3);
  shop_reopen (&shop);
  old = g_object_ref (gum_store_get_drafts (shop.store));
  draft = gum_drafts_dup_draft (old, shop.id, "x");
  store_test_fill_disk ();
  set_text (&shop, draft, "custom_summary", "The last word");
  gum_test_wait_until (store_test_is_broken, shop.store);
  if (opens_anew)
    gum_store_close (shop.store);
  store_test_free_disk ();

  shop_reopen (&shop);
  if (opens_anew)
    {
      g_assert_null (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
      gum_drafts_take_over (gum_store_get_drafts (shop.store), old);
      shop_reopen (&shop);
    }
  found = gum_drafts_find (gum_store_get_drafts (shop.store), shop.id);
  g_assert_nonnull (found);
  g_assert_cmpstr (json_node_get_string (gum_draft_get_mine (found, "custom_summary")), ==,
                   "The last word");
}

static gboolean
is_on_the_wire (gpointer shop)
{
  return shop_count_requests (shop, "PUT", "/v2/products/") == 1;
}

/* While a draft is saved, the person and somebody else change the same key, which was not sent: the next
 * save must find that out. */
static void
test_draft_conflict_meanwhile (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Mine");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"latency\",\"ms\":2000");
  gum_draft_save_async (draft, NULL, gum_test_result_cb, &result);
  gum_test_wait_until (is_on_the_wire, &shop);
  shop_edit (&shop, "{\"custom_summary\":\"Theirs\"}");
  set_text (&shop, draft, "custom_summary", "Mine");
  g_assert_true (gum_draft_save_finish (draft, gum_test_wait_result (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);

  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
}

/* What both sides changed to the same is no change any more. */
static void
test_draft_agreed (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sent = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Mine");
  set_text (&shop, draft, "custom_summary", "Ours");
  shop_edit (&shop, "{\"custom_summary\":\"Ours\"}");
  g_assert_true (save (draft, &error));
  g_assert_no_error (error);
  sent = shop_dup_last_body (&shop, "PUT");
  g_assert_null (strstr (sent, "Ours"));
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 0);
}

/* Refused, and then sent again from the journal: nothing of it is a draft any more. */
static void
test_draft_sent_again (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumDraft) draft = NULL;
  g_autoptr(GumBatches) batches = NULL;
  g_autoptr(GumBatch) batch = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (&shop, 3);
  draft = gum_drafts_dup_draft (gum_store_get_drafts (shop.store), shop.id, "x");
  set_text (&shop, draft, "name", "Second try");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"success_false\",\"message\":\"Not now.\"");
  g_assert_false (save (draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpuint (gum_draft_get_n_changes (draft), ==, 1);

  batches = gum_batches_new (shop.store);
  gum_test_wait_until (has_items, batches);
  batch = g_list_model_get_item (G_LIST_MODEL (batches), 0);
  g_assert_nonnull (gum_batch_get_write (batch));
  g_assert_true (gum_write_kinds_can_be_repeated (gum_batch_get_kind (batch)));
  gum_queue_retry (gum_store_get_queue (shop.store), gum_batch_get_row (batch), 0);
  gum_test_wait_until (has_no_changes, draft);
  g_assert_null (gum_drafts_find (gum_store_get_drafts (shop.store), shop.id));
  gum_test_wait_until (is_done, batch);
}

/* --- content that each version has for itself -------------------------------------------------- */

#define PAGES(title, words) \
  "[{\"title\":\"" title "\",\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":" \
  "[{\"type\":\"text\",\"text\":\"" words "\"}]}]}}]"

typedef struct {
  Shop      shop;
  GumDraft *draft;
  char     *keys[2];
} Versions;

static gboolean
is_known (gpointer collection)
{
  return gum_collection_is_known (collection) && !gum_collection_is_loading (collection);
}

static GumCollection *
read_list (Shop              *shop,
           const GumEndpoint *endpoint,
           const char        *parent)
{
  GumCollection *list = gum_store_dup_collection (shop->store, endpoint, parent);

  gum_collection_read (list);
  gum_test_wait_until (is_known, list);

  return list;
}

static char *
dup_nth_id (GumCollection *list,
            guint          n)
{
  g_autoptr(GumResource) item = g_list_model_get_item (G_LIST_MODEL (list), n);

  return g_strdup (gum_resource_get_id (item));
}

/* A product with two versions, each with a page. */
static void
versions_open (Versions *versions)
{
  Shop *shop = &versions->shop;
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GumCollection) variants = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *category = NULL;
  g_autofree char *inner = NULL;
  gboolean found = FALSE;

  shop_open (shop, 27);
  query = gum_query_new (shop->store);
  store_test_settle (query);
  for (guint i = 0; i < 27 && !found; i++)
    {
      g_autoptr(GumProduct) product = NULL;

      g_free (shop->id);
      shop->id = store_test_dup_id (query, i);
      product = gum_store_dup_product (shop->store, shop->id);
      found = g_str_has_prefix (gum_product_get_name (product), "Drawing Water");
    }
  g_assert_true (found);
  store_test_refresh (shop->store, shop->id);

  parent = gum_request_path ("products", shop->id, NULL);
  categories = read_list (shop, &gum_variant_category_endpoint, parent);
  category = dup_nth_id (categories, 0);
  inner = gum_request_path ("products", shop->id, "variant_categories", category, NULL);
  variants = read_list (shop, &gum_variant_endpoint, inner);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = dup_nth_id (variants, i);

      versions->keys[i] = gum_product_keys_dup_version (category, id);
    }
  versions->draft = gum_drafts_dup_draft (gum_store_get_drafts (shop->store), shop->id, "x");
}

static void
versions_clear (Versions *versions)
{
  g_clear_object (&versions->draft);
  g_free (versions->keys[0]);
  g_free (versions->keys[1]);
  shop_clear (&versions->shop);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Versions, versions_clear)

static void
set_pages (Versions   *versions,
           guint       n,
           const char *pages)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (versions->shop.store, versions->shop.id);
  g_autoptr(JsonNode) node = json_from_string (pages, NULL);

  gum_draft_set_value (versions->draft, versions->keys[n], node,
                       gum_resource_get_json (GUM_RESOURCE (product)));
}

/* What the ledger has of a version's pages. */
static void
assert_pages (Versions   *versions,
              guint       n,
              const char *expected)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (versions->shop.store, versions->shop.id);
  g_autoptr(JsonNode) node = json_from_string (expected, NULL);
  g_autoptr(JsonNode) pages = gum_product_keys_read (versions->keys[n],
                                                     gum_resource_get_json (GUM_RESOURCE (product)));

  g_assert_true (gum_product_keys_equal (versions->keys[n], pages, node));
}

static void
test_versions_saved (void)
{
  g_auto(Versions) versions = { 0 };
  g_autoptr(GError) error = NULL;

  versions_open (&versions);
  set_text (&versions.shop, versions.draft, "custom_summary", "Look longer");
  set_pages (&versions, 1, PAGES ("New", "two"));
  g_assert_nonnull (gum_draft_get_base (versions.draft, versions.keys[1]));
  g_assert_true (save (versions.draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (versions.draft), ==, 0);
  /* One write for the product and one for the version that was changed. */
  g_assert_cmpuint (shop_count_requests (&versions.shop, "PUT", "/v2/products/"), ==, 2);
  assert_pages (&versions, 1, PAGES ("New", "two"));
  assert_pages (&versions, 0, PAGES ("Basic", "Three lessons."));

  /* All of its pages may go, and come back. */
  set_pages (&versions, 1, "[]");
  g_assert_true (save (versions.draft, &error));
  assert_pages (&versions, 1, "[]");
  set_pages (&versions, 1, PAGES ("Again", "three"));
  g_assert_true (save (versions.draft, &error));
  assert_pages (&versions, 1, PAGES ("Again", "three"));
}

static void
test_versions_conflict (void)
{
  g_auto(Versions) versions = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumWrite) other = NULL;
  g_autoptr(JsonNode) body = json_from_string ("{\"rich_content\":" PAGES ("Theirs", "x") "}", NULL);
  g_autofree char *category = NULL;
  g_autofree char *variant = NULL;

  versions_open (&versions);
  set_pages (&versions, 0, PAGES ("Mine", "one"));
  gum_product_keys_split_version (versions.keys[0], &category, &variant);
  other = gum_write_new_variant_update (versions.shop.id, category, variant, "x", json_node_get_object (body),
                                        NULL);
  g_assert_true (shop_send (&versions.shop, other, &error));
  g_assert_false (save (versions.draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
  assert_pages (&versions, 0, PAGES ("Theirs", "x"));
  g_clear_error (&error);

  gum_draft_resolve (versions.draft, versions.keys[0], TRUE, gum_draft_get_theirs (versions.draft));
  g_assert_true (save (versions.draft, &error));
  assert_pages (&versions, 0, PAGES ("Mine", "one"));
}

/* The second of two is refused: the first is saved, and only the second is still a change. */
static void
test_versions_refused (void)
{
  g_auto(Versions) versions = { 0 };
  g_autoptr(GError) error = NULL;

  versions_open (&versions);
  set_pages (&versions, 0, PAGES ("Mine", "one"));
  set_pages (&versions, 1,
             "[{\"title\":\"T\",\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"fileEmbed\","
             "\"attrs\":{\"id\":\"nobody\"}}]}}]");
  g_assert_false (save (versions.draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  assert_pages (&versions, 0, PAGES ("Mine", "one"));
  g_assert_cmpuint (gum_draft_get_n_changes (versions.draft), ==, 1);
  g_assert_nonnull (gum_draft_get_mine (versions.draft, versions.keys[1]));
}

/* No answer comes: what Gumroad has then settles it, and nothing is sent twice. */
static void
test_versions_lost (void)
{
  g_auto(Versions) versions = { 0 };
  g_autoptr(GError) error = NULL;

  versions_open (&versions);
  set_pages (&versions, 0, PAGES ("Mine", "one"));
  shop_add_fault (&versions.shop, "PUT /v2/products/:id/variant_categories/:cid/variants/:vid",
                  "\"kind\":\"drop\"");
  g_assert_true (save (versions.draft, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gum_draft_get_n_changes (versions.draft), ==, 0);
  g_assert_cmpuint (shop_count_requests (&versions.shop, "PUT", "/v2/products/"), ==, 1);
  assert_pages (&versions, 0, PAGES ("Mine", "one"));
}

/* Somebody makes one content of all, while pages of one version are being written. */
static void
test_versions_shared_meanwhile (void)
{
  g_auto(Versions) versions = { 0 };
  g_autoptr(GError) error = NULL;

  versions_open (&versions);
  set_pages (&versions, 1, PAGES ("New", "two"));
  shop_edit (&versions.shop, "{\"has_same_rich_content_for_all_variants\":true}");
  g_assert_false (save (versions.draft, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONTENT_SHARED);
  g_assert_cmpuint (gum_draft_get_n_changes (versions.draft), ==, 1);
  g_assert_cmpuint (shop_count_requests (&versions.shop, "PUT", "/v2/products/"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/draft/kept", test_draft_kept);
  g_test_add_func ("/store/draft/restored", test_draft_restored);
  g_test_add_func ("/store/draft/sent-again", test_draft_sent_again);
  g_test_add_func ("/store/draft/undo", test_draft_undo);
  g_test_add_func ("/store/draft/steps", test_draft_steps);
  g_test_add_func ("/store/draft/saved", test_draft_saved);
  g_test_add_func ("/store/draft/same", test_draft_same);
  g_test_add_func ("/store/draft/conflict", test_draft_conflict);
  g_test_add_func ("/store/draft/conflict-again", test_draft_conflict_again);
  g_test_add_func ("/store/draft/refused", test_draft_refused);
  g_test_add_func ("/store/draft/unclear", test_draft_unclear);
  g_test_add_func ("/store/draft/typed-meanwhile", test_draft_typed_meanwhile);
  g_test_add_func ("/store/draft/of-deleted", test_draft_of_deleted);
  g_test_add_func ("/store/draft/busy", test_draft_busy);
  g_test_add_func ("/store/draft/closed", test_draft_closed);

  g_test_add_data_func ("/store/draft/disk-full", GINT_TO_POINTER (FALSE), test_draft_disk_full);
  g_test_add_data_func ("/store/draft/disk-full-anew", GINT_TO_POINTER (TRUE), test_draft_disk_full);
  g_test_add_func ("/store/draft/conflict-meanwhile", test_draft_conflict_meanwhile);
  g_test_add_func ("/store/draft/agreed", test_draft_agreed);

  g_test_add_func ("/store/draft/versions", test_versions_saved);
  g_test_add_func ("/store/draft/versions-conflict", test_versions_conflict);
  g_test_add_func ("/store/draft/versions-refused", test_versions_refused);
  g_test_add_func ("/store/draft/versions-lost", test_versions_lost);
  g_test_add_func ("/store/draft/versions-shared-meanwhile", test_versions_shared_meanwhile);

  return g_test_run ();
}
