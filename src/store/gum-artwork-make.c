/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes of a picture or a film what Gumroad takes. What it refuses only for its format is made into a
 * PNG, or a JPEG where that is much smaller and nothing is transparent. It runs in a thread, and nothing
 * is decoded larger than it is needed. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-artwork-private.h"

#include "gum-error.h"
#include "gum-picture-decode.h"

#include <string.h>

/* Gumroad shows covers 670 wide: enough for the sharpest screens. */
#define CONVERTED_SIDE 2680
#define PREVIEW_SIDE 720
/* An opaque picture whose PNG is larger than this is a photograph. */
#define LARGE_PNG (1024 * 1024)

/* The name without its ending, which is not to be trusted, and with the right one. */
static char *
dup_name (const char *name,
          const char *extension)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL && dot != name ? g_strndup (name, dot - name) : g_strdup (name);

  return g_strdup_printf ("%s.%s", stem, extension);
}

static GumArtwork *
create (GBytes     *bytes,
        const char *name,
        const char *media_type,
        const char *extension)
{
  GumArtwork *self = g_object_new (GUM_TYPE_ARTWORK, NULL);

  self->bytes = g_bytes_ref (bytes);
  self->name = dup_name (name, extension);
  self->media_type = g_strdup (media_type);

  return self;
}

static gboolean
save (GdkPixbuf   *pixbuf,
      const char  *format,
      GBytes     **bytes)
{
  char *data;
  gsize size;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, format, NULL,
                                  strcmp (format, "jpeg") == 0 ? "quality" : NULL, "92", NULL))
    return FALSE;
  *bytes = g_bytes_new_take (data, size);

  return TRUE;
}

static GdkPixbuf *
make_preview (GdkPixbuf *pixbuf)
{
  double width = gdk_pixbuf_get_width (pixbuf);
  double height = gdk_pixbuf_get_height (pixbuf);
  double scale = MIN (1.0, PREVIEW_SIDE / MAX (width, height));

  return gdk_pixbuf_scale_simple (pixbuf, MAX (1, (int) (width * scale)),
                                  MAX (1, (int) (height * scale)), GDK_INTERP_BILINEAR);
}

/* Some loaders always give a channel for transparency. */
static gboolean
is_opaque (GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return TRUE;
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < width; x++)
      if (pixels[y * stride + x * 4 + 3] != 255)
        return FALSE;

  return TRUE;
}

/* From pixels to what Gumroad takes. */
static GumArtwork *
encode (GdkPixbuf   *pixbuf,
        const char  *name,
        GError     **error)
{
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GBytes) jpeg = NULL;
  gboolean has_png = save (pixbuf, "png", &png);
  GumArtwork *self;

  if ((!has_png || g_bytes_get_size (png) > LARGE_PNG) && is_opaque (pixbuf) &&
      save (pixbuf, "jpeg", &jpeg))
    self = create (jpeg, name, "image/jpeg", "jpg");
  else if (has_png)
    self = create (png, name, "image/png", "png");
  else
    {
      g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_BROKEN,
                           "The picture could not be converted");
      return NULL;
    }

  self->was_converted = TRUE;
  self->width = gdk_pixbuf_get_width (pixbuf);
  self->height = gdk_pixbuf_get_height (pixbuf);
  self->preview = make_preview (pixbuf);

  return self;
}

static gboolean
is_readable (const char *media_type)
{
  g_autoptr(GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto(GStrv) types = gdk_pixbuf_format_get_mime_types (l->data);

      if (!gdk_pixbuf_format_is_disabled (l->data) &&
          g_strv_contains ((const char * const *) types, media_type))
        return TRUE;
    }

  return FALSE;
}

/* What the decoder says is its own; a cancellation stays one. */
static void
say_broken (GError **error,
            GError  *failure)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, failure);
      return;
    }
  g_set_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_BROKEN, "%s", failure->message);
  g_error_free (failure);
}

static GumArtwork *
convert (GBytes                *bytes,
         const char            *name,
         const GumArtworkKind  *kind,
         GCancellable          *cancellable,
         GError               **error)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  GError *failure = NULL;

  if (!is_readable (kind->media_type))
    {
      g_set_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_FORMAT, "Nothing here reads %s",
                   kind->media_type);
      return NULL;
    }
  pixbuf = gum_picture_decode_as (bytes, kind->media_type, CONVERTED_SIDE, CONVERTED_SIDE, FALSE,
                                  cancellable, &failure);
  if (pixbuf == NULL)
    {
      say_broken (error, failure);
      return NULL;
    }

  return encode (pixbuf, name, error);
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  int             *size)
{
  size[0] = width;
  size[1] = height;
  /* Not a pixel is wanted. */
  gdk_pixbuf_loader_set_size (loader, 0, 0);
}

/* What its header says; it has been decoded before, so there is one. */
static void
measure (GumArtwork *self)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (self->media_type, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);
  int size[2] = { 0, 0 };
  gboolean turned;

  if (loader == NULL)
    return;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), size);
  for (gsize at = 0; at < length && size[0] == 0; at += 4096)
    {
      if (!gdk_pixbuf_loader_write (loader, data + at, MIN (4096, length - at), NULL))
        break;
    }
  gdk_pixbuf_loader_close (loader, NULL);

  turned = (gdk_pixbuf_get_width (self->preview) > gdk_pixbuf_get_height (self->preview)) !=
           (size[0] > size[1]) && size[0] != size[1];
  self->width = turned ? size[1] : size[0];
  self->height = turned ? size[0] : size[1];
}

static gsize
read_be32 (const guint8 *data)
{
  return (gsize) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

/* Of HEIC and AVIF: every box is there, and one of them says what the others hold. */
static gboolean
has_all_boxes (const guint8 *data,
               gsize         size)
{
  gboolean has_meta = FALSE;

  for (gsize at = 0; at < size;)
    {
      gsize length = size - at >= 8 ? read_be32 (data + at) : 0;

      /* One of eight bytes follows; or it goes on to the end. */
      if (length == 1 && size - at >= 16)
        length = read_be32 (data + at + 8) << 32 | read_be32 (data + at + 12);
      else if (length == 0 && size - at >= 8)
        length = size - at;
      if (length < 8 || length > size - at)
        return FALSE;
      has_meta = has_meta || memcmp (data + at + 4, "meta", 4) == 0;
      at += length;
    }

  return has_meta;
}

/* Decoders show as much of a picture as there is; a buyer should see all of it. */
gboolean
gum_artwork_is_whole (const GumArtworkKind *kind,
                      const guint8         *data,
                      gsize                 size)
{
  const char *media_type = kind->media_type;

  if (strcmp (media_type, "image/png") == 0)
    {
      for (gsize at = 8; size - at >= 12;)
        {
          gsize length = read_be32 (data + at);

          if (memcmp (data + at + 4, "IEND", 4) == 0)
            return TRUE;
          if (length > size - at - 12)
            return FALSE;
          at += 12 + length;
        }
      return FALSE;
    }
  if (strcmp (media_type, "image/jpeg") == 0)
    return memmem (data + size / 2, size - size / 2, "\xff\xd9", 2) != NULL;
  if (strcmp (media_type, "image/webp") == 0)
    return size >= 12 && size - 8 >= ((gsize) data[7] << 24 | data[6] << 16 | data[5] << 8 | data[4]);
  if (strcmp (media_type, "image/heic") == 0 || strcmp (media_type, "image/avif") == 0)
    return has_all_boxes (data, size);

  return TRUE;
}

/* What there is to send of @bytes. */
GumArtwork *
gum_artwork_make (GBytes        *bytes,
                  const char    *name,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const GumArtworkKind *kind = gum_artwork_tell_kind (data, size);
  g_autoptr(GumArtwork) self = NULL;
  GError *failure = NULL;

  if (kind == NULL)
    {
      g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_NEITHER,
                           "Neither a picture nor a film");
      return NULL;
    }
  if (!gum_artwork_is_whole (kind, data, size))
    {
      say_broken (error, g_error_new_literal (GUM_ERROR, GUM_ERROR_PICTURE, "The picture is cut"));
      return NULL;
    }
  if (!kind->is_taken)
    return convert (bytes, name, kind, cancellable, error);

  self = create (bytes, name, kind->media_type, kind->extension);
  self->is_film = kind->is_film;
  if (self->is_film)
    return g_steal_pointer (&self);

  if (size > GUM_ARTWORK_MAX_PICTURE)
    {
      g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_PICTURE_TOO_LARGE,
                           "The picture is too large");
      return NULL;
    }
  self->preview = gum_picture_decode (bytes, PREVIEW_SIDE, PREVIEW_SIDE, FALSE, cancellable, &failure);
  if (self->preview == NULL)
    {
      say_broken (error, failure);
      return NULL;
    }
  measure (self);

  return g_steal_pointer (&self);
}

/* A square of @whole, no larger than is ever shown. */
GumArtwork *
gum_artwork_cut (GumArtwork    *whole,
                 int            x,
                 int            y,
                 int            side,
                 GCancellable  *cancellable,
                 GError       **error)
{
  double scale = MIN (1.0, (double) GUM_ARTWORK_LARGE_THUMBNAIL / side);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GdkPixbuf) part = NULL;
  GError *failure = NULL;
  int width;
  int height;

  pixbuf = gum_picture_decode (whole->bytes, MAX (1, (int) (whole->width * scale + 0.5)),
                               MAX (1, (int) (whole->height * scale + 0.5)), FALSE, cancellable,
                               &failure);
  if (pixbuf == NULL)
    {
      say_broken (error, failure);
      return NULL;
    }

  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  side = MIN (MIN (side, GUM_ARTWORK_LARGE_THUMBNAIL), MIN (width, height));
  part = gdk_pixbuf_new_subpixbuf (pixbuf, CLAMP ((int) (x * scale), 0, width - side),
                                   CLAMP ((int) (y * scale), 0, height - side), side, side);

  return encode (part, whole->name, error);
}
