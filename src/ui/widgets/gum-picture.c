/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture by its address. It asks for as many pixels as it has on the screen, only while it is
 * mapped, and forgets the wish when it is not; until the picture is there, or when there is none,
 * a soft tint with a letter or an icon stands in, so that a list never jumps.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-picture.h"

struct _GumPicture
{
  GtkWidget     parent_instance;

  /* owned */
  GumPictures  *pictures;
  char         *uri;
  char         *icon_name;
  GdkTexture   *texture;
  char          letter[8];     /* stands in for a picture; UTF-8, empty for none */
  GCancellable *cancellable;   /* while a load is under way */

  /* children */
  GtkWidget    *icon;          /* made only when it is needed */

  int           width;
  int           height;
  int           wanted_width;  /* device pixels of the last load */
  int           wanted_height;
  guint         tint;
  gboolean      cover;
  gboolean      failed;
};

typedef struct
{
  GumPicture   *picture;
  GCancellable *cancellable;
} Load;

G_DEFINE_FINAL_TYPE (GumPicture, gum_picture, GTK_TYPE_WIDGET)

/* Hues that stay apart from one another and from black and white when laid thinly over either. */
static const char *tints[] = {
  "#3584e4", "#33a1a1", "#33a357", "#c88800", "#e66100", "#d6455a", "#9141ac", "#986a44",
};

static void
load_free (Load *load)
{
  g_object_unref (load->picture);
  g_object_unref (load->cancellable);
  g_free (load);
}

static void
show_icon (GumPicture *self)
{
  gboolean wanted = self->texture == NULL && *self->letter == '\0' && self->icon_name != NULL;

  if (wanted && self->icon == NULL)
    {
      self->icon = g_object_new (GTK_TYPE_IMAGE,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                 NULL);
      gtk_widget_add_css_class (self->icon, "dim-label");
      gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
    }
  if (self->icon != NULL)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), self->icon_name);
      gtk_widget_set_visible (self->icon, wanted);
    }
}

static void
stop (GumPicture *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Load *load = user_data;
  GumPicture *self = load->picture;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  pixbuf = gum_pictures_load_finish (GUM_PICTURES (source), result, &error);

  /* A newer wish has replaced this one. */
  if (self->cancellable == load->cancellable)
    {
      g_clear_object (&self->cancellable);
      if (pixbuf != NULL)
        {
          g_clear_object (&self->texture);
          self->texture = gdk_texture_new_for_pixbuf (pixbuf);
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          self->failed = TRUE;
        }
      show_icon (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }

  load_free (load);
}

static void
start (GumPicture *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget) * scale;
  int height = gtk_widget_get_height (widget) * scale;
  gboolean same = width == self->wanted_width && height == self->wanted_height;
  Load *load;

  if (self->pictures == NULL || self->uri == NULL || self->failed || width <= 0 || height <= 0 ||
      !gtk_widget_get_mapped (widget))
    return;
  if (same && (self->texture != NULL || self->cancellable != NULL))
    return;
  /* What is there already is sharp enough. */
  if (self->texture != NULL && width <= self->wanted_width && height <= self->wanted_height)
    return;

  stop (self);
  self->wanted_width = width;
  self->wanted_height = height;
  self->cancellable = g_cancellable_new ();

  load = g_new0 (Load, 1);
  load->picture = g_object_ref (self);
  load->cancellable = g_object_ref (self->cancellable);
  gum_pictures_load_async (self->pictures, self->uri, width, height, self->cover,
                           self->cancellable, loaded_cb, load);
}

static void
gum_picture_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_picture_parent_class)->map (widget);
  start (GUM_PICTURE (widget));
}

static void
gum_picture_unmap (GtkWidget *widget)
{
  GumPicture *self = GUM_PICTURE (widget);

  stop (self);
  self->failed = FALSE;
  GTK_WIDGET_CLASS (gum_picture_parent_class)->unmap (widget);
}

static void
gum_picture_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  GumPicture *self = GUM_PICTURE (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
}

static void
gum_picture_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  GumPicture *self = GUM_PICTURE (widget);

  if (self->icon != NULL && gtk_widget_should_layout (self->icon))
    {
      int pixels = CLAMP (MIN (width, height) / 2, 8, 64);

      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), pixels);
      gtk_widget_measure (self->icon, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->icon, &(GtkAllocation) { 0, 0, width, height }, -1);
    }
  start (self);
}

static void
snapshot_texture (GumPicture  *self,
                  GtkSnapshot *snapshot,
                  double       width,
                  double       height)
{
  double texture_width = gdk_texture_get_width (self->texture);
  double texture_height = gdk_texture_get_height (self->texture);
  double across = width / texture_width;
  double down = height / texture_height;
  double scale = self->cover ? MAX (across, down) : MIN (across, down);

  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((width - texture_width * scale) / 2,
                                                    (height - texture_height * scale) / 2,
                                                    texture_width * scale,
                                                    texture_height * scale));
}

/* In the window's own font, scaled: each other one, with those that stand in for it, is megabytes, and takes
 * longer to find than all the rest of a picture. */
static void
snapshot_letter (GumPicture  *self,
                 GtkSnapshot *snapshot,
                 double       width,
                 double       height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  PangoContext *context = gtk_widget_get_pango_context (root != NULL ? GTK_WIDGET (root) : widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double font_size = MAX (pango_font_description_get_size (font) / (double) PANGO_SCALE, 1);
  double size = MIN (width, height) * 0.45;
  /* In a list it is about as large as the name beside it: as sharp, too. */
  float scale = ABS (size - font_size) > 2 ? size / font_size : 1;
  g_autoptr(PangoLayout) layout = pango_layout_new (context);
  PangoRectangle ink;
  GdkRGBA color;

  pango_layout_set_text (layout, self->letter, -1);
  pango_layout_get_pixel_extents (layout, &ink, NULL);

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= 0.65;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((int) (width - ink.width * scale) / 2,
                                                (int) (height - ink.height * scale) / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-ink.x, -ink.y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
gum_picture_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  GumPicture *self = GUM_PICTURE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  GdkRGBA color;

  if (self->texture != NULL)
    {
      snapshot_texture (self, snapshot, width, height);
      return;
    }

  if (*self->letter != '\0')
    gdk_rgba_parse (&color, tints[self->tint]);
  else
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha = *self->letter != '\0' ? 0.22 : 0.08;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, 0, width, height));

  if (*self->letter != '\0')
    snapshot_letter (self, snapshot, width, height);

  GTK_WIDGET_CLASS (gum_picture_parent_class)->snapshot (widget, snapshot);
}

static void
scale_changed_cb (GumPicture *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
gum_picture_dispose (GObject *object)
{
  GumPicture *self = GUM_PICTURE (object);

  stop (self);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_object (&self->texture);
  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (gum_picture_parent_class)->dispose (object);
}

static void
gum_picture_finalize (GObject *object)
{
  GumPicture *self = GUM_PICTURE (object);

  g_free (self->uri);
  g_free (self->icon_name);

  G_OBJECT_CLASS (gum_picture_parent_class)->finalize (object);
}

static void
gum_picture_class_init (GumPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_picture_dispose;
  object_class->finalize = gum_picture_finalize;
  widget_class->map = gum_picture_map;
  widget_class->unmap = gum_picture_unmap;
  widget_class->measure = gum_picture_measure;
  widget_class->size_allocate = gum_picture_size_allocate;
  widget_class->snapshot = gum_picture_snapshot;

  gtk_widget_class_set_css_name (widget_class, "gumpicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gum_picture_init (GumPicture *self)
{
  self->width = 48;
  self->height = 48;
  self->cover = TRUE;
  self->icon_name = g_strdup ("image-x-generic-symbolic");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_changed_cb), NULL);
}

/* Without a meaning of its own (see gum_picture_set_meaning()) it is decoration. */
GtkWidget *
gum_picture_new (void)
{
  return g_object_new (GUM_TYPE_PICTURE,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       NULL);
}

void
gum_picture_set_pictures (GumPicture  *self,
                          GumPictures *pictures)
{
  g_return_if_fail (GUM_IS_PICTURE (self));

  if (g_set_object (&self->pictures, pictures))
    start (self);
}

static void
set_letter (GumPicture *self,
            const char *name)
{
  const char *at = name;
  gunichar character = 0;

  while (at != NULL && *at != '\0' && !g_unichar_isalnum (character = g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  *self->letter = '\0';
  if (at == NULL || *at == '\0')
    return;

  self->letter[g_unichar_to_utf8 (g_unichar_toupper (character), self->letter)] = '\0';
  self->tint = g_str_hash (name) % G_N_ELEMENTS (tints);
}

void
gum_picture_set_source (GumPicture *self,
                        const char *uri,
                        const char *name)
{
  g_return_if_fail (GUM_IS_PICTURE (self));

  if (uri != NULL && *uri == '\0')
    uri = NULL;
  set_letter (self, name);
  if (g_strcmp0 (uri, self->uri) != 0)
    {
      stop (self);
      g_clear_object (&self->texture);
      g_free (self->uri);
      self->uri = g_strdup (uri);
      self->failed = FALSE;
      self->wanted_width = self->wanted_height = 0;
      start (self);
    }
  show_icon (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gum_picture_set_icon (GumPicture *self,
                      const char *icon_name)
{
  g_return_if_fail (GUM_IS_PICTURE (self));

  g_free (self->icon_name);
  self->icon_name = g_strdup (icon_name);
  show_icon (self);
}

void
gum_picture_set_size (GumPicture *self,
                      int         width,
                      int         height)
{
  g_return_if_fail (GUM_IS_PICTURE (self));

  self->width = width;
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
gum_picture_set_cover (GumPicture *self,
                       gboolean    cover)
{
  g_return_if_fail (GUM_IS_PICTURE (self));

  self->cover = cover;
}

void
gum_picture_set_meaning (GumPicture *self,
                         const char *label)
{
  g_return_if_fail (GUM_IS_PICTURE (self));

  g_object_set (self, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

gboolean
gum_picture_is_loaded (GumPicture *self)
{
  g_return_val_if_fail (GUM_IS_PICTURE (self), FALSE);

  return self->texture != NULL;
}
