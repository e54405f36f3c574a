/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One product's page, and how it goes with the list. */

#include "config.h"

#include "products-test.h"

#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>

#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="
#define CLUB      "0aIk_2EtDnPjyK-WDLAPzw=="

static GumProductDetail *
open_product (Products   *fixture,
              const char *id)
{
  GtkWidget *detail;

  gum_section_set_place (GUM_SECTION (fixture->page), id);
  gum_test_settle ();
  detail = products_find (fixture->page, GUM_TYPE_PRODUCT_DETAIL);
  g_assert_nonnull (detail);
  return GUM_PRODUCT_DETAIL (detail);
}

static void
test_fills_in (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;

  products_set_up (&fixture, 20, 1200, 2000);
  products_sync (&fixture);
  products_wait_listed (&fixture, 20);

  /* What the list knew is there at once; then come files and content. */
  detail = open_product (&fixture, DRIFTWOOD);
  g_assert_nonnull (products_find_text (GTK_WIDGET (detail), "Driftwood Tape Delay"));
  products_wait_text (detail, "Installer for Windows");
  products_wait_text (detail, "Not in content");
  g_assert_null (gum_product_detail_get_notice (detail));
  g_assert_false (gum_product_detail_is_deleted (detail));

  /* Whatever is not built yet, nothing of another product stays. */
  gum_section_set_place (GUM_SECTION (fixture.page), CLUB);
  g_assert_null (products_find_text (GTK_WIDGET (detail), "Driftwood Tape Delay"));
  g_assert_null (products_find_text (GTK_WIDGET (detail), "Installer for Windows"));
  products_wait_text (detail, "Every month: $8.00");
  products_tear_down (&fixture);
}

/* Whether it is seen or not. */
static GtkWidget *
find_made (GtkWidget *root,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_made (child, type);
  return found;
}

static gboolean
is_made (gpointer page)
{
  return find_made (page, GUM_TYPE_PRODUCT_DETAIL) != NULL;
}

static gboolean
is_taken_down (gpointer detail)
{
  return find_made (detail, ADW_TYPE_PREFERENCES_GROUP) == NULL;
}

/* A page is ready before anything is opened, and lets go of what it showed after it was closed. */
static void
test_before_and_after (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;

  products_set_up (&fixture, 300, 1200, 900);
  products_sync (&fixture);
  gum_test_wait_until (is_made, fixture.page);
  detail = GUM_PRODUCT_DETAIL (find_made (fixture.page, GUM_TYPE_PRODUCT_DETAIL));
  g_assert_null (gum_product_detail_get_product (detail));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (detail)));

  g_assert_true (open_product (&fixture, DRIFTWOOD) == detail);
  g_assert_nonnull (products_find_text (GTK_WIDGET (detail), "Driftwood Tape Delay"));
  products_wait_text (detail, "Installer for Windows");
  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  gum_test_wait_until (is_taken_down, detail);

  g_assert_true (open_product (&fixture, DRIFTWOOD) == detail);
  products_wait_text (detail, "Installer for Windows");

  /* The rows that waited for it are made in the end. */
  products_wait_listed (&fixture, 300);
  products_tear_down (&fixture);
}

static gboolean
has_notice (gpointer data)
{
  const char *notice = gum_product_detail_get_notice (data);

  return notice != NULL && strstr (notice, "could not be read") != NULL;
}

static gboolean
has_no_notice (gpointer data)
{
  return gum_product_detail_get_notice (data) == NULL;
}

static void
test_says_failure_in_place (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;

  products_set_up (&fixture, 20, 1200, 900);
  products_sync (&fixture);
  products_control (&fixture, "fault",
                    "{\"match\":\"GET /v2/products/:id\",\"kind\":\"status\",\"status\":403}");
  detail = open_product (&fixture, DRIFTWOOD);
  gum_test_wait_until (has_notice, detail);
  g_assert_nonnull (products_find_text (GTK_WIDGET (detail), "Retry"));
  gtk_widget_activate_action (GTK_WIDGET (detail), "product.retry", NULL);
  gum_test_wait_until (has_no_notice, detail);
  products_tear_down (&fixture);
}

static gboolean
offers_to_read (gpointer data)
{
  const char *notice = gum_product_detail_get_notice (data);

  return notice != NULL && strstr (notice, "metered") != NULL;
}

/* Where every byte is counted, the rest of a record is read when it is asked for. */
static void
test_metered (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;

  products_set_up (&fixture, 20, 1200, 900);
  products_sync (&fixture);
  gum_shop_set_network (fixture.shop, TRUE, TRUE, FALSE);
  detail = open_product (&fixture, DRIFTWOOD);
  gum_test_wait_until (offers_to_read, detail);
  g_assert_null (products_find_text (GTK_WIDGET (detail), "Installer for Windows"));

  gtk_widget_activate_action (GTK_WIDGET (detail), "product.retry", NULL);
  products_wait_text (detail, "Installer for Windows");
  g_assert_null (gum_product_detail_get_notice (detail));
  products_tear_down (&fixture);
}

static gboolean
is_deleted (gpointer data)
{
  return gum_product_detail_is_deleted (data);
}

static void
test_deleted (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;

  products_set_up (&fixture, 20, 1200, 900);
  products_sync (&fixture);
  detail = open_product (&fixture, DRIFTWOOD);
  gum_test_wait_until (has_no_notice, detail);
  products_control (&fixture, "remove_product", "{\"id\":\"" DRIFTWOOD "\"}");
  products_sync (&fixture);
  gum_test_wait_until (is_deleted, detail);
  products_wait_listed (&fixture, 19);
  g_assert_nonnull (products_find_text (GTK_WIDGET (detail), "Deleted on Gumroad"));
  g_assert_nonnull (products_find_text (GTK_WIDGET (detail), "Driftwood Tape Delay"));
  products_tear_down (&fixture);
}

static gboolean
is_selected (gpointer list)
{
  g_autoptr(GumProduct) product = gum_product_list_dup_selected (list);

  return gum_product_list_get_n_selected (list) == 1 && product != NULL &&
         g_str_equal (gum_resource_get_id (GUM_RESOURCE (product)), DRIFTWOOD);
}

static void
test_refresh_keeps_selection (void)
{
  Products fixture = { 0 };
  GumProductList *list;

  products_set_up (&fixture, 20, 1200, 900);
  products_sync (&fixture);
  products_wait_listed (&fixture, 20);
  open_product (&fixture, DRIFTWOOD);
  list = gum_products_pane_get_list (fixture.pane);
  gum_test_wait_until (is_selected, list);

  products_control (&fixture, "add_product", "{\"name\":\"Newest of all\",\"price\":100}");
  products_sync (&fixture);
  products_wait_listed (&fixture, 21);
  gum_test_wait_until (is_selected, list);
  products_tear_down (&fixture);
}

static void
test_place_and_back (void)
{
  Products fixture = { 0 };
  g_autofree char *nowhere = NULL;
  g_autofree char *place = NULL;

  products_set_up (&fixture, 20, 360, 640);
  products_sync (&fixture);
  nowhere = gum_section_dup_place (GUM_SECTION (fixture.page));
  g_assert_null (nowhere);
  gum_section_set_place (GUM_SECTION (fixture.page), "no such product");
  gum_test_settle ();
  open_product (&fixture, DRIFTWOOD);
  place = gum_section_dup_place (GUM_SECTION (fixture.page));
  g_assert_cmpstr (place, ==, DRIFTWOOD);
  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  gum_test_settle ();
  products_tear_down (&fixture);
}

static void
test_copy_link (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;
  GdkClipboard *clipboard;
  g_auto (GValue) value = G_VALUE_INIT;

  products_set_up (&fixture, 20, 1200, 900);
  products_sync (&fixture);
  detail = open_product (&fixture, DRIFTWOOD);
  gtk_widget_activate_action (GTK_WIDGET (detail), "product.copy-link", NULL);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (detail));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value,
                                                 NULL));
  g_assert_true (g_str_has_suffix (g_value_get_string (&value), "/l/driftwood"));
  products_tear_down (&fixture);
}

/* Whatever a server sends, a page is a page. */
static void
test_odd_records (void)
{
  Products fixture = { 0 };
  GumProductDetail *detail;

  products_set_up (&fixture, 20, 1200, 900);
  products_sync (&fixture);
  products_control (&fixture, "edit",
                    "{\"id\":\"" DRIFTWOOD "\",\"set\":{\"name\":null,\"covers\":[null,{}],"
                    "\"tags\":\"x\",\"price\":null,\"formatted_price\":null,\"files\":[{}],"
                    "\"rich_content\":[null,{\"description\":5},{\"description\":{\"content\":[1]}}],"
                    "\"variants\":[{\"options\":[{}]},7],\"custom_fields\":[{}],"
                    "\"bundle_products\":[{}],\"refund_policy\":{\"refund_period\":\"x\"},"
                    "\"purchasing_power_parity_prices\":{\"FR\":\"no\",\"IN\":5},"
                    "\"unheard_of\":{\"a\":[1,{\"b\":\"http://h/p?signature=s3cret\"}]}}}");
  products_sync (&fixture);
  detail = open_product (&fixture, DRIFTWOOD);
  gum_test_wait_until (has_no_notice, detail);
  products_wait_built (detail);
  g_assert_nonnull (products_find_text (GTK_WIDGET (detail), "Untitled"));
  g_assert_null (products_find_text (GTK_WIDGET (detail), "s3cret"));
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

  g_test_add_func ("/product/fills-in", test_fills_in);
  g_test_add_func ("/product/before-and-after", test_before_and_after);
  g_test_add_func ("/product/says-failure-in-place", test_says_failure_in_place);
  g_test_add_func ("/product/metered", test_metered);
  g_test_add_func ("/product/deleted", test_deleted);
  g_test_add_func ("/product/refresh-keeps-selection", test_refresh_keeps_selection);
  g_test_add_func ("/product/place-and-back", test_place_and_back);
  g_test_add_func ("/product/copy-link", test_copy_link);
  g_test_add_func ("/product/odd-records", test_odd_records);
  return g_test_run ();
}
