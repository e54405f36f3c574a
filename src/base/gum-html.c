/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A description's HTML as a flat list of blocks. There is no tree: styles are counters, so that tags
 * that are never closed or cross each other need no repair, and nothing nests deeper than it may.
 *
 *     bytes ──▶ valid UTF-8 ──▶ tokens ──▶ builder (lists, quotes …) ──▶ writer (one block) ──▶ blocks
 */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-html.h"

#include <string.h>

#include "gum-html-private.h"

#define DEEPEST_LIST 8
#define LONGEST_URI 2048

typedef struct {
  GPtrArray     *blocks;
  GString       *lines;           /* instead of the blocks: their text, a line each */
  GumHtmlWriter  writer;

  /* What the tags said so far. */
  guint          heading;
  guint          quote;
  gboolean       in_item;
  guint          list_depth;
  guint          counters[DEEPEST_LIST];
  gboolean       numbered[DEEPEST_LIST];
  guint          hidden;
  guint          hidden_depth;
} Builder;

static void
block_free (gpointer data)
{
  GumHtmlBlock *block = data;

  g_free (block->markup);
  g_free (block->text);
  g_free (block->uri);
  g_free (block);
}

static GumHtmlBlock *
add_block (Builder     *self,
           GumHtmlKind  kind)
{
  GumHtmlBlock *block = g_new0 (GumHtmlBlock, 1);

  block->kind = kind;
  g_ptr_array_add (self->blocks, block);

  return block;
}

/*
 * gum_html_dup_uri:
 * @slice: an address as it stands in an attribute
 * @is_picture: whether it is where a picture is, not where a link leads
 *
 * The whole list of what a description may point to. Everything else could run something, read
 * something, or lead back into this program.
 *
 * Returns: (transfer full) (nullable): the address
 */
char *
gum_html_dup_uri (GumHtmlSlice slice,
                  gboolean     is_picture)
{
  g_autofree char *uri = NULL;
  g_autoptr(GUri) parsed = NULL;
  const char *scheme;
  const char *host;
  const char *path;

  if (slice.length == 0 || slice.length > LONGEST_URI)
    return NULL;

  uri = gum_html_dup_attribute (slice);
  parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (parsed == NULL)
    return NULL;

  scheme = g_uri_get_scheme (parsed);
  path = g_uri_get_path (parsed);
  if (g_str_equal (scheme, "mailto"))
    return !is_picture && g_uri_get_host (parsed) == NULL && *path != '\0' ?
           g_uri_to_string (parsed) : NULL;

  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    return NULL;
  host = g_uri_get_host (parsed);
  if (host == NULL || *host == '\0' || strpbrk (host, "\\<>\"^`|{} %") != NULL ||
      g_uri_get_userinfo (parsed) != NULL || (*path != '\0' && *path != '/'))
    return NULL;

  return g_uri_to_string (parsed);
}

static void
add_line (Builder    *self,
          const char *text)
{
  gsize start;

  if (*text == '\0')
    return;

  if (self->lines->len > 0)
    g_string_append_c (self->lines, '\n');
  start = self->lines->len;
  g_string_append (self->lines, text);
  for (char *p = self->lines->str + start; (p = strchr (p, '\n')) != NULL; p++)
    *p = ' ';
}

static void
add_written_block (Builder *self)
{
  GumHtmlBlock *block;

  if (self->writer.pre > 0)
    {
      block = add_block (self, GUM_HTML_CODE);
    }
  else if (self->heading > 0)
    {
      block = add_block (self, GUM_HTML_HEADING);
      block->level = self->heading;
    }
  else if (self->in_item)
    {
      guint depth = CLAMP (self->list_depth, 1, DEEPEST_LIST);

      block = add_block (self, GUM_HTML_LIST_ITEM);
      block->level = depth;
      block->number = self->numbered[depth - 1] ? self->counters[depth - 1] : 0;
    }
  else
    {
      block = add_block (self, self->quote > 0 ? GUM_HTML_QUOTE : GUM_HTML_PARAGRAPH);
    }

  block->markup = g_strdup (self->writer.markup->str);
  block->text = g_strdup (self->writer.text->str);
}

static void
finish_block (Builder *self)
{
  if (gum_html_writer_finish (&self->writer))
    {
      if (self->lines != NULL)
        add_line (self, self->writer.text->str);
      else
        add_written_block (self);
      if (self->writer.pre == 0 && self->heading == 0)
        self->in_item = FALSE;
    }

  gum_html_writer_begin (&self->writer);
}

/* Paragraphs within one item of a list stay one item. */
static void
soft_boundary (Builder *self)
{
  if (self->writer.pre > 0 || self->heading > 0 || !self->in_item)
    finish_block (self);
  else
    gum_html_writer_line_break (&self->writer, 1);
}

static void
add_rule (Builder *self)
{
  GumHtmlBlock *last = NULL;
  GumHtmlBlock *block;

  finish_block (self);
  if (self->lines != NULL)
    return;

  if (self->blocks->len > 0)
    last = g_ptr_array_index (self->blocks, self->blocks->len - 1);
  if (last != NULL && last->kind == GUM_HTML_RULE)
    return;

  block = add_block (self, GUM_HTML_RULE);
  block->markup = g_strdup ("");
  block->text = g_strdup ("");
}

static void
add_image (Builder            *self,
           const GumHtmlToken *token)
{
  g_autofree char *uri = gum_html_dup_uri (token->src, TRUE);
  GumHtmlBlock *block;

  if (uri == NULL)
    {
      gum_html_writer_text (&self->writer, token->alt);
      return;
    }

  finish_block (self);
  if (self->lines != NULL)
    {
      g_autofree char *text = gum_html_dup_attribute (token->alt);

      add_line (self, text);
      return;
    }

  block = add_block (self, GUM_HTML_IMAGE);
  block->uri = g_steal_pointer (&uri);
  block->text = gum_html_dup_attribute (token->alt);
  block->markup = g_markup_escape_text (block->text, -1);
}

static void
change_style (Builder            *self,
              const GumHtmlToken *token,
              GumHtmlStyle        style)
{
  guint *depth = &self->writer.styles[style];

  if (token->kind == GUM_HTML_TOKEN_START)
    (*depth)++;
  else if (*depth > 0)
    (*depth)--;
}

static void
change_link (Builder            *self,
             const GumHtmlToken *token)
{
  g_autofree char *uri = NULL;

  if (self->lines != NULL)
    return;

  if (token->kind == GUM_HTML_TOKEN_START)
    uri = gum_html_dup_uri (token->href, FALSE);
  gum_html_writer_link (&self->writer, uri);
}

static void
change_list (Builder            *self,
             const GumHtmlToken *token)
{
  guint64 first = 1;

  finish_block (self);
  self->in_item = FALSE;

  if (token->kind == GUM_HTML_TOKEN_END)
    {
      if (self->list_depth > 0)
        self->list_depth--;
      return;
    }

  if (self->list_depth < DEEPEST_LIST)
    {
      if (token->first.length > 0 && token->first.length < 7)
        {
          g_autofree char *start = g_strndup (token->first.start, token->first.length);

          if (!g_ascii_string_to_unsigned (start, 10, 1, 999999, &first, NULL))
            first = 1;
        }
      self->counters[self->list_depth] = first - 1;
      self->numbered[self->list_depth] = token->tag == GUM_HTML_TAG_NUMBERS;
    }
  self->list_depth++;
}

static void
change_item (Builder            *self,
             const GumHtmlToken *token)
{
  finish_block (self);
  self->in_item = token->kind == GUM_HTML_TOKEN_START;
  if (self->in_item)
    {
      guint depth = CLAMP (self->list_depth, 1, DEEPEST_LIST);

      if (self->list_depth == 0)
        self->numbered[0] = FALSE;
      self->counters[depth - 1]++;
    }
}

/* Enters or leaves something that counts its depth, at the border between two blocks. */
static void
change_depth (Builder            *self,
              const GumHtmlToken *token,
              guint              *depth)
{
  finish_block (self);
  if (token->kind == GUM_HTML_TOKEN_START)
    (*depth)++;
  else if (*depth > 0)
    (*depth)--;
}

static void
take_hidden (Builder            *self,
             const GumHtmlToken *token)
{
  if (self->hidden == 0 && token->kind == GUM_HTML_TOKEN_START && !token->closed)
    self->hidden = token->argument;

  if (self->hidden != token->argument || token->closed)
    return;

  if (token->kind == GUM_HTML_TOKEN_START)
    self->hidden_depth++;
  else if (--self->hidden_depth == 0)
    self->hidden = 0;
}

static void
take_tag (Builder            *self,
          const GumHtmlToken *token)
{
  gboolean starts = token->kind == GUM_HTML_TOKEN_START;

  switch (token->tag)
    {
    case GUM_HTML_TAG_BOLD:
      change_style (self, token, GUM_HTML_STYLE_BOLD);
      break;
    case GUM_HTML_TAG_ITALIC:
      change_style (self, token, GUM_HTML_STYLE_ITALIC);
      break;
    case GUM_HTML_TAG_UNDERLINE:
      change_style (self, token, GUM_HTML_STYLE_UNDERLINE);
      break;
    case GUM_HTML_TAG_STRIKE:
      change_style (self, token, GUM_HTML_STYLE_STRIKE);
      break;
    case GUM_HTML_TAG_MONOSPACE:
      change_style (self, token, GUM_HTML_STYLE_MONOSPACE);
      break;
    case GUM_HTML_TAG_LINK:
      change_link (self, token);
      break;
    case GUM_HTML_TAG_BREAK:
      gum_html_writer_line_break (&self->writer, 2);
      break;
    case GUM_HTML_TAG_RULE:
      add_rule (self);
      break;
    case GUM_HTML_TAG_IMAGE:
      if (starts)
        add_image (self, token);
      break;
    case GUM_HTML_TAG_HEADING:
      finish_block (self);
      self->heading = starts ? token->argument : 0;
      break;
    case GUM_HTML_TAG_BLOCK:
      soft_boundary (self);
      break;
    case GUM_HTML_TAG_CELL:
      gum_html_writer_space (&self->writer, ' ');
      break;
    case GUM_HTML_TAG_BULLETS:
    case GUM_HTML_TAG_NUMBERS:
      change_list (self, token);
      break;
    case GUM_HTML_TAG_ITEM:
      change_item (self, token);
      break;
    case GUM_HTML_TAG_QUOTE:
      change_depth (self, token, &self->quote);
      break;
    case GUM_HTML_TAG_PRE:
      change_depth (self, token, &self->writer.pre);
      break;
    case GUM_HTML_TAG_UNKNOWN:
    case GUM_HTML_TAG_RAW:
    case GUM_HTML_TAG_HIDDEN:
    default:
      break;
    }
}

static void
builder_take (Builder            *self,
              const GumHtmlToken *token)
{
  if (token->tag == GUM_HTML_TAG_HIDDEN)
    take_hidden (self, token);
  else if (self->hidden != 0)
    return;
  else if (token->kind == GUM_HTML_TOKEN_TEXT)
    gum_html_writer_text (&self->writer, token->text);
  else
    take_tag (self, token);
}

static void
build (Builder    *self,
       const char *html,
       gssize      length)
{
  g_autofree char *valid = NULL;
  GumHtmlTokenizer tokenizer;
  GumHtmlToken token;

  if (html == NULL)
    return;

  valid = g_utf8_make_valid (html, length);
  tokenizer = (GumHtmlTokenizer) { valid, valid + strlen (valid) };

  gum_html_writer_init (&self->writer, strlen (valid), self->lines == NULL);
  while (gum_html_tokenizer_next (&tokenizer, &token))
    builder_take (self, &token);
  finish_block (self);
  gum_html_writer_clear (&self->writer);
}

/**
 * gum_html_parse:
 * @html: (nullable): HTML, or any bytes
 * @length: how many bytes, or -1 if @html ends in a zero
 *
 * Reads a description as a browser would, as far as text goes: nothing is executed, fetched or
 * trusted. Time and memory grow with @length alone.
 *
 * Returns: (transfer full) (element-type GumHtmlBlock): the blocks; each has markup and text, which
 *   are empty for a rule
 */
GPtrArray *
gum_html_parse (const char *html,
                gssize      length)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func (block_free);
  Builder self = { .blocks = blocks };

  build (&self, html, length);

  return g_steal_pointer (&blocks);
}

/**
 * gum_html_to_text:
 * @html: (nullable): HTML, or any bytes
 * @length: how many bytes, or -1 if @html ends in a zero
 *
 * Returns: (transfer full): the text of the blocks alone, one line a block, for search and for rows
 */
char *
gum_html_to_text (const char *html,
                  gssize      length)
{
  g_autoptr(GString) lines = g_string_new (NULL);
  Builder self = { .lines = lines };

  build (&self, html, length);

  return g_string_free (g_steal_pointer (&lines), FALSE);
}
