/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture on its way to Gumroad. It is looked at first; a thumbnail that is not square is offered to be
 * cut. When the page goes meanwhile, what is being sent is sent to the end.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-cover-upload.h"

#include "gum-crop-dialog.h"
#include "gum-error.h"
#include "gum-notice.h"
#include "gum-section.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GumCoverUpload
{
  GtkListBoxRow   parent_instance;

  /* owned */
  GumCovers      *covers;
  GumArtwork     *artwork;
  GCancellable   *cancellable;
  GtkWidget      *place;       /* weak: the window's toasts; NULL: it was never shown */

  /* widgets */
  GtkLabel       *name;
  GtkLabel       *stage;
  GtkProgressBar *bar;
  GtkWidget      *cancel;
  GumNotice      *notice;
  GtkWindow      *dialog;      /* weak */

  gboolean        as_thumbnail;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCoverUpload, gum_cover_upload, GTK_TYPE_LIST_BOX_ROW)

static void
say (GumCoverUpload *self,
     const char     *stage)
{
  gtk_label_set_text (self->stage, stage);
}

static void
name (GumCoverUpload *self,
      const char     *text)
{
  gtk_label_set_text (self->name, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
leave (GumCoverUpload *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

/* The page was left meanwhile: the window says it. FALSE: it was not. */
static gboolean
tell_window (GumCoverUpload *self,
             gboolean        is_unclear)
{
  const char *words = gtk_label_get_text (self->name);
  g_autofree char *text = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL || self->place == NULL)
    return FALSE;

  text = is_unclear ? g_strdup_printf (_("Whether Gumroad has “%s” is not known"), words)
                    : g_strdup_printf (_("“%s” could not be added"), words);
  gum_section_add_toast (self->place, text);

  return TRUE;
}

static void
fail (GumCoverUpload *self,
      const GError   *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      leave (self);
      return;
    }
  if (tell_window (self, g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->stage), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    gum_notice_show (self->notice, _("Outcome Unknown"),
                     _("The connection broke before Gumroad’s answer came. The product was read again: if "
                       "the picture is shown here, it is there. It is not sent again by itself."),
                     _("_Dismiss"));
  else
    gum_notice_show_error (self->notice, error, _("_Dismiss"));
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GumCoverUpload) self = data;
  g_autoptr (GError) error = NULL;

  if (gum_covers_finish (GUM_COVERS (source), result, &error))
    leave (self);
  else
    fail (self, error);
}

static void
progress_cb (goffset  sent,
             goffset  total,
             gpointer data)
{
  GumCoverUpload *self = data;

  gtk_progress_bar_set_fraction (self->bar, (double) sent / MAX (total, 1));
  if (sent >= total)
    say (self, _("Finishing…"));
}

static void
send (GumCoverUpload *self)
{
  say (self, _("Uploading…"));
  gum_covers_add_async (self->covers, self->artwork, self->as_thumbnail, progress_cb, self,
                        self->cancellable, added_cb, g_object_ref (self));
}

static void read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data);

static void
chosen_cb (GumCropDialog  *dialog,
           gboolean        chosen,
           GumCoverUpload *self)
{
  int x, y, side;

  if (!chosen)
    {
      leave (self);
      return;
    }
  gum_crop_dialog_get (dialog, &x, &y, &side);
  say (self, _("Preparing…"));
  gum_artwork_crop_async (self->artwork, x, y, side, self->cancellable, read_cb, g_object_ref (self));
}

static void
offer_crop (GumCoverUpload *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  /* The page has gone: nobody is there to be asked. */
  if (root == NULL)
    {
      tell_window (self, FALSE);
      leave (self);
      return;
    }
  say (self, _("Waiting for the square to be chosen"));
  dialog = gum_crop_dialog_new (GTK_WINDOW (root), self->artwork);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GumCoverUpload) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GumArtwork) artwork = gum_artwork_finish (result, &error);

  if (artwork == NULL)
    {
      fail (self, error);
      return;
    }
  g_set_object (&self->artwork, artwork);
  if (!self->as_thumbnail || gum_artwork_check_thumbnail (artwork, &error))
    send (self);
  else if (g_error_matches (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_NOT_SQUARE) ||
           g_error_matches (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE))
    offer_crop (self);
  else
    fail (self, error);
}

static void
encode_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      texture,
                  GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (texture), (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GumCoverUpload *self = GUM_COVER_UPLOAD (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (bytes == NULL)
    fail (self, error);
  else
    gum_artwork_take_async (bytes, _("Picture"), self->cancellable, read_cb, g_object_ref (self));
}

static void
gum_cover_upload_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_cover_upload_parent_class)->root (widget);

  g_set_weak_pointer (&GUM_COVER_UPLOAD (widget)->place,
                      gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY));
}

static void
gum_cover_upload_dispose (GObject *object)
{
  GumCoverUpload *self = GUM_COVER_UPLOAD (object);

  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->artwork);
  g_clear_object (&self->covers);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->place);

  G_OBJECT_CLASS (gum_cover_upload_parent_class)->dispose (object);
}

static void
gum_cover_upload_class_init (GumCoverUploadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_cover_upload_dispose;
  GTK_WIDGET_CLASS (klass)->root = gum_cover_upload_root;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_cover_upload_init (GumCoverUpload *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->cancellable = g_cancellable_new ();
  self->name = GTK_LABEL (gtk_label_new (NULL));
  self->stage = GTK_LABEL (gtk_label_new (_("Preparing…")));
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  self->notice = GUM_NOTICE (gum_notice_new ());

  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_xalign (self->stage, 0);
  gtk_label_set_ellipsize (self->stage, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->stage), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->stage), "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->cancel, "flat");
  gtk_widget_set_tooltip_text (self->cancel, _("Cancel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Cancel the upload"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("How much has been uploaded"), -1);
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (gum_cover_upload_cancel), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notice, "activated", G_CALLBACK (leave), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->stage));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), self->cancel);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_widget_add_css_class (box, "gum-cover-upload");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
gum_cover_upload_new (GumCovers *covers,
                      gboolean   as_thumbnail)
{
  GumCoverUpload *self = g_object_new (GUM_TYPE_COVER_UPLOAD, NULL);

  self->covers = g_object_ref (covers);
  self->as_thumbnail = as_thumbnail;

  return GTK_WIDGET (self);
}

void
gum_cover_upload_begin_file (GumCoverUpload *self,
                             GFile          *file)
{
  g_autofree char *base = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (GUM_IS_COVER_UPLOAD (self));
  g_return_if_fail (G_IS_FILE (file));

  base = g_file_get_basename (file);
  shown = g_filename_display_name (base != NULL ? base : "");
  name (self, shown);
  gum_artwork_read_async (file, self->cancellable, read_cb, g_object_ref (self));
}

void
gum_cover_upload_begin_texture (GumCoverUpload *self,
                                GdkTexture     *texture)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GUM_IS_COVER_UPLOAD (self));
  g_return_if_fail (GDK_IS_TEXTURE (texture));

  name (self, _("Picture"));
  task = g_task_new (self, self->cancellable, encoded_cb, NULL);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, encode_in_thread);
}

void
gum_cover_upload_begin_address (GumCoverUpload *self,
                                const char     *address)
{
  g_return_if_fail (GUM_IS_COVER_UPLOAD (self));
  g_return_if_fail (address != NULL);

  name (self, address);
  say (self, _("Gumroad fetches it…"));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gum_covers_add_address_async (self->covers, address, self->as_thumbnail, self->cancellable, added_cb,
                                g_object_ref (self));
}

void
gum_cover_upload_cancel (GumCoverUpload *self)
{
  g_return_if_fail (GUM_IS_COVER_UPLOAD (self));

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_close (self->dialog);
}

const char *
gum_cover_upload_get_failure (GumCoverUpload *self)
{
  g_return_val_if_fail (GUM_IS_COVER_UPLOAD (self), NULL);

  return gum_notice_get_text (self->notice);
}

/* --- whatever comes --------------------------------------------------------------------------- */

static void
done_cb (GtkListBox *list,
         GtkWidget  *upload)
{
  if (gtk_widget_get_parent (upload) == GTK_WIDGET (list))
    gtk_list_box_remove (list, upload);
}

static GumCoverUpload *
append (GtkListBox *list,
        GumCovers  *covers,
        gboolean    as_thumbnail)
{
  GtkWidget *upload = gum_cover_upload_new (covers, as_thumbnail);

  g_signal_connect_object (upload, "done", G_CALLBACK (done_cb), list, G_CONNECT_SWAPPED);
  gtk_list_box_append (list, upload);

  return GUM_COVER_UPLOAD (upload);
}

static void
begin_file (GumCoverUpload *upload,
            GFile          *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  /* What is dragged out of a browser. */
  if (g_str_has_prefix (uri, "http://") || g_str_has_prefix (uri, "https://"))
    gum_cover_upload_begin_address (upload, uri);
  else
    gum_cover_upload_begin_file (upload, file);
}

/* Text may name a file of this machine; otherwise it is an address, or is found out not to be one. */
static void
begin_text (GumCoverUpload *upload,
            const char     *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  g_autoptr(GFile) file = NULL;

  g_strstrip (line);
  if (g_str_has_prefix (line, "file://"))
    file = g_file_new_for_uri (line);
  if (file != NULL)
    begin_file (upload, file);
  else
    gum_cover_upload_begin_address (upload, line);
}

gboolean
gum_cover_upload_take (GtkListBox   *list,
                       GumCovers    *covers,
                       gboolean      as_thumbnail,
                       const GValue *value)
{
  g_return_val_if_fail (GTK_IS_LIST_BOX (list) && GUM_IS_COVERS (covers), FALSE);

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l != NULL; l = as_thumbnail ? NULL : l->next)
        begin_file (append (list, covers, as_thumbnail), l->data);

      return files != NULL;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value) != NULL)
    {
      gum_cover_upload_begin_texture (append (list, covers, as_thumbnail), g_value_get_object (value));

      return TRUE;
    }
  if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    {
      begin_text (append (list, covers, as_thumbnail), g_value_get_string (value));

      return TRUE;
    }

  return FALSE;
}
