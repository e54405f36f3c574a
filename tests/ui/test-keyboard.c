/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is, and where Tab takes it: to everything in the window, in order, and round. */

#include "config.h"

#include "gum-product-row.h"
#include "gum-sandbox.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-window.h"

/* More stops than any page here has between its list and its list. */
#define ROUND 24

typedef struct {
  GumSandbox  *sandbox;
  char        *directory;
  GSettings   *settings;
  GumAccounts *accounts;
  GumAccount  *account;
  GumWindow   *window;
} Keyboard;

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static void
set_up (Keyboard      *keyboard,
        gconstpointer  data)
{
  GumSandboxOptions options = { .n_products = 60, .n_sales = 10, .seed = 1 };
  g_autoptr(GError) error = NULL;

  keyboard->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (keyboard->sandbox, &error);
  g_assert_no_error (error);
  keyboard->directory = gum_test_make_dir ();
  keyboard->settings = g_settings_new (GUM_INSTALLED_ID);
  g_settings_reset (keyboard->settings, "last-account");
  keyboard->accounts = gum_accounts_new (keyboard->directory);
  keyboard->window = gum_window_new (NULL, keyboard->accounts, keyboard->settings);
  gtk_window_set_default_size (GTK_WINDOW (keyboard->window), 1280, 800);
  gum_window_show_first (keyboard->window);
  gtk_window_present (GTK_WINDOW (keyboard->window));
  gum_test_wait_until (is_mapped, keyboard->window);
}

static void
tear_down (Keyboard      *keyboard,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (keyboard->window));
  gum_test_settle ();
  g_clear_object (&keyboard->account);
  g_clear_object (&keyboard->accounts);
  g_clear_object (&keyboard->settings);
  gum_test_settle ();
  gum_sandbox_stop (keyboard->sandbox);
  g_clear_object (&keyboard->sandbox);
  gum_test_remove_dir (keyboard->directory);
}

static void
control (Keyboard   *keyboard,
         const char *verb,
         const char *arguments)
{
  g_autofree char *answer = NULL;

  gum_sandbox_control (keyboard->sandbox, verb, arguments, &answer);
  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (answer, "\"ok\":true"));
}

static void
open_sample (Keyboard *keyboard)
{
  keyboard->account = gum_accounts_add_sample (keyboard->accounts, "Sample",
                                               gum_sandbox_get_api_url (keyboard->sandbox),
                                               gum_sandbox_get_access_token (keyboard->sandbox));
  gum_window_show_account (keyboard->window, keyboard->account);
}

/* Mapped, and named by its type or by its template. */
static GtkWidget *
find (GtkWidget  *root,
      const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (child));
      GtkWidget *found;

      if (gtk_widget_get_mapped (child) &&
          (g_strcmp0 (id, name) == 0 || g_str_equal (G_OBJECT_TYPE_NAME (child), name)))
        return child;
      found = find (child, name);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_rows (gpointer data)
{
  return find (data, "GumProductRow") != NULL;
}

static gboolean
has_status (gpointer data)
{
  return find (data, "GumStatus") != NULL;
}

static gboolean
is_reading (gpointer data)
{
  GtkWidget *status = find (data, "GumStatus");

  return status != NULL && find (status, "GtkSpinner") != NULL;
}

static gboolean
has_status_button (gpointer data)
{
  GtkWidget *status = find (data, "GumStatus");

  return status != NULL && find (status, "GtkButton") != NULL;
}

static gboolean
has_focus (Keyboard   *keyboard,
           const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (keyboard->window));
  GtkWidget *place = find (GTK_WIDGET (keyboard->window), name);

  return focus != NULL && place != NULL &&
         (focus == place || gtk_widget_is_ancestor (focus, place));
}

/* In the list and on none of its rows, the keyboard has nothing to show for it. */
static gboolean
is_on_row (Keyboard *keyboard)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (keyboard->window));
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return child != NULL && GUM_IS_PRODUCT_ROW (child) && gtk_widget_get_mapped (child);
}

/* What Tab comes by, round the whole window, until it is where it began. */
static void
assert_round (Keyboard         *keyboard,
              GtkDirectionType  direction,
              const char       *start,
              const char      **places)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint steps = 0;

  g_assert_true (has_focus (keyboard, start));
  do
    {
      gtk_widget_child_focus (GTK_WIDGET (keyboard->window), direction);
      for (guint i = 0; places[i] != NULL; i++)
        {
          if (has_focus (keyboard, places[i]))
            g_hash_table_add (seen, (gpointer) places[i]);
        }
    }
  while (!has_focus (keyboard, start) && ++steps < ROUND);

  g_assert_cmpuint (steps, <, ROUND);
  for (guint i = 0; places[i] != NULL; i++)
    {
      if (!g_hash_table_contains (seen, places[i]))
        {
          g_test_message ("Tab does not come by %s", places[i]);
          g_test_fail ();
        }
    }
}

/* The sample store is not in the tab chain here: it takes an application to open it. */
static void
test_welcome (Keyboard      *keyboard,
              gconstpointer  data)
{
  const char *places[] = { "GumMainMenu", NULL };

  assert_round (keyboard, GTK_DIR_TAB_FORWARD, "sign_in_button", places);
  assert_round (keyboard, GTK_DIR_TAB_BACKWARD, "sign_in_button", places);
}

static void
test_sign_in (Keyboard      *keyboard,
              gconstpointer  data)
{
  const char *form[] = { "back_button", "GumMainMenu", "copy_redirect_button", "id_row",
                         "sign_in_button", "token_button", NULL };
  const char *token[] = { "back_button", "GumMainMenu", "token_row", "paste_button",
                          "sign_in_button", NULL };

  gtk_widget_activate_action (GTK_WIDGET (keyboard->window), "win.add-account", NULL);
  gum_test_settle ();
  assert_round (keyboard, GTK_DIR_TAB_FORWARD, "copy_name_button", form);
  assert_round (keyboard, GTK_DIR_TAB_BACKWARD, "copy_name_button", form);
  g_signal_emit_by_name (find (GTK_WIDGET (keyboard->window), "token_button"), "clicked");
  gum_test_settle ();
  gtk_widget_grab_focus (find (GTK_WIDGET (keyboard->window), "browser_button"));
  assert_round (keyboard, GTK_DIR_TAB_FORWARD, "browser_button", token);
}

/* A list is one stop, however long it is; arrows go through it. */
static void
test_list (Keyboard      *keyboard,
           gconstpointer  data)
{
  const char *places[] = { "GumSidebar", "GumAccountSwitcher", "GtkListBox", "GumMainMenu",
                           "search_button", "select_button", "view_button", "refresh_button",
                           "GumBanner", "GumProductHeader", NULL };

  open_sample (keyboard);
  gum_test_wait_until (has_rows, keyboard->window);
  gum_test_settle ();
  assert_round (keyboard, GTK_DIR_TAB_FORWARD, "GtkListView", places);
  assert_round (keyboard, GTK_DIR_TAB_BACKWARD, "GtkListView", places);
}

/* Nothing was listed when the page was shown; the keyboard goes to the rows once they are there. */
static void
test_first_load (Keyboard      *keyboard,
                 gconstpointer  data)
{
  control (keyboard, "fault",
           "{\"match\":\"GET /v2/products\",\"kind\":\"latency\",\"ms\":300}");
  open_sample (keyboard);
  gum_test_wait_until (has_status, keyboard->window);
  gum_test_wait_until (is_reading, keyboard->window);
  gum_test_settle ();
  g_assert_true (has_focus (keyboard, "search_button"));
  gum_test_wait_until (has_rows, keyboard->window);
  gum_test_settle ();
  g_assert_true (is_on_row (keyboard));
}

/* An empty shop says what can be done, and the keyboard is there. */
static void
test_empty (Keyboard      *keyboard,
            gconstpointer  data)
{
  control (keyboard, "fault",
           "{\"match\":\"GET /v2/products\",\"kind\":\"status\",\"status\":403}");
  open_sample (keyboard);
  gum_test_wait_until (has_status_button, keyboard->window);
  gum_test_settle ();
  g_assert_true (has_focus (keyboard, "GumStatus"));
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (keyboard->window)));
  gum_test_wait_until (has_rows, keyboard->window);
  gum_test_settle ();
  g_assert_true (is_on_row (keyboard));
}

/* But not when the person has gone elsewhere meanwhile. */
static void
test_first_load_elsewhere (Keyboard      *keyboard,
                           gconstpointer  data)
{
  control (keyboard, "fault",
           "{\"match\":\"GET /v2/products\",\"kind\":\"latency\",\"ms\":300}");
  open_sample (keyboard);
  gum_test_settle ();
  gtk_widget_child_focus (find (GTK_WIDGET (keyboard->window), "GumSidebar"), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus (keyboard, "GumSidebar"));
  gum_test_wait_until (has_rows, keyboard->window);
  gum_test_settle ();
  g_assert_true (has_focus (keyboard, "GumSidebar"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (gtk_init_check ());
  adw_init ();
  gum_ui_init ();

#define ADD(path, function) \
  g_test_add ("/keyboard/" path, Keyboard, NULL, set_up, function, tear_down)
  ADD ("welcome", test_welcome);
  ADD ("sign-in", test_sign_in);
  ADD ("list", test_list);
  ADD ("first-load", test_first_load);
  ADD ("empty", test_empty);
  ADD ("first-load-elsewhere", test_first_load_elsewhere);
#undef ADD

  return g_test_run ();
}
