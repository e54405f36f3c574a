/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is, and where Tab takes it: to everything in the window, in order, and round. */

#include "config.h"

#include "shell-test.h"

#include "gum-product-row.h"
#include "gum-test.h"
#include "gum-ui.h"

/* More stops than any page here has between its list and its list. */
#define ROUND 24

static void
set_up (Shell         *shell,
        gconstpointer  data)
{
  shell_set_up (shell, 60, 1280, 800);
  gum_window_show_first (shell->window);
  shell_present (shell);
}

static void
tear_down (Shell         *shell,
           gconstpointer  data)
{
  shell_tear_down (shell);
}

static void
control (Shell      *shell,
         const char *verb,
         const char *arguments)
{
  g_autofree char *answer = NULL;

  gum_sandbox_control (shell->sandbox, verb, arguments, &answer);
  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (answer, "\"ok\":true"));
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
is_reading (gpointer data)
{
  GtkWidget *status = find (data, "GumStatus");

  return status != NULL && find (status, "GtkSpinner") != NULL;
}

static gboolean
is_on_status_button (gpointer window)
{
  GtkWidget *status = find (window, "GumStatus");
  GtkWidget *focus = gtk_window_get_focus (window);

  return status != NULL && GTK_IS_BUTTON (focus) && gtk_widget_is_ancestor (focus, status);
}

static gboolean
has_focus (Shell      *shell,
           const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (shell->window));
  GtkWidget *place = find (GTK_WIDGET (shell->window), name);

  return focus != NULL && place != NULL &&
         (focus == place || gtk_widget_is_ancestor (focus, place));
}

/* In the list and on none of its rows, the keyboard has nothing to show for it. */
static gboolean
is_on_row (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return child != NULL && GUM_IS_PRODUCT_ROW (child) && gtk_widget_get_mapped (child);
}

/* What Tab comes by, round the whole window, until it is where it began. */
static void
assert_round (Shell            *shell,
              GtkDirectionType  direction,
              const char       *start,
              const char      **places)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint steps = 0;

  g_assert_true (has_focus (shell, start));
  do
    {
      gtk_widget_child_focus (GTK_WIDGET (shell->window), direction);
      for (guint i = 0; places[i] != NULL; i++)
        {
          if (has_focus (shell, places[i]))
            g_hash_table_add (seen, (gpointer) places[i]);
        }
    }
  while (!has_focus (shell, start) && ++steps < ROUND);

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

/* What comes by itself may come after the rows. */
static gboolean
has_all_of_list (gpointer window)
{
  return find (window, "GumBanner") != NULL && find (window, "GumProductHeader") != NULL && is_on_row (window);
}

/* The sample store is not in the tab chain here: it takes an application to open it. */
static void
test_welcome (Shell         *shell,
              gconstpointer  data)
{
  const char *places[] = { "GumMainMenu", NULL };

  assert_round (shell, GTK_DIR_TAB_FORWARD, "sign_in_button", places);
  assert_round (shell, GTK_DIR_TAB_BACKWARD, "sign_in_button", places);
}

static void
test_sign_in (Shell         *shell,
              gconstpointer  data)
{
  const char *form[] = { "back_button", "GumMainMenu", "copy_redirect_button", "id_row",
                         "sign_in_button", "token_button", NULL };
  const char *token[] = { "back_button", "GumMainMenu", "token_row", "paste_button",
                          "sign_in_button", NULL };

  gtk_widget_activate_action (GTK_WIDGET (shell->window), "win.add-account", NULL);
  gum_test_settle ();
  assert_round (shell, GTK_DIR_TAB_FORWARD, "copy_name_button", form);
  assert_round (shell, GTK_DIR_TAB_BACKWARD, "copy_name_button", form);
  g_signal_emit_by_name (find (GTK_WIDGET (shell->window), "token_button"), "clicked");
  gum_test_settle ();
  gtk_widget_grab_focus (find (GTK_WIDGET (shell->window), "browser_button"));
  assert_round (shell, GTK_DIR_TAB_FORWARD, "browser_button", token);
}

/* A list is one stop, however long it is; arrows go through it. */
static void
test_list (Shell         *shell,
           gconstpointer  data)
{
  const char *places[] = { "GumSidebar", "GumAccountSwitcher", "GtkListBox", "GumMainMenu",
                           "search_button", "select_button", "view_button", "refresh_button",
                           "GumBanner", "GumProductHeader", NULL };

  shell_add_sample (shell);
  gum_test_wait_until (has_all_of_list, shell->window);
  gum_test_settle ();
  assert_round (shell, GTK_DIR_TAB_FORWARD, "GtkListView", places);
  assert_round (shell, GTK_DIR_TAB_BACKWARD, "GtkListView", places);
}

/* Nothing was listed when the page was shown; the keyboard goes to the rows once they are there. */
static void
test_first_load (Shell         *shell,
                 gconstpointer  data)
{
  control (shell, "fault",
           "{\"match\":\"GET /v2/products\",\"kind\":\"latency\",\"ms\":2000}");
  shell_add_sample (shell);
  gum_test_wait_until (is_reading, shell->window);
  gum_test_settle ();
  g_assert_true (has_focus (shell, "search_button"));
  gum_test_wait_until (is_on_row, shell->window);
}

/* An empty shop says what can be done, and the keyboard is there. */
static void
test_empty (Shell         *shell,
            gconstpointer  data)
{
  control (shell, "fault",
           "{\"match\":\"GET /v2/products\",\"kind\":\"status\",\"status\":403}");
  shell_add_sample (shell);
  gum_test_wait_until (is_on_status_button, shell->window);
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (shell->window)));
  gum_test_wait_until (is_on_row, shell->window);
}

/* But not when the person has gone elsewhere meanwhile. */
static void
test_first_load_elsewhere (Shell         *shell,
                           gconstpointer  data)
{
  control (shell, "fault",
           "{\"match\":\"GET /v2/products\",\"kind\":\"latency\",\"ms\":2000}");
  shell_add_sample (shell);
  gum_test_settle ();
  gtk_widget_child_focus (find (GTK_WIDGET (shell->window), "GumSidebar"), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus (shell, "GumSidebar"));
  gum_test_wait_until (has_rows, shell->window);
  gum_test_settle ();
  g_assert_true (has_focus (shell, "GumSidebar"));
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
  g_test_add ("/keyboard/" path, Shell, NULL, set_up, function, tear_down)
  ADD ("welcome", test_welcome);
  ADD ("sign-in", test_sign_in);
  ADD ("list", test_list);
  ADD ("first-load", test_first_load);
  ADD ("empty", test_empty);
  ADD ("first-load-elsewhere", test_first_load_elsewhere);
#undef ADD

  return g_test_run ();
}
