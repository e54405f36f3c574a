/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questions before the window lets go of something that cannot be had again: of a browser's answer, and of
 * files that are on their way. Closing the window asks them, and so does showing another account. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-window-ask.h"

#include "gum-deliveries.h"
#include "gum-sign-in-page.h"
#include "gum-window-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  /* owned */
  GumWindow     *window;
  GObject       *object;   /* nullable */

  GumWindowThen  then;
} Asked;

static void
asked_free (gpointer  data,
            GClosure *closure)
{
  Asked *asked = data;

  g_object_unref (asked->window);
  g_clear_object (&asked->object);
  g_free (asked);
}

/* What is asked later counts: it stands in the place of what was asked before. */
static void
ask (GumWindow     *self,
     GtkWidget     *dialog,
     const char    *keep,
     const char    *verb,
     GCallback      response_cb,
     GumWindowThen  then,
     gpointer       object)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->window = g_object_ref (self);
  asked->object = object != NULL ? g_object_ref (object) : NULL;
  asked->then = then;
  if (self->question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->question));
  g_set_weak_pointer (&self->question, dialog);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "wait", keep,
                                    "stop", verb,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "stop",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  g_signal_connect_data (dialog, "response", response_cb, asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_in_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     Asked            *asked)
{
  GumWindow *self = asked->window;

  g_clear_weak_pointer (&self->question);
  if (g_strcmp0 (response, "stop") != 0)
    return;

  if (self->shop != NULL)
    gtk_stack_set_visible_child_name (self->stack, "shop");
  gum_window_forget_page (self, "sign-in");
  asked->then (self, asked->object);
}

static void
uploads_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     Asked            *asked)
{
  GumWindow *self = asked->window;

  g_clear_weak_pointer (&self->question);
  if (g_strcmp0 (response, "stop") != 0)
    return;

  self->may_stop_uploads = TRUE;
  asked->then (self, asked->object);
}

gboolean
gum_window_is_signing_in (GumWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (GUM_IS_WINDOW (self), FALSE);

  page = gtk_stack_get_child_by_name (self->stack, "sign-in");

  return page != NULL && gum_sign_in_page_is_waiting (GUM_SIGN_IN_PAGE (page));
}

gboolean
gum_window_ask_to_stop_sign_in (GumWindow     *self,
                                const char    *verb,
                                GumWindowThen  then,
                                gpointer       object)
{
  GtkWidget *dialog;

  g_return_val_if_fail (GUM_IS_WINDOW (self), FALSE);

  if (!gum_window_is_signing_in (self))
    return FALSE;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Stop Signing In?"),
                                   _("The browser could not come back to this program then. Nothing of this "
                                     "sign-in would be kept."));
  ask (self, dialog, _("_Keep Waiting"), verb, G_CALLBACK (sign_in_response_cb), then, object);

  return TRUE;
}

gboolean
gum_window_ask_to_stop_uploads (GumWindow     *self,
                                const char    *verb,
                                GumWindowThen  then,
                                gpointer       object)
{
  GumStore *store;
  GtkWidget *dialog;
  guint n_files;

  g_return_val_if_fail (GUM_IS_WINDOW (self), FALSE);

  store = self->shop != NULL ? gum_shop_get_store (self->shop) : NULL;
  n_files = store != NULL ? gum_store_count_deliveries (store) : 0;
  if (n_files == 0 || self->may_stop_uploads)
    return FALSE;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Stop Uploading?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u file is on its way. It would have to be sent again from the "
                                            "beginning; the product stays as it is.",
                                            "%u files are on their way. They would have to be sent again from the "
                                            "beginning; the products stay as they are.", n_files), n_files);
  ask (self, dialog, _("_Keep Uploading"), verb, G_CALLBACK (uploads_response_cb), then, object);

  return TRUE;
}
