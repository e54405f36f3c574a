/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page and dialog of a shop: whatever takes the focus has a name that is read aloud, and a button with
 * a picture only says by a tooltip what it does. */

#include "config.h"

#include "products-test.h"

#include "gum-test.h"
#include "gum-ui.h"
#include "gum-window.h"

#include <locale.h>

/* It has covers, files, versions and reviews. */
#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="

typedef struct {
  GumSandbox  *sandbox;
  char        *directory;
  GSettings   *settings;
  GumAccounts *accounts;
  GumAccount  *account;
  GumWindow   *window;
} Names;

static gboolean
has_text (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && *gtk_label_get_text (GTK_LABEL (root)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_text (child))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
complain (GtkWidget  *widget,
          const char *place,
          const char *what)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  g_test_message ("%s: %s %s (%s in %s in %s)", place, what, G_OBJECT_TYPE_NAME (widget),
                  id != NULL ? id : "-", G_OBJECT_TYPE_NAME (parent),
                  G_OBJECT_TYPE_NAME (gtk_widget_get_parent (parent)));
  g_test_fail ();
}

static gboolean
is_part_of_row (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (gtk_widget_get_parent (widget), ADW_TYPE_COMBO_ROW) != NULL ||
         gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) != NULL;
}

static void
check_widget (GtkWidget  *widget,
              const char *place)
{
  GtkWidget *menu_button = gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON);
  GtkWidget *drop_down = gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN);
  gboolean is_row = GTK_IS_LIST_BOX_ROW (widget);
  gboolean is_item = GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget));
  gboolean is_button = GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget);

  /* The outer one is what is named. */
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_PRESENTATION)
    return;
  if (menu_button != NULL && menu_button != widget)
    return;
  if (drop_down != NULL && drop_down != widget)
    return;
  if (GTK_IS_LIST_BOX (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP))
    return;

  if (is_button || is_row || is_item || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
      GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
      GTK_IS_SPIN_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SCALE (widget) ||
      GTK_IS_PROGRESS_BAR (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget))
    {
      if (!is_named (widget) && !((is_button || is_row) && has_text (widget)))
        complain (widget, place, "without a name:");
    }
  if (is_button && !has_text (widget) && gtk_widget_get_tooltip_text (widget) == NULL)
    complain (widget, place, "without a tooltip:");
}

static void
check (GtkWidget  *root,
       const char *place)
{
  if (GTK_IS_WINDOW_CONTROLS (root) || !gtk_widget_get_mapped (root) ||
      (gtk_widget_get_parent (root) != NULL && is_part_of_row (root)))
    return;
  if (gtk_widget_get_parent (root) != NULL)
    check_widget (root, place);
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check (child, place);
}

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
find_dialog (Names *names)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (names->window) && gtk_widget_get_visible (window))
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
check_dialog (Names      *names,
              GtkWidget  *widget,
              const char *action)
{
  g_test_message ("%s", action);
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
  gum_test_wait_until (has_dialog, names);
  settle (find_dialog (names));
  check (find_dialog (names), action);
  gtk_window_destroy (GTK_WINDOW (find_dialog (names)));
  gum_test_settle ();
}

static gboolean
is_synced (gpointer data)
{
  GumStore *store = gum_shop_get_store (gum_window_get_shop (data));

  return store != NULL && !gum_store_get_syncing (store) && gum_store_get_last_synced (store) != NULL;
}

static void
set_up (Names         *names,
        gconstpointer  data)
{
  GumSandboxOptions options = { .n_products = 20, .n_sales = 10, .seed = 1 };
  g_autoptr(GError) error = NULL;

  names->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (names->sandbox, &error);
  g_assert_no_error (error);
  names->directory = gum_test_make_dir ();
  names->settings = g_settings_new (GUM_INSTALLED_ID);
  names->accounts = gum_accounts_new (names->directory);
  names->window = gum_window_new (NULL, names->accounts, names->settings);
  gtk_window_set_default_size (GTK_WINDOW (names->window), 1280, 1600);
  names->account = gum_accounts_add_sample (names->accounts, "Sample",
                                            gum_sandbox_get_api_url (names->sandbox),
                                            gum_sandbox_get_access_token (names->sandbox));
  gum_window_show_account (names->window, names->account);
  gtk_window_present (GTK_WINDOW (names->window));
  settle (GTK_WIDGET (names->window));
  gum_test_wait_until (is_synced, names->window);
}

static void
tear_down (Names         *names,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (names->window));
  gum_test_settle ();
  g_clear_object (&names->account);
  g_clear_object (&names->accounts);
  g_clear_object (&names->settings);
  gum_test_settle ();
  gum_sandbox_stop (names->sandbox);
  g_clear_object (&names->sandbox);
  gum_test_remove_dir (names->directory);
}

static void
show_section (Names      *names,
              const char *id)
{
  gum_window_show_section (names->window, id);
  settle (GTK_WIDGET (names->window));
}

static void
test_sections (Names         *names,
               gconstpointer  data)
{
  static const char * const ids[] = { "products", "discounts", "upsells", "activity" };
  static const char * const dialogs[] = { "win.profile", "win.refund-policy" };
  static const char * const discounts[] = { "section.new", "section.generate" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      show_section (names, ids[i]);
      check (GTK_WIDGET (names->window), ids[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    check_dialog (names, GTK_WIDGET (names->window), dialogs[i]);
  show_section (names, "discounts");
  for (guint i = 0; i < G_N_ELEMENTS (discounts); i++)
    check_dialog (names, GTK_WIDGET (gum_window_get_section (names->window)), discounts[i]);
  show_section (names, "upsells");
  check_dialog (names, GTK_WIDGET (gum_window_get_section (names->window)), "section.new");
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
test_product (Names         *names,
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

  show_section (names, "products");
  section = gum_window_get_section (names->window);
  pane = products_find (GTK_WIDGET (section), GUM_TYPE_PRODUCTS_PANE);
  check_dialog (names, pane, "products.create");
  check_dialog (names, pane, "products.select-all");

  gum_section_set_place (section, DRIFTWOOD);
  gum_test_settle ();
  detail = products_find (GTK_WIDGET (section), GUM_TYPE_PRODUCT_DETAIL);
  g_assert_nonnull (detail);
  gum_test_wait_until (is_whole, detail);
  settle (GTK_WIDGET (names->window));
  check (GTK_WIDGET (names->window), "product");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_test_message ("%s", pages[i]);
      g_assert_true (gtk_widget_activate_action (detail, pages[i], NULL));
      gum_test_wait_until (has_subpage, detail);
      settle (GTK_WIDGET (names->window));
      check (GTK_WIDGET (names->window), pages[i]);
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
test_toast (Names         *names,
            gconstpointer  data)
{
  GtkWidget *section;
  AdwToast *toast;

  show_section (names, "products");
  section = GTK_WIDGET (gum_window_get_section (names->window));
  g_assert_false (gum_section_focus_toast (section));
  toast = gum_section_add_toast_with_button (section, "Cover removed", "_Undo");
  g_assert_cmpuint (adw_toast_get_timeout (toast), >=, 10);
  gum_test_settle ();
  check (GTK_WIDGET (names->window), "toast");
  gtk_widget_activate_action (GTK_WIDGET (names->window), "win.toast", NULL);
  g_assert_true (is_in_toast (names->window));
  /* Plain ones have a button too, and a name for it, also when they had to wait. */
  gum_section_add_toast (section, "Link copied");
  adw_toast_dismiss (toast);
  gum_test_settle ();
  check (GTK_WIDGET (names->window), "second toast");
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

  g_test_add ("/names/sections", Names, NULL, set_up, test_sections, tear_down);
  g_test_add ("/names/toast", Names, NULL, set_up, test_toast, tear_down);
  g_test_add ("/names/product", Names, NULL, set_up, test_product, tear_down);

  return g_test_run ();
}
