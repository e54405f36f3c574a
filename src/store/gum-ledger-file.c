/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger as a file among files: where it lies, who may read it, how it is set aside. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-file.h"

#include "gum-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define FILE_NAME "ledger.sqlite"
#define HEADER_BYTES 100

/* @suffix: what SQLite adds to the names of files that belong to a database. */
char *
gum_ledger_file_dup_path (const char *directory,
                          const char *suffix)
{
  g_autofree char *name = g_strconcat (FILE_NAME, suffix, NULL);

  return g_build_filename (directory, name, NULL);
}

static gboolean
set_file_error (int      saved_errno,
                GError **error)
{
  GumError code = GUM_ERROR_LEDGER;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    code = GUM_ERROR_LEDGER_FULL;
  else if (saved_errno == EACCES || saved_errno == EROFS || saved_errno == EPERM)
    code = GUM_ERROR_LEDGER_READ_ONLY;
  g_set_error (error, GUM_ERROR, code, "No place for the ledger: %s", g_strerror (saved_errno));

  return FALSE;
}

gboolean
gum_ledger_file_make_place (const char  *directory,
                            GError     **error)
{
  return g_mkdir_with_parents (directory, 0700) == 0 || set_file_error (errno, error);
}

/* SQLite gives the WAL and its index the mode of the database, so that it must be right before the
 * first byte is written. A file that is there but cannot be written is left to SQLite. */
gboolean
gum_ledger_file_restrict (const char  *directory,
                          GError     **error)
{
  g_autofree char *path = gum_ledger_file_dup_path (directory, "");
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int saved_errno = errno;

  if (fd < 0)
    return g_file_test (path, G_FILE_TEST_EXISTS) || set_file_error (saved_errno, error);

  if (fchmod (fd, 0600) != 0)
    g_info ("The mode of the ledger cannot be set: %s", g_strerror (errno));
  g_close (fd, NULL);

  return TRUE;
}

/* Where it is then, or NULL. */
char *
gum_ledger_file_set_aside (const char  *directory,
                           GError     **error)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", "-journal" };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *mark = g_strdup_printf (".damaged-%s.%06d", date,
                                           g_date_time_get_microsecond (now));

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = gum_ledger_file_dup_path (directory, suffixes[i]);
      g_autofree char *name = g_strconcat (mark, suffixes[i], NULL);
      g_autofree char *to = gum_ledger_file_dup_path (directory, name);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          set_file_error (errno, error);
          return NULL;
        }
    }
  g_message ("A damaged ledger was set aside");

  return gum_ledger_file_dup_path (directory, mark);
}

/* SQLite takes the rest of a file that was cut within its header for a new one, without a word. */
gboolean
gum_ledger_file_check (const char  *directory,
                       GError     **error)
{
  g_autofree char *path = gum_ledger_file_dup_path (directory, "");
  GStatBuf info;

  if (g_stat (path, &info) != 0 || info.st_size == 0 || info.st_size >= HEADER_BYTES)
    return TRUE;

  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_LEDGER_DAMAGED, "The ledger is cut");

  return FALSE;
}
