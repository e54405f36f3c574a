/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of signing in through the browser: create an application at Gumroad, paste its ID, go.
 * What has to be entered there can be copied here. Where an application is known, it is one button:
 *
 *     own       the two steps
 *     vendor    of whoever distributes the program; its ID is not shown
 *     again     the account's own, of last time; refused, it becomes "own", with the ID in its field */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sign-in-form.h"

#include "gum-focus.h"
#include "gum-launch.h"
#include "gum-sign-in-error-label.h"
#include "gum-wrap.h"

#include <glib/gi18n-lib.h>

typedef enum {
  MODE_OWN,
  MODE_VENDOR,
  MODE_AGAIN,
} Mode;

struct _GumSignInForm
{
  AdwBin parent_instance;

  /* Owned */
  GumSignIn       *sign_in;
  char            *vendor_id;       /* NULL: there is none */
  char            *suggested_name;

  /* Template */
  GtkWidget       *create_group;
  GtkWidget       *paste_group;
  GtkWidget       *vendor_label;
  AdwActionRow    *name_row;
  GtkWidget       *copy_name_button;
  AdwActionRow    *redirect_row;
  AdwEntryRow     *id_row;
  AdwEntryRow     *secret_row;
  AdwExpanderRow  *secret_expander;
  GumSignInErrorLabel *error;
  GtkWidget       *sign_in_button;
  GtkWidget       *known_group;
  AdwActionRow    *known_row;
  GtkWidget       *other_button;

  Mode             mode;
};

enum {
  USE_TOKEN,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumSignInForm, gum_sign_in_form, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static gboolean
is_busy (GumSignIn *sign_in)
{
  GumSignInState state = gum_sign_in_get_state (sign_in);

  return state != GUM_SIGN_IN_IDLE && state != GUM_SIGN_IN_FAILED;
}

static void
state_cb (GumSignInForm *self)
{
  gtk_widget_set_sensitive (self->sign_in_button, !is_busy (self->sign_in));
}

static void
set_mode (GumSignInForm *self,
          Mode           mode)
{
  self->mode = mode;
  gtk_widget_set_visible (self->create_group, mode == MODE_OWN);
  gtk_widget_set_visible (self->paste_group, mode == MODE_OWN);
  gtk_widget_set_visible (self->vendor_label, mode != MODE_OWN);
  gtk_widget_set_visible (self->known_group, mode == MODE_AGAIN);
  gtk_widget_set_visible (self->other_button, mode != MODE_OWN);
  gum_sign_in_error_label_set_hidden_id (self->error, mode == MODE_VENDOR);
}

static void
start_cb (GumSignInForm *self)
{
  if (is_busy (self->sign_in))
    return;

  gum_sign_in_form_show_error (self, NULL, NULL);
  switch (self->mode)
    {
    case MODE_VENDOR:
      gum_sign_in_start (self->sign_in, self->vendor_id, NULL);
      break;
    case MODE_AGAIN:
      gum_sign_in_start_again (self->sign_in);
      break;
    case MODE_OWN:
    default:
      gum_sign_in_start (self->sign_in, gtk_editable_get_text (GTK_EDITABLE (self->id_row)),
                         gtk_editable_get_text (GTK_EDITABLE (self->secret_row)));
      break;
    }
}

static void
use_other_cb (GumSignInForm *self)
{
  gum_sign_in_form_show_error (self, NULL, NULL);
  set_mode (self, MODE_OWN);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
edited_cb (GumSignInForm *self)
{
  gum_sign_in_form_show_error (self, NULL, NULL);
}

static void
copy_name_cb (GumSignInForm *self)
{
  gum_launch_copy (GTK_WIDGET (self), self->suggested_name, _("Copied the application name"));
}

static void
copy_redirect_cb (GumSignInForm *self)
{
  gum_launch_copy (GTK_WIDGET (self), GUM_SIGN_IN_REDIRECT_URI, _("Copied the redirect address"));
}

static void
open_settings_cb (GumSignInForm *self)
{
  gum_launch_or_copy (GTK_WIDGET (self), GUM_LAUNCH_SETTINGS_URL);
}

static void
use_token_cb (GumSignInForm *self)
{
  g_signal_emit (self, signals[USE_TOKEN], 0);
}

/* From the top, unless everything is filled in. */
static gboolean
gum_sign_in_form_grab_focus (GtkWidget *widget)
{
  GumSignInForm *self = GUM_SIGN_IN_FORM (widget);

  if (self->mode != MODE_OWN || *gtk_editable_get_text (GTK_EDITABLE (self->id_row)) != '\0')
    return gtk_widget_grab_focus (self->sign_in_button);

  return gtk_widget_grab_focus (self->copy_name_button);
}

static void
gum_sign_in_form_dispose (GObject *object)
{
  GumSignInForm *self = GUM_SIGN_IN_FORM (object);

  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_SIGN_IN_FORM);
  g_clear_object (&self->sign_in);
  g_clear_pointer (&self->vendor_id, g_free);
  g_clear_pointer (&self->suggested_name, g_free);

  G_OBJECT_CLASS (gum_sign_in_form_parent_class)->dispose (object);
}

static void
gum_sign_in_form_class_init (GumSignInFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_sign_in_form_dispose;
  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_sign_in_form_grab_focus;

  signals[USE_TOKEN] = g_signal_new ("use-token", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GUM_TYPE_SIGN_IN_ERROR_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-sign-in-form.ui");
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, create_group);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, paste_group);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, vendor_label);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, copy_name_button);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, redirect_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, id_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, secret_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, secret_expander);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, error);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, known_group);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, known_row);
  gtk_widget_class_bind_template_child (widget_class, GumSignInForm, other_button);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_redirect_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_settings_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_token_cb);
}

static void
gum_sign_in_form_init (GumSignInForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));

  /* Translators: the name of this program at Gumroad; the placeholder is the computer's name */
  self->suggested_name = g_strdup_printf (_("Desktop on %s"), g_get_host_name ());
  adw_action_row_set_subtitle (self->name_row, self->suggested_name);
  adw_action_row_set_subtitle (self->redirect_row, GUM_SIGN_IN_REDIRECT_URI);
}

void
gum_sign_in_form_set_up (GumSignInForm *self,
                         GumSignIn     *sign_in,
                         const char    *vendor_id,
                         const char    *again_id)
{
  gboolean vendor = vendor_id != NULL && *vendor_id != '\0';

  g_return_if_fail (GUM_IS_SIGN_IN_FORM (self));
  g_return_if_fail (GUM_IS_SIGN_IN (sign_in));

  g_set_object (&self->sign_in, sign_in);
  self->vendor_id = vendor ? g_strdup (vendor_id) : NULL;
  if (again_id != NULL)
    adw_action_row_set_subtitle (self->known_row, again_id);
  set_mode (self, again_id != NULL ? MODE_AGAIN : vendor ? MODE_VENDOR : MODE_OWN);
  g_signal_connect_object (sign_in, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
gum_sign_in_form_show_error (GumSignInForm *self,
                             const GError  *error,
                             const GError  *cause)
{
  gboolean is_about_id;

  g_return_if_fail (GUM_IS_SIGN_IN_FORM (self));

  is_about_id = g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_EMPTY) ||
                g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_INVALID_CLIENT) ||
                g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_INVALID_SCOPE) ||
                g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT);

  if (is_about_id && self->mode == MODE_AGAIN)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->id_row), adw_action_row_get_subtitle (self->known_row));
      set_mode (self, MODE_OWN);
    }

  gum_sign_in_error_label_show (self->error, error, cause);
  gum_sign_in_error_label_mark (GTK_WIDGET (self->id_row), is_about_id);
  if (is_about_id && self->mode == MODE_OWN)
    gtk_widget_grab_focus (GTK_WIDGET (self->id_row));
}
