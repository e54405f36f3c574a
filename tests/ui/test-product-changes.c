/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with a product as a whole, while it is on its way: nothing twice, nothing unheard, and nothing where
 * nothing can be sent. */

#include "config.h"

#include "products-test.h"

#include "gum-category-chooser.h"
#include "gum-file-target.h"
#include "gum-files-page.h"
#include "gum-journal.h"
#include "gum-product-changes.h"
#include "gum-product-create.h"
#include "gum-product-detail.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="
#define CLUB      "0aIk_2EtDnPjyK-WDLAPzw=="

typedef struct
{
  Products          products;
  GumProductDetail *detail;
  GtkWidget        *create;     /* weak */
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

static void
page_close (Page *page)
{
  g_clear_weak_pointer (&page->create);
  products_tear_down (&page->products);
}

static void
act (Page       *page,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (page->detail), action, NULL);
}

/* How many requests have @text in them. */
static guint
count_requests (Page       *page,
                const char *text)
{
  g_autofree char *answer = NULL;
  guint count = 0;

  gum_sandbox_control (page->products.sandbox, "requests", "{}", &answer);
  for (const char *p = answer; (p = strstr (p, text)) != NULL; p++)
    count++;

  return count;
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

/* A page that is shown anew meanwhile does not offer it again. */
static void
test_busy (void)
{
  Page page;
  GumProduct *product;

  page_open (&page);
  product = gum_product_detail_get_product (page.detail);
  act (&page, "product.unpublish");
  gum_product_changes_update (page.detail);
  act (&page, "product.unpublish");
  act (&page, "product.delete");
  g_assert_null (products_find_window (ADW_TYPE_MESSAGE_DIALOG));
  gum_test_wait_until (is_unpublished, product);
  products_press (page.detail, "product.publish");
  gum_test_wait_until (is_published, product);
  g_assert_cmpuint (count_requests (&page, "/disable"), ==, 1);
  products_press (page.detail, "product.delete");
  g_assert_nonnull (products_find_window (ADW_TYPE_MESSAGE_DIALOG));
  page_close (&page);
}

static gboolean
is_asked_to_delete (gpointer page)
{
  return count_requests (page, "\"method\":\"DELETE\"") > 0;
}

static gboolean
is_silent (gpointer journal)
{
  return gum_journal_get_n_sending (journal) == 0;
}

/* The page shows another product when the question is answered: what was named is deleted, and nothing else. */
static void
test_delete_named (void)
{
  Page page;
  GtkWidget *dialog;
  g_autoptr(GumProduct) product = NULL;

  page_open (&page);
  product = g_object_ref (gum_product_detail_get_product (page.detail));
  act (&page, "product.delete");
  dialog = products_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  gum_section_set_place (GUM_SECTION (page.products.page), CLUB);
  gum_test_settle ();
  g_assert_true (gum_product_detail_get_product (page.detail) != product);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  gum_test_wait_until (is_asked_to_delete, &page);
  gum_test_wait_until (is_silent, gum_store_get_journal (page.products.store));
  gum_test_settle ();
  g_assert_cmpuint (count_requests (&page, "\"method\":\"DELETE\",\"path\":\"/v2/products/" DRIFTWOOD),
                    ==, 1);
  g_assert_false (gum_product_detail_is_deleted (page.detail));
  page_close (&page);
}

typedef struct
{
  GumProduct *product;
  const char *name;
} Named;

static gboolean
is_named (gpointer data)
{
  Named *named = data;

  return g_strcmp0 (gum_product_get_name (named->product), named->name) == 0;
}

static void
set_name (Page       *page,
          const char *name)
{
  g_autofree char *args = g_strdup_printf ("{\"id\":\"" DRIFTWOOD "\",\"set\":{\"name\":\"%s\"}}", name);

  products_control (&page->products, "edit", args);
  products_sync (&page->products);
  gum_test_wait_until (is_named, &(Named) { gum_product_detail_get_product (page->detail), name });
}

/* What is on no keyboard need not be typed. */
static void
test_delete_typed (void)
{
  static const struct {
    const char *name;
    const char *typed;
    gboolean    fine;
  } cases[] = {
    { "🌊 Low  Tide™ 🌊", "low tide", TRUE },
    { "🌊 Low  Tide™ 🌊", "🌊 Low  Tide™ 🌊", TRUE },
    { "🌊 Low  Tide™ 🌊", "low tid", FALSE },
    { "🌊 Low  Tide™ 🌊", "", FALSE },
    { "\u200fגאות\u200f 3", "גאות 3", TRUE },
    { "Cafe\u0301 – the Beginner’s “Guide”", "CAFÉ - the beginner's \"guide\"", TRUE },
    { "❤️👩‍👩‍👧🏽1️⃣", "1", TRUE },
    { "❤️👩‍👩‍👧🏽", "Delete", TRUE },
    { "❤️👩‍👩‍👧🏽", "", FALSE },
    { "C++", "C", FALSE },
  };
  Page page;

  page_open (&page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *dialog, *child, *entry;

      g_test_message ("%s", cases[i].name);
      set_name (&page, cases[i].name);
      act (&page, "product.delete");
      dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
      child = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
      entry = products_find (child, GTK_TYPE_ENTRY);
      g_assert_true (gtk_label_get_selectable (GTK_LABEL (products_find_text (child, "Type “"))));
      g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (dialog)), entry));
      gtk_editable_set_text (GTK_EDITABLE (entry), "x");
      gtk_editable_set_text (GTK_EDITABLE (entry), cases[i].typed);
      g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "delete") ==
                     cases[i].fine);
      gtk_window_close (GTK_WINDOW (dialog));
      products_wait_no_window (ADW_TYPE_MESSAGE_DIALOG);
    }
  page_close (&page);
}

/* --- files that are dropped on it ------------------------------------------------------------- */

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (GTK_IS_DROP_TARGET (controller))
            return controller;
        }
    }

  return NULL;
}

static gboolean
drop (GtkEventController *target)
{
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *files = g_slist_append (NULL, g_file_new_for_path ("/nowhere/Tape Delay 2.2.zip"));
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, files);
  g_signal_emit_by_name (target, "drop", &value, 1.0, 1.0, &taken);

  return taken;
}

/* A build that is dropped on its product comes to the Files page, which asks where it belongs. */
static void
test_drop (void)
{
  Page page;
  GtkEventController *target;
  GtkWidget *window;
  GdkDragAction action = 0;

  page_open (&page);
  target = find_drop_target (products_find (GTK_WIDGET (page.detail), g_type_from_name ("GumProductHead")));
  g_assert_nonnull (target);
  g_signal_emit_by_name (target, "enter", 1.0, 1.0, &action);
  g_assert_cmpint (action, ==, GDK_ACTION_COPY);
  products_wait_text (page.detail, "Drop files here");
  g_signal_emit_by_name (target, "leave");
  products_wait_no_text (page.detail, "Drop files here");

  g_assert_true (drop (target));
  g_assert_true (GUM_IS_FILES_PAGE (gum_product_detail_get_subpage (page.detail)));
  window = products_wait_window (GUM_TYPE_FILE_TARGET);
  g_assert_nonnull (products_find_text (window, "Tape Delay 2.2.zip"));
  gtk_window_destroy (GTK_WINDOW (window));

  gum_product_detail_set_product (page.detail, NULL);
  g_signal_emit_by_name (target, "motion", 1.0, 1.0, &action);
  g_assert_cmpint (action, ==, 0);
  g_assert_false (drop (target));
  page_close (&page);
}

/* --- a new product ---------------------------------------------------------------------------- */

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
page_create (Page       *page,
             GumProduct *like)
{
  g_set_weak_pointer (&page->create, gum_product_create_new (page->products.shop, like));
  gtk_window_present (GTK_WINDOW (page->create));
  gum_test_wait_until (is_mapped, page->create);
}

static void
press (Page       *page,
       const char *label)
{
  GtkWidget *button = products_find_button (page->create, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
type (Page       *page,
      const char *name)
{
  GtkWidget *row = products_find (page->create, ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (row), name);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (row)), "5");
}

static gboolean
is_refused (gpointer window)
{
  return products_find_text (window, "No more.") != NULL;
}

static void
discard (Page *page)
{
  GtkWidget *dialog;

  gtk_window_close (GTK_WINDOW (page->create));
  dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_signal_emit_by_name (products_find_button (dialog, "_Discard"), "clicked");
  gum_test_wait_until (is_gone, &page->create);
  products_wait_no_window (ADW_TYPE_MESSAGE_DIALOG);
}

/* What is on its way is not taken back by closing the window, so the window stays until it is known how it went. */
static void
test_create_stays (void)
{
  Page page;

  page_open (&page);
  page_create (&page, NULL);
  type (&page, "Fresh");
  press (&page, "Create _Draft");
  g_assert_false (gtk_widget_get_sensitive (products_find_button (page.create, "_Cancel")));
  gtk_window_close (GTK_WINDOW (page.create));
  g_assert_nonnull (page.create);
  g_assert_true (gtk_widget_get_visible (page.create));
  gum_test_wait_until (is_gone, &page.create);
  g_assert_cmpuint (count_requests (&page, "native_type"), ==, 1);

  /* Refused: it can be closed then. */
  products_control (&page.products, "fault", "{\"match\":\"POST /v2/products\",\"kind\":\"success_false\","
                    "\"message\":\"No more.\"}");
  page_create (&page, NULL);
  type (&page, "Another");
  press (&page, "Create _Draft");
  gum_test_wait_until (is_refused, page.create);
  discard (&page);
  page_close (&page);
}

/* What was typed goes only when that was asked; what was not touched goes at once. */
static void
test_create_asks (void)
{
  Page page;
  GtkWidget *dialog;

  page_open (&page);
  page_create (&page, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (products_find (page.create, ADW_TYPE_COMBO_ROW)), 2);
  gtk_window_close (GTK_WINDOW (page.create));
  gum_test_wait_until (is_gone, &page.create);
  page_create (&page, gum_product_detail_get_product (page.detail));
  gtk_window_close (GTK_WINDOW (page.create));
  gum_test_wait_until (is_gone, &page.create);
  g_assert_null (products_find_window (ADW_TYPE_MESSAGE_DIALOG));

  page_create (&page, NULL);
  type (&page, "Undertow");
  gtk_window_close (GTK_WINDOW (page.create));
  gtk_window_close (GTK_WINDOW (page.create));
  dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_signal_emit_by_name (products_find_button (dialog, "_Keep Writing"), "clicked");
  products_wait_no_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (page.create);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (products_find (page.create, ADW_TYPE_ENTRY_ROW))), ==,
                   "Undertow");
  discard (&page);
  page_close (&page);
}

static gboolean
says_unclear (gpointer window)
{
  return products_find_text (window, "may or may not") != NULL;
}

static gboolean
says_not_there (gpointer window)
{
  return products_find_text (window, "shows no such product") != NULL;
}

/* What may be there already is not created again by pressing the same button. */
static void
test_create_unclear (void)
{
  Page page;

  page_open (&page);
  products_control (&page.products, "fault", "{\"match\":\"POST /v2/products\",\"kind\":\"drop\"}");
  products_control (&page.products, "fault", "{\"match\":\"GET /v2/products\",\"kind\":\"status\","
                    "\"status\":404,\"body\":\"gone\"}");
  page_create (&page, NULL);
  type (&page, "Low Tide");
  press (&page, "Create _Draft");
  gum_test_wait_until (says_unclear, page.create);
  g_assert_false (gtk_widget_get_sensitive (products_find_button (page.create, "Create _Draft")));
  g_signal_emit_by_name (products_find_button (page.create, "Create _Draft"), "clicked");
  g_signal_emit_by_name (products_find (page.create, ADW_TYPE_ENTRY_ROW), "entry-activated");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (page.create)) ==
                 products_find_button (page.create, "_Check Again"));

  /* Another name is another product; the same one again is not. */
  type (&page, "High Tide");
  g_assert_true (gtk_widget_get_sensitive (products_find_button (page.create, "Create _Draft")));
  type (&page, "Low Tide");
  g_assert_false (gtk_widget_get_sensitive (products_find_button (page.create, "Create _Draft")));

  press (&page, "_Check Again");
  gum_test_wait_until (is_gone, &page.create);
  g_assert_cmpuint (count_requests (&page, "native_type"), ==, 1);

  /* It was not carried out: that was asked, and then it may be sent again. */
  products_control (&page.products, "fault", "{\"match\":\"POST /v2/products\",\"kind\":\"status\","
                    "\"status\":502,\"body\":\"\"}");
  page_create (&page, NULL);
  type (&page, "Slack Water");
  press (&page, "Create _Draft");
  gum_test_wait_until (says_unclear, page.create);
  press (&page, "_Check Again");
  gum_test_wait_until (says_not_there, page.create);
  press (&page, "Create _Draft");
  gum_test_wait_until (is_gone, &page.create);
  g_assert_cmpuint (count_requests (&page, "Slack Water"), ==, 2);
  page_close (&page);
}

/* It was created after all, but something else is in the form by then: that stays. */
static void
test_create_unclear_changed (void)
{
  Page page;

  page_open (&page);
  products_control (&page.products, "fault", "{\"match\":\"POST /v2/products\",\"kind\":\"drop\"}");
  products_control (&page.products, "fault", "{\"match\":\"GET /v2/products\",\"kind\":\"status\","
                    "\"status\":404,\"body\":\"gone\"}");
  page_create (&page, NULL);
  type (&page, "Low Tide");
  press (&page, "Create _Draft");
  gum_test_wait_until (says_unclear, page.create);
  type (&page, "High Tide");
  press (&page, "_Check Again");
  products_wait_text (page.create, "“Low Tide” is at Gumroad");
  press (&page, "Create _Draft");
  gum_test_wait_until (is_gone, &page.create);
  g_assert_cmpuint (count_requests (&page, "native_type"), ==, 2);
  page_close (&page);
}

static GumProduct *
dup_membership (Page *page)
{
  for (guint i = 0; i < products_count_listed (&page->products); i++)
    {
      g_autoptr(GumProduct) product = products_dup_at (&page->products, i);

      if (gum_product_get_kind (product) == GUM_PRODUCT_KIND_MEMBERSHIP)
        return g_steal_pointer (&product);
    }
  g_assert_not_reached ();
}

/* The row with this title, shown or not. */
static AdwComboRow *
find_combo (Page       *page,
            const char *title)
{
  GtkWidget *row = products_find (page->create, ADW_TYPE_COMBO_ROW);

  while (row != NULL && (!ADW_IS_COMBO_ROW (row) ||
                         strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) != 0))
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);

  return ADW_COMBO_ROW (row);
}

/* How often members pay can only be said now. */
static void
test_create_membership (void)
{
  Page page;
  AdwComboRow *paid;

  page_open (&page);
  page_create (&page, NULL);
  type (&page, "Tide Tables");
  paid = find_combo (&page, "Paid");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (paid)));
  adw_combo_row_set_selected (find_combo (&page, "Kind"), 3);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (paid)));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (paid)), ==, 5);
  adw_combo_row_set_selected (paid, 4);
  press (&page, "Create _Draft");
  gum_test_wait_until (is_gone, &page.create);
  g_assert_cmpuint (count_requests (&page, "every_two_years"), ==, 1);
  page_close (&page);
}

/* Only a membership has a duration. */
static void
test_copy_of_membership (void)
{
  Page page;
  g_autoptr(GumProduct) club = NULL;

  page_open (&page);
  club = dup_membership (&page);
  for (guint i = 0; i < 2; i++)
    {
      page_create (&page, club);
      if (i == 1)
        adw_combo_row_set_selected (ADW_COMBO_ROW (products_find (page.create, ADW_TYPE_COMBO_ROW)), 0);
      press (&page, "Create _Draft");
      gum_test_wait_until (is_gone, &page.create);
      g_assert_cmpuint (count_requests (&page, "native_type"), ==, i + 1);
      g_assert_cmpuint (count_requests (&page, "subscription_duration"), ==, 1);
    }
  page_close (&page);
}

static gboolean
is_nameless (gpointer product)
{
  return gum_product_get_name (product) == NULL;
}

static void
test_copy_without_name (void)
{
  Page page;
  GumProduct *product;

  page_open (&page);
  product = gum_product_detail_get_product (page.detail);
  products_control (&page.products, "edit", "{\"id\":\"" DRIFTWOOD "\",\"set\":{\"name\":null}}");
  products_sync (&page.products);
  gum_test_wait_until (is_nameless, product);
  page_create (&page, product);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (products_find (page.create, ADW_TYPE_ENTRY_ROW))), ==,
                   "Untitled (Copy)");
  gtk_window_destroy (GTK_WINDOW (page.create));
  page_close (&page);
}

/* --- where nothing can be sent ---------------------------------------------------------------- */

static gboolean
is_rejected (gpointer account)
{
  return gum_account_get_state (account) == GUM_ACCOUNT_REJECTED;
}

static void
check_obstacle (GumShop    *shop,
                const char *words)
{
  const char *title = NULL;
  const char *reason = NULL;

  g_assert_true (gum_shop_may_write (shop, &title, &reason) == (words == NULL));
  g_assert_true ((title == NULL) == (words == NULL));
  if (words == NULL)
    g_assert_null (reason);
  else
    g_assert_nonnull (strstr (reason, words));
}

static void
test_may_write (void)
{
  Page page;

  page_open (&page);
  check_obstacle (page.products.shop, NULL);
  gum_shop_set_network (page.products.shop, FALSE, FALSE, FALSE);
  check_obstacle (page.products.shop, "needs a connection");
  gum_shop_set_network (page.products.shop, TRUE, FALSE, FALSE);

  products_control (&page.products, "revoke_all", "{}");
  products_sync (&page.products);
  gum_test_wait_until (is_rejected, page.products.account);
  check_obstacle (page.products.shop, "Connect the account again");
  products_control (&page.products, "requests", "{\"clear\":true}");
  act (&page, "product.unpublish");
  page_create (&page, NULL);
  type (&page, "Fresh");
  press (&page, "Create _Draft");
  products_wait_text (page.create, "Connect the account again");
  discard (&page);

  gum_shop_close (page.products.shop);
  check_obstacle (page.products.shop, "cannot be opened");
  g_assert_cmpuint (count_requests (&page, "\"method\":\"P"), ==, 0);
  page_close (&page);
}

static gboolean
says_why (gpointer window)
{
  return products_find_text (window, "No <b>luck</b> & no joy") != NULL;
}

/* Gumroad's words are words, whatever they look like. */
static void
test_category_markup (void)
{
  Page page;
  GtkWidget *window;

  page_open (&page);
  products_control (&page.products, "fault", "{\"match\":\"GET /v2/categories\",\"kind\":\"success_false\","
                    "\"message\":\"No <b>luck</b> & no joy\"}");
  window = gum_category_chooser_new (page.products.shop, NULL);
  gtk_window_present (GTK_WINDOW (window));
  gum_test_wait_until (says_why, window);
  gtk_widget_activate_action (window, "categories.read", NULL);
  products_wait_text (window, "UI & Web");
  gtk_window_destroy (GTK_WINDOW (window));
  page_close (&page);
}

static gboolean
shows_versions (gpointer detail)
{
  GumSubpage *subpage = gum_product_detail_get_subpage (detail);

  return subpage != NULL && g_str_equal (G_OBJECT_TYPE_NAME (subpage), "GumVersionsPage");
}

static gboolean
is_off_sale (gpointer detail)
{
  return !gum_product_is_published (gum_product_detail_get_product (detail));
}

/* Why it is not published, and where something can be done about it, which may be here. */
static void
test_way_out (void)
{
  Page page;
  GtkWidget *dialog;

  page_open (&page);
  products_control (&page.products, "edit", "{\"id\":\"" DRIFTWOOD "\",\"set\":{\"published\":false}}");
  products_sync (&page.products);
  gum_test_wait_until (is_off_sale, page.detail);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id/enable\",\"kind\":\"success_false\","
                    "\"message\":\"Sorry, the product versions must have at least one option.\"}");
  products_press (page.detail, "product.publish");
  dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_response_label (ADW_MESSAGE_DIALOG (dialog), "product.edit-versions"), ==,
                   "_Versions");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "product.edit-versions");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gum_test_wait_until (shows_versions, page.detail);
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

  g_test_add_func ("/product-changes/delete-named", test_delete_named);
  g_test_add_func ("/product-changes/delete-typed", test_delete_typed);
  g_test_add_func ("/product-changes/drop", test_drop);
  g_test_add_func ("/product-changes/busy", test_busy);
  g_test_add_func ("/product-changes/way-out", test_way_out);
  g_test_add_func ("/product-changes/create-stays", test_create_stays);
  g_test_add_func ("/product-changes/create-unclear", test_create_unclear);
  g_test_add_func ("/product-changes/create-unclear-changed", test_create_unclear_changed);
  g_test_add_func ("/product-changes/create-asks", test_create_asks);
  g_test_add_func ("/product-changes/create-membership", test_create_membership);
  g_test_add_func ("/product-changes/copy-of-membership", test_copy_of_membership);
  g_test_add_func ("/product-changes/copy-without-name", test_copy_without_name);
  g_test_add_func ("/product-changes/may-write", test_may_write);
  g_test_add_func ("/product-changes/category-markup", test_category_markup);

  return g_test_run ();
}
