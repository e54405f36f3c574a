/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the whole window share: the window, at a sandbox. */

#include "config.h"

#include "shell-test.h"

#include "describe-test.h"
#include "gum-test.h"

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

void
shell_set_up (Shell *shell,
              guint  n_products,
              int    width,
              int    height)
{
  GumSandboxOptions options = { .n_products = n_products, .n_sales = 10, .seed = 1 };
  g_autoptr(GError) error = NULL;

  gum_test_describe_with (describe_windows);
  shell->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (shell->sandbox, &error);
  g_assert_no_error (error);
  shell->directory = gum_test_make_dir ();
  shell->settings = g_settings_new (GUM_INSTALLED_ID);
  /* Of the test before. */
  g_settings_reset (shell->settings, "last-account");
  shell->accounts = gum_accounts_new (shell->directory);
  shell->window = gum_window_new (NULL, shell->accounts, shell->settings);
  gtk_window_set_default_size (GTK_WINDOW (shell->window), width, height);
}

void
shell_tear_down (Shell *shell)
{
  if (shell->window != NULL)
    gtk_window_close (GTK_WINDOW (shell->window));
  gum_test_settle ();
  g_clear_object (&shell->account);
  g_clear_object (&shell->accounts);
  g_clear_object (&shell->settings);
  gum_test_settle ();
  gum_sandbox_stop (shell->sandbox);
  g_clear_object (&shell->sandbox);
  gum_test_remove_dir (shell->directory);
}

void
shell_present (Shell *shell)
{
  gtk_window_present (GTK_WINDOW (shell->window));
  gum_test_wait_until (is_mapped, shell->window);
}

void
shell_add_sample (Shell *shell)
{
  shell->account = gum_accounts_add_sample (shell->accounts, "Sample Store",
                                            gum_sandbox_get_api_url (shell->sandbox),
                                            gum_sandbox_get_access_token (shell->sandbox));
  gum_window_show_account (shell->window, shell->account);
}
