/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of content in the editor. It is the same text, read from a tree of nodes instead of HTML; what is not words
 * is a node, and there is no source that a person could edit.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-editor-private.h"

#include "gum-rich-commands.h"

#include <glib/gi18n.h>

void
gum_rich_editor_say_shut (GumRichEditor *self)
{
  gtk_label_set_text (GTK_LABEL (self->remark),
                      _("This page is too long, or has too much in it that cannot be edited here. It "
                        "can be edited at Gumroad."));
}

void
gum_rich_editor_set_content (GumRichEditor *self,
                             JsonNode      *document,
                             GHashTable    *names)
{
  g_return_if_fail (GUM_IS_RICH_EDITOR (self));
  g_return_if_fail (document != NULL);

  gum_rich_buffer_set_content (gum_rich_view_get_buffer (self->view), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->source), FALSE);
  g_clear_pointer (&self->document, json_node_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->document = json_node_copy (document);
  self->names = names != NULL ? g_hash_table_ref (names) : NULL;
  gum_rich_editor_load (self, gum_content_text_read (document, names), NULL);
}

JsonNode *
gum_rich_editor_dup_content (GumRichEditor *self)
{
  g_return_val_if_fail (GUM_IS_RICH_EDITOR (self), NULL);
  g_return_val_if_fail (self->document != NULL, NULL);

  return self->is_shut ? json_node_copy (self->document)
                       : gum_content_text_write (self->now, self->document);
}

/* FALSE: what is in the editor cannot be edited here. */
gboolean
gum_rich_editor_insert_content (GumRichEditor *self,
                                JsonNode      *node,
                                GHashTable    *names)
{
  g_autoptr (JsonArray) nodes = json_array_new ();
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GumRichText) text = NULL;
  GumRichBuffer *buffer;
  GtkTextIter at;

  g_return_val_if_fail (GUM_IS_RICH_EDITOR (self), FALSE);
  g_return_val_if_fail (node != NULL, FALSE);

  if (self->is_shut)
    return FALSE;

  json_array_add_element (nodes, json_node_copy (node));
  document = json_node_init_array (json_node_alloc (), nodes);
  text = gum_content_text_read (document, names);
  /* Below the line, neither into its words nor in place of what is selected. */
  buffer = gum_rich_view_get_buffer (self->view);
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (buffer), &at,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));
  /* Where nobody has put the cursor, at the end. */
  if (gtk_text_iter_is_start (&at))
    gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &at,
                                      gum_rich_buffer_get_n_lines (buffer) - 1);
  if (!gtk_text_iter_ends_line (&at))
    gtk_text_iter_forward_to_line_end (&at);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &at);
  gum_rich_insert_blocks (buffer, text->blocks);

  return TRUE;
}
