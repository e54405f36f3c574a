/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page and dialog of a shop: whatever takes the focus has a name, as names-test.c wants it. */

#include "config.h"

#include "names-test.h"
#include "products-test.h"
#include "shell-test.h"

#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>

/* It has covers, files, versions and reviews. */
#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="

static gboolean
is_waiting (GtkWidget *root)
{
  if (GTK_IS_SPINNER (root) && gtk_widget_get_mapped (root) &&
      gtk_spinner_get_spinning (GTK_SPINNER (root)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (is_waiting (child))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_quiet (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0 && !is_waiting (data);
}

static void
settle (GtkWidget *root)
{
  gum_test_wait_until (is_quiet, root);
  gum_test_settle ();
}

static GtkWidget *
find_dialog (Shell *shell)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (shell->window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return find_dialog (data) != NULL;
}

static void
check_dialog (Shell      *shell,
              GtkWidget  *widget,
              const char *action)
{
  g_test_message ("%s", action);
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
  gum_test_wait_until (has_dialog, shell);
  settle (find_dialog (shell));
  names_check (find_dialog (shell), action);
  gtk_window_destroy (GTK_WINDOW (find_dialog (shell)));
  gum_test_settle ();
}

static gboolean
is_synced (gpointer data)
{
  GumStore *store = gum_shop_get_store (gum_window_get_shop (data));

  return store != NULL && !gum_store_get_syncing (store) && gum_store_get_last_synced (store) != NULL;
}

static void
set_up (Shell         *shell,
        gconstpointer  data)
{
  shell_set_up (shell, 20, 1280, 1600);
  shell_add_sample (shell);
  shell_present (shell);
  settle (GTK_WIDGET (shell->window));
  gum_test_wait_until (is_synced, shell->window);
}

static void
tear_down (Shell         *shell,
           gconstpointer  data)
{
  shell_tear_down (shell);
}

static void
show_section (Shell      *shell,
              const char *id)
{
  gum_window_show_section (shell->window, id);
  settle (GTK_WIDGET (shell->window));
}

static void
test_sections (Shell         *shell,
               gconstpointer  data)
{
  static const char * const ids[] = { "products", "discounts", "upsells", "activity" };
  static const char * const dialogs[] = { "win.profile", "win.refund-policy" };
  static const char * const discounts[] = { "section.new", "section.generate" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      show_section (shell, ids[i]);
      names_check (GTK_WIDGET (shell->window), ids[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    check_dialog (shell, GTK_WIDGET (shell->window), dialogs[i]);
  show_section (shell, "discounts");
  for (guint i = 0; i < G_N_ELEMENTS (discounts); i++)
    check_dialog (shell, GTK_WIDGET (gum_window_get_section (shell->window)), discounts[i]);
  show_section (shell, "upsells");
  check_dialog (shell, GTK_WIDGET (gum_window_get_section (shell->window)), "section.new");
}

static gboolean
is_whole (gpointer data)
{
  GumProduct *product = gum_product_detail_get_product (data);

  return gum_resource_has (GUM_RESOURCE (product), "files");
}

static gboolean
has_subpage (gpointer data)
{
  return gum_product_detail_get_subpage (data) != NULL;
}

static void
test_product (Shell         *shell,
              gconstpointer  data)
{
  static const char * const pages[] = {
    "product.edit", "product.edit-bundle", "product.edit-content", "product.edit-covers",
    "product.edit-files",
    "product.edit-questions", "product.edit-versions", "product.reviews", "product.skus",
  };
  GumSection *section;
  GtkWidget *detail;
  GtkWidget *pane;

  show_section (shell, "products");
  section = gum_window_get_section (shell->window);
  pane = products_find (GTK_WIDGET (section), GUM_TYPE_PRODUCTS_PANE);
  check_dialog (shell, pane, "products.create");
  check_dialog (shell, pane, "products.select-all");

  gum_section_set_place (section, DRIFTWOOD);
  gum_test_settle ();
  detail = products_find (GTK_WIDGET (section), GUM_TYPE_PRODUCT_DETAIL);
  g_assert_nonnull (detail);
  gum_test_wait_until (is_whole, detail);
  products_wait_built (detail);
  settle (GTK_WIDGET (shell->window));
  names_check (GTK_WIDGET (shell->window), "product");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_test_message ("%s", pages[i]);
      g_assert_true (gtk_widget_activate_action (detail, pages[i], NULL));
      gum_test_wait_until (has_subpage, detail);
      settle (GTK_WIDGET (shell->window));
      names_check (GTK_WIDGET (shell->window), pages[i]);
      g_assert_true (gum_section_go_back (section));
      gum_test_settle ();
    }
}

static gboolean
is_in_toast (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (data);
  GtkWidget *toast = focus != NULL ? gtk_widget_get_parent (focus) : NULL;

  return toast != NULL && g_str_equal (G_OBJECT_TYPE_NAME (toast), "AdwToastWidget");
}

/* A toast that offers something is there for longer than a glance, and a key leads to it. */
static void
test_toast (Shell         *shell,
            gconstpointer  data)
{
  GtkWidget *section;
  AdwToast *toast;

  show_section (shell, "products");
  section = GTK_WIDGET (gum_window_get_section (shell->window));
  g_assert_false (gum_section_focus_toast (section));
  toast = gum_section_add_toast_with_button (section, "Cover removed", "_Undo");
  g_assert_cmpuint (adw_toast_get_timeout (toast), >=, 10);
  gum_test_settle ();
  names_check (GTK_WIDGET (shell->window), "toast");
  gtk_widget_activate_action (GTK_WIDGET (shell->window), "win.toast", NULL);
  g_assert_true (is_in_toast (shell->window));
  /* Plain ones have a button too, and a name for it, also when they had to wait. */
  gum_section_add_toast (section, "Link copied");
  adw_toast_dismiss (toast);
  gum_test_settle ();
  names_check (GTK_WIDGET (shell->window), "second toast");
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

  g_test_add ("/names/sections", Shell, NULL, set_up, test_sections, tear_down);
  g_test_add ("/names/toast", Shell, NULL, set_up, test_toast, tear_down);
  g_test_add ("/names/product", Shell, NULL, set_up, test_product, tear_down);

  return g_test_run ();
}
