/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Activity: what a batch looks like, what can be done about it, and what is copied. */

#include "config.h"

#include "products-test.h"

#include "gum-activity-page.h"
#include "gum-batch-line.h"
#include "gum-batch-page.h"
#include "gum-batch-words.h"
#include "gum-deliveries.h"
#include "gum-delivery-line.h"
#include "gum-draft-line.h"
#include "gum-journal.h"
#include "gum-queue.h"
#include "gum-status.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

typedef struct {
  Products   products;
  GtkWidget *window;
  GtkWidget *page;
  char      *opened;      /* what win.product was asked for last */
} Activity;

static void
product_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  Activity *fixture = data;

  g_free (fixture->opened);
  fixture->opened = g_variant_print (parameter, FALSE);
}

static void
activity_set_up (Activity *fixture,
                 int       width)
{
  const GActionEntry entries[] = { { "product", product_cb, "(ss)" } };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();

  products_set_up (&fixture->products, 3, width, 700);
  products_sync (&fixture->products);
  products_wait_listed (&fixture->products, 3);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, fixture);
  fixture->page = g_object_new (GUM_TYPE_ACTIVITY_PAGE, "shop", fixture->products.shop,
                                "title", "Activity", NULL);
  fixture->window = g_object_new (GTK_TYPE_WINDOW, "default-width", width, "default-height", 700,
                                  "child", toasts, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), fixture->page);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gum_test_settle ();
}

static void
activity_tear_down (Activity *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gum_test_settle ();
  products_tear_down (&fixture->products);
  g_free (fixture->opened);
}

static void
add_batch (Activity *fixture)
{
  GumJournal *journal = gum_store_get_journal (fixture->products.store);
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GumProduct) product = products_dup_at (&fixture->products, i);

      g_ptr_array_add (writes,
                       gum_write_new_publish (gum_resource_get_id (GUM_RESOURCE (product)),
                                              i == 0 ? "First" : "Second",
                                              !gum_product_is_published (product)));
    }
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_BULK, "Summer Sale", 0, GUM_BATCH_PAUSED,
                               writes, gum_test_result_cb, &result);
  gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

/* Opens the first row of that type, as Return does. */
static void
open_line (GtkWidget *root,
           GType      type)
{
  GtkWidget *line = products_wait_widget (root, type);

  g_signal_emit_by_name (gtk_widget_get_parent (line), "row-activated", line);
  gum_test_settle ();
}

/* Only what can be done can be seen. */
static void
press (GtkWidget  *root,
       const char *text)
{
  GtkWidget *button;

  products_wait_text (root, text);
  button = gtk_widget_get_ancestor (products_find_text (root, text), GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  gum_test_settle ();
}

typedef struct {
  GumProduct *product;
  const char *name;
} Named;

static gboolean
has_name (gpointer data)
{
  Named *named = data;

  return g_strcmp0 (gum_product_get_name (named->product), named->name) == 0;
}

static void
test_empty (void)
{
  Activity fixture = { 0 };

  activity_set_up (&fixture, 360);
  products_wait_text (fixture.page, "Nothing Yet");
  g_assert_false (gum_section_go_back (GUM_SECTION (fixture.page)));
  activity_tear_down (&fixture);
}

static void
test_batch (void)
{
  Activity fixture = { 0 };
  GtkWidget *button;

  activity_set_up (&fixture, 360);
  add_batch (&fixture);
  products_wait_text (fixture.page, "Summer Sale");
  open_line (fixture.page, GUM_TYPE_BATCH_LINE);

  /* Paused: it can go on, and nothing can be taken back yet. */
  products_wait_text (fixture.page, "Second");
  button = products_find_text (fixture.page, "Go On");
  g_assert_nonnull (button);
  g_assert_null (products_find_text (fixture.page, "Revert"));
  g_assert_true (gtk_widget_activate_action (button, "batch.go", NULL));
  products_wait_text (fixture.page, "2 done");
  /* All can be done before the batch is over, and only then it can be taken back. */
  products_wait_text (fixture.page, "Revert");
  g_assert_true (gtk_widget_activate_action (button, "batch.revert", NULL));

  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  products_wait_text (fixture.page, "Undo what was changed: Summer Sale");
  activity_tear_down (&fixture);
}

static gboolean
shows (GtkWidget  *root,
       const char *button)
{
  return products_find_text (root, button) != NULL;
}

static gboolean
send_rename (Activity   *fixture,
             GumProduct *product,
             const char *name)
{
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GAsyncResult) sent = NULL;

  json_object_set_string_member (before, "name", gum_product_get_name (product));
  json_object_set_string_member (body, "name", name);
  write = gum_write_new_update (gum_resource_get_id (GUM_RESOURCE (product)),
                                gum_product_get_name (product), body, before);
  gum_journal_send_async (gum_store_get_journal (fixture->products.store), write, NULL,
                          gum_test_result_cb, &sent);

  return gum_journal_send_finish (gum_store_get_journal (fixture->products.store),
                                  gum_test_wait_result (&sent), NULL);
}

/* A single save: refused, it can be sent again; done, it can be taken back; and it leads to its product. What is
 * copied says what happened, and nothing of what was sent. */
static void
test_single (void)
{
  Activity fixture = { 0 };
  g_autoptr(GumProduct) product = NULL;
  g_autofree char *name = NULL;
  g_autofree char *copied = NULL;
  g_autoptr(GAsyncResult) read = NULL;
  GdkClipboard *clipboard;

  activity_set_up (&fixture, 800);
  product = products_dup_at (&fixture.products, 0);
  name = g_strdup (gum_product_get_name (product));
  products_control (&fixture.products, "fault", "{\"match\":\"PUT /v2/products/:id\","
                    "\"kind\":\"success_false\",\"message\":\"Not now.\"}");
  g_assert_false (send_rename (&fixture, product, "Entirely New"));

  products_wait_text (fixture.page, "Not now.");
  open_line (fixture.page, GUM_TYPE_BATCH_LINE);
  press (fixture.page, "Copy Details");
  g_assert_false (shows (fixture.page, "Revert"));
  clipboard = gtk_widget_get_clipboard (fixture.page);
  gdk_clipboard_read_text_async (clipboard, NULL, gum_test_result_cb, &read);
  copied = gdk_clipboard_read_text_finish (clipboard, gum_test_wait_result (&read), NULL);
  g_assert_nonnull (strstr (copied, "Not now."));
  g_assert_nonnull (strstr (copied, name));
  g_assert_null (strstr (copied, "Entirely New"));
  g_assert_null (strstr (copied, gum_resource_get_id (GUM_RESOURCE (product))));

  press (fixture.page, "Retry");
  products_wait_text (fixture.page, "Done");
  gum_test_wait_until (has_name, &(Named) { product, "Entirely New" });
  products_wait_text (fixture.page, "Revert");
  products_wait_no_text (fixture.page, "Retry");
  press (fixture.page, "Open Product");
  g_assert_nonnull (strstr (fixture.opened, gum_resource_get_id (GUM_RESOURCE (product))));
  press (fixture.page, "Revert");
  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  products_wait_text (fixture.page, "Undo what was changed: ");
  gum_test_wait_until (has_name, &(Named) { product, name });
  activity_tear_down (&fixture);
}

/* Whoever has looked at Gumroad may say what became of a write that nothing proves, but only when Gumroad has been
 * asked; what was not done can be sent again. */
static void
test_settle (void)
{
  Activity fixture = { 0 };
  g_autoptr(GumProduct) product = NULL;

  activity_set_up (&fixture, 800);
  product = products_dup_at (&fixture.products, 0);
  products_control (&fixture.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"drop_before\"}");
  g_assert_false (send_rename (&fixture, product, "Entirely New"));
  products_wait_text (fixture.page, "Save “");
  open_line (fixture.page, GUM_TYPE_BATCH_LINE);
  products_wait_text (fixture.page, "Check Again");
  g_assert_false (shows (fixture.page, "It Was Done"));
  g_assert_false (shows (fixture.page, "Retry"));

  /* Where the question is refused nobody knows more than before. */
  products_control (&fixture.products, "fault", "{\"match\":\"GET /v2/products/:id\",\"kind\":\"status\",\"status\":403}");
  press (fixture.page, "Check Again");
  products_wait_text (fixture.page, "Check Again");
  g_assert_false (shows (fixture.page, "It Was Done"));

  press (fixture.page, "Check Again");
  products_wait_text (fixture.page, "It Was Done");
  press (fixture.page, "It Was Not Done");
  products_wait_text (fixture.page, "It was not done");
  products_wait_no_text (fixture.page, "It Was");
  products_wait_text (fixture.page, "Retry");
  press (fixture.page, "Retry");
  gum_test_wait_until (has_name, &(Named) { product, "Entirely New" });
  products_wait_no_text (fixture.page, "Check Again");
  activity_tear_down (&fixture);
}

static GtkWidget *
get_focus (Activity *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

/* No button has the keyboard that somebody else meant; what was stopped can be sent after all, and a button that
 * goes leaves the keyboard on the page. */
static void
test_stop (void)
{
  Activity fixture = { 0 };
  GtkWidget *button;

  activity_set_up (&fixture, 360);
  add_batch (&fixture);
  products_wait_text (fixture.page, "Summer Sale");
  open_line (fixture.page, GUM_TYPE_BATCH_LINE);
  products_wait_text (fixture.page, "Second");
  g_assert_true (GUM_IS_BATCH_PAGE (get_focus (&fixture)));
  button = gtk_widget_get_ancestor (products_find_text (fixture.page, "Stop"), GTK_TYPE_BUTTON);
  gtk_widget_grab_focus (button);
  g_assert_true (get_focus (&fixture) == button);
  g_signal_emit_by_name (button, "clicked");
  products_wait_text (fixture.page, "2 not sent");
  products_wait_no_text (fixture.page, "Stop");
  g_assert_true (GUM_IS_BATCH_PAGE (get_focus (&fixture)));
  g_assert_null (products_find_text (fixture.page, "Retry"));

  press (fixture.page, "Send the Rest");
  products_wait_text (fixture.page, "2 done");
  products_wait_no_text (fixture.page, "Send the Rest");
  activity_tear_down (&fixture);
}

/* What did not work is at the top, with what was to be changed; a row leads to its product. */
static void
test_rows (void)
{
  Activity fixture = { 0 };
  GumJournal *journal;
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *id = NULL;
  GtkWidget *list, *first;

  activity_set_up (&fixture, 800);
  journal = gum_store_get_journal (fixture.products.store);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GumProduct) product = products_dup_at (&fixture.products, i);
      g_autoptr(JsonObject) body = json_object_new ();
      g_autoptr(JsonObject) before = json_object_new ();
      g_autofree char *set = NULL;

      g_free (id);
      id = g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
      set = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"price\":1000,\"currency\":\"usd\"}}", id);
      products_control (&fixture.products, "edit", set);
      json_object_set_int_member (body, "price", 1099);
      json_object_set_int_member (before, "price", i == 2 ? 900 : 1000);
      g_ptr_array_add (writes, gum_write_new_update (id, i == 2 ? "Other" : "One", body, before));
    }
  products_sync (&fixture.products);
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_BULK, "Prices", 0, GUM_BATCH_RUNNING, writes,
                               gum_test_result_cb, &result);
  gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), NULL);
  products_wait_text (fixture.page, "2 done, 1 changed");
  open_line (fixture.page, GUM_TYPE_BATCH_LINE);
  products_wait_text (fixture.page, "Price: $10.00 → $10.99 · Done");

  list = products_find (fixture.page, GTK_TYPE_LIST_VIEW);
  first = products_find_text (list, "Other");
  g_assert_nonnull (products_find_text (gtk_widget_get_parent (first), "$9.00 → $10.99 · Not sent"));
  g_assert_true (gtk_widget_get_first_child (list) ==
                 gtk_widget_get_parent (gtk_widget_get_parent (first)));
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_nonnull (strstr (fixture.opened, id));
  activity_tear_down (&fixture);
}

/* What cannot be sent again as it stands is not offered to be. */
static void
test_not_repeated (void)
{
  Activity fixture = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GAsyncResult) sent = NULL;
  GumJournal *journal;

  activity_set_up (&fixture, 800);
  journal = gum_store_get_journal (fixture.products.store);
  write = gum_write_new (GUM_WRITE_KIND_FILE_ADD, "PUT", "products/gone", "gone", "Pens", NULL, NULL);
  gum_journal_send_async (journal, write, NULL, gum_test_result_cb, &sent);
  g_assert_false (gum_journal_send_finish (journal, gum_test_wait_result (&sent), NULL));
  products_wait_text (fixture.page, "Add a file to “Pens”");
  open_line (fixture.page, GUM_TYPE_BATCH_LINE);
  products_wait_text (fixture.page, "Copy Details");
  g_assert_false (shows (fixture.page, "Retry"));
  g_assert_false (shows (fixture.page, "Revert"));
  g_assert_false (shows (fixture.page, "Open Product"));
  activity_tear_down (&fixture);
}

static GumDraft *
write_draft (Activity   *fixture,
             guint       position,
             const char *key)
{
  g_autoptr(GumProduct) product = products_dup_at (&fixture->products, position);
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), "Mine");
  GumDraft *draft = gum_drafts_dup_draft (gum_store_get_drafts (fixture->products.store),
                                          gum_resource_get_id (GUM_RESOURCE (product)), NULL);

  gum_draft_set_value (draft, key, value, gum_resource_get_json (GUM_RESOURCE (product)));

  return draft;
}

/* Every draft is listed with what was changed, opens its form, and can be discarded and got back. */
static void
test_drafts (void)
{
  Activity fixture = { 0 };
  g_autoptr(GumDraft) first = NULL;
  g_autoptr(GumDraft) second = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autofree char *expected = NULL;
  GtkWidget *line;

  activity_set_up (&fixture, 360);
  first = write_draft (&fixture, 0, "name");
  products_wait_text (fixture.page, "Drafts");
  second = write_draft (&fixture, 1, "custom_summary");
  products_wait_text (fixture.page, "Summary");
  product = products_dup_at (&fixture.products, 1);
  g_assert_nonnull (products_find_text (fixture.page, gum_product_get_name (product)));
  g_assert_nonnull (products_find_text (fixture.page, "Name · "));

  open_line (fixture.page, GUM_TYPE_DRAFT_LINE);
  expected = g_strdup_printf ("('%s', 'product.edit')",
                              gum_resource_get_id (GUM_RESOURCE (product)));
  g_assert_cmpstr (fixture.opened, ==, expected);

  line = products_find (fixture.page, GUM_TYPE_DRAFT_LINE);
  g_assert_true (gtk_widget_activate_action (line, "draft.discard", NULL));
  products_wait_no_text (fixture.page, "Summary");
  g_assert_cmpuint (gum_draft_get_n_changes (second), ==, 0);
  g_assert_cmpuint (gum_draft_get_n_changes (first), ==, 1);
  products_wait_text (fixture.window, "Draft discarded");
  press (fixture.window, "Undo");
  products_wait_text (fixture.page, "Summary");
  g_assert_cmpuint (gum_draft_get_n_changes (second), ==, 1);

  gum_draft_discard (first);
  gum_draft_discard (second);
  products_wait_text (fixture.page, "Nothing Yet");
  activity_tear_down (&fixture);
}

static GFile *
write_file (Activity *fixture)
{
  g_autofree char *path = g_build_filename (fixture->products.directory, "film.mp4", NULL);
  g_autofree char *content = g_strnfill (200000, 'x');

  g_assert_true (g_file_set_contents (path, content, 200000, NULL));

  return g_file_new_for_path (path);
}

/* Cancel or Try Again, whichever can be seen. */
static void
press_line (GtkWidget *root)
{
  g_signal_emit_by_name (products_find (products_find (root, GUM_TYPE_DELIVERY_LINE), GTK_TYPE_BUTTON),
                         "clicked");
}

/* A file on its way says how far it is, is cancelled, sent again, and leads to its product. */
static void
test_uploads (void)
{
  Activity fixture = { 0 };
  g_autoptr(GFile) file = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autofree char *expected = NULL;

  activity_set_up (&fixture, 360);
  /* Not over before it is cancelled, however long that takes. */
  products_control (&fixture.products, "set_storage", "{\"bytes_per_second\":500}");
  file = write_file (&fixture);
  product = products_dup_at (&fixture.products, 0);
  gum_deliveries_add (gum_store_get_deliveries (fixture.products.store),
                      gum_resource_get_id (GUM_RESOURCE (product)), gum_product_get_name (product),
                      file, NULL, NULL, NULL);
  products_wait_text (fixture.page, "film.mp4 for “");
  products_wait_text (fixture.page, " of 200.0\302\240kB");
  press_line (fixture.page);
  products_wait_text (fixture.page, "Cancelled. The product is as it was.");

  products_control (&fixture.products, "set_storage", "{\"bytes_per_second\":0}");
  press_line (fixture.page);
  products_wait_text (fixture.page, "just now · Done: buyers get it");
  open_line (fixture.page, GUM_TYPE_DELIVERY_LINE);
  expected = g_strdup_printf ("('%s', 'product.edit-files')",
                              gum_resource_get_id (GUM_RESOURCE (product)));
  g_assert_cmpstr (fixture.opened, ==, expected);
  /* What was sent for it stands below. */
  products_wait_text (fixture.page, "Add a file to “");
  press (fixture.page, "Clear Done");
  products_wait_no_text (fixture.page, "Done: buyers get it");
  activity_tear_down (&fixture);
}

static void
test_words (void)
{
  static const struct {
    gint64      seconds;
    const char *words;
  } cases[] = {
    { 0, "less than a minute" },
    { 49, "less than a minute" },
    { 61, "about 2 minutes" },
    { 60, "about 1 minute" },
    { 3600, "about 60 minutes" },
    { 2 * 3600, "about 2 hours" },
    { 9 * 3600, "about 9 hours" },
    { 72 * 3600, "about 4 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = gum_batch_words_dup_time (cases[i].seconds * G_USEC_PER_SEC);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Whatever the store can send has words of its own. */
static void
test_kinds (void)
{
  static const char * const batches[] = {
    GUM_BATCH_KIND_BULK, GUM_BATCH_KIND_REVERT, GUM_BATCH_KIND_CODES, GUM_BATCH_KIND_SWEEP,
  };
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint n = gum_write_kinds_get_n ();

  g_hash_table_add (known, gum_batch_words_dup_kind ("of a newer program", "Pens"));
  g_assert_true (g_hash_table_contains (known, "Change “Pens”"));
  for (guint i = 0; i < n + G_N_ELEMENTS (batches); i++)
    {
      const char *kind = i < n ? gum_write_kinds_get (i) : batches[i - n];
      char *words = gum_batch_words_dup_kind (kind, "Pens");

      if (!g_hash_table_add (known, words))
        g_error ("No words for the kind \"%s\"", kind);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  gum_ui_init ();

  g_test_add_func ("/activity/empty", test_empty);
  g_test_add_func ("/activity/batch", test_batch);
  g_test_add_func ("/activity/single", test_single);
  g_test_add_func ("/activity/not-repeated", test_not_repeated);
  g_test_add_func ("/activity/stop", test_stop);
  g_test_add_func ("/activity/rows", test_rows);
  g_test_add_func ("/activity/settle", test_settle);
  g_test_add_func ("/activity/drafts", test_drafts);
  g_test_add_func ("/activity/uploads", test_uploads);
  g_test_add_func ("/activity/words", test_words);
  g_test_add_func ("/activity/kinds", test_kinds);

  return g_test_run ();
}
