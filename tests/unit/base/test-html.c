/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML as blocks: what a table can say stands in a table, one line a case. */

#include "config.h"

#include "gum-html.h"

#include <string.h>

static const char * const kinds[] = { "P", "H", "L", "Q", "C", "I", "R" };

/* "P:one|H2:two|L1:a|L1.3:b": kind, level, number and markup of each block. */
static char *
describe (GPtrArray *blocks,
          gboolean   as_text)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const GumHtmlBlock *block = g_ptr_array_index (blocks, i);

      g_assert_nonnull (block->markup);
      g_assert_nonnull (block->text);
      if (i > 0)
        g_string_append_c (out, '|');
      g_string_append (out, kinds[block->kind]);
      if (block->level > 0)
        g_string_append_printf (out, "%u", block->level);
      if (block->number > 0)
        g_string_append_printf (out, ".%u", block->number);
      g_string_append_c (out, ':');
      if (block->uri != NULL)
        g_string_append_printf (out, "(%s)", block->uri);
      g_string_append (out, as_text ? block->text : block->markup);
    }

  return g_string_free (out, FALSE);
}

typedef struct {
  const char *html;
  const char *expected;
} Case;

static void
check_cases (const Case *cases,
             gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr(GPtrArray) blocks = gum_html_parse (cases[i].html, -1);
      g_autofree char *got = describe (blocks, FALSE);

      if (!g_str_equal (got, cases[i].expected))
        g_test_message ("from %s", cases[i].html);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_blocks (void)
{
  static const Case cases[] = {
    { "", "" },
    { "   \n ", "" },
    { "plain", "P:plain" },
    { "<p>one</p><p>two</p>", "P:one|P:two" },
    { "<p>one<p>two", "P:one|P:two" },
    { "<P CLASS='x'>one</P>", "P:one" },
    { "<div><div>one</div>two</div>", "P:one|P:two" },
    { "<p></p><p>&nbsp;</p><p>x</p>", "P:x" },
    { "<p>a<br>b<br/><br />c<br><br><br>d</p>", "P:a\nb\n\nc\n\nd" },
    { "<p><br>a<br></p>", "P:a" },
    { "  a \n\t b  ", "P:a b" },
    { "<h1>A</h1><h3>B</h3>text", "H1:A|H3:B|P:text" },
    { "<hr><hr/>x<hr>", "R:|P:x|R:" },
    { "<blockquote><p>a</p><p>b</p></blockquote>c", "Q:a|Q:b|P:c" },
    { "<pre>\n  int a;\n\n    b ();\n</pre>c", "C:  int a;\n\n    b ();|P:c" },
    { "<pre><code>a &lt; b</code></pre>", "C:<tt>a &lt; b</tt>" },
    { "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "P:a b|P:c" },
    { "<unknown-thing x=y>kept</unknown-thing>", "P:kept" },
    { "<noscript>shown, as nothing is executed</noscript>", "P:shown, as nothing is executed" },
    { "<!-- no --><!DOCTYPE html><?xml ?>x<!---->y<!-->z", "P:xyz" },
    { "x<!-- > -> -- >--->y", "P:xy" },
    { "x<!-- never closed", "P:x" },
    { "x<!-- >", "P:x" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_lists (void)
{
  static const Case cases[] = {
    { "<ul><li>a</li><li>b</li></ul>", "L1:a|L1:b" },
    { "<ol><li>a<li>b</ol>c", "L1.1:a|L1.2:b|P:c" },
    { "<ol start=\"7\"><li>a</ol>", "L1.7:a" },
    { "<ol start=\"-7\"><li>a</ol>", "L1.1:a" },
    { "<ol start=\"999999999999\"><li>a</ol>", "L1.1:a" },
    { "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "L1:a|L2.1:b|L1:c" },
    { "<ol><li><p>a</p><p>b</p></li></ol>", "L1.1:a\nb" },
    { "<li>stray</li>x", "L1:stray|P:x" },
    { "</ul></ol></li>x", "P:x" },
    { "<ul><li></li><li>a</li></ul>", "L1:a" },
    { "<ol><li></li><li>a</li></ol>", "L1.2:a" },
    { "<ul><ul><ul><ul><ul><ul><ul><ul><ul><ul><li>deep", "L8:deep" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_styles (void)
{
  static const Case cases[] = {
    { "<b>a</b> <strong>b</strong>", "P:<b>a b</b>" },
    { "<em>a</em><u>b</u><s>c</s><code>d</code>", "P:<i>a</i><u>b</u><s>c</s><tt>d</tt>" },
    { "<b>a<i>b</b>c</i>d", "P:<b>a<i>b</i></b><i>c</i>d" },
    { "<i>a<b>b</b>c</i>", "P:<i>a</i><b><i>b</i></b><i>c</i>" },
    { "<b>a<b>b</b>c</b>d", "P:<b>abc</b>d" },
    { "</b></i>a", "P:a" },
    { "<b>a", "P:<b>a</b>" },
    { "<p><b>a</p><p>b</b>c</p>", "P:<b>a</b>|P:<b>b</b>c" },
    { "a <b> b </b> c", "P:a <b>b</b> c" },
    { "<b></b>", "" },
    { "<h2><b>a</b></h2>", "H2:<b>a</b>" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_entities (void)
{
  static const Case cases[] = {
    { "a &amp; b &lt;i&gt; &quot;&apos;", "P:a &amp; b &lt;i&gt; &quot;&#39;" },
    { "a & b, AT&T, a&b", "P:a &amp; b, AT&amp;T, a&amp;b" },
    { "&euro;&copy;&mdash;&hearts;", "P:€©—♥" },
    { "&copy 2026 &ampx &lt", "P:© 2026 &amp;ampx &lt;" },
    { "&#65;&#x42;&#X43;&#68x", "P:ABCDx" },
    { "&#0;&#xD800;&#x110000;&#99999999999999999999;", "P:\uFFFD\uFFFD\uFFFD\uFFFD" },
    { "&#150;&#x80;", "P:–€" },
    { "&#;&#x;&;&nosuch;&", "P:&amp;#;&amp;#x;&amp;;&amp;nosuch;&amp;" },
    { "a&#10;b&#1;&#127;c", "P:a bc" },
    { "a&nbsp;b", "P:a\u00A0b" },
    { "&zeta;&AElig;&zwnj;x", "P:ζÆ\u200Cx" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_less_than (void)
{
  static const Case cases[] = {
    { "1 < 2 <3 <", "P:1 &lt; 2 &lt;3 &lt;" },
    { "a</", "P:a&lt;/" },
    { "a</>b", "P:a&lt;/&gt;b" },
    { "a<b", "P:a" },
    { "a<b c='", "P:a" },
    { "a<p/class=x>b", "P:a|P:b" },
    { "<a <b>x", "P:x" },
    { "x<p =\"'>\"y", "P:x|P:&quot;y" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_dropped (void)
{
  static const Case cases[] = {
    { "a<script>alert ('<b>x</b>')</script>b", "P:ab" },
    { "a<SCRIPT>x</script >b", "P:ab" },
    { "a<script>x</scripty></script>b", "P:ab" },
    { "a<script>never closed <p>b", "P:a" },
    { "a<style>p { }</style>b", "P:ab" },
    { "a<iframe src=\"https://example.org\">x</iframe>b", "P:ab" },
    { "a<template>x<template>y</template>z</template>b", "P:ab" },
    { "a<template>x</b></div>", "P:a" },
    { "a<svg><title>x</title><text>y</text></svg>b<svg/>c", "P:abc" },
    { "</template></script>a", "P:a" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_links (void)
{
  static const Case cases[] = {
    { "<a href=\"https://example.org/?a=1&amp;b=2\">x</a>",
      "P:<a href=\"https://example.org/?a=1&amp;b=2\">x</a>" },
    { "<a href=HTTP://example.org>x</a>", "P:<a href=\"http://example.org\">x</a>" },
    { "<a href='mailto:a@example.org'>x</a>", "P:<a href=\"mailto:a@example.org\">x</a>" },
    { "<a href=\"https://example.org\">a <b>b</b> c</a> d",
      "P:<a href=\"https://example.org\">a <b>b</b> c</a> d" },
    { "<b>a <a href=\"https://example.org\">b</a></b>",
      "P:<b>a</b> <a href=\"https://example.org\"><b>b</b></a>" },
    { "<a href=\"https://a.example\">a<a href=\"https://b.example\">b",
      "P:<a href=\"https://a.example\">a</a><a href=\"https://b.example\">b</a>" },
    { "<a href=\"https://a.example\"><p>a</p><p>b</p></a>",
      "P:<a href=\"https://a.example\">a</a>|P:<a href=\"https://a.example\">b</a>" },
    { "<a href=\"javascript:alert(1)\">x</a>", "P:x" },
    { "<a href=\"java&#10;script:alert(1)\">x</a>", "P:x" },
    { "<a href=\" JaVaScRiPt:alert(1)\">x</a>", "P:x" },
    { "<a href=\"data:text/html,x\">x</a>", "P:x" },
    { "<a href=\"file:///etc/passwd\">x</a>", "P:x" },
    { "<a href=\"/relative\">x</a><a href=\"//example.org\">y</a><a>z</a>", "P:xyz" },
    { "<a href=\"https://\">x</a><a href=\"mailto:\">y</a>", "P:xy" },
    { "<a href=\"https://gumroad.com@evil.example/\">x</a>", "P:x" },
    { "<a href='https://example.org/\"&gt;&lt;b&gt;'>x</a>",
      "P:<a href=\"https://example.org/&quot;&gt;&lt;b&gt;\">x</a>" },
    { "<a href=\"https://example.org\\a\">x</a><a href=\"mailto://x/y\">y</a>", "P:xy" },
    { "<a href=\"https://example.org/a b\">x</a>",
      "P:<a href=\"https://example.org/a%20b\">x</a>" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_images (void)
{
  static const Case cases[] = {
    { "a<img src=\"https://example.org/a.png\" alt=\"A &amp; B\">b",
      "P:a|I:(https://example.org/a.png)A &amp; B|P:b" },
    { "<img src=\"https://example.org/a.png\">", "I:(https://example.org/a.png)" },
    { "a<img src=\"data:image/png;base64,xx\" alt=\" pic\">b", "P:a picb" },
    { "a<img src=\"mailto:a@example.org\">b<img>", "P:ab" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_text (void)
{
  g_autofree char *text = gum_html_to_text ("<h1>A &amp; B</h1><p>one<br>two <b>three</b></p><hr>"
                                            "<ul><li>x</li></ul>"
                                            "<img src=\"https://example.org/a\" alt=\"alt\">", -1);
  g_autofree char *none = gum_html_to_text (NULL, -1);
  g_autofree char *cut = gum_html_to_text ("abc<b>def", 5);

  g_assert_cmpstr (text, ==, "A & B\none two three\nx\nalt");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (cut, ==, "abc");
}

static void
test_bytes (void)
{
  static const char bytes[] = "a\0b\xFF\xC3(<b>\xE2\x82</b>";
  g_autoptr(GPtrArray) blocks = gum_html_parse (bytes, sizeof bytes - 1);
  g_autofree char *text = describe (blocks, TRUE);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_prefix (text, "P:a\uFFFDb\uFFFD\uFFFD("));
}

static char *
repeat (const char *unit,
        gsize       bytes)
{
  GString *out = g_string_sized_new (bytes);

  while (out->len < bytes)
    g_string_append (out, unit);

  return g_string_free (out, FALSE);
}

/* Bad inputs of four times the size may cost four times, with room for a busy machine, not sixteen
 * times. What they write is bounded, too. */
static void
test_linear (void)
{
  static const char * const units[] = {
    "<", "<div>", "<b>x", "<ul><li>x", "</", "<!--", "<a href=\"", "&", "&#", "&amp", "<script>",
    "<script></", "<template>", "<b><i>x</b>y</i>", "<a b=c ", "<p/", "\xFF", "<td>", "<br>x",
    "<svg/>", "<pre> \n", "x ", "<!", "<!>", "<!-->", "<!-- x -->", "<!--x>", "<hr>x", "'\">", "=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      double seconds[2] = { G_MAXDOUBLE, G_MAXDOUBLE };
      const gsize size = 1 << 16;

      for (int run = 0; run < 6; run++)
        {
          g_autofree char *html = repeat (units[i], size << 2 * (run % 2));
          g_autoptr(GTimer) timer = g_timer_new ();
          g_autoptr(GPtrArray) blocks = gum_html_parse (html, -1);
          gsize written = 0;

          seconds[run % 2] = MIN (seconds[run % 2], g_timer_elapsed (timer, NULL));
          for (guint k = 0; k < blocks->len; k++)
            {
              const GumHtmlBlock *block = g_ptr_array_index (blocks, k);

              written += strlen (block->markup);
            }
          g_assert_cmpuint (written, <=, 16 * strlen (html));
        }

      g_test_message ("case %" G_GSIZE_FORMAT ": %.4f s, four times as much: %.4f s",
                      i, seconds[0], seconds[1]);
      g_assert_cmpfloat (seconds[1], <, 9 * seconds[0] + 0.02);
    }
}

static void
test_shared_link (void)
{
  g_autofree char *path = repeat ("long/", 1900);
  g_autofree char *paragraphs = repeat ("<p>x", 1 << 20);
  g_autofree char *html = g_strconcat ("<a href=\"https://example.org/", path, "\">", paragraphs, NULL);
  g_autoptr(GPtrArray) blocks = gum_html_parse (html, -1);
  gsize written = 0;

  g_assert_cmpuint (blocks->len, ==, (1 << 20) / 4);
  for (guint i = 0; i < blocks->len; i++)
    written += strlen (((GumHtmlBlock *) g_ptr_array_index (blocks, i))->markup);
  g_assert_cmpuint (written, <, 16 * strlen (html));
}

static void
test_nesting (void)
{
  g_autofree char *opening = repeat ("<div><b><a href=\"https://example.org\">", 3 << 20);
  g_autofree char *html = g_strconcat (opening, "x", NULL);
  g_autoptr(GPtrArray) blocks = gum_html_parse (html, -1);
  g_autofree char *got = describe (blocks, FALSE);

  g_assert_cmpstr (got, ==, "P:<a href=\"https://example.org\"><b>x</b></a>");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/html/blocks", test_blocks);
  g_test_add_func ("/base/html/lists", test_lists);
  g_test_add_func ("/base/html/styles", test_styles);
  g_test_add_func ("/base/html/entities", test_entities);
  g_test_add_func ("/base/html/less-than", test_less_than);
  g_test_add_func ("/base/html/dropped", test_dropped);
  g_test_add_func ("/base/html/links", test_links);
  g_test_add_func ("/base/html/images", test_images);
  g_test_add_func ("/base/html/text", test_text);
  g_test_add_func ("/base/html/bytes", test_bytes);
  g_test_add_func ("/base/html/linear", test_linear);
  g_test_add_func ("/base/html/shared-link", test_shared_link);
  g_test_add_func ("/base/html/nesting", test_nesting);

  return g_test_run ();
}
