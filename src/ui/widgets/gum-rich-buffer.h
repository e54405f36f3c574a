/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-rich-text.h"

G_BEGIN_DECLS

#define GUM_TYPE_RICH_BUFFER (gum_rich_buffer_get_type ())
G_DECLARE_FINAL_TYPE (GumRichBuffer, gum_rich_buffer, GUM, RICH_BUFFER, GtkTextBuffer)

/* Blocks as a text buffer: a block is a line, a line break in one is U+2028, and behind the last block there is one
 * more empty line that is nobody's, so that even an empty last block has a character to carry its look. */
#define GUM_RICH_BREAK "\342\200\250"

/* Pixels of everything from the side. */
#define GUM_RICH_SIDE 12

/* Levels from which on items are set in no further. */
#define GUM_RICH_STEPS 5

/* What the last change was, for joining changes that are one thing to whoever undoes them. */
typedef enum {
  GUM_RICH_CHANGE_NONE,
  GUM_RICH_CHANGE_LETTER,
  GUM_RICH_CHANGE_SPACE,
  GUM_RICH_CHANGE_ERASE,
  GUM_RICH_CHANGE_OTHER,
} GumRichChange;

GumRichBuffer      *gum_rich_buffer_new          (void);
void                gum_rich_buffer_set_blocks   (GumRichBuffer      *self,
                                                  GPtrArray          *blocks);
/* Blocks that were read before are not needed any more. */
void                gum_rich_buffer_reset        (GumRichBuffer      *self);
GPtrArray          *gum_rich_buffer_dup_blocks   (GumRichBuffer      *self);
guint               gum_rich_buffer_get_n_lines  (GumRichBuffer      *self);
const GumRichBlock *gum_rich_buffer_get_line     (GumRichBuffer      *self,
                                                  guint               line);
void                gum_rich_buffer_set_kind     (GumRichBuffer      *self,
                                                  guint               line,
                                                  GumRichKind         kind,
                                                  guint               level,
                                                  gboolean            numbered);
void                gum_rich_buffer_insert_line  (GumRichBuffer      *self,
                                                  guint               line,
                                                  GumRichBlock       *block);
void                gum_rich_buffer_remove_line  (GumRichBuffer      *self,
                                                  guint               line);
void                gum_rich_buffer_insert_runs  (GumRichBuffer      *self,
                                                  GtkTextIter        *position,
                                                  GPtrArray          *runs);
GPtrArray          *gum_rich_buffer_dup_runs     (GumRichBuffer      *self,
                                                  const GtkTextIter  *start,
                                                  const GtkTextIter  *end);

guint               gum_rich_buffer_get_styles   (GumRichBuffer      *self,
                                                  const GtkTextIter  *at);
gboolean            gum_rich_buffer_has_style    (GumRichBuffer      *self,
                                                  const GtkTextIter  *start,
                                                  const GtkTextIter  *end,
                                                  guint               style);
void                gum_rich_buffer_set_style    (GumRichBuffer      *self,
                                                  const GtkTextIter  *start,
                                                  const GtkTextIter  *end,
                                                  guint               style,
                                                  gboolean            on);
const char         *gum_rich_buffer_get_link     (GumRichBuffer      *self,
                                                  const GtkTextIter  *at);
gboolean            gum_rich_buffer_find_link    (GumRichBuffer      *self,
                                                  GtkTextIter        *start,
                                                  GtkTextIter        *end);
void                gum_rich_buffer_set_link     (GumRichBuffer      *self,
                                                  const GtkTextIter  *start,
                                                  const GtkTextIter  *end,
                                                  const char         *link);

/* Whether what is not understood is nodes of a page of content, and not HTML: the two do not mix. */
void                gum_rich_buffer_set_content  (GumRichBuffer      *self,
                                                  gboolean            is_content);
gboolean            gum_rich_buffer_is_content   (GumRichBuffer      *self);

/* How what is typed next looks. */
void                gum_rich_buffer_set_typing   (GumRichBuffer      *self,
                                                  guint               styles);
guint               gum_rich_buffer_get_typing   (GumRichBuffer      *self);
GumRichChange       gum_rich_buffer_take_change  (GumRichBuffer      *self);

/* What an anchor stands for: a block, or a run of one. */
const GumRichBlock *gum_rich_anchor_get_block    (GtkTextChildAnchor *anchor);
const GumRichRun   *gum_rich_anchor_get_run      (GtkTextChildAnchor *anchor);
void                gum_rich_buffer_set_look     (GumRichBuffer      *self,
                                                  gboolean            rtl,
                                                  int                 step,
                                                  const GdkRGBA      *link,
                                                  const GdkRGBA      *shade);

G_END_DECLS
