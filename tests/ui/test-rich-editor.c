/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The editor of descriptions, by its keys and buttons: what it gives back, and what it does not touch. */

#include "config.h"

#include "gum-rich-chip.h"
#include "gum-rich-clipboard.h"
#include "gum-rich-commands.h"
#include "gum-rich-editor.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <adwaita.h>
#include <locale.h>
#include <string.h>

typedef struct
{
  GtkWidget     *window;
  GumRichEditor *editor;
  GumRichBuffer *buffer;
  GtkTextBuffer *text;
  guint          changes;
} Fixture;

static void
changed_cb (Fixture *f)
{
  f->changes++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->window = gtk_window_new ();
  f->editor = GUM_RICH_EDITOR (gum_rich_editor_new ());
  f->buffer = gum_rich_view_get_buffer (gum_rich_editor_get_view (f->editor));
  f->text = GTK_TEXT_BUFFER (f->buffer);
  g_signal_connect_swapped (f->editor, "changed", G_CALLBACK (changed_cb), f);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 500);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->editor));
  gtk_window_present (GTK_WINDOW (f->window));
  gtk_test_widget_wait_for_draw (f->window);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  gum_test_settle ();
}

static void
assert_html (Fixture    *f,
             const char *expected)
{
  g_autofree char *html = NULL;

  g_object_get (f->editor, "html", &html, NULL);
  g_assert_cmpstr (html, ==, expected);
}

static void
go (Fixture *f,
    int      line,
    int      offset)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_line_offset (f->text, &at, line, offset);
  gtk_text_buffer_place_cursor (f->text, &at);
}

static void
mark (Fixture *f,
      int      line,
      int      offset,
      int      to_line,
      int      to_offset)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line_offset (f->text, &start, line, offset);
  gtk_text_buffer_get_iter_at_line_offset (f->text, &end, to_line, to_offset);
  gtk_text_buffer_select_range (f->text, &end, &start);
}

/* As an input method commits it, letter by letter. */
static void
type (Fixture    *f,
      const char *words)
{
  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    gtk_text_buffer_insert_interactive_at_cursor (f->text, p, g_utf8_next_char (p) - p, TRUE);
}

/* A key, given to the view's controllers as GTK does. */
static gboolean
press (Fixture         *f,
       guint            key,
       GdkModifierType  state)
{
  GtkWidget *view = GTK_WIDGET (gum_rich_editor_get_view (f->editor));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);
  gboolean done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !done; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &done);
    }
  return done;
}

static void
backspace (Fixture *f)
{
  if (!press (f, GDK_KEY_BackSpace, 0))
    g_signal_emit_by_name (gum_rich_editor_get_view (f->editor), "backspace");
}

static const char * const corpus[] = {
  "",
  " \n",
  "plain words",
  "<p>a</p>",
  "<p>a <b>b</b><i>c</i></p>\n\n<!-- c --><P CLASS=x>d<br>e</P>",
  "<h2>t</h2><ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li></ul><ol start=7><li>d</ol>",
  "<blockquote><p>q</p></blockquote><pre><code>a\n  b\n</code></pre><hr>",
  "<table><tr><td>1</table><p>x</p><iframe src=\"https://a.b\"></iframe>",
  "<p>a<span style=\"color: red\">b</span> <a href=\"https://a.b/?c&amp;d\" class=k>e</a></p>",
  "<figure><img src=\"https://public-files.gumroad.com/x\"><p>cap</p></figure><img src=\"http://a.b/c\">",
  "<p>\357\277\274 &#8232; \342\200\250 x</p><p>\331\205\330\261\330\255\330\250\330\247</p>",
  "<script>alert(\"</p>\")</script></div><p onclick=\"x()\">a<!-- never",
  "<p></p><p><br></p><p></p>",
};

static void
test_untouched (Fixture       *f,
                gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      gum_rich_editor_set_html (f->editor, corpus[i]);
      assert_html (f, corpus[i]);
      gtk_test_widget_wait_for_draw (f->window);

      go (f, 0, 0);
      type (f, "x");
      press (f, GDK_KEY_z, GDK_CONTROL_MASK);
      assert_html (f, corpus[i]);
      g_assert_false (gum_rich_editor_get_modified (f->editor));

      /* There and back through the source. */
      gum_rich_editor_set_source_mode (f->editor, TRUE);
      assert_html (f, corpus[i]);
      gum_rich_editor_set_source_mode (f->editor, FALSE);
      assert_html (f, corpus[i]);
    }
}

static void
test_type (Fixture       *f,
           gconstpointer  data)
{
  gum_rich_editor_set_html (f->editor, "<p class=a>one</p>\n<P>two</P><table></table>");
  g_assert_cmpuint (f->changes, ==, 0);
  g_assert_false (gum_rich_editor_get_modified (f->editor));

  go (f, 0, 3);
  type (f, "!");
  assert_html (f, "<p class=a>one!</p>\n<P>two</P><table></table>");
  g_assert_cmpuint (f->changes, ==, 1);
  g_assert_true (gum_rich_editor_get_modified (f->editor));

  /* What is typed and erased again was nothing. */
  backspace (f);
  assert_html (f, "<p class=a>one</p>\n<P>two</P><table></table>");
  g_assert_false (gum_rich_editor_get_modified (f->editor));
  type (f, "!");

  /* The line behind a widget is made when something is written there. */
  go (f, 2, 1);
  type (f, "x");
  assert_html (f, "<p class=a>one!</p>\n<P>two</P><table></table><p>x</p>");
  go (f, 2, 0);
  type (f, "y");
  assert_html (f, "<p class=a>one!</p>\n<P>two</p><p>y</p><table></table><p>x</p>");
}

static void
test_styles (Fixture       *f,
             gconstpointer  data)
{
  gum_rich_editor_set_html (f->editor, "<p>one two</p>");
  mark (f, 0, 4, 0, 7);
  g_assert_true (press (f, GDK_KEY_b, GDK_CONTROL_MASK));
  assert_html (f, "<p>one <strong>two</strong></p>");
  g_assert_true (press (f, GDK_KEY_i, GDK_CONTROL_MASK));
  assert_html (f, "<p>one <strong><em>two</em></strong></p>");
  g_assert_true (press (f, GDK_KEY_b, GDK_CONTROL_MASK));
  assert_html (f, "<p>one <em>two</em></p>");

  /* What follows a style has it, until it is put off. */
  go (f, 0, 7);
  type (f, "x");
  assert_html (f, "<p>one <em>twox</em></p>");
  press (f, GDK_KEY_i, GDK_CONTROL_MASK);
  type (f, "y");
  assert_html (f, "<p>one <em>twox</em>y</p>");
}

static void
test_undo (Fixture       *f,
           gconstpointer  data)
{
  static const char html[] = "<p>one</p>\n<ul><li>two</ul>";

  gum_rich_editor_set_html (f->editor, html);
  gum_rich_editor_undo (f->editor);
  assert_html (f, html);

  go (f, 0, 3);
  type (f, " abc");
  mark (f, 0, 0, 0, 3);
  press (f, GDK_KEY_b, GDK_CONTROL_MASK);
  assert_html (f, "<p><strong>one</strong> abc</p>\n<ul><li>two</ul>");
  go (f, 1, 3);
  press (f, GDK_KEY_1, GDK_CONTROL_MASK | GDK_ALT_MASK);
  assert_html (f, "<p><strong>one</strong> abc</p>\n<h1>two</h1>");

  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_html (f, "<p><strong>one</strong> abc</p>\n<ul><li>two</ul>");
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_html (f, "<p>one abc</p>\n<ul><li>two</ul>");
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_html (f, html);
  g_assert_false (gum_rich_editor_get_modified (f->editor));

  for (guint i = 0; i < 5; i++)
    press (f, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_html (f, "<p><strong>one</strong> abc</p>\n<h1>two</h1>");
}

static void
test_lists (Fixture       *f,
            gconstpointer  data)
{
  gum_rich_editor_set_html (f->editor, "<ul><li><p>one</p></li></ul><p>after</p>");
  go (f, 0, 3);
  g_assert_true (press (f, GDK_KEY_Return, 0));
  type (f, "two");
  assert_html (f, "<ul><li><p>one</p></li><li><p>two</p></li></ul><p>after</p>");
  g_assert_true (press (f, GDK_KEY_Tab, 0));
  assert_html (f, "<ul><li><p>one</p><ul><li><p>two</p></li></ul></li></ul><p>after</p>");
  g_assert_true (press (f, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  assert_html (f, "<ul><li><p>one</p></li><li><p>two</p></li></ul><p>after</p>");

  /* Twice leaves the list. */
  press (f, GDK_KEY_Return, 0);
  press (f, GDK_KEY_Return, 0);
  type (f, "x");
  assert_html (f, "<ul><li><p>one</p></li><li><p>two</p></li></ul><p>x</p><p>after</p>");

  /* At the beginning of an item Backspace makes it a paragraph. */
  go (f, 0, 0);
  backspace (f);
  assert_html (f, "<p>one</p><ul><li><p>two</p></li></ul><p>x</p><p>after</p>");

  /* Outside of a list Tab is not ours. */
  go (f, 0, 0);
  g_assert_false (press (f, GDK_KEY_Tab, 0));
  g_assert_false (press (f, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
}

static void
test_lines (Fixture       *f,
            gconstpointer  data)
{
  /* Parted and joined again, both halves are what they were. */
  gum_rich_editor_set_html (f->editor, "<p id=a>one two</p><p id=b>three</p>");
  go (f, 0, 3);
  press (f, GDK_KEY_Return, 0);
  assert_html (f, "<p id=a>one</p><p>&nbsp;two</p><p id=b>three</p>");
  backspace (f);
  assert_html (f, "<p id=a>one two</p><p id=b>three</p>");

  go (f, 0, 3);
  press (f, GDK_KEY_Return, GDK_SHIFT_MASK);
  assert_html (f, "<p id=a>one<br>&nbsp;two</p><p id=b>three</p>");
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);

  /* A line above one leaves it what it is. */
  go (f, 1, 0);
  press (f, GDK_KEY_Return, 0);
  assert_html (f, "<p id=a>one two</p><p></p><p id=b>three</p>");
  backspace (f);
  assert_html (f, "<p id=a>one two</p><p id=b>three</p>");

  /* Of lines that are deleted whole, to their ends, one is left. */
  gum_rich_editor_set_html (f->editor, "<p>one</p><p>two</p>");
  mark (f, 0, 0, 1, 3);
  gtk_text_buffer_delete_selection (f->text, TRUE, TRUE);
  g_assert_cmpuint (gum_rich_buffer_get_n_lines (f->buffer), ==, 1);
  g_assert_cmpint (gtk_text_buffer_get_line_count (f->text), ==, 2);
  type (f, "x");
  assert_html (f, "<p>x</p>");

  /* So it is with everything. */
  gum_rich_editor_set_html (f->editor, "<p>one</p><p>two</p>");
  mark (f, 0, 0, 2, 0);
  gtk_text_buffer_delete_selection (f->text, TRUE, TRUE);
  g_assert_cmpuint (gum_rich_buffer_get_n_lines (f->buffer), ==, 1);
  g_assert_cmpint (gtk_text_buffer_get_line_count (f->text), ==, 2);
  assert_html (f, "<p></p>");
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_html (f, "<p>one</p><p>two</p>");

  /* Behind a heading goes on as a paragraph. */
  gum_rich_editor_set_html (f->editor, "<h2>t</h2>");
  go (f, 0, 1);
  press (f, GDK_KEY_Return, 0);
  type (f, "x");
  assert_html (f, "<h2>t</h2><p>x</p>");
}

static void
test_atoms (Fixture       *f,
            gconstpointer  data)
{
  gum_rich_editor_set_html (f->editor, "<p>a</p><table x></table><hr><p>b</p>");
  go (f, 3, 0);
  backspace (f);
  assert_html (f, "<p>a</p><table x></table><p>b</p>");
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_html (f, "<p>a</p><table x></table><hr><p>b</p>");

  /* What is not understood can be moved, by keys and by the clipboard, and comes back. */
  go (f, 1, 0);
  g_assert_true (press (f, GDK_KEY_Up, GDK_ALT_MASK));
  assert_html (f, "<table x></table><p>a</p><hr><p>b</p>");
  mark (f, 0, 0, 1, 0);
  gum_rich_cut (GTK_WIDGET (gum_rich_editor_get_view (f->editor)), f->buffer);
  assert_html (f, "<p>a</p><hr><p>b</p>");
  go (f, 2, 1);
  gum_rich_paste (GTK_WIDGET (gum_rich_editor_get_view (f->editor)), f->buffer);
  assert_html (f, "<p>a</p><hr><p>b</p><table x></table>");
  gtk_test_widget_wait_for_draw (f->window);

  /* Joined with words it parts from them. */
  gum_rich_editor_set_html (f->editor, "<p>ab</p><p>c</p><table x></table><p>d</p>");
  mark (f, 0, 1, 2, 0);
  gtk_text_buffer_delete_selection (f->text, TRUE, TRUE);
  type (f, "x");
  assert_html (f, "<p>ax</p><table x></table><p>d</p>");
}

static gboolean
has_toast (gpointer overlay)
{
  return adw_toast_overlay_get_child (overlay) != gtk_widget_get_last_child (overlay) ||
         adw_toast_overlay_get_child (overlay) != gtk_widget_get_first_child (overlay);
}

/* What is too long is not read to its end, and that is said. */
static void
test_paste_too_much (Fixture       *f,
                     gconstpointer  data)
{
  const gsize size = 5 * 1024 * 1024;
  char *html = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  GtkWidget *view = GTK_WIDGET (gum_rich_editor_get_view (f->editor));
  GtkWidget *overlay = adw_toast_overlay_new ();

  memset (html, 'x', size);
  bytes = g_bytes_new_take (html, size);
  provider = gdk_content_provider_new_for_bytes ("text/html", bytes);
  g_object_ref (f->editor);
  gtk_window_set_child (GTK_WINDOW (f->window), overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (f->editor));
  g_object_unref (f->editor);

  gum_rich_editor_set_html (f->editor, "<p>one</p>");
  gdk_clipboard_set_content (gtk_widget_get_clipboard (view), provider);
  gum_rich_paste (view, f->buffer);
  gum_test_wait_until (has_toast, overlay);
  assert_html (f, "<p>one</p>");
}

static void
test_paste (Fixture       *f,
            gconstpointer  data)
{
  /* Where nobody has been yet. */
  gum_rich_paste_html (f->buffer, "<p>first</p>", -1);
  assert_html (f, "<p>first</p>");

  gum_rich_editor_set_html (f->editor, "<p class=k>ab</p>");
  go (f, 0, 1);
  gum_rich_paste_html (f->buffer, "<b onclick=x>x</b><script>y</script>", -1);
  assert_html (f, "<p class=k>axb</p>");

  gum_rich_editor_set_html (f->editor, "<p class=k>ab</p>");
  go (f, 0, 1);
  gum_rich_paste_html (f->buffer, "<meta charset=utf-8><html><body><!--StartFragment-->"
                       "<h2 style='x'>t</h2><ul><li><b>i</b></ul><style>p {}</style></body></html>", -1);
  assert_html (f, "<p class=k>a</p><h2>t</h2><ul><li><p><strong>i</strong></p></li></ul><p>b</p>");

  gum_rich_editor_set_html (f->editor, "");
  gum_rich_paste_plain (f->buffer, "one <b>\n\ntwo\n");
  assert_html (f, "<p>one &lt;b&gt;</p><p>two</p>");

  /* An address onto words. */
  gum_rich_editor_set_html (f->editor, "<p>one two</p>");
  mark (f, 0, 4, 0, 7);
  gum_rich_paste_plain (f->buffer, "https://a.b/c");
  assert_html (f, "<p>one <a href=\"https://a.b/c\" target=\"_blank\" "
               "rel=\"noopener noreferrer nofollow\">two</a></p>");
  mark (f, 0, 4, 0, 7);
  gum_rich_paste_plain (f->buffer, "javascript:x()");
  assert_html (f, "<p>one javascript:x()</p>");
}

static void
test_source (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *source;
  GtkTextBuffer *buffer;

  gum_rich_editor_set_html (f->editor, "<p>a</p>");
  gum_rich_editor_set_source_mode (f->editor, TRUE);
  source = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->editor), GUM_TYPE_RICH_EDITOR,
                                                      "source_view"));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (source));
  gtk_text_buffer_set_text (buffer, "<p>a</p><x-y>\r\n", -1);
  assert_html (f, "<p>a</p><x-y>\r\n");
  g_assert_cmpuint (f->changes, >, 0);

  gum_rich_editor_set_source_mode (f->editor, FALSE);
  assert_html (f, "<p>a</p><x-y>\r\n");
  g_assert_cmpuint (gum_rich_buffer_get_n_lines (f->buffer), ==, 2);
  gum_rich_editor_undo (f->editor);
  assert_html (f, "<p>a</p>");
}

/* What a text view cannot bear is edited as source. */
static void
test_large (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GString) html = g_string_new (NULL);

  while (html->len < 1 << 20)
    g_string_append (html, "<table></table>");
  gum_rich_editor_set_html (f->editor, html->str);
  g_assert_true (gum_rich_editor_get_source_mode (f->editor));
  assert_html (f, html->str);
  gum_rich_editor_set_source_mode (f->editor, FALSE);
  g_assert_true (gum_rich_editor_get_source_mode (f->editor));

  gum_rich_editor_set_html (f->editor, "<p>small</p>");
  g_assert_false (gum_rich_editor_get_source_mode (f->editor));
}

static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  g_assert_true (gum_rich_chip_is_own_host ("https://public-files.gumroad.com/abc"));
  g_assert_true (gum_rich_chip_is_own_host ("https://gumroad.com/x.png"));
  g_assert_false (gum_rich_chip_is_own_host ("http://public-files.gumroad.com/abc"));
  g_assert_false (gum_rich_chip_is_own_host ("https://gumroad.com.evil.example/x"));
  g_assert_false (gum_rich_chip_is_own_host ("https://evilgumroad.com/x"));
  g_assert_false (gum_rich_chip_is_own_host ("https://gumroad.com:8443/x"));
  g_assert_false (gum_rich_chip_is_own_host ("https://gumroad.com@evil.example/x"));
  g_assert_false (gum_rich_chip_is_own_host (NULL));
}

static void
check_names (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_OBJECT_TYPE (child) == GTK_TYPE_BUTTON || G_OBJECT_TYPE (child) == GTK_TYPE_TOGGLE_BUTTON ||
          GTK_IS_MENU_BUTTON (child) || GTK_IS_DROP_DOWN (child) || GTK_IS_TEXT_VIEW (child))
        {
          g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (child),
                                                           GTK_ACCESSIBLE_PROPERTY_LABEL));
        }
      if (!GTK_IS_MENU_BUTTON (child) && !GTK_IS_DROP_DOWN (child))
        check_names (child);
    }
}

static int
get_lowest (GtkWidget *toolbar,
            int        width)
{
  int lowest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (toolbar);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t place;

      g_assert_true (gtk_widget_compute_bounds (child, toolbar, &place));
      g_assert_cmpfloat (place.origin.x, >=, 0);
      g_assert_cmpfloat (place.origin.x + place.size.width, <=, width);
      lowest = MAX (lowest, (int) place.origin.y);
    }
  return lowest;
}

static gboolean
is_wide (gpointer window)
{
  return gtk_widget_get_width (window) == 800;
}

/* On a phone the buttons go on in a second line: none is out of sight. */
static void
test_toolbar (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *bold = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->editor),
                                                               GUM_TYPE_RICH_EDITOR, "bold"));
  GtkWidget *kinds = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->editor),
                                                                GUM_TYPE_RICH_EDITOR, "kinds"));
  GtkWidget *toolbar = gtk_widget_get_parent (bold);

  g_assert_cmpint (get_lowest (toolbar, 360), >, 0);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 800, 500);
  gum_test_wait_until (is_wide, f->window);
  g_assert_cmpint (get_lowest (toolbar, 800), ==, 0);

  gtk_widget_set_direction (toolbar, GTK_TEXT_DIR_RTL);
  gtk_test_widget_wait_for_draw (f->window);
  g_assert_cmpint (get_lowest (toolbar, 800), ==, 0);

  /* The list of kinds says what is there, and makes it. */
  gum_rich_editor_set_html (f->editor, "<p>a</p><pre><code>b</code></pre>");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kinds)), ==, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), 5);
  assert_html (f, "<pre><code>a</code></pre><pre><code>b</code></pre>");
  go (f, 1, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kinds)), ==, 5);
  g_assert_true (press (f, GDK_KEY_2, GDK_CONTROL_MASK | GDK_ALT_MASK));
  assert_html (f, "<pre><code>a</code></pre><h2>b</h2>");
}

static guint
count_whole_labels (GtkWidget *widget)
{
  guint n = 0;

  /* A menu has room of its own. */
  if (GTK_IS_POPOVER (widget))
    return 0;
  if (GTK_IS_LABEL (widget))
    {
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))));
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_whole_labels (child);
  return n;
}

/* A text view gives a widget in it no more than the least that it needs. */
static void
test_chips (Fixture       *f,
            gconstpointer  data)
{
  gum_rich_editor_set_html (f->editor, "<table></table><p>a <upsell-card></upsell-card></p>");
  gtk_test_widget_wait_for_draw (f->window);
  g_assert_cmpuint (count_whole_labels (GTK_WIDGET (gum_rich_editor_get_view (f->editor))), ==, 3);
}

static GtkWidget *
find_chip (GtkWidget *widget)
{
  GtkWidget *found = GUM_IS_RICH_CHIP (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chip (child);
  return found;
}

/* The menu of a chip does what the keys do. */
static void
test_chip_menu (Fixture       *f,
                gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (gum_rich_editor_get_view (f->editor));

  gum_rich_editor_set_html (f->editor, "<p>a</p><table></table><p>b</p>");
  gtk_widget_activate_action (find_chip (view), "chip.up", NULL);
  assert_html (f, "<table></table><p>a</p><p>b</p>");
  /* Not beyond the ends. */
  gtk_widget_activate_action (find_chip (view), "chip.up", NULL);
  assert_html (f, "<table></table><p>a</p><p>b</p>");
  gtk_widget_activate_action (find_chip (view), "chip.down", NULL);
  gtk_widget_activate_action (find_chip (view), "chip.down", NULL);
  gtk_widget_activate_action (find_chip (view), "chip.down", NULL);
  assert_html (f, "<p>a</p><p>b</p><table></table>");
  gtk_widget_activate_action (find_chip (view), "chip.remove", NULL);
  assert_html (f, "<p>a</p><p>b</p>");
  g_assert_null (find_chip (view));
  for (guint i = 0; i < 4; i++)
    gum_rich_editor_undo (f->editor);
  assert_html (f, "<p>a</p><table></table><p>b</p>");
  gum_test_settle ();
}

#define P(words) "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"" words "\"}]}"
#define FILE "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"f1\",\"uid\":\"u\",\"new\":[1.5,null]}}"

static JsonNode *
new_document (const char *nodes)
{
  g_autofree char *text = g_strdup_printf ("{\"type\":\"doc\",\"x\":1,\"content\":[%s]}", nodes);

  return json_from_string (text, NULL);
}

static void
set_content (Fixture    *f,
             const char *nodes)
{
  g_autoptr (JsonNode) document = new_document (nodes);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (names, (gpointer) "f1", (gpointer) "Book.pdf");
  gum_rich_editor_set_content (f->editor, document, names);
}

static void
assert_content (Fixture    *f,
                const char *nodes)
{
  g_autoptr (JsonNode) document = gum_rich_editor_dup_content (f->editor);
  g_autoptr (JsonNode) expected = new_document (nodes);
  g_autofree char *text = json_to_string (document, FALSE);

  if (!json_node_equal (document, expected))
    g_error ("%s\nis not\n%s", text, nodes);
}

static void
step_cb (guint *n_steps)
{
  (*n_steps)++;
}

static void
test_content (Fixture       *f,
              gconstpointer  data)
{
  static const char before[] = P ("one") "," FILE ",{\"type\":\"licenseKey\"}";
  g_autoptr (JsonNode) node = json_from_string ("{\"type\":\"posts\",\"attrs\":{\"a\":1}}", NULL);
  GtkWidget *view = GTK_WIDGET (gum_rich_editor_get_view (f->editor));
  guint n_steps = 0;

  g_signal_connect_swapped (f->editor, "step", G_CALLBACK (step_cb), &n_steps);
  set_content (f, before);
  assert_content (f, before);
  g_assert_cmpuint (f->changes, ==, 0);
  gtk_test_accessible_assert_property (find_chip (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Book.pdf: File");

  /* A word is one thing to undo. */
  go (f, 0, 3);
  type (f, " two three");
  g_assert_cmpuint (n_steps, ==, 3);
  g_assert_cmpuint (f->changes, ==, 10);
  assert_content (f, P ("one two three") "," FILE ",{\"type\":\"licenseKey\"}");
  gtk_widget_activate_action (find_chip (view), "chip.up", NULL);
  g_assert_cmpuint (n_steps, ==, 4);
  assert_content (f, FILE "," P ("one two three") ",{\"type\":\"licenseKey\"}");

  /* A node goes below the line, not into it, and nothing that is selected goes away. */
  mark (f, 1, 0, 1, 3);
  gum_rich_editor_insert_content (f->editor, node, NULL);
  assert_content (f, FILE "," P ("one two three") ",{\"type\":\"posts\",\"attrs\":{\"a\":1}},"
                  "{\"type\":\"licenseKey\"}");
  for (guint i = 0; i < 5; i++)
    gum_rich_editor_undo (f->editor);
  assert_content (f, before);

  /* Another page knows nothing of this one. */
  set_content (f, "");
  gum_rich_editor_undo (f->editor);
  gum_rich_editor_redo (f->editor);
  assert_content (f, "");
  gum_rich_editor_insert_content (f->editor, node, NULL);
  assert_content (f, "{\"type\":\"posts\",\"attrs\":{\"a\":1}}");
}

static gboolean
has_words (gpointer editor)
{
  return *gum_rich_editor_get_html (editor) != '\0';
}

/* Nodes mean nothing in HTML, and HTML that is not understood nothing among nodes. */
static void
test_content_paste (Fixture       *f,
                    gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (gum_rich_editor_get_view (f->editor));
  GtkWidget *other = gum_rich_editor_new ();
  GumRichView *other_view = gum_rich_editor_get_view (GUM_RICH_EDITOR (other));

  gtk_window_set_child (GTK_WINDOW (gtk_window_new ()), other);
  set_content (f, FILE "," P ("one"));
  mark (f, 0, 0, 1, 3);
  gum_rich_copy (view, f->buffer);
  go (f, 1, 3);
  gum_rich_paste (view, f->buffer);
  assert_content (f, FILE "," P ("one") "," FILE "," P ("one"));

  set_content (f, P ("one"));
  go (f, 0, 3);
  gum_rich_paste_html (f->buffer, "<table><tr><td>cell</td></tr></table><p>two</p>", -1);
  assert_content (f, P ("one") "," P ("cell") "," P ("two"));

  set_content (f, FILE "," P ("one"));
  mark (f, 0, 0, 1, 3);
  gum_rich_copy (view, f->buffer);
  gum_rich_paste (GTK_WIDGET (other_view), gum_rich_view_get_buffer (other_view));
  gum_test_wait_until (has_words, other);
  g_assert_cmpstr (gum_rich_editor_get_html (GUM_RICH_EDITOR (other)), ==, "<p>one</p>");
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (other)));
}

/* What is too much for a text view is not touched. */
static void
test_content_large (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GString) nodes = g_string_new (FILE);
  g_autoptr (JsonNode) node = json_from_string (FILE, NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append (nodes, "," FILE);
  set_content (f, nodes->str);
  gum_rich_editor_insert_content (f->editor, node, NULL);
  assert_content (f, nodes->str);
  g_assert_cmpuint (f->changes, ==, 0);
  /* And is left behind with the page. */
  set_content (f, P ("one"));
  go (f, 0, 3);
  type (f, "s");
  assert_content (f, P ("ones"));
}

static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  gum_rich_editor_set_label (f->editor, "Description");
  gtk_test_accessible_assert_property (gum_rich_editor_get_view (f->editor),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Description");
  check_names (GTK_WIDGET (f->editor));
  g_assert_cmpint (gtk_widget_get_width (f->window), <=, 360);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  gum_ui_init ();

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/rich-editor/untouched", test_untouched);
  ADD ("/rich-editor/type", test_type);
  ADD ("/rich-editor/styles", test_styles);
  ADD ("/rich-editor/undo", test_undo);
  ADD ("/rich-editor/lists", test_lists);
  ADD ("/rich-editor/lines", test_lines);
  ADD ("/rich-editor/atoms", test_atoms);
  ADD ("/rich-editor/paste", test_paste);
  ADD ("/rich-editor/paste-too-much", test_paste_too_much);
  ADD ("/rich-editor/source", test_source);
  ADD ("/rich-editor/large", test_large);
  ADD ("/rich-editor/pictures", test_pictures);
  ADD ("/rich-editor/toolbar", test_toolbar);
  ADD ("/rich-editor/chips", test_chips);
  ADD ("/rich-editor/chip-menu", test_chip_menu);
  ADD ("/rich-editor/content", test_content);
  ADD ("/rich-editor/content-paste", test_content_paste);
  ADD ("/rich-editor/content-large", test_content_large);
  ADD ("/rich-editor/names", test_names);
  return g_test_run ();
}
