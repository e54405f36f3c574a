/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Out of a damaged ledger that was set aside goes into the fresh one what Gumroad could not tell again: what
 * the person wrote, what was sent and how it ended, and where the uploaded files lie. One bad page among
 * thousands must not cost a draft. Each table is read as far as it can be. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-salvage.h"

#include "gum-schema.h"

/* None of them refers to the rows of products, whose numbers are others in the fresh file. */
static const struct {
  const char *name;
  const char *select;
  const char *insert;        /* up to its values */
} tables[] = {
  { "drafts", "SELECT * FROM drafts", "INSERT OR IGNORE INTO drafts VALUES (" },
  { "batches", "SELECT * FROM batches", "INSERT OR IGNORE INTO batches VALUES (" },
  { "writes", "SELECT * FROM writes", "INSERT OR IGNORE INTO writes VALUES (" },
  { "uploads", "SELECT * FROM uploads", "INSERT OR IGNORE INTO uploads VALUES (" },
};

static const char *
intern_insert (const char *beginning,
               int         n_columns)
{
  g_autoptr(GString) sql = g_string_new (beginning);

  for (int i = 0; i < n_columns; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append (sql, ")");

  return g_intern_string (sql->str);
}

/* Whoever damaged the file may have damaged whose it is. */
static gboolean
is_ours (GumConnection *damaged,
         const char    *account_id)
{
  g_autofree char *owner = gum_connection_dup_fact (damaged, "account");
  gint64 version = 0;

  return g_strcmp0 (owner, account_id) == 0 &&
         gum_connection_get_int (damaged, "PRAGMA user_version", &version, NULL) &&
         version == gum_schema_get_version ();
}

static guint
copy_table (GumConnection *damaged,
            GumConnection *connection,
            const char    *select_sql,
            const char    *insert_sql)
{
  sqlite3_stmt *rows = gum_connection_prepare (damaged, select_sql, NULL);
  int n_columns = rows != NULL ? sqlite3_column_count (rows) : 0;
  guint n_copied = 0;

  while (rows != NULL && gum_connection_step (damaged, rows, NULL) == GUM_STEP_ROW)
    {
      sqlite3_stmt *insert = gum_connection_prepare (connection, intern_insert (insert_sql, n_columns),
                                                     NULL);

      if (insert == NULL)
        break;
      for (int i = 0; i < n_columns; i++)
        sqlite3_bind_value (insert, i + 1, sqlite3_column_value (rows, i));
      if (!gum_connection_run (connection, insert, NULL))
        break;
      n_copied++;
    }

  return n_copied;
}

/* @connection: to the fresh ledger; @path: where the damaged one lies. */
void
gum_ledger_salvage (GumConnection *connection,
                    const char    *path,
                    const char    *account_id)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strconcat ("file:", escaped, NULL);
  g_autoptr(GumConnection) damaged = gum_connection_open (uri, GUM_CONNECTION_READ_ONLY, NULL);

  if (damaged == NULL || !is_ours (damaged, account_id) || !gum_connection_begin (connection, NULL))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      guint n_copied = copy_table (damaged, connection, tables[i].select, tables[i].insert);

      if (n_copied > 0)
        g_message ("%u rows of the table “%s” were saved from the damaged ledger", n_copied,
                   tables[i].name);
    }
  if (!gum_connection_commit (connection, NULL))
    gum_connection_rollback (connection);
}
