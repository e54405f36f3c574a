/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of content that is edited. Whatever comes: without an edit the same tree goes out; an edit of one block
 * leaves the nodes of all others as they were; and what was written is read back as what was meant. */

#include "config.h"

#include "fuzz.h"

#include "gum-content-text.h"
#include "gum-json.h"

/* So many places of an input are edited, spread over it. */
#define MOST_EDITS 6

static void
assert_equal (JsonNode *a,
              JsonNode *b)
{
  g_autofree char *text_a = json_to_string (a, FALSE);
  g_autofree char *text_b = json_to_string (b, FALSE);

  if (!json_node_equal (a, b))
    g_error ("%s\nis not\n%s", text_a, text_b);
}

/* Every block that is no words still has the node that it was read from. */
static void
assert_kept (const GumRichText *text,
             const GumRichText *again)
{
  guint at = 0;

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (text->blocks, i);

      if (block->kind != GUM_RICH_OPAQUE)
        continue;
      while (((GumRichBlock *) g_ptr_array_index (again->blocks, at))->kind != GUM_RICH_OPAQUE)
        at++;
      assert_equal (block->node, ((GumRichBlock *) g_ptr_array_index (again->blocks, at++))->node);
    }
}

static void
edit (GumRichText *text,
      guint        at,
      JsonNode    *document)
{
  g_autoptr(GumRichBlock) old = gum_rich_block_ref (g_ptr_array_index (text->blocks, at));
  g_autoptr(GPtrArray) runs = gum_rich_runs_new ();
  g_autoptr(JsonNode) written = NULL;
  g_autoptr(JsonNode) rewritten = NULL;
  g_autoptr(GumRichText) again = NULL;

  if (!gum_rich_block_has_text (old))
    return;

  gum_rich_runs_add (runs, gum_rich_run_new ("a < b \xC3\xA9", GUM_RICH_BOLD, NULL));
  gum_rich_runs_add (runs, gum_rich_run_new ("c\nd", 0, NULL));
  gum_rich_runs_add (runs, gum_rich_run_new ("e", 0, "https://example.com/?a=1&b=2"));
  g_ptr_array_index (text->blocks, at) = gum_rich_block_rewrite (old, old->kind, old->level,
                                                                 old->numbered, runs);
  gum_rich_block_unref (old);
  written = gum_content_text_write (text, document);
  again = gum_content_text_read (written, NULL);
  g_assert_true (gum_rich_text_is_equal (text, again));
  assert_kept (text, again);
  rewritten = gum_content_text_write (again, written);
  assert_equal (written, rewritten);

  gum_rich_block_unref (g_ptr_array_index (text->blocks, at));
  g_ptr_array_index (text->blocks, at) = gum_rich_block_ref (old);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(JsonNode) document = gum_json_parse_object (bytes, NULL);
  g_autoptr(GumRichText) text = NULL;
  g_autoptr(JsonNode) written = NULL;
  guint step;

  if (document == NULL)
    return 0;

  text = gum_content_text_read (document, NULL);
  written = gum_content_text_write (text, document);
  /* A document that has no nodes at all gets an empty list of them. */
  if (gum_json_get_array (json_node_get_object (document), "content") != NULL)
    assert_equal (written, document);

  step = text->blocks->len / MOST_EDITS + 1;
  for (guint i = 0; i < text->blocks->len; i += step)
    edit (text, i, document);

  return 0;
}
