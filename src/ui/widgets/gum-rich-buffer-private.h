/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-rich-buffer.h"

G_BEGIN_DECLS

#define GUM_RICH_DEEPEST_ITEM 8

typedef struct {
  GumRichBlock *origin;  /* as it was read; NULL: made here */
  GumRichBlock *block;   /* as it is, unless dirty; then its kind alone counts */
  gboolean      dirty;
} GumRichLine;

struct _GumRichBuffer
{
  GtkTextBuffer parent_instance;

  GPtrArray    *lines;    /* of GumRichLine */
  GHashTable   *origins;  /* serial → GumRichBlock as it was read */
  GHashTable   *tags;     /* of links and wraps: what they are → GtkTextTag, owned by the table of tags */
  guint         typing;
  GumRichChange change;
  int           busy;     /* text is moved about by the buffer itself */
  gboolean      rtl;
  gboolean      is_content;
  GdkRGBA       link;
};

GumRichLine *gum_rich_buffer_line         (GumRichBuffer     *self,
                                           guint              line);
void         gum_rich_buffer_touch        (GumRichBuffer     *self,
                                           guint              line);
GumRichLine *gum_rich_line_new            (GumRichBlock      *origin,
                                           GumRichBlock      *block);
void         gum_rich_line_free           (gpointer           line);
void         gum_rich_buffer_init_tags    (GumRichBuffer     *self);
void         gum_rich_buffer_dress_line   (GumRichBuffer     *self,
                                           guint              line);
void         gum_rich_buffer_dress_run    (GumRichBuffer     *self,
                                           const GtkTextIter *start,
                                           const GtkTextIter *end,
                                           const GumRichRun  *run);
void         gum_rich_buffer_insert_block (GumRichBuffer     *self,
                                           GtkTextIter       *position,
                                           GumRichBlock      *block);

G_END_DECLS
