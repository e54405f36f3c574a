/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML that is edited: what an edit writes, in a table; that nothing else changes is the business of
 * fuzz/fuzz-richtext.c, for every input. */

#include "config.h"

#include "gum-rich-text.h"

#include <string.h>

static const char * const kinds[] = { "P", "H", "I", "Q", "C", "R", "X", "O" };

/* "P[one|b:two]I1[x]O(table)": kind, level, runs. */
static char *
describe (const GumRichText *text)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (text->blocks, i);

      g_string_append (out, kinds[block->kind]);
      if (block->level > 0)
        g_string_append_printf (out, "%u", block->level);
      if (block->numbered)
        g_string_append_c (out, '#');
      if (block->continued)
        g_string_append_c (out, '+');
      if (block->label != NULL)
        g_string_append_printf (out, "(%s)", block->label);
      if (block->uri != NULL)
        g_string_append_printf (out, "(%s)", block->uri);
      g_string_append_c (out, '[');
      for (guint j = 0; j < block->runs->len; j++)
        {
          const GumRichRun *run = g_ptr_array_index (block->runs, j);

          if (j > 0)
            g_string_append_c (out, '|');
          for (guint k = 0; k < 5; k++)
            {
              if (run->styles & (1u << k))
                g_string_append_c (out, "biusc"[k]);
            }
          if (run->link != NULL)
            g_string_append_printf (out, "<%s>", run->link);
          if (run->wrap != NULL)
            g_string_append_c (out, '~');
          if (run->opaque != NULL)
            g_string_append_c (out, '!');
          if (run->styles != 0 || run->link != NULL || run->wrap != NULL || run->opaque != NULL)
            g_string_append_c (out, ':');
          g_string_append (out, run->text);
        }
      g_string_append_c (out, ']');
    }

  return g_string_free (out, FALSE);
}

static void
test_read (void)
{
  static const char * const cases[][2] = {
    { "", "" },
    { " \n ", "" },
    { "plain", "P[plain]" },
    { "<p>a <b>b</b> <em><u>c</u></em></p>", "P[a |b:b| |iu:c]" },
    { "<p>a<p>b", "P[a]P[b]" },
    { "<p></p><p><br></p>", "P[]P[]" },
    { "<p>a<br>b<br></p>", "P[a\nb]" },
    { "<p>\n a \n\t b </p>", "P[a b]" },
    { "<h2>t</h2><h6>u</h6>", "H2[t]H6[u]" },
    { "<ul><li>a</li><li><p>b</p><p>c</p><ol><li>d</li></ol></li></ul>",
      "I1[a]I1[b]I1+[c]I2#[d]" },
    { "<ul><li></li></ul>", "I1[]" },
    { "<blockquote><p>a</p>b</blockquote>", "Q[a]Q[b]" },
    { "<pre><code>a\n  b\n</code></pre>", "C[a\n  b\n]" },
    { "<pre>\na</pre>", "C[a]" },
    { "<hr>", "R[]" },
    { "<img src=\"https://a.b/c.png\" alt=x>", "X(https://a.b/c.png)[]" },
    { "<figure><img src='https://a.b/c.png'><p>cap</p></figure>", "X(https://a.b/c.png)[]" },
    { "<p>a <img src='https://a.b/c.png'> b</p>", "P[a |!:img| b]" },
    { "<p><a href=\"https://a.b/?c=1&amp;d\">x</a></p>", "P[<https://a.b/?c=1&d>:x]" },
    { "<p><a href=\"javascript:x()\">x</a></p>", "P[~:x]" },
    { "<p><span style='x'>a</span></p>", "P[~:a]" },
    { "<p>a<!-- c -->b</p>", "P[a|!:comment|b]" },
    { "<div><p>a</p>b</div>", "P[a]P[b]" },
    { "<table><tr><td>1</table><p>x</p>", "O(table)[]P[x]" },
    { "<script>\"</p>\"</script>", "O(script)[]" },
    { "<upsell-card id=1></upsell-card>", "O(upsell-card)[]" },
    { "</div>", "O(div)[]" },
    { "<!-- c --><p>a</p>", "O(comment)[]P[a]" },
    { "<ul></ul>", "O(ul)[]" },
    { "<ul>words<li>a</li></ul>", "O(ul)[]" },
    { "<p>&lt;b&gt; &amp;amp;</p>", "P[<b> &amp;]" },
    { "<p>a\357\277\274b</p>", "P[a|!:U+FFFC|b]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GumRichText) text = gum_rich_text_read_html (cases[i][0], -1);
      g_autofree char *got = describe (text);
      g_autofree char *html = gum_rich_text_write_html (text, NULL);

      g_assert_cmpstr (got, ==, cases[i][1]);
      g_assert_cmpstr (html, ==, cases[i][0]);
    }
}

/* Writes "x" behind block @at, or turns it into another kind, or puts a new one behind it. */
typedef struct {
  const char *html;
  const char *edit;    /* "w0": write; "t0P", "t0H2", "t0I1", "t0I1#": turn; "d0": delete; "n0P": new */
  const char *expected;
} Edit;

static void
apply (GumRichText *text,
       const char  *edit)
{
  guint at = edit[1] - '0';
  GumRichBlock *block = g_ptr_array_index (text->blocks, at);
  GumRichKind kind = GUM_RICH_PARAGRAPH;
  guint level = 0;
  gboolean numbered = FALSE;
  g_autoptr(GPtrArray) runs = gum_rich_runs_new ();

  if (edit[2] != '\0')
    {
      while (kinds[kind][0] != edit[2])
        kind++;
      level = edit[3] != '\0' ? edit[3] - '0' : 0;
      numbered = edit[3] != '\0' && edit[4] == '#';
    }

  switch (edit[0])
    {
    case 'w':
      gum_rich_runs_add (runs, gum_rich_run_new ("x", 0, NULL));
      g_ptr_array_index (text->blocks, at) =
        gum_rich_block_rewrite (block, block->kind, block->level, block->numbered, runs);
      gum_rich_block_unref (block);
      break;
    case 't':
      g_ptr_array_index (text->blocks, at) =
        gum_rich_block_rewrite (block, kind, level, numbered, block->runs);
      gum_rich_block_unref (block);
      break;
    case 'd':
      g_ptr_array_remove_index (text->blocks, at);
      break;
    case 'n':
      block = gum_rich_block_new (kind, level, numbered);
      gum_rich_runs_add (block->runs, gum_rich_run_new ("x", 0, NULL));
      g_ptr_array_insert (text->blocks, at + 1, block);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
test_edit (void)
{
  static const Edit cases[] = {
    /* The tags about a block are those that it had. */
    { "<p class=a>1</p>\n<!-- c -->\n<P>2</P>", "w0", "<p class=a>x</p>\n<!-- c -->\n<P>2</P>" },
    { "<p>1<p>2<p>3", "w1", "<p>1<p>x<p>3" },
    { "<p>1</p>\n<p>2</p>\n", "d0", "\n<p>2</p>\n" },
    { "<p>1</p>\n<p>2</p>", "n0P", "<p>1</p><p>x</p>\n<p>2</p>" },
    { "<p>1</p>\n<p>2</p>", "t1H2", "<p>1</p>\n<h2>2</h2>" },

    /* Lists. */
    { "<ul class=u>\n<li>1</li>\n<li>2</li>\n</ul>", "n0I1",
      "<ul class=u>\n<li>1</li><li>x</li>\n<li>2</li>\n</ul>" },
    { "<ol><li><p>1</p></li></ol>", "n0I1#", "<ol><li><p>1</p></li><li><p>x</p></li></ol>" },
    { "<ul><li>1</li><li>2</li></ul>", "t1I2",
      "<ul><li>1<ul><li>2</li></ul></li></ul>" },
    { "<ul><li>1</li><li>2</li><li>3</li></ul>", "t1P",
      "<ul><li>1</li></ul><p>2</p><ul><li>3</li></ul>" },
    { "<p>1</p><ol start=4><li>2</li></ol>", "t0I1#", "<ol start=4><li>1</li><li>2</li></ol>" },
    { "<p>1</p>", "t0I1", "<ul><li><p>1</p></li></ul>" },
    { "<ul><li>1<ul><li>2</li></ul></li></ul>", "d0", "<ul><li><ul><li>2</li></ul></li></ul>" },

    /* Quotes, and what stands in a frame. */
    { "<blockquote class=q><p>1</p></blockquote>", "n0Q",
      "<blockquote class=q><p>1</p><p>x</p></blockquote>" },
    { "<div class=d><p>1</p></div><p>2</p>", "t0Q",
      "<div class=d><blockquote><p>1</p></blockquote></div><p>2</p>" },

    /* Words without a tag get one where they would run together. */
    { "one<hr>two", "d1", "<p>one</p>two" },
    { "one<table></table>", "w0", "x<table></table>" },

    /* What does not end, ends when something comes behind it; or nothing does. */
    { "<div><x-y>a</div>", "n0P", "<div><x-y>a</x-y><p>x</p></div>" },
    { "<p>1</p><!-- c", "n1P", "<p>1</p><p>x</p><!-- c" },

    /* Nothing of a text that cannot be understood. */
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GumRichText) text = gum_rich_text_read_html (cases[i].html, -1);
      g_autofree char *html = NULL;

      if (*cases[i].edit != '\0')
        apply (text, cases[i].edit);
      html = gum_rich_text_write_html (text, NULL);
      g_assert_cmpstr (html, ==, cases[i].expected);
    }
}

static void
test_write (void)
{
  g_autoptr(GumRichText) text = gum_rich_text_new ();
  g_autoptr(GumRichText) again = NULL;
  g_autofree char *html = NULL;
  GumRichBlock *block = gum_rich_block_new (GUM_RICH_PARAGRAPH, 0, FALSE);

  gum_rich_runs_add (block->runs, gum_rich_run_new (" a  b", 0, NULL));
  gum_rich_runs_add (block->runs, gum_rich_run_new ("<i>&", GUM_RICH_BOLD | GUM_RICH_ITALIC, NULL));
  gum_rich_runs_add (block->runs, gum_rich_run_new ("l", 0, "https://a.b/?c=\"d\"&e"));
  gum_rich_runs_add (block->runs, gum_rich_run_new ("m", GUM_RICH_BOLD, "https://a.b/?c=\"d\"&e"));
  gum_rich_runs_add (block->runs, gum_rich_run_new ("\n", 0, NULL));
  g_ptr_array_add (text->blocks, block);

  html = gum_rich_text_write_html (text, NULL);
  g_assert_cmpstr (html, ==,
                   "<p>&nbsp;a &nbsp;b<strong><em>&lt;i&gt;&amp;</em></strong>"
                   "<a href=\"https://a.b/?c=&quot;d&quot;&amp;e\" target=\"_blank\" "
                   "rel=\"noopener noreferrer nofollow\">l<strong>m</strong></a><br><br></p>");
  again = gum_rich_text_read_html (html, -1);
  g_assert_cmpuint (again->blocks->len, ==, 1);
}

/* An edit and its opposite leave the bytes as they were. */
static void
test_there_and_back (void)
{
  static const char html[] = "<P CLASS='x'>a <B>b</B></P>\n<ul ><li>c</ul>";
  g_autoptr(GumRichText) text = gum_rich_text_read_html (html, -1);
  g_autofree char *out = NULL;
  GumRichBlock *first = g_ptr_array_index (text->blocks, 0);
  g_autoptr(GPtrArray) runs = gum_rich_runs_new ();
  g_autoptr(GumRichBlock) same = NULL;

  gum_rich_runs_add (runs, gum_rich_run_new ("a ", 0, NULL));
  gum_rich_runs_add (runs, gum_rich_run_new ("b", GUM_RICH_BOLD, NULL));
  same = gum_rich_block_rewrite (first, GUM_RICH_PARAGRAPH, 0, FALSE, runs);
  g_assert_true (same == first);

  out = gum_rich_text_write_html (text, NULL);
  g_assert_cmpstr (out, ==, html);
}

static void
test_paste (void)
{
  static const char * const cases[][2] = {
    { "<p onclick='x()' class='c'>a <span style='x'>b</span></p><script>x</script><style>y</style>",
      "<p>a b</p>" },
    { "<table><tr><td>1<td>2<tr><td>3</table>", "<p>1 2</p><p>3</p>" },
    { "<p><a href='javascript:x()'>a</a><a href='https://b.c' onclick='y'>b</a></p>",
      "<p>a<a href=\"https://b.c\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">b</a></p>" },
    { "<h6>a</h6>", "<h4>a</h4>" },
    { "<ul><li>a<ul><li>b</ul></ul>",
      "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>" },
    { "<img src='file:///etc/passwd'><iframe src='https://a.b'></iframe>", "" },
    { "<p><img src='https://a.b/c'></p>", "<img src=\"https://a.b/c\">" },
    { "<svg><script>x</script></svg><!-- c -->", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GumRichText) text = gum_rich_text_read_html (cases[i][0], -1);
      g_autofree char *html = NULL;

      gum_rich_text_sanitise (text);
      html = gum_rich_text_write_html (text, NULL);
      g_assert_cmpstr (html, ==, cases[i][1]);
    }
}

static void
test_plain (void)
{
  g_autoptr(GumRichText) text = gum_rich_text_read_plain ("a <b>\r\n\r\nc\n");
  g_autofree char *html = gum_rich_text_write_html (text, NULL);

  g_assert_cmpstr (html, ==, "<p>a &lt;b&gt;</p><p>c</p>");
}

static void
test_link (void)
{
  static const char * const cases[][2] = {
    { " https://a.b/c ", "https://a.b/c" },
    { "a.b/c?d", "https://a.b/c?d" },
    { "a@b.c", "mailto:a@b.c" },
    { "mailto:a@b.c", "mailto:a@b.c" },
    { "javascript:alert(1)", NULL },
    { "javascript:alert.x(1)", NULL },
    { "data:text/html,x.y", NULL },
    { "file:///etc/passwd", NULL },
    { "two words.com", NULL },
    { "word", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *link = gum_rich_dup_link (cases[i][0]);

      g_assert_cmpstr (link, ==, cases[i][1]);
    }
}

/* A megabyte is read and written at the speed of its length, or kept as a whole; deep nesting as well. */
static void
test_large (void)
{
  static const char * const parts[] = {
    "<p>Forty <b>brushes</b> and more words than a person would read.</p>\n",
    "<div>", "<b>", "<ul><li>", "<table>", "<!--", "<a href='x", "&", "<p", "</p>", "a<x-y>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GString) html = g_string_new (NULL);
      g_autoptr(GumRichText) text = NULL;
      g_autofree char *out = NULL;
      gsize length;

      while (html->len < 1 << 20)
        g_string_append (html, parts[i]);
      text = gum_rich_text_read_html (html->str, html->len);
      out = gum_rich_text_write_html (text, &length);
      g_assert_cmpmem (out, length, html->str, html->len);
      if (i == 0)
        g_assert_cmpuint (text->blocks->len, >, 10000);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rich-text/read", test_read);
  g_test_add_func ("/rich-text/edit", test_edit);
  g_test_add_func ("/rich-text/write", test_write);
  g_test_add_func ("/rich-text/there-and-back", test_there_and_back);
  g_test_add_func ("/rich-text/paste", test_paste);
  g_test_add_func ("/rich-text/plain", test_plain);
  g_test_add_func ("/rich-text/link", test_link);
  g_test_add_func ("/rich-text/large", test_large);

  return g_test_run ();
}
