/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How one list of rows becomes another, in few edits that leave alone whatever keeps its order: a
 * list view then keeps its place, its selection and its focus. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-query-diff.h"

static void
add_edit (GArray *edits,
          guint   position,
          guint   removed,
          guint   added,
          guint   first)
{
  GumQueryEdit edit = { position, removed, added, first };

  if (removed > 0 || added > 0)
    g_array_append_val (edits, edit);
}

/* For each row of @after, where it stood in @before, or -1. */
static int *
find_places (const gint64 *before,
             guint         n_before,
             const gint64 *after,
             guint         n_after)
{
  g_autoptr(GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  int *result = g_new (int, n_after + 1);

  for (guint i = 0; i < n_before; i++)
    g_hash_table_insert (places, (gpointer) &before[i], GINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n_after; i++)
    result[i] = GPOINTER_TO_INT (g_hash_table_lookup (places, &after[i])) - 1;

  return result;
}

/* Leaves in @places only the longest run of rows that kept their order; the others become -1.
 * Patience sorting: tails[k] is the place in @after that ends the best run of length k + 1. */
static void
keep_longest_run (int   *places,
                  guint  n_places)
{
  g_autofree int *tails = g_new (int, n_places + 1);
  g_autofree int *previous = g_new (int, n_places + 1);
  guint n_tails = 0;
  int kept;

  for (guint i = 0; i < n_places; i++)
    {
      guint low = 0, high = n_tails;

      if (places[i] < 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (places[tails[middle]] < places[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? tails[low - 1] : -1;
      tails[low] = i;
      n_tails = MAX (n_tails, low + 1);
    }

  kept = n_tails > 0 ? tails[n_tails - 1] : -1;
  for (int i = n_places - 1; i >= 0; i--)
    {
      if (i == kept)
        kept = previous[i];
      else
        places[i] = -1;
    }
}

/* Edits, to be made one after the other from the last one to the first, so that the positions of
 * those still to come stay right. One edit for everything if it would take more than @max_edits. */
GArray *
gum_query_diff (const gint64 *before,
                guint         n_before,
                const gint64 *after,
                guint         n_after,
                guint         max_edits)
{
  g_autoptr(GArray) edits = g_array_new (FALSE, FALSE, sizeof (GumQueryEdit));
  g_autofree int *places = NULL;
  guint start = 0, end = 0;
  guint old_at = 0, new_at = 0;

  while (start < n_before && start < n_after && before[start] == after[start])
    start++;
  while (end < n_before - start && end < n_after - start &&
         before[n_before - 1 - end] == after[n_after - 1 - end])
    end++;
  n_before -= start + end;
  n_after -= start + end;

  if (n_before == 0 || n_after == 0 || max_edits <= 1)
    {
      add_edit (edits, start, n_before, n_after, start);
      return g_steal_pointer (&edits);
    }

  places = find_places (before + start, n_before, after + start, n_after);
  keep_longest_run (places, n_after);
  for (guint i = 0; i <= n_after && edits->len <= max_edits; i++)
    {
      guint place = i < n_after ? (guint) places[i] : n_before;

      if (i < n_after && places[i] < 0)
        continue;
      add_edit (edits, start + old_at, place - old_at, i - new_at, start + new_at);
      old_at = place + 1;
      new_at = i + 1;
    }

  if (edits->len > max_edits)
    {
      g_array_set_size (edits, 0);
      add_edit (edits, start, n_before, n_after, start);
    }

  return g_steal_pointer (&edits);
}
