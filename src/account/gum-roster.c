/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts on disk: `accounts.ini`, and an empty file that stands there while a token has been asked
 * for and not been stored yet. Neither ever holds a secret.
 *
 * Reading is synchronous: the file is small, and the window cannot know what to paint without it.
 * Writing waits for the disk, so it is done in a thread; the newest content wins. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-roster.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "gum-util.h"

#define FILE_NAME "accounts.ini"
#define MARKER_NAME "sign-in-unfinished"
#define FORGOTTEN_GROUP "Forgotten"

typedef struct {
  char   *path;
  GMutex  content_lock;   /* held for a moment */
  GBytes *content;        /* what is not on the disk yet */
  GMutex  disk_lock;      /* held while the disk is waited for */
} Writer;

struct _GumRoster
{
  char   *path;
  char   *marker;
  Writer *writer;
};

static void
writer_clear (gpointer data)
{
  Writer *writer = data;

  g_free (writer->path);
  g_clear_pointer (&writer->content, g_bytes_unref);
  g_mutex_clear (&writer->content_lock);
  g_mutex_clear (&writer->disk_lock);
}

static void
writer_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, writer_clear);
}

static void
writer_flush (Writer *writer)
{
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;

  g_mutex_lock (&writer->disk_lock);

  g_mutex_lock (&writer->content_lock);
  content = g_steal_pointer (&writer->content);
  g_mutex_unlock (&writer->content_lock);

  if (content != NULL &&
      !g_file_set_contents_full (writer->path, g_bytes_get_data (content, NULL),
                                 g_bytes_get_size (content), G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &error))
    g_warning ("The list of accounts could not be written: %s", error->message);

  g_mutex_unlock (&writer->disk_lock);
}

static void
flush_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  writer_flush (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
set_aside (const char *path)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, stamp);

  if (g_rename (path, aside) == 0)
    g_message ("The damaged list of accounts was set aside");
  else if (errno != ENOENT)
    g_warning ("The damaged list of accounts could not be set aside: %s", g_strerror (errno));
}

/* It becomes a folder's name. */
static gboolean
is_id (const char *text)
{
  return strlen (text) == 16 && strspn (text, "0123456789abcdef") == 16;
}

static GumRosterEntry *
read_entry (GKeyFile   *file,
            const char *id)
{
  g_autoptr(GumRosterEntry) entry = g_new0 (GumRosterEntry, 1);

  entry->id = g_strdup (id);
  entry->name = g_key_file_get_string (file, id, "name", NULL);
  entry->email = g_key_file_get_string (file, id, "email", NULL);
  entry->picture_url = g_key_file_get_string (file, id, "picture", NULL);
  entry->api_url = g_key_file_get_string (file, id, "api", NULL);
  entry->oauth_url = g_key_file_get_string (file, id, "oauth", NULL);
  entry->application_id = g_key_file_get_string (file, id, "application", NULL);

  if (!is_id (id) ||
      entry->api_url == NULL || !gum_uri_check_secure (entry->api_url, NULL) ||
      entry->oauth_url == NULL || !gum_uri_check_secure (entry->oauth_url, NULL))
    return NULL;

  return g_steal_pointer (&entry);
}

static void
set_string (GKeyFile   *file,
            const char *group,
            const char *key,
            const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
}

/**
 * gum_roster_entry_free:
 * @entry: (nullable) (transfer full): an entry
 *
 * Frees it.
 */
void
gum_roster_entry_free (GumRosterEntry *entry)
{
  if (entry == NULL)
    return;

  g_free (entry->id);
  g_free (entry->name);
  g_free (entry->email);
  g_free (entry->picture_url);
  g_free (entry->api_url);
  g_free (entry->oauth_url);
  g_free (entry->application_id);
  g_free (entry);
}

/**
 * gum_roster_new:
 * @directory: where the files are; made, with mode 0700, when it does not exist
 *
 * Returns: (transfer full): the accounts on disk
 */
GumRoster *
gum_roster_new (const char *directory)
{
  GumRoster *self;

  g_return_val_if_fail (directory != NULL, NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0 || g_chmod (directory, 0700) != 0)
    g_warning ("The folder of the accounts is not as it should be: %s", g_strerror (errno));

  self = g_new0 (GumRoster, 1);
  self->path = g_build_filename (directory, FILE_NAME, NULL);
  self->marker = g_build_filename (directory, MARKER_NAME, NULL);
  self->writer = g_atomic_rc_box_new0 (Writer);
  self->writer->path = g_strdup (self->path);
  g_mutex_init (&self->writer->content_lock);
  g_mutex_init (&self->writer->disk_lock);

  return self;
}

/**
 * gum_roster_free:
 * @self: (nullable) (transfer full): the accounts on disk
 *
 * Waits until everything is written.
 */
void
gum_roster_free (GumRoster *self)
{
  if (self == NULL)
    return;

  writer_flush (self->writer);
  writer_unref (self->writer);
  g_free (self->path);
  g_free (self->marker);
  g_free (self);
}

/**
 * gum_roster_read:
 * @self: the accounts on disk
 * @forgotten: (out) (transfer full): ids whose keyring items are still to be cleared
 *
 * Reads the file. One that cannot be read is set aside; an entry that makes no sense is passed
 * over.
 *
 * Returns: (transfer full) (element-type GumRosterEntry): the accounts, in their order
 */
GPtrArray *
gum_roster_read (GumRoster   *self,
                 char      ***forgotten)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) gum_roster_entry_free);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) groups = NULL;
  g_autofree char *data = NULL;
  gboolean loaded = FALSE;
  gsize length = 0;

  g_return_val_if_fail (self != NULL && forgotten != NULL, entries);

  *forgotten = NULL;
  if (g_file_get_contents (self->path, &data, &length, &error))
    loaded = g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL);
  else
    length = g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? 0 : 1;

  /* A crash of the machine may leave zeros, which pass for an empty file. */
  groups = g_key_file_get_groups (file, NULL);
  if (length > 0 && (!loaded || groups[0] == NULL))
    set_aside (self->path);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      GumRosterEntry *entry;

      if (g_str_equal (groups[i], FORGOTTEN_GROUP))
        continue;

      entry = read_entry (file, groups[i]);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      else
        g_message ("An entry of the list of accounts makes no sense and is passed over");
    }

  *forgotten = g_key_file_get_string_list (file, FORGOTTEN_GROUP, "ids", NULL, NULL);
  if (*forgotten == NULL)
    *forgotten = g_new0 (char *, 1);

  return entries;
}

/**
 * gum_roster_write:
 * @self: the accounts on disk
 * @entries: (element-type GumRosterEntry): the accounts, in their order
 * @forgotten: (array zero-terminated=1): ids whose keyring items are still to be cleared
 *
 * Replaces the file, atomically and readable to its owner only. Returns at once; what fails is
 * logged.
 */
void
gum_roster_write (GumRoster          *self,
                  GPtrArray          *entries,
                  const char * const *forgotten)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GTask) task = NULL;
  gsize length;
  char *data;

  g_return_if_fail (self != NULL && entries != NULL && forgotten != NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const GumRosterEntry *entry = g_ptr_array_index (entries, i);

      set_string (file, entry->id, "name", entry->name);
      set_string (file, entry->id, "email", entry->email);
      set_string (file, entry->id, "picture", entry->picture_url);
      set_string (file, entry->id, "api", entry->api_url);
      set_string (file, entry->id, "oauth", entry->oauth_url);
      set_string (file, entry->id, "application", entry->application_id);
    }
  if (*forgotten != NULL)
    g_key_file_set_string_list (file, FORGOTTEN_GROUP, "ids", forgotten,
                                g_strv_length ((char **) forgotten));

  data = g_key_file_to_data (file, &length, NULL);
  g_mutex_lock (&self->writer->content_lock);
  g_clear_pointer (&self->writer->content, g_bytes_unref);
  self->writer->content = g_bytes_new_take (data, length);
  g_mutex_unlock (&self->writer->content_lock);

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, gum_roster_write);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->writer), writer_unref);
  g_task_run_in_thread (task, flush_in_thread);
}

/**
 * gum_roster_set_unfinished:
 * @self: the accounts on disk
 * @unfinished: whether a token has been asked for and is not stored yet
 *
 * Leaves, or removes, the mark by which the next start knows that a sign-in was cut off.
 */
void
gum_roster_set_unfinished (GumRoster *self,
                           gboolean   unfinished)
{
  int fd;

  g_return_if_fail (self != NULL);

  if (!unfinished)
    {
      g_unlink (self->marker);
      return;
    }

  /* An empty file, which no disk has to be waited for. */
  fd = g_open (self->marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  else
    g_debug ("The mark of a sign-in could not be left: %s", g_strerror (errno));
}

/**
 * gum_roster_take_unfinished:
 * @self: the accounts on disk
 *
 * Returns: %TRUE, once, if a sign-in was cut off
 */
gboolean
gum_roster_take_unfinished (GumRoster *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_unlink (self->marker) == 0;
}
