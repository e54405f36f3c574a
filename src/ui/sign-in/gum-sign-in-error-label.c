/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A failure beside the field it is about. A sign-in that was declined is no failure, and is told in a
 * calm colour. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sign-in-error-label.h"

#include "gum-errors.h"
#include "gum-sign-in.h"

struct _GumSignInErrorLabel
{
  AdwBin parent_instance;

  /* Borrowed: in the widget tree */
  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *sentence;

  gboolean   hidden_id;
};

G_DEFINE_FINAL_TYPE (GumSignInErrorLabel, gum_sign_in_error_label, ADW_TYPE_BIN)

static GtkLabel *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static void
gum_sign_in_error_label_class_init (GumSignInErrorLabelClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
gum_sign_in_error_label_init (GumSignInErrorLabel *self)
{
  self->title = create_label ("heading");
  self->sentence = create_label (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (self->box, "gum-message");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->sentence));
  adw_bin_set_child (ADW_BIN (self), self->box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
gum_sign_in_error_label_show (GumSignInErrorLabel *self,
                              const GError        *error,
                              const GError        *cause)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  gboolean calm;

  g_return_if_fail (GUM_IS_SIGN_IN_ERROR_LABEL (self));

  if (error != NULL)
    {
      title = gum_errors_dup_title (error);
      sentence = self->hidden_id ? gum_errors_dup_hidden_id_sentence (error, cause)
                                 : gum_errors_dup_sentence (error, cause);
    }

  calm = g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_DENIED);
  if (calm)
    gtk_widget_remove_css_class (self->box, "error");
  else
    gtk_widget_add_css_class (self->box, "error");

  gtk_label_set_label (self->title, title != NULL ? title : "");
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence != NULL ? sentence : "", -1);
}

void
gum_sign_in_error_label_set_hidden_id (GumSignInErrorLabel *self,
                                       gboolean             hidden_id)
{
  g_return_if_fail (GUM_IS_SIGN_IN_ERROR_LABEL (self));

  self->hidden_id = hidden_id;
}

const char *
gum_sign_in_error_label_get_text (GumSignInErrorLabel *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN_ERROR_LABEL (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_label (self->sentence) : NULL;
}

void
gum_sign_in_error_label_mark (GtkWidget *field,
                              gboolean   wrong)
{
  g_return_if_fail (GTK_IS_WIDGET (field));

  if (wrong)
    gtk_widget_add_css_class (field, "error");
  else
    gtk_widget_remove_css_class (field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
