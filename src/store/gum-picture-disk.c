/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures on disk. A file is named after the hash of its address, holds the bytes as they came,
 * and was last modified when it was last shown: the one that was not wanted for longest goes
 * first. A cache that cannot be written is no error; pictures are fetched again. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-picture-disk.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#define NAME_LENGTH 64

typedef struct {
  char   *path;
  goffset size;
  gint64  used;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_free (entry);
}

static char *
dup_path (const char *directory,
          const char *uri)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  return g_build_filename (directory, name, NULL);
}

/* NULL when it is not there. */
GBytes *
gum_picture_disk_read (const char *directory,
                       const char *uri)
{
  g_autofree char *path = dup_path (directory, uri);
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;

  /* The time of the last look; a failure only makes it an earlier one. */
  (void) g_utime (path, NULL);

  return g_bytes_new_take (data, size);
}

void
gum_picture_disk_drop (const char *directory,
                       const char *uri)
{
  g_autofree char *path = dup_path (directory, uri);

  g_unlink (path);
}

static int
compare_used (gconstpointer a,
              gconstpointer b)
{
  const Entry *first = *(const Entry **) a;
  const Entry *second = *(const Entry **) b;

  return first->used < second->used ? -1 : first->used > second->used;
}

static GPtrArray *
list_entries (const char *directory,
              goffset    *total)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr(GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  *total = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      GStatBuf info;
      Entry *entry;

      /* Longer names are files that were being written when the power went; they go like others. */
      if (strlen (name) < NAME_LENGTH || g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
        continue;

      entry = g_new (Entry, 1);
      entry->path = g_steal_pointer (&path);
      entry->size = info.st_size;
      entry->used = (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
      g_ptr_array_add (entries, entry);
      *total += info.st_size;
    }

  return g_steal_pointer (&entries);
}

/* Deletes what was not wanted for longest until no more than @bound bytes are left. Returns what
 * is left. */
goffset
gum_picture_disk_trim (const char *directory,
                       goffset     bound)
{
  goffset total;
  g_autoptr(GPtrArray) entries = list_entries (directory, &total);

  if (total <= bound)
    return total;

  g_ptr_array_sort (entries, compare_used);
  for (guint i = 0; i < entries->len && total > bound; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (g_unlink (entry->path) == 0)
        total -= entry->size;
    }

  return total;
}

void
gum_picture_disk_write (const char *directory,
                        const char *uri,
                        GBytes     *bytes,
                        goffset     bound)
{
  g_autofree char *path = dup_path (directory, uri);
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if ((goffset) size > bound)
    return;
  if (g_mkdir_with_parents (directory, 0700) != 0 ||
      !g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("A picture was not kept: %s", error != NULL ? error->message : "no folder");
}
