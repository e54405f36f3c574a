/* SPDX-License-Identifier: GPL-3.0-or-later */

/* More than one product selected in the list: with the mouse, with the keyboard, and what becomes of it. */

#include "config.h"

#include "products-test.h"

#include "gum-bulk-window.h"
#include "gum-product-row.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>

#define N 12

static void
set_up (Products *fixture)
{
  products_set_up (fixture, N, 1200, 900);
  gtk_window_set_title (GTK_WINDOW (fixture->window), "gum-selection");
  products_sync (fixture);
  products_wait_listed (fixture, N);
  gum_test_settle ();
}

static GumProductList *
get_list (Products *fixture)
{
  return gum_products_pane_get_list (fixture->pane);
}

static GtkSelectionModel *
get_model (Products *fixture)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (gum_product_list_get_view (get_list (fixture))));
}

typedef struct {
  Products   *fixture;
  const char *rows;
} Wanted;

/* "1 2 5": the places that are selected. */
static gboolean
is_selected (gpointer data)
{
  Wanted *wanted = data;
  GtkSelectionModel *model = get_model (wanted->fixture);
  g_autoptr(GString) rows = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      if (gtk_selection_model_is_selected (model, i))
        g_string_append_printf (rows, "%s%u", rows->len > 0 ? " " : "", i);
    }
  return g_str_equal (rows->str, wanted->rows);
}

static void
wait_selected (Products   *fixture,
               const char *rows)
{
  gum_test_wait_until (is_selected, &(Wanted) { fixture, rows });
}

/* What a click on a row does, with Ctrl and with Shift. */
static void
click (Products *fixture,
       guint     position,
       gboolean  ctrl,
       gboolean  shift)
{
  g_assert_true (gtk_widget_activate_action (gum_product_list_get_view (get_list (fixture)),
                                             "list.select-item", "(ubb)", position, ctrl, shift));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* As the person does it: through the X server. */
static void
act (const char *window,
     const char *action)
{
  g_autofree char *line = g_strdup_printf ("xdotool search --name ^%s$ windowfocus --sync %s",
                                           window, action);
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  gboolean done = FALSE;

  /* Another client asks the server: what is still on its way from here, like a menu that closes, comes first. */
  gdk_display_sync (gdk_display_get_default ());
  process = g_subprocess_newv ((const char * const *) words, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, done_cb, &done);
  gum_test_wait_for_flag (&done);
}

static void
press (const char *key)
{
  g_autofree char *action = g_strconcat ("key ", key, NULL);

  act ("gum-selection", action);
}

static void
click_at (GtkWidget  *window,
          GtkWidget  *list,
          guint       position,
          const char *with)
{
  GtkWidget *row;
  g_autofree char *title = g_strdelimit (g_strdup (gtk_window_get_title (GTK_WINDOW (window))), " ", '.');
  g_autofree char *action = NULL;
  double x, y, left, top;

  products_wait_painted (window);
  row = gtk_widget_get_first_child (list);
  for (guint i = 0; i < position; i++)
    row = gtk_widget_get_next_sibling (row);
  gtk_native_get_surface_transform (GTK_NATIVE (window), &left, &top);
  g_assert_true (gtk_widget_translate_coordinates (row, window, 100,
                                                   gtk_widget_get_height (row) / 2.0, &x, &y));
  action = g_strdup_printf ("mousemove --sync --window %%1 %d %d %s", (int) (x + left),
                            (int) (y + top), with);
  act (title, action);
}

static GtkWidget *
find_item (GtkWidget *root,
           const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (GUM_IS_PRODUCT_ROW (child) && gtk_widget_get_mapped (child))
        {
          GumProduct *product = gum_product_row_get_product (GUM_PRODUCT_ROW (child));

          if (product != NULL && g_str_equal (gum_resource_get_id (GUM_RESOURCE (product)), id))
            return root;
        }
      found = find_item (child, id);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
assert_item (Products *fixture,
             guint     position,
             gboolean  selected)
{
  g_autoptr(GumProduct) product = products_dup_at (fixture, position);
  GtkWidget *item = find_item (fixture->page, gum_resource_get_id (GUM_RESOURCE (product)));

  g_assert_nonnull (item);
  gtk_test_accessible_assert_state (item, GTK_ACCESSIBLE_STATE_SELECTED, selected);
}

static const char *
get_open (Products *fixture)
{
  GtkWidget *detail = products_find (fixture->page, GUM_TYPE_PRODUCT_DETAIL);
  GumProduct *product = detail != NULL ? gum_product_detail_get_product (GUM_PRODUCT_DETAIL (detail))
                                       : NULL;

  return product != NULL ? gum_resource_get_id (GUM_RESOURCE (product)) : NULL;
}

/* The one that is open stays open while others are selected beside it. */
static void
test_clicks (void)
{
  Products fixture = { 0 };
  g_autoptr(GumProduct) first = NULL;
  g_autoptr(GumProduct) third = NULL;
  const char *id;

  set_up (&fixture);
  first = products_dup_at (&fixture, 1);
  third = products_dup_at (&fixture, 3);
  id = gum_resource_get_id (GUM_RESOURCE (first));
  gtk_test_accessible_assert_property (gum_product_list_get_view (get_list (&fixture)),
                                       GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE);

  g_signal_emit_by_name (gum_product_list_get_view (get_list (&fixture)), "activate", 1);
  wait_selected (&fixture, "1");
  g_assert_cmpstr (get_open (&fixture), ==, id);
  g_assert_null (products_find_text (fixture.page, "1 selected"));

  click (&fixture, 3, TRUE, FALSE);
  wait_selected (&fixture, "1 3");
  products_wait_text (fixture.page, "2 selected");
  g_assert_cmpstr (get_open (&fixture), ==, id);
  assert_item (&fixture, 1, TRUE);
  assert_item (&fixture, 2, FALSE);
  assert_item (&fixture, 3, TRUE);

  click (&fixture, 6, FALSE, TRUE);
  wait_selected (&fixture, "3 4 5 6");
  products_wait_text (fixture.page, "4 selected");
  click (&fixture, 4, TRUE, FALSE);
  wait_selected (&fixture, "3 5 6");
  g_assert_cmpstr (get_open (&fixture), ==, id);

  /* Escape first gives up the selection, then the page. */
  g_assert_true (gum_section_go_back (GUM_SECTION (fixture.page)));
  wait_selected (&fixture, "1");
  products_wait_no_text (fixture.page, "selected");
  g_assert_cmpstr (get_open (&fixture), ==, id);

  /* A plain click opens, and leaves nothing else selected. */
  click (&fixture, 5, TRUE, FALSE);
  g_signal_emit_by_name (gum_product_list_get_view (get_list (&fixture)), "activate", 3);
  wait_selected (&fixture, "3");
  g_assert_cmpstr (get_open (&fixture), ==, gum_resource_get_id (GUM_RESOURCE (third)));
  products_tear_down (&fixture);
}

static gboolean
has_menu (gpointer item)
{
  GtkWidget *row = gtk_widget_get_first_child (item);
  GtkWidget *last = gtk_widget_get_last_child (row);

  return GTK_IS_POPOVER_MENU (last) && gtk_widget_get_mapped (last);
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static void
close_menu (GtkWidget *item)
{
  GtkWidget *menu = gtk_widget_get_last_child (gtk_widget_get_first_child (item));

  gtk_popover_popdown (GTK_POPOVER (menu));
  gum_test_wait_until (is_unmapped, menu);
}

static void
test_keys (void)
{
  Products fixture = { 0 };
  GtkWidget *row;

  set_up (&fixture);
  gtk_widget_child_focus (gum_product_list_get_view (get_list (&fixture)), GTK_DIR_TAB_FORWARD);
  press ("Home");
  wait_selected (&fixture, "0");
  press ("Down");
  wait_selected (&fixture, "1");
  press ("shift+Down");
  wait_selected (&fixture, "1 2");
  press ("shift+Down");
  wait_selected (&fixture, "1 2 3");
  press ("shift+Up");
  wait_selected (&fixture, "1 2");
  press ("ctrl+Down");
  press ("ctrl+Down");
  press ("ctrl+space");
  wait_selected (&fixture, "1 2 4");
  press ("shift+End");
  wait_selected (&fixture, "4 5 6 7 8 9 10 11");
  press ("ctrl+space");
  wait_selected (&fixture, "4 5 6 7 8 9 10");
  press ("Up");
  wait_selected (&fixture, "10");

  /* The menu of the row that has the keyboard. */
  row = gtk_widget_get_first_child (gum_product_list_get_view (get_list (&fixture)));
  gtk_widget_grab_focus (row);
  press ("shift+F10");
  gum_test_wait_until (has_menu, row);
  close_menu (row);
  products_tear_down (&fixture);
}

/* Rows that move take it along; what is gone, or not searched for, is not selected. */
static void
test_changes (void)
{
  Products fixture = { 0 };
  g_autoptr(GumProduct) first = NULL;
  g_autoptr(GumProduct) second = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  set_up (&fixture);
  first = products_dup_at (&fixture, 2);
  second = products_dup_at (&fixture, 5);
  g_signal_emit_by_name (gum_product_list_get_view (get_list (&fixture)), "activate", 2);
  wait_selected (&fixture, "2");
  click (&fixture, 5, TRUE, FALSE);
  click (&fixture, 7, TRUE, FALSE);
  wait_selected (&fixture, "2 5 7");

  products_control (&fixture, "add_product", "{\"name\":\"Newest of all\",\"price\":100}");
  products_sync (&fixture);
  products_wait_listed (&fixture, N + 1);
  wait_selected (&fixture, "3 6 8");
  g_assert_cmpuint (gum_product_list_get_n_selected (get_list (&fixture)), ==, 3);

  id = g_strdup_printf ("{\"id\":\"%s\"}", gum_resource_get_id (GUM_RESOURCE (first)));
  products_control (&fixture, "remove_product", id);
  products_sync (&fixture);
  products_wait_listed (&fixture, N);
  wait_selected (&fixture, "5 7");
  products_wait_text (fixture.page, "2 selected");

  name = g_strdup (gum_product_get_name (second));
  products_search (&fixture, name);
  products_wait_listed (&fixture, 1);
  products_wait_no_text (fixture.page, "2 selected");
  /* That one of them is left is no choice of the person's: the page stays. */
  g_assert_cmpstr (get_open (&fixture), ==, gum_resource_get_id (GUM_RESOURCE (first)));
  products_search (&fixture, "");
  products_wait_listed (&fixture, N);
  wait_selected (&fixture, "");
  products_tear_down (&fixture);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  GtkWidget *text = products_find_text (root, label);

  return text != NULL ? gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON) : NULL;
}

/* They are ticked where many are changed. */
static void
test_change (void)
{
  Products fixture = { 0 };
  GtkWidget *window;

  set_up (&fixture);
  click (&fixture, 2, FALSE, FALSE);
  click (&fixture, 4, FALSE, TRUE);
  products_wait_text (fixture.page, "Change");
  g_signal_emit_by_name (find_button (fixture.page, "Change"), "clicked");
  window = products_find_window (GUM_TYPE_BULK_WINDOW);
  g_assert_nonnull (window);
  g_assert_cmpuint (gum_bulk_window_get_n_selected (GUM_BULK_WINDOW (window)), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));

  /* Of one that is merely open none is. */
  g_assert_true (gum_product_list_unselect (get_list (&fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "products.select", NULL);
  window = products_find_window (GUM_TYPE_BULK_WINDOW);
  g_assert_cmpuint (gum_bulk_window_get_n_selected (GUM_BULK_WINDOW (window)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  products_tear_down (&fixture);
}

static gboolean
has_n_ticked (gpointer data)
{
  GtkWidget *window = products_find_window (GUM_TYPE_BULK_WINDOW);

  return gum_bulk_window_get_n_selected (GUM_BULK_WINDOW (window)) == GPOINTER_TO_UINT (data);
}

static void
wait_ticked (guint n)
{
  gum_test_wait_until (has_n_ticked, GUINT_TO_POINTER (n));
}

static gboolean
is_row_shown (gpointer data)
{
  GtkWidget *list = products_find (data, GTK_TYPE_LIST_VIEW);

  return list != NULL && products_find (list, GTK_TYPE_LABEL) != NULL;
}

static gboolean
is_row_focused (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (data);

  return focus != NULL && GTK_IS_LIST_VIEW (gtk_widget_get_parent (focus));
}

static gboolean
is_button_focused (gpointer data)
{
  return GTK_IS_BUTTON (gtk_window_get_focus (data));
}

/* Where many are ticked, Shift ticks what it goes over. */
static void
test_ticks (void)
{
  Products fixture = { 0 };
  GtkWidget *window;
  GtkWidget *list;

  set_up (&fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "products.select", NULL);
  window = products_find_window (GUM_TYPE_BULK_WINDOW);
  gum_test_wait_until (is_row_shown, window);
  products_wait_text (window, "Select All 12");
  /* A list whose rows have no place yet takes the keyboard itself. */
  products_wait_painted (window);
  list = products_find (window, GTK_TYPE_LIST_VIEW);
  act ("Change.Many.Products", "key Tab");
  act ("Change.Many.Products", "key Tab");
  gum_test_wait_until (is_row_focused, window);
  act ("Change.Many.Products", "key space");
  wait_ticked (1);
  act ("Change.Many.Products", "key Return");
  wait_ticked (0);
  act ("Change.Many.Products", "key shift+Down");
  wait_ticked (2);
  act ("Change.Many.Products", "key shift+Down");
  wait_ticked (3);
  act ("Change.Many.Products", "key shift+Up");
  wait_ticked (3);

  click_at (window, list, 5, "click 1");
  wait_ticked (4);
  click_at (window, list, 8, "keydown shift click 1 keyup shift");
  wait_ticked (7);
  click_at (window, list, 6, "click 1");
  wait_ticked (6);
  click_at (window, list, 2, "keydown shift click 1 keyup shift");
  wait_ticked (4);

  /* The list is one stop on the way round. */
  act ("Change.Many.Products", "key Tab");
  gum_test_wait_until (is_button_focused, window);
  act ("Change.Many.Products", "key shift+Tab");
  gum_test_wait_until (is_row_focused, window);
  gtk_window_destroy (GTK_WINDOW (window));
  products_tear_down (&fixture);
}

static gboolean
is_third_open (gpointer fixture)
{
  g_autoptr(GumProduct) third = products_dup_at (fixture, 2);

  return g_strcmp0 (get_open (fixture), gum_resource_get_id (GUM_RESOURCE (third))) == 0;
}

static gboolean
has_some_menu (gpointer list)
{
  return products_find (list, GTK_TYPE_POPOVER_MENU) != NULL;
}

/* The first button opens. */
static void
test_first_button (void)
{
  Products fixture = { 0 };
  GtkWidget *list;

  set_up (&fixture);
  list = gum_product_list_get_view (get_list (&fixture));
  click_at (fixture.window, list, 2, "click 1");
  gum_test_wait_until (is_third_open, &fixture);
  g_assert_false (has_some_menu (list));
  products_tear_down (&fixture);
}

/* The other button asks what can be done with a row, and opens nothing. With a window of its own: for a moment after a
 * menu was closed the server gives its window what is clicked elsewhere. */
static void
test_other_button (void)
{
  Products fixture = { 0 };
  GtkWidget *list;
  GtkWidget *row;

  set_up (&fixture);
  list = gum_product_list_get_view (get_list (&fixture));
  row = gtk_widget_get_next_sibling (gtk_widget_get_first_child (list));
  click_at (fixture.window, list, 1, "click 3");
  gum_test_wait_until (has_menu, row);
  g_assert_null (get_open (&fixture));
  close_menu (row);
  products_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_assert_true (gtk_init_check ());
  adw_init ();
  gum_ui_init ();

  g_test_add_func ("/selection/clicks", test_clicks);
  g_test_add_func ("/selection/first-button", test_first_button);
  g_test_add_func ("/selection/other-button", test_other_button);
  g_test_add_func ("/selection/keys", test_keys);
  g_test_add_func ("/selection/changes", test_changes);
  g_test_add_func ("/selection/change", test_change);
  g_test_add_func ("/selection/ticks", test_ticks);

  return g_test_run ();
}
