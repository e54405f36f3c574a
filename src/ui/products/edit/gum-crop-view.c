/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture with a square in it. What lies outside is dimmed; the square is moved by dragging it, or with
 * the arrow keys.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-crop-view.h"

#include <glib/gi18n.h>

/* Of the picture's shorter side, for one press of a key. */
#define KEY_STEP 0.02

struct _GumCropView
{
  GtkWidget   parent_instance;

  /* owned */
  GdkTexture *texture;

  /* in the picture's own pixels */
  int         width;
  int         height;
  int         x;
  int         y;
  int         side;
  int         drag_x;
  int         drag_y;
};

G_DEFINE_FINAL_TYPE (GumCropView, gum_crop_view, GTK_TYPE_WIDGET)

static void
place (GumCropView *self,
       int          x,
       int          y)
{
  g_autofree char *words = NULL;

  self->x = CLAMP (x, 0, self->width - self->side);
  self->y = CLAMP (y, 0, self->height - self->side);
  words = g_strdup_printf (_("%d pixels wide, %d from the left, %d from the top"), self->side, self->x,
                           self->y);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How the picture lies in the widget: pixels of the widget for one of the picture's, and where it begins. */
static double
get_scale (GumCropView *self,
           double      *left,
           double      *top)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN (width / self->width, height / self->height);

  *left = (width - self->width * scale) / 2;
  *top = (height - self->height * scale) / 2;

  return scale;
}

static void
drag_begin_cb (GumCropView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_x = self->x;
  self->drag_y = self->y;
}

static void
drag_update_cb (GumCropView *self,
                double       across,
                double       down)
{
  double left, top;
  double scale = get_scale (self, &left, &top);

  place (self, self->drag_x + (int) (across / scale), self->drag_y + (int) (down / scale));
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *direction,
        gpointer   data)
{
  GumCropView *self = GUM_CROP_VIEW (widget);
  int step = MAX (1, (int) (MIN (self->width, self->height) * KEY_STEP));
  int across, down;

  g_variant_get (direction, "(ii)", &across, &down);
  place (self, self->x + across * step, self->y + down * step);

  return TRUE;
}

static void
gum_crop_view_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 200;
  *natural = 400;
}

static void
gum_crop_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  GumCropView *self = GUM_CROP_VIEW (widget);
  static const GdkRGBA dim = { 0, 0, 0, 0.6 };
  static const GdkRGBA line = { 1, 1, 1, 1 };
  double left, top;
  double scale = get_scale (self, &left, &top);
  double width = self->width * scale;
  double height = self->height * scale;
  double x = left + self->x * scale;
  double y = top + self->y * scale;
  double side = self->side * scale;
  GskRoundedRect frame;

  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (left, top, width, height));
  gtk_snapshot_append_color (snapshot, &dim, &GRAPHENE_RECT_INIT (left, top, width, y - top));
  gtk_snapshot_append_color (snapshot, &dim,
                             &GRAPHENE_RECT_INIT (left, y + side, width, top + height - y - side));
  gtk_snapshot_append_color (snapshot, &dim, &GRAPHENE_RECT_INIT (left, y, x - left, side));
  gtk_snapshot_append_color (snapshot, &dim,
                             &GRAPHENE_RECT_INIT (x + side, y, left + width - x - side, side));
  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT (x, y, side, side), 0);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { line, line, line, line });
}

static void
gum_crop_view_dispose (GObject *object)
{
  g_clear_object (&GUM_CROP_VIEW (object)->texture);

  G_OBJECT_CLASS (gum_crop_view_parent_class)->dispose (object);
}

static void
gum_crop_view_class_init (GumCropViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct { guint key, keypad; int across, down; } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };

  G_OBJECT_CLASS (klass)->dispose = gum_crop_view_dispose;
  widget_class->measure = gum_crop_view_measure;
  widget_class->snapshot = gum_crop_view_snapshot;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i].key, 0, key_cb, "(ii)", keys[i].across, keys[i].down);
      gtk_widget_class_add_binding (widget_class, keys[i].keypad, 0, key_cb, "(ii)", keys[i].across,
                                    keys[i].down);
    }
  gtk_widget_class_set_css_name (widget_class, "gumcropview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gum_crop_view_init (GumCropView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The square that becomes the thumbnail; move it with the arrow keys"),
                                  -1);
}

GtkWidget *
gum_crop_view_new (GumArtwork *artwork)
{
  GumCropView *self = g_object_new (GUM_TYPE_CROP_VIEW, NULL);

  self->texture = gdk_texture_new_for_pixbuf (gum_artwork_get_preview (artwork));
  self->width = gum_artwork_get_width (artwork);
  self->height = gum_artwork_get_height (artwork);
  self->side = MIN (self->width, self->height);
  place (self, (self->width - self->side) / 2, (self->height - self->side) / 2);

  return GTK_WIDGET (self);
}

void
gum_crop_view_set_side (GumCropView *self,
                        int          side)
{
  int change;

  g_return_if_fail (GUM_IS_CROP_VIEW (self));

  side = CLAMP (side, 1, MIN (self->width, self->height));
  change = (self->side - side) / 2;
  self->side = side;
  place (self, self->x + change, self->y + change);
}

void
gum_crop_view_get (GumCropView *self,
                   int         *x,
                   int         *y,
                   int         *side)
{
  g_return_if_fail (GUM_IS_CROP_VIEW (self));

  *x = self->x;
  *y = self->y;
  *side = self->side;
}
