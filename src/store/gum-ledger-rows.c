/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the table of products. Which rows, and where they stand in Gumroad's order, is the matter of
 * gum-ledger-products.c. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-rows.h"

#include "gum-json.h"
#include "gum-merge.h"

#include <string.h>

void
gum_ledger_entry_clear (gpointer data)
{
  GumLedgerEntry *entry = data;

  g_clear_pointer (&entry->own_text, g_free);
}

/* Takes @text. */
void
gum_ledger_entry_take_text (GumLedgerEntry *entry,
                            char           *text)
{
  g_free (entry->own_text);
  entry->own_text = text;
  entry->text = text;
  entry->length = strlen (text);
}

gboolean
gum_ledger_entry_look_up (GumConnection   *connection,
                          GumLedgerEntry  *entry,
                          GError         **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "SELECT row, rank, slim_sum, is_full,"
                            "  EXISTS (SELECT 1 FROM seen WHERE seen.row = products.row)"
                            " FROM products WHERE id = ?", error);
  GumStep step;

  if (statement == NULL)
    return FALSE;

  gum_connection_bind_text (statement, 1, entry->id);
  step = gum_connection_step (connection, statement, error);
  if (step == GUM_STEP_ROW)
    {
      entry->row = sqlite3_column_int64 (statement, 0);
      entry->rank = sqlite3_column_double (statement, 1);
      entry->known_checksum = sqlite3_column_int64 (statement, 2);
      entry->is_full = sqlite3_column_int (statement, 3);
      entry->was_seen = sqlite3_column_int (statement, 4);
    }
  sqlite3_reset (statement);

  return step != GUM_STEP_ERROR;
}

/* NULL without an error: there is nothing. */
static char *
load_known (GumConnection  *connection,
            gint64          row,
            GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT json FROM products WHERE row = ?", error);
  char *text = NULL;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_int64 (statement, 1, row);
  if (gum_connection_step (connection, statement, error) == GUM_STEP_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);

  return text;
}

gboolean
gum_ledger_entry_insert (GumConnection          *connection,
                         GumLedgerEntry         *entry,
                         const GumLedgerRecord  *record,
                         gboolean                is_full,
                         GumChanges             *changes,
                         GError                **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "INSERT INTO products (price, sales, revenue, published, kind,"
                            "  sort_name, rank, slim_sum, is_full, json, id)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  gum_ledger_bind_facts (statement, record);
  sqlite3_bind_double (statement, GUM_LEDGER_N_FACTS + 1, entry->rank);
  sqlite3_bind_int64 (statement, GUM_LEDGER_N_FACTS + 2, entry->checksum);
  sqlite3_bind_int (statement, GUM_LEDGER_N_FACTS + 3, is_full);
  sqlite3_bind_text (statement, GUM_LEDGER_N_FACTS + 4, entry->text, entry->length, SQLITE_STATIC);
  gum_connection_bind_text (statement, GUM_LEDGER_N_FACTS + 5, entry->id);
  if (!gum_connection_run (connection, statement, error))
    return FALSE;

  entry->row = sqlite3_last_insert_rowid (gum_connection_get_handle (connection));
  gum_changes_add (changes, GUM_CHANGE_ADDED, entry->row, entry->id);

  return gum_ledger_set_words (connection, entry->row, record, TRUE, error);
}

static gboolean
update_row (GumConnection          *connection,
            GumLedgerEntry         *entry,
            const GumLedgerRecord  *record,
            gboolean                is_full,
            GError                **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "UPDATE products SET price = ?, sales = ?, revenue = ?, published = ?,"
                            "  kind = ?, sort_name = ?, rank = ?, slim_sum = ?, is_full = ?,"
                            "  json = ? WHERE row = ?", error);

  if (statement == NULL)
    return FALSE;

  gum_ledger_bind_facts (statement, record);
  sqlite3_bind_double (statement, GUM_LEDGER_N_FACTS + 1, entry->rank);
  sqlite3_bind_int64 (statement, GUM_LEDGER_N_FACTS + 2, entry->checksum);
  sqlite3_bind_int (statement, GUM_LEDGER_N_FACTS + 3, is_full);
  sqlite3_bind_text (statement, GUM_LEDGER_N_FACTS + 4, entry->text, entry->length, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, GUM_LEDGER_N_FACTS + 5, entry->row);

  return gum_connection_run (connection, statement, error);
}

/* More is known than the row of the list says: it goes into that. What cannot be read is not worth
 * keeping. */
static void
merge_into (GumLedgerEntry *entry,
            const char     *known_text)
{
  g_autoptr(JsonObject) known = gum_json_from_text (known_text, -1);
  g_autoptr(JsonObject) slim = known != NULL ? gum_json_from_text (entry->text, entry->length) : NULL;
  g_autoptr(JsonObject) merged = slim != NULL ? gum_merge_product (known, slim) : NULL;

  if (merged != NULL)
    gum_ledger_entry_take_text (entry, gum_json_to_text (merged));
}

/* The record replaces what is known. */
gboolean
gum_ledger_entry_replace (GumConnection          *connection,
                          GumLedgerEntry         *entry,
                          const GumLedgerRecord  *given,
                          gboolean                is_full,
                          GumChanges             *changes,
                          GError                **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char *known_text = load_known (connection, entry->row, &failure);
  GumLedgerRecord record = *given;
  GumLedgerRecord known;
  gboolean is_same;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (known_text != NULL && entry->is_full && !is_full)
    {
      merge_into (entry, known_text);
      gum_ledger_read_record (entry->text, entry->length, &record);
    }

  is_same = known_text != NULL && strlen (known_text) == entry->length &&
            memcmp (known_text, entry->text, entry->length) == 0;
  if (is_same && !entry->needs_place && entry->checksum == entry->known_checksum &&
      entry->is_full >= is_full)
    return TRUE;
  if (!update_row (connection, entry, &record, is_full || entry->is_full, error))
    return FALSE;
  if (!is_same || entry->needs_place)
    gum_changes_add (changes, GUM_CHANGE_UPDATED, entry->row, entry->id);

  return (known_text != NULL && gum_ledger_read_record (known_text, strlen (known_text), &known) &&
          gum_ledger_same_words (&known, &record)) ||
         gum_ledger_set_words (connection, entry->row, &record, FALSE, error);
}

gboolean
gum_ledger_row_delete (GumConnection  *connection,
                       gint64          row,
                       GError        **error)
{
  static const char * const deletes[] = {
    "DELETE FROM products_fts WHERE rowid = ?",
    "DELETE FROM seen WHERE row = ?",
    "DELETE FROM products WHERE row = ?",
  };

  for (guint i = 0; i < G_N_ELEMENTS (deletes); i++)
    {
      sqlite3_stmt *statement = gum_connection_prepare (connection, deletes[i], error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, row);
      if (!gum_connection_run (connection, statement, error))
        return FALSE;
    }

  return TRUE;
}
