/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From bytes that anybody may have sent to pixels of the size that was asked for. Only formats
 * that shops use are let in, told by their first bytes; what would need more memory than a large
 * photograph is refused before it is decoded. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-picture-decode.h"

#include "gum-error.h"

#include <string.h>

#define MAX_PIXELS (100 * 1000 * 1000)
#define BLOCK (64 * 1024)

typedef struct {
  int      width;
  int      height;
  gboolean cover;
  gboolean is_refused;
} Wish;

static const char *
tell_format (const guint8 *data,
             gsize         size)
{
  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";
  if (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "jpeg";
  if (size >= 6 && (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0))
    return "gif";
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "webp";

  return NULL;
}

/* Never more than 1: what is small stays small. */
static double
get_scale (const Wish *wish,
           int         width,
           int         height)
{
  double across = (double) wish->width / width;
  double down = (double) wish->height / height;

  return MIN (1.0, wish->cover ? MAX (across, down) : MIN (across, down));
}

static int
scale_length (int    length,
              double scale)
{
  return MAX (1, (int) (length * scale + 0.5));
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Wish            *wish)
{
  double scale;

  if (width < 1 || height < 1 || (gint64) width * height > MAX_PIXELS)
    {
      wish->is_refused = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }

  /* It may have to be turned afterwards: enough for either way. */
  scale = MAX (get_scale (wish, width, height), get_scale (wish, height, width));
  if (scale < 1.0)
    gdk_pixbuf_loader_set_size (loader, scale_length (width, scale), scale_length (height, scale));
}

static GdkPixbufLoader *
create_loader (GBytes      *bytes,
               const char  *media_type,
               GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const char *format;

  if (media_type != NULL)
    return gdk_pixbuf_loader_new_with_mime_type (media_type, error);
  format = tell_format (data, size);
  if (format != NULL)
    return gdk_pixbuf_loader_new_with_type (format, error);
  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PICTURE, "Not a format that is shown");

  return NULL;
}

static GdkPixbuf *
load (GBytes        *bytes,
      const char    *media_type,
      Wish          *wish,
      GCancellable  *cancellable,
      GError       **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr(GdkPixbufLoader) loader = create_loader (bytes, media_type, error);
  GdkPixbuf *pixbuf = NULL;
  gboolean ok = TRUE;

  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), wish);
  for (gsize at = 0; ok && at < size && !wish->is_refused; at += BLOCK)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         gdk_pixbuf_loader_write (loader, data + at, MIN (BLOCK, size - at), error);
  /* It must be closed in any case. */
  ok = gdk_pixbuf_loader_close (loader, ok && !wish->is_refused ? error : NULL) && ok;
  if (ok && !wish->is_refused)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (pixbuf == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PICTURE,
                         wish->is_refused ? "The picture is too large" : "The picture is broken");

  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static GdkPixbuf *
fit (GdkPixbuf  *pixbuf,
     const Wish *wish)
{
  g_autoptr(GdkPixbuf) scaled = g_object_ref (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  double scale = get_scale (wish, width, height);
  double share;
  int crop_width, crop_height;

  if (scale < 1.0 && (scale_length (width, scale) < width || scale_length (height, scale) < height))
    {
      g_object_unref (scaled);
      width = scale_length (width, scale);
      height = scale_length (height, scale);
      scaled = gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
      if (scaled == NULL)
        return NULL;
    }
  if (!wish->cover)
    return g_steal_pointer (&scaled);

  share = MIN (1.0, MIN ((double) width / wish->width, (double) height / wish->height));
  crop_width = MIN (width, scale_length (wish->width, share));
  crop_height = MIN (height, scale_length (wish->height, share));
  if (crop_width < width || crop_height < height)
    {
      g_autoptr(GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (scaled, (width - crop_width) / 2,
                                                            (height - crop_height) / 2,
                                                            crop_width, crop_height);

      /* A copy: the part would keep the whole in memory. */
      return gdk_pixbuf_copy (part);
    }

  return g_steal_pointer (&scaled);
}

/* Errors: GUM_ERROR_PICTURE, or that of @cancellable. */
GdkPixbuf *
gum_picture_decode (GBytes        *bytes,
                    int            width,
                    int            height,
                    gboolean       cover,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return gum_picture_decode_as (bytes, NULL, width, height, cover, cancellable, error);
}

/* @media_type: what the bytes are, be it of a format that shops do not use; NULL: one of those that they do. */
GdkPixbuf *
gum_picture_decode_as (GBytes        *bytes,
                       const char    *media_type,
                       int            width,
                       int            height,
                       gboolean       cover,
                       GCancellable  *cancellable,
                       GError       **error)
{
  Wish wish = { MAX (1, width), MAX (1, height), cover, FALSE };
  g_autoptr(GError) failure = NULL;
  g_autoptr(GdkPixbuf) pixbuf = load (bytes, media_type, &wish, cancellable, &failure);
  GdkPixbuf *fitted = pixbuf != NULL ? fit (pixbuf, &wish) : NULL;

  if (fitted != NULL)
    return fitted;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, GUM_ERROR, GUM_ERROR_PICTURE, "%s",
                 failure != NULL ? failure->message : "There is not enough memory");

  return NULL;
}
