/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages about questions, the contents of a bundle, reviews and SKUs, and what all such pages have in
 * common. What is on the wire is counted. */

#include "config.h"

#include "parts-test.h"

#include "gum-bundle-page.h"
#include "gum-json.h"
#include "gum-part-page.h"
#include "gum-question-form.h"
#include "gum-review-row.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

/* --- states ----------------------------------------------------------------------------------- */

static void
test_states (void)
{
  Page page;
  GumPartPage *part;

  page_open_at (&page, BRUSHES_NAME, "product.edit-versions", 360,
                "{\"match\":\"GET /v2/products/:id/variant_categories\",\"kind\":\"status\",\"status\":403}");
  part = GUM_PART_PAGE (page.subpage);
  products_wait_text (page.subpage, "Not Allowed");
  gtk_widget_activate_action (GTK_WIDGET (part), "parts.retry", NULL);
  products_wait_text (page.subpage, "Commercial");
  g_assert_null (gum_part_page_get_notice (part));

  /* What is known stays when it cannot be read again. */
  products_control (&page.products, "fault",
                    "{\"match\":\"GET /v2/products/:id/variant_categories\",\"kind\":\"html\"}");
  gum_subpage_refresh (page.subpage);
  products_wait_text (page.subpage, "Unexpected Answer");
  g_assert_nonnull (products_find_text (GTK_WIDGET (part), "Commercial"));

  gum_shop_set_network (page.products.shop, FALSE, FALSE, FALSE);
  products_wait_text (page.subpage, "You Are Offline");
  g_assert_nonnull (products_find_text (GTK_WIDGET (part), "Commercial"));

  /* Opened again it is there at once, without a word on the wire. */
  gum_subpage_close (page.subpage);
  gum_test_settle ();
  products_control (&page.products, "requests", "{\"clear\":true}");
  gtk_widget_activate_action (GTK_WIDGET (page.detail), "product.edit-versions", NULL);
  page.subpage = gum_product_detail_get_subpage (page.detail);
  products_wait_text (page.subpage, BRUSHES_NAME);
  products_wait_text (page.subpage, "Commercial");
  g_assert_cmpuint (products_count_requests (&page.products, "GET", "/variant"), ==, 0);

  /* What was never read says that. */
  gum_subpage_close (page.subpage);
  gum_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (page.detail), "product.reviews", NULL);
  page.subpage = gum_product_detail_get_subpage (page.detail);
  products_wait_text (page.subpage, "was not read before");
  gum_shop_set_network (page.products.shop, TRUE, FALSE, FALSE);
  products_wait_text (page.subpage, "Finally a wash that dries.");
  page_close (&page);
}

/* --- questions -------------------------------------------------------------------------------- */

static void
test_questions (void)
{
  Page page;
  GtkWidget *form;
  GtkWidget *row;
  GtkSwitch *required;

  page_open (&page, PLANNER_NAME, "product.edit-questions");
  products_wait_text (page.subpage, "Tell me about your studio");
  required = page_get_switch (&page, "Tell me about your studio");
  gtk_switch_set_active (required, TRUE);
  products_wait_text (page.products.window, "is required now");
  page_press_undo (&page);
  gum_test_wait_until (is_off, required);
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/custom_fields/"), ==, 2);

  products_control (&page.products, "fault", "{\"match\":\"PUT *\",\"kind\":\"status\",\"status\":403}");
  gtk_switch_set_active (required, TRUE);
  products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (is_off (required));
  answer_dialog ("close");

  /* Terms cannot be addressed. */
  row = find_titled (GTK_WIDGET (page.subpage), ADW_TYPE_ACTION_ROW, "https://example.org/terms");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Gumroad’s website"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (page_get_switch (&page, "https://example.org/terms"))));

  /* A new one. */
  gtk_widget_activate_action (GTK_WIDGET (page.subpage), "questions.add", NULL);
  form = products_wait_window (GUM_TYPE_QUESTION_FORM);
  type_into (form, "Question", "Yes/No?");
  products_wait_text (form, "could never be changed");
  type_into (form, "Question", "Tell me about your studio");
  products_wait_text (form, "asked already");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_titled (form, ADW_TYPE_COMBO_ROW, "Kind")), 3);
  products_wait_text (form, "address in the web");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_titled (form, ADW_TYPE_COMBO_ROW, "Kind")), 0);
  type_into (form, "Question", "Which size? 100%");
  submit_form (form);
  products_wait_no_window (GUM_TYPE_QUESTION_FORM);
  products_wait_text (page.subpage, "Which size? 100%");
  g_assert_cmpuint (products_count_requests (&page.products, "POST", "/custom_fields"), ==, 1);

  press_button (GTK_WIDGET (page.subpage), "Remove “Which size? 100%”");
  answer_dialog ("do");
  products_wait_no_text (page.subpage, "Which size? 100%");
  page_close (&page);
}

static gboolean
is_changed_twice (gpointer products)
{
  return products_count_requests (products, "PUT", "/custom_fields/") == 2;
}

/* The list that was read in between never came, so that nothing in it has changed. */
static void
test_question_undone (void)
{
  Page page;
  GtkSwitch *required;

  page_open (&page, PLANNER_NAME, "product.edit-questions");
  products_wait_text (page.subpage, "Tell me about your studio");
  required = page_get_switch (&page, "Tell me about your studio");
  products_control (&page.products, "fault",
                    "{\"match\":\"GET /v2/products/:id/custom_fields\",\"kind\":\"hang\"}");
  gtk_switch_set_active (required, TRUE);
  page_press_undo (&page);
  gum_test_wait_until (is_changed_twice, &page.products);
  gum_test_wait_until (is_off, required);
  page_close (&page);
}

static void
test_question_refused (void)
{
  Page page;
  GtkWidget *form;

  page_open (&page, BRUSHES_NAME, "product.edit-questions");
  products_wait_text (page.subpage, "No Questions");
  gtk_widget_activate_action (GTK_WIDGET (page.subpage), "questions.add", NULL);
  form = products_wait_window (GUM_TYPE_QUESTION_FORM);
  type_into (form, "Question", "Size?");
  products_control (&page.products, "fault",
                    "{\"match\":\"POST *\",\"kind\":\"success_false\","
                    "\"message\":\"The custom_field was unable to be created.\"}");
  submit_form (form);
  gum_test_wait_until (has_message, form);
  products_wait_text (form, "Gumroad gives no reason");
  gtk_window_close (GTK_WINDOW (form));
  page_close (&page);
}

/* --- bundles ---------------------------------------------------------------------------------- */

static gboolean
is_idle (gpointer page)
{
  return !gum_bundle_page_is_busy (page);
}

static guint
count_contents (Page *page)
{
  GumProduct *product = gum_product_detail_get_product (page->detail);
  JsonArray *contents = gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (product)),
                                            "bundle_products");

  return json_array_get_length (contents);
}

/* Who has left the page hears how it went in the same window. */
static void
test_bundle_left (void)
{
  Page page;
  g_autofree char *school = NULL;

  page_open (&page, BUNDLE_NAME, "product.edit-bundle");
  products_wait_text (page.subpage, BRUSHES_NAME);
  school = page_dup_id (&page, SCHOOL_NAME);
  products_control (&page.products, "fault",
                    "{\"match\":\"PUT *\",\"kind\":\"success_false\",\"message\":\"Not in there.\"}");
  gum_bundle_page_add (GUM_BUNDLE_PAGE (page.subpage), school);
  gum_subpage_close (page.subpage);
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "Not in there.");
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (products_wait_window (ADW_TYPE_MESSAGE_DIALOG))) ==
                 GTK_WINDOW (page.products.window));
  answer_dialog ("close");

  gtk_widget_activate_action (GTK_WIDGET (page.detail), "product.edit-bundle", NULL);
  page.subpage = gum_product_detail_get_subpage (page.detail);
  press_button (GTK_WIDGET (page.subpage), "Take “" BRUSHES_NAME "” out");
  gum_subpage_close (page.subpage);
  products_wait_text (page.products.window, "Undo");
  page_close (&page);
}

static void
test_bundle (void)
{
  Page page;
  GumBundlePage *bundle;
  g_autofree char *school = NULL;
  g_autofree char *brushes = NULL;
  GtkWidget *form;

  page_open (&page, BUNDLE_NAME, "product.edit-bundle");
  bundle = GUM_BUNDLE_PAGE (page.subpage);
  products_wait_text (page.subpage, BRUSHES_NAME);
  g_assert_cmpuint (count_contents (&page), ==, 2);

  /* What cannot be is not sent. */
  brushes = page_dup_id (&page, BRUSHES_NAME);
  gum_bundle_page_add (bundle, brushes);
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "Already in It");
  answer_dialog ("close");
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/bundle_contents"), ==, 0);

  /* Another currency is Gumroad's to refuse; nothing changes. */
  school = page_dup_id (&page, SCHOOL_NAME);
  products_control (&page.products, "fault",
                    "{\"match\":\"PUT *\",\"kind\":\"success_false\",\"message\":\"Wrong currency.\"}");
  gum_bundle_page_add (bundle, school);
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "Wrong currency.");
  answer_dialog ("close");
  g_assert_cmpuint (count_contents (&page), ==, 2);

  /* Taken, and not shown: said. */
  products_control (&page.products, "fault",
                    "{\"match\":\"PUT *\",\"kind\":\"status\",\"status\":200,\"content_type\":\"application/json\","
                    "\"body\":\"{\\\"success\\\":true}\"}");
  gum_bundle_page_add (bundle, school);
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "Not as It Was Asked For");
  answer_dialog ("close");
  gum_test_wait_until (is_idle, bundle);
  g_assert_cmpuint (count_contents (&page), ==, 2);

  /* Taken out, and put back. */
  press_button (GTK_WIDGET (bundle), "Take “" BRUSHES_NAME "” out");
  gum_test_wait_until (is_idle, bundle);
  g_assert_cmpuint (count_contents (&page), ==, 1);
  page_press_undo (&page);
  products_wait_text (page.subpage, BRUSHES_NAME);
  g_assert_cmpuint (count_contents (&page), ==, 2);

  /* The form of one of them: how often, and in which version. */
  gtk_widget_activate (find_titled (GTK_WIDGET (bundle), ADW_TYPE_ACTION_ROW, BRUSHES_NAME));
  form = products_wait_window (GUM_TYPE_PART_FORM);
  while (products_count_requests (&page.products, "GET", "/variants") == 0)
    g_main_context_iteration (NULL, FALSE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (products_find (form, GTK_TYPE_SPIN_BUTTON)), 3);
  submit_form (form);
  products_wait_text (page.subpage, "3 ×");
  gum_test_wait_until (is_idle, bundle);
  page_close (&page);
}

static char *
dup_first (Page *page)
{
  GumProduct *product = gum_product_detail_get_product (page->detail);
  JsonArray *contents = gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (product)),
                                            "bundle_products");

  return g_strdup (gum_json_get_string (json_array_get_object_element (contents, 0), "product_id"));
}

static gboolean
is_brushes_first (gpointer data)
{
  GtkWidget *up = find_button (data, "Move “" BRUSHES_NAME "” up");

  return up != NULL && !gtk_widget_get_sensitive (up);
}

static void
test_bundle_order (void)
{
  Page page;
  g_autofree char *first = NULL;
  g_autofree char *then = NULL;

  page_open (&page, BUNDLE_NAME, "product.edit-bundle");
  products_wait_text (page.subpage, BRUSHES_NAME);
  first = dup_first (&page);
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (page.subpage),
                                                         "Move “" BRUSHES_NAME "” up")));
  press_button (GTK_WIDGET (page.subpage), "Move “" BRUSHES_NAME "” down");
  gum_test_wait_until (is_idle, page.subpage);
  then = dup_first (&page);
  g_assert_cmpstr (first, !=, then);
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/bundle_contents"), ==, 1);

  /* Undo tells of the former order by the same items with other values. */
  page_press_undo (&page);
  gum_test_wait_until (is_brushes_first, page.subpage);
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/bundle_contents"), ==, 2);
  page_close (&page);
}

/* --- reviews and SKUs ------------------------------------------------------------------------- */

static void
test_reviews (void)
{
  Page page;
  GtkWidget *row;

  page_open (&page, BRUSHES_NAME, "product.reviews");
  products_wait_text (page.subpage, "Thank you, Jonas!");
  products_wait_text (page.subpage, "★★★★☆");
  row = products_find (GTK_WIDGET (page.subpage), GUM_TYPE_REVIEW_ROW);
  g_assert_nonnull (strstr (gum_review_row_get_label (GUM_REVIEW_ROW (row)), "5 of 5 stars, Jonas"));
  page_close (&page);
}

static void
test_review_pages (void)
{
  Page page;
  g_autoptr (GString) args = g_string_new (NULL);
  g_autofree char *id = NULL;

  page_open (&page, SCHOOL_NAME, "product.reviews");
  products_wait_text (page.subpage, "No Reviews");
  id = page_dup_id (&page, SCHOOL_NAME);
  g_string_append_printf (args, "{\"id\":\"%s\",\"set\":{\"_reviews\":[", id);
  for (guint i = 0; i < 130; i++)
    g_string_append_printf (args, "%s{\"id\":\"r%u\",\"rating\":%u,\"message\":\"Said %u\"}",
                            i > 0 ? "," : "", i, i % 7, i);
  g_string_append (args, "]}}");
  products_control (&page.products, "edit", args->str);
  gum_subpage_refresh (page.subpage);
  products_wait_text (page.subpage, "Said 0");
  products_wait_text (page.subpage, "Read More");
  gtk_widget_activate_action (GTK_WIDGET (page.subpage), "reviews.more", NULL);
  products_wait_no_text (page.subpage, "Read More");
  g_assert_cmpuint (products_count_requests (&page.products, "GET", "/reviews"), ==, 3);
  page_close (&page);
}

static void
test_skus (void)
{
  Page page;

  page_open (&page, PRINT_NAME, "product.skus");
  products_wait_text (page.subpage, "FERRY-0");
  products_wait_text (page.subpage, "Oak");
  page_close (&page);
}

/* --- the product's page ----------------------------------------------------------------------- */

static void
test_edit_buttons (void)
{
  Page page;
  GtkWidget *detail;

  page_open (&page, SCHOOL_NAME, "product.edit-versions");
  gum_subpage_close (page.subpage);
  gum_test_settle ();
  detail = GTK_WIDGET (page.detail);
  products_wait_text (detail, "The same for everybody");
  products_wait_built (detail);
  g_assert_nonnull (find_button (detail, "Edit Versions"));
  g_assert_nonnull (find_button (detail, "Edit Questions"));
  g_assert_nonnull (find_button (detail, "Edit Price"));
  g_assert_null (find_button (detail, "Edit What Is in This Bundle"));
  press_button (detail, "Edit Questions");
  page.subpage = gum_product_detail_get_subpage (page.detail);
  g_assert_nonnull (page.subpage);
  products_wait_text (page.subpage, "Newsletter bestellen");
  page_close (&page);
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

  g_test_add_func ("/parts/states", test_states);
  g_test_add_func ("/questions/change", test_questions);
  g_test_add_func ("/questions/undone", test_question_undone);
  g_test_add_func ("/questions/refused", test_question_refused);
  g_test_add_func ("/bundles/change", test_bundle);
  g_test_add_func ("/bundles/left", test_bundle_left);
  g_test_add_func ("/bundles/order", test_bundle_order);
  g_test_add_func ("/parts/reviews", test_reviews);
  g_test_add_func ("/parts/review-pages", test_review_pages);
  g_test_add_func ("/parts/skus", test_skus);
  g_test_add_func ("/parts/edit-buttons", test_edit_buttons);
  return g_test_run ();
}
