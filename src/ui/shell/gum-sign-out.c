/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing out: the question, and the truth about what came of it. What is kept on this computer is kept
 * unless the person asks otherwise. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sign-out.h"

#include "gum-errors.h"
#include "gum-launch.h"
#include "gum-losses.h"
#include "gum-paths.h"
#include "gum-window-ask.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GumWindow      *window;
  GumAccount     *account;
  GtkCheckButton *erase_check;   /* borrowed: in the dialog */
  gboolean        erase;
} SignOut;

static void
sign_out_free (SignOut *job)
{
  g_clear_object (&job->window);
  g_clear_object (&job->account);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SignOut, sign_out_free)

static void
told_cb (AdwMessageDialog *dialog,
         const char       *response,
         GtkWidget        *window)
{
  if (g_strcmp0 (response, "open") == 0)
    gum_launch_or_copy (window, GUM_LAUNCH_AUTHORIZED_URL);
}

static void
tell (GumWindow        *window,
      GumSignOutResult  result,
      const char       *name,
      const GError     *error)
{
  g_autofree char *sentence = gum_sign_out_dup_sentence (result, name, error);
  GtkWidget *dialog;

  if (result == GUM_SIGN_OUT_REVOKED)
    {
      gum_window_add_toast (window, sentence);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (window),
                                   result == GUM_SIGN_OUT_NOT_CLEARED ? _("Not Signed Out")
                                                                      : _("Signed Out Here"),
                                   sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  if (result != GUM_SIGN_OUT_NOT_CLEARED)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "open", _("_Open Gumroad"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (told_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
erased_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(SignOut) job = data;
  g_autoptr(GError) error = NULL;
  GumShop *shop = gum_window_get_shop (job->window);

  if (!gum_paths_erase_finish (result, &error))
    {
      g_warning ("Local data could not be erased: %s", error->message);
      gum_window_add_toast (job->window, _("Not all data on this computer could be erased"));
    }
  /* The keyring would not let go of the account, so it is still shown. */
  if (shop != NULL && gum_shop_get_account (shop) == job->account)
    gum_shop_reopen (shop);
}

static void
signed_out_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(SignOut) job = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = g_strdup (gum_account_get_id (job->account));
  GumShop *shop;
  GumSignOutResult outcome;

  outcome = gum_accounts_sign_out_finish (GUM_ACCOUNTS (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!gum_account_is_sample (job->account))
    tell (job->window, outcome, gum_account_get_name (job->account), error);
  if (!job->erase)
    return;

  shop = gum_window_get_shop (job->window);
  if (shop != NULL && gum_shop_get_account (shop) == job->account)
    gum_shop_close (shop);
  gum_paths_erase_async (id, NULL, erased_cb, g_steal_pointer (&job));
}

static SignOut *
sign_out_new (GumWindow  *window,
              GumAccount *account)
{
  SignOut *job = g_new0 (SignOut, 1);

  job->window = g_object_ref (window);
  job->account = g_object_ref (account);

  return job;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          data)
{
  SignOut *job = data;
  SignOut *running;

  if (g_strcmp0 (response, "sign-out") != 0)
    return;

  running = sign_out_new (job->window, job->account);
  running->erase = gtk_check_button_get_active (job->erase_check);
  gum_accounts_sign_out_async (gum_window_get_accounts (running->window), running->account, NULL,
                               signed_out_cb, running);
}

/* Counted when it is asked for: how much waits is read off the main thread. */
static void
erase_toggled_cb (GtkCheckButton *check,
                  GParamSpec     *pspec,
                  GtkLabel       *losses)
{
  GumShop *shop = g_object_get_data (G_OBJECT (check), "shop");
  g_autofree char *text = gum_losses_dup_of_erasing (gum_shop_get_store (shop));

  gtk_label_set_text (losses, text);
  gtk_widget_set_visible (GTK_WIDGET (losses), gtk_check_button_get_active (check));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* A box to tick, and what is lost by it, once it is ticked. */
static GtkWidget *
create_erase (GumShop    *shop,
              GtkWidget **check)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Also erase the data on this computer"));
  GtkWidget *losses = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  *check = gtk_check_button_new ();
  gtk_widget_set_halign (*check, GTK_ALIGN_CENTER);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (*check), label);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), *check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Also erase the data on this computer"), -1);
  gtk_label_set_wrap (GTK_LABEL (losses), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (losses), 40);
  gtk_label_set_justify (GTK_LABEL (losses), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), *check);
  gtk_box_append (GTK_BOX (box), losses);

  g_object_set_data_full (G_OBJECT (*check), "shop", g_object_ref (shop), g_object_unref);
  g_signal_connect_object (*check, "notify::active", G_CALLBACK (erase_toggled_cb), losses, 0);
  erase_toggled_cb (GTK_CHECK_BUTTON (*check), NULL, GTK_LABEL (losses));

  return box;
}

void
gum_sign_out_ask (GumWindow *window)
{
  GumAccount *account;
  GtkWidget *dialog;
  GtkWidget *check;
  GumShop *shop;
  SignOut *job;
  g_autofree char *heading = NULL;
  g_autofree char *losses = NULL;

  g_return_if_fail (GUM_IS_WINDOW (window));

  shop = gum_window_get_shop (window);
  if (shop == NULL)
    return;

  account = gum_shop_get_account (shop);
  if (gum_account_is_sample (account))
    {
      gum_sign_out_leave_sample (window);
      return;
    }

  /* Translators: the placeholder is the seller's name */
  heading = g_strdup_printf (_("Sign Out of %s?"), gum_account_get_name (account));
  losses = gum_losses_dup_of_leaving (gum_shop_get_store (shop));
  dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, NULL);
  if (losses == NULL)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                                 _("This program will not be able to reach the shop any more. "
                                   "You can sign in again at any time."));
  else
    /* Translators: the placeholder is sentences about what will be lost */
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                    _("This program will not be able to reach the shop any more. "
                                      "You can sign in again at any time.\n\n%s"), losses);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "sign-out", _("_Sign Out"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "sign-out",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_erase (shop, &check));

  job = sign_out_new (window, account);
  job->erase_check = GTK_CHECK_BUTTON (check);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), job,
                         (GClosureNotify) (void (*) (void)) sign_out_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
then_leave_sample (GumWindow *window,
                   gpointer   object)
{
  gum_sign_out_leave_sample (window);
}

void
gum_sign_out_at_once (GumWindow  *window,
                      GumAccount *account)
{
  g_return_if_fail (GUM_IS_WINDOW (window));
  g_return_if_fail (GUM_IS_ACCOUNT (account));

  gum_accounts_sign_out_async (gum_window_get_accounts (window), account, NULL, signed_out_cb,
                               sign_out_new (window, account));
}

void
gum_sign_out_leave_sample (GumWindow *window)
{
  g_return_if_fail (GUM_IS_WINDOW (window));

  if (gum_window_get_shop (window) == NULL ||
      gum_window_ask_to_stop_uploads (window, _("_Stop and Leave"), then_leave_sample, NULL))
    return;

  gum_sign_out_at_once (window, gum_shop_get_account (gum_window_get_shop (window)));
}

char *
gum_sign_out_dup_sentence (GumSignOutResult  result,
                           const char       *name,
                           const GError     *error)
{
  g_autofree char *reason = NULL;

  if (error != NULL)
    reason = gum_errors_dup_sentence (error, NULL);

  switch (result)
    {
    case GUM_SIGN_OUT_REVOKED:
      /* Translators: the placeholder is the seller's name */
      return g_strdup_printf (_("Signed out of %s"), name);
    case GUM_SIGN_OUT_FORGOTTEN:
      return g_strdup (_("The access token was forgotten here. It still works elsewhere, because "
                         "other programs may use it. To end it for good, delete its application at "
                         "Gumroad."));
    case GUM_SIGN_OUT_NOT_REVOKED:
      if (reason != NULL)
        /* Translators: the placeholder is a whole sentence about the reason */
        return g_strdup_printf (_("The sign-in was forgotten here, but Gumroad could not be told, so "
                                  "it may still work there. Remove this program from the authorized "
                                  "applications at Gumroad.\n\n%s"), reason);
      return g_strdup (_("The sign-in was forgotten here, but Gumroad could not be told, so it may "
                         "still work there. Remove this program from the authorized applications at "
                         "Gumroad."));
    case GUM_SIGN_OUT_NOT_CLEARED:
    default:
      return g_strdup (_("The keyring did not let go of the sign-in, so it may still be kept there. "
                         "Unlock the keyring, then sign out again."));
    }
}
