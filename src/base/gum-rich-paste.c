/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text from elsewhere. It is nobody's to keep byte for byte: what is understood comes in as if it had been written
 * here, of the rest only the words do. Nothing that could run, load or follow comes in at all. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

#include "gum-html.h"

#include <string.h>

#define DEEPEST_HEADING 4

static GumRichBlock *
make_paragraph (const char *words,
                gsize       length)
{
  GumRichBlock *block = gum_rich_block_new (GUM_RICH_PARAGRAPH, 0, FALSE);
  g_autofree char *valid = g_utf8_make_valid (words, length);

  gum_rich_runs_add (block->runs, gum_rich_run_new (valid, 0, NULL));

  return block;
}

static GumRichBlock *
make_picture (const char *uri,
              const char *alt)
{
  GumRichBlock *block = gum_rich_block_new (GUM_RICH_PICTURE, 0, FALSE);

  block->uri = g_strdup (uri);
  block->alt = g_strdup (alt);

  return block;
}

/* The words of something that is not understood, each block of them a paragraph. */
static void
add_words_of (GPtrArray  *blocks,
              const char *html,
              gsize       length)
{
  g_autoptr(GPtrArray) found = gum_html_parse (html, length);

  for (guint i = 0; i < found->len; i++)
    {
      const GumHtmlBlock *block = g_ptr_array_index (found, i);

      if (block->kind != GUM_HTML_IMAGE && *block->text != '\0')
        g_ptr_array_add (blocks, make_paragraph (block->text, strlen (block->text)));
    }
}

static void
add_with_words (GPtrArray    *blocks,
                GumRichBlock *block)
{
  guint level = block->kind == GUM_RICH_HEADING ? MIN (block->level, DEEPEST_HEADING) : block->level;
  g_autoptr(GumRichBlock) clean = gum_rich_block_new (block->kind, level, block->numbered);
  const GumRichRun *picture = NULL;

  clean->continued = block->continued;
  for (guint i = 0; i < block->runs->len; i++)
    {
      const GumRichRun *run = g_ptr_array_index (block->runs, i);

      if (run->opaque == NULL)
        {
          gum_rich_runs_add (clean->runs, gum_rich_run_new (run->text, run->styles, run->link));
        }
      else if (run->uri != NULL)
        {
          picture = run;
        }
      else
        {
          g_autofree char *text = gum_html_to_text (run->opaque, -1);

          gum_rich_runs_add (clean->runs, gum_rich_run_new (text, run->styles, run->link));
        }
    }

  if (clean->runs->len > 0 || picture == NULL)
    g_ptr_array_add (blocks, g_steal_pointer (&clean));
  if (picture != NULL)
    g_ptr_array_add (blocks, make_picture (picture->uri, NULL));
}

/**
 * gum_rich_text_sanitise:
 *
 * Makes a text that was read as HTML one that may be put into another.
 */
void
gum_rich_text_sanitise (GumRichText *self)
{
  GPtrArray *blocks = gum_rich_blocks_new ();

  for (guint i = 0; i < self->blocks->len; i++)
    {
      GumRichBlock *block = g_ptr_array_index (self->blocks, i);

      if (gum_rich_block_has_text (block))
        {
          add_with_words (blocks, block);
        }
      else if (block->kind == GUM_RICH_RULE)
        {
          g_ptr_array_add (blocks, gum_rich_block_new (GUM_RICH_RULE, 0, FALSE));
        }
      else if (block->kind == GUM_RICH_PICTURE)
        {
          if (block->uri != NULL)
            g_ptr_array_add (blocks, make_picture (block->uri, block->alt));
        }
      else if (block->source != NULL)
        {
          gsize length;
          const char *html = g_bytes_get_data (block->source, &length);

          add_words_of (blocks, html, length);
        }
    }

  g_ptr_array_unref (self->blocks);
  self->blocks = blocks;
  g_clear_pointer (&self->tail, g_bytes_unref);
  self->last = 0;
}

/**
 * gum_rich_text_read_plain:
 * @text: plain text
 *
 * Returns: (transfer full): each of its lines as a paragraph
 */
GumRichText *
gum_rich_text_read_plain (const char *text)
{
  GumRichText *self = gum_rich_text_new ();
  const char *line = text;

  while (*line != '\0')
    {
      gsize length = strcspn (line, "\r\n");

      if (length > 0)
        g_ptr_array_add (self->blocks, make_paragraph (line, length));
      line += length;
      line += strspn (line, "\r\n");
    }

  return self;
}

/**
 * gum_rich_dup_link:
 * @typed: what a person wrote
 *
 * Returns: (transfer full) (nullable): the address that is meant, if it is one that a text may lead to
 */
char *
gum_rich_dup_link (const char *typed)
{
  g_autofree char *address = g_strstrip (g_strdup (typed));
  g_autofree char *full = NULL;
  g_autofree char *scheme = NULL;

  if (*address == '\0' || strpbrk (address, " \t\n\"<>") != NULL)
    return NULL;

  scheme = g_uri_parse_scheme (address);
  if (scheme != NULL && (strchr (address, '.') == NULL || strchr (address, ':') < strchr (address, '.') ||
                         strstr (address, "://") != NULL))
    full = g_strdup (address);
  else if (strchr (address, '@') != NULL && strchr (address, '/') == NULL)
    full = g_strconcat ("mailto:", address, NULL);
  else if (strchr (address, '.') != NULL)
    full = g_strconcat ("https://", address, NULL);
  else
    return NULL;

  return gum_html_dup_uri ((GumHtmlSlice) { full, strlen (full) }, FALSE);
}
