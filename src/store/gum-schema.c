/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the ledger's tables are, and how an older file becomes a newer one. A step that was ever
 * released is never edited: add another. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-error.h"
#include "gum-schema.h"

/* `json` comes last, so that a filter reads the head of a row and not its overflow pages.
 * AUTOINCREMENT: the number of a deleted row must never name another product in a list that
 * still holds it. Every index ends with what the lists filter by, so that a whole list is read
 * from one index alone. */
static const char step_1[] =
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
  "CREATE TABLE products ("
  "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  rank REAL NOT NULL,"
  "  slim_sum INTEGER NOT NULL,"
  "  is_full INTEGER NOT NULL DEFAULT 0,"
  "  sort_name TEXT NOT NULL,"
  "  price INTEGER NOT NULL,"
  "  sales INTEGER NOT NULL,"
  "  revenue INTEGER NOT NULL,"
  "  published INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL,"
  "  json TEXT NOT NULL);"
  "CREATE INDEX products_rank ON products (rank, published, kind);"
  "CREATE INDEX products_name ON products (sort_name, rank, published, kind);"
  "CREATE INDEX products_price ON products (price DESC, rank, published, kind);"
  "CREATE INDEX products_sales ON products (sales DESC, rank, published, kind);"
  "CREATE INDEX products_revenue ON products (revenue DESC, rank, published, kind);"
  "CREATE INDEX products_state ON products (published DESC, rank, kind);"
  /* The products that the pass under way has met. */
  "CREATE TABLE seen (row INTEGER PRIMARY KEY);"
  "CREATE VIRTUAL TABLE products_fts USING fts5 (name, permalink, tags, body, columnsize = 0,"
  "  tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\");";

/* What the person has written and Gumroad has not, and what was sent to it. A write is in the journal
 * before it is on the wire. `base` and `before` have, key for key, what `mine` and `body` replace. */
static const char step_2[] =
  "CREATE TABLE drafts ("
  "  product TEXT PRIMARY KEY,"
  "  label TEXT,"
  "  base TEXT NOT NULL,"
  "  mine TEXT NOT NULL,"
  "  changed INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE batches ("
  "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  kind TEXT NOT NULL,"
  "  label TEXT,"
  "  reverts INTEGER,"
  "  state INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL);"
  "CREATE TABLE writes ("
  "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  batch INTEGER NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  method TEXT NOT NULL,"
  "  path TEXT NOT NULL,"
  "  product TEXT,"
  "  label TEXT,"
  "  state INTEGER NOT NULL,"
  "  code INTEGER NOT NULL DEFAULT -1,"
  "  status INTEGER NOT NULL DEFAULT 0,"
  "  message TEXT,"
  "  warning TEXT,"
  "  sent INTEGER NOT NULL DEFAULT 0,"
  "  ended INTEGER NOT NULL DEFAULT 0,"
  "  body TEXT,"
  "  before TEXT);"
  "CREATE TABLE uploads ("
  "  row INTEGER PRIMARY KEY,"
  "  product TEXT NOT NULL,"
  "  label TEXT,"
  "  path TEXT NOT NULL,"
  "  replaces TEXT,"
  "  name TEXT,"
  "  state INTEGER NOT NULL,"
  "  url TEXT,"
  "  file TEXT,"
  "  delivered INTEGER NOT NULL DEFAULT 0,"
  "  hidden INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX uploads_file ON uploads (product, file);"
  "CREATE INDEX writes_batch ON writes (batch, state);"
  "CREATE INDEX writes_state ON writes (state, row);";

/* What comes in short lists: discount codes, upsells … `seen` is the reading that met a row last. */
static const char step_3[] =
  "CREATE TABLE records ("
  "  kind TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  parent TEXT NOT NULL,"
  "  sort_name TEXT NOT NULL,"
  "  seen INTEGER NOT NULL,"
  "  json TEXT NOT NULL,"
  "  PRIMARY KEY (kind, id)) WITHOUT ROWID;"
  "CREATE INDEX records_parent ON records (kind, parent);";

/* Four orders by a number had an index each, which every new product and every sale had to be put
 * into, to save whoever chose that order a sort of a few milliseconds. One index that has all these
 * numbers serves them: a list is still read from it alone. */
static const char step_4[] =
  "DROP INDEX products_rank;"
  "DROP INDEX products_price;"
  "DROP INDEX products_sales;"
  "DROP INDEX products_revenue;"
  "DROP INDEX products_state;"
  "CREATE INDEX products_list ON products (rank, published, kind, price, sales, revenue);";

/* Which version's pages a file is for, and what stands below its name: Gumroad tells neither. */
static const char step_5[] =
  "ALTER TABLE uploads ADD COLUMN version TEXT;"
  "ALTER TABLE uploads ADD COLUMN description TEXT;";

static const char * const steps[] = {
  step_1,
  step_2,
  step_3,
  step_4,
  step_5,
};

int
gum_schema_get_version (void)
{
  return G_N_ELEMENTS (steps);
}

static gboolean
migrate (GumConnection  *connection,
         int             version,
         GError        **error)
{
  g_autofree char *finish = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d",
                                             version + 1, GUM_SCHEMA_APPLICATION_ID);

  return gum_connection_exec (connection, steps[version], error) &&
         gum_connection_exec (connection, finish, error);
}

static gboolean
check_account (GumConnection  *connection,
               const char     *account_id,
               GError        **error)
{
  g_autofree char *owner = gum_connection_dup_fact (connection, "account");

  if (g_strcmp0 (owner, account_id) == 0)
    return TRUE;

  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_LEDGER_FOREIGN,
                       "The ledger belongs to another account");

  return FALSE;
}

/* Brings the schema up to date, one transaction for all steps, and makes sure that this is the
 * ledger of @account_id. A file that is some other program's is GUM_ERROR_LEDGER_DAMAGED, so
 * that it is set aside. */
gboolean
gum_schema_prepare (GumConnection  *connection,
                    const char     *account_id,
                    GError        **error)
{
  gint64 version, application, n_tables;
  gboolean fresh;

  if (!gum_connection_get_int (connection, "PRAGMA user_version", &version, error) ||
      !gum_connection_get_int (connection, "PRAGMA application_id", &application, error) ||
      !gum_connection_get_int (connection, "SELECT count (*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  fresh = version == 0 && n_tables == 0;
  if (!fresh && (application != GUM_SCHEMA_APPLICATION_ID || version < 1))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_LEDGER_DAMAGED, "The file is no ledger");
      return FALSE;
    }
  if (version > gum_schema_get_version ())
    {
      g_set_error (error, GUM_ERROR, GUM_ERROR_LEDGER_NEWER,
                   "The ledger has schema %" G_GINT64_FORMAT ", this program knows %d",
                   version, gum_schema_get_version ());
      return FALSE;
    }
  if (!fresh && !check_account (connection, account_id, error))
    return FALSE;
  if (version == gum_schema_get_version ())
    return TRUE;

  if (!gum_connection_begin (connection, error))
    return FALSE;
  for (int i = version; i < gum_schema_get_version (); i++)
    {
      if (!migrate (connection, i, error))
        {
          gum_connection_rollback (connection);
          return FALSE;
        }
    }
  if ((fresh && !gum_connection_set_fact (connection, "account", account_id, error)) ||
      !gum_connection_commit (connection, error))
    {
      gum_connection_rollback (connection);
      return FALSE;
    }

  return TRUE;
}
