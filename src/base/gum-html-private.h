/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  GUM_HTML_TOKEN_TEXT,
  GUM_HTML_TOKEN_START,
  GUM_HTML_TOKEN_END,
} GumHtmlTokenKind;

typedef enum {
  GUM_HTML_TAG_UNKNOWN,
  GUM_HTML_TAG_BOLD,
  GUM_HTML_TAG_ITALIC,
  GUM_HTML_TAG_UNDERLINE,
  GUM_HTML_TAG_STRIKE,
  GUM_HTML_TAG_MONOSPACE,
  GUM_HTML_TAG_LINK,
  GUM_HTML_TAG_BREAK,
  GUM_HTML_TAG_RULE,
  GUM_HTML_TAG_IMAGE,
  GUM_HTML_TAG_HEADING,   /* argument: level */
  GUM_HTML_TAG_BLOCK,
  GUM_HTML_TAG_CELL,
  GUM_HTML_TAG_BULLETS,
  GUM_HTML_TAG_NUMBERS,
  GUM_HTML_TAG_ITEM,
  GUM_HTML_TAG_QUOTE,
  GUM_HTML_TAG_PRE,
  GUM_HTML_TAG_RAW,       /* content is no HTML and not shown */
  GUM_HTML_TAG_HIDDEN,    /* content is HTML and not shown; argument: which */
} GumHtmlTag;

typedef struct {
  const char *start;
  gsize       length;
} GumHtmlSlice;

/* All slices point into the input. */
typedef struct {
  GumHtmlTokenKind  kind;
  GumHtmlTag        tag;
  guint             argument;
  gboolean          closed;   /* written as <x/> */
  gboolean          plain;    /* without attributes */
  gboolean          ragged;   /* a raw element that the input ends in */

  GumHtmlSlice      raw;      /* as it stands in the input; what lies between two tokens is no HTML */
  GumHtmlSlice      name;
  GumHtmlSlice      text;
  GumHtmlSlice      alt;
  GumHtmlSlice      first;    /* the attribute "start" */
  GumHtmlSlice      href;
  GumHtmlSlice      src;
} GumHtmlToken;

typedef struct {
  const char *cursor;
  const char *end;
} GumHtmlTokenizer;

typedef enum {
  GUM_HTML_STYLE_BOLD,
  GUM_HTML_STYLE_ITALIC,
  GUM_HTML_STYLE_UNDERLINE,
  GUM_HTML_STYLE_STRIKE,
  GUM_HTML_STYLE_MONOSPACE,
  GUM_HTML_N_STYLES
} GumHtmlStyle;

typedef struct {
  /* The block under way. */
  GString  *markup;          /* NULL: the text is all that is wanted */
  GString  *text;
  GString  *gap;             /* white space, not yet known to be between two words */
  gboolean  has_ink;
  gboolean  link_written;
  gboolean  written[GUM_HTML_N_STYLES];

  /* What holds from here on. */
  guint     styles[GUM_HTML_N_STYLES];
  guint     pre;
  char     *link;            /* escaped */
  gsize     link_budget;
} GumHtmlWriter;

gboolean  gum_html_tokenizer_next (GumHtmlTokenizer *self,
                                   GumHtmlToken     *token);
gunichar  gum_html_read_entity    (const char      **cursor,
                                   const char       *end);
char     *gum_html_dup_attribute  (GumHtmlSlice      slice);
char     *gum_html_dup_uri        (GumHtmlSlice      slice,
                                   gboolean          is_picture);

void      gum_html_writer_init       (GumHtmlWriter *self,
                                      gsize          input_length,
                                      gboolean       with_markup);
void      gum_html_writer_clear      (GumHtmlWriter *self);
void      gum_html_writer_begin      (GumHtmlWriter *self);
gboolean  gum_html_writer_finish     (GumHtmlWriter *self);
void      gum_html_writer_link       (GumHtmlWriter *self,
                                      const char    *uri);
void      gum_html_writer_space      (GumHtmlWriter *self,
                                      char           space);
void      gum_html_writer_line_break (GumHtmlWriter *self,
                                      guint          at_most);
void      gum_html_writer_text       (GumHtmlWriter *self,
                                      GumHtmlSlice   slice);

G_END_DECLS
