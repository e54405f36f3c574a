/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of buttons that goes on below where a window is too narrow for it: GtkFlowBox makes columns, and something that
 * can be focused around each child.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-flow-layout.h"

#include "gum-layout.h"

struct _GumFlowLayout
{
  GtkLayoutManager parent_instance;

  int              spacing;
};

enum
{
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (GumFlowLayout, gum_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

static GParamSpec *properties[N_PROPS];

static int
get_width (GtkWidget *child,
           gboolean   natural)
{
  int least = 0;
  int wanted = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return natural ? wanted : least;
}

/* Puts the line that begins with @child into @width. Returns: the first child of the next line. */
static GtkWidget *
place_line (GumFlowLayout *self,
            GtkWidget     *child,
            int            width,
            int            y,
            gboolean       rtl,
            gboolean       only_measure,
            int           *height)
{
  GtkWidget *end = child;
  int left = width + self->spacing;
  int x = 0;

  *height = 0;
  do
    {
      int wanted = MIN (get_width (end, TRUE), width);
      int tall;

      gtk_widget_measure (end, GTK_ORIENTATION_VERTICAL, wanted, NULL, &tall, NULL, NULL);
      *height = MAX (*height, tall);
      left -= wanted + self->spacing;
      end = gum_layout_get_next (end);
    }
  while (end != NULL && left >= get_width (end, TRUE) + self->spacing);

  for (; child != end && !only_measure; child = gum_layout_get_next (child))
    {
      int wide = MIN (get_width (child, TRUE), width);

      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        {
          wide += left;
          left = 0;
        }
      gtk_widget_size_allocate (child,
                                &(GtkAllocation) { rtl ? width - x - wide : x, y, wide, *height }, -1);
      x += wide + self->spacing;
    }
  return end;
}

static int
place_all (GumFlowLayout *self,
           GtkWidget     *widget,
           int            width,
           gboolean       only_measure)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gum_layout_get_first (widget);
  int y = 0;

  while (child != NULL)
    {
      int height;

      child = place_line (self, child, width, y, rtl, only_measure, &height);
      y += height + self->spacing;
    }
  return MAX (y - self->spacing, 0);
}

static GtkSizeRequestMode
gum_flow_layout_get_request_mode (GtkLayoutManager *layout,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gum_flow_layout_measure (GtkLayoutManager *layout,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  GumFlowLayout *self = GUM_FLOW_LAYOUT (layout);
  int least = 0;
  int wanted = 0;

  for (GtkWidget *child = gum_layout_get_first (widget); child != NULL; child = gum_layout_get_next (child))
    {
      least = MAX (least, get_width (child, FALSE));
      wanted += (wanted > 0 ? self->spacing : 0) + get_width (child, TRUE);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    least = wanted = place_all (self, widget, for_size >= 0 ? for_size : wanted, TRUE);
  *minimum = least;
  *natural = wanted;
}

static void
gum_flow_layout_allocate (GtkLayoutManager *layout,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  place_all (GUM_FLOW_LAYOUT (layout), widget, width, FALSE);
}

static void
gum_flow_layout_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_value_set_int (value, GUM_FLOW_LAYOUT (object)->spacing);
}

static void
gum_flow_layout_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  GumFlowLayout *self = GUM_FLOW_LAYOUT (object);

  if (self->spacing == g_value_get_int (value))
    return;
  self->spacing = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
gum_flow_layout_class_init (GumFlowLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = gum_flow_layout_get_property;
  object_class->set_property = gum_flow_layout_set_property;
  layout_class->get_request_mode = gum_flow_layout_get_request_mode;
  layout_class->measure = gum_flow_layout_measure;
  layout_class->allocate = gum_flow_layout_allocate;

  properties[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_flow_layout_init (GumFlowLayout *self)
{
}
