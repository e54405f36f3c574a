/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Widgets in a line that know their height at once. A horizontal GtkBox of GTK 4.8 that is asked for it looks for the least
 * height at which the widths fit, halving again and again, and each label that wraps halves widths in turn to
 * answer, setting its text anew each time; a widget that is centred is asked the same way. That is most of what it
 * costs to open a page of such lines, and all words here run in lines: no width depends on a height.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-line-layout.h"

#include "gum-layout.h"

struct _GumLineLayout
{
  GtkLayoutManager parent_instance;

  GtkOrientation   orientation;
  int              spacing;
  int              width;           /* -1: what the children ask for */
};

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_WIDTH,
  N_PROPS,
  PROP_ORIENTATION = N_PROPS
};

G_DEFINE_FINAL_TYPE_WITH_CODE (GumLineLayout, gum_line_layout, GTK_TYPE_LAYOUT_MANAGER,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ORIENTABLE, NULL))

static GParamSpec *properties[N_PROPS];

static guint
count_children (GtkWidget *widget)
{
  guint count = 0;

  for (GtkWidget *child = gum_layout_get_first (widget); child != NULL; child = gum_layout_get_next (child))
    count++;
  return count;
}

/* What each child has of @size along the line: what it needs, then what it would like, then its share of the
 * rest. @across: what it has the other way, or -1. */
static void
share (GumLineLayout    *self,
       GtkWidget        *widget,
       int               size,
       int               across,
       GtkRequestedSize *sizes,
       guint             count)
{
  int left = size - self->spacing * ((int) count - 1);
  int n_expand = 0;
  guint i = 0;

  for (GtkWidget *child = gum_layout_get_first (widget); child != NULL; child = gum_layout_get_next (child), i++)
    {
      sizes[i].data = child;
      gtk_widget_measure (child, self->orientation, across, &sizes[i].minimum_size,
                          &sizes[i].natural_size, NULL, NULL);
      left -= sizes[i].minimum_size;
      n_expand += gtk_widget_compute_expand (child, self->orientation) ? 1 : 0;
    }

  left = gtk_distribute_natural_allocation (MAX (left, 0), count, sizes);
  for (i = 0; i < count && n_expand > 0; i++)
    {
      int more = left / n_expand;

      if (!gtk_widget_compute_expand (sizes[i].data, self->orientation))
        continue;
      sizes[i].minimum_size += more;
      left -= more;
      n_expand--;
    }
}

static GtkSizeRequestMode
gum_line_layout_get_request_mode (GtkLayoutManager *layout,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* One after the other: the sizes add up. */
static void
measure_along (GumLineLayout *self,
               GtkWidget     *widget,
               int            across,
               int           *minimum,
               int           *natural)
{
  *minimum = *natural = self->spacing * MAX ((int) count_children (widget) - 1, 0);
  for (GtkWidget *child = gum_layout_get_first (widget); child != NULL; child = gum_layout_get_next (child))
    {
      int least = 0;
      int wanted = 0;

      gtk_widget_measure (child, self->orientation, across, &least, &wanted, NULL, NULL);
      *minimum += least;
      *natural += wanted;
    }
}

/* The largest one counts; along the line they have what @sizes say, if there are any. */
static void
measure_across (GumLineLayout    *self,
                GtkWidget        *widget,
                GtkRequestedSize *sizes,
                int              *minimum,
                int              *natural)
{
  guint i = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gum_layout_get_first (widget); child != NULL; child = gum_layout_get_next (child), i++)
    {
      int least = 0;
      int wanted = 0;

      gtk_widget_measure (child, !self->orientation, sizes != NULL ? sizes[i].minimum_size : -1, &least,
                          &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static void
gum_line_layout_measure (GtkLayoutManager *layout,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  GumLineLayout *self = GUM_LINE_LAYOUT (layout);
  guint count = count_children (widget);
  GtkRequestedSize *sizes = g_newa0 (GtkRequestedSize, count + 1);

  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->width >= 0)
    {
      *minimum = *natural = self->width;
    }
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      if (self->orientation == GTK_ORIENTATION_HORIZONTAL)
        measure_along (self, widget, -1, minimum, natural);
      else
        measure_across (self, widget, NULL, minimum, natural);
    }
  else if (self->orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_along (self, widget, for_size, minimum, natural);
    }
  else
    {
      if (for_size < 0)
        measure_along (self, widget, -1, minimum, &for_size);
      share (self, widget, for_size, -1, sizes, count);
      measure_across (self, widget, sizes, minimum, natural);
    }
}

static void
gum_line_layout_allocate (GtkLayoutManager *layout,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  GumLineLayout *self = GUM_LINE_LAYOUT (layout);
  gboolean upright = self->orientation == GTK_ORIENTATION_VERTICAL;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint count = count_children (widget);
  GtkRequestedSize *sizes = g_newa0 (GtkRequestedSize, count + 1);
  int at = 0;

  share (self, widget, upright ? height : width, upright ? width : -1, sizes, count);
  for (guint i = 0; i < count; i++)
    {
      int size = sizes[i].minimum_size;
      GtkAllocation allocation = { rtl ? width - at - size : at, 0, size, height };

      if (upright)
        allocation = (GtkAllocation) { 0, at, width, size };
      gtk_widget_size_allocate (sizes[i].data, &allocation, -1);
      at += size + self->spacing;
    }
}

static void
gum_line_layout_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  GumLineLayout *self = GUM_LINE_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_ORIENTATION:
      g_value_set_enum (value, self->orientation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_line_layout_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  GumLineLayout *self = GUM_LINE_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_WIDTH:
      self->width = g_value_get_int (value);
      break;
    case PROP_ORIENTATION:
      self->orientation = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
gum_line_layout_class_init (GumLineLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = gum_line_layout_get_property;
  object_class->set_property = gum_line_layout_set_property;
  layout_class->get_request_mode = gum_line_layout_get_request_mode;
  layout_class->measure = gum_line_layout_measure;
  layout_class->allocate = gum_line_layout_allocate;

  properties[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDTH] =
    g_param_spec_int ("width", NULL, NULL, -1, G_MAXINT16, -1,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_ORIENTATION, "orientation");
}

static void
gum_line_layout_init (GumLineLayout *self)
{
  self->width = -1;
}

GtkLayoutManager *
gum_line_layout_new (GtkOrientation orientation,
                     int            spacing)
{
  return g_object_new (GUM_TYPE_LINE_LAYOUT,
                       "orientation", orientation,
                       "spacing", spacing,
                       NULL);
}
