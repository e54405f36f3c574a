/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML as a tree that is a list: every piece of the input in its order, nothing left out, and for each start
 * tag where its element ends. Browsers repair what is broken here by moving tags about; this only says
 * where an element ends for lack of its own end tag, and whoever reads it decides what it dares to touch. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

#include <string.h>

/* Beyond this a text is no text that a person would edit here; it is kept as a whole. */
#define MOST_PIECES 150000
#define DEEPEST 96

typedef struct {
  GArray *pieces;
  guint   open[DEEPEST];   /* indices of start tags */
  guint   depth;
} Reader;

static GumRichPiece *
get (Reader *self,
     guint   i)
{
  return &g_array_index (self->pieces, GumRichPiece, i);
}

/*
 * gum_rich_piece_is:
 *
 * Returns: whether a piece is a tag of this name
 */
gboolean
gum_rich_piece_is (const GumRichPiece *self,
                   const char         *name)
{
  return self->token.name.length == strlen (name) &&
         g_ascii_strncasecmp (self->token.name.start, name, self->token.name.length) == 0;
}

static gboolean
is_one_of (const GumRichPiece *self,
           const char * const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (gum_rich_piece_is (self, names[i]))
        return TRUE;
    }

  return FALSE;
}

/*
 * gum_rich_piece_is_block:
 *
 * Returns: whether a tag ends the paragraph that it meets
 */
gboolean
gum_rich_piece_is_block (const GumRichPiece *self)
{
  switch (self->token.tag)
    {
    case GUM_HTML_TAG_RULE:
    case GUM_HTML_TAG_HEADING:
    case GUM_HTML_TAG_BLOCK:
    case GUM_HTML_TAG_CELL:
    case GUM_HTML_TAG_BULLETS:
    case GUM_HTML_TAG_NUMBERS:
    case GUM_HTML_TAG_ITEM:
    case GUM_HTML_TAG_QUOTE:
    case GUM_HTML_TAG_PRE:
      return TRUE;
    case GUM_HTML_TAG_UNKNOWN:
    case GUM_HTML_TAG_BOLD:
    case GUM_HTML_TAG_ITALIC:
    case GUM_HTML_TAG_UNDERLINE:
    case GUM_HTML_TAG_STRIKE:
    case GUM_HTML_TAG_MONOSPACE:
    case GUM_HTML_TAG_LINK:
    case GUM_HTML_TAG_BREAK:
    case GUM_HTML_TAG_IMAGE:
    case GUM_HTML_TAG_RAW:
    case GUM_HTML_TAG_HIDDEN:
    default:
      return FALSE;
    }
}

/*
 * gum_rich_piece_style:
 *
 * Returns: the one style that a tag stands for, or 0. A tag with attributes, or one that means more than a
 *   look, is not written anew as this one would be, so it is none.
 */
GumRichStyles
gum_rich_piece_style (const GumRichPiece *self)
{
  static const struct {
    const char    *name;
    GumRichStyles  style;
  } names[] = {
    { "b", GUM_RICH_BOLD }, { "strong", GUM_RICH_BOLD },
    { "i", GUM_RICH_ITALIC }, { "em", GUM_RICH_ITALIC },
    { "u", GUM_RICH_UNDERLINE },
    { "s", GUM_RICH_STRIKE }, { "strike", GUM_RICH_STRIKE },
    { "code", GUM_RICH_MONOSPACE },
  };

  if (!self->token.plain)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (gum_rich_piece_is (self, names[i].name))
        return names[i].style;
    }

  return 0;
}

/*
 * gum_rich_piece_is_inline:
 *
 * Returns: whether a tag is around words, changes how they look or where they lead, and nothing else: so
 *   that the words can be edited without knowing it
 */
gboolean
gum_rich_piece_is_inline (const GumRichPiece *self)
{
  static const char * const names[] = {
    "span", "font", "small", "big", "sub", "sup", "mark", "abbr", "q", "time", "bdi", "bdo", "dfn",
    "acronym", "nobr", "label", NULL,
  };

  switch (self->token.tag)
    {
    case GUM_HTML_TAG_BOLD:
    case GUM_HTML_TAG_ITALIC:
    case GUM_HTML_TAG_UNDERLINE:
    case GUM_HTML_TAG_STRIKE:
    case GUM_HTML_TAG_MONOSPACE:
    case GUM_HTML_TAG_LINK:
      return TRUE;
    case GUM_HTML_TAG_UNKNOWN:
      return is_one_of (self, names);
    case GUM_HTML_TAG_BREAK:
    case GUM_HTML_TAG_RULE:
    case GUM_HTML_TAG_IMAGE:
    case GUM_HTML_TAG_HEADING:
    case GUM_HTML_TAG_BLOCK:
    case GUM_HTML_TAG_CELL:
    case GUM_HTML_TAG_BULLETS:
    case GUM_HTML_TAG_NUMBERS:
    case GUM_HTML_TAG_ITEM:
    case GUM_HTML_TAG_QUOTE:
    case GUM_HTML_TAG_PRE:
    case GUM_HTML_TAG_RAW:
    case GUM_HTML_TAG_HIDDEN:
    default:
      return FALSE;
    }
}

static gboolean
is_void (const GumRichPiece *self)
{
  static const char * const names[] = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", NULL,
  };

  return self->token.tag == GUM_HTML_TAG_RAW || is_one_of (self, names);
}

/*
 * gum_rich_piece_is_element:
 *
 * Returns: whether a piece is a start tag that content follows
 */
gboolean
gum_rich_piece_is_element (const GumRichPiece *self)
{
  return !self->other && self->token.kind == GUM_HTML_TOKEN_START && !self->is_void;
}

static gboolean
have_one_name (const GumRichPiece *a,
               const GumRichPiece *b)
{
  return a->token.name.length == b->token.name.length &&
         g_ascii_strncasecmp (a->token.name.start, b->token.name.start, a->token.name.length) == 0;
}

/* Ends every element from @depth on before piece @at. */
static void
end_from (Reader *self,
          guint   depth,
          guint   at)
{
  while (self->depth > depth)
    get (self, self->open[--self->depth])->end = at;
}

/* An end tag is left out where the next tag cannot stand within: <p>one<p>two, <li>one<li>two, <a>one<a>two. */
static void
end_implied (Reader *self,
             guint   at)
{
  const GumRichPiece *piece = get (self, at);

  for (guint i = self->depth; i > 0; i--)
    {
      const GumRichPiece *open = get (self, self->open[i - 1]);

      if (gum_rich_piece_is (open, "p") && gum_rich_piece_is_block (piece))
        {
          end_from (self, i - 1, at);
          continue;
        }
      if (open->token.tag == GUM_HTML_TAG_ITEM && piece->token.tag == GUM_HTML_TAG_ITEM)
        {
          end_from (self, i - 1, at);
          return;
        }
      if (open->token.tag == GUM_HTML_TAG_LINK && piece->token.tag == GUM_HTML_TAG_LINK)
        {
          end_from (self, i - 1, at);
          return;
        }
      if (gum_rich_piece_is_block (open))
        return;
    }
}

static void
take_start (Reader *self,
            guint   at)
{
  GumRichPiece *piece = get (self, at);

  end_implied (self, at);
  piece->is_void = is_void (piece);
  piece->end = at + 1;
  piece->unclosed = piece->token.ragged;

  if (gum_rich_piece_is_block (piece))
    {
      for (guint i = self->depth; i > 0 && !get (self, self->open[i - 1])->has_blocks; i--)
        get (self, self->open[i - 1])->has_blocks = TRUE;
    }
  if (!piece->is_void)
    self->open[self->depth++] = at;
}

static void
take_end (Reader *self,
          guint   at)
{
  GumRichPiece *piece = get (self, at);
  gboolean is_block = gum_rich_piece_is_block (piece);

  for (guint i = self->depth; i > 0; i--)
    {
      GumRichPiece *open = get (self, self->open[i - 1]);

      if (have_one_name (open, piece))
        {
          end_from (self, i - 1, at);
          open->ended = TRUE;
          piece->ended = TRUE;
          return;
        }
      /* What is only about words does not reach out of the block that it stands in. */
      if (!is_block && gum_rich_piece_is_block (open))
        return;
    }
}

/* Where a comment or a declaration ends; %NULL if it does not, or is none. */
static const char *
find_end (const char *start,
          const char *end)
{
  gboolean is_comment = end - start > 4 && memcmp (start, "<!--", 4) == 0;
  const char *p = start + (is_comment ? 4 : 1);

  if (end - start < 2 || (start[1] != '!' && start[1] != '?'))
    return NULL;

  while (p < end && (p = memchr (p, '>', end - p)) != NULL)
    {
      p++;
      if (!is_comment || (p[-2] == '-' && p[-3] == '-'))
        return p;
    }

  return NULL;
}

/* What the tokenizer passed over: comments, and a tag that the input ends in. */
static void
add_others (Reader     *self,
            const char *start,
            const char *end)
{
  while (start < end)
    {
      GumRichPiece piece = { .other = TRUE };
      const char *next = find_end (start, end);

      piece.unclosed = next == NULL;
      if (next == NULL)
        next = end;
      piece.token.raw = (GumHtmlSlice) { start, next - start };
      g_array_append_val (self->pieces, piece);
      start = next;
    }
}

/*
 * gum_rich_pieces_read:
 * @html: valid UTF-8
 * @length: its length
 *
 * Returns: (transfer full) (nullable) (element-type GumRichPiece): the pieces, which together are the input;
 *   %NULL if there are too many, or too deep
 */
GArray *
gum_rich_pieces_read (const char *html,
                      gsize       length)
{
  GumHtmlTokenizer tokenizer = { html, html + length };
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (GumRichPiece));
  Reader self = { .pieces = pieces };
  GumRichPiece piece = { 0, };
  const char *from = html;

  while (gum_html_tokenizer_next (&tokenizer, &piece.token))
    {
      guint at;

      add_others (&self, from, piece.token.raw.start);
      at = pieces->len;
      g_array_append_val (pieces, piece);
      from = piece.token.raw.start + piece.token.raw.length;

      if (piece.token.kind == GUM_HTML_TOKEN_START)
        take_start (&self, at);
      else if (piece.token.kind == GUM_HTML_TOKEN_END)
        take_end (&self, at);

      if (pieces->len > MOST_PIECES || self.depth == DEEPEST)
        return NULL;
    }

  add_others (&self, from, html + length);
  end_from (&self, 0, pieces->len);

  return g_steal_pointer (&pieces);
}

/*
 * gum_rich_pieces_dup_closer:
 * @at: the start tag of an element, or anything else
 *
 * Returns: (transfer full): the end tags that it has to be given before something else can come behind it
 */
char *
gum_rich_pieces_dup_closer (GArray *pieces,
                            guint   at)
{
  const GumRichPiece *first = &g_array_index (pieces, GumRichPiece, at);
  GString *closer = g_string_new (NULL);

  for (guint i = at; gum_rich_piece_is_element (first) && !first->ended && i < first->end; i++)
    {
      const GumRichPiece *piece = &g_array_index (pieces, GumRichPiece, i);

      if (gum_rich_piece_is_element (piece) && piece->end == first->end)
        {
          g_autofree char *tag = g_strdup_printf ("</%.*s>", (int) piece->token.name.length,
                                                  piece->token.name.start);

          g_string_prepend (closer, tag);
        }
    }

  return g_string_free (closer, FALSE);
}
