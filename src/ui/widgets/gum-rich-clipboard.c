/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text to and from other places. What comes from elsewhere is only what is understood of it; within this program a
 * part is moved as it is, so that what is not understood can be moved as well.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-clipboard.h"

#include "gum-rich-commands.h"
#include "gum-section.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_PASTE (4 * 1024 * 1024)

typedef struct
{
  GtkWidget     *view;
  GumRichBuffer *buffer;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->view);
  g_object_unref (paste->buffer);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static Paste *
paste_new (GtkWidget     *view,
           GumRichBuffer *buffer)
{
  Paste *paste = g_new0 (Paste, 1);

  paste->view = g_object_ref (view);
  paste->buffer = g_object_ref (buffer);
  return paste;
}

void
gum_rich_copy (GtkWidget     *view,
               GumRichBuffer *buffer)
{
  g_autoptr (GPtrArray) blocks = gum_rich_dup_selected (buffer);
  g_autoptr (GumRichText) text = gum_rich_text_new ();
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  GdkContentProvider *parts[3];
  gsize length;
  char *html;

  if (blocks->len == 0)
    return;

  for (guint i = 0; i < blocks->len; i++)
    {
      GumRichBlock *block = g_ptr_array_index (blocks, i);
      g_autofree char *words = gum_rich_block_dup_text (block);

      g_ptr_array_add (text->blocks, gum_rich_block_ref (block));
      if (i > 0)
        g_string_append_c (plain, '\n');
      g_string_append (plain, words);
    }
  /* Nodes of content mean nothing elsewhere. */
  if (gum_rich_buffer_is_content (buffer))
    gum_rich_text_sanitise (text);
  html = gum_rich_text_write_html (text, &length);
  bytes = g_bytes_new_take (html, length);

  parts[0] = gdk_content_provider_new_typed (G_TYPE_PTR_ARRAY, blocks);
  parts[1] = gdk_content_provider_new_for_bytes ("text/html", bytes);
  parts[2] = gdk_content_provider_new_typed (G_TYPE_STRING, plain->str);
  provider = gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
  g_object_set_data (G_OBJECT (provider), "gum-is-content",
                     GINT_TO_POINTER (gum_rich_buffer_is_content (buffer)));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (view), provider);
}

void
gum_rich_cut (GtkWidget     *view,
              GumRichBuffer *buffer)
{
  gum_rich_copy (view, buffer);
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (buffer), TRUE, TRUE);
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
}

void
gum_rich_paste_html (GumRichBuffer *buffer,
                     const char    *html,
                     gssize         length)
{
  g_autoptr (GumRichText) text = gum_rich_text_read_html (html, length);

  gum_rich_text_sanitise (text);
  gum_rich_insert_blocks (buffer, text->blocks);
}

/* An address put onto words is where they lead. */
static gboolean
paste_link (GumRichBuffer *buffer,
            const char    *text)
{
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *link = NULL;

  if (!g_str_has_prefix (text, "http://") && !g_str_has_prefix (text, "https://") &&
      !g_str_has_prefix (text, "mailto:"))
    return FALSE;
  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end))
    return FALSE;
  link = gum_rich_dup_link (text);
  if (link == NULL)
    return FALSE;

  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  gum_rich_buffer_set_link (buffer, &start, &end, link);
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
  return TRUE;
}

void
gum_rich_paste_plain (GumRichBuffer *buffer,
                      const char    *text)
{
  g_autoptr (GumRichText) read = NULL;

  if (paste_link (buffer, text))
    return;
  if (gum_rich_get_current (buffer)->kind == GUM_RICH_CODE)
    {
      gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
      gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (buffer), TRUE, TRUE);
      gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (buffer), text, -1);
      gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
      return;
    }
  read = gum_rich_text_read_plain (text);
  gum_rich_insert_blocks (buffer, read->blocks);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GError) error = NULL;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (source);

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      g_debug ("Nothing to paste: %s", error->message);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        gum_section_add_toast (paste->view, _("This is too much to paste at once"));
      return;
    }
  gum_rich_paste_html (paste->buffer, g_memory_output_stream_get_data (memory),
                       g_memory_output_stream_get_data_size (memory));
}

/* No more is read than can be pasted. */
static gpointer
grow (gpointer data,
      gsize    size)
{
  return size <= MAX_PASTE ? g_realloc (data, size) : NULL;
}

static void
html_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL,
                                                               &error);

  if (stream == NULL)
    {
      g_debug ("Nothing to paste: %s", error->message);
      return;
    }
  memory = g_memory_output_stream_new (NULL, 0, grow, g_free);
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, spliced_cb, g_steal_pointer (&paste));
}

static gboolean
has_html (GdkClipboard *clipboard)
{
  return gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/html");
}

static void
read_html (GdkClipboard *clipboard,
           Paste        *paste)
{
  static const char *types[] = { "text/html", NULL };

  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, NULL, html_read_cb, paste);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GError) error = NULL;
  GdkClipboard *clipboard = GDK_CLIPBOARD (source);
  g_autofree char *text = gdk_clipboard_read_text_finish (clipboard, result, &error);

  if (text == NULL)
    g_debug ("Nothing to paste: %s", error != NULL ? error->message : "no text");
  else if (paste_link (paste->buffer, text))
    return;
  else if (has_html (clipboard))
    read_html (clipboard, g_steal_pointer (&paste));
  else
    gum_rich_paste_plain (paste->buffer, text);
}

void
gum_rich_paste (GtkWidget     *view,
                GumRichBuffer *buffer)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (view);
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_PTR_ARRAY);
  if (content != NULL &&
      !g_object_get_data (G_OBJECT (content), "gum-is-content") ==
        !gum_rich_buffer_is_content (buffer) &&
      gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard),
                                         G_TYPE_PTR_ARRAY) &&
      gdk_content_provider_get_value (content, &value, NULL))
    gum_rich_insert_blocks (buffer, g_value_get_boxed (&value));
  else if (has_html (clipboard) && !gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (buffer)))
    read_html (clipboard, paste_new (view, buffer));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, paste_new (view, buffer));
}
