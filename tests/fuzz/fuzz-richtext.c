/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML that is edited. Whatever comes: without an edit the same bytes go out; an edit of one block leaves the
 * bytes of all others as they were; and what was written is read back as what was meant. */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "gum-rich-text.h"

/* So many places of an input are edited, spread over it. */
#define MOST_EDITS 6

typedef enum {
  WRITE,
  TURN,
  REMOVE,
  ADD,
  N_EDITS
} Edit;

static GumRichText *
copy (const GumRichText *text)
{
  GumRichText *other = gum_rich_text_new ();

  for (guint i = 0; i < text->blocks->len; i++)
    g_ptr_array_add (other->blocks, gum_rich_block_ref (g_ptr_array_index (text->blocks, i)));
  other->tail = g_bytes_ref (text->tail);
  other->last = text->last;

  return other;
}

static void
replace (GumRichText  *text,
         guint         at,
         GumRichBlock *block)
{
  gum_rich_block_unref (g_ptr_array_index (text->blocks, at));
  g_ptr_array_index (text->blocks, at) = block;
}

static GPtrArray *
copy_runs (GPtrArray *runs)
{
  GPtrArray *more = gum_rich_runs_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      const GumRichRun *run = g_ptr_array_index (runs, i);
      GumRichRun *same = gum_rich_run_new (run->text, run->styles, run->link);

      same->link_open = g_strdup (run->link_open);
      same->wrap = g_strdup (run->wrap);
      same->opaque = g_strdup (run->opaque);
      same->uri = g_strdup (run->uri);
      g_ptr_array_add (more, same);
    }

  return more;
}

/* Returns: whether there is such an edit to make there. */
static gboolean
make_edit (GumRichText *text,
           guint        at,
           Edit         edit)
{
  static const GumRichKind kinds[] = {
    GUM_RICH_PARAGRAPH, GUM_RICH_HEADING, GUM_RICH_ITEM, GUM_RICH_QUOTE,
  };
  GumRichBlock *block = g_ptr_array_index (text->blocks, at);
  g_autoptr(GPtrArray) runs = NULL;
  GumRichKind kind;

  switch (edit)
    {
    case WRITE:
      if (!gum_rich_block_has_text (block))
        return FALSE;
      runs = copy_runs (block->runs);
      gum_rich_runs_add (runs, gum_rich_run_new ("a < b & \xC3\xA9", GUM_RICH_BOLD, NULL));
      gum_rich_runs_add (runs, gum_rich_run_new ("c\nd", 0, "https://example.com/?a=1&b=2"));
      replace (text, at, gum_rich_block_rewrite (block, block->kind, block->level, block->numbered,
                                                 runs));
      return TRUE;

    case TURN:
      kind = kinds[at % G_N_ELEMENTS (kinds)];
      if (!gum_rich_block_has_text (block) || block->kind == GUM_RICH_CODE || block->kind == kind)
        return FALSE;
      replace (text, at, gum_rich_block_rewrite (block, kind,
                                                 kind == GUM_RICH_HEADING || kind == GUM_RICH_ITEM ?
                                                 1 + at / 4 % 3 : 0,
                                                 kind == GUM_RICH_ITEM && at % 2 == 0,
                                                 block->runs));
      return TRUE;

    case REMOVE:
      g_ptr_array_remove_index (text->blocks, at);
      return TRUE;

    case ADD:
      if (block->unclosed)
        return FALSE;
      block = gum_rich_block_new (GUM_RICH_PARAGRAPH, 0, FALSE);
      gum_rich_runs_add (block->runs, gum_rich_run_new ("new", 0, NULL));
      g_ptr_array_insert (text->blocks, at + 1, block);
      return TRUE;

    case N_EDITS:
    default:
      g_assert_not_reached ();
    }
}

/* A block whose bytes end in the middle of something is the one thing that may be written anew, and only when what
 * comes behind it is not what did. */
static void
check_sources (const GumRichText *text,
               const char        *html,
               gsize              length)
{
  const char *cursor = html;

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (text->blocks, i);
      gsize size;
      const char *source;
      const char *found;

      if (block->source == NULL || block->ragged)
        continue;
      source = g_bytes_get_data (block->source, &size);
      if (size == 0)
        continue;
      found = memmem (cursor, length - (cursor - html), source, size);
      g_assert_nonnull (found);
      cursor = found + size;
    }
}

static char *
describe (const GumRichText *text)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (text->blocks, i);

      g_string_append_printf (all, "\n%u: kind %d, level %u, %s", i, block->kind, block->level,
                              block->label != NULL ? block->label : "");
      for (guint j = 0; j < block->runs->len; j++)
        {
          const GumRichRun *run = g_ptr_array_index (block->runs, j);

          g_string_append_printf (all, " [%s|%u|%s|%s|%s]", run->text, run->styles, run->link,
                                  run->wrap, run->opaque);
        }
    }

  return g_string_free (all, FALSE);
}

static void
check_edit (const GumRichText *text,
            guint              at,
            Edit               edit)
{
  g_autoptr(GumRichText) edited = copy (text);
  g_autoptr(GumRichText) again = NULL;
  g_autofree char *html = NULL;
  g_autofree char *same = NULL;
  gsize length;
  gsize same_length;

  if (!make_edit (edited, at, edit))
    return;

  html = gum_rich_text_write_html (edited, &length);
  check_sources (edited, html, length);
  again = gum_rich_text_read_html (html, length);
  if (!gum_rich_text_is_equal (edited, again))
    {
      g_autofree char *meant = describe (edited);
      g_autofree char *got = describe (again);

      g_printerr ("edit %d of block %u: %s\nis read back as: %s\nfrom: %.*s\n", edit, at, meant, got,
                  (int) length, html);
      g_assert_not_reached ();
    }

  same = gum_rich_text_write_html (again, &same_length);
  g_assert_cmpmem (same, same_length, html, length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GumRichText) text = gum_rich_text_read_html ((const char *) data, size);
  g_autofree char *html = NULL;
  gsize length;
  guint step;

  html = gum_rich_text_write_html (text, &length);
  g_assert_cmpmem (html, length, data, size);

  step = text->blocks->len / MOST_EDITS + 1;
  for (guint at = 0; at < text->blocks->len; at += step)
    {
      for (Edit edit = 0; edit < N_EDITS; edit++)
        check_edit (text, at, edit);
    }

  gum_rich_text_sanitise (text);
  g_clear_pointer (&html, g_free);
  html = gum_rich_text_write_html (text, &length);
  g_assert_true (g_utf8_validate_len (html, length, NULL));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "<style"));

  return 0;
}
