/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The contents of a bundle as Gumroad takes them: all of them, in order. Members of the record that are not
 * known here go back as they came.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bundle-contents.h"

#include "gum-json.h"

/* Copies those that are objects, so that they can be changed, in order. */
static GPtrArray *
dup_items (GumProduct *product)
{
  JsonArray *contents = gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (product)),
                                            "bundle_products");
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  guint length = contents != NULL ? json_array_get_length (contents) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (contents, i);
      JsonObject *copy;
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      copy = json_object_new ();
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (copy, name, json_node_copy (member));
      g_ptr_array_add (items, copy);
    }

  return items;
}

/* Takes @items. A position is where it stands. */
static JsonArray *
to_array (GPtrArray *items)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      json_object_set_int_member (items->pdata[i], "position", i);
      json_array_add_object_element (array, json_object_ref (items->pdata[i]));
    }
  g_ptr_array_unref (items);

  return array;
}

JsonArray *
gum_bundle_contents_get (GumProduct *product)
{
  return to_array (dup_items (product));
}

static JsonObject *
new_item (const char *product_id)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "product_id", product_id);
  json_object_set_null_member (item, "variant_id");
  json_object_set_int_member (item, "quantity", 1);

  return item;
}

JsonArray *
gum_bundle_contents_add (GumProduct *product,
                         const char *product_id)
{
  GPtrArray *items = dup_items (product);

  g_ptr_array_add (items, new_item (product_id));

  return to_array (items);
}

JsonArray *
gum_bundle_contents_drop (GumProduct *product,
                          guint       position)
{
  GPtrArray *items = dup_items (product);

  if (position < items->len)
    g_ptr_array_remove_index (items, position);

  return to_array (items);
}

JsonArray *
gum_bundle_contents_move (GumProduct *product,
                          guint       from,
                          guint       to)
{
  GPtrArray *items = dup_items (product);

  if (from < items->len && to < items->len)
    {
      JsonObject *item = g_ptr_array_steal_index (items, from);

      g_ptr_array_insert (items, (gint) to, item);
    }

  return to_array (items);
}

JsonArray *
gum_bundle_contents_set (GumProduct *product,
                         guint       position,
                         const char *variant_id,
                         gint64      quantity)
{
  GPtrArray *items = dup_items (product);

  if (position < items->len)
    {
      if (variant_id != NULL)
        json_object_set_string_member (items->pdata[position], "variant_id", variant_id);
      else
        json_object_set_null_member (items->pdata[position], "variant_id");
      json_object_set_int_member (items->pdata[position], "quantity", quantity);
    }

  return to_array (items);
}

gboolean
gum_bundle_contents_has (GumProduct *product,
                         const char *product_id)
{
  g_autoptr (GPtrArray) items = dup_items (product);

  for (guint i = 0; i < items->len; i++)
    {
      if (g_strcmp0 (gum_json_get_string (items->pdata[i], "product_id"), product_id) == 0)
        return TRUE;
    }

  return FALSE;
}
