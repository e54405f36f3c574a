/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML into text and tags, in one pass that never goes back: any bytes give some tokens, in linear
 * time. What looks like a tag and is none ("a < b", "<3") is text, as in a browser; a tag that the
 * input ends in is dropped, as in a browser. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-html-private.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_TAG 12

/* Sorted by name. */
static const struct {
  char       name[LONGEST_TAG];
  GumHtmlTag tag;
  guint      argument;
} tags[] = {
  { "a", GUM_HTML_TAG_LINK, 0 },
  { "address", GUM_HTML_TAG_BLOCK, 0 },
  { "article", GUM_HTML_TAG_BLOCK, 0 },
  { "aside", GUM_HTML_TAG_BLOCK, 0 },
  { "b", GUM_HTML_TAG_BOLD, 0 },
  { "blockquote", GUM_HTML_TAG_QUOTE, 0 },
  { "body", GUM_HTML_TAG_BLOCK, 0 },
  { "br", GUM_HTML_TAG_BREAK, 0 },
  { "caption", GUM_HTML_TAG_BLOCK, 0 },
  { "center", GUM_HTML_TAG_BLOCK, 0 },
  { "cite", GUM_HTML_TAG_ITALIC, 0 },
  { "code", GUM_HTML_TAG_MONOSPACE, 0 },
  { "dd", GUM_HTML_TAG_BLOCK, 0 },
  { "del", GUM_HTML_TAG_STRIKE, 0 },
  { "details", GUM_HTML_TAG_BLOCK, 0 },
  { "div", GUM_HTML_TAG_BLOCK, 0 },
  { "dl", GUM_HTML_TAG_BLOCK, 0 },
  { "dt", GUM_HTML_TAG_BLOCK, 0 },
  { "em", GUM_HTML_TAG_ITALIC, 0 },
  { "fieldset", GUM_HTML_TAG_BLOCK, 0 },
  { "figcaption", GUM_HTML_TAG_BLOCK, 0 },
  { "figure", GUM_HTML_TAG_BLOCK, 0 },
  { "footer", GUM_HTML_TAG_BLOCK, 0 },
  { "form", GUM_HTML_TAG_BLOCK, 0 },
  { "h1", GUM_HTML_TAG_HEADING, 1 },
  { "h2", GUM_HTML_TAG_HEADING, 2 },
  { "h3", GUM_HTML_TAG_HEADING, 3 },
  { "h4", GUM_HTML_TAG_HEADING, 4 },
  { "h5", GUM_HTML_TAG_HEADING, 5 },
  { "h6", GUM_HTML_TAG_HEADING, 6 },
  { "header", GUM_HTML_TAG_BLOCK, 0 },
  { "hr", GUM_HTML_TAG_RULE, 0 },
  { "i", GUM_HTML_TAG_ITALIC, 0 },
  { "iframe", GUM_HTML_TAG_RAW, 0 },
  { "img", GUM_HTML_TAG_IMAGE, 0 },
  { "ins", GUM_HTML_TAG_UNDERLINE, 0 },
  { "kbd", GUM_HTML_TAG_MONOSPACE, 0 },
  { "li", GUM_HTML_TAG_ITEM, 0 },
  { "main", GUM_HTML_TAG_BLOCK, 0 },
  { "math", GUM_HTML_TAG_HIDDEN, 1 },
  { "menu", GUM_HTML_TAG_BULLETS, 0 },
  { "nav", GUM_HTML_TAG_BLOCK, 0 },
  { "noembed", GUM_HTML_TAG_RAW, 0 },
  { "noframes", GUM_HTML_TAG_RAW, 0 },
  { "ol", GUM_HTML_TAG_NUMBERS, 0 },
  { "p", GUM_HTML_TAG_BLOCK, 0 },
  { "pre", GUM_HTML_TAG_PRE, 0 },
  { "s", GUM_HTML_TAG_STRIKE, 0 },
  { "samp", GUM_HTML_TAG_MONOSPACE, 0 },
  { "script", GUM_HTML_TAG_RAW, 0 },
  { "section", GUM_HTML_TAG_BLOCK, 0 },
  { "select", GUM_HTML_TAG_HIDDEN, 2 },
  { "strike", GUM_HTML_TAG_STRIKE, 0 },
  { "strong", GUM_HTML_TAG_BOLD, 0 },
  { "style", GUM_HTML_TAG_RAW, 0 },
  { "summary", GUM_HTML_TAG_BLOCK, 0 },
  { "svg", GUM_HTML_TAG_HIDDEN, 3 },
  { "table", GUM_HTML_TAG_BLOCK, 0 },
  { "td", GUM_HTML_TAG_CELL, 0 },
  { "template", GUM_HTML_TAG_HIDDEN, 4 },
  { "textarea", GUM_HTML_TAG_RAW, 0 },
  { "th", GUM_HTML_TAG_CELL, 0 },
  { "title", GUM_HTML_TAG_RAW, 0 },
  { "tr", GUM_HTML_TAG_BLOCK, 0 },
  { "tt", GUM_HTML_TAG_MONOSPACE, 0 },
  { "u", GUM_HTML_TAG_UNDERLINE, 0 },
  { "ul", GUM_HTML_TAG_BULLETS, 0 },
  { "var", GUM_HTML_TAG_ITALIC, 0 },
  { "xmp", GUM_HTML_TAG_RAW, 0 },
};

static int
compare_name (const void *name,
              const void *element)
{
  return strcmp (name, element);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static void
skip_spaces (GumHtmlTokenizer *self)
{
  while (self->cursor < self->end && is_space (*self->cursor))
    self->cursor++;
}

/* Whether a "<" here begins markup rather than being a less-than sign. */
static gboolean
begins_markup (const char *p,
               const char *end)
{
  if (end - p < 2)
    return FALSE;
  if (p[1] == '/')
    return end - p > 2 && g_ascii_isalpha (p[2]);

  return g_ascii_isalpha (p[1]) || p[1] == '!' || p[1] == '?';
}

static void
skip_tag (GumHtmlTokenizer *self)
{
  const char *found = memchr (self->cursor, '>', self->end - self->cursor);

  self->cursor = found != NULL ? found + 1 : self->end;
}

static void
skip_comment (GumHtmlTokenizer *self)
{
  /* "<!-->" is a whole comment: its dashes may be those of the beginning. */
  self->cursor += strlen ("<!--");
  do
    skip_tag (self);
  while (self->cursor < self->end &&
         (self->cursor[-1] != '>' || self->cursor[-2] != '-' || self->cursor[-3] != '-'));
}

static void
skip_declaration (GumHtmlTokenizer *self)
{
  if (self->end - self->cursor >= 4 && memcmp (self->cursor, "<!--", 4) == 0)
    skip_comment (self);
  else
    skip_tag (self);
}

static gsize
read_tag_name (GumHtmlTokenizer *self,
               char              name[LONGEST_TAG])
{
  gsize length = 0;

  while (self->cursor < self->end && !is_space (*self->cursor) &&
         *self->cursor != '/' && *self->cursor != '>')
    {
      if (length < LONGEST_TAG - 1)
        name[length] = g_ascii_tolower (*self->cursor);
      length++;
      self->cursor++;
    }
  name[MIN (length, LONGEST_TAG - 1)] = '\0';

  return length;
}

static GumHtmlSlice
read_value (GumHtmlTokenizer *self)
{
  GumHtmlSlice value = { self->cursor, 0 };

  if (self->cursor < self->end && (*self->cursor == '"' || *self->cursor == '\''))
    {
      char quote = *self->cursor++;
      const char *close = memchr (self->cursor, quote, self->end - self->cursor);

      value.start = self->cursor;
      value.length = (close != NULL ? close : self->end) - self->cursor;
      self->cursor = close != NULL ? close + 1 : self->end;
    }
  else
    {
      while (self->cursor < self->end && !is_space (*self->cursor) && *self->cursor != '>')
        self->cursor++;
      value.length = self->cursor - value.start;
    }

  return value;
}

static void
keep_attribute (GumHtmlToken *token,
                const char   *name,
                gsize         length,
                GumHtmlSlice  value)
{
  const struct {
    const char   *name;
    GumHtmlSlice *slice;
  } wanted[] = {
    { "alt", &token->alt },
    { "href", &token->href },
    { "src", &token->src },
    { "start", &token->first },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (wanted[i].slice->start == NULL && length == strlen (wanted[i].name) &&
          g_ascii_strncasecmp (name, wanted[i].name, length) == 0)
        *wanted[i].slice = value;
    }
}

static gboolean
read_attributes (GumHtmlTokenizer *self,
                 GumHtmlToken     *token)
{
  for (;;)
    {
      const char *name;
      gsize length;
      GumHtmlSlice value = { 0, };

      skip_spaces (self);
      if (self->cursor == self->end)
        return FALSE;
      if (*self->cursor == '>')
        {
          self->cursor++;
          return TRUE;
        }
      if (*self->cursor == '/')
        {
          self->cursor++;
          token->closed = self->cursor < self->end && *self->cursor == '>';
          continue;
        }

      /* The first character belongs to the name, whatever it is: so there is always progress. */
      token->plain = FALSE;
      name = self->cursor++;
      while (self->cursor < self->end && !is_space (*self->cursor) &&
             *self->cursor != '=' && *self->cursor != '>' && *self->cursor != '/')
        self->cursor++;
      length = self->cursor - name;

      skip_spaces (self);
      if (self->cursor < self->end && *self->cursor == '=')
        {
          self->cursor++;
          skip_spaces (self);
          value = read_value (self);
        }
      keep_attribute (token, name, length, value);
    }
}

/* Moves to the end tag that alone can end a raw element, or to the end of the input: then %FALSE. */
static gboolean
skip_raw (GumHtmlTokenizer *self,
          const char       *name)
{
  gsize length = strlen (name);

  while (self->cursor < self->end)
    {
      const char *found = memchr (self->cursor, '<', self->end - self->cursor);

      if (found == NULL)
        break;

      self->cursor = found + 1;
      if (self->cursor == self->end || *self->cursor != '/')
        continue;

      self->cursor++;
      if ((gsize) (self->end - self->cursor) >= length &&
          g_ascii_strncasecmp (self->cursor, name, length) == 0 &&
          (self->cursor + length == self->end || !g_ascii_isalnum (self->cursor[length])))
        {
          skip_tag (self);
          return self->cursor[-1] == '>';
        }
    }

  self->cursor = self->end;
  return FALSE;
}

static gboolean
read_tag (GumHtmlTokenizer *self,
          GumHtmlToken     *token)
{
  char name[LONGEST_TAG];
  gsize length;

  token->raw.start = self->cursor++;
  token->kind = GUM_HTML_TOKEN_START;
  token->plain = TRUE;
  if (*self->cursor == '/')
    {
      token->kind = GUM_HTML_TOKEN_END;
      self->cursor++;
    }

  token->name.start = self->cursor;
  length = read_tag_name (self, name);
  token->name.length = length;
  if (length < LONGEST_TAG)
    {
      gconstpointer found = bsearch (name, tags, G_N_ELEMENTS (tags), sizeof tags[0], compare_name);

      if (found != NULL)
        {
          gsize i = ((const char *) found - (const char *) tags) / sizeof tags[0];

          token->tag = tags[i].tag;
          token->argument = tags[i].argument;
        }
    }

  if (!read_attributes (self, token))
    return FALSE;

  if (token->tag == GUM_HTML_TAG_RAW && token->kind == GUM_HTML_TOKEN_START)
    token->ragged = !skip_raw (self, name);
  token->raw.length = self->cursor - token->raw.start;

  return TRUE;
}

/*
 * gum_html_tokenizer_next:
 * @self: the cursor and the end of valid UTF-8
 * @token: (out caller-allocates): the next token
 *
 * Returns: %FALSE at the end
 */
gboolean
gum_html_tokenizer_next (GumHtmlTokenizer *self,
                         GumHtmlToken     *token)
{
  while (self->cursor < self->end)
    {
      const char *p = self->cursor;

      *token = (GumHtmlToken) { 0, };

      if (*p == '<' && begins_markup (p, self->end))
        {
          if (p[1] == '!' || p[1] == '?')
            {
              skip_declaration (self);
              continue;
            }

          return read_tag (self, token);
        }

      do
        {
          const char *next = memchr (p + 1, '<', self->end - p - 1);

          p = next != NULL ? next : self->end;
        }
      while (p < self->end && !begins_markup (p, self->end));

      token->kind = GUM_HTML_TOKEN_TEXT;
      token->text.start = self->cursor;
      token->text.length = p - self->cursor;
      token->raw = token->text;
      self->cursor = p;

      return TRUE;
    }

  return FALSE;
}
