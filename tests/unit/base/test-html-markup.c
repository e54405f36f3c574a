/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the HTML, Pango must take the markup and find the plain text in it. */

#include "config.h"

#include <pango/pango.h>
#include <string.h>

#include "gum-html.h"

/* Pango itself knows no links; a label takes them out before. */
static char *
without_links (const char *markup)
{
  GString *out = g_string_new (NULL);

  for (const char *p = markup; *p != '\0'; p++)
    {
      if (g_str_has_prefix (p, "<a href=\""))
        {
          p = strchr (p, '>');
          g_assert_nonnull (p);
        }
      else if (g_str_has_prefix (p, "</a>"))
        {
          p += 3;
        }
      else
        {
          g_string_append_c (out, *p);
        }
    }

  return g_string_free (out, FALSE);
}

static void
check (const char *html,
       gsize       length)
{
  g_autoptr(GPtrArray) blocks = gum_html_parse (html, length);

  for (guint i = 0; i < blocks->len; i++)
    {
      const GumHtmlBlock *block = g_ptr_array_index (blocks, i);
      g_autofree char *markup = without_links (block->markup);
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;

      if (!pango_parse_markup (markup, -1, 0, NULL, &text, NULL, &error))
        g_test_message ("%s", block->markup);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, block->text);
    }
}

static void
test_known (void)
{
  static const char html[] =
    "<p>a &amp; b &#1;&#31;&#127;&#xFFFE;&#xFDD0; <b><i>c</b></i> \"'<a href='https://example.org/?a&b'>"
    "d<u>e</a>f</u> 1 < 2 &lt;b&gt;</p><pre>\t x\n</pre>";

  check (html, sizeof html - 1);
}

/* Random pieces of markup and random bytes; the seed is printed by the test framework. */
static void
test_random (void)
{
  static const char * const pieces[] = {
    "<b>", "</b>", "<i>", "</i>", "<a href='https://example.org/?a=1&b=2'>", "</a>", "<code>", "</code>",
    "<p>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<br>", "<", ">", "&", "&amp;", "&#", "3;", "\"",
    "'", " ", "\n", "x", "é", "\xC3", "<img src='https://x.example/' alt='", "<h1>", "</h1>", "<!--",
    "-->", "<s>", "</s>", "<u>", "</u>", "\x01", "<blockquote>", "</blockquote>", "&#x85;", "&#xFFFF;",
  };

  for (guint n = 0; n < 3000; n++)
    {
      g_autoptr(GString) html = g_string_new (NULL);
      guint length = g_test_rand_int_range (1, 60);

      for (guint i = 0; i < length; i++)
        g_string_append (html, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      check (html->str, html->len);
    }

  for (guint n = 0; n < 1000; n++)
    {
      guint8 bytes[64];

      for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = g_test_rand_int_range (0, 256);
      check ((const char *) bytes, sizeof bytes);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/html/markup/known", test_known);
  g_test_add_func ("/base/html/markup/random", test_random);

  return g_test_run ();
}
