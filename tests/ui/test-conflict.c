/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown of two sides of a change, so that a person can choose between them. */

#include "config.h"

#include "products-test.h"

#include "gum-conflict-window.h"
#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="
#define SAME "These words are the same on both sides, and there are many of them. "
#define MANY SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME SAME
#define PAGE(title, text) "{\"id\":\"x\",\"title\":\"" title "\",\"description\":{\"type\":\"doc\",\"content\":[" \
                          "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"" text "\"}]}]}}"

typedef struct
{
  Products  products;
  GumDraft *draft;
  GtkWidget *window;
} Page;

static void
edit_theirs (Page       *page,
             const char *set)
{
  g_autofree char *args = g_strdup_printf ("{\"id\":\"" DRIFTWOOD "\",\"set\":%s}", set);

  products_control (&page->products, "edit", args);
}

static gboolean
is_whole (gpointer product)
{
  return gum_resource_has (GUM_RESOURCE (product), "files");
}

/* @before: what Gumroad has when the draft is begun. */
static void
page_open (Page       *page,
           const char *before)
{
  g_autoptr (GumProduct) product = NULL;

  memset (page, 0, sizeof *page);
  products_set_up (&page->products, 20, 1200, 1000);
  edit_theirs (page, before);
  products_sync (&page->products);
  products_wait_listed (&page->products, 20);
  gum_section_set_place (GUM_SECTION (page->products.page), DRIFTWOOD);
  product = gum_store_dup_product (page->products.store, DRIFTWOOD);
  gum_test_wait_until (is_whole, product);
  page->draft = gum_drafts_dup_draft (gum_store_get_drafts (page->products.store), DRIFTWOOD, "Driftwood");
}

static void
set_mine (Page       *page,
          const char *key,
          const char *json)
{
  g_autoptr (GumProduct) product = gum_store_dup_product (page->products.store, DRIFTWOOD);
  g_autoptr (JsonNode) value = json_from_string (json, NULL);

  gum_draft_set_value (page->draft, key, value, gum_resource_get_json (GUM_RESOURCE (product)));
}

/* Saves in vain, and shows both sides. */
static void
collide (Page *page)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gum_draft_save_async (page->draft, NULL, gum_test_result_cb, &result);
  g_assert_false (gum_draft_save_finish (page->draft, gum_test_wait_result (&result), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_CONFLICT);
  page->window = gum_conflict_window_new (page->draft);
  gtk_window_present (GTK_WINDOW (page->window));
  gum_test_settle ();
}

/* What stands below @title, on the first row that is called so. */
static const char *
get_row (Page       *page,
         const char *title)
{
  GtkWidget *label = products_find_text (page->window, title);
  GtkWidget *row;

  g_assert_nonnull (label);
  row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);

  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("No “%s” in “%s”", part, text);
}

static void
page_close (Page *page)
{
  gtk_window_destroy (GTK_WINDOW (page->window));
  g_object_unref (page->draft);
  products_tear_down (&page->products);
}

/* Each side in its own currency. */
static void
test_currency (void)
{
  Page page;

  page_open (&page, "{\"price\":5900}");
  set_mine (&page, "price_currency_type", "\"eur\"");
  set_mine (&page, "price", "7000");
  set_mine (&page, "suggested_price_cents", "8000");
  edit_theirs (&page, "{\"price\":6500}");
  collide (&page);
  assert_has (get_row (&page, "Yours"), "€70.00");
  assert_has (get_row (&page, "Yours"), "€80.00");
  g_assert_cmpstr (get_row (&page, "At Gumroad Now"), ==, "$65.00");
  g_assert_cmpstr (get_row (&page, "Before"), ==, "$59.00");
  g_assert_null (products_find_text (page.window, "Currency"));
  page_close (&page);
}

/* Somebody else has changed nothing but the currency. */
static void
test_their_currency (void)
{
  Page page;

  page_open (&page, "{\"price\":5900}");
  set_mine (&page, "price", "2000");
  edit_theirs (&page, "{\"currency\":\"jpy\"}");
  collide (&page);
  g_assert_cmpstr (get_row (&page, "Yours"), ==, "$20.00");
  assert_has (get_row (&page, "At Gumroad Now"), "¥");
  g_assert_cmpstr (get_row (&page, "Before"), ==, "$59.00");
  page_close (&page);
}

/* Words, from where they differ, however far down that is. */
static void
test_description (void)
{
  Page page;

  page_open (&page, "{\"description\":\"<h2>Brushes</h2><p>" MANY "</p><p>Nothing else.</p>\"}");
  set_mine (&page, "description", "\"<h2>Brushes</h2><p>" MANY "</p><p>My <b>end</b>.</p>\"");
  edit_theirs (&page, "{\"description\":\"<h2>Brushes</h2><p>" MANY "</p><p>Their end &amp; more.</p>\"}");
  collide (&page);
  assert_has (get_row (&page, "Yours"), "many of them.\nMy end.");
  assert_has (get_row (&page, "At Gumroad Now"), "many of them.\nTheir end & more.");
  assert_has (get_row (&page, "Before"), "many of them.\nNothing else.");
  g_assert_true (g_str_has_prefix (get_row (&page, "Yours"), "…"));
  g_assert_null (strstr (get_row (&page, "Yours"), "Brushes"));
  g_assert_null (products_find_text (page.window, "The words are the same"));
  page_close (&page);
}

static void
test_formatting (void)
{
  Page page;

  page_open (&page, "{\"description\":\"<p>One word</p>\"}");
  set_mine (&page, "description", "\"<p>One <b>word</b></p>\"");
  edit_theirs (&page, "{\"description\":\"<p>One <i>word</i></p>\"}");
  collide (&page);
  g_assert_cmpstr (get_row (&page, "Yours"), ==, "One word");
  g_assert_cmpstr (get_row (&page, "At Gumroad Now"), ==, "One word");
  g_assert_nonnull (products_find_text (page.window, "The words are the same"));
  page_close (&page);
}

/* The page that differs, by its title; as long as each other, but not the same. */
static void
test_content (void)
{
  Page page;

  page_open (&page, "{\"rich_content\":[" PAGE ("Welcome", "Hello") "," PAGE ("Install", MANY "Press a") "]}");
  set_mine (&page, "rich_content", "[" PAGE ("Welcome", "Hello") "," PAGE ("Install", MANY "Press b") "]");
  edit_theirs (&page, "{\"rich_content\":[" PAGE ("Welcome", "Hello") "," PAGE ("Install", MANY "Press c") "]}");
  collide (&page);
  assert_has (get_row (&page, "Yours"), "Welcome, Install · 2 pages");
  assert_has (get_row (&page, "Yours"), "“Install”: …");
  assert_has (get_row (&page, "Yours"), "Press b");
  assert_has (get_row (&page, "At Gumroad Now"), "Press c");
  assert_has (get_row (&page, "Before"), "Press a");
  page_close (&page);
}

/* What was there before cannot be chosen, but it can be read. */
static void
test_before (void)
{
  Page page;
  GtkWidget *row;

  page_open (&page, "{\"name\":\"Before them all\"}");
  set_mine (&page, "name", "\"Mine\"");
  edit_theirs (&page, "{\"name\":\"Theirs\"}");
  collide (&page);
  row = gtk_widget_get_ancestor (products_find_text (page.window, "Before them all"), ADW_TYPE_ACTION_ROW);
  g_assert_true (gtk_widget_is_sensitive (row));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
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

  g_test_add_func ("/conflict/currency", test_currency);
  g_test_add_func ("/conflict/their-currency", test_their_currency);
  g_test_add_func ("/conflict/description", test_description);
  g_test_add_func ("/conflict/formatting", test_formatting);
  g_test_add_func ("/conflict/content", test_content);
  g_test_add_func ("/conflict/before", test_before);

  return g_test_run ();
}
