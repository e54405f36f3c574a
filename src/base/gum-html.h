/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* contract: a description's HTML as blocks that a window can show. Nothing is executed or fetched;
 * whatever is not known is shown as its text. Any bytes are fine as input; work and memory are linear in
 * the input, nesting is bounded. */
typedef enum {
  GUM_HTML_PARAGRAPH,
  GUM_HTML_HEADING,      /* level 1–6 */
  GUM_HTML_LIST_ITEM,    /* level = depth from 1, number = position in <ol> or 0 */
  GUM_HTML_QUOTE,
  GUM_HTML_CODE,         /* markup keeps its line breaks */
  GUM_HTML_IMAGE,        /* uri, text = alternative text */
  GUM_HTML_RULE,
} GumHtmlKind;

typedef struct {
  GumHtmlKind  kind;
  guint        level;
  guint        number;
  char        *markup;   /* valid Pango markup: <b> <i> <u> <s> <tt> <a href>, only http, https and mailto links */
  char        *text;     /* the same as plain text */
  char        *uri;      /* IMAGE only; http or https */
} GumHtmlBlock;

GPtrArray *gum_html_parse      (const char *html,
                                gssize      length);   /* (element-type GumHtmlBlock) transfer full */
char      *gum_html_to_text    (const char *html,
                                gssize      length);   /* one line a block */

G_END_DECLS
