/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that is to be a cover or a thumbnail: looked at before it is sent, so that what Gumroad
 * would refuse is said at once. The looking is done in a thread (gum-artwork-make.c). */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-artwork.h"

#include "gum-artwork-private.h"

#include <string.h>

#define MAX_THUMBNAIL (5 * 1024 * 1024)

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

/* --- in a thread ------------------------------------------------------------------------------ */

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
    artwork = gum_artwork_cut (job->whole, job->x, job->y, job->side, cancellable, &error);
  else if (job->bytes != NULL)
    artwork = gum_artwork_make (job->bytes, job->name, cancellable, &error);

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
