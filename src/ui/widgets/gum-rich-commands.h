/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-rich-buffer.h"

G_BEGIN_DECLS

/* What a person does to a text. Each is one thing to undo; those that return something say whether there was
 * anything to do. */
void     gum_rich_toggle_style   (GumRichBuffer *buffer,
                                  guint          style);
void     gum_rich_turn           (GumRichBuffer *buffer,
                                  GumRichKind    kind,
                                  guint          level,
                                  gboolean       numbered);
gboolean gum_rich_indent         (GumRichBuffer *buffer,
                                  int            by);
gboolean gum_rich_break_line     (GumRichBuffer *buffer,
                                  gboolean       softly);
gboolean gum_rich_erase_back     (GumRichBuffer *buffer);
gboolean gum_rich_erase_forward  (GumRichBuffer *buffer);
void     gum_rich_move_line      (GumRichBuffer *buffer,
                                  int            by);
void     gum_rich_insert_blocks  (GumRichBuffer *buffer,
                                  GPtrArray     *blocks);
GPtrArray *gum_rich_dup_selected (GumRichBuffer *buffer);

/* The line that the cursor is in. */
const GumRichBlock *gum_rich_get_current (GumRichBuffer *buffer);

G_END_DECLS
