/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of content as a text to edit: nothing is lost on the way there and back. */

#include "config.h"

#include "gum-content-text.h"

#define P(words) "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"" words "\"}]}"
#define DOC(nodes) "{\"type\":\"doc\",\"content\":[" nodes "]}"
#define LIST \
  "{\"type\":\"orderedList\",\"attrs\":{\"start\":3,\"new\":1},\"content\":[" \
  "{\"type\":\"listItem\",\"x\":[1],\"content\":[" P ("a") "," P ("b") "," \
  "{\"type\":\"bulletList\",\"content\":[{\"type\":\"listItem\",\"content\":[" P ("c") "]}]}]}," \
  "{\"type\":\"listItem\",\"content\":[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"f1\"}}]}]}"

static const char * const corpus[] = {
  DOC (""),
  DOC ("{\"type\":\"paragraph\"}"),
  DOC (P ("a") "," P ("b")),
  "[" P ("a") "]",
  "{\"type\":\"doc\",\"new\":{\"a\":1.5},\"content\":[" P ("a") "]}",
  DOC ("{\"type\":\"heading\",\"attrs\":{\"level\":2,\"textAlign\":\"left\"},\"content\":[{\"type\":\"text\",\"text\":\"t\"}]}"),
  DOC (LIST),
  DOC ("{\"type\":\"blockquote\",\"content\":[" P ("q") "," LIST "]}"),
  DOC ("{\"type\":\"codeBlock\",\"attrs\":{\"language\":null},\"content\":[{\"type\":\"text\",\"text\":\"a\\n b\"}]}"),
  DOC ("{\"type\":\"horizontalRule\"},{\"type\":\"image\",\"attrs\":{\"src\":\"https://a.b/c\",\"link\":null}},{\"type\":\"image\"}"),
  DOC ("{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"marks\":[{\"type\":\"italic\"},{\"type\":\"bold\"},"
       "{\"type\":\"textStyle\",\"attrs\":{\"color\":\"red\"}},{\"type\":\"link\",\"attrs\":{\"href\":\"https://a.b\",\"class\":null}}],"
       "\"text\":\"x\"},{\"type\":\"hardBreak\"},{\"type\":\"emoji\",\"attrs\":{\"n\":1}},{\"type\":\"text\",\"text\":\"y\\n\\u2028\"}]}"),
  DOC ("{\"type\":\"fileEmbedGroup\",\"attrs\":{\"uid\":\"u\",\"name\":\"F\"},\"content\":[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"f1\"}}]},"
       "{\"type\":\"licenseKey\"},{\"type\":\"upsellCard\",\"attrs\":{\"id\":\"z\"}}"),
  DOC ("{\"type\":\"bulletList\"},{\"type\":\"bulletList\",\"content\":[]},{\"type\":\"blockquote\"},"
       "{\"type\":\"bulletList\",\"content\":[{\"type\":\"listItem\"}]},{\"type\":\"listItem\",\"content\":[" P ("a") "]}"),
  DOC ("{\"type\":\"paragraph\",\"content\":{}},{\"type\":\"paragraph\",\"content\":[1]},{},{\"type\":7},null,[],\"a\""),
};

static void
assert_json (JsonNode   *node,
             const char *expected)
{
  g_autoptr(JsonNode) other = json_from_string (expected, NULL);
  g_autofree char *text = json_to_string (node, FALSE);

  if (!json_node_equal (node, other))
    g_error ("%s\nis not\n%s", text, expected);
}

static void
test_untouched (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      g_autoptr(JsonNode) document = json_from_string (corpus[i], NULL);
      g_autoptr(GumRichText) text = gum_content_text_read (document, NULL);
      g_autoptr(JsonNode) written = gum_content_text_write (text, document);

      g_assert_nonnull (document);
      assert_json (written, corpus[i]);
    }
}

/* Each block with words in it, edited alone: all the others, and what is around it, stay. */
static void
test_edited (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      g_autoptr(JsonNode) document = json_from_string (corpus[i], NULL);
      g_autoptr(GumRichText) text = gum_content_text_read (document, NULL);

      for (guint j = 0; j < text->blocks->len; j++)
        {
          g_autoptr(GumRichBlock) old = gum_rich_block_ref (g_ptr_array_index (text->blocks, j));
          g_autoptr(GPtrArray) runs = gum_rich_runs_new ();
          g_autoptr(GumRichText) again = NULL;
          g_autoptr(JsonNode) written = NULL;

          if (!gum_rich_block_has_text (old))
            continue;
          gum_rich_runs_add (runs, gum_rich_run_new ("new", GUM_RICH_BOLD, "https://c.d"));
          gum_rich_block_unref (g_ptr_array_index (text->blocks, j));
          g_ptr_array_index (text->blocks, j) =
            gum_rich_block_rewrite (old, old->kind, old->level, old->numbered, runs);
          written = gum_content_text_write (text, document);
          again = gum_content_text_read (written, NULL);
          g_assert_true (gum_rich_text_is_equal (text, again));

          gum_rich_block_unref (g_ptr_array_index (text->blocks, j));
          g_ptr_array_index (text->blocks, j) = gum_rich_block_ref (old);
        }
    }
}

static void
rewrite (GumRichText *text,
         guint        at,
         GumRichKind  kind,
         guint        level,
         const char  *words)
{
  GumRichBlock *old = g_ptr_array_index (text->blocks, at);
  g_autoptr(GPtrArray) runs = gum_rich_runs_new ();

  gum_rich_runs_add (runs, gum_rich_run_new (words, 0, NULL));
  g_ptr_array_index (text->blocks, at) = gum_rich_block_rewrite (old, kind, level, FALSE, runs);
  gum_rich_block_unref (old);
}

static void
assert_written (GumRichText *text,
                JsonNode    *document,
                const char  *expected)
{
  g_autoptr(JsonNode) written = gum_content_text_write (text, document);

  assert_json (written, expected);
}

static void
test_attributes (void)
{
  g_autoptr(JsonNode) document = json_from_string (
    DOC ("{\"type\":\"paragraph\",\"attrs\":{\"new\":1},\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
         "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"f1\",\"uid\":\"u\"}}"), NULL);
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GumRichText) text = NULL;
  GumRichBlock *file;

  g_hash_table_insert (names, (gpointer) "f1", (gpointer) "Book.pdf");
  text = gum_content_text_read (document, names);
  file = g_ptr_array_index (text->blocks, 1);
  g_assert_cmpstr (file->label, ==, "fileEmbed");
  g_assert_cmpstr (file->alt, ==, "Book.pdf");

  rewrite (text, 0, GUM_RICH_PARAGRAPH, 0, "b\nc");
  assert_written (text, document,
    DOC ("{\"type\":\"paragraph\",\"attrs\":{\"new\":1},\"content\":[{\"type\":\"text\",\"text\":\"b\"},"
         "{\"type\":\"hardBreak\"},{\"type\":\"text\",\"text\":\"c\"}]},"
         "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"f1\",\"uid\":\"u\"}}"));
  rewrite (text, 0, GUM_RICH_HEADING, 3, "b");
  g_ptr_array_add (text->blocks, gum_rich_block_detach (file));
  g_ptr_array_remove_index (text->blocks, 1);
  g_ptr_array_add (text->blocks, gum_rich_block_new (GUM_RICH_ITEM, 2, TRUE));
  assert_written (text, document,
    DOC ("{\"type\":\"heading\",\"attrs\":{\"level\":3},\"content\":[{\"type\":\"text\",\"text\":\"b\"}]},"
         "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"f1\",\"uid\":\"u\"}},"
         "{\"type\":\"orderedList\",\"content\":[{\"type\":\"listItem\",\"content\":["
         "{\"type\":\"orderedList\",\"content\":[{\"type\":\"listItem\",\"content\":[{\"type\":\"paragraph\"}]}]}]}]}"));
}

/* What HTML kept is no node. */
static void
test_foreign (void)
{
  g_autoptr(GumRichText) html = gum_rich_text_read_html ("<p>a<x-y></x-y> <span id=b>c</span></p><table></table><hr>", -1);

  assert_written (html, NULL,
    DOC ("{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\" \"},"
         "{\"type\":\"text\",\"text\":\"c\"}]},{\"type\":\"horizontalRule\"}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content-text/untouched", test_untouched);
  g_test_add_func ("/content-text/edited", test_edited);
  g_test_add_func ("/content-text/attributes", test_attributes);
  g_test_add_func ("/content-text/foreign", test_foreign);
  return g_test_run ();
}
