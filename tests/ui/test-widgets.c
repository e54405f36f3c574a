/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Widgets that the sections share. */

#include "config.h"

#include "gum-html-view.h"
#include "gum-line-layout.h"
#include "gum-picture.h"
#include "gum-status.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>

static GtkWidget *
find (GtkWidget *root,
      GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type))
        return child;
      found = find (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static void
test_html (void)
{
  g_autoptr (GtkWidget) view = g_object_ref_sink (gum_html_view_new ());
  GumHtmlView *html = GUM_HTML_VIEW (view);
  GtkWidget *link;

  g_assert_false (gum_html_view_set_html (html, NULL));
  g_assert_false (gum_html_view_set_html (html, ""));

  /* A picture is named and can be opened; it is not fetched. */
  g_assert_true (gum_html_view_set_html (html, "<h2>A</h2><p>b <b>c</b></p><ul><li>d</li></ul>"
                                         "<img src=\"https://example.com/x.png\" alt=\"A sea\">"));
  g_assert_cmpuint (count_children (view), ==, 4);
  g_assert_null (find (view, GTK_TYPE_PICTURE));
  link = find (view, GTK_TYPE_LINK_BUTTON);
  g_assert_nonnull (link);
  g_assert_cmpstr (gtk_link_button_get_uri (GTK_LINK_BUTTON (link)), ==,
                   "https://example.com/x.png");

  /* Nothing that runs becomes a link. */
  g_assert_true (gum_html_view_set_html (html, "<p><a href=\"javascript:x()\">x</a></p>"));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (gtk_widget_get_first_child (view))), ==, "x");
}

static void
test_html_is_bounded (void)
{
  g_autoptr (GtkWidget) view = g_object_ref_sink (gum_html_view_new ());
  g_autoptr (GString) html = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (html, "<p>a</p>");
  g_assert_true (gum_html_view_set_html (GUM_HTML_VIEW (view), html->str));
  g_assert_cmpuint (count_children (view), <, 1000);
}

static void
test_status (void)
{
  g_autoptr (GtkWidget) status = g_object_ref_sink (gum_status_new ());
  GtkWidget *button;

  gum_status_show (GUM_STATUS (status), "edit-find-symbolic", "A & <b>", "c & <d>");
  gum_status_set_action (GUM_STATUS (status), "_Do", "win.do");
  g_assert_cmpstr (gum_status_get_title (GUM_STATUS (status)), ==, "A & <b>");
  gtk_test_accessible_assert_property (status, GTK_ACCESSIBLE_PROPERTY_LABEL, "A & <b>");
  button = find (status, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_visible (button));
  gum_status_set_action (GUM_STATUS (status), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (button));
}

static void
test_picture (void)
{
  g_autoptr (GtkWidget) picture = g_object_ref_sink (gum_picture_new ());

  gtk_test_accessible_assert_role (picture, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gum_picture_set_source (GUM_PICTURE (picture), NULL, "\360\237\216\250 art");
  gum_picture_set_source (GUM_PICTURE (picture), "", NULL);
  gum_picture_set_source (GUM_PICTURE (picture), "nonsense", "!!");
  g_assert_false (gum_picture_is_loaded (GUM_PICTURE (picture)));
}

static void
get_place (GtkWidget *child,
           int       *x,
           int       *width)
{
  double at;

  g_assert_true (gtk_widget_translate_coordinates (child, gtk_widget_get_parent (child), 0, 0, &at, NULL));
  *x = (int) at;
  *width = gtk_widget_get_width (child);
}

static int
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* A picture, words that wrap, a number: as a GtkBox would place them. */
static void
test_line (void)
{
  g_autoptr (GtkWidget) line = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *picture = gum_picture_new ();
  GtkWidget *hidden = gtk_label_new ("not seen");
  GtkWidget *words = gtk_label_new ("Words enough for several lines, wherever they are broken");
  GtkWidget *number = gtk_label_new ("12");
  int height;
  int x;
  int width;

  gtk_widget_set_layout_manager (line, gum_line_layout_new (GTK_ORIENTATION_HORIZONTAL, 10));
  gum_picture_set_size (GUM_PICTURE (picture), 30, 30);
  gtk_widget_set_visible (hidden, FALSE);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), picture);
  gtk_box_append (GTK_BOX (line), hidden);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), number);

  height = measure (line, GTK_ORIENTATION_VERTICAL, 200);
  gtk_widget_size_allocate (line, &(GtkAllocation) { 0, 0, 200, height }, -1);
  get_place (picture, &x, &width);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (width, ==, 30);
  get_place (words, &x, &width);
  g_assert_cmpint (x, ==, 40);
  g_assert_cmpint (width, ==, 200 - 40 - 10 - measure (number, GTK_ORIENTATION_HORIZONTAL, -1));
  g_assert_cmpint (height, ==, measure (words, GTK_ORIENTATION_VERTICAL, width));
  get_place (number, &x, &width);
  g_assert_cmpint (x + width, ==, 200);

  /* What is left goes to what expands; from right to left all of it is turned round. */
  gtk_widget_set_direction (line, GTK_TEXT_DIR_RTL);
  height = measure (line, GTK_ORIENTATION_VERTICAL, 2000);
  gtk_widget_size_allocate (line, &(GtkAllocation) { 0, 0, 2000, height }, -1);
  get_place (number, &x, &width);
  g_assert_cmpint (x, ==, 0);
  get_place (picture, &x, &width);
  g_assert_cmpint (x, ==, 1970);
}

/* Lines below one another: the width never depends on the height, and need not be asked for. */
static void
test_lines (void)
{
  g_autoptr (GtkWidget) column = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkLayoutManager *layout = gum_line_layout_new (GTK_ORIENTATION_VERTICAL, 5);
  GtkWidget *first = gtk_label_new ("Words enough for several lines, wherever they are broken");
  GtkWidget *second = gtk_label_new ("One more");
  int height;

  gtk_widget_set_layout_manager (column, layout);
  gtk_label_set_wrap (GTK_LABEL (first), TRUE);
  gtk_box_append (GTK_BOX (column), first);
  gtk_box_append (GTK_BOX (column), second);

  g_assert_cmpint (measure (column, GTK_ORIENTATION_HORIZONTAL, -1), ==,
                   MAX (measure (first, GTK_ORIENTATION_HORIZONTAL, -1),
                        measure (second, GTK_ORIENTATION_HORIZONTAL, -1)));
  g_assert_cmpint (measure (column, GTK_ORIENTATION_HORIZONTAL, 10), ==,
                   measure (column, GTK_ORIENTATION_HORIZONTAL, 1000));
  height = measure (column, GTK_ORIENTATION_VERTICAL, 150);
  g_assert_cmpint (height, ==, measure (first, GTK_ORIENTATION_VERTICAL, 150) + 5 +
                               measure (second, GTK_ORIENTATION_VERTICAL, 150));
  gtk_widget_size_allocate (column, &(GtkAllocation) { 0, 0, 150, height }, -1);
  g_assert_cmpint (gtk_widget_get_width (first), ==, 150);
  g_assert_cmpint (gtk_widget_get_height (first), ==, measure (first, GTK_ORIENTATION_VERTICAL, 150));

  g_object_set (layout, "width", 120, NULL);
  g_assert_cmpint (measure (column, GTK_ORIENTATION_HORIZONTAL, -1), ==, 120);
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

  g_test_add_func ("/widgets/html", test_html);
  g_test_add_func ("/widgets/html-is-bounded", test_html_is_bounded);
  g_test_add_func ("/widgets/status", test_status);
  g_test_add_func ("/widgets/picture", test_picture);
  g_test_add_func ("/widgets/line", test_line);
  g_test_add_func ("/widgets/lines", test_lines);
  return g_test_run ();
}
