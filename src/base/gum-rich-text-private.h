/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-html-private.h"
#include "gum-rich-text.h"

G_BEGIN_DECLS

typedef enum {
  GUM_RICH_ELEMENT_FRAME,  /* says nothing of its own: <div>, <section> */
  GUM_RICH_ELEMENT_QUOTE,
  GUM_RICH_ELEMENT_LIST,
  GUM_RICH_ELEMENT_ITEM,
  GUM_RICH_ELEMENT_LEAF,   /* holds the text of one block */
} GumRichRole;

struct _GumRichElement {
  GumRichRole  role;
  char        *name;       /* the tag's */
  char        *open;       /* the tag as it is written */
  gboolean     numbered;   /* LIST */
  guint        first;      /* LIST: its first number */

  GType        node_type;  /* of node, a boxed type */
  gpointer     node;       /* what it was in a content document */
};

/* A piece of HTML: a tag, a text, or something that is neither. */
typedef struct {
  GumHtmlToken token;
  guint        end;        /* a start tag: the first piece behind the element's content */
  gboolean     other;      /* a comment, a declaration, a tag that the input ends in */
  gboolean     unclosed;   /* nothing can follow it */
  gboolean     ended;      /* a start tag: end is its own end tag; an end tag: it ends something */
  gboolean     has_blocks; /* a start tag: something in it is a block */
  gboolean     is_void;    /* a start tag: has no content */
} GumRichPiece;

GumRichElement *gum_rich_element_new    (GumRichRole           role,
                                         const char           *name,
                                         const char           *open,
                                         gssize                length);
GumRichElement *gum_rich_element_ref    (GumRichElement       *self);
void            gum_rich_element_unref  (GumRichElement       *self);
GPtrArray      *gum_rich_path_new       (void);
GPtrArray      *gum_rich_path_copy      (GPtrArray            *path,
                                         guint                 length);
gboolean        gum_rich_path_is_bare   (GPtrArray            *path);
guint           gum_rich_path_shared    (GPtrArray            *path,
                                         GPtrArray            *other);

guint64         gum_rich_next_serial    (void);

GArray         *gum_rich_pieces_read    (const char           *html,
                                         gsize                 length);
gboolean        gum_rich_piece_is       (const GumRichPiece   *self,
                                         const char           *name);
char           *gum_rich_pieces_dup_closer (GArray             *pieces,
                                         guint                 at);
gboolean        gum_rich_piece_is_element (const GumRichPiece *self);
gboolean        gum_rich_piece_is_block (const GumRichPiece   *self);
gboolean        gum_rich_piece_is_inline (const GumRichPiece  *self);
GumRichStyles   gum_rich_piece_style    (const GumRichPiece   *self);

void            gum_rich_read_runs      (GumRichBlock         *block,
                                         GArray               *pieces,
                                         guint                 start,
                                         guint                 end);

GPtrArray      *gum_rich_text_plan      (const GumRichText    *self,
                                         GPtrArray            *blocks);
gboolean        gum_rich_block_follows  (const GumRichBlock   *self,
                                         const GumRichBlock   *previous);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRichElement, gum_rich_element_unref)

G_END_DECLS
