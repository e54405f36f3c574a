/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message above a form or a list. A screen reader speaks it when it appears. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-notice.h"

#include "gum-errors.h"

struct _GumNotice
{
  GtkWidget  parent_instance;

  /* widgets */
  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *sentence;
  GtkWidget *button;
};

enum {
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumNotice, gum_notice, GTK_TYPE_WIDGET)

static void
clicked_cb (GumNotice *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static GtkLabel *
create_label (GumNotice *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->box), label);

  return GTK_LABEL (label);
}

static void
gum_notice_dispose (GObject *object)
{
  g_clear_pointer (&GUM_NOTICE (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gum_notice_parent_class)->dispose (object);
}

static void
gum_notice_class_init (GumNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_notice_dispose;

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
gum_notice_init (GumNotice *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (self->box, "gum-message");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = create_label (self);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->sentence = create_label (self);
  self->button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->button, 6);
  gtk_box_append (GTK_BOX (self->box), self->button);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
gum_notice_new (void)
{
  return g_object_new (GUM_TYPE_NOTICE, NULL);
}

static void
show (GumNotice  *self,
      const char *title,
      const char *sentence,
      const char *button,
      gboolean    is_error)
{
  if (is_error)
    gtk_widget_add_css_class (self->box, "error");
  else
    gtk_widget_remove_css_class (self->box, "error");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
  gtk_button_set_label (GTK_BUTTON (self->button), button != NULL ? button : "");
  gtk_widget_set_visible (self->button, button != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
gum_notice_show (GumNotice  *self,
                 const char *title,
                 const char *sentence,
                 const char *button)
{
  g_return_if_fail (GUM_IS_NOTICE (self));
  g_return_if_fail (title != NULL && sentence != NULL);

  show (self, title, sentence, button, FALSE);
}

void
gum_notice_show_error (GumNotice    *self,
                       const GError *error,
                       const char   *button)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  g_return_if_fail (GUM_IS_NOTICE (self));

  if (error != NULL)
    {
      title = gum_errors_dup_title (error);
      sentence = gum_errors_dup_sentence (error, NULL);
    }
  /* A cancellation has no words. */
  if (sentence == NULL)
    gum_notice_hide (self);
  else
    show (self, title, sentence, button, TRUE);
}

void
gum_notice_hide (GumNotice *self)
{
  g_return_if_fail (GUM_IS_NOTICE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

const char *
gum_notice_get_text (GumNotice *self)
{
  g_return_val_if_fail (GUM_IS_NOTICE (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (self->sentence) : NULL;
}
