/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header over the product table. A press on a column's button sorts by it (products.sort-column); the
 * arrow and the button's accessible name say which way. Its columns are those of the rows.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-header.h"

#include "gum-product-columns.h"

#include <glib/gi18n.h>

struct _GumProductHeader
{
  GtkWidget  parent_instance;

  /* children; NULL where a column has no name */
  GtkWidget *cells[GUM_N_COLUMNS];
  GtkWidget *arrows[GUM_N_COLUMNS];
};

typedef struct
{
  const char *title;
  int         sort;        /* GumSort or -1 */
} Column;

G_DEFINE_FINAL_TYPE (GumProductHeader, gum_product_header, GTK_TYPE_WIDGET)

static const Column columns[GUM_N_COLUMNS] = {
  [GUM_COLUMN_PICTURE] = { NULL, -1 },
  [GUM_COLUMN_NAME] = { N_("Name"), GUM_SORT_NAME },
  [GUM_COLUMN_PRICE] = { N_("Price"), GUM_SORT_PRICE },
  [GUM_COLUMN_STATE] = { N_("State"), GUM_SORT_STATE },
  [GUM_COLUMN_SALES] = { N_("Sales"), GUM_SORT_SALES },
  [GUM_COLUMN_REVENUE] = { N_("Revenue"), GUM_SORT_REVENUE },
  [GUM_COLUMN_KIND] = { N_("Kind"), -1 },
  [GUM_COLUMN_TAGS] = { N_("Tags"), -1 },
};

static const char *sort_names[] = {
  [GUM_SORT_NEWEST] = "newest",
  [GUM_SORT_NAME] = "name",
  [GUM_SORT_PRICE] = "price",
  [GUM_SORT_SALES] = "sales",
  [GUM_SORT_REVENUE] = "revenue",
  [GUM_SORT_STATE] = "state",
};

/* The button's own padding, so that its text stands over the column's text. */
#define BUTTON_PADDING 8

static GtkWidget *
make_cell (GumProductHeader *self,
           GumColumn         column)
{
  const Column *spec = &columns[column];
  gboolean number = gum_product_columns_is_number (column);
  GtkWidget *label = gtk_label_new (_(spec->title));
  GtkWidget *box;
  GtkWidget *button;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_widget_add_css_class (label, "dim-label");
  if (spec->sort < 0)
    return label;

  self->arrows[column] = g_object_new (GTK_TYPE_IMAGE,
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                       "icon-name", "pan-down-symbolic",
                                       NULL);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_halign (box, number ? GTK_ALIGN_END : GTK_ALIGN_START);
  /* The arrow stands on the inner side: numbers keep their right edge. */
  gtk_box_append (GTK_BOX (box), number ? self->arrows[column] : label);
  gtk_box_append (GTK_BOX (box), number ? label : self->arrows[column]);

  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "products.sort-column::name");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", sort_names[spec->sort]);
  return button;
}

static void
gum_product_header_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  GumProductHeader *self = GUM_PRODUCT_HEADER (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  for (int i = 0; i < GUM_N_COLUMNS; i++)
    {
      int height = 0;

      if (self->cells[i] == NULL)
        continue;
      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      *minimum = *natural = MAX (*natural, height + 4);
    }
}

static void
gum_product_header_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  GumProductHeader *self = GUM_PRODUCT_HEADER (widget);
  GumColumnSpan spans[GUM_N_COLUMNS] = { { 0 } };

  gum_product_columns_lay_out (width, gum_product_columns_get_unit (widget), spans);
  for (int i = 0; i < GUM_N_COLUMNS; i++)
    {
      GumColumnSpan span = spans[i];
      int minimum = 0;

      if (self->cells[i] == NULL)
        continue;
      if (span.width > 0 && GTK_IS_BUTTON (self->cells[i]))
        {
          span.x -= BUTTON_PADDING;
          span.width += 2 * BUTTON_PADDING;
        }
      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      if (span.width > 0)
        span.width = MAX (span.width, minimum);
      gum_product_columns_place (widget, self->cells[i], span.x, 2, span.width, height - 4);
    }
}

static void
gum_product_header_dispose (GObject *object)
{
  GumProductHeader *self = GUM_PRODUCT_HEADER (object);

  for (int i = 0; i < GUM_N_COLUMNS; i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);

  G_OBJECT_CLASS (gum_product_header_parent_class)->dispose (object);
}

static void
gum_product_header_class_init (GumProductHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_product_header_dispose;
  widget_class->measure = gum_product_header_measure;
  widget_class->size_allocate = gum_product_header_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "productheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gum_product_header_init (GumProductHeader *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns"),
                                  -1);
  for (int i = 0; i < GUM_N_COLUMNS; i++)
    {
      if (columns[i].title == NULL)
        continue;
      self->cells[i] = make_cell (self, i);
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }
  gum_product_header_set_sort (self, GUM_SORT_NEWEST, TRUE);
}

GtkWidget *
gum_product_header_new (void)
{
  return g_object_new (GUM_TYPE_PRODUCT_HEADER, NULL);
}

void
gum_product_header_set_sort (GumProductHeader *self,
                             GumSort           sort,
                             gboolean          descending)
{
  g_return_if_fail (GUM_IS_PRODUCT_HEADER (self));

  for (int i = 0; i < GUM_N_COLUMNS; i++)
    {
      g_autofree char *label = NULL;
      gboolean sorted = columns[i].sort == (int) sort;

      if (self->arrows[i] == NULL)
        continue;

      gtk_widget_set_opacity (self->arrows[i], sorted ? 1 : 0);
      if (!sorted)
        label = g_strdup_printf (_("Sort by %s"), _(columns[i].title));
      else if (descending)
        label = g_strdup_printf (_("%s, sorted descending"), _(columns[i].title));
      else
        label = g_strdup_printf (_("%s, sorted ascending"), _(columns[i].title));
      if (sorted)
        gtk_image_set_from_icon_name (GTK_IMAGE (self->arrows[i]),
                                      descending ? "pan-down-symbolic" : "pan-up-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->cells[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
}

const char *
gum_sort_get_name (GumSort sort)
{
  g_return_val_if_fail (sort < G_N_ELEMENTS (sort_names), NULL);

  return sort_names[sort];
}

gboolean
gum_sort_from_name (const char *name,
                    GumSort    *sort)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (name, sort_names[i]) == 0)
      {
        *sort = i;
        return TRUE;
      }
  return FALSE;
}
