/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The other way in: an access token that the seller made on Gumroad's page. The clipboard is read only
 * when Paste is pressed, and what was pasted is tried at once. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sign-in-token.h"

#include "gum-focus.h"
#include "gum-launch.h"
#include "gum-section.h"
#include "gum-sign-in-error-label.h"
#include "gum-util.h"
#include "gum-wrap.h"

#include <glib/gi18n-lib.h>

struct _GumSignInToken
{
  AdwBin parent_instance;

  /* Owned */
  GumSignIn           *sign_in;
  GCancellable        *cancellable;

  /* Template */
  AdwEntryRow         *token_row;
  GumSignInErrorLabel *error;
  GtkWidget           *sign_in_button;
};

enum {
  USE_BROWSER,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumSignInToken, gum_sign_in_token, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static gboolean
is_busy (GumSignIn *sign_in)
{
  GumSignInState state = gum_sign_in_get_state (sign_in);

  return state != GUM_SIGN_IN_IDLE && state != GUM_SIGN_IN_FAILED;
}

static void
state_cb (GumSignInToken *self)
{
  gtk_widget_set_sensitive (self->sign_in_button, !is_busy (self->sign_in));
}

static void
start_cb (GumSignInToken *self)
{
  if (is_busy (self->sign_in))
    return;

  gum_sign_in_token_show_error (self, NULL, NULL);
  gum_sign_in_start_with_token (self->sign_in,
                                gtk_editable_get_text (GTK_EDITABLE (self->token_row)));
}

static void
edited_cb (GumSignInToken *self)
{
  gum_sign_in_token_show_error (self, NULL, NULL);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GumSignInToken) self = data;
  g_autoptr(GumSecret) text = NULL;

  text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (self->token_row == NULL)
    return;

  if (text == NULL || *text == '\0')
    {
      gum_section_add_toast (GTK_WIDGET (self), _("There is no text on the clipboard"));
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->token_row), text);
  start_cb (self);
}

static void
paste_cb (GumSignInToken *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable,
                                 pasted_cb, g_object_ref (self));
}

static void
open_settings_cb (GumSignInToken *self)
{
  gum_launch_or_copy (GTK_WIDGET (self), GUM_LAUNCH_SETTINGS_URL);
}

static void
use_browser_cb (GumSignInToken *self)
{
  g_signal_emit (self, signals[USE_BROWSER], 0);
}

static gboolean
gum_sign_in_token_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GUM_SIGN_IN_TOKEN (widget)->token_row));
}

static void
gum_sign_in_token_dispose (GObject *object)
{
  GumSignInToken *self = GUM_SIGN_IN_TOKEN (object);

  g_cancellable_cancel (self->cancellable);
  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_SIGN_IN_TOKEN);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (gum_sign_in_token_parent_class)->dispose (object);
}

static void
gum_sign_in_token_class_init (GumSignInTokenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_sign_in_token_dispose;
  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_sign_in_token_grab_focus;

  signals[USE_BROWSER] = g_signal_new ("use-browser", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GUM_TYPE_SIGN_IN_ERROR_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-sign-in-token.ui");
  gtk_widget_class_bind_template_child (widget_class, GumSignInToken, token_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInToken, error);
  gtk_widget_class_bind_template_child (widget_class, GumSignInToken, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_settings_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_browser_cb);
}

static void
gum_sign_in_token_init (GumSignInToken *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));
}

void
gum_sign_in_token_set_up (GumSignInToken *self,
                          GumSignIn      *sign_in)
{
  g_return_if_fail (GUM_IS_SIGN_IN_TOKEN (self));
  g_return_if_fail (GUM_IS_SIGN_IN (sign_in));

  g_set_object (&self->sign_in, sign_in);
  g_signal_connect_object (sign_in, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
gum_sign_in_token_show_error (GumSignInToken *self,
                              const GError   *error,
                              const GError   *cause)
{
  gboolean is_about_token;

  g_return_if_fail (GUM_IS_SIGN_IN_TOKEN (self));

  is_about_token = g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_EMPTY) ||
                   g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_TOKEN_TYPE) ||
                   g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_TOKEN_REFUSED);

  gum_sign_in_error_label_show (self->error, error, cause);
  gum_sign_in_error_label_mark (GTK_WIDGET (self->token_row), is_about_token);
  if (is_about_token)
    gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
}
