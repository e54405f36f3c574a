/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file on its way, as a row.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-delivery-line.h"

#include "gum-build.h"
#include "gum-errors.h"
#include "gum-time.h"

#include <glib/gi18n.h>

struct _GumDeliveryLine
{
  GtkListBoxRow   parent_instance;

  /* owned */
  GumDelivery    *delivery;
  GumUpload      *upload;        /* the one that is watched */

  /* widgets */
  GtkLabel       *title;
  GtkLabel       *status;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
  GtkWidget      *retry;
  GtkWidget      *discard;

  gboolean        with_product;
};

G_DEFINE_FINAL_TYPE (GumDeliveryLine, gum_delivery_line, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_time_left (gint64 seconds)
{
  if (seconds < 0)
    return NULL;
  if (seconds < 60)
    return g_strdup_printf (ngettext ("%d second left", "%d seconds left", (int) seconds), (int) seconds);
  if (seconds < 60 * 60)
    return g_strdup_printf (ngettext ("%d minute left", "%d minutes left", (int) (seconds + 30) / 60),
                            (int) (seconds + 30) / 60);

  return g_strdup_printf (ngettext ("%d hour left", "%d hours left", (int) (seconds + 1800) / 3600),
                          (int) (seconds + 1800) / 3600);
}

static char *
dup_sending (GumUpload *upload)
{
  g_autofree char *sent = g_format_size (gum_upload_get_sent (upload));
  g_autofree char *total = g_format_size (gum_upload_get_total (upload));
  g_autofree char *rate = g_format_size ((guint64) gum_upload_get_rate (upload));
  g_autofree char *left = dup_time_left (gum_upload_get_time_left (upload));
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: "12 MB of 400 MB" */
  g_string_append_printf (text, _("%1$s of %2$s"), sent, total);
  if (gum_upload_get_rate (upload) > 0)
    {
      g_string_append (text, " · ");
      /* Translators: a rate, "3.1 MB/s" */
      g_string_append_printf (text, _("%s/s"), rate);
    }
  if (left != NULL)
    g_string_append_printf (text, " · %s", left);
  if (gum_upload_is_broken (upload))
    g_string_append_printf (text, "\n%s", _("No connection. It goes on by itself as soon as there is one again."));
  if (gum_upload_is_too_slow (upload))
    g_string_append_printf (text, "\n%s", _("At this rate not all of it can be sent within the 15 minutes that "
                                            "Gumroad gives. It begins again by itself; a faster line helps."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_uploading (GumUpload *upload)
{
  if (upload == NULL)
    return g_strdup (_("Waiting"));

  switch (gum_upload_get_state (upload))
    {
    case GUM_UPLOAD_READING:
      /* Once its size is known, only Gumroad's answer is missing, which may be a pause that it asks for. */
      return g_strdup (gum_upload_get_total (upload) > 0 ? _("Waiting for Gumroad…") : _("Reading the file…"));
    case GUM_UPLOAD_SENDING:
      return dup_sending (upload);
    case GUM_UPLOAD_COMPLETING:
      return g_strdup (_("Gumroad puts it together…"));
    case GUM_UPLOAD_WAITING:
    case GUM_UPLOAD_DONE:
    case GUM_UPLOAD_CANCELLED:
    case GUM_UPLOAD_FAILED:
    case GUM_UPLOAD_UNCLEAR:
    default:
      return g_strdup (_("Waiting for its turn"));
    }
}

static char *
dup_failed (GumDelivery *delivery)
{
  const GError *error = gum_delivery_get_error (delivery);
  char *sentence = error != NULL ? gum_errors_dup_sentence (error, NULL) : NULL;

  if (sentence != NULL)
    return sentence;
  if (gum_delivery_is_uploaded (delivery))
    return g_strdup (_("Gumroad has the file, but it is not in the product. Trying again does not send it anew."));

  return g_strdup (_("It could not be sent. The product is as it was."));
}

static char *
dup_status (GumDelivery *delivery)
{
  switch (gum_delivery_get_state (delivery))
    {
    case GUM_DELIVERY_UPLOADING:
      return dup_uploading (gum_delivery_get_upload (delivery));
    case GUM_DELIVERY_ATTACHING:
      return g_strdup (_("Putting it into the product…"));
    case GUM_DELIVERY_DONE:
      return g_strdup (gum_delivery_is_delivered (delivery)
                       ? _("Done: buyers get it")
                       : _("Attached, but on no page of the content: buyers do not get it yet"));
    case GUM_DELIVERY_CANCELLED:
      return g_strdup (_("Cancelled. The product is as it was."));
    case GUM_DELIVERY_UNCLEAR:
      return g_strdup (_("Nobody heard whether Gumroad has it. Sending it again does no harm: it is never attached "
                         "twice."));
    case GUM_DELIVERY_FAILED:
    default:
      return dup_failed (delivery);
    }
}

/* Beside other products' files, when it was over says which one it is. */
static char *
dup_text (GumDeliveryLine *self)
{
  char *status = dup_status (self->delivery);
  gint64 ended = gum_delivery_get_ended (self->delivery);

  if (self->with_product && ended > 0)
    {
      g_autofree char *plain = status;
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ended);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autofree char *when = gum_time_format_relative (time, now);

      return g_strdup_printf ("%s · %s", when, plain);
    }

  return status;
}

static void
update (GumDeliveryLine *self)
{
  GumDeliveryState state = gum_delivery_get_state (self->delivery);
  g_autofree char *status = dup_text (self);
  g_autofree char *sentence = NULL;
  guint64 total = self->upload != NULL ? gum_upload_get_total (self->upload) : 0;
  gboolean over = gum_delivery_is_over (self->delivery);

  gtk_label_set_text (self->status, status);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !over);
  gtk_progress_bar_set_fraction (self->progress,
                                 state == GUM_DELIVERY_ATTACHING ? 1.0 :
                                 total > 0 ? (double) gum_upload_get_sent (self->upload) / total : 0.0);
  gtk_widget_set_visible (self->cancel, !over);
  gtk_widget_set_visible (self->retry, over && state != GUM_DELIVERY_DONE);
  gtk_widget_set_visible (self->discard, state == GUM_DELIVERY_FAILED || state == GUM_DELIVERY_UNCLEAR);
  if (state == GUM_DELIVERY_FAILED || state == GUM_DELIVERY_UNCLEAR)
    gtk_widget_set_css_classes (GTK_WIDGET (self->status), (const char *[]) { "caption", "error", NULL });
  else
    gtk_widget_set_css_classes (GTK_WIDGET (self->status), (const char *[]) { "caption", "dim-label", NULL });

  sentence = g_strdup_printf ("%s: %s", gtk_label_get_text (self->title), status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
upload_cb (GumDeliveryLine *self)
{
  if (self->upload != NULL)
    g_signal_handlers_disconnect_by_data (self->upload, self);
  g_set_object (&self->upload, gum_delivery_get_upload (self->delivery));
  if (self->upload != NULL)
    g_signal_connect_object (self->upload, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
cancel_cb (GumDeliveryLine *self)
{
  gum_delivery_cancel (self->delivery);
}

static void
retry_cb (GumDeliveryLine *self)
{
  if (gum_delivery_is_over (self->delivery) &&
      gum_delivery_get_state (self->delivery) != GUM_DELIVERY_DONE)
    gum_delivery_retry (self->delivery);
}

static void
discard_response_cb (GumDeliveryLine *self,
                     const char      *response)
{
  if (g_str_equal (response, "discard") && gum_delivery_is_over (self->delivery))
    gum_delivery_discard (self->delivery);
}

/* What Gumroad has of it may have taken hours to get there. */
static void
discard_cb (GumDeliveryLine *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  if (!gum_delivery_is_over (self->delivery))
    return;
  if (!gum_delivery_is_uploaded (self->delivery))
    {
      gum_delivery_discard (self->delivery);
      return;
    }

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Discard the Upload?"),
                                   _("Gumroad has all of the file already, and trying again puts it into the "
                                     "product without sending it anew. Discarded, it has to be uploaded again."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "discard", _("_Discard"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
gum_delivery_line_dispose (GObject *object)
{
  GumDeliveryLine *self = GUM_DELIVERY_LINE (object);

  if (self->upload != NULL)
    g_signal_handlers_disconnect_by_data (self->upload, self);
  g_clear_object (&self->upload);
  g_clear_object (&self->delivery);

  G_OBJECT_CLASS (gum_delivery_line_parent_class)->dispose (object);
}

static void
gum_delivery_line_class_init (GumDeliveryLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_delivery_line_dispose;
}

static GtkWidget *
create_button (GumDeliveryLine *self,
               GtkWidget       *box,
               const char      *icon,
               const char      *label,
               GCallback        clicked)
{
  GtkWidget *button = gum_build_icon_button (icon, label, NULL);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
gum_delivery_line_init (GumDeliveryLine *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (row, "gum-delivery");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (row), box);
  self->title = gum_build_add_label (box, NULL);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"),
                                  -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  self->status = gum_build_add_label (box, "caption");
  self->cancel = create_button (self, row, "process-stop-symbolic", _("Cancel"), G_CALLBACK (cancel_cb));
  self->retry = create_button (self, row, "view-refresh-symbolic", _("Try Again"), G_CALLBACK (retry_cb));
  self->discard = create_button (self, row, "user-trash-symbolic", _("Discard"), G_CALLBACK (discard_cb));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), row);
}

GtkWidget *
gum_delivery_line_new (GumDelivery *delivery,
                       gboolean     with_product)
{
  GumDeliveryLine *self = g_object_new (GUM_TYPE_DELIVERY_LINE, NULL);
  g_autofree char *base = g_file_get_basename (gum_delivery_get_file (delivery));
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *both = NULL;

  self->delivery = g_object_ref (delivery);
  self->with_product = with_product;
  /* Translators: a file and the product that gets it */
  if (with_product && gum_delivery_get_label (delivery) != NULL)
    both = g_strdup_printf (_("%1$s for “%2$s”"), name, gum_delivery_get_label (delivery));
  gtk_label_set_text (self->title, both != NULL ? both : name);
  g_signal_connect_object (delivery, "notify::upload", G_CALLBACK (upload_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (delivery, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  upload_cb (self);

  return GTK_WIDGET (self);
}

GumDelivery *
gum_delivery_line_get_delivery (GumDeliveryLine *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY_LINE (self), NULL);

  return self->delivery;
}
