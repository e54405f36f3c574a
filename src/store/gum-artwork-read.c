/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a file that is to be a cover or a thumbnail comes in: what it is, told by its first bytes and not
 * by its name, and its bytes. A picture is read into memory. A film is copied to a file without a name
 * and mapped: it may be large, and whoever writes to the original meanwhile must not be able to take
 * away what is mapped here. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-artwork-private.h"

#include "gum-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_FILM (500 * 1024 * 1024)
#define BLOCK (256 * 1024)

static const GumArtworkKind kinds[] = {
  { "image/png", "png", FALSE, TRUE },
  { "image/jpeg", "jpg", FALSE, TRUE },
  { "image/gif", "gif", FALSE, TRUE },
  { "image/webp", "webp", FALSE, FALSE },
  { "image/avif", "avif", FALSE, FALSE },
  { "image/heic", "heic", FALSE, FALSE },
  { "image/jxl", "jxl", FALSE, FALSE },
  { "image/bmp", "bmp", FALSE, FALSE },
  { "image/tiff", "tiff", FALSE, FALSE },
  { "image/svg+xml", "svg", FALSE, FALSE },
  { "video/mp4", "mp4", TRUE, TRUE },
  { "video/quicktime", "mov", TRUE, TRUE },
  { "video/webm", "webm", TRUE, TRUE },
  { "video/x-msvideo", "avi", TRUE, TRUE },
  { "video/mpeg", "mpg", TRUE, TRUE },
  { "video/ogg", "ogv", TRUE, TRUE },
};

/* What begins with these bytes, at this place. */
static const struct {
  gsize       at;
  gsize       length;
  const char *bytes;
  const char *media_type;
} beginnings[] = {
  { 0, 8, "\x89PNG\r\n\x1a\n", "image/png" },
  { 0, 3, "\xff\xd8\xff", "image/jpeg" },
  { 0, 6, "GIF87a", "image/gif" },
  { 0, 6, "GIF89a", "image/gif" },
  { 8, 4, "WEBP", "image/webp" },
  { 8, 4, "AVI ", "video/x-msvideo" },
  { 4, 8, "ftypavif", "image/avif" },
  { 4, 8, "ftypavis", "image/avif" },
  { 4, 7, "ftyphei", "image/heic" },
  { 4, 8, "ftyphevc", "image/heic" },
  { 4, 8, "ftypmif1", "image/heic" },
  { 4, 8, "ftypmsf1", "image/heic" },
  { 4, 8, "ftypqt  ", "video/quicktime" },
  { 4, 4, "ftyp", "video/mp4" },
  { 4, 4, "moov", "video/quicktime" },
  { 0, 2, "\xff\x0a", "image/jxl" },
  { 4, 4, "JXL ", "image/jxl" },
  { 0, 2, "BM", "image/bmp" },
  { 0, 4, "II*\0", "image/tiff" },
  { 0, 4, "MM\0*", "image/tiff" },
  { 0, 4, "<svg", "image/svg+xml" },
  { 0, 5, "<?xml", "image/svg+xml" },
  { 0, 4, "\x1a\x45\xdf\xa3", "video/webm" },
  { 0, 4, "\0\0\x01\xba", "video/mpeg" },
  { 0, 4, "\0\0\x01\xb3", "video/mpeg" },
  { 0, 4, "OggS", "video/ogg" },
};

/* Private to the store. NULL: nothing that is known. */
const GumArtworkKind *
gum_artwork_tell_kind (const guint8 *data,
                       gsize         size)
{
  const char *media_type = NULL;

  for (guint i = 0; media_type == NULL && i < G_N_ELEMENTS (beginnings); i++)
    {
      if (size >= beginnings[i].at + beginnings[i].length &&
          memcmp (data + beginnings[i].at, beginnings[i].bytes, beginnings[i].length) == 0)
        media_type = beginnings[i].media_type;
    }
  for (guint i = 0; media_type != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i].media_type, media_type) == 0)
        return &kinds[i];
    }

  return NULL;
}

/* The folder that is for such things; a /tmp may be memory. */
static int
open_nameless (GError **error)
{
  g_autofree char *name = g_build_filename (g_get_user_cache_dir (), "gumroad-film-XXXXXX", NULL);
  int fd;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "No room for a copy: %s",
                   g_strerror (code));
      return -1;
    }
  g_unlink (name);

  return fd;
}

static gboolean
write_all (int            fd,
           const guint8  *data,
           gsize          size,
           GError       **error)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          int code = errno;

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "A film was not copied: %s",
                       g_strerror (code));
          return FALSE;
        }
      data += written;
      size -= written;
    }

  return TRUE;
}

static GBytes *
map_copy (GInputStream  *stream,
          goffset        size,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autoptr(GMappedFile) mapped = NULL;
  goffset copied = 0;
  gboolean ok = TRUE;
  int fd = open_nameless (error);

  if (fd < 0)
    return NULL;

  while (ok)
    {
      gssize got = g_input_stream_read (stream, block, BLOCK, cancellable, error);

      ok = got >= 0;
      if (got <= 0)
        break;
      copied += got;
      ok = copied <= size && write_all (fd, block, got, error);
    }
  if (copied != size && (error == NULL || *error == NULL))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_CHANGED,
                           "A film grew or shrank while it was copied");
      ok = FALSE;
    }
  if (ok)
    mapped = g_mapped_file_new_from_fd (fd, FALSE, error);
  g_close (fd, NULL);

  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

static GBytes *
read_whole (GInputStream  *stream,
            goffset        size,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize got = 0;

  /* One more than there should be: it may have grown. */
  if (!g_input_stream_read_all (stream, data, size + 1, &got, cancellable, error))
    return NULL;
  if (got != (gsize) size)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_CHANGED,
                           "A picture grew or shrank while it was read");
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&data), got);
}

static GError *
translate_error (GError *error)
{
  int code;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    code = GUM_ERROR_FILE_VANISHED;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) || error->domain != G_IO_ERROR)
    return error;
  else
    code = GUM_ERROR_FILE_UNREADABLE;
  g_error_free (error);

  return g_error_new_literal (GUM_ERROR, code, "A file to send could not be read");
}

static gboolean
check_size (const GumArtworkKind  *kind,
            goffset                size,
            GError               **error)
{
  if (kind == NULL)
    g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_NEITHER,
                         "Neither a picture nor a film");
  else if (kind->is_film && size > MAX_FILM)
    g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_FILM_TOO_LARGE,
                         "The film is too large");
  else if (!kind->is_film && size > GUM_ARTWORK_MAX_PICTURE)
    g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_PICTURE_TOO_LARGE,
                         "The picture is too large");
  else
    return TRUE;

  return FALSE;
}

static GBytes *
read_open (GFileInputStream  *stream,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr(GFileInfo) info = NULL;
  guint8 head[GUM_ARTWORK_HEAD];
  const GumArtworkKind *kind;
  gsize got;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, error);
  if (info == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &got,
                                                cancellable, error))
    return NULL;
  if (got == 0)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_EMPTY, "The file is empty");
      return NULL;
    }
  kind = gum_artwork_tell_kind (head, got);
  if (!check_size (kind, g_file_info_get_size (info), error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;

  if (kind->is_film)
    return map_copy (G_INPUT_STREAM (stream), g_file_info_get_size (info), cancellable, error);

  return read_whole (G_INPUT_STREAM (stream), g_file_info_get_size (info), cancellable, error);
}

/* Private to the store; blocks. Errors: GUM_ARTWORK_ERROR, GUM_ERROR_FILE_…, G_IO_ERROR_CANCELLED and
 * _NO_SPACE. */
GBytes *
gum_artwork_read (GFile         *file,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GFileInfo) info = NULL;
  GError *failure = NULL;
  GBytes *bytes = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                            cancellable, &failure);
  /* To open a pipe would be to wait for its other end. */
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error_literal (&failure, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_NEITHER, "Not a regular file");
  if (failure == NULL)
    stream = g_file_read (file, cancellable, &failure);
  if (stream != NULL)
    bytes = read_open (stream, cancellable, &failure);
  if (bytes == NULL)
    g_propagate_error (error, translate_error (failure));

  return bytes;
}
