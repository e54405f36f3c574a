/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which square of a picture becomes the thumbnail: where it is, and how large. It cannot be made smaller
 * than Gumroad takes.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-crop-dialog.h"

#include "gum-crop-view.h"

#include <glib/gi18n.h>

struct _GumCropDialog
{
  AdwWindow    parent_instance;

  /* widgets */
  GumCropView *view;
  GtkRange    *size;

  gboolean     is_done;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCropDialog, gum_crop_dialog, ADW_TYPE_WINDOW)

static void
finish (GumCropDialog *self,
        gboolean       chosen)
{
  if (self->is_done)
    return;
  self->is_done = TRUE;
  g_signal_emit (self, signals[DONE], 0, chosen);
}

static gboolean
close_request_cb (GumCropDialog *self)
{
  finish (self, FALSE);

  return GDK_EVENT_PROPAGATE;
}

static void
use_cb (GumCropDialog *self)
{
  finish (self, TRUE);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
size_cb (GumCropDialog *self)
{
  gum_crop_view_set_side (self->view, (int) gtk_range_get_value (self->size));
}

static void
gum_crop_dialog_class_init (GumCropDialogClass *klass)
{
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gum_crop_dialog_init (GumCropDialog *self)
{
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

static GtkWidget *
create_header (GumCropDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *use = gtk_button_new_with_mnemonic (_("_Use"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (use, "suggested-action");
  g_signal_connect_object (use, "clicked", G_CALLBACK (use_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), use);
  gtk_window_set_default_widget (GTK_WINDOW (self), use);

  return header;
}

static GtkWidget *
create_size (GumCropDialog *self,
             GumArtwork    *artwork)
{
  int most = MIN (gum_artwork_get_width (artwork), gum_artwork_get_height (artwork));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Size"));
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, GUM_ARTWORK_MIN_THUMBNAIL,
                                               MAX (most, GUM_ARTWORK_MIN_THUMBNAIL + 1), 10);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), scale);
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_range_set_value (GTK_RANGE (scale), most);
  gtk_widget_set_sensitive (scale, most > GUM_ARTWORK_MIN_THUMBNAIL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Size of the square"), -1);
  g_signal_connect_object (scale, "value-changed", G_CALLBACK (size_cb), self, G_CONNECT_SWAPPED);
  self->size = GTK_RANGE (scale);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), scale);

  return box;
}

GtkWidget *
gum_crop_dialog_new (GtkWindow  *parent,
                     GumArtwork *artwork)
{
  GumCropDialog *self = g_object_new (GUM_TYPE_CROP_DIALOG,
                                      "title", _("Choose the Square"),
                                      "modal", TRUE,
                                      "transient-for", parent,
                                      "default-width", 480,
                                      "default-height", 520,
                                      NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->view = GUM_CROP_VIEW (gum_crop_view_new (artwork));
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_add_css_class (content, "gum-crop");
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (content), create_size (self, artwork));
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->view));

  return GTK_WIDGET (self);
}

void
gum_crop_dialog_get (GumCropDialog *self,
                     int           *x,
                     int           *y,
                     int           *side)
{
  g_return_if_fail (GUM_IS_CROP_DIALOG (self));

  gum_crop_view_get (self->view, x, y, side);
}
