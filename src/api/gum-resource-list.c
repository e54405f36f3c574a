/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nested lists: an array of JSON objects into a GListStore that may already hold some of them. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-json.h"
#include "gum-resource-private.h"

/* Of the record, for not every type has a field for it. */
static const char *
get_id (GumResource *item)
{
  return gum_json_get_string (gum_resource_get_json (item), "id");
}

/* Where the former items are by their id, for those that have one; the first of the same id
 * counts. */
static GHashTable *
index_by_id (GPtrArray *items)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = items->len; i > 0; i--)
    {
      const char *id = get_id (items->pdata[i - 1]);

      if (id != NULL)
        g_hash_table_insert (index, (gpointer) id, GUINT_TO_POINTER (i - 1));
    }

  return index;
}

/* The former item that @json is a newer record of: at the same place if it can be. Each is found
 * once; then @taken says so. */
static GumResource *
take_former (GPtrArray   *former,
             guint8      *taken,
             GHashTable **index,
             guint        position,
             JsonObject  *json)
{
  const char *id = gum_json_get_string (json, "id");
  gpointer found;

  if (position >= former->len || taken[position] ||
      g_strcmp0 (get_id (former->pdata[position]), id) != 0)
    {
      if (id == NULL || former->len == 0)
        return NULL;
      if (*index == NULL)
        *index = index_by_id (former);
      if (!g_hash_table_lookup_extended (*index, id, NULL, &found))
        return NULL;
      position = GPOINTER_TO_UINT (found);
      if (taken[position])
        return NULL;
    }

  taken[position] = TRUE;
  return former->pdata[position];
}

static GPtrArray *
dup_items (GListStore *store)
{
  guint n_items = store != NULL ? g_list_model_get_n_items (G_LIST_MODEL (store)) : 0;
  GPtrArray *items = g_ptr_array_new_full (n_items, g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (store), i));

  return items;
}

/* Makes the list be what @array (NULL: nothing) says. Returns whether items came or went. */
gboolean
_gum_resource_splice (GListStore **store,
                      GType        type,
                      JsonArray   *array,
                      GumDecoding *decoding)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr(GPtrArray) former = NULL;
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GPtrArray) updates = NULL;
  g_autoptr(GHashTable) index = NULL;
  g_autofree guint8 *taken = NULL;
  guint head = 0;
  guint tail = 0;

  if (length == 0 && (*store == NULL || g_list_model_get_n_items (G_LIST_MODEL (*store)) == 0))
    return FALSE;

  former = dup_items (*store);
  items = g_ptr_array_new_full (length, g_object_unref);
  updates = g_ptr_array_new ();
  taken = g_new0 (guint8, former->len);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      GumResource *item = NULL;
      JsonObject *json;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          decoding->n_bad++;
          continue;
        }

      json = json_node_get_object (node);
      item = take_former (former, taken, &index, items->len, json);
      if (item != NULL)
        {
          g_ptr_array_add (updates, item);
          g_ptr_array_add (updates, json);
          g_ptr_array_add (items, g_object_ref (item));
        }
      else
        g_ptr_array_add (items, _gum_resource_decode (type, json, decoding));
    }

  /* Only now: the index holds ids that an update may free. */
  for (guint i = 0; i < updates->len; i += 2)
    _gum_resource_replace (updates->pdata[i], updates->pdata[i + 1], decoding);

  while (head < former->len && head < items->len && former->pdata[head] == items->pdata[head])
    head++;
  while (tail < former->len - head && tail < items->len - head &&
         former->pdata[former->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;

  if (former->len == items->len && head == items->len)
    return FALSE;

  if (*store == NULL)
    *store = g_list_store_new (type);
  g_list_store_splice (*store, head, former->len - head - tail,
                       items->pdata + head, items->len - head - tail);

  return TRUE;
}
