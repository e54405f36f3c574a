/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked before the window lets go of something that cannot be had again: files on their way, a sign-in
 * that waits for the browser, and what only this computer knows. */

#include "config.h"

#include "gum-deliveries.h"
#include "gum-drafts.h"
#include "gum-journal.h"
#include "gum-preferences.h"
#include "gum-queue.h"
#include "gum-sign-in-page.h"
#include "gum-sign-out.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-window.h"
#include "products-test.h"

#include <string.h>
#include <unistd.h>

typedef struct {
  GumSandbox  *sandbox;
  char        *directory;
  GSettings   *settings;
  GumAccounts *accounts;
  GumAccount  *seller;
  GumAccount  *sample;
  GumWindow   *window;
} Leaving;

static char *home;

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static gboolean
is_signed_in (gpointer data)
{
  return gum_sign_in_get_state (data) == GUM_SIGN_IN_DONE;
}

/* As the page does it: by the token that a seller copied. */
static void
sign_in (Leaving *leaving)
{
  g_autoptr(GumSignIn) sign_in = gum_sign_in_new (leaving->accounts, NULL, NULL);

  gum_sign_in_start_with_token (sign_in, gum_sandbox_get_access_token (leaving->sandbox));
  gum_test_wait_until (is_signed_in, sign_in);
  leaving->seller = g_object_ref (gum_sign_in_get_account (sign_in));
}

static void
set_up (Leaving       *leaving,
        gconstpointer  data)
{
  GumSandboxOptions options = { .n_products = 3, .seed = 1 };
  g_autoptr(GError) error = NULL;

  leaving->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (leaving->sandbox, &error);
  g_assert_no_error (error);
  g_setenv ("GUMROAD_API_BASE_URL", gum_sandbox_get_api_url (leaving->sandbox), TRUE);
  g_setenv ("GUMROAD_OAUTH_BASE_URL", gum_sandbox_get_oauth_url (leaving->sandbox), TRUE);

  leaving->directory = gum_test_make_dir ();
  leaving->settings = g_settings_new (GUM_INSTALLED_ID);
  g_settings_reset (leaving->settings, "last-account");
  leaving->accounts = gum_accounts_new (leaving->directory);
  sign_in (leaving);
  leaving->sample = gum_accounts_add_sample (leaving->accounts, "Sample Store",
                                             gum_sandbox_get_api_url (leaving->sandbox),
                                             gum_sandbox_get_access_token (leaving->sandbox));
  leaving->window = gum_window_new (NULL, leaving->accounts, leaving->settings);
  gum_window_show_account (leaving->window, leaving->seller);
  gtk_window_present (GTK_WINDOW (leaving->window));
  gum_test_wait_until (is_mapped, leaving->window);
}

static void
tear_down (Leaving       *leaving,
           gconstpointer  data)
{
  gum_window_shut_down (leaving->window);
  gtk_window_destroy (GTK_WINDOW (leaving->window));
  gum_test_settle ();
  g_clear_object (&leaving->seller);
  g_clear_object (&leaving->sample);
  g_clear_object (&leaving->accounts);
  g_clear_object (&leaving->settings);
  gum_test_settle ();
  gum_sandbox_stop (leaving->sandbox);
  g_clear_object (&leaving->sandbox);
  gum_test_remove_dir (leaving->directory);
}

static GumStore *
get_store (Leaving *leaving)
{
  return gum_shop_get_store (gum_window_get_shop (leaving->window));
}

static GumAccount *
get_account (Leaving *leaving)
{
  return gum_shop_get_account (gum_window_get_shop (leaving->window));
}

/* A file that the storage never says anything about. */
static GumDelivery *
upload (Leaving *leaving)
{
  g_autofree char *path = g_build_filename (leaving->directory, "build.zip", NULL);
  g_autofree char *answer = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);

  gum_sandbox_control (leaving->sandbox, "fault",
                       "{\"match\":\"PUT /storage/attachments/*\",\"kind\":\"hang\",\"times\":0}", &answer);
  g_assert_true (g_file_set_contents (path, "a build", -1, NULL));

  return g_object_ref (gum_deliveries_add (gum_store_get_deliveries (get_store (leaving)), "some-product",
                                           "Some Product", file, NULL, NULL, NULL));
}

static void
show (Leaving    *leaving,
      GumAccount *account)
{
  gtk_widget_activate_action (GTK_WIDGET (leaving->window), "win.account", "s",
                              gum_account_get_id (account));
  gum_test_settle ();
}

static AdwMessageDialog *
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

static void
answer (const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  g_object_ref (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  adw_message_dialog_response (dialog, response);
  g_object_unref (dialog);
  gum_test_settle ();
  g_assert_null (find_dialog ());
}

/* Another account is shown only if the files of this one may stop; without files nothing is asked. */
static void
test_switch (Leaving       *leaving,
             gconstpointer  data)
{
  g_autoptr(GumDelivery) delivery = upload (leaving);

  show (leaving, leaving->sample);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "1 file is on its way"));
  answer ("wait");
  g_assert_true (get_account (leaving) == leaving->seller);
  g_assert_false (gum_delivery_is_over (delivery));

  show (leaving, leaving->sample);
  answer ("stop");
  g_assert_true (get_account (leaving) == leaving->sample);
  g_assert_true (gum_delivery_is_over (delivery));

  /* The yes was for those files, not for all that follow. */
  show (leaving, leaving->seller);
  g_assert_true (get_account (leaving) == leaving->seller);
  g_clear_object (&delivery);
  delivery = upload (leaving);
  show (leaving, leaving->sample);
  answer ("wait");
  g_assert_true (get_account (leaving) == leaving->seller);
}

/* The newest question counts. */
static void
test_two_questions (Leaving       *leaving,
                    gconstpointer  data)
{
  g_autoptr(GumDelivery) delivery = upload (leaving);

  show (leaving, leaving->sample);
  gtk_window_close (GTK_WINDOW (leaving->window));
  gum_test_settle ();
  answer ("wait");
  g_assert_true (get_account (leaving) == leaving->seller);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (leaving->window)));
  g_assert_false (gum_delivery_is_over (delivery));
}

static gboolean
is_sellers (gpointer window)
{
  GumShop *shop = gum_window_get_shop (window);

  return shop != NULL && !gum_account_is_sample (gum_shop_get_account (shop));
}

static void
test_leave_sample (Leaving       *leaving,
                   gconstpointer  data)
{
  g_autoptr(GumDelivery) delivery = NULL;

  show (leaving, leaving->sample);
  delivery = upload (leaving);
  gtk_widget_activate_action (GTK_WIDGET (leaving->window), "win.leave-sample", NULL);
  gum_test_settle ();
  answer ("wait");
  g_assert_true (get_account (leaving) == leaving->sample);
  g_assert_false (gum_delivery_is_over (delivery));

  gtk_widget_activate_action (GTK_WIDGET (leaving->window), "win.leave-sample", NULL);
  gum_test_settle ();
  answer ("stop");
  gum_test_wait_until (is_sellers, leaving->window);
}

static GumSignInPage *
open_sign_in (Leaving *leaving)
{
  GtkWidget *page;

  gtk_widget_activate_action (GTK_WIDGET (leaving->window), "win.add-account", NULL);
  gum_test_settle ();
  page = products_find (GTK_WIDGET (leaving->window), GUM_TYPE_SIGN_IN_PAGE);
  g_assert_nonnull (page);

  return GUM_SIGN_IN_PAGE (page);
}

static gboolean
is_waiting (gpointer page)
{
  return gum_sign_in_get_state (gum_sign_in_page_get_sign_in (page)) == GUM_SIGN_IN_WAITING;
}

static gboolean
shows_sample (gpointer data)
{
  Leaving *leaving = data;

  return get_account (leaving) == leaving->sample;
}

/* Alt and a number, or the sample store from the command line, while the browser has the word. Who is signed out of
 * an account meanwhile waits on for the other one. */
static void
test_waiting_sign_in (Leaving       *leaving,
                      gconstpointer  data)
{
  GumSignInPage *page = open_sign_in (leaving);
  g_autoptr(GumSignIn) sign_in = g_object_ref (gum_sign_in_page_get_sign_in (page));

  gum_sign_in_start (sign_in, gum_sandbox_get_client_id (leaving->sandbox), NULL);
  gum_test_wait_until (is_waiting, page);
  show (leaving, leaving->seller);
  answer ("wait");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (page)));
  g_assert_cmpint (gum_sign_in_get_state (sign_in), ==, GUM_SIGN_IN_WAITING);

  gum_accounts_sign_out_async (leaving->accounts, leaving->seller, NULL, NULL, NULL);
  gum_test_wait_until (shows_sample, leaving);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (page)));
  g_assert_cmpint (gum_sign_in_get_state (sign_in), ==, GUM_SIGN_IN_WAITING);

  show (leaving, leaving->sample);
  answer ("stop");
  g_assert_cmpint (gum_sign_in_get_state (sign_in), !=, GUM_SIGN_IN_WAITING);
  g_assert_null (products_find (GTK_WIDGET (leaving->window), GUM_TYPE_SIGN_IN_PAGE));
  g_assert_nonnull (products_find (GTK_WIDGET (leaving->window), GUM_TYPE_PRODUCTS_PAGE));
}

/* Who has signed in to one more account may rather stay where the files are. */
static void
test_signed_in (Leaving       *leaving,
                gconstpointer  data)
{
  g_autoptr(GumDelivery) delivery = NULL;
  GumSignInPage *page;

  show (leaving, leaving->sample);
  delivery = upload (leaving);
  page = open_sign_in (leaving);
  gum_sign_in_start_with_token (gum_sign_in_page_get_sign_in (page),
                                gum_sandbox_get_access_token (leaving->sandbox));
  gum_test_wait_until (is_signed_in, gum_sign_in_page_get_sign_in (page));
  gum_sign_in_page_go_back (page);
  gum_test_settle ();
  answer ("wait");
  g_assert_true (get_account (leaving) == leaving->sample);
  g_assert_false (gum_delivery_is_over (delivery));
  g_assert_null (products_find (GTK_WIDGET (leaving->window), GUM_TYPE_SIGN_IN_PAGE));
}

static gboolean
has_counted (gpointer store)
{
  return gum_queue_get_n_paused (gum_store_get_queue (store)) == 2;
}

static gboolean
shows_sellers (gpointer data)
{
  return is_sellers (((Leaving *) data)->window) && products_find (GTK_WIDGET (((Leaving *) data)->window),
                                                                   GUM_TYPE_SIGN_IN_PAGE) == NULL;
}

/* The page moves on by itself; that it is not the right account can still be said. */
static void
test_not_mine (Leaving       *leaving,
               gconstpointer  data)
{
  GumSignInPage *page;
  GtkWidget *label;

  show (leaving, leaving->sample);
  page = open_sign_in (leaving);
  gum_sign_in_start_with_token (gum_sign_in_page_get_sign_in (page),
                                gum_sandbox_get_access_token (leaving->sandbox));
  gum_test_wait_until (shows_sellers, leaving);
  products_wait_text (leaving->window, "Not Mine");
  label = products_find_text (GTK_WIDGET (leaving->window), "Not Mine");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  gum_test_wait_until (shows_sample, leaving);
  g_assert_null (gum_accounts_find (leaving->accounts, gum_account_get_id (leaving->seller)));
}

static void
add_waiting (Leaving *leaving)
{
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GumJournal *journal = gum_store_get_journal (get_store (leaving));

  g_ptr_array_add (writes, gum_write_new_publish ("a", "One", TRUE));
  g_ptr_array_add (writes, gum_write_new_publish ("b", "Two", TRUE));
  gum_journal_add_batch_async (journal, GUM_BATCH_KIND_BULK, "Sale", 0, GUM_BATCH_PAUSED, writes,
                               gum_test_result_cb, &result);
  gum_journal_add_batch_finish (journal, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  gum_test_wait_until (has_counted, get_store (leaving));
}

static void
add_draft (Leaving *leaving)
{
  g_autoptr(GumDraft) draft = gum_drafts_dup_draft (gum_store_get_drafts (get_store (leaving)), "a", "One");
  g_autoptr(JsonNode) name = json_node_init_string (json_node_alloc (), "Another Name");

  gum_draft_set_value (draft, "name", name, NULL);
}

static void
check_losses (const char *text,
              gboolean    all)
{
  g_assert_nonnull (strstr (text, "What Activity shows"));
  g_assert_true ((strstr (text, "1 draft will be lost") != NULL) == all);
  g_assert_true ((strstr (text, "2 changes that wait") != NULL) == all);
  g_assert_true ((strstr (text, "1 file that is being uploaded") != NULL) == all);
}

/* A ledger is more than a copy. What it holds and Gumroad does not is named before it is erased. */
static void
test_erase (Leaving       *leaving,
            gconstpointer  data)
{
  GtkWidget *preferences = gum_preferences_new (leaving->window);
  g_autoptr(GumDelivery) delivery = NULL;

  gtk_window_present (GTK_WINDOW (preferences));
  gum_test_wait_until (is_mapped, preferences);
  for (int i = 0; i < 2; i++)
    {
      GtkWidget *label;

      products_wait_text (preferences, "Erase…");
      label = products_find_text (preferences, "Erase…");
      g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
      gum_test_settle ();
      check_losses (adw_message_dialog_get_body (find_dialog ()), i == 1);
      answer ("cancel");
      if (i == 0)
        {
          add_draft (leaving);
          add_waiting (leaving);
          delivery = upload (leaving);
        }
    }
  gtk_window_destroy (GTK_WINDOW (preferences));
}

/* The files stop in any case; the rest is only lost by erasing. */
static void
test_sign_out (Leaving       *leaving,
               gconstpointer  data)
{
  g_autoptr(GumDelivery) delivery = NULL;
  GtkWidget *check;
  GtkWidget *losses;

  add_draft (leaving);
  add_waiting (leaving);
  delivery = upload (leaving);
  gum_sign_out_ask (leaving->window);
  gum_test_wait_until (is_mapped, find_dialog ());
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "1 file that is being uploaded"));
  g_assert_null (strstr (adw_message_dialog_get_body (find_dialog ()), "draft"));
  g_assert_null (products_find_text (GTK_WIDGET (find_dialog ()), "1 draft will be lost"));

  check = products_find (adw_message_dialog_get_extra_child (find_dialog ()), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  losses = products_find_text (GTK_WIDGET (find_dialog ()), "1 draft will be lost");
  g_assert_nonnull (losses);
  check_losses (gtk_label_get_text (GTK_LABEL (losses)), TRUE);
  answer ("cancel");
}

/* The system knows file types, and no program that opens an address. */
static void
isolate (void)
{
  g_autofree char *types = NULL;

  home = gum_test_make_dir ();
  types = g_build_filename (home, "mime", NULL);
  g_assert_cmpint (symlink ("/usr/share/mime", types), ==, 0);
  g_setenv ("XDG_DATA_DIRS", home, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  isolate ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gum_ui_init ();

#define ADD(path, function) g_test_add (path, Leaving, NULL, set_up, function, tear_down)
  ADD ("/leaving/switch", test_switch);
  ADD ("/leaving/two-questions", test_two_questions);
  ADD ("/leaving/sample", test_leave_sample);
  ADD ("/leaving/waiting-sign-in", test_waiting_sign_in);
  ADD ("/leaving/signed-in", test_signed_in);
  ADD ("/leaving/not-mine", test_not_mine);
  ADD ("/leaving/erase", test_erase);
  ADD ("/leaving/sign-out", test_sign_out);
#undef ADD

  status = g_test_run ();
  gum_test_remove_dir (home);

  return status;
}
