/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML as blocks that can be edited. What holds a paragraph's words is a block, with the bytes between its tags;
 * what stands between two blocks is the lead of the second: tags of what the block stands in, and white space,
 * never anything else. All other things are opaque blocks, as large as they must be to be moved about
 * without harm.
 *
 * So the leads, the sources and the tail are the input, and writing an unedited text is joining them. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

#include <string.h>

typedef struct {
  guint end;          /* the piece that ends it */
  guint n_blocks;     /* how many there were when it began */
} Frame;

typedef struct {
  GBytes      *input;
  const char  *start;
  GArray      *pieces;
  GumRichText *text;
  guint64      serial;
  const char  *lead;      /* where the next block's lead begins */

  GPtrArray   *path;
  GArray      *frames;    /* of Frame, one an element of the path */
  GHashTable  *used;      /* items that have a block already */
} Reader;

static GumRichPiece *
get (Reader *self,
     guint   i)
{
  return &g_array_index (self->pieces, GumRichPiece, i);
}

static const char *
get_start (Reader *self,
           guint   i)
{
  gsize length;
  const char *data = g_bytes_get_data (self->input, &length);

  return i < self->pieces->len ? get (self, i)->token.raw.start : data + length;
}

static GBytes *
cut (Reader     *self,
     const char *from,
     const char *to)
{
  return g_bytes_new_from_bytes (self->input, from - self->start, to - from);
}

static GumRichElement *
get_parent (Reader *self)
{
  return self->path->len > 0 ? g_ptr_array_index (self->path, self->path->len - 1) : NULL;
}

static guint
count_role (Reader      *self,
            GumRichRole  role)
{
  guint n = 0;

  for (guint i = 0; i < self->path->len; i++)
    n += ((GumRichElement *) g_ptr_array_index (self->path, i))->role == role;

  return n;
}

/* Adds a block whose own bytes are these; everything since the last one is its lead. */
static GumRichBlock *
add_block (Reader      *self,
           GumRichKind  kind,
           const char  *from,
           const char  *to)
{
  GumRichBlock *block = gum_rich_block_new (kind, 0, FALSE);

  block->serial = ++self->serial;
  block->path = gum_rich_path_copy (self->path, self->path->len);
  block->lead = cut (self, self->lead, from);
  block->source = cut (self, from, to);
  self->lead = to;
  g_ptr_array_add (self->text->blocks, block);

  return block;
}

static guint
add_opaque (Reader     *self,
            guint       at,
            guint       next,
            const char *label)
{
  GumRichPiece *piece = get (self, at);
  GumRichBlock *block = add_block (self, GUM_RICH_OPAQUE, get_start (self, at),
                                   get_start (self, next));

  if (label != NULL)
    block->label = g_strdup (label);
  else
    block->label = g_ascii_strdown (piece->token.name.start, piece->token.name.length);
  for (guint i = at; i < next; i++)
    block->unclosed = block->unclosed || get (self, i)->unclosed;
  block->closer = gum_rich_pieces_dup_closer (self->pieces, at);

  return next;
}

/* The first piece behind an element with its end tag. */
static guint
get_next (Reader *self,
          guint   at)
{
  GumRichPiece *piece = get (self, at);

  return piece->ended ? piece->end + 1 : piece->end;
}

static guint
add_opaque_element (Reader *self,
                    guint   at)
{
  return add_opaque (self, at, get_next (self, at), NULL);
}

/* What a block of words is, from where it stands. */
static void
set_kind (Reader       *self,
          GumRichBlock *block)
{
  GumRichElement *item = NULL;
  GumRichElement *list = NULL;

  for (guint i = 0; i < self->path->len; i++)
    {
      GumRichElement *element = g_ptr_array_index (self->path, i);

      if (element->role == GUM_RICH_ELEMENT_ITEM)
        item = element;
      else if (element->role == GUM_RICH_ELEMENT_LIST)
        list = element;
    }

  if (item != NULL)
    {
      block->kind = GUM_RICH_ITEM;
      block->level = count_role (self, GUM_RICH_ELEMENT_LIST);
      block->numbered = list->numbered;
      block->continued = !g_hash_table_add (self->used, item);
    }
  else if (count_role (self, GUM_RICH_ELEMENT_QUOTE) > 0)
    {
      block->kind = GUM_RICH_QUOTE;
    }
}

/* Whether every element that begins in these pieces has its own end tag among them. */
static gboolean
is_whole (Reader *self,
          guint   from,
          guint   to)
{
  for (guint i = from; i < to; i++)
    {
      const GumRichPiece *piece = get (self, i);

      if (piece->unclosed)
        return FALSE;
      if (gum_rich_piece_is_element (piece) && !piece->ended)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_unclosed (Reader *self,
              guint   from,
              guint   to)
{
  for (guint i = from; i < to; i++)
    {
      if (get (self, i)->unclosed)
        return TRUE;
    }

  return FALSE;
}

/* <p>, <h2>, <pre>, and a <div> that is used as a <p>. */
static guint
add_leaf (Reader *self,
          guint   at)
{
  const GumRichPiece *piece = get (self, at);
  g_autofree char *name = g_ascii_strdown (piece->token.name.start, piece->token.name.length);
  gboolean is_code = piece->token.tag == GUM_HTML_TAG_PRE;
  guint first = at + 1;
  guint last = piece->end;
  guint outer = self->path->len;
  GumRichBlock *block;

  if (has_unclosed (self, first, last))
    return add_opaque_element (self, at);

  g_ptr_array_add (self->path, gum_rich_element_new (GUM_RICH_ELEMENT_LEAF, name,
                                                     piece->token.raw.start,
                                                     piece->token.raw.length));
  if (is_code && first < last)
    {
      const GumRichPiece *inner = get (self, first);

      if (inner->token.kind == GUM_HTML_TOKEN_START && gum_rich_piece_is (inner, "code") &&
          inner->ended && inner->end + 1 == last)
        {
          g_ptr_array_add (self->path, gum_rich_element_new (GUM_RICH_ELEMENT_LEAF, "code",
                                                             inner->token.raw.start,
                                                             inner->token.raw.length));
          last = inner->end;
          first++;
        }
    }

  block = add_block (self, is_code ? GUM_RICH_CODE : GUM_RICH_PARAGRAPH, get_start (self, first),
                     get_start (self, last));
  if (piece->token.tag == GUM_HTML_TAG_HEADING)
    {
      block->kind = GUM_RICH_HEADING;
      block->level = piece->token.argument;
    }
  else if (!is_code)
    {
      set_kind (self, block);
    }
  gum_rich_read_runs (block, self->pieces, first, last);
  g_ptr_array_set_size (self->path, outer);

  return get_next (self, at);
}

/* Whether a piece goes on with words that stand in no paragraph. */
static gboolean
is_part_of_words (Reader  *self,
                  guint    at,
                  gboolean is_first)
{
  const GumRichPiece *piece = get (self, at);

  if (piece->unclosed)
    return FALSE;
  if (piece->other)
    return !is_first;
  if (piece->token.kind == GUM_HTML_TOKEN_TEXT)
    return TRUE;
  if (piece->token.kind == GUM_HTML_TOKEN_END)
    return FALSE;
  if (piece->has_blocks || gum_rich_piece_is_block (piece))
    return FALSE;
  if (is_first && piece->token.tag != GUM_HTML_TAG_BREAK &&
      piece->token.tag != GUM_HTML_TAG_IMAGE && !gum_rich_piece_is_inline (piece))
    return FALSE;

  return !has_unclosed (self, at, get_next (self, at));
}

static guint
add_words (Reader *self,
           guint   at,
           guint   end)
{
  guint next = at;
  GumRichBlock *block;

  while (next < end && is_part_of_words (self, next, next == at))
    {
      GumRichPiece *piece = get (self, next);

      if (piece->token.kind == GUM_HTML_TOKEN_START && !piece->other)
        next = get_next (self, next);
      else
        next++;
    }
  if (next == at)
    return add_opaque (self, at, get_next (self, at), NULL);

  block = add_block (self, GUM_RICH_PARAGRAPH, get_start (self, at), get_start (self, next));
  set_kind (self, block);
  gum_rich_read_runs (block, self->pieces, at, next);
  block->ragged = !is_whole (self, at, next);

  return next;
}

static gboolean
is_blank (GumHtmlSlice slice)
{
  for (gsize i = 0; i < slice.length; i++)
    {
      if (strchr (" \t\n\f\r", slice.start[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static guint
add_picture (Reader *self,
             guint   at)
{
  guint next = get_next (self, at);
  const GumHtmlToken *image = NULL;
  GumRichBlock *block;

  for (guint i = at; i < next && image == NULL; i++)
    {
      const GumRichPiece *piece = get (self, i);

      if (!piece->other && piece->token.kind == GUM_HTML_TOKEN_START &&
          piece->token.tag == GUM_HTML_TAG_IMAGE)
        image = &piece->token;
    }
  if (image == NULL || has_unclosed (self, at, next))
    return add_opaque_element (self, at);

  block = add_block (self, GUM_RICH_PICTURE, get_start (self, at), get_start (self, next));
  block->uri = gum_html_dup_uri (image->src, TRUE);
  block->alt = gum_html_dup_attribute (image->alt);
  block->closer = gum_rich_pieces_dup_closer (self->pieces, at);

  return next;
}

static void
enter (Reader      *self,
       guint        at,
       GumRichRole  role)
{
  const GumRichPiece *piece = get (self, at);
  g_autofree char *name = g_ascii_strdown (piece->token.name.start, piece->token.name.length);
  Frame frame = { piece->end, self->text->blocks->len };
  GumRichElement *element = gum_rich_element_new (role, name, piece->token.raw.start,
                                                  piece->token.raw.length);

  if (role == GUM_RICH_ELEMENT_LIST)
    {
      g_autofree char *first = gum_html_dup_attribute (piece->token.first);
      guint64 number;

      element->numbered = piece->token.tag == GUM_HTML_TAG_NUMBERS;
      if (g_ascii_string_to_unsigned (first, 10, 1, 999999, &number, NULL))
        element->first = number;
    }
  g_ptr_array_add (self->path, element);
  g_array_append_val (self->frames, frame);
}

/* Whether there are blocks to be made of an element: one of tags and space alone would be lost when the
 * tags about it are written anew. */
static gboolean
holds_something (Reader *self,
                 guint   at)
{
  guint end = get (self, at)->end;

  for (guint i = at + 1; i < end; i++)
    {
      const GumRichPiece *piece = get (self, i);

      if (piece->token.kind != GUM_HTML_TOKEN_TEXT || piece->other || !is_blank (piece->token.text))
        return TRUE;
    }

  return FALSE;
}

/* A list is read as one unless words stand among its items. */
static gboolean
is_tidy_list (Reader *self,
              guint   at)
{
  guint end = get (self, at)->end;

  for (guint i = at + 1; i < end;)
    {
      const GumRichPiece *piece = get (self, i);
      gboolean is_start = !piece->other && piece->token.kind == GUM_HTML_TOKEN_START;

      if (!piece->other && piece->token.kind == GUM_HTML_TOKEN_TEXT &&
          !is_blank (piece->token.text))
        return FALSE;
      i = is_start ? get_next (self, i) : i + 1;
    }

  return holds_something (self, at);
}

static gboolean
is_frame (const GumRichPiece *piece)
{
  static const char * const names[] = {
    "div", "section", "article", "center", "main", "html", "body",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (gum_rich_piece_is (piece, names[i]))
        return TRUE;
    }

  return FALSE;
}

/* Returns: the piece to go on with. */
static guint
read_element (Reader *self,
              guint   at)
{
  const GumRichPiece *piece = get (self, at);
  GumRichElement *parent = get_parent (self);
  GumRichRole role = parent != NULL ? parent->role : GUM_RICH_ELEMENT_FRAME;
  gboolean in_list = role == GUM_RICH_ELEMENT_LIST;
  gboolean in_frame = role == GUM_RICH_ELEMENT_FRAME;

  if (in_list)
    {
      if (piece->token.tag == GUM_HTML_TAG_ITEM && !holds_something (self, at))
        {
          /* An empty item is a block without words. */
          GumRichBlock *block;

          enter (self, at, GUM_RICH_ELEMENT_ITEM);
          block = add_block (self, GUM_RICH_ITEM, get_start (self, at + 1), get_start (self, piece->end));
          set_kind (self, block);
          return at + 1;
        }
      if (piece->token.tag == GUM_HTML_TAG_ITEM)
        {
          enter (self, at, GUM_RICH_ELEMENT_ITEM);
          return at + 1;
        }
    }

  if ((piece->token.tag == GUM_HTML_TAG_BULLETS || piece->token.tag == GUM_HTML_TAG_NUMBERS) &&
      role != GUM_RICH_ELEMENT_QUOTE && is_tidy_list (self, at))
    {
      enter (self, at, GUM_RICH_ELEMENT_LIST);
      return at + 1;
    }
  if (in_frame && is_frame (piece) && holds_something (self, at))
    {
      enter (self, at, GUM_RICH_ELEMENT_FRAME);
      return at + 1;
    }
  if (!in_list && (gum_rich_piece_is (piece, "p") || is_frame (piece)) && !piece->has_blocks)
    return add_leaf (self, at);

  if (in_frame && piece->token.tag == GUM_HTML_TAG_QUOTE && holds_something (self, at))
    {
      enter (self, at, GUM_RICH_ELEMENT_QUOTE);
      return at + 1;
    }
  if (in_frame && !piece->has_blocks &&
      (piece->token.tag == GUM_HTML_TAG_HEADING || piece->token.tag == GUM_HTML_TAG_PRE))
    return add_leaf (self, at);
  if (in_frame && piece->token.tag == GUM_HTML_TAG_RULE)
    {
      add_block (self, GUM_RICH_RULE, get_start (self, at), get_start (self, at + 1));
      return at + 1;
    }
  if (in_frame && (piece->token.tag == GUM_HTML_TAG_IMAGE || gum_rich_piece_is (piece, "figure")))
    return add_picture (self, at);

  if (!in_list && !piece->has_blocks &&
      (gum_rich_piece_is_inline (piece) || piece->token.tag == GUM_HTML_TAG_BREAK ||
       (!in_frame && piece->token.tag == GUM_HTML_TAG_IMAGE)))
    return 0;

  return add_opaque_element (self, at);
}

static void
read_all (Reader *self)
{
  guint at = 0;

  while (at < self->pieces->len)
    {
      const GumRichPiece *piece = get (self, at);
      guint end = self->pieces->len;

      if (self->frames->len > 0)
        {
          const Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);

          end = frame->end;
          if (at >= end)
            {
              g_ptr_array_set_size (self->path, self->path->len - 1);
              g_array_set_size (self->frames, self->frames->len - 1);
              /* Its end tag ends only this one. */
              if (piece->token.kind == GUM_HTML_TOKEN_END && piece->ended &&
                  (self->frames->len == 0 ||
                   g_array_index (self->frames, Frame, self->frames->len - 1).end != at))
                at++;
              continue;
            }
        }

      if (piece->other)
        at = add_opaque (self, at, at + 1, "comment");
      else if (piece->token.kind == GUM_HTML_TOKEN_END)
        at = add_opaque (self, at, at + 1, NULL);
      else if (piece->token.kind == GUM_HTML_TOKEN_TEXT)
        at = is_blank (piece->token.text) ? at + 1 : add_words (self, at, end);
      else
        {
          guint next = read_element (self, at);

          at = next > 0 ? next : add_words (self, at, end);
        }
    }
}

/**
 * gum_rich_text_read_html:
 * @html: (nullable): HTML, or any bytes
 * @length: how many bytes, or -1 if @html ends in a zero
 *
 * Reads HTML so that gum_rich_text_write_html() gives back the very bytes. Nothing is executed, fetched or
 * trusted; time and memory grow with @length alone.
 *
 * Returns: (transfer full): the text
 */
GumRichText *
gum_rich_text_read_html (const char *html,
                         gssize      length)
{
  GumRichText *text = gum_rich_text_new ();
  g_autoptr(GBytes) input = NULL;
  Reader self = { 0, };
  gsize size;

  if (html == NULL)
    html = "";
  input = g_bytes_new (html, length < 0 ? strlen (html) : (gsize) length);
  self.input = input;
  self.start = g_bytes_get_data (input, &size);
  if (self.start == NULL)
    self.start = "";
  self.lead = self.start;
  self.text = text;
  self.serial = gum_rich_next_serial ();
  self.path = gum_rich_path_new ();

  if (g_utf8_validate_len (self.start, size, NULL))
    self.pieces = gum_rich_pieces_read (self.start, size);

  if (self.pieces == NULL)
    {
      GumRichBlock *block = add_block (&self, GUM_RICH_OPAQUE, self.start, self.start + size);

      block->label = g_strdup ("html");
      block->unclosed = TRUE;
    }
  else
    {
      self.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
      self.used = g_hash_table_new (NULL, NULL);
      read_all (&self);
      g_array_unref (self.frames);
      g_hash_table_unref (self.used);
      g_array_unref (self.pieces);
    }

  text->tail = cut (&self, self.lead, self.start + size);
  text->last = self.serial;
  g_ptr_array_unref (self.path);

  return text;
}
