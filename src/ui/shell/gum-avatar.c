/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account's picture, or its initials until there is one. The picture is asked for only while the
 * avatar is on screen. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-avatar.h"

struct _GumAvatar
{
  AdwBin parent_instance;

  /* Owned */
  GumAccount   *account;
  GumPictures  *pictures;
  GCancellable *cancellable;
  char         *loaded;        /* the address whose picture is shown, or was asked for */

  /* Borrowed: in the widget tree */
  AdwAvatar    *avatar;
};

enum {
  PROP_0,
  PROP_SIZE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (GumAvatar, gum_avatar, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GumAvatar) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  pixbuf = gum_pictures_load_finish (GUM_PICTURES (source), result, &error);
  if (pixbuf == NULL)
    {
      /* Asked for again when it is shown the next time. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_clear_pointer (&self->loaded, g_free);
      return;
    }

  if (self->avatar == NULL)
    return;

  texture = gdk_texture_new_for_pixbuf (pixbuf);
  adw_avatar_set_custom_image (self->avatar, GDK_PAINTABLE (texture));
}

static void
forget (GumAvatar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->loaded, g_free);
}

static void
load (GumAvatar *self)
{
  const char *url;
  int size;

  if (self->account == NULL || self->pictures == NULL ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  url = gum_account_get_picture_url (self->account);
  if (g_strcmp0 (url, self->loaded) == 0)
    return;

  forget (self);
  adw_avatar_set_custom_image (self->avatar, NULL);
  if (url == NULL || *url == '\0')
    return;

  self->loaded = g_strdup (url);
  self->cancellable = g_cancellable_new ();
  size = adw_avatar_get_size (self->avatar) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gum_pictures_load_async (self->pictures, url, size, size, TRUE, self->cancellable, loaded_cb,
                           g_object_ref (self));
}

static void
account_changed_cb (GumAvatar *self)
{
  if (self->account == NULL || self->avatar == NULL)
    return;

  adw_avatar_set_text (self->avatar, gum_account_get_name (self->account));
  load (self);
}

static void
gum_avatar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_avatar_parent_class)->map (widget);
  load (GUM_AVATAR (widget));
}

static void
gum_avatar_dispose (GObject *object)
{
  GumAvatar *self = GUM_AVATAR (object);

  forget (self);
  self->avatar = NULL;
  g_clear_object (&self->account);
  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (gum_avatar_parent_class)->dispose (object);
}

static void
gum_avatar_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  GumAvatar *self = GUM_AVATAR (object);

  switch (prop_id)
    {
    case PROP_SIZE:
      g_value_set_int (value, adw_avatar_get_size (self->avatar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_avatar_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  GumAvatar *self = GUM_AVATAR (object);

  switch (prop_id)
    {
    case PROP_SIZE:
      adw_avatar_set_size (self->avatar, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_avatar_class_init (GumAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_avatar_dispose;
  object_class->get_property = gum_avatar_get_property;
  object_class->set_property = gum_avatar_set_property;
  widget_class->map = gum_avatar_map;

  properties[PROP_SIZE] =
    g_param_spec_int ("size", NULL, NULL, 16, 256, 32,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gum_avatar_init (GumAvatar *self)
{
  self->avatar = ADW_AVATAR (adw_avatar_new (32, NULL, TRUE));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->avatar));
}

GtkWidget *
gum_avatar_new (int size)
{
  return g_object_new (GUM_TYPE_AVATAR, "size", size, NULL);
}

void
gum_avatar_set_account (GumAvatar   *self,
                        GumAccount  *account,
                        GumPictures *pictures)
{
  g_return_if_fail (GUM_IS_AVATAR (self));

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_func (self->account, account_changed_cb, self);

  if (self->account != account)
    {
      forget (self);
      adw_avatar_set_custom_image (self->avatar, NULL);
    }
  g_set_object (&self->account, account);
  g_set_object (&self->pictures, pictures);
  if (account == NULL)
    return;

  g_signal_connect_object (account, "notify::name", G_CALLBACK (account_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::picture-url", G_CALLBACK (account_changed_cb), self,
                           G_CONNECT_SWAPPED);
  account_changed_cb (self);
}
