/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Some lines of plain text in a form.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-form-text.h"

#include <glib/gi18n.h>

struct _GumFormText
{
  GtkBox       parent_instance;

  /* children */
  GtkTextView *view;
  GtkLabel    *count;

  guint        max_length;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumFormText, gum_form_text, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static guint
get_length (GumFormText *self)
{
  return (guint) gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->view));
}

static void
changed_cb (GumFormText *self)
{
  guint length = get_length (self);
  g_autofree char *text = NULL;

  if (self->max_length > 0)
    {
      text = g_strdup_printf (_("%u of %u characters"), length, self->max_length);
      gtk_label_set_text (self->count, text);
      if (gum_form_text_is_too_long (self))
        gtk_widget_add_css_class (GTK_WIDGET (self->count), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->count), "error");
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
gum_form_text_class_init (GumFormTextClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_form_text_init (GumFormText *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
gum_form_text_new (const char *title,
                   guint       max_length)
{
  GumFormText *self = g_object_new (GUM_TYPE_FORM_TEXT, NULL);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0f, NULL);
  GtkWidget *scroller;

  self->max_length = max_length;
  gtk_widget_add_css_class (heading, "heading");
  self->view = g_object_new (GTK_TYPE_TEXT_VIEW,
                             "wrap-mode", GTK_WRAP_WORD_CHAR,
                             "accepts-tab", FALSE,
                             "top-margin", 9,
                             "bottom-margin", 9,
                             "left-margin", 12,
                             "right-margin", 12,
                             NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                           "hscrollbar-policy", GTK_POLICY_NEVER,
                           "min-content-height", 110,
                           "max-content-height", 260,
                           "child", self->view,
                           NULL);
  gtk_widget_add_css_class (scroller, "card");
  self->count = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0f, "visible", max_length > 0, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), scroller);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->count));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);

  return GTK_WIDGET (self);
}

void
gum_form_text_set_text (GumFormText *self,
                        const char  *text)
{
  g_return_if_fail (GUM_IS_FORM_TEXT (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text != NULL ? text : "", -1);
}

char *
gum_form_text_dup_text (GumFormText *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (GUM_IS_FORM_TEXT (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

gboolean
gum_form_text_is_too_long (GumFormText *self)
{
  g_return_val_if_fail (GUM_IS_FORM_TEXT (self), FALSE);

  return self->max_length > 0 && get_length (self) > self->max_length;
}
