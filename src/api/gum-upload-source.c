/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that is being sent: open from the first moment to the last, so that nothing can be put in its
 * place unseen, and compared with what it was then each time something was read. What buyers get is the
 * file of one moment, or nothing.
 *
 * Disks can be slow, so all of it happens in threads; a source is not changed once it is open. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload-private.h"
#include "gum-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _GumUploadSource
{
  /* owned */
  char *path;
  int   fd;

  /* plain */
  gatomicrefcount ref_count;
  struct stat     first;      /* what it was when it was opened */
};

static void
set_error (GError **error,
           int      saved_errno)
{
  gboolean gone = saved_errno == ENOENT || saved_errno == ENOTDIR;

  g_set_error (error, GUM_ERROR, gone ? GUM_ERROR_FILE_VANISHED : GUM_ERROR_FILE_UNREADABLE,
               "The file to send: %s", g_strerror (saved_errno));
}

GumUploadSource *
_gum_upload_source_ref (GumUploadSource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
_gum_upload_source_unref (GumUploadSource *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

guint64
_gum_upload_source_get_size (GumUploadSource *self)
{
  return self->first.st_size;
}

static gboolean
is_same (const struct stat *a,
         const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Whether it is still what it was: what is open, and what its name stands for. Programs that save a file
 * write to it, or put another in its place. */
static gboolean
check (GumUploadSource  *self,
       GError          **error)
{
  struct stat opened, named;

  if (fstat (self->fd, &opened) != 0 || stat (self->path, &named) != 0)
    {
      set_error (error, errno);
      return FALSE;
    }
  if (!is_same (&opened, &self->first) || !is_same (&named, &self->first))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_CHANGED,
                           "The file to send is not what it was");
      return FALSE;
    }

  return TRUE;
}

/* Fills @buffer. Blocks, and may be called from any thread. */
gboolean
_gum_upload_source_read (GumUploadSource  *self,
                         guint8           *buffer,
                         gsize             count,
                         guint64           offset,
                         GError          **error)
{
  gsize got = 0;

  while (got < count)
    {
      ssize_t n = pread (self->fd, buffer + got, count - got, offset + got);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_error (error, errno);
          return FALSE;
        }
      if (n == 0)
        {
          g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_CHANGED,
                               "The file to send is shorter than it was");
          return FALSE;
        }
      got += n;
    }

  return check (self, error);
}

static gboolean
check_kind (const struct stat  *file,
            GError            **error)
{
  if (S_ISDIR (file->st_mode))
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_IS_FOLDER, "Folders cannot be sent");
  else if (!S_ISREG (file->st_mode))
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_UNREADABLE,
                         "Only ordinary files can be sent");
  else if (file->st_size == 0)
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_EMPTY, "The file to send is empty");
  else if (file->st_size > GUM_UPLOAD_MAX_SIZE)
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_FILE_TOO_LARGE,
                         "The file to send is larger than 20 GiB");
  else
    return TRUE;

  return FALSE;
}

static void
open_in_thread (GTask        *task,
                gpointer      object,
                gpointer      data,
                GCancellable *cancellable)
{
  const char *path = data;
  g_autoptr(GumUploadSource) self = g_new0 (GumUploadSource, 1);
  GError *error = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  /* Nonblocking, for a pipe of that name would be waited for. */
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &self->first) != 0)
    {
      set_error (&error, errno);
      g_task_return_error (task, error);
      return;
    }
  if (!check_kind (&self->first, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* Only a hint. */
  posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) _gum_upload_source_unref);
}

void
_gum_upload_source_open_async (const char          *path,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, _gum_upload_source_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

/* Errors: %GUM_ERROR_FILE_VANISHED, %GUM_ERROR_FILE_UNREADABLE, %GUM_ERROR_FILE_IS_FOLDER, %GUM_ERROR_FILE_EMPTY,
 * %GUM_ERROR_FILE_TOO_LARGE. */
GumUploadSource *
_gum_upload_source_open_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_upload_source_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
check_in_thread (GTask        *task,
                 gpointer      object,
                 gpointer      data,
                 GCancellable *cancellable)
{
  GError *error = NULL;

  if (check (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The last look, when everything was read. */
void
_gum_upload_source_check_async (GumUploadSource     *self,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, _gum_upload_source_check_async);
  g_task_set_task_data (task, _gum_upload_source_ref (self),
                        (GDestroyNotify) _gum_upload_source_unref);
  g_task_run_in_thread (task, check_in_thread);
}

gboolean
_gum_upload_source_check_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_upload_source_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
