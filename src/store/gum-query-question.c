/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list of products asks of the ledger, as SQL, and what it is answered. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-query-question.h"

#include "gum-query-diff.h"
#include "gum-search.h"

static const char *
get_order (GumSort  sort,
           gboolean descending)
{
  switch (sort)
    {
    case GUM_SORT_NAME:
      return descending ? "sort_name DESC, rank" : "sort_name, rank";
    case GUM_SORT_PRICE:
      return descending ? "price DESC, rank" : "price, rank";
    case GUM_SORT_SALES:
      return descending ? "sales DESC, rank" : "sales, rank";
    case GUM_SORT_REVENUE:
      return descending ? "revenue DESC, rank" : "revenue, rank";
    case GUM_SORT_STATE:
      return descending ? "published DESC, rank" : "published, rank";
    case GUM_SORT_NEWEST:
    default:
      return descending ? "rank DESC" : "rank";
    }
}

static GArray *
select_rows (GumConnection  *connection,
             const char     *sql,
             const char     *words,
             GError        **error)
{
  sqlite3_stmt *statement = gum_connection_prepare (connection, sql, error);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GumStep step;

  if (statement == NULL)
    return NULL;

  if (words != NULL)
    gum_connection_bind_text (statement, 1, words);
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  sqlite3_clear_bindings (statement);

  return step == GUM_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* The rows of @first come first; both parts keep their order. */
static GArray *
put_first (GArray *rows,
           GArray *first)
{
  g_autoptr(GHashTable) is_first = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *result = g_array_sized_new (FALSE, FALSE, sizeof (gint64), rows->len);

  for (guint i = 0; i < first->len; i++)
    g_hash_table_add (is_first, &g_array_index (first, gint64, i));
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < rows->len; i++)
        {
          gint64 *row = &g_array_index (rows, gint64, i);

          if (g_hash_table_contains (is_first, row) == (pass == 0))
            g_array_append_vals (result, row, 1);
        }
    }

  return result;
}

/**
 * gum_query_question_new:
 * @search: (nullable): what a person typed
 * @state: of which state
 * @kind: of which kind
 * @sort: by what
 * @descending: whether the other way round
 * @names_first: whether those whose name is matched come before the others
 * @max_rows: so many rows are enough, if that makes it quicker; 0: all
 *
 * Returns: (transfer full): a question
 */
GumQueryQuestion *
gum_query_question_new (const char     *search,
                        GumFilterState  state,
                        GumFilterKind   kind,
                        GumSort         sort,
                        gboolean        descending,
                        gboolean        names_first,
                        guint           max_rows)
{
  GumQueryQuestion *self = g_new0 (GumQueryQuestion, 1);
  g_autoptr(GString) sql = g_string_new ("SELECT row FROM products");
  const char *glue = " WHERE";

  self->words = gum_search_question (search);
  if (self->words != NULL && names_first)
    self->name_words = g_strdup_printf ("{name} : (%s)", self->words);

  if (self->words != NULL)
    {
      g_string_append_printf (sql, "%s row IN (SELECT rowid FROM products_fts"
                                   " WHERE products_fts MATCH ?1)", glue);
      glue = " AND";
    }
  if (state != GUM_FILTER_STATE_ALL)
    {
      g_string_append_printf (sql, "%s published = %d", glue, state == GUM_FILTER_STATE_PUBLISHED);
      glue = " AND";
    }
  if (kind != GUM_FILTER_KIND_ALL)
    g_string_append_printf (sql, "%s kind = %d", glue, (int) kind - GUM_FILTER_KIND_PRODUCT);

  g_string_append (sql, " ORDER BY ");
  g_string_append (sql, get_order (sort, descending));
  /* Which ones come first is known only when all are there. */
  if (max_rows > 0 && self->name_words == NULL)
    g_string_append_printf (sql, " LIMIT %u", max_rows);
  self->sql = g_strdup (sql->str);

  return self;
}

void
gum_query_question_free (gpointer question)
{
  GumQueryQuestion *self = question;

  g_free (self->words);
  g_free (self->name_words);
  g_free (self->sql);
  g_clear_pointer (&self->before, g_array_unref);
  g_free (self);
}

void
gum_query_answer_free (gpointer answer)
{
  GumQueryAnswer *self = answer;

  g_array_unref (self->rows);
  g_clear_pointer (&self->edits, g_array_unref);
  g_free (self);
}

/**
 * gum_query_question_ask:
 * @self: a question
 * @connection: where
 * @error: return location for an error
 *
 * Returns: (transfer full): the numbers of the rows, as gint64
 */
GArray *
gum_query_question_ask (GumQueryQuestion  *self,
                        GumConnection     *connection,
                        GError           **error)
{
  g_autoptr(GArray) named = NULL;
  /* There are few different questions, and what is typed is not part of them. */
  g_autoptr(GArray) rows = select_rows (connection, g_intern_string (self->sql), self->words, error);

  if (rows == NULL || self->name_words == NULL)
    return g_steal_pointer (&rows);

  named = select_rows (connection, "SELECT rowid FROM products_fts WHERE products_fts MATCH ?",
                       self->name_words, error);

  return named != NULL ? put_first (rows, named) : NULL;
}

/**
 * gum_query_question_answer: (skip)
 * @connection: where
 * @question: a #GumQueryQuestion with @before and @max_edits
 * @error: return location for an error
 *
 * A #GumLedgerFunc.
 *
 * Returns: (transfer full): a #GumQueryAnswer
 */
gpointer
gum_query_question_answer (GumConnection  *connection,
                           gpointer        question,
                           GError        **error)
{
  GumQueryQuestion *self = question;
  GumQueryAnswer *answer;
  GArray *rows = gum_query_question_ask (self, connection, error);

  if (rows == NULL)
    return NULL;

  answer = g_new0 (GumQueryAnswer, 1);
  answer->rows = rows;
  answer->edits = gum_query_diff ((gint64 *) self->before->data, self->before->len,
                                  (gint64 *) rows->data, rows->len, self->max_edits);

  return answer;
}
