/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing many products: from the selection to what is on the wire. */

#include "config.h"

#include "products-test.h"

#include "gum-bulk-code.h"
#include "gum-bulk-price.h"
#include "gum-bulk-tags.h"
#include "gum-bulk-window.h"
#include "gum-category-chooser.h"
#include "gum-change-page.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-queue-watch.h"
#include "gum-product-values.h"
#include "gum-queue-private.h"
#include "gum-section.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>

#define N 6

typedef struct {
  Products   products;
  GtkWidget *window;
} Bulk;

/* Prices as sold, in the order of the list: the newest first. */
static void
bulk_set_up (Bulk               *fixture,
             int                 width,
             const char * const *sets)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  products_set_up (&fixture->products, N, width, 700);
  /* As the window has it. */
  g_object_ref (fixture->products.page);
  adw_window_set_content (ADW_WINDOW (fixture->products.window), overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), fixture->products.page);
  g_object_unref (fixture->products.page);
  products_sync (&fixture->products);
  products_wait_listed (&fixture->products, N);
  for (guint i = 0; i < N; i++)
    {
      g_autoptr(GumProduct) product = products_dup_at (&fixture->products, i);
      g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"set\":%s}",
                                               gum_resource_get_id (GUM_RESOURCE (product)),
                                               sets[i]);

      products_control (&fixture->products, "edit", args);
    }
  products_sync (&fixture->products);
  products_control (&fixture->products, "requests", "{\"clear\":true}");
  _gum_queue_set_time_scale (gum_store_get_queue (fixture->products.store), 0.001);

  gtk_widget_activate_action (GTK_WIDGET (fixture->products.pane), "products.select-all", NULL);
  fixture->window = products_wait_window (GUM_TYPE_BULK_WINDOW);
  products_wait_text (fixture->window, "6 selected");
}

static void
bulk_tear_down (Bulk *fixture)
{
  GtkWidget *window = products_find_window (GUM_TYPE_BULK_WINDOW);

  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  gum_test_settle ();
  products_tear_down (&fixture->products);
}

static const char * const same[N] = {
  "{\"name\":\"A\",\"price\":1000,\"tags\":[\"x\"]}", "{\"name\":\"B\",\"price\":2000}",
  "{\"name\":\"C\",\"price\":0}", "{\"name\":\"D\",\"price\":99}",
  "{\"name\":\"E\",\"price\":1500}", "{\"name\":\"F\",\"price\":1000}",
};

static GumChangeSet *
wait_changes (Bulk *fixture)
{
  GtkWidget *page;

  products_wait_text (fixture->window, "All");
  page = products_find (fixture->window, GUM_TYPE_CHANGE_PAGE);
  g_assert_nonnull (page);

  return gum_change_page_get_set (GUM_CHANGE_PAGE (page));
}

static void
type_in (GtkWidget  *form,
         const char *text)
{
  GtkWidget *entry = products_find (form, ADW_TYPE_ENTRY_ROW);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
press_return (GtkWidget *form)
{
  GtkWidget *entry = products_find (form, ADW_TYPE_ENTRY_ROW);

  g_signal_emit_by_name (products_find (entry, GTK_TYPE_TEXT), "activate");
}

static void
select_choice (GtkWidget  *form,
               const char *title,
               guint       choice)
{
  GtkWidget *row = gtk_widget_get_ancestor (products_find_text (form, title), ADW_TYPE_COMBO_ROW);

  adw_combo_row_set_selected (ADW_COMBO_ROW (row), choice);
}

static gboolean
is_hidden (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static JsonArray *
get_puts (Products   *products,
          JsonNode  **node)
{
  g_autofree char *answer = NULL;
  JsonArray *requests;
  JsonArray *puts = json_array_new ();

  gum_sandbox_control (products->sandbox, "requests", "{}", &answer);
  *node = json_from_string (answer, NULL);
  requests = gum_json_get_array (json_node_get_object (*node), "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (g_strcmp0 (gum_json_get_string (request, "method"), "PUT") == 0)
        json_array_add_object_element (puts, json_object_ref (request));
    }

  return puts;
}

static guint
count_puts (Products *products)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonArray) puts = get_puts (products, &node);

  return json_array_get_length (puts);
}

typedef struct {
  Products *products;
  guint     n;
} Puts;

static gboolean
are_sent (gpointer data)
{
  Puts *puts = data;
  GumQueue *queue = gum_store_get_queue (puts->products->store);

  return gum_queue_get_n_running (queue) == 0 && !gum_queue_is_sending (queue) &&
         count_puts (puts->products) == puts->n;
}

typedef struct {
  Products   *products;
  const char *name;
  gint64      price;
} Priced;

static gboolean
is_priced (gpointer data)
{
  Priced *priced = data;

  for (guint i = 0; i < products_count_listed (priced->products); i++)
    {
      g_autoptr(GumProduct) product = products_dup_at (priced->products, i);

      if (product != NULL && g_strcmp0 (gum_product_get_name (product), priced->name) == 0)
        return gum_product_get_price (product) == priced->price;
    }

  return FALSE;
}

static void
wait_price (Products   *products,
            const char *name,
            gint64      price)
{
  gum_test_wait_until (is_priced, &(Priced) { products, name, price });
}

/* Everything, ten percent up, rounded to .99; one is left out; then it is taken back. */
static void
test_prices (void)
{
  Bulk fixture = { 0 };
  GtkWidget *form;
  GumChangeSet *set;
  g_autoptr(GumChangeRow) first = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint n;

  bulk_set_up (&fixture, 800, same);
  gtk_widget_activate_action (fixture.window, "bulk.price", NULL);
  form = products_wait_window (GUM_TYPE_BULK_PRICE);
  type_in (form, "1001");
  products_wait_text (form, "rise by 1000");
  type_in (form, "10");
  select_choice (form, "Rounding", GUM_ROUND_99);
  products_wait_text (form, "A: $10.00 → $10.99");
  press_return (form);
  gum_test_wait_until (is_hidden, form);

  set = wait_changes (&fixture);
  products_wait_text (fixture.window, "$10.00 → $10.99");
  products_wait_text (fixture.window, "It is free");
  products_wait_text (fixture.window, "those of its tiers");
  products_wait_text (fixture.window, "Gumroad’s limits");
  n = gum_change_set_get_n_changes (set);
  g_assert_cmpuint (n, >=, 3);
  g_assert_cmpuint (gum_change_set_get_n_refused (set), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (set), 0);
  g_assert_cmpstr (gum_change_row_get_name (first), ==, "A");
  g_signal_emit_by_name (products_find (products_find (fixture.window, GUM_TYPE_CHANGE_PAGE),
                                        GTK_TYPE_LIST_VIEW), "activate", 0);
  g_assert_false (gum_change_row_get_ticked (first));
  g_assert_cmpuint (gum_change_set_get_n_ticked (set), ==, n - 1);

  gtk_widget_activate_action (products_find (fixture.window, GUM_TYPE_CHANGE_PAGE),
                              "changes.apply", NULL);
  products_wait_no_window (GUM_TYPE_BULK_WINDOW);
  products_wait_text (fixture.products.window, "3 changes are being sent");
  gum_test_wait_until (are_sent, &(Puts) { &fixture.products, n - 1 });
  products_sync (&fixture.products);
  wait_price (&fixture.products, "B", 2199);
  wait_price (&fixture.products, "A", 1000);
  wait_price (&fixture.products, "C", 0);

  gum_queue_revert_async (gum_store_get_queue (fixture.products.store), 1, gum_test_result_cb,
                          &result);
  gum_queue_revert_finish (gum_store_get_queue (fixture.products.store),
                           gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  gum_test_wait_until (are_sent, &(Puts) { &fixture.products, 2 * (n - 1) });
  products_sync (&fixture.products);
  wait_price (&fixture.products, "B", 2000);
  bulk_tear_down (&fixture);
}

/* Whoever closes the window before the ledger has them all is told all the same. */
static void
test_closed (void)
{
  Bulk fixture = { 0 };

  bulk_set_up (&fixture, 800, same);
  gtk_widget_activate_action (fixture.window, "bulk.unpublish", NULL);
  wait_changes (&fixture);
  gtk_widget_activate_action (products_find (fixture.window, GUM_TYPE_CHANGE_PAGE),
                              "changes.apply", NULL);
  gtk_window_close (GTK_WINDOW (fixture.window));
  products_wait_no_window (GUM_TYPE_BULK_WINDOW);
  products_wait_text (fixture.products.window, " are being sent");
  /* It goes with the page that it belongs to. */
  gtk_widget_set_visible (fixture.products.page, FALSE);
  products_wait_no_text (fixture.products.window, " are being sent");
  bulk_tear_down (&fixture);
}

/* What cannot be is said in the form; nothing is there to be applied when all have it already. */
static void
test_tags (void)
{
  Bulk fixture = { 0 };
  GtkWidget *form;

  bulk_set_up (&fixture, 360, same);
  gtk_widget_activate_action (fixture.window, "bulk.tags", NULL);
  form = products_wait_window (GUM_TYPE_BULK_TAGS);
  type_in (form, "fine, a");
  products_wait_text (form, "“a” is no tag");
  select_choice (form, "What to Do", 1);
  type_in (form, "nobodyhasthis");
  gtk_widget_activate_action (form, "form.apply", NULL);
  products_wait_text (fixture.window, "Nothing to Change");

  /* Escape goes back to the selection, which is as it was. */
  gtk_widget_activate_action (fixture.window, "bulk.back", NULL);
  products_wait_text (fixture.window, "6 selected");
  g_assert_cmpuint (count_puts (&fixture.products), ==, 0);
  gtk_widget_activate_action (fixture.window, "bulk.back", NULL);
  products_wait_no_window (GUM_TYPE_BULK_WINDOW);
  bulk_tear_down (&fixture);
}

static GtkWidget *
find_entry (GtkWidget  *root,
            const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (ADW_IS_ENTRY_ROW (child) &&
          g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
        return child;
      found = find_entry (child, title);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
type_row (GtkWidget  *form,
          const char *title,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_entry (form, title)), text);
}

/* A code for all of them, which can be taken away again; what is written is checked in the form. */
static void
test_codes (void)
{
  Bulk fixture = { 0 };
  GtkWidget *form;

  bulk_set_up (&fixture, 360, same);
  gtk_widget_activate_action (fixture.window, "bulk.code", NULL);
  form = products_wait_window (GUM_TYPE_BULK_CODE);
  type_row (form, "Code", "AUTUMN SALE");
  products_wait_text (form, "letters, digits, dashes");
  gtk_widget_activate_action (form, "form.apply", NULL);
  g_assert_null (products_find (fixture.window, GUM_TYPE_CHANGE_PAGE));
  type_row (form, "Code", "AUTUMN");
  type_row (form, "Discount in per cent", "101");
  products_wait_text (form, "from 0 to 100");
  type_row (form, "Discount in per cent", "20 %");
  type_row (form, "Uses", "many");
  products_wait_text (form, "whole number of uses");
  type_row (form, "Uses", "50");
  gtk_widget_activate_action (form, "form.apply", NULL);
  products_wait_text (fixture.window, "no code AUTUMN → 20 % off, ");
  /* Whoever comes back finds what was written. */
  gtk_widget_activate_action (fixture.window, "bulk.back", NULL);
  products_wait_text (fixture.window, "6 selected");
  g_assert_true (products_wait_window (GUM_TYPE_BULK_CODE) == form);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (form, "Code"))), ==, "AUTUMN");

  gtk_widget_activate_action (fixture.window, "bulk.code", NULL);
  form = products_wait_window (GUM_TYPE_BULK_CODE);
  select_choice (form, "Takes Off", 1);
  g_assert_nonnull (products_find_text (form, "USD"));
  select_choice (form, "What to Do", 1);
  g_assert_null (products_find_text (form, "Takes Off"));
  type_row (form, "Code", "nobodyhasthis");
  gtk_widget_activate_action (form, "form.apply", NULL);
  products_wait_text (fixture.window, "None of these products has a code nobodyhasthis.");
  gtk_widget_activate_action (fixture.window, "bulk.back", NULL);
  products_wait_text (fixture.window, "6 selected");

  /* Gumroad cannot be asked: that is no “nothing to change”. Going back ends the asking. */
  products_control (&fixture.products, "fault", "{\"match\":\"GET /v2/products/:id/offer_codes\","
                    "\"kind\":\"status\",\"status\":403,\"times\":1}");
  gtk_widget_activate_action (fixture.window, "bulk.code", NULL);
  form = products_wait_window (GUM_TYPE_BULK_CODE);
  type_row (form, "Code", "LATER");
  type_row (form, "Discount in per cent", "5");
  gtk_widget_activate_action (form, "form.apply", NULL);
  products_wait_text (fixture.window, "Cannot Be Computed");
  products_control (&fixture.products, "fault",
                    "{\"match\":\"GET /v2/products/:id/offer_codes\",\"kind\":\"hang\"}");
  g_assert_true (gtk_widget_activate_action (products_find (fixture.window, GUM_TYPE_CHANGE_PAGE),
                                             "changes.compute", NULL));
  products_wait_text (fixture.window, "0 of 6 products");
  gtk_widget_activate_action (fixture.window, "bulk.back", NULL);
  products_wait_text (fixture.window, "6 selected");
  g_assert_cmpuint (products_count_requests (&fixture.products, "POST", "offer_codes"), ==, 0);
  bulk_tear_down (&fixture);
}

/* What needs no form goes straight to the changes, and Escape comes back from each. */
static void
test_more (void)
{
  static const char * const steps[][2] = {
    { "bulk.unpublish", "Published → Draft" },
    { "bulk.publish", "Nothing to Change" },
  };
  Bulk fixture = { 0 };
  GtkWidget *chooser;

  bulk_set_up (&fixture, 360, same);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gtk_widget_activate_action (fixture.window, steps[i][0], NULL);
      products_wait_text (fixture.window, steps[i][1]);
      gtk_widget_activate_action (fixture.window, "bulk.back", NULL);
      products_wait_text (fixture.window, "6 selected");
    }
  gtk_widget_activate_action (fixture.window, "bulk.refund", "s", "183");
  products_wait_text (fixture.window, gum_product_values_get_refund ("183"));
  gtk_widget_activate_action (fixture.window, "bulk.back", NULL);

  gtk_widget_activate_action (fixture.window, "bulk.category", NULL);
  chooser = products_wait_window (GUM_TYPE_CATEGORY_CHOOSER);
  /* In words: what it is called by Gumroad once that was read, and never as a path. */
  products_wait_text (chooser, "UI & Web");
  g_signal_emit_by_name (chooser, "chosen", "design/ui-and-web/figma");
  products_wait_text (fixture.window, "→ Design › UI & Web › Figma");
  gtk_window_destroy (GTK_WINDOW (chooser));
  g_assert_cmpuint (count_puts (&fixture.products), ==, 0);
  bulk_tear_down (&fixture);
}

/* What is ticked stays so while something else is searched for. */
static void
test_selection (void)
{
  Bulk fixture = { 0 };
  GtkWidget *list;
  GtkWidget *search;
  GtkWidget *all;

  bulk_set_up (&fixture, 360, same);
  list = products_find (fixture.window, GTK_TYPE_LIST_VIEW);
  search = products_find (fixture.window, GTK_TYPE_SEARCH_ENTRY);
  all = products_find (fixture.window, GTK_TYPE_CHECK_BUTTON);
  g_signal_emit_by_name (list, "activate", 2);
  products_wait_text (fixture.window, "5 selected");
  g_assert_true (gtk_check_button_get_inconsistent (GTK_CHECK_BUTTON (all)));
  gtk_editable_set_text (GTK_EDITABLE (search), "zzzznothing");
  products_wait_text (fixture.window, "Select All 0");
  products_wait_text (fixture.window, "5 selected");
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  products_wait_text (fixture.window, "Select All 6");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (all), TRUE);
  products_wait_text (fixture.window, "6 selected");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (all), FALSE);
  products_wait_text (fixture.window, "0 selected");
  g_assert_cmpuint (gum_bulk_window_get_n_selected (GUM_BULK_WINDOW (fixture.window)), ==, 0);
  /* With nothing selected there is nothing to do. */
  gtk_widget_activate_action (fixture.window, "bulk.publish", NULL);
  g_assert_null (products_find (fixture.window, GUM_TYPE_CHANGE_PAGE));
  bulk_tear_down (&fixture);
}

/* After a restart: what was begun and not ended is said once, until it has gone on. */
static void
test_waiting (void)
{
  Products products = { 0 };
  GtkWidget *overlay = adw_toast_overlay_new ();
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GumQueueWatch) watch = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 batch;

  products_set_up (&products, 2, 360, 700);
  products_sync (&products);
  products_wait_listed (&products, 2);
  _gum_queue_set_time_scale (gum_store_get_queue (products.store), 0.001);
  product = products_dup_at (&products, 0);
  g_ptr_array_add (writes, gum_write_new_publish (gum_resource_get_id (GUM_RESOURCE (product)),
                                                  "One", !gum_product_is_published (product)));
  gum_journal_add_batch_async (gum_store_get_journal (products.store), GUM_BATCH_KIND_BULK, "Sale",
                               0, GUM_BATCH_ASKING, writes, gum_test_result_cb, &result);
  batch = gum_journal_add_batch_finish (gum_store_get_journal (products.store),
                                        gum_test_wait_result (&result), &error);
  g_assert_no_error (error);

  adw_window_set_content (ADW_WINDOW (products.window), overlay);
  /* Something else to have the keyboard: a toast that has it stays. */
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), gtk_button_new_with_label ("Window"));
  gtk_widget_grab_focus (adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay)));
  watch = gum_queue_watch_new (adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay)),
                               products.shop, 0);
  products_wait_text (overlay, "1 change is waiting");
  /* It stands back for what is said meanwhile, and outlasts it. */
  gum_section_add_toast (adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay)), "Copied");
  products_wait_text (overlay, "Copied");
  products_wait_no_text (overlay, "Copied");
  products_wait_text (overlay, "1 change is waiting");
  gum_queue_go (gum_store_get_queue (products.store), batch);
  products_wait_no_text (overlay, "1 change is waiting");
  g_clear_object (&watch);
  products_tear_down (&products);
}

static void
test_numbers (void)
{
  static const struct {
    const char *text;
    gint64      hundredths;       /* 0: it is refused */
  } percents[] = {
    { "10", 1000 }, { "+10 %", 1000 }, { "-7.5", -750 }, { "−7,25", -725 }, { " 0.01 ", 1 },
    { "-99", -9900 }, { "1000", 100000 }, { "-99.01", 0 }, { "1000.01", 0 }, { "0", 0 }, { "", 0 },
    { "1.234", 0 }, { "1e3", 0 }, { "--5", 0 }, { "%", 0 }, { "99999999999999999999", 0 },
    { "1.2.3", 0 }, { "１２", 0 },
  };
  static const struct {
    const char *text;
    gint64      amount;
  } amounts[] = {
    { "2", 200 }, { "-2.50", -250 }, { "−1", -100 }, { "0", 0 }, { "--1", 0 }, { "x", 0 },
    { "-", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      gint64 value = 0;
      const char *problem = gum_bulk_price_parse_percent (percents[i].text, &value);

      g_assert_cmpint (problem == NULL, ==, percents[i].hundredths != 0);
      if (problem == NULL)
        g_assert_cmpint (value, ==, percents[i].hundredths);
    }
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      gint64 value = 0;
      const char *problem = gum_bulk_price_parse_change (amounts[i].text, "usd", &value);

      g_assert_cmpint (problem == NULL, ==, amounts[i].amount != 0);
      if (problem == NULL)
        g_assert_cmpint (value, ==, amounts[i].amount);
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

  g_test_add_func ("/bulk/numbers", test_numbers);
  g_test_add_func ("/bulk/selection", test_selection);
  g_test_add_func ("/bulk/tags", test_tags);
  g_test_add_func ("/bulk/codes", test_codes);
  g_test_add_func ("/bulk/more", test_more);
  g_test_add_func ("/bulk/prices", test_prices);
  g_test_add_func ("/bulk/closed", test_closed);
  g_test_add_func ("/bulk/waiting", test_waiting);

  return g_test_run ();
}
