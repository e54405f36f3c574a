/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window can do, as actions, and the keys for it. The keys stand in one table, which the shortcuts
 * window shows as well, so that the two cannot differ. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-window-actions.h"

#include "gum-account-form.h"
#include "gum-main-menu.h"
#include "gum-sections.h"
#include "gum-shortcuts.h"
#include "gum-sign-out.h"

#include <glib/gi18n-lib.h>

static const GumAccel accels[] = {
  { { "<Control>f" }, "win.search", N_("Search") },
  { { "<Control>n" }, "win.create", N_("New product, or what the section is about") },
  { { "<Control>r", "F5" }, "win.refresh", N_("Refresh") },
  { { "<Alt>Left" }, "win.back", N_("Go back") },
  { { "F6" }, "win.toast", N_("To the message at the bottom") },
  { { "F10" }, "win.main-menu", N_("Main menu") },
  { { "F9" }, "win.show-sections", N_("Show the sections") },
  { { "<Control>1" }, "win.section-number(1)", N_("Show a section (Ctrl+1 to Ctrl+9)") },
  { { "<Alt>1" }, "win.account-number(1)", N_("Show an account (Alt+1 to Alt+9)") },
  { { "<Control>comma" }, "app.preferences", N_("Preferences") },
  { { "<Control>question" }, "win.show-help-overlay", N_("Keyboard shortcuts") },
  { { "<Control>w" }, "window.close", N_("Close the window") },
  { { "<Control>q" }, "app.quit", N_("Quit") },
};

static void
refresh_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  GumSection *section = gum_window_get_section (data);

  if (section != NULL)
    gum_section_refresh (section);
}

static void
search_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  GumSection *section = gum_window_get_section (data);

  if (section != NULL)
    gum_section_start_search (section);
}

static void
create_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  GumSection *section = gum_window_get_section (data);

  if (section != NULL)
    gum_section_create (section);
}

static void
back_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  gum_window_go_back (data);
}

static void
show_sections_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  gum_window_show_sections (data);
}

static void
section_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  gum_window_show_section (data, g_variant_get_string (parameter, NULL));
}

static void
section_number_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  int number = g_variant_get_int32 (parameter);

  if (number >= 1 && (guint) number <= gum_sections_get_n ())
    gum_window_show_section (data, gum_sections_get (number - 1)->id);
}

static void
product_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  gum_window_show_product (data, parameter);
}

static void
account_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  GumAccount *account = gum_accounts_find (gum_window_get_accounts (data),
                                           g_variant_get_string (parameter, NULL));

  if (account != NULL)
    gum_window_show_account (data, account);
}

static void
account_number_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  int number = g_variant_get_int32 (parameter);
  g_autoptr(GumAccount) account = NULL;

  if (number < 1)
    return;

  account = g_list_model_get_item (G_LIST_MODEL (gum_window_get_accounts (data)), number - 1);
  if (account != NULL)
    gum_window_show_account (data, account);
}

static void
sign_in_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  gum_window_show_sign_in (data);
}

static void
reconnect_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  gum_window_show_reconnect (data);
}

static void
sign_out_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  gum_sign_out_ask (data);
}

static void
show_account_form (GumWindow     *self,
                   GumRecordKind  kind)
{
  GtkWidget *form = gum_window_get_shop (self) != NULL
                    ? gum_account_form_new (gum_window_get_shop (self), kind) : NULL;
  GumSection *section = gum_window_get_section (self);

  if (form == NULL)
    return;
  gum_form_window_set_owner (GUM_FORM_WINDOW (form), section != NULL ? GTK_WIDGET (section)
                                                                    : GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (form));
}

static void
profile_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  show_account_form (data, GUM_RECORD_PROFILE);
}

static void
refund_policy_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  show_account_form (data, GUM_RECORD_POLICY);
}

static void
leave_sample_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  GumShop *shop = gum_window_get_shop (data);

  if (shop != NULL && gum_account_is_sample (gum_shop_get_account (shop)))
    gum_sign_out_leave_sample (data);
}

static void
unlock_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  gum_window_load_accounts (data, TRUE);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GumWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (gum_accounts_keep_finish (GUM_ACCOUNTS (source), result, &error))
    gum_window_add_toast (self, _("The keyring keeps this sign-in now"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gum_window_add_toast (self, _("There is still no keyring to keep this sign-in"));
}

static void
keep_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  GumWindow *self = data;

  if (gum_window_get_shop (self) != NULL)
    gum_accounts_keep_async (gum_window_get_accounts (self),
                             gum_shop_get_account (gum_window_get_shop (self)), NULL, kept_cb,
                             g_object_ref (self));
}

static void
reopen_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  if (gum_window_get_shop (data) != NULL)
    gum_shop_try_again (gum_window_get_shop (data));
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  gum_shortcuts_present (data);
}

static void
toast_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  GumSection *section = gum_window_get_section (data);

  if (section != NULL)
    gum_section_focus_toast (GTK_WIDGET (section));
}

static void
main_menu_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  gum_main_menu_popup (data);
}

static const GActionEntry entries[] = {
  { "refresh", refresh_action },
  { "search", search_action },
  { "create", create_action },
  { "back", back_action },
  { "show-sections", show_sections_action },
  { "section", section_action, "s" },
  { "section-number", section_number_action, "i" },
  { "product", product_action, "(ss)" },
  { "account", account_action, "s" },
  { "account-number", account_number_action, "i" },
  { "add-account", sign_in_action },
  { "reconnect", reconnect_action },
  { "sign-out", sign_out_action },
  { "profile", profile_action },
  { "refund-policy", refund_policy_action },
  { "leave-sample", leave_sample_action },
  { "unlock", unlock_action },
  { "keep", keep_action },
  { "reopen", reopen_action },
  { "toast", toast_action },
  { "main-menu", main_menu_action },
  { "show-help-overlay", shortcuts_action },
};

const GumAccel *
gum_window_list_accels (guint *n_accels)
{
  g_return_val_if_fail (n_accels != NULL, NULL);

  *n_accels = G_N_ELEMENTS (accels);

  return accels;
}

void
gum_window_install_accels (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, accels[i].accels);

  /* The table has the first of each nine. */
  for (int number = 2; number <= 9; number++)
    {
      g_autofree char *section = g_strdup_printf ("win.section-number(%d)", number);
      g_autofree char *account = g_strdup_printf ("win.account-number(%d)", number);
      g_autofree char *control = g_strdup_printf ("<Control>%d", number);
      g_autofree char *alt = g_strdup_printf ("<Alt>%d", number);

      gtk_application_set_accels_for_action (application, section,
                                             (const char *[]) { control, NULL });
      gtk_application_set_accels_for_action (application, account,
                                             (const char *[]) { alt, NULL });
    }
}

void
gum_window_add_actions (GumWindow *self)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
gum_window_update_actions (GumWindow *self)
{
  const char * const needing_shop[] = { "refresh", "search", "create", "show-sections", "sign-out", "reopen",
                                        "profile", "refund-policy" };

  g_return_if_fail (GUM_IS_WINDOW (self));

  for (gsize i = 0; i < G_N_ELEMENTS (needing_shop); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), needing_shop[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), gum_window_get_shop (self) != NULL);
    }
}
