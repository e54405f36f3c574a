/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that is to be a cover or a thumbnail: looked at before it is sent, so that what Gumroad
 * would refuse is said at once. What it refuses only for its format is made into a PNG, or a JPEG
 * where that is much smaller and nothing is transparent. All of it is done in a thread, and
 * nothing is decoded larger than it is needed. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-artwork.h"

#include "gum-artwork-private.h"
#include "gum-error.h"
#include "gum-picture-decode.h"

#include <string.h>

#define MAX_THUMBNAIL (5 * 1024 * 1024)
/* Gumroad shows covers 670 wide: enough for the sharpest screens. */
#define CONVERTED_SIDE 2680
#define PREVIEW_SIDE 720
/* An opaque picture whose PNG is larger than this is a photograph. */
#define LARGE_PNG (1024 * 1024)

struct _GumArtwork
{
  GObject     parent_instance;

  /* owned */
  GBytes     *bytes;
  char       *name;
  char       *media_type;
  GdkPixbuf  *preview;       /* NULL: a film */

  /* plain */
  int         width;         /* as it is seen: a photograph may lie on its side */
  int         height;
  gboolean    is_film;
  gboolean    was_converted;
};

G_DEFINE_QUARK (gum-artwork-error-quark, gum_artwork_error)
G_DEFINE_FINAL_TYPE (GumArtwork, gum_artwork, G_TYPE_OBJECT)

/* What a thread is told. */
typedef struct {
  GFile      *file;          /* NULL: the bytes are here */
  GBytes     *bytes;
  char       *name;
  GumArtwork *whole;         /* of which a square is wanted */
  int         x;
  int         y;
  int         side;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job->name);
  g_clear_object (&job->whole);
  g_free (job);
}

static void
gum_artwork_finalize (GObject *object)
{
  GumArtwork *self = GUM_ARTWORK (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self->media_type);
  g_clear_object (&self->preview);

  G_OBJECT_CLASS (gum_artwork_parent_class)->finalize (object);
}

static void
gum_artwork_class_init (GumArtworkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_artwork_finalize;
}

static void
gum_artwork_init (GumArtwork *self)
{
}

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

/* --- in a thread ------------------------------------------------------------------------------ */

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

/* Decoders show as much of a picture as there is; a buyer should see all of it. */
static gboolean
is_whole (const char   *media_type,
          const guint8 *data,
          gsize         size)
{
  if (strcmp (media_type, "image/png") == 0)
    {
      for (gsize at = 8; size - at >= 12;)
        {
          gsize length = (gsize) data[at] << 24 | data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3];

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

  return TRUE;
}

static GumArtwork *
take (GBytes        *bytes,
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
  if (!is_whole (self->media_type, data, size))
    failure = g_error_new_literal (GUM_ERROR, GUM_ERROR_PICTURE, "The picture is cut");
  else
    self->preview = gum_picture_decode (bytes, PREVIEW_SIDE, PREVIEW_SIDE, FALSE, cancellable, &failure);
  if (self->preview == NULL)
    {
      say_broken (error, failure);
      return NULL;
    }
  measure (self);

  return g_steal_pointer (&self);
}

static GumArtwork *
cut (Job           *job,
     GCancellable  *cancellable,
     GError       **error)
{
  GumArtwork *whole = job->whole;
  double scale = MIN (1.0, (double) GUM_ARTWORK_LARGE_THUMBNAIL / job->side);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GdkPixbuf) part = NULL;
  GError *failure = NULL;
  int side = MIN (job->side, GUM_ARTWORK_LARGE_THUMBNAIL);

  pixbuf = gum_picture_decode (whole->bytes, MAX (1, (int) (whole->width * scale + 0.5)),
                               MAX (1, (int) (whole->height * scale + 0.5)), FALSE, cancellable,
                               &failure);
  if (pixbuf == NULL)
    {
      say_broken (error, failure);
      return NULL;
    }

  side = MIN (side, MIN (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf)));
  part = gdk_pixbuf_new_subpixbuf (pixbuf,
                                   CLAMP ((int) (job->x * scale), 0, gdk_pixbuf_get_width (pixbuf) - side),
                                   CLAMP ((int) (job->y * scale), 0, gdk_pixbuf_get_height (pixbuf) - side),
                                   side, side);

  return encode (part, whole->name, error);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GumArtwork *artwork = NULL;

  if (job->file != NULL)
    job->bytes = gum_artwork_read (job->file, cancellable, &error);
  if (job->whole != NULL)
    artwork = cut (job, cancellable, &error);
  else if (job->bytes != NULL)
    artwork = take (job->bytes, job->name, cancellable, &error);

  if (artwork != NULL)
    g_task_return_pointer (task, artwork, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
start (Job                 *job,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, gum_artwork_finish);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * gum_artwork_read_async:
 * @file: a picture or a film
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads a file, and makes of it what Gumroad takes as a cover.
 */
void
gum_artwork_read_async (GFile               *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autofree char *name = NULL;
  Job *job;

  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  job = g_new0 (Job, 1);
  job->file = g_object_ref (file);
  job->name = g_filename_display_name (name != NULL ? name : "picture");
  start (job, cancellable, callback, user_data);
}

/**
 * gum_artwork_take_async:
 * @bytes: a picture or a film
 * @name: a name for it
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * The same with what was pasted or dropped.
 */
void
gum_artwork_take_async (GBytes              *bytes,
                        const char          *name,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job;

  g_return_if_fail (bytes != NULL && name != NULL);

  job = g_new0 (Job, 1);
  job->bytes = g_bytes_ref (bytes);
  job->name = g_strdup (name);
  start (job, cancellable, callback, user_data);
}

/**
 * gum_artwork_crop_async:
 * @self: a picture
 * @x: from the left, in its own pixels
 * @y: from the top
 * @side: how wide and high
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Cuts out a square for a thumbnail, and makes it smaller when it has more pixels than are ever shown.
 */
void
gum_artwork_crop_async (GumArtwork          *self,
                        int                  x,
                        int                  y,
                        int                  side,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job;

  g_return_if_fail (GUM_IS_ARTWORK (self) && !self->is_film);
  g_return_if_fail (x >= 0 && y >= 0 && side > 0);
  g_return_if_fail (x + side <= self->width && y + side <= self->height);

  job = g_new0 (Job, 1);
  job->whole = g_object_ref (self);
  job->x = x;
  job->y = y;
  job->side = side;
  start (job, cancellable, callback, user_data);
}

/**
 * gum_artwork_finish:
 * @result: from the callback
 * @error: return location
 *
 * Errors: GUM_ARTWORK_ERROR; %GUM_ERROR_FILE_VANISHED and its like; that of the cancellable.
 *
 * Returns: (transfer full): what can be sent as a cover
 */
GumArtwork *
gum_artwork_finish (GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_artwork_finish), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gum_artwork_get_bytes:
 * @self: an artwork
 *
 * Returns: (transfer none): what is sent
 */
GBytes *
gum_artwork_get_bytes (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), NULL);

  return self->bytes;
}

/**
 * gum_artwork_get_name:
 * @self: an artwork
 *
 * Returns: (transfer none): a file name, with the ending that is right for what is sent
 */
const char *
gum_artwork_get_name (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), NULL);

  return self->name;
}

/**
 * gum_artwork_get_media_type:
 * @self: an artwork
 *
 * Returns: (transfer none): such as `image/png`
 */
const char *
gum_artwork_get_media_type (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), NULL);

  return self->media_type;
}

/**
 * gum_artwork_is_film:
 * @self: an artwork
 *
 * Returns: whether it is a film, of which nothing more is known
 */
gboolean
gum_artwork_is_film (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), FALSE);

  return self->is_film;
}

/**
 * gum_artwork_was_converted:
 * @self: an artwork
 *
 * Returns: whether it was of another format, or is a part of another picture
 */
gboolean
gum_artwork_was_converted (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), FALSE);

  return self->was_converted;
}

/**
 * gum_artwork_get_width:
 * @self: an artwork
 *
 * Returns: in pixels, as it is seen; 0: a film
 */
int
gum_artwork_get_width (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), 0);

  return self->width;
}

/**
 * gum_artwork_get_height:
 * @self: an artwork
 *
 * Returns: in pixels, as it is seen; 0: a film
 */
int
gum_artwork_get_height (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), 0);

  return self->height;
}

/**
 * gum_artwork_get_preview:
 * @self: an artwork
 *
 * Returns: (transfer none) (nullable): the picture, small
 */
GdkPixbuf *
gum_artwork_get_preview (GumArtwork *self)
{
  g_return_val_if_fail (GUM_IS_ARTWORK (self), NULL);

  return self->preview;
}

/**
 * gum_artwork_check_thumbnail:
 * @self: an artwork
 * @error: return location
 *
 * Errors: %GUM_ARTWORK_ERROR_FILM, %GUM_ARTWORK_ERROR_TOO_SMALL; %GUM_ARTWORK_ERROR_NOT_SQUARE and
 * %GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE, which gum_artwork_crop_async() mends.
 *
 * Returns: whether Gumroad takes it as a thumbnail
 */
gboolean
gum_artwork_check_thumbnail (GumArtwork  *self,
                             GError     **error)
{
  int code;

  g_return_val_if_fail (GUM_IS_ARTWORK (self), FALSE);

  if (self->is_film)
    code = GUM_ARTWORK_ERROR_FILM;
  else if (MIN (self->width, self->height) < GUM_ARTWORK_MIN_THUMBNAIL)
    code = GUM_ARTWORK_ERROR_TOO_SMALL;
  else if (self->width != self->height)
    code = GUM_ARTWORK_ERROR_NOT_SQUARE;
  else if (g_bytes_get_size (self->bytes) > MAX_THUMBNAIL)
    code = GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE;
  else
    return TRUE;
  g_set_error_literal (error, GUM_ARTWORK_ERROR, code, "Not a thumbnail");

  return FALSE;
}

/**
 * gum_artwork_check_address:
 * @address: what somebody typed or pasted
 * @error: return location
 *
 * Gumroad fails with a fault of its own on what is no address.
 *
 * Returns: whether it is an http or https address with a host
 */
gboolean
gum_artwork_check_address (const char  *address,
                           GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if ((strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0) &&
      host != NULL && strchr (host, '.') != NULL && strpbrk (host, " %") == NULL && g_uri_get_userinfo (uri) == NULL)
    return TRUE;
  g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_ADDRESS, "Not an address of the web");

  return FALSE;
}
