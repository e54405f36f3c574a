/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of products: its rows, its states, its questions. */

#include "config.h"

#include "products-test.h"

#include "gum-json.h"
#include "gum-product-facts.h"
#include "gum-product-row.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>

static gboolean
has_row (gpointer data)
{
  return products_find (data, GUM_TYPE_PRODUCT_ROW) != NULL;
}

typedef struct
{
  GumProductsPane *pane;
  const char      *title;
} Status;

static gboolean
has_status (gpointer data)
{
  Status *status = data;

  return g_strcmp0 (gum_products_pane_get_status (status->pane), status->title) == 0;
}

/* Another may be shown until the ledger's thread has answered. */
static void
wait_status (Products   *fixture,
             const char *title)
{
  gum_test_wait_until (has_status, &(Status) { fixture->pane, title });
}

static gboolean
has_list (gpointer data)
{
  return gum_products_pane_get_status (data) == NULL;
}

static gboolean
is_renamed (gpointer data)
{
  return g_str_has_prefix (gum_product_row_get_label (data), "Plugin Pro, ");
}

static GumProductRow *
wait_row (Products *fixture)
{
  gum_test_wait_until (has_row, fixture->page);
  return GUM_PRODUCT_ROW (products_find (fixture->page, GUM_TYPE_PRODUCT_ROW));
}

static char *
dup_sentence (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (JsonNode) node = gum_json_parse_object (bytes, NULL);
  g_autoptr (GumResource) product = NULL;

  product = gum_resource_new_from_json (GUM_TYPE_PRODUCT, json_node_get_object (node), NULL);
  return gum_product_facts_dup_sentence (GUM_PRODUCT (product));
}

static void
test_sentence (void)
{
  static const char *sentences[][2] = {
    { "{\"name\":\"Plugin Pro\",\"formatted_price\":\"$19\",\"published\":true,"
      "\"sales_count\":120}", "Plugin Pro, $19, published, 120 sold" },
    { "{\"name\":\"Club\",\"formatted_price\":\"$8 a month\",\"is_tiered_membership\":true,"
      "\"sales_count\":1,\"sales_usd_cents\":800.0}",
      "Club, $8 a month, draft, membership, 1 sold, $8.00 revenue" },
    { "{\"name\":\" \\n\"}", "Untitled, draft" },
    { "{\"name\":\"One\",\"price\":1900,\"currency\":\"usd\",\"formatted_price\":\"$19\"}",
      "One, $19.00, draft" },
    { "{\"name\":\"Open\",\"price\":0,\"currency\":\"eur\",\"formatted_price\":\"€0+\","
      "\"customizable_price\":true}", "Open, €0.00+, draft" },
    { "{\"name\":\"Yen\",\"price\":500,\"currency\":\"jpy\",\"formatted_price\":\"¥500\"}",
      "Yen, ¥500, draft" },
    { "{\"name\":\"Club\",\"price\":0,\"currency\":\"usd\",\"formatted_price\":\"$8 a month\","
      "\"is_tiered_membership\":true,\"subscription_duration\":\"monthly\",\"variants\":[{\"title\":"
      "\"Tier\",\"options\":[{\"name\":\"Big\",\"recurrence_prices\":{\"monthly\":{\"price_cents\":2000}}},"
      "{\"name\":\"Small\",\"recurrence_prices\":{\"monthly\":{\"price_cents\":800},\"yearly\":"
      "{\"price_cents\":8000}}}]}]}", "Club, $8.00 a month, draft, membership" },
    { "{\"name\":\"Gone\",\"price\":500,\"currency\":\"eur\",\"deleted\":true}",
      "Gone, €5.00, deleted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *sentence = dup_sentence (sentences[i][0]);

      g_assert_cmpstr (sentence, ==, sentences[i][1]);
    }
}

static gboolean
is_table (gpointer row)
{
  return gum_product_row_is_table (row);
}

static void
test_rows (void)
{
  Products fixture = { 0 };
  GumProductRow *row;
  g_autofree char *sentence = NULL;
  const char *label;

  products_set_up (&fixture, 40, 1200, 700);
  products_sync (&fixture);
  products_wait_listed (&fixture, 40);
  row = wait_row (&fixture);
  label = gum_product_row_get_label (row);
  sentence = gum_product_facts_dup_sentence (gum_product_row_get_product (row));
  g_assert_cmpstr (label, ==, sentence);
  g_assert_true (g_str_has_prefix (label, "Tidewater Brushes for Procreate, $18.00, published, 412"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  gtk_test_accessible_assert_property (gtk_widget_get_parent (GTK_WIDGET (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  /* The row is there before it has been given its width. */
  gum_test_wait_until (is_table, row);

  /* What changes at Gumroad changes in the row that is there. */
  products_control (&fixture, "edit",
                    "{\"id\":\"RR5hjkZpcoaZbpXzDms6WQ==\",\"set\":{\"name\":\"Plugin Pro\"}}");
  products_sync (&fixture);
  gum_test_wait_until (is_renamed, row);
  label = gum_product_row_get_label (row);
  gtk_test_accessible_assert_property (gtk_widget_get_parent (GTK_WIDGET (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  products_tear_down (&fixture);
}

static void
test_narrow (void)
{
  Products fixture = { 0 };
  GumProductRow *row;
  int minimum = 0;

  products_set_up (&fixture, 40, 360, 640);
  gum_section_set_folded (GUM_SECTION (fixture.page), TRUE);
  products_sync (&fixture);
  row = wait_row (&fixture);
  g_assert_false (gum_product_row_is_table (row));
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  gtk_widget_activate_action (GTK_WIDGET (row), "row.open", NULL);
  gum_test_settle ();
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  products_tear_down (&fixture);
}

static gboolean
is_screenful (gpointer fixture)
{
  return products_count_listed (fixture) <= 40;
}

static gboolean
is_more (gpointer fixture)
{
  return products_count_listed (fixture) > 40;
}

/* A keystroke makes a screenful of rows anew, not all that the list has made so far. */
static void
test_search_frame (void)
{
  Products fixture = { 0 };

  products_set_up (&fixture, 300, 1200, 700);
  products_sync (&fixture);
  products_wait_listed (&fixture, 300);
  products_search (&fixture, "a");
  gum_test_wait_until (is_screenful, &fixture);
  gum_test_wait_until (is_more, &fixture);
  products_search (&fixture, "");
  products_wait_listed (&fixture, 300);
  products_tear_down (&fixture);
}

static gboolean
is_whole (GtkWidget *label)
{
  return label != NULL &&
         !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

static gboolean
is_title_whole (gpointer pane)
{
  return is_whole (products_find_text (pane, "Products"));
}

static gboolean
is_age_whole (gpointer pane)
{
  return is_whole (products_find_text (pane, "Updated just now"));
}

static gboolean
has_number (gpointer data)
{
  Products *fixture = data;

  return is_whole (products_find_text (GTK_WIDGET (fixture->pane), "20 products · Updated "));
}

/* As narrow as it gets, the title is not cut even by the buttons of a desktop that has three, nor the age
 * by the one that GNOME has. */
static void
test_narrow_title (void)
{
  Products fixture = { 0 };
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *layout = NULL;
  GtkWidget *menu;

  g_object_get (settings, "gtk-decoration-layout", &layout, NULL);
  g_object_set (settings, "gtk-decoration-layout", ":minimize,maximize,close", NULL);
  products_set_up (&fixture, 20, 360, 640);
  gum_section_set_folded (GUM_SECTION (fixture.page), TRUE);
  products_sync (&fixture);
  wait_row (&fixture);
  gum_test_wait_until (is_title_whole, fixture.pane);
  g_object_set (settings, "gtk-decoration-layout", ":close", NULL);
  gum_test_wait_until (is_age_whole, fixture.pane);

  /* What went into the menu is there, and does what the button does. */
  menu = products_find (GTK_WIDGET (fixture.pane), GTK_TYPE_MENU_BUTTON);
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  products_wait_text (menu, "New Product");
  products_wait_text (menu, "Sort and Filter");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
  gum_test_settle ();

  /* Where there is room, the number is told as well. */
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 800, 600);
  gum_test_wait_until (has_number, &fixture);
  products_tear_down (&fixture);
  g_object_set (settings, "gtk-decoration-layout", layout, NULL);
}

static void
test_large_text (void)
{
  Products fixture = { 0 };
  GtkSettings *settings = gtk_settings_get_default ();
  GumProductRow *row;
  g_autofree char *layout = NULL;
  int minimum = 0;
  int dpi = 0;

  /* 200 % on the narrowest window, which has one button as GNOME's have. */
  g_object_get (settings, "gtk-xft-dpi", &dpi, "gtk-decoration-layout", &layout, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, "gtk-decoration-layout", ":close", NULL);
  products_set_up (&fixture, 20, 360, 640);
  gum_section_set_folded (GUM_SECTION (fixture.page), TRUE);
  products_sync (&fixture);
  row = wait_row (&fixture);
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_activate_action (GTK_WIDGET (row), "row.open", NULL);
  gum_test_settle ();
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  products_tear_down (&fixture);
  g_object_set (settings, "gtk-xft-dpi", dpi, "gtk-decoration-layout", layout, NULL);
}

static void
test_empty (void)
{
  Products fixture = { 0 };

  products_set_up (&fixture, 0, 800, 600);
  products_sync (&fixture);
  wait_status (&fixture, "No Products Yet");
  products_tear_down (&fixture);
}

static void
test_error_without_data (void)
{
  Products fixture = { 0 };

  products_set_up (&fixture, 20, 800, 600);
  products_control (&fixture, "fault",
                    "{\"match\":\"GET /v2/products\",\"kind\":\"status\",\"status\":403}");
  products_sync (&fixture);
  wait_status (&fixture, "Not Allowed");

  /* The way out of it is on the page. */
  gtk_widget_activate_action (products_find_text (GTK_WIDGET (fixture.pane), "Try Again"),
                              "products.refresh", NULL);
  gum_test_wait_until (has_list, fixture.pane);
  products_wait_listed (&fixture, 20);
  products_tear_down (&fixture);
}

static void
test_no_ledger (void)
{
  Products fixture = { 0 };

  products_set_up (&fixture, 20, 800, 600);
  products_sync (&fixture);
  gum_test_wait_until (has_list, fixture.pane);
  gum_shop_close (fixture.shop);
  gum_test_settle ();
  if (gum_shop_get_store (fixture.shop) == NULL)
    g_assert_nonnull (gum_products_pane_get_status (fixture.pane));
  products_tear_down (&fixture);
}

static void
test_search (void)
{
  Products fixture = { 0 };
  g_autoptr (GumProduct) product = NULL;

  products_set_up (&fixture, 60, 800, 600);
  products_sync (&fixture);
  products_wait_listed (&fixture, 60);

  products_search (&fixture, "driftwood tape");
  products_wait_listed (&fixture, 1);
  product = products_dup_at (&fixture, 0);
  g_assert_cmpstr (gum_product_get_name (product), ==, "Driftwood Tape Delay (VST3, AU, CLAP)");

  products_search (&fixture, "zyxwv & <b>");
  wait_status (&fixture, "No Products Match “zyxwv & <b>”");
  products_wait_text (fixture.pane, "zyxwv & <b>");

  /* Back ends the search. */
  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  products_wait_listed (&fixture, 60);
  g_assert_false (gum_section_go_back (GUM_SECTION (fixture.page)));
  products_tear_down (&fixture);
}

/* A question also makes the list shorter before it is answered: a screenful is made anew. */
static gboolean
has_only_drafts (gpointer fixture)
{
  guint n = products_count_listed (fixture);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GumProduct) product = products_dup_at (fixture, i);

      if (product == NULL || gum_product_is_published (product))
        return FALSE;
    }
  return n > 0;
}

static void
test_filters (void)
{
  Products fixture = { 0 };
  GtkWidget *inside;

  products_set_up (&fixture, 60, 800, 600);
  products_sync (&fixture);
  products_wait_listed (&fixture, 60);
  inside = products_find (GTK_WIDGET (fixture.pane), GTK_TYPE_SEARCH_BAR);

  gtk_widget_activate_action (inside, "products.state", "s", "draft");
  gum_test_wait_until (has_only_drafts, &fixture);

  products_search (&fixture, "zyxwv");
  products_wait_text (fixture.pane, "The filters leave only: Drafts.");
  gtk_widget_activate_action (inside, "products.clear", NULL);
  products_wait_listed (&fixture, 60);
  g_assert_null (gum_products_pane_get_status (fixture.pane));
  products_tear_down (&fixture);
}

static void
test_filter_hides_all (void)
{
  Products fixture = { 0 };
  GtkWidget *inside;

  products_set_up (&fixture, 3, 800, 600);
  products_sync (&fixture);
  products_wait_listed (&fixture, 3);
  inside = products_find (GTK_WIDGET (fixture.pane), GTK_TYPE_SEARCH_BAR);
  gtk_widget_activate_action (inside, "products.state", "s", "draft");
  gtk_widget_activate_action (inside, "products.kind", "s", "bundle");
  wait_status (&fixture, "No drafts of bundles");
  gtk_widget_activate_action (inside, "products.clear-filters", NULL);
  products_wait_listed (&fixture, 3);
  products_tear_down (&fixture);
}

typedef struct
{
  Products   *fixture;
  const char *name;
} First;

static gboolean
is_first (gpointer data)
{
  First *first = data;
  g_autoptr (GumProduct) product = products_dup_at (first->fixture, 0);

  return product != NULL && g_strcmp0 (gum_product_get_name (product), first->name) == 0;
}

static gboolean
is_not_first (gpointer data)
{
  return !is_first (data);
}

static void
test_sort (void)
{
  Products fixture = { 0 };
  GtkWidget *inside;
  g_autoptr (GumProduct) best = NULL;
  g_autoptr (GumProduct) next = NULL;

  products_set_up (&fixture, 12, 1200, 700);
  products_sync (&fixture);
  products_wait_listed (&fixture, 12);
  gum_test_wait_until (is_first, &(First) { &fixture, "Tidewater Brushes for Procreate" });
  inside = products_find (GTK_WIDGET (fixture.pane), GTK_TYPE_SEARCH_BAR);

  /* Numbers begin with the biggest, a second press turns them round. */
  gtk_widget_activate_action (inside, "products.sort-column", "s", "sales");
  gum_test_wait_until (is_first, &(First) { &fixture, "Small Apps, Calm Money" });
  best = products_dup_at (&fixture, 0);
  next = products_dup_at (&fixture, 1);
  g_assert_cmpint (gum_product_get_sales_count (best), >=, gum_product_get_sales_count (next));
  gtk_widget_activate_action (inside, "products.sort-column", "s", "sales");
  gum_test_wait_until (is_not_first, &(First) { &fixture, "Small Apps, Calm Money" });

  /* And back to the newest. */
  gtk_widget_activate_action (inside, "products.sort", "s", "newest");
  gum_test_wait_until (is_first, &(First) { &fixture, "Tidewater Brushes for Procreate" });
  products_tear_down (&fixture);
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

  g_test_add_func ("/products/sentence", test_sentence);
  g_test_add_func ("/products/rows", test_rows);
  g_test_add_func ("/products/narrow", test_narrow);
  g_test_add_func ("/products/search-frame", test_search_frame);
  g_test_add_func ("/products/narrow-title", test_narrow_title);
  g_test_add_func ("/products/large-text", test_large_text);
  g_test_add_func ("/products/empty", test_empty);
  g_test_add_func ("/products/error-without-data", test_error_without_data);
  g_test_add_func ("/products/no-ledger", test_no_ledger);
  g_test_add_func ("/products/search", test_search);
  g_test_add_func ("/products/filters", test_filters);
  g_test_add_func ("/products/filter-hides-all", test_filter_hides_all);
  g_test_add_func ("/products/sort", test_sort);
  return g_test_run ();
}
