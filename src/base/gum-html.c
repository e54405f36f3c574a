/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A description's HTML as a flat list of blocks. There is no tree: styles are counters, so that tags
 * that are never closed or cross each other need no repair, and nothing nests deeper than it may.
 *
 *     bytes ──valid UTF-8──▶ tokens ──▶ state (styles, link, list, quote …) ──▶ block under way ──▶ blocks
 *
 * The markup of a block is written run by run. Only differences between runs open or close tags,
 * always in one order (link outermost), so what is written is balanced by construction. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-html.h"

#include <string.h>

#include "gum-html-private.h"

#define DEEPEST_LIST 8
#define LONGEST_URI 2048

typedef enum {
  STYLE_BOLD,
  STYLE_ITALIC,
  STYLE_UNDERLINE,
  STYLE_STRIKE,
  STYLE_MONOSPACE,
  N_STYLES
} Style;

static const char * const style_tags[N_STYLES] = { "b", "i", "u", "s", "tt" };

typedef struct {
  GPtrArray *blocks;

  /* The block under way. */
  GString   *markup;
  GString   *text;
  GString   *gap;             /* white space, not yet known to be between two words */
  gboolean   has_ink;
  gboolean   link_written;
  gboolean   written[N_STYLES];

  /* What the tags said so far. */
  guint      styles[N_STYLES];
  char      *link;            /* escaped */
  gsize      link_budget;
  guint      heading;
  guint      quote;
  guint      pre;
  gboolean   in_item;
  guint      list_depth;
  guint      counters[DEEPEST_LIST];
  gboolean   numbered[DEEPEST_LIST];
  guint      hidden;
  guint      hidden_depth;
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

static void
append_escaped (GString  *markup,
                gunichar  character)
{
  switch (character)
    {
    case '&':
      g_string_append (markup, "&amp;");
      break;
    case '<':
      g_string_append (markup, "&lt;");
      break;
    case '>':
      g_string_append (markup, "&gt;");
      break;
    case '"':
      g_string_append (markup, "&quot;");
      break;
    case '\'':
      g_string_append (markup, "&#39;");
      break;
    default:
      g_string_append_unichar (markup, character);
      break;
    }
}

/* Characters that no text has, and that Pango's parser may refuse. */
static gboolean
is_shown (gunichar character)
{
  return character >= 0x20 && !(character >= 0x7F && character <= 0x9F) &&
         (character & 0xFFFE) != 0xFFFE && !(character >= 0xFDD0 && character <= 0xFDEF);
}

static gunichar
read_character (const char **cursor,
                const char  *end)
{
  gunichar character = **cursor == '&' ? gum_html_read_entity (cursor, end) : 0;

  if (character == 0)
    {
      character = g_utf8_get_char (*cursor);
      *cursor = g_utf8_next_char (*cursor);
    }

  return character;
}

static char *
dup_attribute (GumHtmlSlice slice)
{
  g_autoptr(GString) value = g_string_new (NULL);
  const char *cursor = slice.start;
  const char *end = slice.length > 0 ? slice.start + slice.length : slice.start;

  while (cursor < end)
    {
      gunichar character = read_character (&cursor, end);

      if (character < 0x80 && g_ascii_isspace (character))
        g_string_append_c (value, ' ');
      else if (is_shown (character))
        g_string_append_unichar (value, character);
    }

  return g_strstrip (g_string_free (g_steal_pointer (&value), FALSE));
}

/* The whole list of what a description may point to. Everything else could run something, read
 * something, or lead back into this program. */
static char *
dup_uri (GumHtmlSlice slice,
         gboolean     is_picture)
{
  g_autofree char *uri = NULL;
  g_autoptr(GUri) parsed = NULL;
  const char *scheme;
  const char *host;
  const char *path;

  if (slice.length == 0 || slice.length > LONGEST_URI)
    return NULL;

  uri = dup_attribute (slice);
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

/* Closes what the next run does not have: everything from the first difference inwards. */
static void
close_styles (Builder  *self,
              gboolean  keep_link,
              gboolean  wanted[N_STYLES])
{
  gsize first = 0;

  while ((!self->link_written || keep_link) && first < N_STYLES &&
         self->written[first] == wanted[first])
    first++;

  for (gsize i = N_STYLES; i > first; i--)
    {
      if (self->written[i - 1])
        g_string_append_printf (self->markup, "</%s>", style_tags[i - 1]);
      self->written[i - 1] = FALSE;
    }

  if (self->link_written && !keep_link)
    {
      g_string_append (self->markup, "</a>");
      self->link_written = FALSE;
    }
}

static void
close_all (Builder *self)
{
  gboolean none[N_STYLES] = { FALSE, };

  close_styles (self, FALSE, none);
}

static void
open_styles (Builder  *self,
             gboolean  wanted[N_STYLES])
{
  for (gsize i = 0; i < N_STYLES; i++)
    {
      if (wanted[i] && !self->written[i])
        {
          g_string_append_printf (self->markup, "<%s>", style_tags[i]);
          self->written[i] = TRUE;
        }
    }
}

/* A link that many blocks share is written again in each, which could cost the square of the
 * input: each written address is paid from a budget of the size of the input. */
static gboolean
can_write_link (Builder *self)
{
  gsize cost;

  if (self->link == NULL)
    return FALSE;

  cost = strlen (self->link);
  if (cost > self->link_budget)
    {
      g_clear_pointer (&self->link, g_free);
      return FALSE;
    }
  self->link_budget -= cost;

  return TRUE;
}

static void
write_gap (Builder *self)
{
  const char *gap = self->gap->str;

  /* Before the first word only the indentation of code counts. */
  if (self->text->len == 0)
    {
      const char *line = strrchr (gap, '\n');

      gap = self->pre > 0 ? (line != NULL ? line + 1 : gap) : "";
    }

  g_string_append (self->markup, gap);
  g_string_append (self->text, gap);
  g_string_truncate (self->gap, 0);
}

static void
append_character (Builder  *self,
                  gunichar  character)
{
  gboolean wanted[N_STYLES];

  for (gsize i = 0; i < N_STYLES; i++)
    wanted[i] = self->styles[i] > 0;

  close_styles (self, self->link != NULL, wanted);
  write_gap (self);

  if (!self->link_written && can_write_link (self))
    {
      g_string_append (self->markup, "<a href=\"");
      g_string_append (self->markup, self->link);
      g_string_append (self->markup, "\">");
      self->link_written = TRUE;
    }
  open_styles (self, wanted);

  append_escaped (self->markup, character);
  g_string_append_unichar (self->text, character);
  if (!g_unichar_isspace (character) && !g_unichar_iszerowidth (character))
    self->has_ink = TRUE;
}

static void
append_space (Builder *self,
              char     space)
{
  if (self->pre > 0)
    {
      if (space != '\r')
        g_string_append_c (self->gap, space == '\f' ? ' ' : space);
    }
  else if (self->gap->len == 0)
    {
      g_string_append_c (self->gap, ' ');
    }
}

static void
append_line_break (Builder *self,
                   guint    at_most)
{
  if (self->pre > 0)
    {
      g_string_append_c (self->gap, '\n');
      return;
    }

  if (self->gap->str[0] != '\n')
    g_string_truncate (self->gap, 0);
  if (self->gap->len < at_most)
    g_string_append_c (self->gap, '\n');
}

static void
append_text (Builder      *self,
             GumHtmlSlice  slice)
{
  const char *cursor = slice.start;
  const char *end = slice.length > 0 ? slice.start + slice.length : slice.start;

  while (cursor < end)
    {
      gunichar character = read_character (&cursor, end);

      if (character < 0x80 && g_ascii_isspace (character))
        append_space (self, character);
      else if (is_shown (character))
        append_character (self, character);
    }
}

static void
finish_block (Builder *self)
{
  GumHtmlBlock *block;

  close_all (self);
  g_string_truncate (self->gap, 0);

  if (self->has_ink)
    {
      if (self->pre > 0)
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
          self->in_item = FALSE;
        }
      else
        {
          block = add_block (self, self->quote > 0 ? GUM_HTML_QUOTE : GUM_HTML_PARAGRAPH);
        }

      block->markup = g_strndup (self->markup->str, self->markup->len);
      block->text = g_strndup (self->text->str, self->text->len);
    }

  g_string_truncate (self->markup, 0);
  g_string_truncate (self->text, 0);
  self->has_ink = FALSE;
}

/* Paragraphs within one item of a list stay one item. */
static void
soft_boundary (Builder *self)
{
  if (self->pre > 0 || self->heading > 0 || !self->in_item)
    finish_block (self);
  else
    append_line_break (self, 1);
}

static void
add_rule (Builder *self)
{
  GumHtmlBlock *last = NULL;
  GumHtmlBlock *block;

  finish_block (self);

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
  g_autofree char *uri = dup_uri (token->src, TRUE);
  GumHtmlBlock *block;

  if (uri == NULL)
    {
      append_text (self, token->alt);
      return;
    }

  finish_block (self);
  block = add_block (self, GUM_HTML_IMAGE);
  block->uri = g_steal_pointer (&uri);
  block->text = dup_attribute (token->alt);
  block->markup = g_markup_escape_text (block->text, -1);
}

static void
change_style (Builder            *self,
              const GumHtmlToken *token,
              Style               style)
{
  if (token->kind == GUM_HTML_TOKEN_START)
    self->styles[style]++;
  else if (self->styles[style] > 0)
    self->styles[style]--;
}

static void
change_link (Builder            *self,
             const GumHtmlToken *token)
{
  g_autofree char *uri = NULL;

  /* Two links that touch are two links, even to one address. */
  close_all (self);
  g_clear_pointer (&self->link, g_free);
  if (token->kind == GUM_HTML_TOKEN_END)
    return;

  uri = dup_uri (token->href, FALSE);
  if (uri != NULL)
    self->link = g_markup_escape_text (uri, -1);
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
      change_style (self, token, STYLE_BOLD);
      break;
    case GUM_HTML_TAG_ITALIC:
      change_style (self, token, STYLE_ITALIC);
      break;
    case GUM_HTML_TAG_UNDERLINE:
      change_style (self, token, STYLE_UNDERLINE);
      break;
    case GUM_HTML_TAG_STRIKE:
      change_style (self, token, STYLE_STRIKE);
      break;
    case GUM_HTML_TAG_MONOSPACE:
      change_style (self, token, STYLE_MONOSPACE);
      break;
    case GUM_HTML_TAG_LINK:
      change_link (self, token);
      break;
    case GUM_HTML_TAG_BREAK:
      append_line_break (self, 2);
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
      append_space (self, ' ');
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
      change_depth (self, token, &self->pre);
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
    append_text (self, token->text);
  else
    take_tag (self, token);
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
  g_autofree char *valid = NULL;
  GumHtmlTokenizer tokenizer;
  GumHtmlToken token;
  Builder self = { 0, };

  if (html == NULL)
    return g_steal_pointer (&blocks);

  valid = g_utf8_make_valid (html, length);
  tokenizer = (GumHtmlTokenizer) { valid, valid + strlen (valid) };

  self.blocks = blocks;
  self.markup = g_string_new (NULL);
  self.text = g_string_new (NULL);
  self.gap = g_string_new (NULL);
  self.link_budget = 8 * strlen (valid);

  while (gum_html_tokenizer_next (&tokenizer, &token))
    builder_take (&self, &token);
  finish_block (&self);

  g_string_free (self.markup, TRUE);
  g_string_free (self.text, TRUE);
  g_string_free (self.gap, TRUE);
  g_free (self.link);

  return g_steal_pointer (&blocks);
}

/**
 * gum_html_to_text:
 * @html: (nullable): HTML, or any bytes
 * @length: how many bytes, or -1 if @html ends in a zero
 *
 * Returns: (transfer full): the text alone, one line a block, for search and for rows
 */
char *
gum_html_to_text (const char *html,
                  gssize      length)
{
  g_autoptr(GPtrArray) blocks = gum_html_parse (html, length);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const GumHtmlBlock *block = g_ptr_array_index (blocks, i);

      if (*block->text == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      for (const char *p = block->text; *p != '\0'; p++)
        g_string_append_c (text, *p == '\n' ? ' ' : *p);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
