/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of a short list:
 *
 *    Title                     value
 *    Subtitle                  state
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-record-row.h"

#include "gum-util.h"

struct _GumRecordRow
{
  GtkWidget  parent_instance;

  /* owned */
  GumRecord *record;
  char      *label;

  /* children */
  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *subtitle;
  GtkLabel  *value;
  GtkLabel  *state;
};

enum {
  OPEN,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumRecordRow, gum_record_row, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

void
gum_record_lines_clear (GumRecordLines *lines)
{
  g_clear_pointer (&lines->title, g_free);
  g_clear_pointer (&lines->subtitle, g_free);
  g_clear_pointer (&lines->value, g_free);
  g_clear_pointer (&lines->state, g_free);
  g_clear_pointer (&lines->sentence, g_free);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumRecordRow *self = GUM_RECORD_ROW (widget);

  if (self->record != NULL)
    g_signal_emit (self, signals[OPEN], 0, self->record);
}

static void
gum_record_row_dispose (GObject *object)
{
  GumRecordRow *self = GUM_RECORD_ROW (object);

  g_clear_object (&self->record);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gum_record_row_parent_class)->dispose (object);
}

static void
gum_record_row_finalize (GObject *object)
{
  g_free (GUM_RECORD_ROW (object)->label);

  G_OBJECT_CLASS (gum_record_row_parent_class)->finalize (object);
}

static void
gum_record_row_class_init (GumRecordRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_record_row_dispose;
  object_class->finalize = gum_record_row_finalize;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_RECORD);
  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recordrow");
}

static GtkLabel *
new_label (float       xalign,
           const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "xalign", xalign,
                                   "ellipsize", PANGO_ELLIPSIZE_END,
                                   "single-line-mode", TRUE,
                                   NULL);

  if (style != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, style);
    }

  return GTK_LABEL (label);
}

static GtkWidget *
new_column (GtkLabel *first,
            GtkLabel *second,
            gboolean  expand)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (column, expand);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (first));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (second));

  return column;
}

static void
gum_record_row_init (GumRecordRow *self)
{
  self->title = new_label (0, NULL);
  self->subtitle = new_label (0, "dim-label");
  self->value = new_label (1, NULL);
  self->state = new_label (1, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "numeric");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (self->box), new_column (self->title, self->subtitle, TRUE));
  gtk_box_append (GTK_BOX (self->box), new_column (self->value, self->state, FALSE));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gum_record_row_new (void)
{
  return g_object_new (GUM_TYPE_RECORD_ROW, NULL);
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

void
gum_record_row_show (GumRecordRow         *self,
                     GumRecord            *record,
                     const GumRecordLines *lines)
{
  GtkWidget *item;

  g_return_if_fail (GUM_IS_RECORD_ROW (self));
  g_return_if_fail (GUM_IS_RECORD (record) && lines != NULL);

  g_set_object (&self->record, record);
  gum_set_str (&self->label, lines->sentence);
  show_text (self->title, lines->title);
  show_text (self->subtitle, lines->subtitle);
  show_text (self->value, lines->value);
  show_text (self->state, lines->state);
  if (lines->is_dim)
    gtk_widget_add_css_class (GTK_WIDGET (self), "over");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "over");

  /* The list's own widget is what gets the focus, and what a screen reader reads. */
  item = gtk_widget_get_parent (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, lines->sentence, -1);
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, lines->sentence, -1);
}

const char *
gum_record_row_get_label (GumRecordRow *self)
{
  g_return_val_if_fail (GUM_IS_RECORD_ROW (self), NULL);

  return self->label;
}
