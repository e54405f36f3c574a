/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* What Gumroad takes. */
#define GUM_ARTWORK_MAX_COVERS      8
#define GUM_ARTWORK_MIN_THUMBNAIL   600
/* More is never shown of a thumbnail. */
#define GUM_ARTWORK_LARGE_THUMBNAIL 1200

/**
 * GumArtworkError:
 * @GUM_ARTWORK_ERROR_NEITHER: neither a picture nor a film
 * @GUM_ARTWORK_ERROR_BROKEN: a picture that is cut or damaged, or larger than can be looked at
 * @GUM_ARTWORK_ERROR_FORMAT: a format that Gumroad refuses, and that cannot be read here
 * @GUM_ARTWORK_ERROR_PICTURE_TOO_LARGE: a picture of more than 50 MB
 * @GUM_ARTWORK_ERROR_FILM_TOO_LARGE: a film of more than 500 MB
 * @GUM_ARTWORK_ERROR_FILM: a film, where only a picture will do
 * @GUM_ARTWORK_ERROR_NOT_SQUARE: a thumbnail that is not square
 * @GUM_ARTWORK_ERROR_TOO_SMALL: a thumbnail with a side of less than 600 pixels
 * @GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE: a thumbnail of more than 5 MB
 * @GUM_ARTWORK_ERROR_TOO_MANY: a ninth cover
 * @GUM_ARTWORK_ERROR_ADDRESS: not an address of the web
 *
 * Why something cannot be a cover or a thumbnail, found before anything is sent.
 */
typedef enum {
  GUM_ARTWORK_ERROR_NEITHER,
  GUM_ARTWORK_ERROR_BROKEN,
  GUM_ARTWORK_ERROR_FORMAT,
  GUM_ARTWORK_ERROR_PICTURE_TOO_LARGE,
  GUM_ARTWORK_ERROR_FILM_TOO_LARGE,
  GUM_ARTWORK_ERROR_FILM,
  GUM_ARTWORK_ERROR_NOT_SQUARE,
  GUM_ARTWORK_ERROR_TOO_SMALL,
  GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE,
  GUM_ARTWORK_ERROR_TOO_MANY,
  GUM_ARTWORK_ERROR_ADDRESS,
} GumArtworkError;

#define GUM_ARTWORK_ERROR (gum_artwork_error_quark ())
GQuark      gum_artwork_error_quark     (void);

#define GUM_TYPE_ARTWORK (gum_artwork_get_type ())
G_DECLARE_FINAL_TYPE (GumArtwork, gum_artwork, GUM, ARTWORK, GObject)

void        gum_artwork_read_async      (GFile                *file,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void        gum_artwork_take_async      (GBytes               *bytes,
                                         const char           *name,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void        gum_artwork_crop_async      (GumArtwork           *self,
                                         int                   x,
                                         int                   y,
                                         int                   side,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GumArtwork *gum_artwork_finish          (GAsyncResult         *result,
                                         GError              **error);

GBytes     *gum_artwork_get_bytes       (GumArtwork           *self);
const char *gum_artwork_get_name        (GumArtwork           *self);
const char *gum_artwork_get_media_type  (GumArtwork           *self);
gboolean    gum_artwork_is_film         (GumArtwork           *self);
gboolean    gum_artwork_was_converted   (GumArtwork           *self);
int         gum_artwork_get_width       (GumArtwork           *self);
int         gum_artwork_get_height      (GumArtwork           *self);
GdkPixbuf  *gum_artwork_get_preview     (GumArtwork           *self);

gboolean    gum_artwork_check_thumbnail (GumArtwork           *self,
                                         GError              **error);
gboolean    gum_artwork_check_address   (const char           *address,
                                         GError              **error);

G_END_DECLS
