/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of a product: attached, delivered, on their way. */

#include "config.h"

#include "products-test.h"

#include "gum-content.h"
#include "gum-deliveries.h"
#include "gum-file-target.h"
#include "gum-files-page.h"
#include "gum-product-detail.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-version-choice.h"

#include <locale.h>
#include <string.h>

#define N_PRODUCTS 27
#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="
#define LESSON_1 "heqeXTcObavFCJ4C9MI0Ew=="

typedef struct
{
  Products          products;
  GumProductDetail *detail;
  GumFilesPage     *files;
} Page;

static int n_inhibitions;

/* The program has these before GTK. */
guint
gtk_application_inhibit (GtkApplication             *application,
                         GtkWindow                  *window,
                         GtkApplicationInhibitFlags  flags,
                         const char                 *reason)
{
  n_inhibitions++;

  return 1;
}

void
gtk_application_uninhibit (GtkApplication *application,
                           guint           cookie)
{
  g_assert_cmpuint (cookie, ==, 1);
  n_inhibitions--;
}

static gboolean
is_whole (gpointer detail)
{
  return gum_resource_has (GUM_RESOURCE (gum_product_detail_get_product (detail)), "files");
}

static void
page_set_up (Page *page)
{
  memset (page, 0, sizeof *page);
  products_set_up (&page->products, N_PRODUCTS, 1200, 1000);
  products_sync (&page->products);
  products_wait_listed (&page->products, N_PRODUCTS);
}

static void
page_show (Page       *page,
           const char *id)
{
  gum_section_set_place (GUM_SECTION (page->products.page), id);
  gum_test_settle ();
  page->detail = GUM_PRODUCT_DETAIL (products_find (page->products.page, GUM_TYPE_PRODUCT_DETAIL));
  gum_test_wait_until (is_whole, page->detail);
  gtk_widget_activate_action (GTK_WIDGET (page->detail), "product.edit-files", NULL);
  page->files = GUM_FILES_PAGE (gum_product_detail_get_subpage (page->detail));
  gum_test_settle ();
}

static void
page_open (Page *page)
{
  page_set_up (page);
  page_show (page, DRIFTWOOD);
}

/* A course in two versions, each with content of its own, and three lessons that are on none of their pages. */
static void
page_open_course (Page *page)
{
  g_autofree char *id = NULL;

  page_set_up (page);
  for (guint i = 0; i < N_PRODUCTS && id == NULL; i++)
    {
      g_autoptr (GumProduct) product = products_dup_at (&page->products, i);

      if (g_str_has_prefix (gum_product_get_name (product), "Drawing Water"))
        id = g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
    }
  g_assert_nonnull (id);
  page_show (page, id);
}

static void
page_close (Page *page)
{
  products_tear_down (&page->products);
}

static GFile *
write_file (Page       *page,
            const char *name)
{
  g_autofree char *path = g_build_filename (page->products.directory, name, NULL);

  g_assert_true (g_file_set_contents (path, "a build", -1, NULL));

  return g_file_new_for_path (path);
}

static gboolean
has_target (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GUM_IS_FILE_TARGET (window))
        {
          *(GtkWidget **) data = window;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_sized (gpointer row)
{
  return g_str_has_prefix (adw_action_row_get_subtitle (row), "7 bytes");
}

static gboolean
has_dialog (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          *(GtkWindow **) data = window;
          return TRUE;
        }
    }

  return FALSE;
}

static GumDelivery *
take (Page       *page,
      const char *name,
      guint       expected_choice)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = write_file (page, name);
  GtkWidget *target = NULL;
  AdwComboRow *row;

  g_list_store_append (files, file);
  gum_files_page_take (page->files, G_LIST_MODEL (files), NULL);
  gum_test_wait_until (has_target, &target);
  row = ADW_COMBO_ROW (products_wait_widget (target, ADW_TYPE_COMBO_ROW));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, expected_choice);
  gum_test_wait_until (is_sized, row);
  g_assert_true ((strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "\nIn place of “") != NULL) ==
                 (expected_choice > 0));
  g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (target)), "clicked");
  gum_test_settle ();

  return g_list_model_get_item (G_LIST_MODEL (gum_store_get_deliveries (page->products.store)), 0);
}

static gboolean
is_over (gpointer delivery)
{
  return gum_delivery_is_over (delivery);
}

static guint
count_files (Page *page)
{
  g_autoptr (GListModel) files = NULL;

  g_object_get (gum_product_detail_get_product (page->detail), "files", &files, NULL);

  return g_list_model_get_n_items (files);
}

typedef struct
{
  Page  *page;
  guint  n_files;
} Shown;

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;

  return count_files (shown->page) == shown->n_files &&
         products_find_text (GTK_WIDGET (shown->page->files), "Done: buyers get it") != NULL;
}

/* The page reads the product again after the delivery is over. */
static void
wait_done (Page        *page,
           GumDelivery *delivery,
           guint        n_files)
{
  gum_test_wait_until (is_over, delivery);
  g_assert_cmpint (gum_delivery_get_state (delivery), ==, GUM_DELIVERY_DONE);
  gum_test_wait_until (is_shown, &(Shown) { page, n_files });
}

static void
test_shows_both (void)
{
  Page page;

  page_open (&page);
  /* One of the sample's files is attached and on no page. */
  products_wait_text (page.files, "buyers do not get it.");
  products_wait_text (page.files, "In the content: buyers get it");
  products_wait_text (page.files, "On no page of the content");
  page_close (&page);
}

static gboolean
has_all_delivered (gpointer files)
{
  return products_find_text (files, "buyers get all of them") != NULL;
}

static void
test_deliver (void)
{
  Page page;
  GtkWidget *label;

  page_open (&page);
  products_wait_text (page.files, "Deliver");
  label = products_find_text (GTK_WIDGET (page.files), "Deliver");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  gum_test_wait_until (has_all_delivered, page.files);
  page_close (&page);
}

static void
test_add (void)
{
  Page page;
  g_autoptr (GumDelivery) delivery = NULL;
  guint before;

  page_open (&page);
  before = count_files (&page);
  delivery = take (&page, "something-else.pdf", 0);
  wait_done (&page, delivery, before + 1);
  page_close (&page);
}

/* A newer build is taken for one, and takes the other's place. */
static void
test_replace (void)
{
  Page page;
  GumProduct *product;
  g_autoptr (GumDelivery) first = NULL;
  g_autoptr (GumDelivery) second = NULL;
  g_autofree char *linux_guess = NULL;
  g_autofree char *guess = NULL;
  guint before;

  page_open (&page);
  product = gum_product_detail_get_product (page.detail);
  /* As buyers see it named, and as it was named when it was uploaded. */
  linux_guess = gum_file_target_guess (product, "Linux_CLAP_LV2_9.zip", NULL);
  g_assert_nonnull (linux_guess);
  before = count_files (&page) + 1;
  first = take (&page, "Tape Delay 2.1.zip", 0);
  wait_done (&page, first, before);
  guess = gum_file_target_guess (product, "Tape Delay 2.2.zip", NULL);
  g_assert_nonnull (guess);
  g_assert_null (gum_file_target_guess (product, "Tape Delay 2.2.pdf", NULL));
  second = take (&page, "Tape Delay 2.2.zip", before);
  wait_done (&page, second, before);
  g_assert_true (gum_delivery_is_delivered (second));
  page_close (&page);
}

static guint
count_replacing (GtkWidget *root)
{
  guint n = ADW_IS_COMBO_ROW (root) && adw_combo_row_get_selected (ADW_COMBO_ROW (root)) > 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_replacing (child);

  return n;
}

/* Two builds at once, and one while another is on its way: the same file is not guessed to be replaced twice. */
static void
test_guessed_once (void)
{
  Page page;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) one = NULL;
  g_autoptr (GFile) two = NULL;
  g_autoptr (GumDelivery) first = NULL;
  g_autoptr (GumDelivery) second = NULL;
  g_autoptr (GumDelivery) third = NULL;
  GtkWidget *target = NULL;
  guint before;

  page_open (&page);
  before = count_files (&page) + 1;
  first = take (&page, "Tape Delay 2.1.zip", 0);
  wait_done (&page, first, before);
  one = write_file (&page, "Tape Delay 2.2.zip");
  two = write_file (&page, "Tape Delay 2.3.zip");
  g_list_store_append (files, one);
  g_list_store_append (files, two);
  gum_files_page_take (page.files, G_LIST_MODEL (files), NULL);
  gum_test_wait_until (has_target, &target);
  g_assert_cmpuint (count_replacing (target), ==, 1);
  gtk_window_destroy (GTK_WINDOW (target));

  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"hang\"}");
  second = take (&page, "Tape Delay 2.2.zip", before);
  third = take (&page, "Tape Delay 2.3.zip", 0);
  page_close (&page);
}

static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (ADW_IS_ACTION_ROW (child) &&
          g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
        return child;
      found = find_row (child, title);
      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The choice of a version, once they have been read. */
static gboolean
has_choice (gpointer data)
{
  GtkWidget *choice = products_find (*(GtkWidget **) data, GUM_TYPE_VERSION_CHOICE);

  if (choice == NULL || !gtk_widget_get_sensitive (choice))
    return FALSE;
  *(GtkWidget **) data = choice;

  return TRUE;
}

static AdwComboRow *
wait_choice (gpointer window)
{
  GtkWidget *choice = window;

  gum_test_wait_until (has_choice, &choice);

  return ADW_COMBO_ROW (choice);
}

static gboolean
is_press_ready (gpointer dialog)
{
  return adw_message_dialog_get_response_enabled (dialog, "do");
}

static gboolean
is_ready (gpointer button)
{
  return gtk_widget_get_sensitive (button);
}

/* Each version has content of its own: it is asked whose buyers get a file, and said who does. */
static void
test_versions (void)
{
  Page page;
  GtkWindow *dialog = NULL;
  GtkWidget *target = NULL;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = NULL;

  page_open_course (&page);
  products_wait_text (page.files, "3 files are attached, but buyers do not get them.");
  gtk_widget_activate_action (GTK_WIDGET (page.files), "files.deliver", "s", LESSON_1);
  gum_test_wait_until (has_dialog, &dialog);
  adw_combo_row_set_selected (wait_choice (dialog), 2);
  gum_test_wait_until (is_press_ready, dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  products_wait_text (page.files, "Only in the content of With feedback: other buyers do not get it");
  products_wait_text (page.files, "2 files are attached, but buyers do not get them. "
                                  "1 file is only for the buyers of some versions.");
  gtk_window_destroy (dialog);

  /* To the others, too. */
  dialog = NULL;
  gtk_widget_activate_action (GTK_WIDGET (page.files), "files.deliver", "s", LESSON_1);
  gum_test_wait_until (has_dialog, &dialog);
  wait_choice (dialog);
  gum_test_wait_until (is_press_ready, dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  products_wait_text (page.files, "In the content of every version: buyers get it");
  gtk_window_destroy (dialog);

  /* A new one. */
  file = write_file (&page, "bonus.zip");
  g_list_store_append (files, file);
  gum_files_page_take (page.files, G_LIST_MODEL (files), NULL);
  gum_test_wait_until (has_target, &target);
  adw_combo_row_set_selected (wait_choice (target), 1);
  gum_test_wait_until (is_ready, gtk_window_get_default_widget (GTK_WINDOW (target)));
  g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (target)), "clicked");
  products_wait_text (page.files, "Only in the content of Basic: other buyers do not get it");
  products_wait_text (page.files, "Done: buyers get it");
  page_close (&page);
}

/* What the menu of a file's row has in the place of renaming, by the name in the row. */
static char *
dup_rename_label (Page       *page,
                  const char *name)
{
  GtkWidget *row = find_row (GTK_WIDGET (page->files), name);
  GtkWidget *button = products_find (row, GTK_TYPE_MENU_BUTTON);
  GMenuModel *menu;
  char *label = NULL;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  g_menu_model_get_item_attribute (menu, 1, G_MENU_ATTRIBUTE_LABEL, "s", &label);

  return label;
}

/* Gumroad lets only those be renamed whose address it has told us; the menu of the others says so. */
static void
test_rename_menu (void)
{
  Page page;
  g_autoptr (GumDelivery) delivery = NULL;
  g_autofree char *here = NULL;
  g_autofree char *elsewhere = NULL;
  guint before;

  page_open (&page);
  before = count_files (&page);
  delivery = take (&page, "from-here.pdf", 0);
  wait_done (&page, delivery, before + 1);
  here = dup_rename_label (&page, "from-here");
  elsewhere = dup_rename_label (&page, "Installer for Windows");
  g_assert_cmpstr (here, ==, "Re_name…");
  g_assert_cmpstr (elsewhere, ==, "Rename: Not Uploaded Here");
  page_close (&page);
}

static gboolean
press_tooltip (GtkWidget  *root,
               const char *tooltip)
{
  gboolean found = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    {
      found = GTK_IS_BUTTON (child) && gtk_widget_get_mapped (child) &&
              g_strcmp0 (gtk_widget_get_tooltip_text (child), tooltip) == 0;
      if (found)
        g_signal_emit_by_name (child, "clicked");
      else
        found = press_tooltip (child, tooltip);
    }

  return found;
}

static void
test_failed (void)
{
  Page page;
  GtkWindow *dialog = NULL;
  g_autoptr (GumDelivery) delivery = NULL;

  page_open (&page);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"success_false\","
                    "\"message\":\"Not that one.\"}");
  delivery = take (&page, "new.pdf", 0);
  gum_test_wait_until (is_over, delivery);
  products_wait_text (page.files, "Not that one.");

  /* Nothing is done that could be cleared away; and what Gumroad has already is not thrown away unasked. */
  gtk_widget_activate_action (GTK_WIDGET (page.files), "files.clear", NULL);
  g_assert_true (gum_delivery_is_uploaded (delivery));
  g_assert_true (press_tooltip (GTK_WIDGET (page.files), "Discard"));
  gum_test_wait_until (has_dialog, &dialog);
  g_assert_nonnull (products_find_text (GTK_WIDGET (page.files), "Not that one."));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "discard");
  products_wait_no_text (page.files, "Not that one.");
  page_close (&page);
}

/* The file has long been read when Gumroad lets it wait. */
static void
test_waiting (void)
{
  Page page;
  g_autoptr (GumDelivery) delivery = NULL;
  guint before;

  page_open (&page);
  before = count_files (&page);
  products_control (&page.products, "fault", "{\"match\":\"POST /v2/files/presign\",\"kind\":\"latency\","
                    "\"ms\":1500}");
  delivery = take (&page, "new.pdf", 0);
  products_wait_text (page.files, "Waiting for Gumroad…");
  wait_done (&page, delivery, before + 1);
  page_close (&page);
}

static gboolean
is_attaching (gpointer delivery)
{
  return gum_delivery_get_state (delivery) == GUM_DELIVERY_ATTACHING;
}

static gboolean
may_sleep (gpointer data)
{
  return n_inhibitions == 0;
}

/* The machine stays awake for a file, and not for one that nobody waits for any more. */
static void
test_inhibit (void)
{
  Page page;
  g_autoptr (GtkApplication) application = gtk_application_new ("org.example.Gumroad.Test",
                                                                G_APPLICATION_NON_UNIQUE);
  g_autoptr (GumDelivery) delivery = NULL;

  g_application_set_default (G_APPLICATION (application));
  page_open (&page);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"hang\"}");
  delivery = take (&page, "new.pdf", 0);
  gum_test_wait_until (is_attaching, delivery);
  g_assert_cmpint (n_inhibitions, ==, 1);
  page_close (&page);
  gum_test_wait_until (may_sleep, NULL);
  g_application_set_default (NULL);
}

static void
test_rename (void)
{
  Page page;
  g_autoptr (GumDelivery) delivery = NULL;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GumProductFile) file = NULL;
  GtkWindow *dialog = NULL;
  guint before;

  page_open (&page);
  before = count_files (&page);
  delivery = take (&page, "new.pdf", 0);
  wait_done (&page, delivery, before + 1);
  g_object_get (gum_product_detail_get_product (page.detail), "files", &files, NULL);
  file = g_list_model_get_item (files, g_list_model_get_n_items (files) - 1);
  gtk_widget_activate_action (GTK_WIDGET (page.files), "files.rename", "s",
                              gum_resource_get_id (GUM_RESOURCE (file)));
  gum_test_wait_until (has_dialog, &dialog);
  /* An empty field would look as if there were none. */
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "Left empty, it stays"));
  gtk_window_destroy (dialog);
  page_close (&page);
}

static void
test_offline (void)
{
  Page page;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = NULL;

  page_open (&page);
  file = write_file (&page, "new.pdf");
  g_list_store_append (files, file);
  gum_shop_set_network (page.products.shop, FALSE, FALSE, FALSE);
  gum_files_page_take (page.files, G_LIST_MODEL (files), NULL);
  products_wait_text (page.files, "needs a connection to Gumroad");
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

  g_test_add_func ("/files/shows-both", test_shows_both);
  g_test_add_func ("/files/deliver", test_deliver);
  g_test_add_func ("/files/add", test_add);
  g_test_add_func ("/files/replace", test_replace);
  g_test_add_func ("/files/guessed-once", test_guessed_once);
  g_test_add_func ("/files/versions", test_versions);
  g_test_add_func ("/files/rename-menu", test_rename_menu);
  g_test_add_func ("/files/failed", test_failed);
  g_test_add_func ("/files/waiting", test_waiting);
  g_test_add_func ("/files/inhibit", test_inhibit);
  g_test_add_func ("/files/rename", test_rename);
  g_test_add_func ("/files/offline", test_offline);

  return g_test_run ();
}
