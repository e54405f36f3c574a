/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which account the window shows: the one of last time, the welcome page if there is none, and signing in
 * to one more. Each page puts the keyboard where one goes on from there. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-window-private.h"

#include "gum-sign-in-page.h"
#include "gum-sign-out.h"
#include "gum-welcome-page.h"
#include "gum-window-actions.h"
#include "gum-window-ask.h"

#include <glib/gi18n-lib.h>

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GumWindow) self = data;
  g_autoptr(GError) error = NULL;

  /* What came of it is each account's state; the banner tells. */
  if (!gum_accounts_load_finish (GUM_ACCOUNTS (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The keyring cannot be read: %s", error->message);
}

static void
show_page (GumWindow *self,
           GtkWidget *page,
           const char *name)
{
  if (gtk_widget_get_parent (page) == NULL)
    gtk_stack_add_named (self->stack, page, name);
  gtk_stack_set_visible_child (self->stack, page);
  gtk_widget_grab_focus (page);
  gum_window_update_actions (self);
}

static void
show_welcome (GumWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, "welcome");

  if (page == NULL)
    page = gum_welcome_page_new (gum_accounts_take_unfinished_sign_in (self->accounts));
  show_page (self, page, "welcome");
  gtk_window_set_title (GTK_WINDOW (self), _("Gumroad"));
}

/* Takes another shop, whatever becomes of the one before. */
static void
open_account (GumWindow  *self,
              GumAccount *account)
{
  g_autofree char *last = NULL;
  g_autofree char *section = NULL;
  g_autofree char *place = NULL;
  gboolean same_as_last;

  if (self->shop != NULL && gum_shop_get_account (self->shop) == account)
    return;

  gum_window_drop_shop (self);
  self->shop = gum_shop_new (account);
  gum_window_apply_metered (self);
  gum_account_switcher_set_shop (gum_sidebar_get_switcher (self->sidebar), self->shop);
  gum_banner_set_shop (self->banner, self->shop);

  last = g_settings_get_string (self->settings, "last-account");
  section = g_settings_get_string (self->settings, "section");
  place = g_settings_get_string (self->settings, "place");
  same_as_last = g_strcmp0 (last, gum_account_get_id (account)) == 0;
  gum_window_show_section (self, section);
  if (same_as_last && *place != '\0' && !self->started)
    gum_section_set_place (gum_window_get_section (self), place);
  if (!same_as_last && !gum_account_is_sample (account))
    g_settings_set_string (self->settings, "last-account", gum_account_get_id (account));
}

static void
show_shop (GumWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "shop");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
  gum_window_forget_page (self, "welcome");
  gum_window_forget_page (self, "sign-in");
  gtk_widget_grab_focus (GTK_WIDGET (gum_window_get_section (self)));
  gum_window_update_actions (self);

  if (self->started)
    {
      gum_shop_watch_network (self->shop);
      gum_shop_refresh_if_older (self->shop, 60);
      gum_window_watch_queue (self);
    }
}

static void
not_mine_cb (AdwToast  *toast,
             GumWindow *self)
{
  adw_toast_dismiss (toast);
  gum_sign_out_at_once (self, g_object_get_data (G_OBJECT (toast), "account"));
}

/* Nobody has read whose account it is: it can be said for as long as somebody takes to read it. */
static void
offer_not_mine (GumWindow  *self,
                GumAccount *account)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  /* Translators: the placeholder is the seller's name */
  text = g_strdup_printf (_("Signed in as %s"), gum_account_get_name (account));
  toast = gum_section_add_lasting_toast (GTK_WIDGET (self->stack), text, _("_Not Mine"));
  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (not_mine_cb), self, 0);
  g_set_weak_pointer (&self->whose, toast);
}

/* @by_itself: nobody pressed a button. */
static void
sign_in_done_cb (GumWindow  *self,
                 GumAccount *account,
                 gboolean    by_itself)
{
  /* Where one is if one would rather stay with the account before. */
  if (self->shop != NULL)
    show_shop (self);
  gum_window_show_account (self, account);
  if (by_itself)
    offer_not_mine (self, account);
}

static void
sign_in_cancelled_cb (GumWindow *self)
{
  if (self->shop != NULL)
    {
      show_shop (self);
    }
  else
    {
      gum_window_show_first (self);
      gum_window_forget_page (self, "sign-in");
    }
}

void
gum_window_show_first (GumWindow *self)
{
  g_autofree char *last = NULL;
  g_autoptr(GumAccount) any = NULL;
  GumAccount *account;

  g_return_if_fail (GUM_IS_WINDOW (self));

  last = g_settings_get_string (self->settings, "last-account");
  account = *last != '\0' ? gum_accounts_find (self->accounts, last) : NULL;
  if (account == NULL)
    account = any = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);

  if (account != NULL)
    open_account (self, account);
  else
    gum_window_drop_shop (self);

  /* The browser's answer is still waited for, whose account it was that went away. */
  if (gum_window_is_signing_in (self))
    gum_window_update_actions (self);
  else if (account != NULL)
    show_shop (self);
  else
    show_welcome (self);
}

static void
then_show_account (GumWindow *self,
                   gpointer   account)
{
  gum_window_show_account (self, account);
}

void
gum_window_show_account (GumWindow  *self,
                         GumAccount *account)
{
  gboolean is_other;

  g_return_if_fail (GUM_IS_WINDOW (self));
  g_return_if_fail (GUM_IS_ACCOUNT (account));

  is_other = self->shop == NULL || gum_shop_get_account (self->shop) != account;
  if (gum_window_ask_to_stop_sign_in (self, _("_Stop and Switch"), then_show_account, account) ||
      (is_other && gum_window_ask_to_stop_uploads (self, _("_Stop and Switch"), then_show_account,
                                                   account)))
    return;

  open_account (self, account);
  show_shop (self);
}

static void
show_sign_in (GumWindow  *self,
              GumAccount *again)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, "sign-in");

  if (page == NULL)
    {
      page = gum_sign_in_page_new (self->accounts, self->settings, again);
      g_signal_connect_object (page, "done", G_CALLBACK (sign_in_done_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "cancelled", G_CALLBACK (sign_in_cancelled_cb), self,
                               G_CONNECT_SWAPPED);
    }
  show_page (self, page, "sign-in");
}

void
gum_window_show_sign_in (GumWindow *self)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  show_sign_in (self, NULL);
}

void
gum_window_show_reconnect (GumWindow *self)
{
  GumAccount *account;

  g_return_if_fail (GUM_IS_WINDOW (self));

  account = self->shop != NULL ? gum_shop_get_account (self->shop) : NULL;
  show_sign_in (self, account != NULL && !gum_account_is_sample (account) ? account : NULL);
}

void
gum_window_load_accounts (GumWindow *self,
                          gboolean   unlock)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  gum_accounts_load_async (self->accounts, unlock, self->cancellable, loaded_cb,
                           g_object_ref (self));
}

void
gum_window_forget_page (GumWindow  *self,
                        const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (page == NULL)
    return;

  /* Its port is closed now, not when the last one lets go of the page. */
  if (GUM_IS_SIGN_IN_PAGE (page) && gum_sign_in_page_is_waiting (GUM_SIGN_IN_PAGE (page)))
    gum_sign_in_cancel (gum_sign_in_page_get_sign_in (GUM_SIGN_IN_PAGE (page)));
  gtk_stack_remove (self->stack, page);
}
