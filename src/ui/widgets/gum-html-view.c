/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A seller's HTML as plain widgets. Nothing in it is executed or fetched: pictures are named, with a
 * link to open them in the browser, and only addresses that gum_html_parse() lets through are links.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-html-view.h"

#include "gum-html.h"
#include "gum-line-layout.h"

#include <glib/gi18n.h>

/* A description of this many paragraphs is a book; the rest of it is for the browser. */
#define MAX_BLOCKS 250

/* Its words can be broken anywhere. */
#define MIN_WIDTH 120

struct _GumHtmlView
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (GumHtmlView, gum_html_view, GTK_TYPE_BOX)

static GtkWidget *
make_label (const char        *markup,
            GtkAccessibleRole  role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", role,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0f,
                                   "hexpand", TRUE,
                                   NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  return label;
}

static GtkWidget *
make_heading (const GumHtmlBlock *block)
{
  GtkWidget *label = make_label (block->markup, GTK_ACCESSIBLE_ROLE_HEADING);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_LEVEL, (int) MAX (block->level, 1),
                                  -1);
  gtk_widget_add_css_class (label, block->level <= 2 ? "title-4" : "heading");
  gtk_widget_set_margin_top (label, 6);
  return label;
}

static GtkWidget *
make_list_item (const GumHtmlBlock *block)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX,
                                 "layout-manager",
                                 gum_line_layout_new (GTK_ORIENTATION_HORIZONTAL, 8),
                                 NULL);
  g_autofree char *number = g_strdup_printf ("%u.", block->number);
  GtkWidget *marker = gtk_label_new (block->number > 0 ? number : "•");

  gtk_widget_set_valign (marker, GTK_ALIGN_START);
  gtk_widget_add_css_class (marker, "dim-label");
  gtk_widget_add_css_class (marker, "numeric");
  gtk_box_append (GTK_BOX (box), marker);
  gtk_box_append (GTK_BOX (box), make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL));
  /* Deeper than this there is no room left for words on a narrow window. */
  gtk_widget_set_margin_start (box, 6 + 18 * (int) CLAMP ((int) block->level - 1, 0, 4));
  return box;
}

static GtkWidget *
make_image (const GumHtmlBlock *block)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX,
                                 "layout-manager",
                                 gum_line_layout_new (GTK_ORIENTATION_HORIZONTAL, 12),
                                 NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name", "image-x-generic-symbolic",
                                  NULL);
  gboolean described = block->text != NULL && *block->text != '\0';
  GtkWidget *label = gtk_label_new (described ? block->text : _("Picture without a description"));

  gtk_widget_add_css_class (box, "gum-placeholder");
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (!described)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);

  if (block->uri != NULL)
    {
      GtkWidget *link = gtk_link_button_new_with_label (block->uri, _("Open"));

      gtk_widget_set_valign (link, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (link),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Open the picture in the browser"),
                                      -1);
      gtk_box_append (GTK_BOX (box), link);
    }
  return box;
}

static GtkWidget *
make_block (const GumHtmlBlock *block)
{
  GtkWidget *widget = NULL;

  switch (block->kind)
    {
    case GUM_HTML_HEADING:
      widget = make_heading (block);
      break;

    case GUM_HTML_LIST_ITEM:
      widget = make_list_item (block);
      break;

    case GUM_HTML_QUOTE:
      widget = make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL);
      gtk_widget_add_css_class (widget, "gum-quote");
      break;

    case GUM_HTML_CODE:
      widget = make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL);
      gtk_widget_add_css_class (widget, "monospace");
      gtk_widget_add_css_class (widget, "gum-placeholder");
      break;

    case GUM_HTML_IMAGE:
      widget = make_image (block);
      break;

    case GUM_HTML_RULE:
      widget = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      break;

    case GUM_HTML_PARAGRAPH:
    default:
      widget = make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL);
      break;
    }
  return widget;
}

static void
gum_html_view_class_init (GumHtmlViewClass *klass)
{
}

static void
gum_html_view_init (GumHtmlView *self)
{
  GtkLayoutManager *layout = gum_line_layout_new (GTK_ORIENTATION_VERTICAL, 9);

  g_object_set (layout, "width", MIN_WIDTH, NULL);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), layout);
}

GtkWidget *
gum_html_view_new (void)
{
  return g_object_new (GUM_TYPE_HTML_VIEW, NULL);
}

gboolean
gum_html_view_set_html (GumHtmlView *self,
                        const char  *html)
{
  g_autoptr (GPtrArray) blocks = NULL;
  GtkWidget *child;

  g_return_val_if_fail (GUM_IS_HTML_VIEW (self), FALSE);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  if (html == NULL)
    return FALSE;

  blocks = gum_html_parse (html, -1);
  for (guint i = 0; i < MIN (blocks->len, MAX_BLOCKS); i++)
    gtk_box_append (GTK_BOX (self), make_block (g_ptr_array_index (blocks, i)));
  if (blocks->len > MAX_BLOCKS)
    {
      GtkWidget *label = make_label (_("The description goes on. Open the product in the browser "
                                       "to read all of it."),
                                     GTK_ACCESSIBLE_ROLE_LABEL);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (self), label);
    }
  return blocks->len > 0;
}
