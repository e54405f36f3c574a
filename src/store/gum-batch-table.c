/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of batches, for those who list them and for the queue: what is open, what is next, and
 * what is to become of all that waits in one. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-batch-table.h"

#include "gum-bulk-codes.h"
#include "gum-journal-table.h"
#include "gum-records-private.h"

#define DONE GINT_TO_POINTER (1)

/* Nobody scrolls further back than that. */
#define MAX_LISTED "500"

/* --- listing ---------------------------------------------------------------------------------- */

#define SELECT_BATCHES \
  "SELECT row, kind, label, state, created," \
  " EXISTS (SELECT 1 FROM batches AS other WHERE other.reverts = batches.row)" \
  " FROM batches"

static GumBatchRow *
read_batch (sqlite3_stmt *statement)
{
  GumBatchRow *batch = g_new0 (GumBatchRow, 1);

  batch->row = sqlite3_column_int64 (statement, 0);
  batch->kind = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  batch->label = g_strdup ((const char *) sqlite3_column_text (statement, 2));
  batch->state = sqlite3_column_int (statement, 3);
  batch->created = sqlite3_column_int64 (statement, 4);
  batch->is_reverted = sqlite3_column_int (statement, 5);

  return batch;
}

static gboolean
count_writes (GumConnection  *connection,
              GumBatchRow    *batch,
              GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT state, count (*) FROM writes WHERE batch = ?"
                            " GROUP BY state", error);
  GumStep step;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, batch->row);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    {
      int state = sqlite3_column_int (statement, 0);

      if (state >= 0 && state < GUM_WRITE_N_STATES)
        batch->counts[state] = sqlite3_column_int (statement, 1);
    }

  return step == GUM_STEP_DONE;
}

/* What a save or a deletion ended with is told in the list itself. What was sent may be long, and stays
 * where it is. */
static gboolean
read_only_write (GumConnection  *connection,
                 GumBatchRow    *batch,
                 GError        **error)
{
  sqlite3_stmt *statement;
  GumStep step;
  guint n = 0;

  for (guint i = 0; i < GUM_WRITE_N_STATES; i++)
    n += batch->counts[i];
  if (n != 1)
    return TRUE;

  statement = gum_connection_prepare (connection, "SELECT row, batch, kind, method, path, product, label,"
                                      " state, code, status, message, warning, sent, ended, NULL, NULL"
                                      " FROM writes WHERE batch = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, batch->row);
  step = gum_connection_step (connection, statement, error);
  if (step == GUM_STEP_ROW)
    batch->only = gum_journal_table_read (statement);
  sqlite3_reset (statement);

  return step != GUM_STEP_ERROR;
}

gpointer
gum_batch_table_list (GumConnection  *connection,
                      gpointer        data,
                      GError        **error)
{
  gint64 row = *(gint64 *) data;
  g_autoptr(GPtrArray) batches =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _gum_batch_row_free);
  sqlite3_stmt *statement;
  GumStep step;

  if (row != 0)
    statement = gum_connection_prepare (connection, SELECT_BATCHES " WHERE row = ?", error);
  else
    statement = gum_connection_prepare (connection, SELECT_BATCHES " ORDER BY row DESC LIMIT "
                                        MAX_LISTED, error);
  if (statement == NULL)
    return NULL;

  if (row != 0)
    sqlite3_bind_int64 (statement, 1, row);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    g_ptr_array_add (batches, read_batch (statement));
  if (step == GUM_STEP_ERROR)
    return NULL;

  for (guint i = 0; i < batches->len; i++)
    {
      if (!count_writes (connection, g_ptr_array_index (batches, i), error) ||
          !read_only_write (connection, g_ptr_array_index (batches, i), error))
        return NULL;
    }

  return g_steal_pointer (&batches);
}

/* --- what is to be done ----------------------------------------------------------------------- */

/* Runs a statement whose parameters are numbers. */
static gboolean
run (GumConnection  *connection,
     const char     *sql,
     const gint64   *values,
     guint           n_values,
     GError        **error)
{
  sqlite3_stmt *statement = gum_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n_values; i++)
    sqlite3_bind_int64 (statement, i + 1, values[i]);

  return gum_connection_run (connection, statement, error);
}

gpointer
gum_batch_table_go (GumConnection  *connection,
                    gpointer        data,
                    GError        **error)
{
  GumBatchTarget *target = data;
  const gint64 values[] = { GUM_BATCH_RUNNING, target->batch, GUM_BATCH_ASKING, GUM_BATCH_PAUSED };

  return run (connection, "UPDATE batches SET state = ?1 WHERE (?2 = 0 OR row = ?2)"
              " AND state IN (?3, ?4)", values, G_N_ELEMENTS (values), error) ? DONE : NULL;
}

gpointer
gum_batch_table_pause (GumConnection  *connection,
                       gpointer        data,
                       GError        **error)
{
  GumBatchTarget *target = data;
  const gint64 values[] = { GUM_BATCH_PAUSED, target->batch, GUM_BATCH_ASKING, GUM_BATCH_RUNNING };

  return run (connection, "UPDATE batches SET state = ?1 WHERE (?2 = 0 OR row = ?2)"
              " AND state IN (?3, ?4)", values, G_N_ELEMENTS (values), error) ? DONE : NULL;
}

gpointer
gum_batch_table_stop (GumConnection  *connection,
                      gpointer        data,
                      GError        **error)
{
  GumBatchTarget *target = data;
  const gint64 writes[] = { GUM_WRITE_DROPPED, g_get_real_time () / G_USEC_PER_SEC, target->batch,
                            GUM_WRITE_WAITING };
  const gint64 batches[] = { GUM_BATCH_OVER, target->batch, GUM_BATCH_PLAIN };

  if (!gum_connection_begin (connection, error))
    return NULL;
  if (run (connection, "UPDATE writes SET state = ?1, ended = ?2 WHERE batch = ?3 AND state = ?4",
           writes, G_N_ELEMENTS (writes), error) &&
      run (connection, "UPDATE batches SET state = ?1 WHERE row = ?2 AND state != ?3",
           batches, G_N_ELEMENTS (batches), error) &&
      gum_connection_commit (connection, error))
    return DONE;
  gum_connection_rollback (connection);

  return NULL;
}

gpointer
gum_batch_table_retry (GumConnection  *connection,
                       gpointer        data,
                       GError        **error)
{
  GumBatchTarget *target = data;
  const gint64 writes[] = { GUM_WRITE_WAITING, target->batch, target->write, GUM_WRITE_FAILED };
  const gint64 batches[] = { GUM_BATCH_RUNNING, target->batch, GUM_BATCH_ASKING, GUM_BATCH_PAUSED };

  if (!gum_connection_begin (connection, error))
    return NULL;
  if (run (connection, "UPDATE writes SET state = ?1, ended = 0, code = -1, status = 0,"
           " message = NULL WHERE batch = ?2 AND (?3 = 0 OR row = ?3) AND state = ?4",
           writes, G_N_ELEMENTS (writes), error) &&
      /* What was told to wait goes on waiting, with the rest. */
      run (connection, "UPDATE batches SET state = ?1 WHERE row = ?2 AND state NOT IN (?3, ?4)",
           batches, G_N_ELEMENTS (batches), error) &&
      gum_connection_commit (connection, error))
    return DONE;
  gum_connection_rollback (connection);

  return NULL;
}

gpointer
gum_batch_table_send_rest (GumConnection  *connection,
                           gpointer        data,
                           GError        **error)
{
  GumBatchTarget *target = data;
  const gint64 writes[] = { GUM_WRITE_WAITING, target->batch, GUM_WRITE_DROPPED };
  const gint64 batches[] = { GUM_BATCH_RUNNING, target->batch, GUM_BATCH_OVER };

  if (!gum_connection_begin (connection, error))
    return NULL;
  if (run (connection, "UPDATE writes SET state = ?1, ended = 0 WHERE batch = ?2 AND state = ?3",
           writes, G_N_ELEMENTS (writes), error) &&
      run (connection, "UPDATE batches SET state = ?1 WHERE row = ?2 AND state = ?3",
           batches, G_N_ELEMENTS (batches), error) &&
      gum_connection_commit (connection, error))
    return DONE;
  gum_connection_rollback (connection);

  return NULL;
}

static gboolean
add_revert (GumConnection  *connection,
            GumBatchJob    *job,
            GumWriteRow    *row,
            GError        **error)
{
  g_autoptr(GumWrite) write = _gum_write_new_from_row (row);
  g_autoptr(GumWrite) revert = NULL;
  g_autoptr(GError) problem = NULL;

  if (!gum_write_can_be_reverted (write))
    return TRUE;
  if (_gum_bulk_codes_can_revert (write))
    revert = _gum_bulk_codes_new_revert (connection, write, &problem);
  else
    revert = gum_write_new_revert (write);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (revert != NULL)
    g_ptr_array_add (job->rows, _gum_write_dup_row (revert));

  return TRUE;
}

gpointer
gum_batch_table_revert (GumConnection  *connection,
                        gpointer        data,
                        GError        **error)
{
  gint64 row = *(gint64 *) data;
  g_autoptr(GPtrArray) batches = gum_batch_table_list (connection, data, error);
  g_autoptr(GPtrArray) writes = batches != NULL
                                ? gum_journal_table_list (connection, data, error) : NULL;
  GumBatchRow *batch;
  GumBatchJob *job;
  gpointer place = NULL;
  gboolean ok = TRUE;

  if (writes == NULL || batches->len == 0)
    return NULL;
  batch = g_ptr_array_index (batches, 0);
  if (batch->is_reverted)
    return NULL;

  job = gum_batch_job_new (GUM_BATCH_KIND_REVERT, batch->label, row, GUM_BATCH_RUNNING);
  for (guint i = 0; i < writes->len && ok; i++)
    ok = add_revert (connection, job, g_ptr_array_index (writes, i), error);
  if (ok && job->rows->len > 0)
    place = gum_journal_table_add (connection, job, error);
  gum_batch_job_free (job);

  return place;
}

/* --- the queue's view ------------------------------------------------------------------------- */

void
gum_batch_view_free (gpointer data)
{
  GumBatchView *view = data;

  g_array_unref (view->loads);
  g_clear_pointer (&view->sent, g_array_unref);
  g_clear_pointer (&view->next, _gum_write_row_free);
  g_free (view);
}

static gboolean
end_batches (GumConnection  *connection,
             GumBatchView   *view,
             GError        **error)
{
  const gint64 values[] = { GUM_BATCH_OVER, GUM_BATCH_ASKING, GUM_BATCH_PAUSED, GUM_WRITE_WAITING,
                            GUM_WRITE_SENDING };

  if (!run (connection, "UPDATE batches SET state = ?1 WHERE state BETWEEN ?2 AND ?3 AND NOT EXISTS"
            " (SELECT 1 FROM writes WHERE batch = batches.row AND state IN (?4, ?5))",
            values, G_N_ELEMENTS (values), error))
    return FALSE;
  view->n_ended = sqlite3_changes (gum_connection_get_handle (connection));

  return TRUE;
}

/* They come in the order of their numbers. */
static GumBatchLoad *
get_load (GumBatchView *view,
          gint64        batch,
          int           state)
{
  guint n = view->loads->len;

  if (n == 0 || g_array_index (view->loads, GumBatchLoad, n - 1).batch != batch)
    {
      GumBatchLoad load = { .batch = batch, .state = state };

      g_array_append_val (view->loads, load);
      n++;
    }

  return &g_array_index (view->loads, GumBatchLoad, n - 1);
}

/* @kind: of @n writes; NULL: there is none. */
static void
add_load (GumBatchLoad *load,
          const char   *kind,
          guint         n)
{
  load->n_waiting += n;
  if (g_strcmp0 (kind, GUM_WRITE_KIND_UPDATE) == 0)
    load->n_paced += n;
  else if (kind != NULL && _gum_record_kind_is_of_write (kind))
    load->n_listed += n;
}

static gboolean
read_loads (GumConnection  *connection,
            GumBatchView   *view,
            GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT batches.row, batches.state, writes.kind, count (writes.row)"
                            " FROM batches LEFT JOIN writes ON writes.batch = batches.row"
                            " AND writes.state = ? WHERE batches.state BETWEEN ? AND ?"
                            " GROUP BY batches.row, writes.kind ORDER BY batches.row", error);
  GumStep step;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, GUM_WRITE_WAITING);
  sqlite3_bind_int (statement, 2, GUM_BATCH_ASKING);
  sqlite3_bind_int (statement, 3, GUM_BATCH_PAUSED);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    {
      gint64 batch = sqlite3_column_int64 (statement, 0);
      int state = sqlite3_column_int (statement, 1);

      add_load (get_load (view, batch, state), (const char *) sqlite3_column_text (statement, 2),
                sqlite3_column_int (statement, 3));
    }

  return step == GUM_STEP_DONE;
}

static gboolean
read_next (GumConnection  *connection,
           GumBatchView   *view,
           GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT " GUM_JOURNAL_COLUMNS " FROM writes"
                            " WHERE batch = ? AND state = ? ORDER BY row LIMIT 1", error);
  GumStep step = GUM_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < view->loads->len && view->next == NULL && step != GUM_STEP_ERROR; i++)
    {
      GumBatchLoad *load = &g_array_index (view->loads, GumBatchLoad, i);

      if (load->state != GUM_BATCH_RUNNING || load->n_waiting == 0)
        continue;
      sqlite3_bind_int64 (statement, 1, load->batch);
      sqlite3_bind_int (statement, 2, GUM_WRITE_WAITING);
      step = gum_connection_step (connection, statement, error);
      if (step == GUM_STEP_ROW)
        view->next = gum_journal_table_read (statement);
      sqlite3_reset (statement);
    }

  return step != GUM_STEP_ERROR;
}

static gboolean
read_sent (GumConnection  *connection,
           GumBatchView   *view,
           gint64          since,
           GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT sent FROM writes WHERE sent > ? AND kind = '"
                            GUM_WRITE_KIND_UPDATE "' ORDER BY sent", error);
  GumStep step;

  if (statement == NULL)
    return FALSE;
  view->sent = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_bind_int64 (statement, 1, since);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    {
      gint64 sent = sqlite3_column_int64 (statement, 0);

      g_array_append_val (view->sent, sent);
    }

  return step == GUM_STEP_DONE;
}

gpointer
gum_batch_table_look (GumConnection  *connection,
                      gpointer        data,
                      GError        **error)
{
  gint64 since = *(gint64 *) data;
  g_autoptr(GumBatchView) view = g_new0 (GumBatchView, 1);

  view->loads = g_array_new (FALSE, FALSE, sizeof (GumBatchLoad));
  if (!end_batches (connection, view, error) || !read_loads (connection, view, error) ||
      !read_next (connection, view, error) ||
      (since != 0 && !read_sent (connection, view, since, error)))
    return NULL;

  return g_steal_pointer (&view);
}
