/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types into the search field. Folding is stable, and FTS5 never finds a syntax error in
 * the question. */

#include "config.h"

#include "fuzz.h"

#include <sqlite3.h>

#include "gum-search.h"

static void
ask (const char *question)
{
  static sqlite3 *database;
  static sqlite3_stmt *statement;

  if (database == NULL)
    {
      g_assert_cmpint (sqlite3_open (":memory:", &database), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (database,
                                     "CREATE VIRTUAL TABLE t USING fts5 (name);"
                                     "INSERT INTO t VALUES ('some words'), ('and more');",
                                     NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT rowid FROM t WHERE t MATCH ?", -1,
                                           &statement, NULL), ==, SQLITE_OK);
    }

  sqlite3_bind_text (statement, 1, question, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), !=, SQLITE_ERROR);
  sqlite3_reset (statement);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *typed = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_autofree char *folded = gum_search_fold (valid, -1);
  g_autofree char *key = gum_search_sort_key (valid);
  g_autofree char *html = gum_search_fold_html (typed);
  g_autofree char *question = gum_search_question (typed);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_true (g_utf8_validate (key, -1, NULL));
  g_assert_nonnull (html);
  if (question != NULL)
    {
      g_assert_true (g_utf8_validate (question, -1, NULL));
      ask (question);
    }

  return 0;
}
