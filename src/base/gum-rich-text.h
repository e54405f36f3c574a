/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* contract: a text that can be edited without loss: what is understood is blocks and runs, what is not is
 * kept as it came and can be moved or removed, not altered. Everything here is immutable once it is made, so
 * blocks are shared freely: an edit replaces a block by another. */
typedef enum {
  GUM_RICH_PARAGRAPH,
  GUM_RICH_HEADING,      /* level 1–6 */
  GUM_RICH_ITEM,         /* level = depth from 1 */
  GUM_RICH_QUOTE,
  GUM_RICH_CODE,         /* one block, with its line breaks */
  GUM_RICH_RULE,
  GUM_RICH_PICTURE,      /* uri, alt */
  GUM_RICH_OPAQUE,       /* not understood; label says what it is called */
} GumRichKind;

typedef enum {
  GUM_RICH_BOLD      = 1 << 0,
  GUM_RICH_ITALIC    = 1 << 1,
  GUM_RICH_UNDERLINE = 1 << 2,
  GUM_RICH_STRIKE    = 1 << 3,
  GUM_RICH_MONOSPACE = 1 << 4,
} GumRichStyles;

/* A piece of a block's text that looks the same throughout. */
typedef struct {
  char  *text;      /* a line break is "\n" */
  guint  styles;
  char  *link;      /* http, https or mailto */
  char  *link_open; /* how the link was written, if it was */
  char  *wrap;      /* what is around it and not understood, in the words of the format */
  char  *opaque;    /* not text but something not understood, in the words of the format; text is its label */
  char  *uri;       /* of an opaque one that is a picture */
} GumRichRun;

/* A tag, or a node of a content document, that a block stands in. */
typedef struct _GumRichElement GumRichElement;

typedef struct {
  GumRichKind  kind;
  guint        level;
  gboolean     numbered;   /* an item of a numbered list */
  gboolean     continued;  /* a further paragraph of the item before it */
  GPtrArray   *runs;       /* of GumRichRun; empty for what has no text */

  char        *label;      /* OPAQUE */
  char        *uri;        /* PICTURE */
  char        *alt;        /* PICTURE */

  /* Where it comes from. */
  guint64      serial;     /* 0: from nowhere; else of the text that was read, and its place in it */
  GPtrArray   *path;       /* of GumRichElement, outermost first; NULL: as its kind wants */
  GPtrArray   *home;       /* the path it had when it was of another kind */
  GBytes      *lead;       /* what stood between it and the block before */
  GBytes      *source;     /* HTML as it was written; NULL: to be written anew */
  GType        node_type;  /* of node, a boxed type */
  gpointer     node;       /* the node of a content document as it was; NULL: to be made anew */
  char        *closer;     /* needed behind it if something else follows than did */
  gboolean     ragged;     /* the same, but it must be written anew */
  gboolean     unclosed;   /* nothing can follow it */
} GumRichBlock;

typedef struct {
  GPtrArray *blocks;       /* of GumRichBlock */
  GBytes    *tail;         /* what stood behind the last block */
  guint64    last;         /* serial of the last block */
} GumRichText;

GumRichRun   *gum_rich_run_new          (const char         *text,
                                         guint               styles,
                                         const char         *link);
void          gum_rich_run_free         (GumRichRun         *self);
gboolean      gum_rich_run_is_alike     (const GumRichRun   *self,
                                         const GumRichRun   *other);

GumRichBlock *gum_rich_block_new        (GumRichKind         kind,
                                         guint               level,
                                         gboolean            numbered);
GumRichBlock *gum_rich_block_ref        (GumRichBlock       *self);
void          gum_rich_block_unref      (GumRichBlock       *self);
gboolean      gum_rich_block_is_equal   (const GumRichBlock *self,
                                         const GumRichBlock *other);
gboolean      gum_rich_block_has_text   (const GumRichBlock *self);
GumRichBlock *gum_rich_block_rewrite    (GumRichBlock       *self,
                                         GumRichKind         kind,
                                         guint               level,
                                         gboolean            numbered,
                                         GPtrArray          *runs);
GumRichBlock *gum_rich_block_detach     (const GumRichBlock *self);
char         *gum_rich_block_dup_text   (const GumRichBlock *self);
gconstpointer gum_rich_block_get_list   (const GumRichBlock *self,
                                         guint              *first);

GPtrArray    *gum_rich_blocks_new       (void);
GPtrArray    *gum_rich_runs_new         (void);
void          gum_rich_runs_add         (GPtrArray          *runs,
                                         GumRichRun         *run);

GumRichText  *gum_rich_text_new         (void);
void          gum_rich_text_free        (GumRichText        *self);
gboolean      gum_rich_text_is_equal    (const GumRichText  *self,
                                         const GumRichText  *other);

GumRichText  *gum_rich_text_read_html   (const char         *html,
                                         gssize              length);
GumRichText  *gum_rich_text_read_plain  (const char         *text);
char         *gum_rich_text_write_html  (const GumRichText  *self,
                                         gsize              *length);
void          gum_rich_text_sanitise    (GumRichText        *self);
char         *gum_rich_dup_link         (const char         *typed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRichRun, gum_rich_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRichBlock, gum_rich_block_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRichText, gum_rich_text_free)

G_END_DECLS
