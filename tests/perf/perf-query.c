/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a keystroke to the changed list, beside the same statement run bare on the same file.
 *
 *   perf-query FOLDER ID RUNS   prints "floor value" in microseconds, a line a keystroke */

#include <sqlite3.h>
#include <stdlib.h>

#include "gum-http.h"
#include "gum-query.h"
#include "gum-search.h"

static const char statement[] =
  "SELECT row FROM products WHERE row IN (SELECT rowid FROM products_fts"
  " WHERE products_fts MATCH ?1) ORDER BY rank";

static const char * const keystrokes[] = { "m", "mi", "mid", "midn", "o", "oc", "b", "br", "bru" };

static guint
run_bare (sqlite3_stmt *query,
          const char   *text,
          gint64       *taken)
{
  gint64 start = g_get_monotonic_time ();
  g_autofree char *words = gum_search_question (text);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  sqlite3_bind_text (query, 1, words, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (query) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (query, 0);

      g_array_append_val (rows, row);
    }
  sqlite3_reset (query);
  *taken = g_get_monotonic_time () - start;

  return rows->len;
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gboolean   *changed)
{
  *changed = TRUE;
}

static void
wait_settled (GumQuery *query)
{
  while (gum_query_get_pending (query))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GumStore) store = NULL;
  g_autoptr(GumQuery) query = NULL;
  g_autofree char *path = NULL;
  gboolean changed = FALSE;
  sqlite3 *database;
  sqlite3_stmt *bare;

  if (argc != 4)
    return EXIT_FAILURE;

  gum_http_init_process ();
  store = gum_store_new (argv[1], argv[2], NULL, &error);
  if (store == NULL)
    g_error ("No ledger: %s", error->message);
  query = gum_query_new (store);
  gum_query_set_sort (query, GUM_SORT_NEWEST, FALSE);
  g_list_model_get_n_items (G_LIST_MODEL (query));
  wait_settled (query);
  g_signal_connect (query, "items-changed", G_CALLBACK (changed_cb), &changed);

  path = g_build_filename (argv[1], "ledger.sqlite", NULL);
  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v3 (database, statement, -1, SQLITE_PREPARE_PERSISTENT, &bare, NULL) != SQLITE_OK)
    g_error ("The floor cannot read the ledger");

  for (int run = atoi (argv[3]); run > 0; run--)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (keystrokes); i++)
        {
          gint64 floor, value, start;
          guint n_bare;

          gum_query_set_search (query, NULL);
          wait_settled (query);

          n_bare = run_bare (bare, keystrokes[i], &floor);
          changed = FALSE;
          start = g_get_monotonic_time ();
          gum_query_set_search (query, keystrokes[i]);
          while (!changed)
            g_main_context_iteration (NULL, TRUE);
          value = g_get_monotonic_time () - start;
          wait_settled (query);
          if (g_list_model_get_n_items (G_LIST_MODEL (query)) != n_bare)
            g_error ("“%s”: the floor is another question", keystrokes[i]);
          g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", floor, value);
        }
    }

  sqlite3_finalize (bare);
  sqlite3_close (database);
  gum_store_close (store);

  return EXIT_SUCCESS;
}
