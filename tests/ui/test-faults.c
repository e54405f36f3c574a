/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window says when the machine or the server does not play along: a browser that cannot be started, a
 * connection that was revoked, a network that answers for Gumroad, a home that cannot be written. */

#include "config.h"

#include "gum-banner.h"
#include "gum-query.h"
#include "gum-sign-in-form.h"
#include "gum-sign-in-page.h"
#include "gum-sign-in-wait.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-window.h"
#include "products-test.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  GumSandbox  *sandbox;
  char        *directory;
  GSettings   *settings;
  GumAccounts *accounts;
  GumWindow   *window;
} Faults;

static char *home;
static gint64 clock_offset;     /* seconds by which the clock on the wall is wrong */

/* The program has this before the C library, for GLib as well. */
int
gettimeofday (struct timeval *restrict time,
              void           *restrict zone)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec + clock_offset;
  time->tv_usec = now.tv_nsec / 1000;

  return 0;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static void
set_up (Faults        *faults,
        gconstpointer  data)
{
  GumSandboxOptions options = { .n_products = 12, .seed = 1 };
  g_autoptr(GError) error = NULL;

  faults->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (faults->sandbox, &error);
  g_assert_no_error (error);
  g_setenv ("GUMROAD_API_BASE_URL", gum_sandbox_get_api_url (faults->sandbox), TRUE);
  g_setenv ("GUMROAD_OAUTH_BASE_URL", gum_sandbox_get_oauth_url (faults->sandbox), TRUE);

  faults->directory = gum_test_make_dir ();
  faults->settings = g_settings_new (GUM_INSTALLED_ID);
  faults->accounts = gum_accounts_new (data != NULL ? data : faults->directory);
  faults->window = gum_window_new (NULL, faults->accounts, faults->settings);
  gum_window_show_first (faults->window);
  gtk_window_present (GTK_WINDOW (faults->window));
  gum_test_wait_until (is_mapped, faults->window);
}

static void
tear_down (Faults        *faults,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (faults->window));
  gum_test_settle ();
  g_clear_object (&faults->accounts);
  g_clear_object (&faults->settings);
  gum_test_settle ();
  gum_sandbox_stop (faults->sandbox);
  g_clear_object (&faults->sandbox);
  gum_test_remove_dir (faults->directory);
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
find_in (Faults     *faults,
         GType       type,
         const char *id)
{
  GtkWidget *owner = products_find (GTK_WIDGET (faults->window), type);
  GtkWidget *child;

  g_assert_nonnull (owner);
  child = find_id (owner, id);
  g_assert_nonnull (child);

  return child;
}

static guint
count_banners (GtkWidget *root)
{
  guint n = GUM_IS_BANNER (root) && gtk_widget_get_mapped (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_banners (child);

  return n;
}

typedef struct {
  Faults     *faults;
  const char *text;
} Wanted;

static gboolean
banner_says (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *banner = products_find (GTK_WIDGET (wanted->faults->window), GUM_TYPE_BANNER);
  const char *text = banner != NULL ? gum_banner_get_text (GUM_BANNER (banner)) : NULL;

  return text != NULL && strstr (text, wanted->text) != NULL;
}

static void
wait_for_banner (Faults     *faults,
                 const char *text)
{
  Wanted wanted = { faults, text };

  gum_test_wait_until (banner_says, &wanted);
  gum_test_settle ();
  g_assert_cmpuint (count_banners (GTK_WIDGET (faults->window)), ==, 1);
}

static void
control (Faults     *faults,
         const char *verb,
         const char *arguments)
{
  g_autofree char *result = NULL;

  gum_sandbox_control (faults->sandbox, verb, arguments, &result);
  g_assert_nonnull (strstr (result, "true"));
}

static gboolean
shows_wait (gpointer data)
{
  return products_find (data, GUM_TYPE_SIGN_IN_WAIT) != NULL;
}

static gboolean
shows_shop (gpointer data)
{
  return gum_window_get_shop (data) != NULL && products_find (data, GUM_TYPE_SIGN_IN_PAGE) == NULL;
}

static gboolean
has_products (gpointer data)
{
  GumShop *shop = gum_window_get_shop (data);
  GumStore *store = shop != NULL ? gum_shop_get_store (shop) : NULL;

  return store != NULL && gum_store_get_n_products (store) == 12 && !gum_store_get_syncing (store);
}

static GumSignIn *
start_sign_in (Faults *faults)
{
  GumSignInPage *page;

  gum_window_show_sign_in (faults->window);
  gum_test_settle ();
  page = GUM_SIGN_IN_PAGE (products_find (GTK_WIDGET (faults->window), GUM_TYPE_SIGN_IN_PAGE));
  gtk_editable_set_text (GTK_EDITABLE (find_in (faults, GUM_TYPE_SIGN_IN_FORM, "id_row")),
                         gum_sandbox_get_client_id (faults->sandbox));
  g_signal_emit_by_name (find_in (faults, GUM_TYPE_SIGN_IN_FORM, "sign_in_button"), "clicked");
  gum_test_wait_until (shows_wait, page);

  return gum_sign_in_page_get_sign_in (page);
}

/* Authorize is pressed, and the address comes back by hand. */
static void
authorize (Faults    *faults,
           GumSignIn *sign_in)
{
  g_autofree char *arguments = NULL;
  g_autofree char *result = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  arguments = g_strdup_printf ("{\"url\":\"%s\"}", gum_sign_in_get_authorize_url (sign_in));
  gum_sandbox_control (faults->sandbox, "authorize", arguments, &result);
  node = json_from_string (result, NULL);
  gum_sign_in_paste_address (sign_in, json_object_get_string_member (json_node_get_object (node), "redirect"),
                             &error);
  g_assert_no_error (error);
  gum_test_wait_until (shows_shop, faults->window);
}

static void
sign_in (Faults *faults)
{
  authorize (faults, start_sign_in (faults));
}

static gboolean
file_exists (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

/* A launcher that was started tells nothing of what becomes of it: after a while the address is offered
 * anyway, and before that nobody is bothered with it. */
static void
test_launcher (Faults        *faults,
               gconstpointer  data)
{
  static const char * const ways[] = { "exit 3", "echo $$ >'%s/pid'; exec sleep 1000" };
  g_autofree char *script = g_build_filename (home, "browser", NULL);
  g_autofree char *launched = g_build_filename (home, "launched", NULL);
  g_autofree char *pid_file = g_build_filename (home, "pid", NULL);
  g_autofree char *pid = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(GString) text = g_string_new ("#!/bin/sh\n: >'%s/launched'\n");
      gint64 start = g_get_monotonic_time ();
      GtkWidget *box;
      GumSignIn *sign_in;

      g_string_append (text, ways[i]);
      g_string_replace (text, "%s", home, 0);
      g_assert_true (g_file_set_contents_full (script, text->str, -1, G_FILE_SET_CONTENTS_NONE, 0700,
                                               NULL));
      sign_in = start_sign_in (faults);
      box = find_in (faults, GUM_TYPE_SIGN_IN_WAIT, "address_box");
      gum_test_wait_until (file_exists, launched);
      gum_test_wait_until ((GumTestCondition) gtk_widget_get_visible, box);
      g_assert_cmpint (g_get_monotonic_time () - start, >, 6 * G_USEC_PER_SEC);
      g_assert_cmpint (gum_sign_in_get_state (sign_in), ==, GUM_SIGN_IN_WAITING);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_in (faults, GUM_TYPE_SIGN_IN_WAIT,
                                                                     "address_entry"))), ==,
                       gum_sign_in_get_authorize_url (sign_in));
      gum_sign_in_cancel (sign_in);
      gum_test_settle ();
      g_unlink (launched);
    }

  gum_test_wait_until (file_exists, pid_file);
  g_assert_true (g_file_get_contents (pid_file, &pid, NULL, NULL));
  g_assert_cmpint (kill ((pid_t) g_ascii_strtoll (pid, NULL, 10), SIGKILL), ==, 0);
  g_unlink (pid_file);
  g_unlink (script);
}

/* One banner, the products stay, and who signs in again is where they were. */
static void
test_revoked (Faults        *faults,
              gconstpointer  data)
{
  g_autofree char *place = NULL;
  g_autofree char *place_after = NULL;
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GumProduct) product = NULL;
  GumSection *section;
  GumAccount *account;
  GumShop *shop;
  GtkWidget *page;

  sign_in (faults);
  gum_test_wait_until (has_products, faults->window);
  shop = gum_window_get_shop (faults->window);
  account = gum_shop_get_account (shop);
  section = gum_window_get_section (faults->window);
  query = gum_query_new (gum_shop_get_store (shop));
  product = g_list_model_get_item (G_LIST_MODEL (query), 3);
  gum_section_set_place (section, gum_resource_get_id (GUM_RESOURCE (product)));
  gum_test_settle ();
  place = gum_section_dup_place (section);

  control (faults, "revoke_all", "{}");
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (faults->window), "win.refresh", NULL);
      wait_for_banner (faults, "no longer accepts this connection");
    }
  g_assert_cmpuint (gum_store_get_n_products (gum_shop_get_store (shop)), ==, 12);

  /* One button: the application of last time is known. */
  gtk_widget_activate_action (GTK_WIDGET (faults->window), "win.reconnect", NULL);
  gum_test_settle ();
  page = products_find (GTK_WIDGET (faults->window), GUM_TYPE_SIGN_IN_PAGE);
  g_assert_nonnull (page);
  g_assert_nonnull (products_find_text (page, gum_sandbox_get_client_id (faults->sandbox)));
  g_assert_null (products_find_text (page, "Create an application"));
  g_signal_emit_by_name (find_in (faults, GUM_TYPE_SIGN_IN_FORM, "sign_in_button"), "clicked");
  gum_test_wait_until (shows_wait, page);
  authorize (faults, gum_sign_in_page_get_sign_in (GUM_SIGN_IN_PAGE (page)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (faults->accounts)), ==, 1);
  g_assert_true (gum_shop_get_account (gum_window_get_shop (faults->window)) == account);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
  section = gum_window_get_section (faults->window);
  place_after = gum_section_dup_place (section);
  g_assert_cmpstr (place_after, ==, place);
}

/* Each failure of a refresh has its sentence, and takes nothing away. */
static void
test_refresh_fails (Faults        *faults,
                    gconstpointer  data)
{
#define AT_LIST "{\"match\":\"GET /v2/products\",\"times\":0,\"kind\":"
  static const struct {
    const char *fault;
    const char *sentence;
  } cases[] = {
    { AT_LIST "\"html\"}", "A network that wants to be signed in to" },
    { AT_LIST "\"redirect\"}", "pointed to another address" },
    { AT_LIST "\"status\",\"status\":403,\"body\":\"\"}", "does not let this connection do that" },
    { AT_LIST "\"status\",\"status\":200,\"content_type\":\"application/json\","
      "\"body\":\"{\\\"success\\\":false,\\\"message\\\":\\\"No can do.\\\"}\"}", "No can do." },
    { AT_LIST "\"deep\"}", "did not come from Gumroad as it should" },
  };
  GumStore *store;

  sign_in (faults);
  gum_test_wait_until (has_products, faults->window);
  store = gum_shop_get_store (gum_window_get_shop (faults->window));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      control (faults, "fault", cases[i].fault);
      gtk_widget_activate_action (GTK_WIDGET (faults->window), "win.refresh", NULL);
      wait_for_banner (faults, cases[i].sentence);
      g_assert_nonnull (products_find_text (products_find (GTK_WIDGET (faults->window),
                                                           GUM_TYPE_BANNER), "Try Again"));
      g_assert_cmpuint (gum_store_get_n_products (store), ==, 12);
      g_assert_cmpint (gum_account_get_state (gum_shop_get_account (gum_window_get_shop (faults->window))),
                       ==, GUM_ACCOUNT_SIGNED_IN);
      control (faults, "clear_faults", "{}");
    }
#undef AT_LIST

  /* The server is gone altogether. */
  gum_sandbox_stop (faults->sandbox);
  gtk_widget_activate_action (GTK_WIDGET (faults->window), "win.refresh", NULL);
  wait_for_banner (faults, "The server refused the connection");
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 12);
}

/* A long pause is said while it lasts. */
static void
test_pause (Faults        *faults,
            gconstpointer  data)
{
  GumStore *store;

  sign_in (faults);
  gum_test_wait_until (has_products, faults->window);
  store = gum_shop_get_store (gum_window_get_shop (faults->window));
  control (faults, "fault", "{\"match\":\"GET /v2/products\",\"kind\":\"status\",\"status\":429,"
                            "\"headers\":{\"Retry-After\":\"3600\"}}");
  gtk_widget_activate_action (GTK_WIDGET (faults->window), "win.refresh", NULL);
  wait_for_banner (faults, "asks for a pause");
  g_assert_true (gum_store_get_syncing (store));
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 12);
}

static guint
count_list_requests (Faults *faults)
{
  g_autofree char *result = NULL;
  guint n = 0;

  gum_sandbox_control (faults->sandbox, "requests", "{}", &result);
  for (const char *at = result; (at = strstr (at, "\"path\":\"/v2/products\"")) != NULL; at++)
    n++;

  return n;
}

static gboolean
is_filled (gpointer query)
{
  return g_list_model_get_n_items (query) > 0;
}

static void
read_product (GumShop *shop)
{
  GumStore *store = gum_shop_get_store (shop);
  g_autoptr(GumQuery) query = gum_query_new (store);
  g_autoptr(GumProduct) product = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_test_wait_until (is_filled, query);
  product = g_list_model_get_item (G_LIST_MODEL (query), 0);
  gum_store_refresh_product_async (store, gum_resource_get_id (GUM_RESOURCE (product)), NULL,
                                   gum_test_result_cb, &result);
  gum_store_refresh_product_finish (store, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

/* A year back, a year ahead, two hours of sleep: one refresh each time, however often it is asked for. */
static void
test_clock (Faults        *faults,
            gconstpointer  data)
{
  static const gint64 offsets[] = { -365 * 86400, 365 * 86400, 365 * 86400 + 7200, 0 };
  GumShop *shop;

  sign_in (faults);
  gum_test_wait_until (has_products, faults->window);
  shop = gum_window_get_shop (faults->window);

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      guint before = count_list_requests (faults);
      guint after;

      clock_offset = offsets[i];
      for (guint j = 0; j < 5; j++)
        gum_shop_refresh_if_older (shop, 60);
      g_assert_true (gum_store_get_syncing (gum_shop_get_store (shop)));
      gum_test_wait_until (has_products, faults->window);
      after = count_list_requests (faults);
      g_assert_cmpuint (after, ==, before + 2);

      gum_shop_refresh_if_older (shop, 60);
      g_assert_false (gum_store_get_syncing (gum_shop_get_store (shop)));
      /* A list would have been asked for before the one product. */
      read_product (shop);
      g_assert_cmpuint (count_list_requests (faults), ==, after);
    }
}

/* No folder of the person's can be made or written: a file is where the home should be. */
static void
test_no_home_child (Faults        *faults,
                    gconstpointer  data)
{
  sign_in (faults);
  wait_for_banner (faults, "cannot be used just now");
  g_assert_nonnull (products_find_text (products_find (GTK_WIDGET (faults->window), GUM_TYPE_BANNER),
                                        "Try Again"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (faults->accounts)), ==, 1);
}

static void
test_no_home (void)
{
  g_setenv ("GUM_TEST_NO_HOME", "1", TRUE);
  g_test_trap_subprocess ("/faults/no-home/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("GUM_TEST_NO_HOME");
  g_test_trap_assert_passed ();
}

/* Folders of the test's own, and one program that opens addresses. */
static void
isolate (void)
{
  const char * const shared[] = { "icons", "mime", "fonts" };
  g_autofree char *applications = NULL;
  g_autofree char *file = NULL;
  g_autofree char *list = NULL;
  g_autofree char *entry = NULL;

  home = gum_test_make_dir ();
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *there = g_build_filename ("/usr/share", shared[i], NULL);
      g_autofree char *here = g_build_filename (home, shared[i], NULL);

      g_assert_cmpint (symlink (there, here), ==, 0);
    }

  applications = g_build_filename (home, "applications", NULL);
  g_assert_cmpint (g_mkdir (applications, 0700), ==, 0);
  file = g_build_filename (applications, "browser.desktop", NULL);
  entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\nExec=%s/browser %%u\n"
                           "MimeType=x-scheme-handler/http;\n", home);
  g_assert_true (g_file_set_contents (file, entry, -1, NULL));
  list = g_build_filename (applications, "mimeapps.list", NULL);
  g_assert_true (g_file_set_contents (list, "[Default Applications]\n"
                                      "x-scheme-handler/http=browser.desktop\n", -1, NULL));
  file = (g_free (file), g_build_filename (home, "browser", NULL));
  g_assert_true (g_file_set_contents_full (file, "#!/bin/sh\n", -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));

  g_setenv ("XDG_DATA_DIRS", home, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", home, TRUE);
  if (g_getenv ("GUM_TEST_NO_HOME") != NULL)
    {
      g_autofree char *nowhere = g_build_filename (home, "browser", "below", NULL);

      g_setenv ("XDG_DATA_HOME", nowhere, TRUE);
      g_setenv ("XDG_CACHE_HOME", nowhere, TRUE);
      g_setenv ("XDG_CONFIG_HOME", nowhere, TRUE);
    }
  else
    {
      g_setenv ("XDG_DATA_HOME", home, TRUE);
      g_setenv ("XDG_CACHE_HOME", home, TRUE);
      g_setenv ("XDG_CONFIG_HOME", home, TRUE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *nowhere = NULL;
  int status;

  isolate ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gum_ui_init ();

#define ADD(path, data, function) g_test_add (path, Faults, data, set_up, function, tear_down)
  /* What cannot be written is worth a warning; criticals are bugs. */
  if (g_getenv ("GUM_TEST_NO_HOME") != NULL)
    g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  nowhere = g_build_filename (home, "browser", "accounts", NULL);
  ADD ("/faults/launcher", NULL, test_launcher);
  ADD ("/faults/revoked", NULL, test_revoked);
  ADD ("/faults/refresh-fails", NULL, test_refresh_fails);
  ADD ("/faults/pause", NULL, test_pause);
  ADD ("/faults/clock", NULL, test_clock);
  ADD ("/faults/no-home/subprocess", nowhere, test_no_home_child);
  g_test_add_func ("/faults/no-home", test_no_home);
#undef ADD

  status = g_test_run ();
  gum_test_remove_dir (home);

  return status;
}
