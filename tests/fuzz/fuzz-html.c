/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Descriptions. Whatever comes, blocks are valid text of bounded size with links of three
 * schemes, and the text alone is theirs. */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "gum-html.h"

static void
check_links (const char *markup)
{
  for (const char *p = strstr (markup, "<a "); p != NULL; p = strstr (p + 1, "<a "))
    g_assert_true (g_str_has_prefix (p, "<a href=\"https://") ||
                   g_str_has_prefix (p, "<a href=\"http://") ||
                   g_str_has_prefix (p, "<a href=\"mailto:"));
}

/* Balanced, and made of nothing but what the contract names: GMarkup judges. */
static void
check_markup (const char *markup)
{
  static const GMarkupParser parser = { NULL, };
  g_autofree char *whole = g_strconcat ("<x>", markup, "</x>", NULL);
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_markup_parse_context_parse (context, whole, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

/* The text alone is that of the blocks. */
static void
check_text (GPtrArray  *blocks,
            const char *text)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const GumHtmlBlock *block = g_ptr_array_index (blocks, i);

      if (*block->text == '\0')
        continue;
      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      for (const char *p = block->text; *p != '\0'; p++)
        g_string_append_c (lines, *p == '\n' ? ' ' : *p);
    }
  g_assert_cmpstr (text, ==, lines->str);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GPtrArray) blocks = gum_html_parse ((const char *) data, size);
  g_autofree char *text = gum_html_to_text ((const char *) data, size);
  gsize written = 0;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  check_text (blocks, text);
  for (guint i = 0; i < blocks->len; i++)
    {
      const GumHtmlBlock *block = g_ptr_array_index (blocks, i);

      g_assert_true (g_utf8_validate (block->markup, -1, NULL));
      g_assert_true (g_utf8_validate (block->text, -1, NULL));
      g_assert_true ((block->kind == GUM_HTML_IMAGE) == (block->uri != NULL));
      g_assert_true (block->uri == NULL || g_str_has_prefix (block->uri, "http"));
      check_markup (block->markup);
      check_links (block->markup);
      written += strlen (block->markup);
    }
  g_assert_cmpuint (written, <=, 32 * size + 64);

  return 0;
}
