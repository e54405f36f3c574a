/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program keeps things: an account's ledger under the user's data directory, its pictures
 * under the cache directory. The development profile has folders of its own. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-paths.h"

#include "gum-store.h"

#define FOLDER (GUM_DEVEL ? "gumroad-devel" : "gumroad")

static void
erased_cache_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  if (gum_store_erase_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
erased_data_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  const char *cache = g_task_get_task_data (task);

  if (!gum_store_erase_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  gum_store_erase_async (cache, g_task_get_cancellable (task), erased_cache_cb,
                         g_object_ref (task));
}

static guint64
measure (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  guint64 bytes = 0;

  if (!g_file_measure_disk_usage (file, G_FILE_MEASURE_NONE, NULL, NULL, NULL,
                                  &bytes, NULL, NULL, NULL))
    return 0;

  return bytes;
}

static void
measure_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const char *account_id = data;
  g_autofree char *folder = gum_paths_dup_data (account_id);
  g_autofree char *cache = gum_paths_dup_cache (account_id);
  guint64 *bytes = g_new (guint64, 1);

  *bytes = measure (folder) + measure (cache);
  g_task_return_pointer (task, bytes, g_free);
}

char *
gum_paths_dup_data (const char *account_id)
{
  return g_build_filename (g_get_user_data_dir (), FOLDER, account_id, NULL);
}

char *
gum_paths_dup_cache (const char *account_id)
{
  return g_build_filename (g_get_user_cache_dir (), FOLDER, account_id, NULL);
}

void
gum_paths_erase_async (const char          *account_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *folder = NULL;

  g_return_if_fail (account_id != NULL && *account_id != '\0');

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_paths_erase_async);
  g_task_set_task_data (task, gum_paths_dup_cache (account_id), g_free);

  folder = gum_paths_dup_data (account_id);
  gum_store_erase_async (folder, cancellable, erased_data_cb, g_object_ref (task));
}

gboolean
gum_paths_erase_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gum_paths_measure_async (const char          *account_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (account_id != NULL && *account_id != '\0');

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_paths_measure_async);
  g_task_set_task_data (task, g_strdup (account_id), g_free);
  g_task_run_in_thread (task, measure_in_thread);
}

guint64
gum_paths_measure_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_autofree guint64 *bytes = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  bytes = g_task_propagate_pointer (G_TASK (result), error);

  return bytes != NULL ? *bytes : 0;
}
