/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The section of the discount codes: its list, its states, and what is sent by it. */

#include "config.h"

#include "products-test.h"

#include "gum-batch-page.h"
#include "gum-batches.h"
#include "gum-code-facts.h"
#include "gum-code-fields.h"
#include "gum-code-form.h"
#include "gum-code-generate.h"
#include "gum-code-names.h"
#include "gum-code-sweep.h"
#include "gum-discounts-page.h"
#include "gum-json.h"
#include "gum-offer-code.h"
#include "gum-queue-private.h"
#include "gum-results-file.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define PRODUCT "RR5hjkZpcoaZbpXzDms6WQ=="

typedef struct {
  Products        shop;       /* with the page of the products in its window */
  GtkWidget      *page;
  GtkWidget      *window;
  GumRecords     *records;    /* unowned */
  GumRecordsPane *pane;
} Discounts;

static gboolean
is_over (gpointer data)
{
  return gum_records_get_loaded (data) && !gum_records_get_syncing (data);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static void
set_up_shop (Discounts *fixture,
             guint      n_products)
{
  products_set_up (&fixture->shop, n_products, 800, 600);
  products_sync (&fixture->shop);
}

static void
show_page (Discounts *fixture,
           int        width)
{
  fixture->records = gum_store_get_records (fixture->shop.store, GUM_RECORD_CODE);
  fixture->page = gum_discounts_page_new (fixture->shop.shop);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gum_test_wait_until (is_mapped, fixture->page);
  fixture->pane = gum_records_page_get_pane (GUM_RECORDS_PAGE (fixture->page));
}

static void
set_up (Discounts *fixture,
        guint      n_products,
        int        width)
{
  set_up_shop (fixture, n_products);
  show_page (fixture, width);
}

static void
read_all (Discounts *fixture)
{
  gum_section_refresh (GUM_SECTION (fixture->page));
  gum_test_wait_until (is_over, fixture->records);
}

static void
tear_down (Discounts *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  products_tear_down (&fixture->shop);
}

static guint
count_requests (Discounts  *fixture,
                const char *method,
                const char *part)
{
  g_autofree char *answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *requests;
  guint count = 0;

  gum_sandbox_control (fixture->shop.sandbox, "requests", "{}", &answer);
  node = json_from_string (answer, NULL);
  requests = gum_json_get_array (json_node_get_object (node), "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      count += strcmp (gum_json_get_string (request, "method"), method) == 0 &&
               strstr (gum_json_get_string (request, "path"), part) != NULL;
    }

  return count;
}

static GumRecord *
dup_code (Discounts  *fixture,
          const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (fixture->records), i);

      if (strcmp (gum_offer_code_get_name (gum_record_get_resource (record)), name) == 0)
        return g_steal_pointer (&record);
    }

  return NULL;
}

static guint
count_shown (Discounts *fixture)
{
  return g_list_model_get_n_items (gum_records_pane_get_shown (fixture->pane));
}

static gboolean
shows_row (gpointer data)
{
  return products_find (data, GUM_TYPE_RECORD_ROW) != NULL;
}

static gboolean
has_entry (gpointer data)
{
  return products_find (data, GTK_TYPE_SEARCH_ENTRY) != NULL;
}

/* --- the list --------------------------------------------------------------------------------- */

static void
test_list (void)
{
  Discounts fixture = { 0 };
  g_autoptr (GumRecord) code = NULL;
  g_auto (GumRecordLines) lines = { 0 };
  g_autofree char *link = NULL;
  guint n_all;
  GtkWidget *row;

  set_up (&fixture, 12, 1000);
  read_all (&fixture);
  gum_test_wait_until (shows_row, fixture.page);
  g_assert_null (gum_records_pane_get_status (fixture.pane));
  n_all = count_shown (&fixture);
  g_assert_cmpuint (n_all, >=, 5);
  row = products_find (fixture.page, GUM_TYPE_RECORD_ROW);
  gtk_test_accessible_assert_property (gtk_widget_get_parent (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       gum_record_row_get_label (GUM_RECORD_ROW (row)));

  code = dup_code (&fixture, "FIVEOFF");
  gum_code_look.describe (code, &lines);
  g_assert_cmpstr (lines.sentence, ==,
                   "FIVEOFF, $5.00 off, Tidewater Brushes for Procreate, 4 of 50 used");
  link = gum_code_facts_dup_link (code, fixture.shop.store);
  g_assert_true (g_str_has_suffix (link, "/FIVEOFF"));

  /* Filters and search. */
  gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "records.chip", "s", "universal");
  g_assert_cmpuint (count_shown (&fixture), ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "records.chip", "s", "spent");
  g_assert_cmpstr (gum_records_pane_get_status (fixture.pane), ==, "No Codes Used Up");
  gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "records.clear", NULL);
  g_assert_cmpuint (count_shown (&fixture), ==, n_all);
  gum_records_pane_set_product (fixture.pane, PRODUCT, "Tidewater");
  g_assert_cmpuint (count_shown (&fixture), <, n_all);
  gum_records_pane_set_product (fixture.pane, NULL, NULL);

  gum_section_start_search (GUM_SECTION (fixture.page));
  gum_test_wait_until (has_entry, fixture.page);
  gtk_editable_set_text (GTK_EDITABLE (products_find (fixture.page, GTK_TYPE_SEARCH_ENTRY)),
                         "musicienne-e");
  gum_test_settle ();
  g_assert_cmpuint (count_shown (&fixture), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (products_find (fixture.page, GTK_TYPE_SEARCH_ENTRY)),
                         "nothing like it");
  gum_test_settle ();
  g_assert_cmpstr (gum_records_pane_get_status (fixture.pane), ==,
                   "Nothing Matches “nothing like it”");
  tear_down (&fixture);
}

static void
test_states (void)
{
  Discounts fixture = { 0 };

  set_up_shop (&fixture, 3);
  products_control (&fixture.shop, "fault", "{\"match\":\"GET /v2/products/:id/offer_codes\","
                    "\"kind\":\"status\",\"status\":403,\"times\":0}");
  show_page (&fixture, 1000);
  read_all (&fixture);
  g_assert_cmpstr (gum_records_pane_get_status (fixture.pane), ==, "Not Allowed");
  products_control (&fixture.shop, "clear_faults", "{}");
  read_all (&fixture);
  gum_test_wait_until (shows_row, fixture.page);

  /* What was known stays, with a sentence. */
  products_control (&fixture.shop, "fault", "{\"match\":\"GET /v2/products/:id/offer_codes\","
                    "\"kind\":\"status\",\"status\":403,\"times\":0}");
  read_all (&fixture);
  g_assert_null (gum_records_pane_get_status (fixture.pane));
  products_wait_text (fixture.page, "Gumroad does not let this connection");
  tear_down (&fixture);
}

static void
test_narrow (void)
{
  Discounts fixture = { 0 };
  g_autoptr (GumRecord) code = NULL;
  int minimum = 0;

  set_up (&fixture, 12, 360);
  gum_section_set_folded (GUM_SECTION (fixture.page), TRUE);
  read_all (&fixture);
  gum_test_wait_until (shows_row, fixture.page);
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  code = dup_code (&fixture, "MUSICIENNE-É");
  if (code == NULL)
    code = dup_code (&fixture, "SEASIDE");
  gum_section_set_place (GUM_SECTION (fixture.page), gum_record_get_id (code));
  g_assert_true (gum_records_page_get_open (GUM_RECORDS_PAGE (fixture.page)) == code);
  gum_test_settle ();
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  tear_down (&fixture);
}

/* --- forms ------------------------------------------------------------------------------------ */

static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (ADW_IS_PREFERENCES_ROW (child) &&
          g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
        return child;
      found = find_row (child, title);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
type (GtkWidget  *form,
      const char *title,
      const char *text)
{
  GtkWidget *row = find_row (form, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
has_message (gpointer data)
{
  return gum_form_window_get_message (data) != NULL && !gum_form_window_is_busy (data);
}

static gboolean
is_closed (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static GtkWidget *
show_form (Discounts *fixture,
           GtkWidget *form)
{
  gum_form_window_set_owner (GUM_FORM_WINDOW (form), fixture->page);
  gtk_window_present (GTK_WINDOW (form));
  gum_test_wait_until (is_mapped, form);

  return form;
}

static void
test_create (void)
{
  Discounts fixture = { 0 };
  g_autoptr (GumRecord) made = NULL;
  GtkWidget *form;

  set_up (&fixture, 3, 1000);
  read_all (&fixture);
  form = show_form (&fixture, gum_code_form_new (fixture.shop.store, PRODUCT));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);

  /* Said beside the field, before anything is sent. */
  type (form, "Code", "TWO WORDS");
  g_assert_cmpstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), ==,
                   "A code consists of letters, digits, dashes and underscores.");
  type (form, "Code", "seaside");
  g_assert_cmpstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), ==,
                   "There is a code of this name already.");
  type (form, "Code", "HARBOUR");
  type (form, "Discount", "101");
  g_assert_cmpstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), ==,
                   "Enter a whole number from 0 to 100.");
  type (form, "Discount", "98");
  g_assert_true (g_str_has_prefix (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                                   "What is left to pay"));
  type (form, "Discount", "50 %");
  g_assert_cmpstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), ==,
                   "$18.00 becomes $9.00.");
  type (form, "Uses", "0");
  g_assert_true (g_str_has_prefix (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                                   "Enter a whole number of uses"));
  type (form, "Uses", "3");
  g_assert_cmpuint (count_requests (&fixture, "POST", "/offer_codes"), ==, 0);

  /* What Gumroad refuses is said in its words, and the form stays. */
  products_control (&fixture.shop, "fault", "{\"match\":\"POST /v2/products/:id/offer_codes\","
                    "\"kind\":\"success_false\",\"message\":\"Not today.\"}");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (has_message, form);
  g_assert_nonnull (strstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), "Not today."));

  /* What may have been carried out is not sent again by a second press. */
  products_control (&fixture.shop, "fault", "{\"match\":\"POST /v2/products/:id/offer_codes\","
                    "\"kind\":\"drop_before\"}");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (has_message, form);
  g_assert_nonnull (strstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                            "may or may not have been made"));
  /* It would be counted with the next. */
  gtk_widget_activate_action (form, "form.apply", NULL);

  type (form, "Uses", "");
  type (form, "Uses", "3");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  g_assert_cmpuint (count_requests (&fixture, "POST", "/offer_codes"), ==, 3);
  made = dup_code (&fixture, "HARBOUR");
  g_assert_nonnull (made);
  g_assert_cmpint (gum_offer_code_get_amount (gum_record_get_resource (made)), ==, 50);
  g_assert_cmpint (gum_offer_code_get_limit (gum_record_get_resource (made)), ==, 3);

  /* Only what changed is sent. */
  form = show_form (&fixture, gum_code_form_new_edit (fixture.shop.store, made));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  type (form, "Uses", "");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  g_clear_object (&made);
  made = dup_code (&fixture, "HARBOUR");
  g_assert_cmpint (gum_offer_code_get_limit (gum_record_get_resource (made)), ==, -1);
  tear_down (&fixture);
}

/* What the queue was given, and a page of it in the window. */
typedef struct {
  GumBatches *batches;
  GtkWidget  *window;
  GtkWidget  *page;
} Sent;

static gboolean
has_batch (gpointer batches)
{
  return g_list_model_get_n_items (batches) > 0;
}

static void
sent_open (Sent      *sent,
           Discounts *fixture)
{
  g_autoptr (GumBatch) batch = NULL;
  GtkWidget *toasts = adw_toast_overlay_new ();

  sent->batches = gum_batches_new (fixture->shop.store);
  gum_test_wait_until (has_batch, sent->batches);
  batch = g_list_model_get_item (G_LIST_MODEL (sent->batches), 0);
  sent->page = gum_batch_page_new (fixture->shop.store, batch);
  sent->window = adw_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), sent->page);
  adw_window_set_content (ADW_WINDOW (sent->window), toasts);
  gtk_window_present (GTK_WINDOW (sent->window));
}

static void
sent_close (Sent *sent)
{
  gtk_window_destroy (GTK_WINDOW (sent->window));
  g_clear_object (&sent->batches);
}

/* Answers the only question that is open. */
static void
answer (const char *response)
{
  GtkWidget *dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
  products_wait_no_window (ADW_TYPE_MESSAGE_DIALOG);
}

/* A page in a window that has toasts. */
static void
show_page_with_toasts (Discounts *fixture)
{
  GtkWidget *toasts = adw_toast_overlay_new ();

  show_page (fixture, 1000);
  g_object_ref (fixture->page);
  adw_window_set_content (ADW_WINDOW (fixture->window), toasts);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), fixture->page);
  g_object_unref (fixture->page);
  gum_test_wait_until (is_mapped, fixture->page);
}

static guint
count_made (Discounts *fixture)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (fixture->records), i);

      n += g_str_has_prefix (gum_offer_code_get_name (gum_record_get_resource (record)), "PYCON-");
    }

  return n;
}

static gboolean
has_one_made (gpointer fixture)
{
  return count_made (fixture) == 1;
}

static gboolean
has_all_made (gpointer fixture)
{
  return count_made (fixture) == 4;
}

static gboolean
has_none_made (gpointer fixture)
{
  return count_made (fixture) == 0;
}

/* The form only gives them to the queue. It is closed while they are sent, Gumroad wants a pause meanwhile,
 * and all of them come; what became of them can be saved at any time; taken back, they go again. */
static void
test_generate (void)
{
  Discounts fixture = { 0 };
  Sent sent = { 0 };
  GtkWidget *form;
  GumQueue *queue;

  set_up_shop (&fixture, 3);
  show_page_with_toasts (&fixture);
  read_all (&fixture);
  queue = gum_store_get_queue (fixture.shop.store);
  _gum_queue_set_time_scale (queue, 1000);
  form = show_form (&fixture, gum_code_generate_new (fixture.shop.store, PRODUCT));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  type (form, "Beginning", "PYCON-#");
  g_assert_true (g_str_has_prefix (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                                   "There are too few different codes"));
  type (form, "Beginning", "PYCON");
  type (form, "How many", "400");
  type (form, "Discount", "30");
  g_assert_nonnull (products_find_text (form, "PYCON-"));
  g_assert_nonnull (products_find_text (form, "and 395 more"));
  g_assert_nonnull (products_find_text (form, "It takes about 5 days"));
  g_assert_nonnull (products_find_text (form, "finds only 300 codes"));
  type (form, "How many", "4");
  g_assert_null (gum_form_window_get_message (GUM_FORM_WINDOW (form)));
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  products_wait_text (fixture.window, "4 codes are being created");

  /* The first is there, and the next one has to wait its time. */
  gum_test_wait_until (has_one_made, &fixture);
  sent_open (&sent, &fixture);
  products_wait_text (sent.page, "1 done, 3 waiting");
  products_wait_text (sent.page, "Save Results…");
  g_assert_null (products_find_text (sent.page, "Revert"));
  g_assert_cmpuint (count_requests (&fixture, "POST", "/offer_codes"), ==, 1);

  products_control (&fixture.shop, "fault", "{\"match\":\"POST /v2/products/:id/offer_codes\","
                    "\"kind\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"0\"}}");
  gtk_widget_activate_action (sent.page, "batch.pause", NULL);
  products_wait_text (sent.page, "Paused");
  _gum_queue_set_time_scale (queue, 0.001);
  gtk_widget_activate_action (sent.page, "batch.go", NULL);
  products_wait_text (sent.page, "4 done");
  gum_test_wait_until (has_all_made, &fixture);
  g_assert_cmpuint (count_requests (&fixture, "POST", "/offer_codes"), ==, 5);

  /* They may have been given out: it asks. */
  products_wait_text (sent.page, "Revert");
  gtk_widget_activate_action (sent.page, "batch.revert", NULL);
  answer ("cancel");
  gtk_widget_activate_action (sent.page, "batch.revert", NULL);
  g_assert_cmpuint (count_requests (&fixture, "DELETE", "/offer_codes"), ==, 0);
  answer ("delete");
  gum_test_wait_until (has_none_made, &fixture);
  g_assert_cmpuint (count_requests (&fixture, "DELETE", "/offer_codes"), ==, 4);
  sent_close (&sent);
  tear_down (&fixture);
}

/* A line for each, also of those that wait, were refused or were stopped. */
static void
test_results (void)
{
  Discounts fixture = { 0 };
  Sent sent = { 0 };
  GumJournal *journal;
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GumWrites) list = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *path = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *saved = NULL;
  gint64 batch;

  set_up (&fixture, 3, 1000);
  read_all (&fixture);
  journal = gum_store_get_journal (fixture.shop.store);
  _gum_queue_set_time_scale (gum_store_get_queue (fixture.shop.store), 0.001);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) body = json_object_new ();

      json_object_set_string_member (body, "name", i == 0 ? "PYCON-1" : "SEASIDE");
      json_object_set_int_member (body, "amount_off", 10);
      json_object_set_string_member (body, "offer_type", "percent");
      g_ptr_array_add (writes, gum_records_new_create (fixture.records, PRODUCT,
                                                       i == 0 ? "PYCON-\"1\"" : "SEASIDE", body));
    }
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_CODES, "PYCON", 0, GUM_BATCH_PAUSED, writes,
                               gum_test_result_cb, &result);
  batch = gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), NULL);
  sent_open (&sent, &fixture);
  list = gum_writes_new (fixture.shop.store, batch);
  gum_test_wait_until (has_batch, list);
  waiting = gum_results_file_dup_text (list);
  g_assert_cmpstr (waiting, ==, "\"code\",\"result\",\"reason\"\r\n\"PYCON-\"\"1\"\"\",\"waiting\",\"\"\r\n"
                   "\"SEASIDE\",\"waiting\",\"\"\r\n");

  products_wait_text (sent.page, "2 waiting");
  gtk_widget_activate_action (sent.page, "batch.go", NULL);
  products_wait_text (sent.page, "1 done, 1 failed");
  gum_test_settle ();
  ended = gum_results_file_dup_text (list);
  g_assert_true (g_str_has_prefix (ended, "\"code\",\"result\",\"reason\"\r\n\"PYCON-\"\"1\"\"\",\"done\",\"\"\r\n"
                                   "\"SEASIDE\",\"failed\",\"Gumroad"));

  missing = g_build_filename (fixture.shop.directory, "no", "such", "codes.csv", NULL);
  gum_results_file_save (sent.page, list, missing);
  products_wait_text (sent.window, "The results could not be saved there");
  path = g_build_filename (fixture.shop.directory, "codes.csv", NULL);
  gum_results_file_save (sent.page, list, path);
  products_wait_text (sent.window, "The results were saved");
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, ended);
  g_remove (path);
  sent_close (&sent);
  tear_down (&fixture);
}

static gboolean
is_swept (gpointer fixture)
{
  g_autoptr (GumRecord) spent = dup_code (fixture, "SPENT");

  return spent == NULL;
}

static void
test_sweep (void)
{
  Discounts fixture = { 0 };
  Sent sent = { 0 };
  GtkWidget *form;

  set_up_shop (&fixture, 3);
  products_control (&fixture.shop, "edit", "{\"id\":\"" PRODUCT "\",\"set\":{\"_offer_codes\":["
                    "{\"id\":\"a==\",\"name\":\"SPENT\",\"universal\":false,\"max_purchase_count\":1,"
                    "\"times_used\":1,\"percent_off\":10},"
                    "{\"id\":\"b==\",\"name\":\"FRESH\",\"universal\":false,\"max_purchase_count\":1,"
                    "\"times_used\":0,\"percent_off\":10},"
                    "{\"id\":\"c==\",\"name\":\"OPEN\",\"universal\":false,\"max_purchase_count\":null,"
                    "\"times_used\":9,\"percent_off\":10}]}}");
  show_page_with_toasts (&fixture);
  read_all (&fixture);
  form = show_form (&fixture, gum_code_sweep_new (fixture.shop.store));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  g_assert_cmpuint (gum_code_sweep_count (GUM_CODE_SWEEP (form)), ==, 1);
  g_assert_nonnull (products_find_text (form, "1 code will be deleted"));
  /* It asks first. */
  gtk_widget_activate_action (form, "form.apply", NULL);
  answer ("cancel");
  g_assert_cmpuint (count_requests (&fixture, "DELETE", "/offer_codes"), ==, 0);
  gtk_widget_activate_action (form, "form.apply", NULL);
  answer ("delete");
  gum_test_wait_until (is_closed, &form);
  products_wait_text (fixture.window, "1 code is being deleted");
  gum_test_wait_until (is_swept, &fixture);
  g_assert_cmpuint (count_requests (&fixture, "DELETE", "/offer_codes"), ==, 1);
  sent_open (&sent, &fixture);
  products_wait_text (sent.page, "Save Results…");
  g_assert_null (products_find_text (sent.page, "Revert"));
  sent_close (&sent);
  tear_down (&fixture);
}

/* --- names ------------------------------------------------------------------------------------ */

static void
test_names (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = gum_code_names_make ("AB-####_", 500, taken, &error);
  g_auto (GStrv) prefixed = gum_code_names_make ("X", 3, taken, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 500; i++)
    {
      g_assert_true (g_str_has_prefix (names[i], "AB-") && g_str_has_suffix (names[i], "_"));
      g_assert_cmpuint (strcspn (names[i] + 3, "0O1Il"), ==, 5);
      g_assert_true (g_hash_table_add (seen, names[i]));
    }
  g_assert_cmpuint (strlen (prefixed[0]), ==, 10);
  g_assert_nonnull (gum_code_names_check ("A B", 1));
  g_assert_nonnull (gum_code_names_check ("A-#", 10));
  g_assert_null (gum_code_names_check ("", 10));

  /* Every name of the pattern is taken. */
  for (const char *a = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; *a != '\0'; a++)
    for (const char *b = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; *b != '\0'; b++)
      {
        g_autofree char *name = g_strdup_printf ("%c%c", *a, *b);

        g_hash_table_add (taken, g_utf8_casefold (name, -1));
      }
  g_assert_null (gum_code_names_make ("##", 1, taken, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
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

  g_test_add_func ("/discounts/names", test_names);
  g_test_add_func ("/discounts/list", test_list);
  g_test_add_func ("/discounts/states", test_states);
  g_test_add_func ("/discounts/narrow", test_narrow);
  g_test_add_func ("/discounts/create", test_create);
  g_test_add_func ("/discounts/generate", test_generate);
  g_test_add_func ("/discounts/results", test_results);
  g_test_add_func ("/discounts/sweep", test_sweep);

  return g_test_run ();
}
