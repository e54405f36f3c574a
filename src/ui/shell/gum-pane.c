/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A leaflet folds when the natural widths of its children do not fit side by side. This container gives
 * the natural width that the design says. (libadwaita 1.2 has no breakpoints.) */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-pane.h"

struct _GumPane
{
  GtkWidget parent_instance;

  GtkWidget *child;   /* owned, in the widget tree */
  int        wanted_width;
};

enum {
  PROP_0,
  PROP_CHILD,
  PROP_WANTED_WIDTH,
  N_PROPS
};

static GtkBuildableIface *parent_buildable_iface;

static void
gum_pane_add_child (GtkBuildable *buildable,
                    GtkBuilder   *builder,
                    GObject      *child,
                    const char   *type)
{
  if (GTK_IS_WIDGET (child))
    gum_pane_set_child (GUM_PANE (buildable), GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
gum_pane_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = gum_pane_add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GumPane, gum_pane, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, gum_pane_buildable_init))

static GParamSpec *properties[N_PROPS];

static void
gum_pane_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  GumPane *self = GUM_PANE (widget);

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, self->wanted_width);
}

static void
gum_pane_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  GumPane *self = GUM_PANE (widget);

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
}

static void
gum_pane_dispose (GObject *object)
{
  GumPane *self = GUM_PANE (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (gum_pane_parent_class)->dispose (object);
}

static void
gum_pane_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  GumPane *self = GUM_PANE (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_WANTED_WIDTH:
      g_value_set_int (value, self->wanted_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_pane_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  GumPane *self = GUM_PANE (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      gum_pane_set_child (self, g_value_get_object (value));
      break;
    case PROP_WANTED_WIDTH:
      self->wanted_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_pane_class_init (GumPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_pane_dispose;
  object_class->get_property = gum_pane_get_property;
  object_class->set_property = gum_pane_set_property;
  widget_class->measure = gum_pane_measure;
  widget_class->size_allocate = gum_pane_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WANTED_WIDTH] =
    g_param_spec_int ("wanted-width", NULL, NULL, 0, G_MAXINT, 640,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_pane_init (GumPane *self)
{
  self->wanted_width = 640;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
gum_pane_set_child (GumPane   *self,
                    GtkWidget *child)
{
  g_return_if_fail (GUM_IS_PANE (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  self->child = child;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}
