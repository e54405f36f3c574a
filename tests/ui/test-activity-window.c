/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Activity in the whole window: where its rows lead to, and what is said elsewhere of what it lists. */

#include "config.h"

#include "products-test.h"
#include "shell-test.h"

#include "gum-activity-page.h"
#include "gum-drafts.h"
#include "gum-journal.h"
#include "gum-product-form.h"
#include "gum-product-row.h"
#include "gum-queue.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-window-private.h"

#include <locale.h>

static gboolean
is_synced (gpointer data)
{
  return gum_store_get_last_synced (data) != NULL && !gum_store_get_syncing (data);
}

static gboolean
has_items (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static GumStore *
get_store (Shell *shell)
{
  return gum_shop_get_store (gum_window_get_shop (shell->window));
}

static void
open_shell (Shell *shell)
{
  shell_set_up (shell, 12, 1000, 700);
  gum_window_set_queue_seconds (shell->window, 0);
  shell_add_sample (shell);
  shell_present (shell);
  gum_test_wait_until (is_synced, get_store (shell));
}

/* A row leads to its product with the page that it is about; one that is gone is said to be. */
static void
test_product (void)
{
  Shell shell = { 0 };
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GumProduct) product = NULL;
  const char *id;

  open_shell (&shell);
  query = gum_query_new (get_store (&shell));
  gum_test_wait_until (has_items, query);
  product = g_list_model_get_item (G_LIST_MODEL (query), 0);
  g_assert_nonnull (product);
  id = gum_resource_get_id (GUM_RESOURCE (product));
  gum_window_show_section (shell.window, "activity");
  g_assert_true (GUM_IS_ACTIVITY_PAGE (gum_window_get_section (shell.window)));

  /* Twice, for the second time it is open already. */
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (gum_window_get_section (shell.window)), "win.product",
                                  "(ss)", id, "product.edit");
      gum_test_settle ();
      g_assert_true (GUM_IS_PRODUCTS_PAGE (gum_window_get_section (shell.window)));
      g_assert_nonnull (products_find (GTK_WIDGET (shell.window), GUM_TYPE_PRODUCT_FORM));
      gum_window_show_section (shell.window, "activity");
    }
  gtk_widget_activate_action (GTK_WIDGET (shell.window), "win.product", "(ss)", "gone==", "");
  products_wait_text (shell.window, "The product is not there any more");
  shell_tear_down (&shell);
}

typedef struct {
  GtkWidget  *sidebar;
  const char *number;
} Badge;

static gboolean
has_badge (gpointer data)
{
  Badge *badge = data;
  GtkWidget *label = products_find_text (badge->sidebar, badge->number);

  return label != NULL && g_str_equal (gtk_label_get_text (GTK_LABEL (label)), badge->number);
}

static gboolean
has_no_badge (gpointer data)
{
  return !has_badge (data);
}

/* The sidebar says how many things want to be seen to; what has failed is forgotten once it was seen. */
static void
test_badge (void)
{
  Shell shell = { 0 };
  GtkWidget *sidebar;
  GtkListBoxRow *row;
  GumJournal *journal;
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  Badge badge;

  open_shell (&shell);
  journal = gum_store_get_journal (get_store (&shell));
  sidebar = products_find (GTK_WIDGET (shell.window), GUM_TYPE_SIDEBAR);
  badge = (Badge) { sidebar, "1" };
  row = GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (products_find_text (sidebar, "Activity"),
                                                   GTK_TYPE_LIST_BOX_ROW));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Activity");

  write = gum_write_new_publish ("gone==", "Pens", TRUE);
  gum_journal_send_async (journal, write, NULL, gum_test_result_cb, &result);
  g_assert_false (gum_journal_send_finish (journal, gum_test_wait_result (&result), NULL));
  gum_test_wait_until (has_badge, &badge);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Activity, 1 needs attention");

  gum_window_show_section (shell.window, "activity");
  gum_test_wait_until (has_no_badge, &badge);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Activity");
  shell_tear_down (&shell);
}

static void
add_batch (Shell         *shell,
           GumBatchState  state)
{
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GumJournal *journal = gum_store_get_journal (get_store (shell));

  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (writes, gum_write_new_publish ("gone==", "Pens", i == 0));
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_BULK, "Summer Sale", 0, state, writes,
                               gum_test_result_cb, &result);
  gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static gboolean
has_no_toast (gpointer window)
{
  GType type = g_type_from_name ("AdwToastWidget");

  return type == G_TYPE_INVALID || products_find (window, type) == NULL;
}

/* Changes that wait for the person's word are told of, and the toast leads to them. */
static void
test_show (void)
{
  Shell shell = { 0 };
  GtkWidget *label;

  open_shell (&shell);
  add_batch (&shell, GUM_BATCH_ASKING);
  products_wait_text (shell.window, "2 changes are waiting");
  label = products_find_text (GTK_WIDGET (shell.window), "Show");
  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  gum_test_settle ();
  g_assert_true (GUM_IS_ACTIVITY_PAGE (gum_window_get_section (shell.window)));
  products_wait_text (shell.window, "Summer Sale");
  gum_test_wait_until (has_no_toast, shell.window);
  shell_tear_down (&shell);
}

static gboolean
is_asking (gpointer queue)
{
  return gum_queue_get_n_asking (queue) == 2;
}

/* Whoever looks at Activity is not told to look there. */
static void
test_looking (void)
{
  Shell shell = { 0 };
  Badge badge;

  open_shell (&shell);
  gum_window_show_section (shell.window, "activity");
  badge = (Badge) { products_find (GTK_WIDGET (shell.window), GUM_TYPE_SIDEBAR), "1" };
  add_batch (&shell, GUM_BATCH_ASKING);
  gum_test_wait_until (has_badge, &badge);
  gum_test_wait_until (is_asking, gum_store_get_queue (get_store (&shell)));
  gum_test_settle ();
  g_assert_true (has_no_toast (shell.window));
  shell_tear_down (&shell);
}

static void
gone_cb (gpointer  data,
         GObject  *window)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Closes the window while a write is on the wire, where it is until the main loop runs again. */
static GumWrite *
close_while_sending (Shell         *shell,
                     GAsyncResult **result)
{
  GumStore *store = get_store (shell);
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GumProduct) product = NULL;
  GumWrite *write;

  gum_test_wait_until (has_items, query);
  product = g_list_model_get_item (G_LIST_MODEL (query), 0);
  write = gum_write_new_publish (gum_resource_get_id (GUM_RESOURCE (product)), "Pens", FALSE);
  gum_journal_send_async (gum_store_get_journal (store), write, NULL, gum_test_result_cb, result);
  gtk_window_close (GTK_WINDOW (shell->window));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (shell->window)));
  g_assert_false (gum_store_is_closed (store));

  return write;
}

/* What is on the wire when the window is closed is heard to the end, and the store stays open for it. */
static void
test_quit (void)
{
  Shell shell = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumJournal) journal = NULL;
  g_autoptr(GError) error = NULL;
  gboolean gone = FALSE;

  open_shell (&shell);
  journal = g_object_ref (gum_store_get_journal (get_store (&shell)));
  g_object_weak_ref (G_OBJECT (shell.window), gone_cb, &gone);
  write = close_while_sending (&shell, &result);

  g_assert_true (gum_journal_send_finish (journal, gum_test_wait_result (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_DONE);
  gum_test_wait_until (is_true, &gone);
  shell.window = NULL;
  shell_tear_down (&shell);
}

static gboolean
has_rows (gpointer window)
{
  return products_find (window, GUM_TYPE_PRODUCT_ROW) != NULL;
}

/* Who opens the program again meanwhile gets the window back, and not an empty one. */
static void
test_come_back (void)
{
  Shell shell = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GumJournal) journal = NULL;
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GumProduct) product = NULL;
  g_autofree char *place = NULL;
  Badge badge;

  open_shell (&shell);
  g_assert_false (gum_window_come_back (shell.window));
  store = g_object_ref (get_store (&shell));
  journal = g_object_ref (gum_store_get_journal (store));
  query = gum_query_new (store);
  gum_test_wait_until (has_items, query);
  product = g_list_model_get_item (G_LIST_MODEL (query), 1);
  gum_section_set_place (gum_window_get_section (shell.window), gum_resource_get_id (GUM_RESOURCE (product)));
  write = close_while_sending (&shell, &result);
  g_assert_true (gum_window_come_back (shell.window));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (shell.window)));

  gum_test_wait_until (is_mapped, shell.window);
  g_assert_true (gum_journal_send_finish (journal, gum_test_wait_result (&result), NULL));
  g_assert_false (gum_store_is_closed (get_store (&shell)));
  gum_test_wait_until (has_rows, shell.window);
  place = gum_section_dup_place (gum_window_get_section (shell.window));
  g_assert_cmpstr (place, ==, gum_resource_get_id (GUM_RESOURCE (product)));

  /* The queue was halted, and goes on. */
  badge = (Badge) { products_find (GTK_WIDGET (shell.window), GUM_TYPE_SIDEBAR), "2" };
  add_batch (&shell, GUM_BATCH_RUNNING);
  gum_test_wait_until (has_badge, &badge);
  g_assert_true (GUM_IS_SECTION (gum_window_get_section (shell.window)));
  g_assert_false (gum_window_come_back (shell.window));
  shell_tear_down (&shell);
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

  g_test_add_func ("/activity-window/product", test_product);
  g_test_add_func ("/activity-window/badge", test_badge);
  g_test_add_func ("/activity-window/show", test_show);
  g_test_add_func ("/activity-window/looking", test_looking);
  g_test_add_func ("/activity-window/quit", test_quit);
  g_test_add_func ("/activity-window/come-back", test_come_back);

  return g_test_run ();
}
