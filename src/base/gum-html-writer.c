/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One block's text and markup, under way. The markup is written run by run: only differences between
 * runs open or close tags, always in one order (link outermost), so what is written is balanced by
 * construction, however the tags of the source cross each other. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-html-private.h"

#include <string.h>

#define N_STYLES GUM_HTML_N_STYLES

static const char * const style_tags[N_STYLES] = { "b", "i", "u", "s", "tt" };

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

/*
 * gum_html_dup_attribute:
 * @slice: the value of an attribute
 *
 * Returns: (transfer full): what it means, without space around it
 */
char *
gum_html_dup_attribute (GumHtmlSlice slice)
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

/* Closes what the next run does not have: everything from the first difference inwards. */
static void
close_styles (GumHtmlWriter *self,
              gboolean       keep_link,
              gboolean       wanted[N_STYLES])
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
close_all (GumHtmlWriter *self)
{
  gboolean none[N_STYLES] = { FALSE, };

  close_styles (self, FALSE, none);
}

static void
open_styles (GumHtmlWriter *self,
             gboolean       wanted[N_STYLES])
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
can_write_link (GumHtmlWriter *self)
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
write_gap (GumHtmlWriter *self)
{
  const char *gap = self->gap->str;

  /* Before the first word only the indentation of code counts. */
  if (self->text->len == 0)
    {
      const char *line = strrchr (gap, '\n');

      gap = self->pre > 0 ? (line != NULL ? line + 1 : gap) : "";
    }

  if (self->markup != NULL)
    g_string_append (self->markup, gap);
  g_string_append (self->text, gap);
  g_string_truncate (self->gap, 0);
}

static void
append_markup (GumHtmlWriter *self,
               gunichar       character)
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
}

/* Of ASCII only what is shown and no space comes here. */
static void
append_character (GumHtmlWriter *self,
                  gunichar       character)
{
  if (self->markup != NULL)
    append_markup (self, character);
  else if (self->gap->len > 0)
    write_gap (self);

  if (character < 0x80)
    g_string_append_c (self->text, character);
  else
    g_string_append_unichar (self->text, character);
  if (character < 0x80 ||
      (!g_unichar_isspace (character) && !g_unichar_iszerowidth (character)))
    self->has_ink = TRUE;
}

void
gum_html_writer_space (GumHtmlWriter *self,
                       char           space)
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

void
gum_html_writer_line_break (GumHtmlWriter *self,
                            guint          at_most)
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

void
gum_html_writer_text (GumHtmlWriter *self,
                      GumHtmlSlice   slice)
{
  const char *cursor = slice.start;
  const char *end = slice.length > 0 ? slice.start + slice.length : slice.start;

  while (cursor < end)
    {
      gunichar character = read_character (&cursor, end);
      const char *rest = cursor;

      if (character < 0x80 && g_ascii_isspace (character))
        gum_html_writer_space (self, character);
      else if (is_shown (character))
        {
          append_character (self, character);

          /* The rest of the word needs no styles, no escapes and no gap. */
          while (cursor < end && g_ascii_isalnum (*cursor))
            cursor++;
          if (cursor > rest)
            {
              if (self->markup != NULL)
                g_string_append_len (self->markup, rest, cursor - rest);
              g_string_append_len (self->text, rest, cursor - rest);
              self->has_ink = TRUE;
            }
        }
    }
}

/*
 * gum_html_writer_link:
 * @uri: (nullable): where the text from here on leads
 */
void
gum_html_writer_link (GumHtmlWriter *self,
                      const char    *uri)
{
  /* Two links that touch are two links, even to one address. */
  close_all (self);
  g_clear_pointer (&self->link, g_free);
  if (uri != NULL)
    self->link = g_markup_escape_text (uri, -1);
}

/*
 * gum_html_writer_finish:
 *
 * Closes what is open.
 *
 * Returns: whether there is anything to see in the block
 */
gboolean
gum_html_writer_finish (GumHtmlWriter *self)
{
  close_all (self);
  g_string_truncate (self->gap, 0);

  return self->has_ink;
}

/* Begins the next block; styles and link go on. */
void
gum_html_writer_begin (GumHtmlWriter *self)
{
  if (self->markup != NULL)
    g_string_truncate (self->markup, 0);
  g_string_truncate (self->text, 0);
  self->has_ink = FALSE;
}

void
gum_html_writer_init (GumHtmlWriter *self,
                      gsize          input_length,
                      gboolean       with_markup)
{
  *self = (GumHtmlWriter) { 0, };
  self->markup = with_markup ? g_string_new (NULL) : NULL;
  self->text = g_string_new (NULL);
  self->gap = g_string_new (NULL);
  self->link_budget = 8 * input_length;
}

void
gum_html_writer_clear (GumHtmlWriter *self)
{
  if (self->markup != NULL)
    g_string_free (self->markup, TRUE);
  g_string_free (self->text, TRUE);
  g_string_free (self->gap, TRUE);
  g_free (self->link);
}
