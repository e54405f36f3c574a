/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of what comes in short lists: discount codes, upsells, and the few things of which there is
 * one. Gumroad tells all of a list at once, so what a list lacks is gone.
 *
 * A universal code is in the lists of many products. It is one row, which belongs to the product where it
 * was met first, as long as there is that product. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-records.h"

#include "gum-json.h"
#include "gum-record-private.h"
#include "gum-search.h"

#define DONE GINT_TO_POINTER (1)

GumRecordsJob *
gum_records_job_new (const char *kind,
                     const char *parent)
{
  GumRecordsJob *job = g_new0 (GumRecordsJob, 1);

  job->kind = kind;
  job->parent = g_strdup (parent != NULL ? parent : "");
  job->ids = g_ptr_array_new_with_free_func (g_free);
  job->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return job;
}

/* Takes both; @text may be NULL where only the id matters. */
void
gum_records_job_take (GumRecordsJob *job,
                      char          *id,
                      GBytes        *text)
{
  g_ptr_array_add (job->ids, id);
  if (text != NULL)
    g_ptr_array_add (job->texts, text);
}

void
gum_records_job_free (gpointer data)
{
  GumRecordsJob *job = data;

  g_free (job->parent);
  g_ptr_array_unref (job->ids);
  g_ptr_array_unref (job->texts);
  g_free (job);
}

static const char *
get_text (sqlite3_stmt *statement,
          int           column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

gpointer
gum_ledger_records_load (GumConnection  *connection,
                         gpointer        data,
                         GError        **error)
{
  GumRecordsQuestion *question = data;
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "SELECT r.id, r.parent, p.json ->> '$.name', p.json ->> '$.currency', r.json"
                            " FROM records AS r LEFT JOIN products AS p ON p.id = r.parent"
                            " WHERE r.kind = ? ORDER BY r.sort_name, r.id", error);
  GumStep step;

  if (statement == NULL)
    return NULL;

  gum_connection_bind_text (statement, 1, question->kind);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    {
      g_autoptr(GBytes) text = g_bytes_new (sqlite3_column_text (statement, 4),
                                            sqlite3_column_bytes (statement, 4));
      GumRecord *record = _gum_record_new (question->type, get_text (statement, 0),
                                           get_text (statement, 1), get_text (statement, 2),
                                           get_text (statement, 3), text);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return step != GUM_STEP_ERROR ? g_steal_pointer (&records) : NULL;
}

gpointer
gum_ledger_records_parents (GumConnection  *connection,
                            gpointer        data,
                            GError        **error)
{
  g_autoptr(GPtrArray) parents = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT id FROM products ORDER BY rank", error);
  GumStep step;

  if (statement == NULL)
    return NULL;

  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    g_ptr_array_add (parents, g_strdup (get_text (statement, 0)));

  return step != GUM_STEP_ERROR ? g_steal_pointer (&parents) : NULL;
}

static char *
dup_sort_name (GBytes *text)
{
  static const char * const members[] = { "name", NULL };
  g_autoptr(JsonObject) object = gum_json_pick (text, members);
  const char *name = object != NULL ? gum_json_get_string (object, "name") : NULL;

  return gum_search_sort_key (name != NULL ? name : "");
}

static gboolean
put_all (GumConnection  *connection,
         GumRecordsJob  *job,
         gint64          seen,
         GError        **error)
{
  for (guint i = 0; i < job->texts->len; i++)
    {
      GBytes *text = g_ptr_array_index (job->texts, i);
      g_autofree char *sort_name = dup_sort_name (text);
      sqlite3_stmt *statement =
        gum_connection_prepare (connection,
                                "INSERT INTO records (kind, id, parent, sort_name, seen, json)"
                                " VALUES (?, ?, ?, ?, ?, ?)"
                                " ON CONFLICT (kind, id) DO UPDATE SET parent ="
                                "  CASE WHEN records.parent IN (SELECT id FROM products)"
                                "  THEN records.parent ELSE excluded.parent END,"
                                "  sort_name = excluded.sort_name, seen = excluded.seen,"
                                "  json = excluded.json", error);

      if (statement == NULL)
        return FALSE;
      gum_connection_bind_text (statement, 1, job->kind);
      gum_connection_bind_text (statement, 2, g_ptr_array_index (job->ids, i));
      gum_connection_bind_text (statement, 3, job->parent);
      gum_connection_bind_text (statement, 4, sort_name);
      sqlite3_bind_int64 (statement, 5, seen);
      sqlite3_bind_text (statement, 6, g_bytes_get_data (text, NULL), (int) g_bytes_get_size (text),
                         SQLITE_STATIC);
      if (!gum_connection_run (connection, statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
forget_unseen (GumConnection  *connection,
               GumRecordsJob  *job,
               gint64          seen,
               GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "DELETE FROM records WHERE kind = ? AND parent = ? AND seen <> ?", error);

  if (statement == NULL)
    return FALSE;
  gum_connection_bind_text (statement, 1, job->kind);
  gum_connection_bind_text (statement, 2, job->parent);
  sqlite3_bind_int64 (statement, 3, seen);

  return gum_connection_run (connection, statement, error);
}

static gpointer
finish (GumConnection  *connection,
        gboolean        ok,
        GError        **error)
{
  if (ok && gum_connection_commit (connection, error))
    return DONE;

  gum_connection_rollback (connection);

  return NULL;
}

gpointer
gum_ledger_records_replace (GumConnection  *connection,
                            gpointer        data,
                            GError        **error)
{
  gint64 seen = g_get_monotonic_time ();

  if (!gum_connection_begin (connection, error))
    return NULL;

  return finish (connection,
                 put_all (connection, data, seen, error) &&
                 forget_unseen (connection, data, seen, error), error);
}

gpointer
gum_ledger_records_put (GumConnection  *connection,
                        gpointer        data,
                        GError        **error)
{
  if (!gum_connection_begin (connection, error))
    return NULL;

  return finish (connection, put_all (connection, data, 0, error), error);
}

gpointer
gum_ledger_records_remove (GumConnection  *connection,
                           gpointer        data,
                           GError        **error)
{
  GumRecordsJob *job = data;

  for (guint i = 0; i < job->ids->len; i++)
    {
      sqlite3_stmt *statement =
        gum_connection_prepare (connection, "DELETE FROM records WHERE kind = ? AND id = ?", error);

      if (statement == NULL)
        return NULL;
      gum_connection_bind_text (statement, 1, job->kind);
      gum_connection_bind_text (statement, 2, g_ptr_array_index (job->ids, i));
      if (!gum_connection_run (connection, statement, error))
        return NULL;
    }

  return DONE;
}

/* --- passes ----------------------------------------------------------------------------------- */

static char *
dup_fact_key (const char *kind)
{
  return g_strconcat ("records-", kind, NULL);
}

gpointer
gum_ledger_records_end_pass (GumConnection  *connection,
                             gpointer        data,
                             GError        **error)
{
  const char *kind = data;
  g_autofree char *key = dup_fact_key (kind);
  sqlite3_stmt *statement;
  gboolean ok;

  if (!gum_connection_begin (connection, error))
    return NULL;

  /* Nobody asks for the list of a product that is gone. */
  statement = gum_connection_prepare (connection,
                                      "DELETE FROM records WHERE kind = ? AND parent <> ''"
                                      " AND parent NOT IN (SELECT id FROM products)", error);
  ok = statement != NULL;
  if (ok)
    {
      gum_connection_bind_text (statement, 1, kind);
      ok = gum_connection_run (connection, statement, error) &&
           gum_connection_set_fact_int (connection, key, g_get_real_time () / G_USEC_PER_SEC,
                                        error);
    }

  return finish (connection, ok, error);
}

gint64
gum_ledger_records_get_time (GumConnection *connection,
                             const char    *kind)
{
  g_autofree char *key = dup_fact_key (kind);

  return gum_connection_get_fact_int (connection, key);
}
