/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text as HTML again. What was not edited is copied; between two blocks that stood side by side, so is what was
 * between them. All else is written as Gumroad's own editor would. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

#include <string.h>

static const struct {
  guint       style;
  const char *tag;
} style_tags[] = {
  { GUM_RICH_BOLD, "strong" },
  { GUM_RICH_ITALIC, "em" },
  { GUM_RICH_UNDERLINE, "u" },
  { GUM_RICH_STRIKE, "s" },
  { GUM_RICH_MONOSPACE, "code" },
};

typedef struct {
  GString *out;
  gboolean is_code;
  gboolean after_space;  /* a space here would not be seen */
} Writer;

static void
append_bytes (GString *out,
              GBytes  *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length > 0)
    g_string_append_len (out, data, length);
}

static void
append_attribute (GString    *out,
                  const char *name,
                  const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (out, " %s=\"%s\"", name, escaped);
}

static void
write_text (Writer     *self,
            const char *text,
            gboolean    is_last)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean at_end = is_last && p[1] == '\0';

      if (*p == '&')
        g_string_append (self->out, "&amp;");
      else if (*p == '<')
        g_string_append (self->out, "&lt;");
      else if (*p == '>')
        g_string_append (self->out, "&gt;");
      else if (*p == '\xC2' && p[1] == '\xA0')
        {
          g_string_append (self->out, "&nbsp;");
          p++;
        }
      else if (self->is_code)
        g_string_append_c (self->out, *p);
      else if (*p == '\n')
        g_string_append (self->out, "<br>");
      else if (*p == '\t' || (*p == ' ' && (self->after_space || at_end || p[1] == '\n')))
        g_string_append (self->out, "&nbsp;");
      else
        g_string_append_c (self->out, *p);

      self->after_space = *p == ' ' || *p == '\n';
    }
}

static void
close_wrap (GString    *out,
            const char *wrap)
{
  g_autoptr(GString) tags = g_string_new (NULL);
  GumHtmlTokenizer tokenizer = { wrap, wrap + strlen (wrap) };
  GumHtmlToken token;

  while (gum_html_tokenizer_next (&tokenizer, &token))
    {
      g_autofree char *tag = g_strdup_printf ("</%.*s>", (int) token.name.length,
                                              token.name.start);

      g_string_prepend (tags, tag);
    }
  g_string_append (out, tags->str);
}

static void
open_run (GString          *out,
          const GumRichRun *run,
          guint             styles)
{
  if (run->wrap != NULL)
    g_string_append (out, run->wrap);

  if (run->link != NULL && run->link_open != NULL)
    g_string_append (out, run->link_open);
  else if (run->link != NULL)
    {
      g_string_append (out, "<a");
      append_attribute (out, "href", run->link);
      g_string_append (out, " target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
    }

  for (gsize i = 0; i < G_N_ELEMENTS (style_tags); i++)
    {
      if (styles & style_tags[i].style)
        g_string_append_printf (out, "<%s>", style_tags[i].tag);
    }
}

static void
close_run (GString          *out,
           const GumRichRun *run,
           guint             styles)
{
  for (gsize i = G_N_ELEMENTS (style_tags); i > 0; i--)
    {
      if (styles & style_tags[i - 1].style)
        g_string_append_printf (out, "</%s>", style_tags[i - 1].tag);
    }
  if (run->link != NULL)
    g_string_append (out, "</a>");
  if (run->wrap != NULL)
    close_wrap (out, run->wrap);
}

/* Whether two runs stand in one link and one wrap, which are then written once. */
static gboolean
stand_together (const GumRichRun *run,
                const GumRichRun *other)
{
  return g_strcmp0 (run->wrap, other->wrap) == 0 && g_strcmp0 (run->link, other->link) == 0 &&
         g_strcmp0 (run->link_open, other->link_open) == 0;
}

static void
write_styled (Writer           *self,
              const GumRichRun *run,
              gboolean          is_last)
{
  GumRichRun styles = { .styles = run->styles };

  open_run (self->out, &styles, run->styles);
  if (run->opaque != NULL)
    {
      g_string_append (self->out, run->opaque);
      self->after_space = FALSE;
    }
  else
    {
      write_text (self, run->text, is_last);
    }
  close_run (self->out, &styles, run->styles);
}

static void
write_runs (GString            *out,
            const GumRichBlock *block)
{
  Writer self = { out, block->kind == GUM_RICH_CODE, TRUE };
  guint end;

  for (guint i = 0; i < block->runs->len; i = end)
    {
      const GumRichRun *run = g_ptr_array_index (block->runs, i);

      for (end = i + 1; end < block->runs->len; end++)
        {
          if (!stand_together (run, g_ptr_array_index (block->runs, end)))
            break;
        }

      open_run (out, run, 0);
      if (i == 0 && self.is_code && run->opaque == NULL && *run->text == '\n')
        g_string_append_c (out, '\n');
      for (guint j = i; j < end; j++)
        write_styled (&self, g_ptr_array_index (block->runs, j), j + 1 == block->runs->len);
      close_run (out, run, 0);
    }

  /* The last break in a block is not seen, so one more makes it be. */
  if (!self.is_code && block->runs->len > 0)
    {
      const GumRichRun *last = g_ptr_array_index (block->runs, block->runs->len - 1);

      if (last->opaque == NULL && g_str_has_suffix (last->text, "\n"))
        g_string_append (out, "<br>");
    }
}

static void
write_block (GString            *out,
             const GumRichBlock *block,
             gboolean            followed)
{
  if (block->source != NULL && (followed || !block->ragged))
    append_bytes (out, block->source);
  else if (block->kind == GUM_RICH_RULE)
    g_string_append (out, "<hr>");
  else if (block->kind == GUM_RICH_PICTURE)
    {
      g_string_append (out, "<img");
      append_attribute (out, "src", block->uri);
      if (block->alt != NULL && *block->alt != '\0')
        append_attribute (out, "alt", block->alt);
      g_string_append_c (out, '>');
    }
  else
    {
      write_runs (out, block);
    }

  if (!followed && block->closer != NULL)
    g_string_append (out, block->closer);
}

/* The white space of what stood before a block: the tags in it are written anew. */
static void
write_space (GString *out,
             GBytes  *lead)
{
  GumHtmlTokenizer tokenizer;
  GumHtmlToken token;
  gsize length;
  const char *data = g_bytes_get_data (lead, &length);

  if (length == 0)
    return;

  tokenizer = (GumHtmlTokenizer) { data, data + length };
  while (gum_html_tokenizer_next (&tokenizer, &token))
    {
      if (token.kind == GUM_HTML_TOKEN_TEXT)
        g_string_append_len (out, token.text.start, token.text.length);
    }
}

static void
write_way (GString            *out,
           GPtrArray          *from,
           GPtrArray          *to,
           const GumRichBlock *block)
{
  guint shared = gum_rich_path_shared (from, to);

  for (guint i = from != NULL ? from->len : 0; i > shared; i--)
    {
      const GumRichElement *element = g_ptr_array_index (from, i - 1);

      g_string_append_printf (out, "</%s>", element->name);
    }
  if (block != NULL && block->lead != NULL)
    write_space (out, block->lead);
  for (guint i = shared; to != NULL && i < to->len; i++)
    {
      const GumRichElement *element = g_ptr_array_index (to, i);

      g_string_append (out, element->open);
    }
}

static gboolean
is_in_place (GPtrArray *blocks,
             GPtrArray *plan,
             guint      i)
{
  const GumRichBlock *block = g_ptr_array_index (blocks, i);

  return g_ptr_array_index (plan, i) == block->path;
}

/* Whether what stood between a block and the one before it is to stand there again. */
static gboolean
is_joined (const GumRichText *self,
           GPtrArray         *blocks,
           GPtrArray         *plan,
           guint              i)
{
  if (i == blocks->len)
    {
      const GumRichBlock *last = i > 0 ? g_ptr_array_index (blocks, i - 1) : NULL;

      if (self->tail == NULL)
        return FALSE;
      if (last == NULL)
        return (self->last & 0xFFFFFFFF) == 0;

      return last->serial == self->last && is_in_place (blocks, plan, i - 1);
    }
  if (!is_in_place (blocks, plan, i) || (i > 0 && !is_in_place (blocks, plan, i - 1)))
    return FALSE;

  return gum_rich_block_follows (g_ptr_array_index (blocks, i),
                                 i > 0 ? g_ptr_array_index (blocks, i - 1) : NULL);
}

/**
 * gum_rich_text_write_html:
 * @length: (out) (optional): how many bytes, of which some may be zero if some were
 *
 * Writes a text. One that gum_rich_text_read_html() read, and in which no block was replaced, is written as it
 * was, byte for byte; so is every block that was not.
 *
 * Returns: (transfer full): HTML
 */
char *
gum_rich_text_write_html (const GumRichText *self,
                          gsize             *length)
{
  g_autoptr(GPtrArray) blocks = gum_rich_blocks_new ();
  g_autoptr(GPtrArray) plan = gum_rich_text_plan (self, blocks);
  GString *out = g_string_new (NULL);
  gboolean joined = is_joined (self, blocks, plan, 0);

  for (guint i = 0; i < blocks->len; i++)
    {
      GumRichBlock *block = g_ptr_array_index (blocks, i);

      if (joined)
        append_bytes (out, block->lead);
      else
        write_way (out, i > 0 ? g_ptr_array_index (plan, i - 1) : NULL,
                   g_ptr_array_index (plan, i), block);

      joined = is_joined (self, blocks, plan, i + 1);
      write_block (out, block, joined);
    }

  if (joined)
    append_bytes (out, self->tail);
  else if (blocks->len > 0)
    write_way (out, g_ptr_array_index (plan, blocks->len - 1), NULL, NULL);

  if (length != NULL)
    *length = out->len;

  return g_string_free (out, FALSE);
}
