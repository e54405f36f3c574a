/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Old → new for many products: the records are read from the ledger one after the other, and each becomes a
 * row, or is counted. A job of the ledger's workers. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-change-compute.h"

#include "gum-bulk-codes.h"
#include "gum-change-row-private.h"

GumChangeQuestion *
gum_change_question_new (GumBulk *bulk,
                         GArray  *rows)
{
  GumChangeQuestion *question = g_new0 (GumChangeQuestion, 1);

  question->bulk = gum_bulk_ref (bulk);
  question->rows = g_array_ref (rows);

  return question;
}

void
gum_change_question_free (gpointer data)
{
  GumChangeQuestion *question = data;

  gum_bulk_unref (question->bulk);
  g_array_unref (question->rows);
  g_free (question);
}

void
gum_change_answer_free (gpointer data)
{
  GumChangeAnswer *answer = data;

  g_clear_pointer (&answer->rows, g_ptr_array_unref);
  g_free (answer);
}

static void
take_record (GumChangeAnswer *answer,
             GPtrArray       *refused,
             GumBulk         *bulk,
             GHashTable      *codes,
             sqlite3_stmt    *statement)
{
  const char *id = (const char *) sqlite3_column_text (statement, 0);
  const char *json = (const char *) sqlite3_column_text (statement, 1);
  g_autoptr(GBytes) record = g_bytes_new_static (json, sqlite3_column_bytes (statement, 1));
  GumOfferCode *code = codes != NULL ? g_hash_table_lookup (codes, id) : NULL;
  GumChangeRow *row;

  if (code == NULL && codes != NULL)
    code = g_hash_table_lookup (codes, "");
  row = _gum_change_row_new (bulk, id, record, code);

  if (row == NULL)
    answer->n_unchanged++;
  else
    g_ptr_array_add (gum_change_row_get_refusal (row) == GUM_REFUSAL_NONE ? answer->rows : refused,
                     row);
}

/* A product that is gone by now is left out without a word. */
gpointer
gum_change_compute (GumConnection  *connection,
                    gpointer        data,
                    GError        **error)
{
  GumChangeQuestion *question = data;
  g_autoptr(GumChangeAnswer) answer = g_new0 (GumChangeAnswer, 1);
  g_autoptr(GPtrArray) refused = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) codes = NULL;

  if (gum_bulk_is_code (question->bulk))
    {
      codes = _gum_bulk_codes_find (connection, gum_bulk_get_value (question->bulk), error);
      if (codes == NULL)
        return NULL;
    }
  answer->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < question->rows->len; i++)
    {
      sqlite3_stmt *statement =
        gum_connection_prepare (connection, "SELECT id, json FROM products WHERE row = ?", error);
      GumStep step;

      if (statement == NULL)
        return NULL;
      sqlite3_bind_int64 (statement, 1, g_array_index (question->rows, gint64, i));
      step = gum_connection_step (connection, statement, error);
      if (step == GUM_STEP_ROW)
        take_record (answer, refused, question->bulk, codes, statement);
      sqlite3_reset (statement);
      if (step == GUM_STEP_ERROR)
        return NULL;
    }
  answer->n_refused = refused->len;
  g_ptr_array_extend_and_steal (answer->rows, g_steal_pointer (&refused));

  return g_steal_pointer (&answer);
}
