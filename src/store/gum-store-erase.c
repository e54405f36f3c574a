/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What signing out leaves of an account on this machine: nothing. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Deeper than anything that is ever put there. */
#define MAX_DEPTH 4

/* Only what is ours: a folder may be shared with something that a later version keeps. */
static gboolean
is_ours (const char *name,
         int         depth)
{
  return depth > 0 || g_str_has_prefix (name, "ledger.sqlite") || g_str_equal (name, "pictures");
}

/* Goes on after a failure, so that as much as possible is gone; the first failure is told. */
static void
remove_in (const char  *directory,
           int          depth,
           GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (!is_ours (name, depth))
        continue;
      if (depth < MAX_DEPTH && g_file_test (path, G_FILE_TEST_IS_DIR) &&
          !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_in (path, depth + 1, error);
      else if (g_unlink (path) != 0 && errno != ENOENT && error != NULL && *error == NULL)
        {
          int saved_errno = errno;

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                       "A file of the ledger cannot be deleted: %s", g_strerror (saved_errno));
        }
    }

  /* Not empty when something else is in it, which is fine. */
  g_rmdir (directory);
}

static void
erase_thread (GTask        *task,
              gpointer      source,
              gpointer      directory,
              GCancellable *cancellable)
{
  GError *error = NULL;

  remove_in (directory, 0, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * gum_store_erase_async:
 * @directory: the folder of an account whose store is closed
 * @cancellable: (nullable): a cancellable
 * @callback: called when the files are gone
 * @user_data: for @callback
 *
 * Deletes every file of the ledger, those that were set aside included, and the folder `pictures`,
 * in a thread.
 */
void
gum_store_erase_async (const char          *directory,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (directory != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_store_erase_async);
  g_task_set_task_data (task, g_strdup (directory), g_free);
  g_task_run_in_thread (task, erase_thread);
}

/**
 * gum_store_erase_finish:
 * @result: from the callback
 * @error: return location: the first file that could not be deleted
 *
 * Returns: whether nothing is left
 */
gboolean
gum_store_erase_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
