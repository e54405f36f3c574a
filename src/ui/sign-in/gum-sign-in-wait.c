/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The time between Sign In and its end. While the browser has the word there is a way on for every way
 * in which it can fail: it did not open (open again, copy the address), it runs on another machine or
 * insists on https (paste the address), it was closed (cancel). A launched browser is not a shown page,
 * so after a while the address is offered even if launching has succeeded. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sign-in-wait.h"

#include "gum-launch.h"
#include "gum-sign-in-error-label.h"
#include "gum-wrap.h"

#include <glib/gi18n-lib.h>

#define SHOW_ADDRESS_SECONDS 8

struct _GumSignInWait
{
  AdwBin parent_instance;

  /* Owned */
  GumSignIn           *sign_in;
  GCancellable        *cancellable;

  /* Template */
  AdwStatusPage       *status;
  GtkSpinner          *spinner;
  GtkWidget           *browser_box;
  GtkWidget           *address_box;
  GtkEditable         *address_entry;
  GtkLabel            *address_label;
  GtkWidget           *https_label;
  GtkWidget           *paste_button;
  GtkWidget           *paste_box;
  AdwEntryRow         *paste_row;
  GumSignInErrorLabel *paste_error;

  /* State */
  guint                address_source;
};

G_DEFINE_FINAL_TYPE (GumSignInWait, gum_sign_in_wait, ADW_TYPE_BIN)

static void
show_address (GumSignInWait *self,
              const char       *why)
{
  const char *address = gum_sign_in_get_authorize_url (self->sign_in);

  g_clear_handle_id (&self->address_source, g_source_remove);
  if (address == NULL)
    return;

  gtk_editable_set_text (self->address_entry, address);
  gtk_label_set_label (self->address_label, why);
  gtk_widget_set_visible (self->address_box, TRUE);
}

static gboolean
address_timeout_cb (gpointer data)
{
  GumSignInWait *self = data;

  self->address_source = 0;
  show_address (self, _("Nothing happened? Open this address in any browser on this computer:"));

  return G_SOURCE_REMOVE;
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GumSignInWait) self = data;
  g_autoptr(GError) error = NULL;

  if (gum_launch_finish (result, &error) || self->sign_in == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  show_address (self, _("No browser could be opened. Open this address in any browser on this "
                        "computer:"));
}

static void
open_uri_cb (GumSignInWait *self,
             const char       *uri)
{
  g_clear_handle_id (&self->address_source, g_source_remove);
  if (!gtk_widget_get_visible (self->address_box))
    self->address_source = g_timeout_add_seconds (SHOW_ADDRESS_SECONDS, address_timeout_cb, self);
  gum_launch_async (GTK_WIDGET (self), uri, self->cancellable, launched_cb, g_object_ref (self));
}

static void
forget_attempt (GumSignInWait *self)
{
  g_clear_handle_id (&self->address_source, g_source_remove);
  gtk_widget_set_visible (self->address_box, FALSE);
  gtk_editable_set_text (self->address_entry, "");
  gtk_editable_set_text (GTK_EDITABLE (self->paste_row), "");
  gtk_widget_set_visible (self->paste_box, FALSE);
  gtk_widget_set_visible (self->paste_button, TRUE);
  gum_sign_in_error_label_show (self->paste_error, NULL, NULL);
  gum_sign_in_error_label_mark (GTK_WIDGET (self->paste_row), FALSE);
}

static void
state_cb (GumSignInWait *self)
{
  GumSignInState state = gum_sign_in_get_state (self->sign_in);
  gboolean waiting = state == GUM_SIGN_IN_WAITING;
  gboolean busy = waiting || state == GUM_SIGN_IN_EXCHANGING || state == GUM_SIGN_IN_VERIFYING ||
                  state == GUM_SIGN_IN_STORING;

  /* An idle spinner would still wake the machine up. */
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (self->browser_box, waiting);

  if (waiting)
    {
      adw_status_page_set_title (self->status, _("Continue in the Browser"));
      adw_status_page_set_description (self->status,
                                       _("Gumroad asks there whether this program may work with "
                                         "your shop. Press Authorize, then come back here."));
    }
  else
    {
      forget_attempt (self);
      adw_status_page_set_title (self->status, _("Signing In…"));
      adw_status_page_set_description (self->status,
                                       state == GUM_SIGN_IN_STORING
                                         ? _("The keyring is asked to keep the sign-in.")
                                         : _("Gumroad is asked whose shop this is."));
    }
}

static void
https_cb (GumSignInWait *self)
{
  gboolean hint = FALSE;

  g_object_get (self->sign_in, "https-hint", &hint, NULL);
  gtk_widget_set_visible (self->https_label, hint);
}

static void
open_again_cb (GumSignInWait *self)
{
  gum_sign_in_open_again (self->sign_in);
}

static void
copy_address_cb (GumSignInWait *self)
{
  const char *address = gum_sign_in_get_authorize_url (self->sign_in);

  if (address != NULL)
    gum_launch_copy (GTK_WIDGET (self), address, _("Copied the address"));
}

static void
paste_instead_cb (GumSignInWait *self)
{
  gtk_widget_set_visible (self->paste_button, FALSE);
  gtk_widget_set_visible (self->paste_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->paste_row));
}

static void
paste_edited_cb (GumSignInWait *self)
{
  gum_sign_in_error_label_show (self->paste_error, NULL, NULL);
  gum_sign_in_error_label_mark (GTK_WIDGET (self->paste_row), FALSE);
}

static void
use_pasted_cb (GumSignInWait *self)
{
  g_autoptr(GError) error = NULL;

  if (gum_sign_in_paste_address (self->sign_in,
                                 gtk_editable_get_text (GTK_EDITABLE (self->paste_row)), &error))
    return;

  gum_sign_in_error_label_show (self->paste_error, error, NULL);
  gum_sign_in_error_label_mark (GTK_WIDGET (self->paste_row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->paste_row));
}

static void
cancel_cb (GumSignInWait *self)
{
  gum_sign_in_cancel (self->sign_in);
}

static void
gum_sign_in_wait_dispose (GObject *object)
{
  GumSignInWait *self = GUM_SIGN_IN_WAIT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->address_source, g_source_remove);
  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_SIGN_IN_WAIT);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (gum_sign_in_wait_parent_class)->dispose (object);
}

static void
gum_sign_in_wait_class_init (GumSignInWaitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_sign_in_wait_dispose;

  g_type_ensure (GUM_TYPE_SIGN_IN_ERROR_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-sign-in-wait.ui");
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, status);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, spinner);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, browser_box);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, address_box);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, address_entry);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, address_label);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, https_label);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, paste_button);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, paste_box);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, paste_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInWait, paste_error);
  gtk_widget_class_bind_template_callback (widget_class, open_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_instead_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
gum_sign_in_wait_init (GumSignInWait *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));
}

void
gum_sign_in_wait_set_up (GumSignInWait *self,
                            GumSignIn        *sign_in)
{
  g_return_if_fail (GUM_IS_SIGN_IN_WAIT (self));
  g_return_if_fail (GUM_IS_SIGN_IN (sign_in));

  g_set_object (&self->sign_in, sign_in);
  g_signal_connect_object (sign_in, "open-uri", G_CALLBACK (open_uri_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sign_in, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sign_in, "notify::https-hint", G_CALLBACK (https_cb), self,
                           G_CONNECT_SWAPPED);
}
