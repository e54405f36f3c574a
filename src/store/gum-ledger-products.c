/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of products: pages of the list and full records go in, what changed comes out.
 *
 * Gumroad's list is ordered by a time that it never tells, so the order itself is kept: each row
 * has a rank, and a product that turns up between two known ones gets a rank between theirs.
 * Nothing else moves. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-products.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-ledger-rows.h"
#include "gum-merge.h"

#include <math.h>
#include <string.h>

#define RANK_STEP 1024.0
/* New products go this far above the known ones, so that further pages of new ones fit between. */
#define RANK_JUMP (1024.0 * 1024.0 * 1024.0)
#define RESUME_SECONDS (60 * 60)
/* How long pages that come one after the other go into the same transaction, and how long the next one
 * may take to come. */
#define TRANSACTION_MICROSECONDS (40 * 1000)
#define LINGER_MICROSECONDS (4 * 1000)

GumPageJob *
gum_page_job_new (GumPage *page)
{
  GumPageJob *job = g_new0 (GumPageJob, 1);

  job->page = page;

  return job;
}

void
gum_page_job_free (gpointer data)
{
  GumPageJob *job = data;

  g_clear_pointer (&job->page, gum_page_free);
  g_free (job);
}

static gboolean
mark_seen (GumConnection  *connection,
           gint64          row,
           GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "INSERT OR IGNORE INTO seen VALUES (?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);

  return gum_connection_run (connection, statement, error);
}

/* --- places ----------------------------------------------------------------------------------- */

/* The rank below @above; infinity where there is none. */
static gboolean
find_rank_below (GumConnection  *connection,
                 double          above,
                 double         *below,
                 GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "SELECT min (rank) FROM products WHERE rank > ?", error);
  GumStep step;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_double (statement, 1, above);
  *below = INFINITY;
  step = gum_connection_step (connection, statement, error);
  if (step == GUM_STEP_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    *below = sqlite3_column_double (statement, 0);
  sqlite3_reset (statement);

  return step != GUM_STEP_ERROR;
}

/* Two neighbours have come so close that nothing fits between: everything from @from on moves
 * down. */
static gboolean
make_room (GumConnection   *connection,
           GumLedgerEntry  *entries,
           guint            n_entries,
           double           from,
           GError         **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "UPDATE products SET rank = rank + ? WHERE rank >= ?",
                            error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_double (statement, 1, RANK_JUMP);
  sqlite3_bind_double (statement, 2, from);
  for (guint i = 0; i < n_entries; i++)
    {
      if (entries[i].row != 0 && entries[i].rank >= from)
        entries[i].rank += RANK_JUMP;
    }

  return gum_connection_run (connection, statement, error);
}

/* Gives ranks to @n_entries neighbours, between @above (minus infinity: the top) and what is
 * below. */
static gboolean
place_run (GumConnection   *connection,
           GumLedgerEntry  *entries,
           guint            n_entries,
           GumLedgerEntry  *rest,
           guint            n_rest,
           double           above,
           GError         **error)
{
  double below, step = RANK_STEP;

  if (!find_rank_below (connection, above, &below, error))
    return FALSE;

  if (isinf (above))
    above = isinf (below) ? 0 : below - RANK_JUMP;
  else if (!isinf (below))
    {
      step = MIN (RANK_STEP, (below - above) / (n_entries + 1));
      if (above + step <= above || above + step * n_entries >= below ||
          above + step * (n_entries - 1) >= above + step * n_entries)
        {
          if (!make_room (connection, rest, n_rest, below, error))
            return FALSE;
          step = RANK_STEP;
        }
    }

  for (guint i = 0; i < n_entries; i++)
    entries[i].rank = above + step * (i + 1);

  return TRUE;
}

/* @above is the rank of the record before the first one, and becomes that of the last one. */
static gboolean
place_entries (GumConnection  *connection,
               GArray         *entries,
               double         *above,
               GError        **error)
{
  GumLedgerEntry *all = (GumLedgerEntry *) entries->data;

  for (guint i = 0; i < entries->len; i++)
    {
      guint n_run = 0;

      if (all[i].was_seen)
        {
          *above = MAX (*above, all[i].rank);
          continue;
        }
      if (all[i].row != 0 && all[i].rank > *above)
        {
          *above = all[i].rank;
          continue;
        }

      while (i + n_run < entries->len && !all[i + n_run].was_seen &&
             (all[i + n_run].row == 0 || all[i + n_run].rank <= *above))
        all[i + n_run++].needs_place = TRUE;
      if (!place_run (connection, &all[i], n_run, &all[i + n_run], entries->len - i - n_run, *above,
                      error))
        return FALSE;
      i += n_run - 1;
      *above = all[i].rank;
    }

  return TRUE;
}

/* --- jobs ------------------------------------------------------------------------------------- */

static double
get_rank_fact (GumConnection *connection)
{
  g_autofree char *text = gum_connection_dup_fact (connection, "sync-rank");

  return text != NULL ? g_ascii_strtod (text, NULL) : -INFINITY;
}

static gboolean
set_state (GumConnection  *connection,
           const char     *page_key,
           double          rank,
           GError        **error)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_ascii_dtostr (text, sizeof text, rank);

  return gum_connection_set_fact (connection, "sync-key", page_key, error) &&
         gum_connection_set_fact (connection, "sync-rank", page_key != NULL ? text : NULL, error) &&
         gum_connection_set_fact_int (connection, "sync-at", now, error);
}

static gboolean
forget_pass (GumConnection  *connection,
             GError        **error)
{
  return gum_connection_exec (connection, "DELETE FROM seen", error) &&
         set_state (connection, NULL, 0, error);
}

/* The page at which a pass that was cut short goes on; NULL: from the top. */
char *
gum_ledger_products_dup_resume_key (GumConnection *connection)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 age = now - gum_connection_get_fact_int (connection, "sync-at");

  if (age < 0 || age >= RESUME_SECONDS)
    return NULL;

  return gum_connection_dup_fact (connection, "sync-key");
}

/* A row of the list has no files; one that had some would have them without signatures. */
static gboolean
read_record (GumLedgerEntry  *entry,
             GumLedgerRecord *record)
{
  g_autoptr(JsonObject) whole = NULL;

  if (entry->found != NULL)
    *record = *entry->found;
  else if (!gum_ledger_read_record (entry->text, entry->length, record))
    return FALSE;
  if (record->members[GUM_LEDGER_FILES].start == NULL)
    return TRUE;

  whole = gum_json_from_text (entry->text, entry->length);
  if (whole == NULL)
    return FALSE;
  gum_merge_drop_signatures (whole);
  gum_ledger_entry_take_text (entry, gum_json_to_text (whole));

  return gum_ledger_read_record (entry->text, entry->length, record);
}

static gboolean
take_entries (GumConnection  *connection,
              GArray         *entries,
              GumChanges     *changes,
              GError        **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      GumLedgerEntry *entry = &g_array_index (entries, GumLedgerEntry, i);
      GumLedgerRecord record;
      gboolean ok = TRUE;

      if (entry->row != 0 && !entry->needs_place && entry->checksum == entry->known_checksum)
        ok = TRUE;
      else if (!read_record (entry, &record))
        {
          changes->n_bad++;
          continue;
        }
      else if (entry->row == 0)
        ok = gum_ledger_entry_insert (connection, entry, &record, FALSE, changes, error);
      else
        ok = gum_ledger_entry_replace (connection, entry, &record, FALSE, changes, error);
      if (!ok || (!entry->was_seen && !mark_seen (connection, entry->row, error)))
        return FALSE;
    }

  return TRUE;
}

static GArray *
read_entries (GumConnection  *connection,
              GumPage        *page,
              GumChanges     *changes,
              GError        **error)
{
  g_autoptr(GArray) entries = g_array_sized_new (FALSE, TRUE, sizeof (GumLedgerEntry), page->items->len);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_array_set_clear_func (entries, gum_ledger_entry_clear);
  for (guint i = 0; i < page->items->len; i++)
    {
      GumLedgerEntry entry = { .id = g_ptr_array_index (page->ids, i) };

      if (!g_hash_table_add (ids, (gpointer) entry.id))
        {
          changes->n_bad++;
          continue;
        }
      if (!gum_ledger_entry_look_up (connection, &entry, error))
        return NULL;
      entry.text = g_bytes_get_data (g_ptr_array_index (page->items, i), &entry.length);
      if (page->found != NULL)
        entry.found = (const GumLedgerRecord *) page->found->data + i;
      entry.checksum = gum_merge_checksum (entry.text, entry.length);
      g_array_append_val (entries, entry);
    }
  changes->n_items += entries->len;

  return g_steal_pointer (&entries);
}

/* @above: the rank of the last record before this page, and then of its last one. */
static gboolean
take_page (GumConnection  *connection,
           GumPageJob     *job,
           double         *above,
           GumChanges     *changes,
           GError        **error)
{
  g_autoptr(GArray) entries = NULL;

  if (job->is_first && !job->keeps_key && !forget_pass (connection, error))
    return FALSE;
  if (job->is_first)
    *above = -INFINITY;

  entries = read_entries (connection, job->page, changes, error);

  return entries != NULL &&
         place_entries (connection, entries, above, error) &&
         take_entries (connection, entries, changes, error);
}

static gpointer
commit_changes (GumConnection  *connection,
                GumChanges     *changes,
                gboolean        ok,
                GError        **error)
{
  if (ok && gum_connection_commit (connection, error))
    return changes;

  gum_connection_rollback (connection);
  gum_changes_free (changes);

  return NULL;
}

/* Every transaction writes anew each page of the file that it touches, and all indexes have a place in
 * each of them: so what comes quickly is written together. All that is taken from the queue, or
 * nothing. */
gpointer
gum_ledger_products_take_pages (GumConnection  *connection,
                                gpointer        data,
                                GError        **error)
{
  GAsyncQueue *pages = data;
  g_autofree char *next_key = NULL;
  gboolean has_next_key = FALSE;
  double above;
  gint64 end = g_get_monotonic_time () + TRANSACTION_MICROSECONDS;
  gboolean goes_on = TRUE;
  gboolean ok = TRUE;
  GumChanges *changes;

  if (!gum_connection_begin (connection, error))
    return NULL;

  changes = gum_changes_new ();
  above = get_rank_fact (connection);
  while (ok && goes_on && g_get_monotonic_time () < end)
    {
      GumPageJob *job = g_async_queue_timeout_pop (pages, LINGER_MICROSECONDS);

      if (job == NULL)
        break;
      changes->n_bad += job->page->n_bad;
      ok = take_page (connection, job, &above, changes, error);
      if (!job->keeps_key)
        {
          g_free (next_key);
          next_key = g_strdup (job->page->next_page_key);
          has_next_key = TRUE;
        }
      goes_on = !job->ends_write;
      gum_page_job_free (job);
    }

  if (ok && has_next_key)
    ok = set_state (connection, next_key, above, error);

  return commit_changes (connection, changes, ok, error);
}

static gboolean
delete_unseen (GumConnection  *connection,
               GumChanges     *changes,
               GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "SELECT row, id FROM products WHERE row NOT IN (SELECT row FROM seen)",
                            error);
  GumStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = gum_connection_step (connection, statement, error)) == GUM_STEP_ROW)
    gum_changes_add (changes, GUM_CHANGE_DELETED, sqlite3_column_int64 (statement, 0),
                     (const char *) sqlite3_column_text (statement, 1));
  if (step == GUM_STEP_ERROR)
    return FALSE;

  for (guint i = 0; i < changes->changes->len; i++)
    {
      if (!gum_ledger_row_delete (connection, g_array_index (changes->changes, GumChange, i).row, error))
        return FALSE;
    }

  return TRUE;
}

/* The whole list was read: what it did not have is gone. */
gpointer
gum_ledger_products_end_pass (GumConnection  *connection,
                              gpointer        data,
                              GError        **error)
{
  GumChanges *changes;
  gboolean ok;

  if (!gum_connection_begin (connection, error))
    return NULL;

  changes = gum_changes_new ();
  ok = delete_unseen (connection, changes, error) &&
       forget_pass (connection, error) &&
       gum_connection_set_fact_int (connection, "last-synced", g_get_real_time () / G_USEC_PER_SEC,
                                    error);

  return commit_changes (connection, changes, ok, error);
}

static gboolean
take_full (GumConnection  *connection,
           JsonObject     *object,
           GumChanges     *changes,
           GError        **error)
{
  g_autofree char *text = gum_json_to_text (object);
  GumLedgerEntry entry = { .id = gum_json_get_string (object, "id"), .text = text, .length = strlen (text) };
  GumLedgerRecord record;

  if (entry.id == NULL || !gum_ledger_read_record (text, entry.length, &record))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL, "The record has no id");
      return FALSE;
    }
  if (!gum_ledger_entry_look_up (connection, &entry, error))
    return FALSE;

  changes->n_items = 1;
  entry.checksum = entry.known_checksum;
  if (entry.row != 0)
    return gum_ledger_entry_replace (connection, &entry, &record, TRUE, changes, error);

  /* A product that the list has not told of is new. A pass that is past the top must not take it
   * for deleted. */
  return place_run (connection, &entry, 1, NULL, 0, -INFINITY, error) &&
         gum_ledger_entry_insert (connection, &entry, &record, TRUE, changes, error) &&
         mark_seen (connection, entry.row, error);
}

/* @data: the whole record. */
gpointer
gum_ledger_products_take_full (GumConnection  *connection,
                               gpointer        data,
                               GError        **error)
{
  GumChanges *changes;

  if (!gum_connection_begin (connection, error))
    return NULL;

  gum_merge_drop_signatures (data);
  changes = gum_changes_new ();

  return commit_changes (connection, changes, take_full (connection, data, changes, error), error);
}

/* @data: GBytes: the whole record as text. */
gpointer
gum_ledger_products_take_text (GumConnection  *connection,
                               gpointer        data,
                               GError        **error)
{
  g_autoptr(JsonNode) node = gum_json_parse_object (data, error);

  return node != NULL
         ? gum_ledger_products_take_full (connection, json_node_get_object (node), error) : NULL;
}

/* @data: the id of a product that Gumroad no longer has. */
gpointer
gum_ledger_products_remove (GumConnection  *connection,
                            gpointer        data,
                            GError        **error)
{
  GumLedgerEntry entry = { .id = data };
  GumChanges *changes;
  gboolean ok;

  if (!gum_connection_begin (connection, error))
    return NULL;

  changes = gum_changes_new ();
  ok = gum_ledger_entry_look_up (connection, &entry, error);
  if (ok && entry.row != 0)
    {
      ok = gum_ledger_row_delete (connection, entry.row, error);
      gum_changes_add (changes, GUM_CHANGE_DELETED, entry.row, entry.id);
    }

  return commit_changes (connection, changes, ok, error);
}
