/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window around the sections: welcome, sign-in, account switcher, banner, preferences, shortcuts. */

#include "config.h"

#include "names-test.h"
#include "products-test.h"
#include "shell-test.h"

#include "gum-account-switcher.h"
#include "gum-banner.h"
#include "gum-main-menu.h"
#include "gum-paths.h"
#include "gum-picture.h"
#include "gum-preferences.h"
#include "gum-shortcuts.h"
#include "gum-sidebar.h"
#include "gum-sign-in-error-label.h"
#include "gum-sign-in-form.h"
#include "gum-sign-in-page.h"
#include "gum-sign-in-token.h"
#include "gum-sign-in-wait.h"
#include "gum-sign-out.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-welcome-page.h"
#include "gum-window-actions.h"

#include <unistd.h>

/* Width and height. */
static const int screen[] = { 1280, 800 };
static const int phone[] = { 360, 640 };

static void
set_up (Shell         *shell,
        gconstpointer  data)
{
  const int *size = data;

  shell_set_up (shell, 12, size[0], size[1]);
  g_setenv ("GUMROAD_API_BASE_URL", gum_sandbox_get_api_url (shell->sandbox), TRUE);
  g_setenv ("GUMROAD_OAUTH_BASE_URL", gum_sandbox_get_oauth_url (shell->sandbox), TRUE);
  gum_window_show_first (shell->window);
  shell_present (shell);
}

static void
tear_down (Shell         *shell,
           gconstpointer  data)
{
  shell_tear_down (shell);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static GtkWidget *
find_id (GtkWidget  *root,
         const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), id) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_id (child, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The widget that a template calls @id, in the first mapped widget of @type. */
static GtkWidget *
find_template_child (GtkWidget  *root,
                     GType       type,
                     const char *id)
{
  GtkWidget *owner = products_find (root, type);
  GtkWidget *child;

  g_assert_nonnull (owner);
  child = find_id (owner, id);
  g_assert_nonnull (child);

  return child;
}

static void
check_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
check_page (Shell *shell)
{
  gum_test_settle ();
  names_check (GTK_WIDGET (shell->window), g_test_get_path ());
  check_width (adw_application_window_get_content (ADW_APPLICATION_WINDOW (shell->window)));
}

static GtkMenuButton *
find_menu_button (gpointer window)
{
  GtkWidget *menu = products_find (window, GUM_TYPE_MAIN_MENU);

  return menu != NULL ? GTK_MENU_BUTTON (adw_bin_get_child (ADW_BIN (menu))) : NULL;
}

static gboolean
is_folded (gpointer window)
{
  return products_find (window, GUM_TYPE_SIDEBAR) == NULL && find_menu_button (window) != NULL;
}

/* On a phone a shop's page lets go of what stands beside it once it has a size. */
static void
check_shop (Shell *shell)
{
  gum_test_wait_until (is_folded, shell->window);
  check_page (shell);
}

static GtkWidget *
find_page (Shell *shell,
           GType  type)
{
  return products_find (GTK_WIDGET (shell->window), type);
}

static void
test_welcome (Shell         *shell,
              gconstpointer  data)
{
  g_assert_nonnull (find_page (shell, GUM_TYPE_WELCOME_PAGE));
  g_assert_null (gum_window_get_shop (shell->window));
  check_page (shell);
}

/* Twice as large as usual, letters still find room on a phone. */
static void
test_large_text (Shell         *shell,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *layout = NULL;
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, "gtk-decoration-layout", &layout, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, "gtk-decoration-layout", ":close", NULL);
  check_page (shell);
  gum_window_show_sign_in (shell->window);
  check_page (shell);
  g_signal_emit_by_name (find_template_child (GTK_WIDGET (shell->window), GUM_TYPE_SIGN_IN_FORM,
                                              "token_button"), "clicked");
  check_page (shell);
  g_object_set (settings, "gtk-xft-dpi", dpi, "gtk-decoration-layout", layout, NULL);
}

static GtkWidget *
get_focus (Shell *shell)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (shell->window));

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));

  return focus;
}

/* Return on the first page signs in. */
static void
test_first_focus (Shell         *shell,
                  gconstpointer  data)
{
  g_assert_true (get_focus (shell) == find_template_child (GTK_WIDGET (shell->window),
                                                           GUM_TYPE_WELCOME_PAGE,
                                                           "sign_in_button"));
}

static GumSignInPage *
open_sign_in (Shell *shell)
{
  gtk_widget_activate_action (GTK_WIDGET (shell->window), "win.add-account", NULL);
  gum_test_settle ();
  g_assert_nonnull (find_page (shell, GUM_TYPE_SIGN_IN_PAGE));

  return GUM_SIGN_IN_PAGE (find_page (shell, GUM_TYPE_SIGN_IN_PAGE));
}

static gboolean
shows_form (gpointer data)
{
  return products_find (data, GUM_TYPE_SIGN_IN_FORM) != NULL;
}

static gboolean
shows_wait (gpointer data)
{
  return products_find (data, GUM_TYPE_SIGN_IN_WAIT) != NULL;
}

static gboolean
shows_error (gpointer data)
{
  return products_find (data, GUM_TYPE_SIGN_IN_ERROR_LABEL) != NULL;
}

static const char *
get_error (GumSignInPage *page)
{
  gum_test_wait_until (shows_error, page);

  return gum_sign_in_error_label_get_text (
    GUM_SIGN_IN_ERROR_LABEL (products_find (GTK_WIDGET (page), GUM_TYPE_SIGN_IN_ERROR_LABEL)));
}

static void
click (GtkWidget  *root,
       GType       type,
       const char *id)
{
  g_signal_emit_by_name (find_template_child (root, type, id), "clicked");
}

/* An empty field is said beside it; Escape leads back to where one came from. */
static void
test_form (Shell         *shell,
           gconstpointer  data)
{
  GumSignInPage *page = open_sign_in (shell);
  GtkWidget *root = GTK_WIDGET (page);
  GtkWidget *row = find_template_child (root, GUM_TYPE_SIGN_IN_FORM, "id_row");

  check_page (shell);
  click (root, GUM_TYPE_SIGN_IN_FORM, "sign_in_button");
  g_assert_cmpstr (get_error (page), ==, "This field is still empty.");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  check_page (shell);

  gtk_editable_set_text (GTK_EDITABLE (row), "x");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "");

  gtk_widget_activate_action (GTK_WIDGET (shell->window), "win.back", NULL);
  gum_test_settle ();
  g_assert_nonnull (find_page (shell, GUM_TYPE_WELCOME_PAGE));
}

static gboolean
says_own (gpointer page)
{
  return gtk_widget_get_mapped (find_template_child (page, GUM_TYPE_SIGN_IN_FORM, "id_row"));
}

/* The application of whoever distributes the program: one button, and no word about an ID that nobody sees. */
static void
test_vendor (Shell         *shell,
             gconstpointer  data)
{
  GumSignInPage *page;
  GtkWidget *root;
  GtkWidget *row;
  g_autoptr(GUri) url = NULL;
  g_autoptr(GHashTable) query = NULL;
  g_autofree char *address = NULL;

  g_settings_set_string (shell->settings, "application-id", gum_sandbox_get_client_id (shell->sandbox));
  page = open_sign_in (shell);
  g_settings_reset (shell->settings, "application-id");
  root = GTK_WIDGET (page);
  row = find_template_child (root, GUM_TYPE_SIGN_IN_FORM, "id_row");
  g_assert_false (gtk_widget_get_mapped (row));
  check_page (shell);

  click (root, GUM_TYPE_SIGN_IN_FORM, "sign_in_button");
  gum_test_wait_until (shows_wait, page);
  url = g_uri_parse (gum_sign_in_get_authorize_url (gum_sign_in_page_get_sign_in (page)),
                     G_URI_FLAGS_NONE, NULL);
  query = g_uri_parse_params (g_uri_get_query (url), -1, "&", G_URI_PARAMS_NONE, NULL);
  address = g_strdup_printf ("%s?error=unauthorized_client&state=%s",
                             (const char *) g_hash_table_lookup (query, "redirect_uri"),
                             (const char *) g_hash_table_lookup (query, "state"));
  gum_sign_in_paste_address (gum_sign_in_page_get_sign_in (page), address, NULL);
  g_assert_nonnull (strstr (get_error (page), "that this program comes with"));
  g_assert_null (strstr (get_error (page), "Application ID"));
  g_assert_false (gtk_widget_get_mapped (row));

  click (root, GUM_TYPE_SIGN_IN_FORM, "other_button");
  gum_test_wait_until (says_own, page);
  check_page (shell);
}

static gboolean
is_visible (gpointer data)
{
  return gtk_widget_get_visible (data);
}

/* No browser on this display: the address is there at once. Nonsense is refused, and one goes on waiting;
 * Cancel leads back with the field kept. */
static void
test_waiting (Shell         *shell,
              gconstpointer  data)
{
  GumSignInPage *page = open_sign_in (shell);
  GtkWidget *root = GTK_WIDGET (page);
  GtkWidget *id_row = find_template_child (root, GUM_TYPE_SIGN_IN_FORM, "id_row");

  gtk_editable_set_text (GTK_EDITABLE (id_row), gum_sandbox_get_client_id (shell->sandbox));
  click (root, GUM_TYPE_SIGN_IN_FORM, "sign_in_button");
  gum_test_wait_until (shows_wait, page);
  g_assert_cmpint (gum_sign_in_get_state (gum_sign_in_page_get_sign_in (page)), ==,
                   GUM_SIGN_IN_WAITING);
  gum_test_wait_until (is_visible,
                       find_template_child (root, GUM_TYPE_SIGN_IN_WAIT, "address_box"));
  check_page (shell);

  click (root, GUM_TYPE_SIGN_IN_WAIT, "paste_button");
  gtk_editable_set_text (GTK_EDITABLE (find_template_child (root, GUM_TYPE_SIGN_IN_WAIT,
                                                            "paste_row")), "nonsense");
  click (root, GUM_TYPE_SIGN_IN_WAIT, "use_button");
  g_assert_nonnull (get_error (page));
  g_assert_cmpint (gum_sign_in_get_state (gum_sign_in_page_get_sign_in (page)), ==,
                   GUM_SIGN_IN_WAITING);
  check_page (shell);

  click (root, GUM_TYPE_SIGN_IN_WAIT, "cancel_button");
  gum_test_wait_until (shows_form, page);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (id_row)), ==,
                   gum_sandbox_get_client_id (shell->sandbox));
}

static gboolean
shows_shop (gpointer data)
{
  return gum_window_get_shop (data) != NULL && products_find (data, GUM_TYPE_SIGN_IN_PAGE) == NULL;
}

static void
enter_token (Shell         *shell,
             GumSignInPage *page,
             const char    *token)
{
  GtkWidget *root = GTK_WIDGET (page);

  gtk_editable_set_text (GTK_EDITABLE (find_template_child (root, GUM_TYPE_SIGN_IN_TOKEN,
                                                            "token_row")), token);
  click (root, GUM_TYPE_SIGN_IN_TOKEN, "sign_in_button");
}

/* The three look-alikes are told apart by trying; the right one leads to the shop. */
static void
test_token (Shell         *shell,
            gconstpointer  data)
{
  GumSignInPage *page = open_sign_in (shell);
  GtkWidget *root = GTK_WIDGET (page);

  click (root, GUM_TYPE_SIGN_IN_FORM, "token_button");
  gum_test_settle ();
  check_page (shell);

  enter_token (shell, page, gum_sandbox_get_client_id (shell->sandbox));
  g_assert_nonnull (strstr (get_error (page), "Generate Access Token"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_template_child (
                     root, GUM_TYPE_SIGN_IN_TOKEN, "token_row"))), ==,
                   gum_sandbox_get_client_id (shell->sandbox));

  enter_token (shell, page, gum_sandbox_get_access_token (shell->sandbox));
  gum_test_wait_until (shows_shop, shell->window);
  g_assert_nonnull (gum_window_get_section (shell->window));
  check_shop (shell);
}

static gboolean
is_refused (gpointer data)
{
  guint16 port = GPOINTER_TO_UINT (data);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static GtkWindow *
find_dialog (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
        return l->data;
    }

  return NULL;
}

/* The address to come back to is part of the one that the browser is sent to. */
static guint16
get_port (GumSignInPage *page)
{
  const char *url = gum_sign_in_get_authorize_url (gum_sign_in_page_get_sign_in (page));
  g_autoptr(GHashTable) query = NULL;
  g_autoptr(GUri) outer = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GUri) inner = NULL;

  g_assert_nonnull (outer);
  query = g_uri_parse_params (g_uri_get_query (outer), -1, "&", G_URI_PARAMS_NONE, NULL);
  inner = g_uri_parse (g_hash_table_lookup (query, "redirect_uri"), G_URI_FLAGS_NONE, NULL);

  return g_uri_get_port (inner);
}

/* Closing the window while the browser has the word asks first, and then leaves no port open. */
static void
test_close_while_waiting (Shell         *shell,
                          gconstpointer  data)
{
  GumSignInPage *page = open_sign_in (shell);
  GtkWidget *root = GTK_WIDGET (page);
  g_autoptr(GumSignIn) sign_in = g_object_ref (gum_sign_in_page_get_sign_in (page));
  guint16 port;

  gtk_editable_set_text (GTK_EDITABLE (find_template_child (root, GUM_TYPE_SIGN_IN_FORM, "id_row")),
                         gum_sandbox_get_client_id (shell->sandbox));
  click (root, GUM_TYPE_SIGN_IN_FORM, "sign_in_button");
  gum_test_wait_until (shows_wait, page);
  port = get_port (page);
  g_assert_false (is_refused (GUINT_TO_POINTER (port)));
  get_focus (shell);

  gtk_window_close (GTK_WINDOW (shell->window));
  gum_test_settle ();
  g_assert_nonnull (find_dialog ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "wait");
  gum_test_settle ();
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (shell->window)));
  g_assert_cmpint (gum_sign_in_get_state (sign_in), ==, GUM_SIGN_IN_WAITING);

  g_object_ref (shell->window);
  gtk_window_close (GTK_WINDOW (shell->window));
  gum_test_settle ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "stop");
  gum_test_settle ();
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (shell->window)));
  gum_test_wait_until (is_refused, GUINT_TO_POINTER (port));
  g_object_unref (shell->window);

  shell->window = gum_window_new (NULL, shell->accounts, shell->settings);
}

static void
open_sample (Shell *shell)
{
  shell_add_sample (shell);
  gum_test_settle ();
}

static gboolean
is_welcome (gpointer data)
{
  return products_find (data, GUM_TYPE_WELCOME_PAGE) != NULL;
}

static gboolean
tells_sample (gpointer data)
{
  GtkWidget *banner = products_find (data, GUM_TYPE_BANNER);

  return banner != NULL && gum_banner_get_text (GUM_BANNER (banner)) != NULL &&
         strstr (gum_banner_get_text (GUM_BANNER (banner)), "Sample store") != NULL;
}

static void
test_sample (Shell         *shell,
             gconstpointer  data)
{
  open_sample (shell);
  gum_test_wait_until (tells_sample, shell->window);
  check_shop (shell);

  gtk_widget_activate_action (GTK_WIDGET (shell->window), "win.leave-sample", NULL);
  gum_test_wait_until (is_welcome, shell->window);
  g_assert_null (gum_window_get_shop (shell->window));
}

static void
test_switcher (Shell         *shell,
               gconstpointer  data)
{
  GtkMenuButton *button;

  open_sample (shell);
  button = GTK_MENU_BUTTON (find_template_child (GTK_WIDGET (shell->window),
                                                 GUM_TYPE_ACCOUNT_SWITCHER, "button"));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Account: Sample Store");
  gtk_menu_button_popup (button);
  gum_test_settle ();
  names_check (GTK_WIDGET (button), "switcher");
  gtk_menu_button_popdown (button);
}

static gboolean
has_open_menu (gpointer window)
{
  GtkMenuButton *button = find_menu_button (window);

  return button != NULL &&
         gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button)));
}

/* The main menu is in reach, be the sidebar there or not. */
static void
test_main_menu (Shell         *shell,
                gconstpointer  data)
{
  open_sample (shell);
  for (int i = 0; i < 2; i++)
    {
      if (i == 1)
        {
          gtk_window_set_default_size (GTK_WINDOW (shell->window), 360, 640);
          gum_test_wait_until (is_folded, shell->window);
        }
      gtk_widget_activate_action (GTK_WIDGET (shell->window), "win.main-menu", NULL);
      gum_test_wait_until (has_open_menu, shell->window);
      gtk_menu_button_popdown (find_menu_button (shell->window));
      gum_test_settle ();
    }
}

static gboolean
is_in_list (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL && gtk_widget_get_mapped (focus) &&
         gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) != NULL;
}

/* The keyboard goes to the list: typing searches, arrows choose. */
static void
test_list_focus (Shell         *shell,
                 gconstpointer  data)
{
  open_sample (shell);
  gum_test_wait_until (is_in_list, shell->window);
}

static gboolean
has_picture (gpointer data)
{
  if (GUM_IS_PICTURE (data))
    return gum_picture_is_loaded (data);

  for (GtkWidget *child = gtk_widget_get_first_child (data);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_picture (child))
        return TRUE;
    }

  return FALSE;
}

/* Not even its pictures are written down. */
static void
test_sample_leaves_nothing (Shell         *shell,
                            gconstpointer  data)
{
  g_autofree char *ledger = NULL;
  g_autofree char *cache = NULL;

  open_sample (shell);
  ledger = gum_paths_dup_data (gum_account_get_id (shell->account));
  cache = gum_paths_dup_cache (gum_account_get_id (shell->account));
  gum_test_wait_until (has_picture, shell->window);
  gum_test_settle ();
  g_assert_false (g_file_test (ledger, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (cache, G_FILE_TEST_EXISTS));
}

static void
collect_accels (GtkWidget  *root,
                GHashTable *accels)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (root))
    {
      g_autofree char *text = NULL;
      g_auto(GStrv) parts = NULL;

      g_object_get (root, "accelerator", &text, NULL);
      parts = g_strsplit (text, " ", -1);
      for (gsize i = 0; parts[i] != NULL; i++)
        g_hash_table_add (accels, g_strdup (parts[i]));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_accels (child, accels);
}

/* Every accelerator is listed, none twice, and each is one that GTK can read. */
static void
test_shortcuts (void)
{
  g_autoptr(GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *window = gum_shortcuts_new ();
  const GumAccel *accels;
  guint n_accels;

  g_assert_nonnull (window);
  collect_accels (window, listed);
  accels = gum_window_list_accels (&n_accels);
  for (guint i = 0; i < n_accels; i++)
    {
      for (gsize j = 0; accels[i].accels[j] != NULL; j++)
        {
          guint key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (accels[i].accels[j], &key, &modifiers));
          g_assert_true (g_hash_table_contains (listed, accels[i].accels[j]));
          g_assert_true (g_hash_table_add (used, (gpointer) accels[i].accels[j]));
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* There is one page: what switches between pages fades out as the window appears. */
static gboolean
shows_title (gpointer preferences)
{
  return gtk_widget_get_mapped (preferences) && gtk_widget_get_width (preferences) > 0 &&
         products_find (preferences, ADW_TYPE_VIEW_SWITCHER) == NULL;
}

static void
test_preferences (Shell         *shell,
                  gconstpointer  data)
{
  GtkWidget *preferences = gum_preferences_new (shell->window);

  gtk_window_present (GTK_WINDOW (preferences));
  gum_test_wait_until (shows_title, preferences);
  names_check (preferences, "preferences");
  /* Not the shadow around it. */
  check_width (adw_window_get_content (ADW_WINDOW (preferences)));
  gtk_window_destroy (GTK_WINDOW (preferences));
  gum_test_settle ();
}

/* What is measured for it may take longer than the window that it belongs to is there. */
static void
test_late_preferences (Shell         *shell,
                       gconstpointer  data)
{
  g_autoptr(GtkWidget) preferences = g_object_ref (gum_preferences_new (shell->window));

  gtk_window_present (GTK_WINDOW (preferences));
  gum_test_wait_until (shows_title, preferences);
  gtk_window_destroy (GTK_WINDOW (preferences));
  g_object_add_weak_pointer (G_OBJECT (shell->window), (gpointer *) &shell->window);
  gtk_window_close (GTK_WINDOW (shell->window));
  gum_test_wait_until (is_gone, &shell->window);
}

static void
test_sign_out_sentences (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int result = GUM_SIGN_OUT_REVOKED; result <= GUM_SIGN_OUT_NOT_CLEARED; result++)
    g_assert_true (g_hash_table_add (seen, gum_sign_out_dup_sentence (result, "Ann", NULL)));
}

/* What is larger than the largest monitor is made to fit it. */
static void
test_size (Shell         *shell,
           gconstpointer  data)
{
  GumWindow *window;
  int width;
  int height;

  g_settings_set_int (shell->settings, "window-width", 16000);
  g_settings_set_int (shell->settings, "window-height", 700);
  window = gum_window_new (NULL, shell->accounts, shell->settings);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, <=, 1700);
  g_assert_cmpint (height, ==, 700);
  gtk_window_destroy (GTK_WINDOW (window));
  g_settings_reset (shell->settings, "window-width");
  g_settings_reset (shell->settings, "window-height");
}

/* Folders of the test's own, and a system that has icons and file types but no program to open an
 * address with. */
static char *
isolate (void)
{
  const char * const shared[] = { "icons", "mime", "fonts" };
  char *directory = gum_test_make_dir ();

  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *there = g_build_filename ("/usr/share", shared[i], NULL);
      g_autofree char *here = g_build_filename (directory, shared[i], NULL);

      g_assert_cmpint (symlink (there, here), ==, 0);
    }
  g_setenv ("XDG_DATA_DIRS", directory, TRUE);
  g_setenv ("XDG_DATA_HOME", directory, TRUE);
  g_setenv ("XDG_CACHE_HOME", directory, TRUE);
  g_setenv ("XDG_CONFIG_HOME", directory, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", directory, TRUE);

  return directory;
}

int
main (int   argc,
      char *argv[])
{
  char *directory = isolate ();
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gum_ui_init ();

#define ADD(path, size, function) g_test_add (path, Shell, size, set_up, function, tear_down)
  ADD ("/shell/welcome", screen, test_welcome);
  ADD ("/large-text/first-pages", phone, test_large_text);
  ADD ("/shell/first-focus", screen, test_first_focus);
  ADD ("/shell/list-focus", screen, test_list_focus);
  ADD ("/shell/main-menu", screen, test_main_menu);
  ADD ("/shell/sample-leaves-nothing", phone, test_sample_leaves_nothing);
  ADD ("/closing/while-waiting", phone, test_close_while_waiting);
  ADD ("/sign-in/form", phone, test_form);
  ADD ("/sign-in/vendor", phone, test_vendor);
  ADD ("/sign-in/waiting", phone, test_waiting);
  ADD ("/sign-in/token", phone, test_token);
  ADD ("/shell/sample", phone, test_sample);
  ADD ("/shell/switcher", screen, test_switcher);
  ADD ("/shell/preferences", phone, test_preferences);
  ADD ("/shell/late-preferences", phone, test_late_preferences);
  ADD ("/shell/size", screen, test_size);
#undef ADD
  g_test_add_func ("/shell/shortcuts", test_shortcuts);
  g_test_add_func ("/shell/sign-out-sentences", test_sign_out_sentences);

  status = g_test_run ();
  gum_test_remove_dir (directory);

  return status;
}
