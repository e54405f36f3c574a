/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A SQLite connection with its prepared statements, and the one place where SQLite's result codes
 * become errors of ours. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-connection.h"
#include "gum-error.h"

#include <errno.h>

/* How often, in virtual machine steps, a running statement looks whether it is still wanted. */
#define PROGRESS_STEPS 2000
#define BUSY_MILLISECONDS 5000

struct _GumConnection
{
  sqlite3      *db;
  GHashTable   *statements;    /* const char *literal → sqlite3_stmt * */

  GCancellable *cancellable;   /* of the job that runs */
  int          *closing;       /* unowned, atomic */
};

static int
progress_cb (gpointer data)
{
  GumConnection *self = data;

  return (self->closing != NULL && g_atomic_int_get (self->closing)) ||
         g_cancellable_is_cancelled (self->cancellable);
}

static void
free_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

gboolean
gum_connection_set_error (GumConnection  *self,
                          GError        **error)
{
  int extended = self->db != NULL ? sqlite3_extended_errcode (self->db) : SQLITE_NOMEM;
  const char *message = self->db != NULL ? sqlite3_errmsg (self->db) : "out of memory";
  int saved_errno = self->db != NULL ? sqlite3_system_errno (self->db) : 0;
  GumError code = GUM_ERROR_LEDGER;

  switch (extended & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The statement was cancelled");
      return FALSE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = GUM_ERROR_LEDGER_DAMAGED;
      break;
    case SQLITE_FULL:
      code = GUM_ERROR_LEDGER_FULL;
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      code = GUM_ERROR_LEDGER_READ_ONLY;
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG)
        code = GUM_ERROR_LEDGER_FULL;
      /* For the index of a WAL that was left, SQLite does not keep the system's reason. */
      else if (saved_errno == EROFS || saved_errno == EACCES || saved_errno == EPERM ||
               sqlite3_db_readonly (self->db, "main") == 1)
        code = GUM_ERROR_LEDGER_READ_ONLY;
      break;
    default:
      break;
    }

  g_set_error (error, GUM_ERROR, code, "SQLite %d: %s", extended, message);

  return FALSE;
}

/* Nobody asks SQLite how much memory it has, and to count that, it locks all of it for every piece. */
static void
set_up_sqlite (void)
{
  static gsize is_set_up;

  if (g_once_init_enter (&is_set_up))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&is_set_up, TRUE);
    }
}

GumConnection *
gum_connection_open (const char         *uri,
                     GumConnectionMode   mode,
                     GError            **error)
{
  g_autoptr(GumConnection) self = g_new0 (GumConnection, 1);
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  gboolean writes = mode == GUM_CONNECTION_READ_WRITE || mode == GUM_CONNECTION_QUERY_ONLY;
  g_autofree char *address = NULL;

  set_up_sqlite ();
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, free_statement);
  flags |= writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (mode == GUM_CONNECTION_READ_WRITE)
    flags |= SQLITE_OPEN_CREATE;
  address = g_strconcat (uri, mode == GUM_CONNECTION_IMMUTABLE ? "?immutable=1" : "", NULL);

  if (sqlite3_open_v2 (address, &self->db, flags, NULL) != SQLITE_OK)
    {
      gum_connection_set_error (self, error);
      return NULL;
    }

  sqlite3_busy_timeout (self->db, BUSY_MILLISECONDS);
  /* SQLite 3.40 counts its JSON functions, which the generated columns need, among those that an
   * untrusted schema may not call. So this much, and no more. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_progress_handler (self->db, PROGRESS_STEPS, progress_cb, self);

  if (!gum_connection_exec (self, "PRAGMA foreign_keys = ON", error) ||
      !gum_connection_exec (self, "PRAGMA synchronous = NORMAL", error) ||
      /* Four connections, and the kernel has the file in memory anyway. */
      !gum_connection_exec (self, "PRAGMA cache_size = -512", error) ||
      !gum_connection_exec (self, "PRAGMA wal_autocheckpoint = 4000", error) ||
      (mode == GUM_CONNECTION_QUERY_ONLY &&
       !gum_connection_exec (self, "PRAGMA query_only = ON", error)))
    return NULL;

  return g_steal_pointer (&self);
}

void
gum_connection_close (GumConnection *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  /* Nothing may interrupt the checkpoint that the last connection does. */
  if (self->db != NULL)
    sqlite3_progress_handler (self->db, 0, NULL, NULL);
  sqlite3_close_v2 (self->db);
  g_clear_object (&self->cancellable);
  g_free (self);
}

gboolean
gum_connection_is_read_only (GumConnection *self)
{
  return sqlite3_db_readonly (self->db, "main") == 1;
}

void
gum_connection_set_cancellable (GumConnection *self,
                                GCancellable  *cancellable,
                                int           *closing)
{
  g_set_object (&self->cancellable, cancellable);
  self->closing = closing;
}

sqlite3 *
gum_connection_get_handle (GumConnection *self)
{
  return self->db;
}

sqlite3_stmt *
gum_connection_prepare (GumConnection  *self,
                        const char     *sql,
                        GError        **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
          SQLITE_OK)
        {
          gum_connection_set_error (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  return statement;
}

void
gum_connection_bind_text (sqlite3_stmt *statement,
                          int           column,
                          const char   *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_STATIC);
}

GumStep
gum_connection_step (GumConnection  *self,
                     sqlite3_stmt   *statement,
                     GError        **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return GUM_STEP_ROW;
  if (result == SQLITE_DONE)
    {
      sqlite3_reset (statement);
      return GUM_STEP_DONE;
    }

  gum_connection_set_error (self, error);
  sqlite3_reset (statement);

  return GUM_STEP_ERROR;
}

/* For statements whose rows, if any, are of no interest. */
gboolean
gum_connection_run (GumConnection  *self,
                    sqlite3_stmt   *statement,
                    GError        **error)
{
  GumStep step;

  while ((step = gum_connection_step (self, statement, error)) == GUM_STEP_ROW)
    ;

  return step == GUM_STEP_DONE;
}

gboolean
gum_connection_exec (GumConnection  *self,
                     const char     *sql,
                     GError        **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return gum_connection_set_error (self, error);

  return TRUE;
}

gboolean
gum_connection_get_int (GumConnection  *self,
                        const char     *sql,
                        gint64         *value,
                        GError        **error)
{
  sqlite3_stmt *statement = gum_connection_prepare (self, sql, error);
  GumStep step;

  if (statement == NULL)
    return FALSE;

  step = gum_connection_step (self, statement, error);
  if (step == GUM_STEP_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  else if (step == GUM_STEP_DONE)
    *value = 0;
  sqlite3_reset (statement);

  return step != GUM_STEP_ERROR;
}

gboolean
gum_connection_begin (GumConnection  *self,
                      GError        **error)
{
  return gum_connection_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
gum_connection_commit (GumConnection  *self,
                       GError        **error)
{
  return gum_connection_exec (self, "COMMIT", error);
}

void
gum_connection_rollback (GumConnection *self)
{
  /* After some failures SQLite has rolled back by itself. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

char *
gum_connection_dup_fact (GumConnection *self,
                         const char    *key)
{
  sqlite3_stmt *statement = gum_connection_prepare (self, "SELECT value FROM meta WHERE key = ?",
                                                    NULL);
  char *value = NULL;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_TRANSIENT);
  if (gum_connection_step (self, statement, NULL) == GUM_STEP_ROW)
    value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);

  return value;
}

/* @value NULL forgets the fact. */
gboolean
gum_connection_set_fact (GumConnection  *self,
                         const char     *key,
                         const char     *value,
                         GError        **error)
{
  static const char set[] = "INSERT INTO meta (key, value) VALUES (?1, ?2) "
                            "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
  static const char unset[] = "DELETE FROM meta WHERE key = ?1";
  sqlite3_stmt *statement = gum_connection_prepare (self, value != NULL ? set : unset, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_TRANSIENT);
  if (value != NULL)
    sqlite3_bind_text (statement, 2, value, -1, SQLITE_TRANSIENT);

  return gum_connection_run (self, statement, error);
}

gint64
gum_connection_get_fact_int (GumConnection *self,
                             const char    *key)
{
  g_autofree char *value = gum_connection_dup_fact (self, key);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

gboolean
gum_connection_set_fact_int (GumConnection  *self,
                             const char     *key,
                             gint64          value,
                             GError        **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return gum_connection_set_fact (self, key, text, error);
}

/* Reads the whole file. A GumLedgerFunc; nothing is returned but the error. */
gpointer
gum_connection_check (GumConnection  *connection,
                      gpointer        data,
                      GError        **error)
{
  sqlite3_stmt *statement = gum_connection_prepare (connection, "PRAGMA quick_check (1)", error);

  if (statement == NULL)
    return NULL;
  if (gum_connection_step (connection, statement, error) == GUM_STEP_ROW &&
      g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") != 0)
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_LEDGER_DAMAGED, "The check found damage");
  sqlite3_reset (statement);

  return NULL;
}
