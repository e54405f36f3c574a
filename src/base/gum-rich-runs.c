/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of one block. White space becomes what a browser makes of it; what is not understood becomes a run
 * that holds its own bytes; a tag that only lies around words becomes part of their runs. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

#include <string.h>

typedef struct {
  guint  end;
  guint  style;
  gsize  wrap;         /* length of the wrap outside of it */
  gboolean is_link;
} Open;

typedef struct {
  GPtrArray *runs;
  GString   *text;     /* of the run under way */
  gboolean   is_code;
  gboolean   is_first; /* nothing was read yet */
  gunichar   before;   /* the character before, '\n' at the beginning */

  GArray    *open;     /* of Open */
  guint      styles;
  char      *link;
  char      *link_open;
  GString   *wrap;
} Reader;

static GumRichRun *
make_run (Reader     *self,
          const char *text)
{
  GumRichRun *run = gum_rich_run_new (text, self->styles, self->link);

  run->link_open = g_strdup (self->link_open);
  if (self->wrap->len > 0)
    run->wrap = g_strdup (self->wrap->str);

  return run;
}

static void
finish_run (Reader *self)
{
  gum_rich_runs_add (self->runs, make_run (self, self->text->str));
  g_string_truncate (self->text, 0);
}

static void
add_opaque (Reader       *self,
            const char   *label,
            gsize         label_length,
            GumHtmlSlice  bytes,
            char         *uri)
{
  GumRichRun *run;

  finish_run (self);
  run = make_run (self, "");
  g_free (run->text);
  run->text = g_strndup (label, label_length);
  run->opaque = g_strndup (bytes.start, bytes.length);
  run->uri = uri;
  gum_rich_runs_add (self->runs, run);
  self->before = 0xFFFC;
}

/* What a text buffer uses for itself, or cannot hold. */
static gboolean
is_strange (gunichar character)
{
  return (character < 0x20 && character != '\n' && character != '\t') ||
         (character >= 0x7F && character <= 0x9F) ||
         character == 0xFFFC || character == 0x2028 || character == 0x2029 || character == 0xFEFF;
}

static void
add_character (Reader   *self,
               gunichar  character)
{
  g_string_append_unichar (self->text, character);
  self->before = character;
}

static void
add_strange (Reader       *self,
             gunichar      character,
             GumHtmlSlice  bytes,
             gboolean      written_out)
{
  g_autofree char *label = g_strdup_printf ("U+%04X", character);
  g_autofree char *reference = g_strdup_printf ("&#%u;", character);

  /* A reference without its semicolon would go on with what comes behind it. */
  if (written_out)
    bytes = (GumHtmlSlice) { reference, strlen (reference) };
  add_opaque (self, label, strlen (label), bytes, NULL);
}

static void
read_text (Reader       *self,
           GumHtmlSlice  slice)
{
  const char *cursor = slice.start;
  const char *end = slice.start + slice.length;

  while (cursor < end)
    {
      const char *start = cursor;
      gunichar character = *cursor == '&' ? gum_html_read_entity (&cursor, end) : 0;
      gboolean written_out = character != 0;

      if (!written_out)
        {
          character = g_utf8_get_char (cursor);
          cursor = g_utf8_next_char (cursor);
        }

      if (self->is_code && character == '\r' && !written_out)
        continue;
      if (character < 0x80 && g_ascii_isspace (character) && character != '\v')
        {
          if (written_out && character != ' ')
            add_strange (self, character, (GumHtmlSlice) { start, cursor - start }, TRUE);
          else if (self->is_code)
            add_character (self, character == '\f' ? ' ' : character);
          else if (self->before != ' ' && self->before != '\n')
            add_character (self, ' ');
        }
      else if (is_strange (character))
        {
          add_strange (self, character, (GumHtmlSlice) { start, cursor - start }, written_out);
        }
      else
        {
          add_character (self, character);
        }
    }
}

static void
read_break (Reader *self)
{
  /* A space before a break is not seen. */
  if (!self->is_code && self->text->len > 0 && self->text->str[self->text->len - 1] == ' ')
    g_string_truncate (self->text, self->text->len - 1);
  add_character (self, '\n');
}

static void
open_element (Reader             *self,
              const GumRichPiece *piece)
{
  Open open = { .end = piece->end, .wrap = self->wrap->len };
  char *uri = NULL;

  finish_run (self);
  open.style = gum_rich_piece_style (piece);
  if (self->styles & open.style)
    open.style = 0;
  else if (open.style == 0 && piece->token.tag == GUM_HTML_TAG_LINK && self->link == NULL)
    uri = gum_html_dup_uri (piece->token.href, FALSE);

  if (uri != NULL)
    {
      open.is_link = TRUE;
      self->link = uri;
      self->link_open = g_strndup (piece->token.raw.start, piece->token.raw.length);
    }
  else if (gum_rich_piece_style (piece) == 0)
    {
      g_string_append_len (self->wrap, piece->token.raw.start, piece->token.raw.length);
    }
  self->styles |= open.style;
  g_array_append_val (self->open, open);
}

static void
close_elements (Reader *self,
                guint   at)
{
  while (self->open->len > 0)
    {
      const Open *open = &g_array_index (self->open, Open, self->open->len - 1);

      if (open->end > at)
        return;

      finish_run (self);
      self->styles &= ~open->style;
      g_string_truncate (self->wrap, open->wrap);
      if (open->is_link)
        {
          g_clear_pointer (&self->link, g_free);
          g_clear_pointer (&self->link_open, g_free);
        }
      g_array_set_size (self->open, self->open->len - 1);
    }
}

/* The bytes of a whole element, made one that ends itself and nothing else. An end tag of nothing makes room for
 * something that keeps apart what it kept apart. */
static char *
dup_bytes (GArray *pieces,
           guint   from,
           guint   to)
{
  g_autofree char *closer = gum_rich_pieces_dup_closer (pieces, from);
  GString *bytes = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      const GumRichPiece *piece = &g_array_index (pieces, GumRichPiece, i);

      if (!piece->other && piece->token.kind == GUM_HTML_TOKEN_END && !piece->ended)
        g_string_append (bytes, "<!---->");
      else
        g_string_append_len (bytes, piece->token.raw.start, piece->token.raw.length);
    }
  g_string_append (bytes, closer);

  return g_string_free (bytes, FALSE);
}

/* Returns: the piece to go on with. */
static guint
read_piece (Reader *self,
            GArray *pieces,
            guint   at,
            guint   end)
{
  const GumRichPiece *piece = &g_array_index (pieces, GumRichPiece, at);
  const GumHtmlToken *token = &piece->token;
  guint next = at + 1;

  if (piece->other)
    {
      add_opaque (self, "comment", strlen ("comment"), token->raw, NULL);
    }
  else if (token->kind == GUM_HTML_TOKEN_TEXT)
    {
      GumHtmlSlice text = token->text;

      /* The first line break of code only ends the line of its tag. */
      if (self->is_code && self->is_first && text.length > 0 && *text.start == '\n')
        {
          text.start++;
          text.length--;
        }
      read_text (self, text);
    }
  else if (token->kind == GUM_HTML_TOKEN_END)
    {
      /* One that ends nothing means nothing, and could end something once it stands elsewhere. */
    }
  else if (token->tag == GUM_HTML_TAG_BREAK && token->plain)
    {
      read_break (self);
    }
  else if (gum_rich_piece_is_inline (piece) && !piece->has_blocks)
    {
      open_element (self, piece);
    }
  else
    {
      g_autofree char *bytes = NULL;

      next = MIN (piece->ended ? piece->end + 1 : piece->end, end);
      bytes = dup_bytes (pieces, at, next);
      add_opaque (self, token->name.start, token->name.length, (GumHtmlSlice) { bytes, strlen (bytes) },
                  token->tag == GUM_HTML_TAG_IMAGE ? gum_html_dup_uri (token->src, TRUE) : NULL);
    }
  self->is_first = FALSE;

  return next;
}

/* White space at the end of a line is not seen, and neither is a break there. */
static void
trim_end (GPtrArray *runs)
{
  GumRichRun *last = runs->len > 0 ? g_ptr_array_index (runs, runs->len - 1) : NULL;
  gsize length;

  if (last == NULL || last->opaque != NULL)
    return;

  length = strlen (last->text);
  if (length > 0 && (last->text[length - 1] == ' ' || last->text[length - 1] == '\n'))
    last->text[length - 1] = '\0';
  if (*last->text == '\0')
    g_ptr_array_remove_index (runs, runs->len - 1);
}

/*
 * gum_rich_read_runs:
 * @block: where they belong
 * @pieces: (element-type GumRichPiece): the input
 * @start: the first piece that is read
 * @end: the first that is not
 */
void
gum_rich_read_runs (GumRichBlock *block,
                    GArray       *pieces,
                    guint         start,
                    guint         end)
{
  Reader self = { .runs = block->runs, .is_first = TRUE, .before = '\n' };

  self.is_code = block->kind == GUM_RICH_CODE;
  self.text = g_string_new (NULL);
  self.wrap = g_string_new (NULL);
  self.open = g_array_new (FALSE, FALSE, sizeof (Open));

  for (guint at = start; at < end;)
    {
      close_elements (&self, at);
      at = read_piece (&self, pieces, at, end);
    }
  close_elements (&self, G_MAXUINT);
  finish_run (&self);
  if (!self.is_code)
    trim_end (self.runs);

  g_string_free (self.text, TRUE);
  g_string_free (self.wrap, TRUE);
  g_array_unref (self.open);
}
