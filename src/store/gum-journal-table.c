/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of batches and writes: one statement each. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-journal-table.h"

#include "gum-error.h"
#include "gum-journal.h"

#define DONE GINT_TO_POINTER (1)

GumBatchJob *
gum_batch_job_new (const char *kind,
                   const char *label,
                   gint64      reverts,
                   int         state)
{
  GumBatchJob *job = g_new0 (GumBatchJob, 1);

  job->kind = g_strdup (kind);
  job->label = g_strdup (label);
  job->reverts = reverts;
  job->state = state;
  job->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) _gum_write_row_free);

  return job;
}

void
gum_batch_job_free (gpointer data)
{
  GumBatchJob *job = data;

  g_free (job->kind);
  g_free (job->label);
  g_ptr_array_unref (job->rows);
  g_free (job);
}

void
gum_batch_place_free (gpointer data)
{
  GumBatchPlace *place = data;

  if (place == NULL)
    return;
  g_array_unref (place->rows);
  g_free (place);
}

static gboolean
insert_batch (GumConnection  *connection,
              GumBatchJob    *job,
              gint64         *row,
              GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "INSERT INTO batches (kind, label, reverts, state, created)"
                            " VALUES (?, ?, nullif (?, 0), ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  gum_connection_bind_text (statement, 1, job->kind);
  gum_connection_bind_text (statement, 2, job->label);
  sqlite3_bind_int64 (statement, 3, job->reverts);
  sqlite3_bind_int (statement, 4, job->state);
  sqlite3_bind_int64 (statement, 5, g_get_real_time () / G_USEC_PER_SEC);
  if (!gum_connection_run (connection, statement, error))
    return FALSE;
  *row = sqlite3_last_insert_rowid (gum_connection_get_handle (connection));

  return TRUE;
}

static gboolean
insert_write (GumConnection  *connection,
              gint64          batch,
              GumWriteRow    *write,
              gint64         *row,
              GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "INSERT INTO writes (batch, kind, method, path, product, label, state,"
                            " sent, body, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, batch);
  gum_connection_bind_text (statement, 2, write->kind);
  gum_connection_bind_text (statement, 3, write->method);
  gum_connection_bind_text (statement, 4, write->path);
  gum_connection_bind_text (statement, 5, write->product_id);
  gum_connection_bind_text (statement, 6, write->label);
  sqlite3_bind_int (statement, 7, write->state);
  sqlite3_bind_int64 (statement, 8, write->sent);
  gum_connection_bind_text (statement, 9, write->body);
  gum_connection_bind_text (statement, 10, write->before);
  if (!gum_connection_run (connection, statement, error))
    return FALSE;
  *row = sqlite3_last_insert_rowid (gum_connection_get_handle (connection));

  return TRUE;
}

/* All of it, or nothing. */
gpointer
gum_journal_table_add (GumConnection  *connection,
                       gpointer        data,
                       GError        **error)
{
  GumBatchJob *job = data;
  GumBatchPlace *place;
  gboolean ok;

  if (!gum_connection_begin (connection, error))
    return NULL;

  place = g_new0 (GumBatchPlace, 1);
  place->rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), job->rows->len);
  ok = insert_batch (connection, job, &place->batch, error);
  for (guint i = 0; ok && i < job->rows->len; i++)
    {
      gint64 row;

      ok = insert_write (connection, place->batch, g_ptr_array_index (job->rows, i), &row, error);
      g_array_append_val (place->rows, row);
    }
  if (ok && gum_connection_commit (connection, error))
    return place;

  gum_connection_rollback (connection);
  gum_batch_place_free (place);

  return NULL;
}

/* Where a write is now. A number that names another write, or none, is one of a ledger that was damaged and
 * could not be read. */
gpointer
gum_journal_table_set (GumConnection  *connection,
                       gpointer        data,
                       GError        **error)
{
  GumWriteRow *write = data;
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "UPDATE writes SET product = ?, state = ?, code = ?, status = ?,"
                            " message = ?, warning = ?, sent = ?, ended = ?, before = ?"
                            " WHERE row = ? AND path = ?", error);

  if (statement == NULL)
    return NULL;
  gum_connection_bind_text (statement, 1, write->product_id);
  sqlite3_bind_int (statement, 2, write->state);
  sqlite3_bind_int (statement, 3, write->code);
  sqlite3_bind_int64 (statement, 4, write->status);
  gum_connection_bind_text (statement, 5, write->message);
  gum_connection_bind_text (statement, 6, write->warning);
  sqlite3_bind_int64 (statement, 7, write->sent);
  sqlite3_bind_int64 (statement, 8, write->ended);
  gum_connection_bind_text (statement, 9, write->before);
  sqlite3_bind_int64 (statement, 10, write->row);
  gum_connection_bind_text (statement, 11, write->path);
  if (!gum_connection_run (connection, statement, error))
    return NULL;
  if (sqlite3_changes (gum_connection_get_handle (connection)) != 1)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_LEDGER, "The journal does not have this write");
      return NULL;
    }

  return DONE;
}

/* What waited for somebody who is not there any more, and will not be sent. */
static gboolean
drop_forsaken (GumConnection  *connection,
               GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "UPDATE writes SET state = ?, ended = ? WHERE state = ?"
                            " AND batch IN (SELECT row FROM batches WHERE state = ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, GUM_WRITE_DROPPED);
  sqlite3_bind_int64 (statement, 2, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_int (statement, 3, GUM_WRITE_WAITING);
  sqlite3_bind_int (statement, 4, GUM_BATCH_PLAIN);

  return gum_connection_run (connection, statement, error);
}

/* What was on its way when the program ended: nobody heard how it went. And what a queue was about to
 * send is not sent before the person has been asked. */
gpointer
gum_journal_table_end_lost (GumConnection  *connection,
                            gpointer        data,
                            GError        **error)
{
  sqlite3_stmt *statement;

  if (!drop_forsaken (connection, error))
    return NULL;

  statement = gum_connection_prepare (connection,
                                      "UPDATE writes SET state = ?, ended = ? WHERE state = ?",
                                      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int (statement, 1, GUM_WRITE_UNCLEAR);
  sqlite3_bind_int64 (statement, 2, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_int (statement, 3, GUM_WRITE_SENDING);
  if (!gum_connection_run (connection, statement, error))
    return NULL;

  statement = gum_connection_prepare (connection, "UPDATE batches SET state = ? WHERE state = ?",
                                      error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int (statement, 1, GUM_BATCH_ASKING);
  sqlite3_bind_int (statement, 2, GUM_BATCH_RUNNING);

  return gum_connection_run (connection, statement, error) ? DONE : NULL;
}

static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

/* @statement: its first columns are GUM_JOURNAL_COLUMNS. */
GumWriteRow *
gum_journal_table_read (sqlite3_stmt *statement)
{
  GumWriteRow *write = g_new0 (GumWriteRow, 1);

  write->row = sqlite3_column_int64 (statement, 0);
  write->batch = sqlite3_column_int64 (statement, 1);
  write->kind = dup_text (statement, 2);
  write->method = dup_text (statement, 3);
  write->path = dup_text (statement, 4);
  write->product_id = dup_text (statement, 5);
  write->label = dup_text (statement, 6);
  write->state = sqlite3_column_int (statement, 7);
  write->code = sqlite3_column_int (statement, 8);
  write->status = sqlite3_column_int (statement, 9);
  write->message = dup_text (statement, 10);
  write->warning = dup_text (statement, 11);
  write->sent = sqlite3_column_int64 (statement, 12);
  write->ended = sqlite3_column_int64 (statement, 13);
  write->body = dup_text (statement, 14);
  write->before = dup_text (statement, 15);

  return write;
}

/* @data: the number of a batch; 0: everything that is unclear. */
gpointer
gum_journal_table_list (GumConnection  *connection,
                        gpointer        data,
                        GError        **error)
{
  gint64 batch = *(gint64 *) data;
  g_autoptr(GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _gum_write_row_free);
  sqlite3_stmt *statement;
  GumStep step;

  if (batch != 0)
    statement = gum_connection_prepare (connection, "SELECT " GUM_JOURNAL_COLUMNS " FROM writes WHERE batch = ?"
                                        " ORDER BY row", error);
  else
    statement = gum_connection_prepare (connection, "SELECT " GUM_JOURNAL_COLUMNS " FROM writes WHERE state = ?"
                                        " ORDER BY row", error);
  if (statement == NULL)
    return NULL;

  sqlite3_bind_int64 (statement, 1, batch != 0 ? batch : GUM_WRITE_UNCLEAR);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    g_ptr_array_add (rows, gum_journal_table_read (statement));

  return step != GUM_STEP_ERROR ? g_steal_pointer (&rows) : NULL;
}
