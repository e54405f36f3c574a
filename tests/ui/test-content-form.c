/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What buyers get, edited: pages, what stands on them, and what must not be lost. */

#include "config.h"

#include "products-test.h"

#include "gum-conflict-window.h"
#include "gum-content-form.h"
#include "gum-content-list.h"
#include "gum-content-pages.h"
#include "gum-content.h"
#include "gum-product-keys.h"
#include "gum-rich-chip.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="
#define N_PRODUCTS 27

typedef struct
{
  Products          products;
  GumProductDetail *detail;
  GumContentForm   *form;
  GtkTextBuffer    *text;
} Page;

static gboolean
is_whole (gpointer detail)
{
  return gum_resource_has (GUM_RESOURCE (gum_product_detail_get_product (detail)), "files");
}

static gboolean
has_button (GtkWidget  *root,
            const char *action)
{
  gboolean found = GTK_IS_BUTTON (root) &&
                   g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = has_button (child, action);

  return found;
}

static gboolean
can_edit (gpointer detail)
{
  return has_button (detail, "product.edit-content");
}

static void
open_form (Page *page)
{
  GumRichView *view;

  /* The parts of a product's page come one after the other. */
  gum_test_wait_until (can_edit, page->detail);
  gtk_widget_activate_action (GTK_WIDGET (page->detail), "product.edit-content", NULL);
  page->form = GUM_CONTENT_FORM (gum_product_detail_get_subpage (page->detail));
  view = gum_rich_editor_get_view (gum_content_form_get_editor (page->form));
  page->text = GTK_TEXT_BUFFER (gum_rich_view_get_buffer (view));
  gum_test_settle ();
}

static GumDraft *
get_draft (Page *page)
{
  return gum_draft_page_get_draft (GUM_DRAFT_PAGE (page->form));
}

/* Shows the product whose name begins so. */
static void
page_show (Page       *page,
           const char *name)
{
  g_autofree char *id = NULL;

  memset (page, 0, sizeof *page);
  products_set_up (&page->products, N_PRODUCTS, 1200, 1000);
  products_sync (&page->products);
  products_wait_listed (&page->products, N_PRODUCTS);
  for (guint i = 0; i < N_PRODUCTS && id == NULL; i++)
    {
      g_autoptr (GumProduct) product = products_dup_at (&page->products, i);

      if (g_str_has_prefix (gum_product_get_name (product), name))
        id = g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
    }
  g_assert_nonnull (id);
  gum_section_set_place (GUM_SECTION (page->products.page), id);
  gum_test_settle ();
  page->detail = GUM_PRODUCT_DETAIL (products_find (page->products.page, GUM_TYPE_PRODUCT_DETAIL));
  gum_test_wait_until (is_whole, page->detail);
}

static void
page_open (Page       *page,
           const char *name)
{
  page_show (page, name);
  open_form (page);
}

static void
page_close (Page *page)
{
  products_tear_down (&page->products);
}

static gboolean
is_closed (gpointer data)
{
  return gum_product_detail_get_subpage (((Page *) data)->detail) == NULL;
}

/* The pages at Gumroad, or those of the draft, as text. */
static char *
dup_pages (Page     *page,
           gboolean  mine)
{
  JsonObject *record = gum_resource_get_json (GUM_RESOURCE (gum_product_detail_get_product (page->detail)));
  JsonNode *node = mine ? gum_draft_get_mine (get_draft (page), "rich_content")
                        : json_object_get_member (record, "rich_content");

  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

/* What Gumroad has, in the form in which it is sent. */
static JsonNode *
dup_value (Page *page)
{
  return gum_product_keys_read ("rich_content",
                                gum_resource_get_json (GUM_RESOURCE (gum_product_detail_get_product (page->detail))));
}

static JsonArray *
get_nodes (JsonNode *pages,
           guint     at)
{
  JsonObject *page = json_node_get_object (gum_content_pages_get (pages, at));

  return json_object_get_array_member (json_object_get_object_member (page, "description"), "content");
}

static void
type (Page       *page,
      int         line,
      const char *words)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_line (page->text, &at, line);
  gtk_text_buffer_place_cursor (page->text, &at);
  gtk_text_buffer_insert_interactive_at_cursor (page->text, words, -1, TRUE);
}

/* What was written to Gumroad, whole. Returns: how many writes there were. */
static guint
take_writes (Page        *page,
             JsonObject **last)
{
  g_autofree char *answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *requests;
  guint n = 0;

  gum_sandbox_control (page->products.sandbox, "requests", "{}", &answer);
  node = json_from_string (answer, NULL);
  requests = json_object_get_array_member (json_node_get_object (node), "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      g_autoptr (JsonNode) body = NULL;

      if (g_strcmp0 (json_object_get_string_member (request, "method"), "PUT") != 0)
        continue;
      n++;
      g_clear_pointer (last, json_object_unref);
      body = json_from_string (json_object_get_string_member (request, "body"), NULL);
      *last = json_node_dup_object (body);
    }

  return n;
}

static void
test_save (void)
{
  Page page;
  g_autofree char *mine = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonArray *old_nodes;
  JsonArray *new_nodes;
  GtkEditable *title;

  page_open (&page, "Driftwood");
  before = dup_value (&page);
  old_nodes = get_nodes (before, 0);
  mine = dup_pages (&page, TRUE);
  g_assert_null (mine);
  /* A file is called by its name, and a licence key what it is. */
  products_wait_text (page.form, "Licence key");
  products_wait_text (page.form, "File");

  type (&page, 0, "Hello! ");
  title = GTK_EDITABLE (products_find (GTK_WIDGET (page.form), ADW_TYPE_ENTRY_ROW));
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Install");
  gtk_editable_set_text (title, "Set up");
  g_assert_cmpuint (take_writes (&page, &sent), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (is_closed, &page);

  /* One request with what was changed; all but the words is what it was. */
  g_assert_cmpuint (take_writes (&page, &sent), ==, 1);
  g_assert_cmpuint (json_object_get_size (sent), ==, 1);
  g_assert_cmpstr (gum_content_pages_get_title (json_object_get_member (sent, "rich_content"), 0), ==, "Set up");
  new_nodes = get_nodes (json_object_get_member (sent, "rich_content"), 0);
  g_assert_cmpuint (json_array_get_length (new_nodes), ==, json_array_get_length (old_nodes));
  g_assert_false (json_node_equal (json_array_get_element (new_nodes, 0), json_array_get_element (old_nodes, 0)));
  for (guint i = 1; i < json_array_get_length (old_nodes); i++)
    g_assert_true (json_node_equal (json_array_get_element (new_nodes, i), json_array_get_element (old_nodes, i)));
  page_close (&page);
}

static guint
count_mine (Page *page)
{
  return gum_content_pages_get_length (gum_draft_get_mine (get_draft (page), "rich_content"));
}

static GtkWidget *
get_list (Page *page)
{
  return products_find (GTK_WIDGET (page->form), GUM_TYPE_CONTENT_LIST);
}

static GtkWidget *
get_page_row (Page  *page,
              guint  at)
{
  GtkWidget *list = products_find (get_list (page), GTK_TYPE_LIST_BOX);

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) at));
}

static void
press (Page       *page,
       const char *action,
       guint       at)
{
  g_assert_true (gtk_widget_activate_action (get_list (page), action, "u", at));
}

static void
test_pages (void)
{
  Page page;
  g_autofree char *mine = NULL;

  page_open (&page, "Driftwood");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.add", NULL);
  g_assert_cmpuint (count_mine (&page), ==, 2);
  type (&page, 0, "new");
  press (&page, "pages.up", 1);
  mine = dup_pages (&page, TRUE);
  g_assert_nonnull (strstr (mine, "\"new\""));
  g_assert_true (strstr (mine, "\"new\"") < strstr (mine, "Your licence key:"));
  /* Not beyond the ends. */
  press (&page, "pages.up", 0);
  press (&page, "pages.down", 1);
  g_assert_cmpuint (count_mine (&page), ==, 2);

  press (&page, "pages.remove", 1);
  g_assert_cmpuint (count_mine (&page), ==, 1);
  g_assert_null (products_find_text (get_list (&page), "Install"));
  gum_draft_undo (get_draft (&page));
  g_assert_cmpuint (count_mine (&page), ==, 2);
  g_assert_nonnull (products_find_text (get_list (&page), "Install"));

  /* All of them may go. */
  press (&page, "pages.remove", 0);
  press (&page, "pages.remove", 0);
  g_assert_cmpuint (count_mine (&page), ==, 0);
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 1);
  g_assert_null (products_find (GTK_WIDGET (page.form), GUM_TYPE_RICH_EDITOR));
  page_close (&page);
}

static gboolean
is_third_first (gpointer page)
{
  return products_find_text (get_list (page), "Page 3") ==
         products_find (GTK_WIDGET (get_page_row (page, 0)), GTK_TYPE_LABEL);
}

/* Dragged from the end to the beginning, in one step. */
static void
test_drag (void)
{
  Page page;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  page_open (&page, "Driftwood");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.add", NULL);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.add", NULL);
  g_assert_cmpuint (count_mine (&page), ==, 3);
  before = dup_pages (&page, TRUE);
  g_assert_false (products_drop (get_page_row (&page, 1), get_page_row (&page, 1)));
  g_assert_true (products_drop (get_page_row (&page, 2), get_page_row (&page, 0)));
  gum_test_wait_until (is_third_first, &page);
  g_assert_cmpuint (count_mine (&page), ==, 3);
  g_assert_cmpstr (gum_content_pages_get_title (gum_draft_get_mine (get_draft (&page), "rich_content"), 0), ==,
                   "Page 3");
  gum_draft_undo (get_draft (&page));
  after = dup_pages (&page, TRUE);
  g_assert_cmpstr (after, ==, before);

  page_close (&page);
}

/* Each thing that was done is one step, however quickly it was done; and its page is shown. */
static void
test_undo (void)
{
  Page page;
  GtkEditable *title;

  page_open (&page, "Driftwood");
  title = GTK_EDITABLE (products_find (GTK_WIDGET (page.form), ADW_TYPE_ENTRY_ROW));
  type (&page, 0, "one");
  type (&page, 0, " two");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.add", NULL);
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Page 2");
  type (&page, 0, "three");
  press (&page, "pages.up", 1);

  gum_draft_undo (get_draft (&page));
  g_assert_cmpstr (gum_content_pages_get_title (gum_draft_get_mine (get_draft (&page), "rich_content"), 1), ==, "Page 2");
  gum_draft_undo (get_draft (&page));
  g_assert_cmpuint (count_mine (&page), ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Page 2");
  g_assert_cmpint (gtk_text_buffer_get_char_count (page.text), <=, 1);
  gum_draft_undo (get_draft (&page));
  g_assert_cmpuint (count_mine (&page), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Install");
  gum_draft_undo (get_draft (&page));
  gum_draft_undo (get_draft (&page));
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 0);
  g_assert_false (gum_draft_can_undo (get_draft (&page)));
  for (guint i = 0; i < 5; i++)
    gum_draft_redo (get_draft (&page));
  g_assert_cmpstr (gum_content_pages_get_title (gum_draft_get_mine (get_draft (&page), "rich_content"), 0), ==, "Page 2");
  page_close (&page);
}

/* A page that was looked at after another does not undo what was typed in that. */
static void
test_switch (void)
{
  Page page;
  g_autofree char *mine = NULL;
  GtkListBox *list;

  page_open (&page, "Driftwood");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.add", NULL);
  type (&page, 0, "new");
  list = GTK_LIST_BOX (products_find (get_list (&page), GTK_TYPE_LIST_BOX));
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  products_wait_text (page.form, "Licence key");
  gum_rich_editor_undo (gum_content_form_get_editor (page.form));
  mine = dup_pages (&page, TRUE);
  g_assert_nonnull (strstr (mine, "\"new\""));
  page_close (&page);
}

/* An attached file that is on no page, or NULL. */
static char *
dup_loose (Page *page)
{
  JsonObject *record = gum_resource_get_json (GUM_RESOURCE (gum_product_detail_get_product (page->detail)));
  JsonArray *files = json_object_get_array_member (record, "files");

  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      const char *id = json_object_get_string_member (json_array_get_object_element (files, i), "id");

      if (!gum_content_has_file (json_object_get_member (record, "rich_content"), id))
        return g_strdup (id);
    }

  return NULL;
}

/* What is on no page can be put on one, and taken off again. */
static void
test_files (void)
{
  Page page;
  g_autofree char *id = NULL;
  JsonArray *nodes;

  page_open (&page, "Driftwood");
  id = dup_loose (&page);
  g_assert_nonnull (id);
  g_assert_nonnull (products_find_text (GTK_WIDGET (page.form), "On No Page"));
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.put-in", "s", id);
  g_assert_true (gum_content_has_file (gum_draft_get_mine (get_draft (&page), "rich_content"), id));
  g_assert_null (products_find_text (GTK_WIDGET (page.form), "On No Page"));
  /* Nobody had put the cursor anywhere: at the end. */
  nodes = get_nodes (gum_draft_get_mine (get_draft (&page), "rich_content"), 0);
  g_assert_true (json_object_has_member (json_array_get_object_element (nodes, json_array_get_length (nodes) - 1), "attrs"));

  gum_rich_editor_undo (gum_content_form_get_editor (page.form));
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 0);
  g_assert_nonnull (products_find_text (GTK_WIDGET (page.form), "On No Page"));

  /* What is taken off its page is on none. */
  gtk_widget_activate_action (products_wait_widget (page.form, GUM_TYPE_RICH_CHIP), "chip.remove", NULL);
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 1);

  /* Where there is no page, one is made. */
  press (&page, "pages.remove", 0);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "content.put-in", "s", id);
  g_assert_cmpuint (count_mine (&page), ==, 1);
  g_assert_true (gum_content_has_file (gum_draft_get_mine (get_draft (&page), "rich_content"), id));
  page_close (&page);
}

/* What was typed is there again when the page is opened again. */
static void
test_kept (void)
{
  Page page;
  g_autofree char *mine = NULL;

  page_open (&page, "Driftwood");
  type (&page, 0, "Hello! ");
  gum_subpage_close (GUM_SUBPAGE (page.form));
  gum_test_wait_until (is_closed, &page);
  open_form (&page);
  mine = dup_pages (&page, TRUE);
  g_assert_nonnull (strstr (mine, "Hello! Your licence key:"));
  g_assert_nonnull (strstr (gum_rich_editor_get_html (gum_content_form_get_editor (page.form)),
                            "Hello! Your licence key:"));
  page_close (&page);
}

/* What is wrong in the form of the product is not sent from here. */
static void
test_problem (void)
{
  Page page;
  g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), " ");
  g_autoptr (JsonObject) sent = NULL;

  page_open (&page, "Driftwood");
  type (&page, 0, "Hello! ");
  gum_draft_set_value (get_draft (&page), "name", name, NULL);
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  g_assert_false (gum_draft_page_is_saving (GUM_DRAFT_PAGE (page.form)));
  g_assert_nonnull (strstr (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)), "needs a name"));
  g_assert_cmpuint (take_writes (&page, &sent), ==, 0);
  page_close (&page);
}

/* What was written at Gumroad meanwhile is not overwritten. */
static void
test_conflict (void)
{
  Page page;
  GtkWidget *window;

  page_open (&page, "Driftwood");
  type (&page, 0, "Mine ");
  products_control (&page.products, "edit", "{\"id\":\"" DRIFTWOOD "\",\"set\":{\"rich_content\":[{\"id\":\"x\","
                    "\"title\":\"Theirs\",\"description\":{\"type\":\"doc\",\"content\":[]}}]}}");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  window = products_wait_window (GUM_TYPE_CONFLICT_WINDOW);
  /* The two can be told apart. */
  products_wait_text (window, "Theirs · 1 page · 0 characters");
  products_wait_text (window, "Install · 1 page · ");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_nonnull (gum_draft_page_get_notice (GUM_DRAFT_PAGE (page.form)));
  g_assert_cmpuint (count_mine (&page), ==, 1);
  page_close (&page);
}

static gboolean
has_versions (gpointer form)
{
  GtkWidget *row = products_find (form, ADW_TYPE_COMBO_ROW);

  return row != NULL && gtk_widget_get_sensitive (row) &&
         products_find (form, GUM_TYPE_RICH_EDITOR) != NULL;
}

static char *
dup_text (Page *page)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (page->text, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (page->text, &start, &end, FALSE));
}

static gboolean
has_read_again (gpointer products)
{
  return products_count_requests (products, "GET", "/variants") == 3;
}

/* Why versions could not be read is said, and they can be read again: by a button, or by F5. */
static void
test_versions_unread (void)
{
  Page page;

  page_show (&page, "Drawing Water");
  products_control (&page.products, "fault",
                    "{\"match\":\"GET /v2/products/*/variants\",\"kind\":\"status\",\"status\":403}");
  open_form (&page);
  products_wait_text (page.form, "The versions could not be read");
  g_assert_false (has_versions (page.form));
  g_assert_null (products_find (GTK_WIDGET (page.form), GUM_TYPE_RICH_EDITOR));
  g_assert_cmpuint (products_count_requests (&page.products, "GET", "/variants"), ==, 1);
  g_signal_emit_by_name (products_find_button (GTK_WIDGET (page.form), "_Try Again"), "clicked");
  gum_test_wait_until (has_versions, page.form);
  g_assert_cmpuint (products_count_requests (&page.products, "GET", "/variants"), ==, 2);
  products_wait_no_text (page.form, "Try Again");

  /* What is known stays while it is read again, and when that fails. */
  products_control (&page.products, "fault",
                    "{\"match\":\"GET /v2/products/*/variants\",\"kind\":\"status\",\"status\":403}");
  gum_section_refresh (GUM_SECTION (page.products.page));
  g_assert_true (has_versions (page.form));
  gum_test_wait_until (has_read_again, &page.products);
  products_wait_text (page.form, "Try Again");
  g_assert_true (has_versions (page.form));
  page_close (&page);
}

/* Each version has its own pages: the chosen one's are shown, and each that was changed is sent by itself. */
static void
test_by_version (void)
{
  Page page;
  g_autofree char *text = NULL;
  g_autofree char *record = NULL;
  g_autoptr (JsonObject) sent = NULL;
  AdwComboRow *row;

  page_open (&page, "Drawing Water");
  gum_test_wait_until (has_versions, page.form);
  row = ADW_COMBO_ROW (products_find (GTK_WIDGET (page.form), ADW_TYPE_COMBO_ROW));
  text = dup_text (&page);
  g_assert_cmpstr (text, ==, "Three lessons.");
  type (&page, 0, "Hello! ");
  adw_combo_row_set_selected (row, 1);
  g_free (text);
  text = dup_text (&page);
  g_assert_cmpstr (text, ==, "Three lessons and a call.");
  type (&page, 0, "Welcome! ");
  g_assert_cmpuint (gum_draft_get_n_changes (get_draft (&page)), ==, 2);
  /* What was typed first is still there. */
  adw_combo_row_set_selected (row, 0);
  g_free (text);
  text = dup_text (&page);
  g_assert_cmpstr (text, ==, "Hello! Three lessons.");

  gtk_widget_activate_action (GTK_WIDGET (page.form), "form.save", NULL);
  gum_test_wait_until (is_closed, &page);
  g_assert_cmpuint (take_writes (&page, &sent), ==, 2);
  g_assert_cmpuint (json_object_get_size (sent), ==, 1);
  g_assert_true (json_object_has_member (sent, "rich_content"));
  {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (),
      gum_resource_get_json (GUM_RESOURCE (gum_product_detail_get_product (page.detail))));

    record = json_to_string (node, FALSE);
  }
  g_assert_nonnull (strstr (record, "Hello! Three lessons."));
  g_assert_nonnull (strstr (record, "Welcome! Three lessons and a call."));
  page_close (&page);
}

static void
close_dialogs (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

      if (ADW_IS_MESSAGE_DIALOG (window))
        gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Pages are not moved away from under changes of them. */
static void
test_share (void)
{
  Page page;
  GumSubpage *versions;
  GtkSwitch *shared;
  g_autoptr (JsonObject) sent = NULL;

  page_open (&page, "Drawing Water");
  gum_test_wait_until (has_versions, page.form);
  products_wait_text (page.form, "Each version has pages of its own");
  type (&page, 0, "Hello! ");
  gtk_widget_activate_action (GTK_WIDGET (page.form), "product.edit-versions", NULL);
  versions = gum_product_detail_get_subpage (page.detail);
  shared = GTK_SWITCH (products_wait_widget (GTK_WIDGET (versions), GTK_TYPE_SWITCH));
  gtk_switch_set_active (shared, TRUE);
  g_assert_false (gtk_switch_get_active (shared));
  g_assert_cmpuint (take_writes (&page, &sent), ==, 0);
  close_dialogs ();
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

  g_test_add_func ("/content/save", test_save);
  g_test_add_func ("/content/pages", test_pages);
  g_test_add_func ("/content/drag", test_drag);
  g_test_add_func ("/content/undo", test_undo);
  g_test_add_func ("/content/switch", test_switch);
  g_test_add_func ("/content/files", test_files);
  g_test_add_func ("/content/kept", test_kept);
  g_test_add_func ("/content/problem", test_problem);
  g_test_add_func ("/content/conflict", test_conflict);
  g_test_add_func ("/content/versions-unread", test_versions_unread);
  g_test_add_func ("/content/by-version", test_by_version);
  g_test_add_func ("/content/share", test_share);
  return g_test_run ();
}
