/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing a product: its form, and what is done with it as a whole. */

#include "config.h"

#include "products-test.h"

#include "gum-category-chooser.h"
#include "gum-conflict-window.h"
#include "gum-covers-page.h"
#include "gum-drafts.h"
#include "gum-json.h"
#include "gum-money.h"
#include "gum-product-create.h"
#include "gum-product-detail.h"
#include "gum-product-form.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="

typedef struct
{
  Products          products;
  GumProductDetail *detail;
  GumProductForm   *form;
} Page;

static void
page_open (Page *page)
{
  memset (page, 0, sizeof *page);
  products_set_up (&page->products, 20, 1200, 1000);
  products_sync (&page->products);
  products_wait_listed (&page->products, 20);
  gum_section_set_place (GUM_SECTION (page->products.page), DRIFTWOOD);
  gum_test_settle ();
  page->detail = GUM_PRODUCT_DETAIL (products_find (page->products.page, GUM_TYPE_PRODUCT_DETAIL));
  g_assert_nonnull (page->detail);
}

static gboolean
is_whole (gpointer detail)
{
  GumProduct *product = gum_product_detail_get_product (detail);

  return gum_resource_has (GUM_RESOURCE (product), "files");
}

static void
page_edit (Page *page)
{
  gum_test_wait_until (is_whole, page->detail);
  gtk_widget_activate_action (GTK_WIDGET (page->detail), "product.edit", NULL);
  g_assert_true (GUM_IS_PRODUCT_FORM (gum_product_detail_get_subpage (page->detail)));
  page->form = GUM_PRODUCT_FORM (gum_product_detail_get_subpage (page->detail));
}

static void
page_close (Page *page)
{
  products_tear_down (&page->products);
}

static GumFormField *
get_field (Page       *page,
           const char *key)
{
  GumFormField *field = gum_product_form_find_field (page->form, key);

  g_assert_nonnull (field);

  return field;
}

static void
type (Page       *page,
      const char *key,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (gum_form_field_get_row (get_field (page, key))), text);
}

static const char *
get_text (Page       *page,
          const char *key)
{
  return gtk_editable_get_text (GTK_EDITABLE (gum_form_field_get_row (get_field (page, key))));
}

static void
control_product (Page       *page,
                 const char *verb,
                 const char *rest)
{
  GumProduct *product = gum_product_detail_get_product (page->detail);
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\"%s}", gum_resource_get_id (GUM_RESOURCE (product)), rest);

  products_control (&page->products, verb, args);
}

static guint
count_writes (Page *page)
{
  g_autofree char *answer = NULL;
  guint count = 0;

  gum_sandbox_control (page->products.sandbox, "requests", "{}", &answer);
  for (const char *p = answer; (p = strstr (p, "\"method\":\"PUT\"")) != NULL; p++)
    count++;
  for (const char *p = answer; (p = strstr (p, "\"method\":\"POST\"")) != NULL; p++)
    count++;

  return count;
}

static gboolean
is_closed (gpointer data)
{
  return gum_product_detail_get_subpage (((Page *) data)->detail) == NULL;
}

static GumDraft *
get_draft (Page *page)
{
  return gum_draft_page_get_draft (GUM_DRAFT_PAGE (page->form));
}

static gboolean
has_notice (gpointer form)
{
  return !gum_draft_page_is_saving (form) && gum_draft_page_get_notice (form) != NULL;
}

static void
test_save (void)
{
  Page page;
  GumProduct *product;

  page_open (&page);
  page_edit (&page);
  product = gum_product_detail_get_product (page.detail);
  type (&page, "name", "Driftwood 2");
  type (&page, "price", "61,50");
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 2);
  g_assert_cmpuint (count_writes (&page), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (is_closed, &page);
  g_assert_cmpstr (gum_product_get_name (product), ==, "Driftwood 2");
  g_assert_cmpint (gum_product_get_price (product), ==, 6150);
  g_assert_cmpuint (count_writes (&page), ==, 1);
  page_close (&page);
}

static void
choose_currency (Page       *page,
                 const char *currency)
{
  AdwComboRow *row = ADW_COMBO_ROW (gum_form_field_get_row (get_field (page, "price_currency_type")));
  const char **codes = gum_currency_list ();
  guint i = 0;

  while (!g_str_equal (codes[i], currency))
    i++;
  adw_combo_row_set_selected (row, i);
}

/* A price is another one in another currency: one that stays may be too low, and what was no amount is one. */
static void
test_currency (void)
{
  Page page;
  JsonNode *price;

  page_open (&page);
  page_edit (&page);
  choose_currency (&page, "krw");
  g_assert_nonnull (strstr (gum_form_field_get_problem (get_field (&page, "price_currency_type")), "smallest price"));
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  g_assert_cmpuint (count_writes (&page), ==, 0);
  g_assert_false (gum_draft_page_is_saving (GUM_DRAFT_PAGE (page.form)));

  choose_currency (&page, "jpy");
  type (&page, "price", "12.50");
  g_assert_nonnull (gum_form_field_get_problem (get_field (&page, "price")));
  choose_currency (&page, "usd");
  g_assert_null (gum_form_field_get_problem (get_field (&page, "price")));
  price = gum_draft_get_mine (get_draft (&page), "price");
  g_assert_cmpint (json_node_get_int (price), ==, 1250);
  page_close (&page);
}

/* What is chosen in a window of its own is written as if it had been typed. */
static void
test_category (void)
{
  Page page;
  GtkWidget *chooser;
  g_autofree char *category = NULL;

  page_open (&page);
  page_edit (&page);
  g_signal_emit_by_name (gum_form_field_get_row (get_field (&page, "category")), "activated");
  chooser = products_wait_window (GUM_TYPE_CATEGORY_CHOOSER);
  products_wait_text (chooser, "UI & Web");
  g_signal_emit_by_name (chooser, "chosen", "design/ui-and-web/figma");
  gtk_window_destroy (GTK_WINDOW (chooser));
  products_wait_text (page.form, "Design › UI & Web › Figma");
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (is_closed, &page);
  g_object_get (gum_product_detail_get_product (page.detail), "category", &category, NULL);
  g_assert_cmpstr (category, ==, "design/ui-and-web/figma");
  page_close (&page);
}

/* Said beside the field, before Gumroad says it; and nothing is sent. */
static void
test_rules (void)
{
  static const struct {
    const char *key;
    const char *text;
    const char *problem;
  } cases[] = {
    { "name", "", "needs a name" },
    { "name", "  ", "needs a name" },
    { "price", "-1", "below zero" },
    { "price", "1e3", "not an amount" },
    { "price", "none", "not an amount" },
    { "price", "", "missing" },
    { "price", "0.98", "smallest price" },
    { "price", "1.234", "two amounts" },
    { "price", "1.2345", "two digits" },
    { "price", "99999999999", "as large as this" },
    { "price", "0", NULL },
    { "price", "１２", NULL },
    { "price", "1.234,5", NULL },
    { "custom_permalink", "no blanks", "letters a to z" },
    { "custom_permalink", "größe", "letters a to z" },
    { "custom_permalink", "good_one-2", NULL },
    { "custom_permalink", "", NULL },
    { "max_purchase_count", "0", "1 or more" },
    { "max_purchase_count", "many", "whole number" },
    { "max_purchase_count", "1.5", "whole number" },
    { "max_purchase_count", "1", "sold already" },
    { "max_purchase_count", "", NULL },
    { "tags", "a", "2 to 20" },
    { "tags", "#sale", "begin with #" },
    { "tags", "one, two , TWO", NULL },
    { "price", "59", NULL },
    { "suggested_price_cents", "1", "below the price" },
    { "suggested_price_cents", "100", NULL },
  };
  Page page;
  g_autoptr (GString) longest = g_string_new (NULL);

  page_open (&page);
  page_edit (&page);
  gtk_switch_set_active (g_object_get_data (G_OBJECT (gum_form_field_get_row (get_field (&page, "customizable_price"))),
                                            "switch"), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GumFormField *field = get_field (&page, cases[i].key);

      type (&page, cases[i].key, cases[i].text);
      g_test_message ("%s: %s", cases[i].key, cases[i].text);
      if (cases[i].problem == NULL)
        {
          g_assert_null (gum_form_field_get_problem (field));
          continue;
        }
      g_assert_nonnull (gum_form_field_get_problem (field));
      g_assert_nonnull (strstr (gum_form_field_get_problem (field), cases[i].problem));
      gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
      g_assert_false (gum_draft_page_is_saving (GUM_DRAFT_PAGE (page.form)));
    }

  /* 255 characters, whatever they are; not 256. */
  for (int i = 0; i < 255; i++)
    g_string_append (longest, i % 2 == 0 ? "🎧" : "\u200f");
  type (&page, "name", longest->str);
  g_assert_null (gum_form_field_get_problem (get_field (&page, "name")));
  g_string_append (longest, "x");
  type (&page, "name", longest->str);
  g_assert_nonnull (gum_form_field_get_problem (get_field (&page, "name")));
  g_assert_cmpuint (count_writes (&page), ==, 0);
  page_close (&page);
}

/* What is no amount is kept as it was typed. */
static void
test_nonsense_is_kept (void)
{
  Page page;

  page_open (&page);
  page_edit (&page);
  type (&page, "price", "12 or so");
  gum_subpage_close (GUM_SUBPAGE (page.form));
  gum_test_wait_until (is_closed, &page);
  page_edit (&page);
  g_assert_cmpstr (get_text (&page, "price"), ==, "12 or so");
  g_assert_nonnull (gum_form_field_get_problem (get_field (&page, "price")));
  page_close (&page);
}

static void
test_undo (void)
{
  Page page;
  g_autofree char *old = NULL;

  page_open (&page);
  page_edit (&page);
  old = g_strdup (get_text (&page, "name"));
  type (&page, "name", "One");
  type (&page, "custom_summary", "Two");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.undo", NULL);
  g_assert_cmpstr (get_text (&page, "custom_summary"), !=, "Two");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.undo", NULL);
  g_assert_cmpstr (get_text (&page, "name"), ==, old);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.redo", NULL);
  g_assert_cmpstr (get_text (&page, "name"), ==, "One");
  page_close (&page);
}

static gboolean
has_problem (gpointer field)
{
  return gum_form_field_get_problem (field) != NULL;
}

static void
test_refused (void)
{
  Page page;
  GumFormField *field;

  page_open (&page);
  page_edit (&page);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"success_false\","
                    "\"message\":\"Custom permalink has already been taken\"}");
  field = get_field (&page, "custom_permalink");
  type (&page, "custom_permalink", "taken");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (has_problem, field);
  g_assert_nonnull (strstr (gum_form_field_get_problem (field), "already been taken"));
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 1);
  /* Until it is changed. */
  type (&page, "custom_permalink", "free");
  g_assert_null (gum_form_field_get_problem (field));
  page_close (&page);
}

static void
save_taken (Page *page)
{
  products_control (&page->products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"success_false\","
                    "\"message\":\"Custom permalink has already been taken\"}");
  type (page, "custom_permalink", "taken");
  gtk_widget_activate_action (GTK_WIDGET (page->form), "form.save", NULL);
  gum_test_wait_until (has_problem, get_field (page, "custom_permalink"));
}

/* A refusal goes with what was refused, however that is taken back; and may be tried again. */
static void
test_refused_once (void)
{
  Page page;

  page_open (&page);
  page_edit (&page);
  save_taken (&page);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.undo", NULL);
  g_assert_null (gum_form_field_get_problem (get_field (&page, "custom_permalink")));

  save_taken (&page);
  gum_draft_discard (get_draft (&page));
  g_assert_null (gum_form_field_get_problem (get_field (&page, "custom_permalink")));

  save_taken (&page);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (is_closed, &page);
  g_assert_cmpuint (count_writes (&page), ==, 4);
  page_close (&page);
}

/* Sent once, lost, read back in vain; then Check Again finds it. */
static void
test_unclear (void)
{
  Page page;
  GumProduct *product;

  page_open (&page);
  page_edit (&page);
  product = gum_product_detail_get_product (page.detail);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"drop\"}");
  products_control (&page.products, "fault", "{\"match\":\"GET /v2/products/:id\",\"after\":1,"
                    "\"kind\":\"status\",\"status\":404,\"body\":\"gone\"}");
  type (&page, "name", "Who Knows");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (has_notice, page.form);
  g_assert_nonnull (strstr (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)), "may or may not"));
  /* In sight, wherever in the form one is. */
  g_assert_null (gtk_widget_get_ancestor (products_find (GTK_WIDGET (page.form), g_type_from_name ("GumNotice")),
                                          GTK_TYPE_SCROLLED_WINDOW));
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 1);
  g_signal_emit_by_name (products_find (GTK_WIDGET (page.form), g_type_from_name ("GumNotice")), "activated");
  gum_test_wait_until (is_closed, &page);
  g_assert_cmpstr (gum_product_get_name (product), ==, "Who Knows");
  g_assert_cmpuint (count_writes (&page), ==, 1);
  page_close (&page);
}

/* As the whole window has it. */
static void
add_toasts (Page *page)
{
  g_autoptr (GtkWidget) content = g_object_ref (page->products.page);
  GtkWidget *overlay = adw_toast_overlay_new ();

  adw_window_set_content (ADW_WINDOW (page->products.window), overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), content);
}

static gboolean
is_idle (gpointer form)
{
  return !gum_draft_page_is_saving (form);
}

/* Leaves the form, and opens it again, before any answer can have come. */
static GtkWidget *
open_again (Page *page)
{
  GtkWidget *former = g_object_ref (GTK_WIDGET (page->form));

  gum_subpage_close (GUM_SUBPAGE (page->form));
  gtk_widget_activate_action (GTK_WIDGET (page->detail), "product.edit", NULL);
  page->form = GUM_PRODUCT_FORM (gum_product_detail_get_subpage (page->detail));
  g_assert_true (GTK_WIDGET (page->form) != former);

  return former;
}

/* The draft is what is saved, whichever page shows it: no second time by a page that was opened meanwhile, which
 * stays where it is when the first one has its answer. */
static void
test_left_while_saving (void)
{
  Page page;
  g_autoptr (GtkWidget) former = NULL;

  page_open (&page);
  add_toasts (&page);
  page_edit (&page);
  type (&page, "name", "On Its Way");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  g_assert_true (gum_draft_page_is_saving (GUM_DRAFT_PAGE (page.form)));
  former = open_again (&page);
  g_assert_true (gum_draft_page_is_saving (GUM_DRAFT_PAGE (page.form)));
  g_assert_null (products_find_text (GTK_WIDGET (page.form), "Save"));
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (is_idle, page.form);
  products_wait_text (page.products.window, "” was saved");
  products_wait_text (page.form, "Save");
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 0);
  g_assert_cmpuint (count_writes (&page), ==, 1);
  g_assert_cmpstr (get_text (&page, "name"), ==, "On Its Way");
  g_assert_true (gum_product_detail_get_subpage (page.detail) == GUM_SUBPAGE (page.form));

  /* However late the first one closes. */
  gum_subpage_close (GUM_SUBPAGE (former));
  gum_test_settle ();
  g_assert_true (gum_product_detail_get_subpage (page.detail) == GUM_SUBPAGE (page.form));
  page_close (&page);
}

/* Why it could not be saved is said by a page that was opened meanwhile, or is opened later; no longer when what was
 * refused is another thing. */
static void
test_left_and_failed (void)
{
  Page page;
  g_autoptr (GtkWidget) former = NULL;

  page_open (&page);
  add_toasts (&page);
  page_edit (&page);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"success_false\","
                    "\"message\":\"Not on a Tuesday.\"}");
  type (&page, "name", "Refused");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  former = open_again (&page);
  g_assert_null (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)));
  gum_test_wait_until (has_notice, page.form);
  products_wait_text (page.products.window, "” was not saved");
  g_assert_nonnull (strstr (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)), "Not on a Tuesday."));
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 1);

  gum_subpage_close (GUM_SUBPAGE (page.form));
  gum_test_wait_until (is_closed, &page);
  page_edit (&page);
  g_assert_nonnull (strstr (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)), "Not on a Tuesday."));
  type (&page, "name", "Refused no more");
  gum_subpage_close (GUM_SUBPAGE (page.form));
  gum_test_wait_until (is_closed, &page);
  page_edit (&page);
  g_assert_null (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)));
  g_assert_cmpuint (count_writes (&page), ==, 1);
  page_close (&page);
}

/* Both sides changed the name and the price; the price of Gumroad's is kept. */
static void
test_conflict (void)
{
  Page page;
  GumProduct *product;
  GtkWidget *window;
  GtkWidget *theirs;

  page_open (&page);
  page_edit (&page);
  product = gum_product_detail_get_product (page.detail);
  type (&page, "name", "Mine");
  type (&page, "price", "70");
  control_product (&page, "edit", ",\"set\":{\"name\":\"Theirs\",\"price\":6500}");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  window = products_wait_window (GUM_TYPE_CONFLICT_WINDOW);
  g_assert_nonnull (products_find_text (window, "Theirs"));
  g_assert_nonnull (products_find_text (window, "$70.00"));
  g_assert_nonnull (products_find_text (window, "$65.00"));
  g_assert_nonnull (products_find_text (window, "$59.00"));
  g_assert_cmpuint (count_writes (&page), ==, 0);

  theirs = gtk_widget_get_ancestor (products_find_text (window, "$65.00"), ADW_TYPE_ACTION_ROW);
  gtk_widget_activate (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (theirs)));
  g_signal_emit_by_name (products_find_button (window, "_Save"), "clicked");
  gum_test_wait_until (is_closed, &page);
  g_assert_cmpstr (gum_product_get_name (product), ==, "Mine");
  g_assert_cmpint (gum_product_get_price (product), ==, 6500);
  g_assert_cmpuint (count_writes (&page), ==, 1);
  page_close (&page);
}

static void
test_offline (void)
{
  Page page;

  page_open (&page);
  page_edit (&page);
  type (&page, "name", "On the Train");
  gum_shop_set_network (page.products.shop, FALSE, FALSE, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  g_assert_nonnull (strstr (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)), "kept as a draft"));
  g_assert_cmpuint (count_writes (&page), ==, 0);
  page_close (&page);
}

static gboolean
is_unpublished (gpointer product)
{
  return !gum_product_is_published (product);
}

static gboolean
is_published (gpointer product)
{
  return gum_product_is_published (product);
}

static void
test_publish (void)
{
  Page page;
  GumProduct *product;
  GtkWidget *dialog;

  page_open (&page);
  product = gum_product_detail_get_product (page.detail);
  products_press (page.detail, "product.unpublish");
  gum_test_wait_until (is_unpublished, product);
  products_press (page.detail, "product.publish");
  gum_test_wait_until (is_published, product);
  products_press (page.detail, "product.unpublish");
  gum_test_wait_until (is_unpublished, product);

  /* Refused: with Gumroad's sentence, and a way out. */
  products_control (&page.products, "set_account", "{\"_payment_connected\":false}");
  products_press (page.detail, "product.publish");
  dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "payment method"));
  g_assert_true (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog),
                                                  "https://app.gumroad.com/settings/payments"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  page_close (&page);
}

static gboolean
is_deleted (gpointer detail)
{
  return gum_product_detail_is_deleted (detail);
}

static void
test_delete (void)
{
  Page page;
  GtkWidget *dialog;
  GtkWidget *entry;

  page_open (&page);
  gum_test_wait_until (is_whole, page.detail);
  gtk_widget_activate_action (GTK_WIDGET (page.detail), "product.delete", NULL);
  dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "file"));
  g_assert_true (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), "unpublish"));
  /* It was sold: its name has to be typed. */
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "delete"));
  entry = products_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Driftwood Tape Delay (VST3, AU, CLAP)");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "delete"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  gum_test_wait_until (is_deleted, page.detail);
  /* What is left of it is only to be looked at. */
  gtk_widget_activate_action (GTK_WIDGET (page.detail), "product.edit-covers", NULL);
  gum_test_settle ();
  g_assert_null (products_find (page.products.page, GUM_TYPE_COVERS_PAGE));
  page_close (&page);
}

typedef struct
{
  GumProductDetail *detail;
  const char       *name;
} Opened;

static gboolean
is_opened (gpointer data)
{
  Opened *opened = data;
  GumProduct *product = gum_product_detail_get_product (opened->detail);

  return product != NULL && g_strcmp0 (gum_product_get_name (product), opened->name) == 0;
}

static void
test_create (void)
{
  Page page;
  GtkWidget *window;
  GtkWidget *name, *price;

  page_open (&page);
  gum_section_create (GUM_SECTION (page.products.page));
  window = products_wait_window (GUM_TYPE_PRODUCT_CREATE);
  name = products_find (window, ADW_TYPE_ENTRY_ROW);
  price = gtk_widget_get_next_sibling (name);
  g_assert_false (gtk_widget_get_sensitive (products_find_button (window, "Create _Draft")));
  gtk_editable_set_text (GTK_EDITABLE (name), "Fresh");
  gtk_editable_set_text (GTK_EDITABLE (price), "0.10");
  g_assert_nonnull (products_find_text (window, "below the smallest"));
  gtk_editable_set_text (GTK_EDITABLE (price), "5");
  g_assert_true (gtk_widget_get_sensitive (products_find_button (window, "Create _Draft")));
  g_signal_emit_by_name (products_find_button (window, "Create _Draft"), "clicked");
  gum_test_wait_until (is_opened, &(Opened) { page.detail, "Fresh" });
  g_assert_false (gum_product_is_published (gum_product_detail_get_product (page.detail)));
  page_close (&page);
}

static void
test_duplicate (void)
{
  Page page;
  GtkWidget *window;
  JsonObject *record;

  page_open (&page);
  gum_test_wait_until (is_whole, page.detail);
  gtk_widget_activate_action (GTK_WIDGET (page.detail), "product.duplicate", NULL);
  window = products_wait_window (GUM_TYPE_PRODUCT_CREATE);
  g_signal_emit_by_name (products_find_button (window, "Create _Draft"), "clicked");
  gum_test_wait_until (is_opened, &(Opened) { page.detail, "Driftwood Tape Delay (VST3, AU, CLAP) (Copy)" });
  record = gum_resource_get_json (GUM_RESOURCE (gum_product_detail_get_product (page.detail)));
  g_assert_nonnull (gum_json_get_string (record, "description"));
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (record, "tags")), >, 0);
  page_close (&page);
}

/* A draft is offered from the page, and survives what happens to the page. */
static void
test_draft_is_shown (void)
{
  Page page;

  page_open (&page);
  page_edit (&page);
  g_assert_null (products_find_text (GTK_WIDGET (page.detail), "Edit Draft"));
  type (&page, "name", "Kept");
  gum_section_go_back (GUM_SECTION (page.products.page));
  gum_test_wait_until (is_closed, &page);
  products_wait_text (page.detail, "Edit Draft");
  page_edit (&page);
  g_assert_cmpstr (get_text (&page, "name"), ==, "Kept");
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

  g_test_add_func ("/form/save", test_save);
  g_test_add_func ("/form/category", test_category);
  g_test_add_func ("/form/currency", test_currency);
  g_test_add_func ("/form/rules", test_rules);
  g_test_add_func ("/form/nonsense-is-kept", test_nonsense_is_kept);
  g_test_add_func ("/form/undo", test_undo);
  g_test_add_func ("/form/refused", test_refused);
  g_test_add_func ("/form/refused-once", test_refused_once);
  g_test_add_func ("/form/unclear", test_unclear);
  g_test_add_func ("/form/left-while-saving", test_left_while_saving);
  g_test_add_func ("/form/left-and-failed", test_left_and_failed);
  g_test_add_func ("/form/conflict", test_conflict);
  g_test_add_func ("/form/offline", test_offline);
  g_test_add_func ("/form/draft-is-shown", test_draft_is_shown);
  g_test_add_func ("/product-changes/publish", test_publish);
  g_test_add_func ("/product-changes/delete", test_delete);
  g_test_add_func ("/product-changes/create", test_create);
  g_test_add_func ("/product-changes/duplicate", test_duplicate);

  return g_test_run ();
}
