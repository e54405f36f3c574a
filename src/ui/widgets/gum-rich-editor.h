/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "gum-pictures.h"
#include "gum-rich-view.h"

G_BEGIN_DECLS

#define GUM_TYPE_RICH_EDITOR (gum_rich_editor_get_type ())
G_DECLARE_FINAL_TYPE (GumRichEditor, gum_rich_editor, GUM, RICH_EDITOR, GtkBox)

/* contract: HTML that a person edits without losing what the editor does not know.
 * Properties (notify): "html" (read, write), "modified" (since it was set), "source-mode", "can-undo", "can-redo".
 * Signal "changed": the person changed the text. Setting "html" is no change and cannot be undone; setting what is
 * there already does nothing. Without an edit what is got is what was set, byte for byte.
 * Signal "step": before a "changed" that is another thing to undo than the one before. */
GtkWidget   *gum_rich_editor_new             (void);
void         gum_rich_editor_set_html        (GumRichEditor *self,
                                              const char    *html);
const char  *gum_rich_editor_get_html        (GumRichEditor *self);
/* Edits a page of content instead of HTML, from the beginning: what was edited before is not undone any more.
 * names (nullable): what files are called, by id. */
void         gum_rich_editor_set_content     (GumRichEditor *self,
                                              JsonNode      *document,
                                              GHashTable    *names);
/* Returns (transfer full): the document as it is now; without an edit equal to what was set. */
JsonNode    *gum_rich_editor_dup_content     (GumRichEditor *self);
/* Puts a node below the line of the cursor, which the person can undo. names: as above, of the node's file. FALSE:
 * nothing can be edited. */
gboolean     gum_rich_editor_insert_content  (GumRichEditor *self,
                                              JsonNode      *node,
                                              GHashTable    *names);
gboolean     gum_rich_editor_get_modified    (GumRichEditor *self);
/* From where pictures on Gumroad's own hosts are got; without, none is shown. */
void         gum_rich_editor_set_pictures    (GumRichEditor *self,
                                              GumPictures   *pictures);
/* What the text is, for who cannot see it: "Description". */
void         gum_rich_editor_set_label       (GumRichEditor *self,
                                              const char    *label);
void         gum_rich_editor_undo            (GumRichEditor *self);
void         gum_rich_editor_redo            (GumRichEditor *self);
void         gum_rich_editor_set_source_mode (GumRichEditor *self,
                                              gboolean       source_mode);
gboolean     gum_rich_editor_get_source_mode (GumRichEditor *self);
GumRichView *gum_rich_editor_get_view        (GumRichEditor *self);

G_END_DECLS
