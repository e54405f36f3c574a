/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From "10 % more, to .99" for every product to the change set, beside the bare SQL that reads the same
 * records from the same file.
 *
 *   perf-change-set FOLDER ID RUNS   prints "floor value stall" in microseconds, a line a run; a stall is
 *   the longest that the main loop did anything at all */

#include <sqlite3.h>
#include <stdlib.h>

#include "gum-change-set.h"
#include "gum-http.h"
#include "gum-query.h"

#define MAX_ROWS 5000

static gint64
run_bare (sqlite3_stmt *statement,
          GArray       *rows)
{
  gint64 start = g_get_monotonic_time ();
  volatile gsize length = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, g_array_index (rows, gint64, i));
      if (sqlite3_step (statement) != SQLITE_ROW)
        g_error ("The floor misses a row");
      sqlite3_column_text (statement, 0);
      sqlite3_column_text (statement, 1);
      length = length + sqlite3_column_bytes (statement, 1);
      sqlite3_reset (statement);
    }

  return g_get_monotonic_time () - start;
}

static gint64 busy;
static gint64 woken;

/* What is done between two polls is what keeps a frame waiting. */
static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int result;

  busy = MAX (busy, g_get_monotonic_time () - woken);
  result = g_poll (fds, n_fds, timeout);
  woken = g_get_monotonic_time ();

  return result;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GumQuery) query = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *path = NULL;
  sqlite3 *database;
  sqlite3_stmt *bare;

  if (argc != 4)
    return EXIT_FAILURE;

  gum_http_init_process ();
  store = gum_store_new (argv[1], argv[2], NULL, &error);
  if (store == NULL)
    g_error ("No ledger: %s", error->message);
  query = gum_query_new (store);
  while (gum_query_get_pending (query))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < MAX_ROWS && gum_query_get_row (query, i) != 0; i++)
    {
      gint64 row = gum_query_get_row (query, i);

      g_array_append_val (rows, row);
    }

  path = g_build_filename (argv[1], "ledger.sqlite", NULL);
  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v3 (database, "SELECT id, json FROM products WHERE row = ?", -1,
                          SQLITE_PREPARE_PERSISTENT, &bare, NULL) != SQLITE_OK)
    g_error ("The floor cannot read the ledger");
  g_main_context_set_poll_func (NULL, poll_cb);

  for (int run = atoi (argv[3]); run > 0; run--)
    {
      gint64 floor = run_bare (bare, rows);
      g_autoptr(GumBulk) bulk = gum_bulk_new_price (GUM_BULK_PRICE_PERCENT, 1000, NULL,
                                                    GUM_ROUND_99);
      g_autoptr(GumChangeSet) set = NULL;
      gint64 start;

      busy = 0;
      start = woken = g_get_monotonic_time ();
      set = gum_change_set_new (store, bulk, rows);
      while (gum_change_set_get_pending (set))
        g_main_context_iteration (NULL, TRUE);
      g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", floor,
               g_get_monotonic_time () - start, busy);
    }

  sqlite3_finalize (bare);
  sqlite3_close (database);
  gum_store_close (store);

  return EXIT_SUCCESS;
}
