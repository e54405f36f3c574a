/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the columns of the product table are. Rows and the header ask the same question and so get the
 * same answer; nothing is measured across rows, which is what makes a table of 100,000 rows cheap.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-columns.h"

#define EDGE    14
#define SPACING 18

/* In digits of the font, so that they grow with the text. */
static const int units[GUM_N_COLUMNS] = {
  [GUM_COLUMN_PICTURE] = 0,
  [GUM_COLUMN_NAME] = 36,
  [GUM_COLUMN_PRICE] = 14,
  [GUM_COLUMN_STATE] = 12,
  [GUM_COLUMN_SALES] = 9,
  [GUM_COLUMN_REVENUE] = 14,
  [GUM_COLUMN_KIND] = 12,
  [GUM_COLUMN_TAGS] = 18,
};

/* What goes first when space shrinks stands last. */
static const GumColumn optional[] = {
  GUM_COLUMN_REVENUE, GUM_COLUMN_KIND, GUM_COLUMN_TAGS,
};

gboolean
gum_product_columns_lay_out (int            width,
                             int            unit,
                             GumColumnSpan  spans[GUM_N_COLUMNS])
{
  gboolean shown[GUM_N_COLUMNS] = { FALSE };
  int needed = 2 * EDGE + 32;
  int extra;
  int x = EDGE;

  shown[GUM_COLUMN_PICTURE] = TRUE;
  for (int i = GUM_COLUMN_NAME; i <= GUM_COLUMN_SALES; i++)
    {
      shown[i] = TRUE;
      needed += SPACING + units[i] * unit;
    }
  if (width < needed)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    {
      int with = needed + SPACING + units[optional[i]] * unit;

      if (width < with)
        break;
      shown[optional[i]] = TRUE;
      needed = with;
    }

  /* The room that is left goes to what is read as words. */
  extra = width - needed;
  for (int i = 0; i < GUM_N_COLUMNS; i++)
    {
      spans[i] = (GumColumnSpan) { x, 0 };
      if (!shown[i])
        continue;
      spans[i].width = i == GUM_COLUMN_PICTURE ? 32 : units[i] * unit;
      if (i == GUM_COLUMN_NAME)
        spans[i].width += shown[GUM_COLUMN_TAGS] ? extra * 2 / 3 : extra;
      else if (i == GUM_COLUMN_TAGS)
        spans[i].width += extra - extra * 2 / 3;
      x += spans[i].width + SPACING;
    }
  return TRUE;
}

/* Of the window, not of each row: a context costs more than everything that is asked of it here. */
static PangoContext *
get_context (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return gtk_widget_get_pango_context (root != NULL ? GTK_WIDGET (root) : widget);
}

/* Every row asks for these several times, and finding them means loading a set of fonts: they are
 * kept for as long as the font is the same. */
static void
get_metrics (GtkWidget *widget,
             int       *unit,
             int       *line)
{
  static struct
  {
    guint  font;
    double resolution;
    int    unit;
    int    line;
  } known;
  PangoContext *context = get_context (widget);
  guint font = pango_font_description_hash (pango_context_get_font_description (context));
  double resolution = pango_cairo_context_get_resolution (context);

  if (known.unit == 0 || known.font != font || known.resolution != resolution)
    {
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      known.font = font;
      known.resolution = resolution;
      known.unit = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_digit_width (metrics));
      known.unit = MAX (known.unit, 4);
      known.line = PANGO_PIXELS_CEIL (MAX (pango_font_metrics_get_height (metrics),
                                           pango_font_metrics_get_ascent (metrics) +
                                           pango_font_metrics_get_descent (metrics)));
      pango_font_metrics_unref (metrics);
    }
  if (unit != NULL)
    *unit = known.unit;
  if (line != NULL)
    *line = known.line;
}

int
gum_product_columns_get_unit (GtkWidget *widget)
{
  int unit = 0;

  get_metrics (widget, &unit, NULL);
  return unit;
}

int
gum_product_columns_get_line (GtkWidget *widget)
{
  int line = 0;

  get_metrics (widget, NULL, &line);
  return line;
}

PangoLayout *
gum_product_columns_new_layout (GtkWidget *widget)
{
  PangoLayout *layout = pango_layout_new (get_context (widget));

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

gboolean
gum_product_columns_is_number (GumColumn column)
{
  return column == GUM_COLUMN_PRICE || column == GUM_COLUMN_SALES || column == GUM_COLUMN_REVENUE;
}

void
gum_product_columns_place (GtkWidget *parent,
                           GtkWidget *child,
                           int        x,
                           int        y,
                           int        width,
                           int        height)
{
  GtkAllocation allocation = { x, y, width, height };

  gtk_widget_set_child_visible (child, width > 0 && height > 0);
  if (width <= 0 || height <= 0)
    return;
  if (gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL)
    allocation.x = gtk_widget_get_width (parent) - x - width;
  gtk_widget_size_allocate (child, &allocation, -1);
}
