/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the pictures of a product come from: the clipboard, files, an address, a drop. Covers and thumbnail are
 * brought in the same ways.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-picture-source.h"

#include "gum-artwork.h"
#include "gum-section.h"

#include <glib/gi18n.h>

#define CHOOSER "gum-picture-chooser"

/* What an owner has asked for and not got yet. */
typedef struct
{
  GtkWidget            *owner;     /* weak */
  GumPictureSourceTake  take;

  GtkFileChooserNative *chooser;   /* owned */
  GtkWidget            *entry;     /* in the dialog that keeps the request */
} Request;

static Request *
request_new (GtkWidget            *owner,
             GumPictureSourceTake  take)
{
  Request *request = g_new0 (Request, 1);

  g_set_weak_pointer (&request->owner, owner);
  request->take = take;

  return request;
}

static void
request_free (Request *request)
{
  g_clear_weak_pointer (&request->owner);
  g_clear_object (&request->chooser);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static gboolean
take (Request      *request,
      const GValue *value)
{
  return request->owner != NULL && gtk_widget_get_root (request->owner) != NULL &&
         request->take (request->owner, value);
}

/* --- clipboard -------------------------------------------------------------------------------- */

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(Request) request = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    take (request, value);
}

void
gum_picture_source_paste (GtkWidget            *owner,
                          GumPictureSourceTake  take_one)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (owner);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  const GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE, G_TYPE_STRING };
  g_autoptr(GdkContentFormats) readable = gdk_content_formats_union_deserialize_gtypes (
    gdk_content_formats_ref (formats));

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (!gdk_content_formats_contain_gtype (readable, types[i]))
        continue;
      gdk_clipboard_read_value_async (clipboard, types[i], G_PRIORITY_DEFAULT, NULL, pasted_cb,
                                      request_new (owner, take_one));
      return;
    }
  gum_section_add_toast (owner, _("There is no picture and no address in the clipboard"));
}

/* --- files ------------------------------------------------------------------------------------ */

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           GtkWidget       *owner)
{
  g_autoptr(Request) request = g_object_steal_data (G_OBJECT (owner), CHOOSER);
  g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  g_auto(GValue) value = G_VALUE_INIT;
  GSList *list = NULL;

  if (response != GTK_RESPONSE_ACCEPT || request == NULL)
    return;
  for (guint i = g_list_model_get_n_items (files); i > 0; i--)
    list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (list));
  g_slist_free_full (list, g_object_unref);
  take (request, &value);
}

void
gum_picture_source_choose (GtkWidget            *owner,
                           const char           *title,
                           gboolean              many,
                           GumPictureSourceTake  take_one)
{
  Request *request = request_new (owner, take_one);
  GtkRoot *root = gtk_widget_get_root (owner);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();
  GtkFileChooser *chooser;

  request->chooser = gtk_file_chooser_native_new (title,
                                                  GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                  GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"),
                                                  _("_Cancel"));
  chooser = GTK_FILE_CHOOSER (request->chooser);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (chooser, many);
  gtk_file_filter_set_name (filter, many ? _("Pictures and videos") : _("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  if (many)
    gtk_file_filter_add_mime_type (filter, "video/*");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, filter);
  gtk_file_chooser_add_filter (chooser, all);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), owner, 0);
  /* It goes with its owner, and one that is still open when another is asked for. */
  g_object_set_data_full (G_OBJECT (owner), CHOOSER, request, (GDestroyNotify) request_free);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- an address ------------------------------------------------------------------------------- */

static void
address_response_cb (GtkWidget  *dialog,
                     const char *response,
                     Request    *request)
{
  g_auto(GValue) value = G_VALUE_INIT;

  if (!g_str_equal (response, "add"))
    return;
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, gtk_editable_get_text (GTK_EDITABLE (request->entry)));
  take (request, &value);
}

static void
address_changed_cb (GtkWidget *entry,
                    GtkWidget *dialog)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "add",
                                           gum_artwork_check_address (text, NULL));
}

void
gum_picture_source_ask (GtkWidget            *owner,
                        const char           *words,
                        const char           *label,
                        GumPictureSourceTake  take_one)
{
  Request *request = request_new (owner, take_one);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Add From an Address"), words);

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_URL);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  g_object_set (entry, "placeholder-text", "https://", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  request->entry = entry;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "add",
                                    _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "add", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (address_changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (address_response_cb), request,
                         (GClosureNotify) (GCallback) request_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- a drop ----------------------------------------------------------------------------------- */

void
gum_picture_source_add_drop (GtkWidget            *widget,
                             GtkWidget            *owner,
                             GumPictureSourceTake  take_one)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_data (target, "drop", G_CALLBACK (take), request_new (owner, take_one),
                         (GClosureNotify) (GCallback) request_free, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
