/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files within pages of content (`rich_content`). A buyer gets what stands on a page, not what is
 * attached, so each change of a product's files is a change of its pages as well. Whatever is not a file is
 * copied as it is, known or not. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-content.h"

#include "gum-json.h"

#include <string.h>

/* The parser lets nothing deeper in. */
#define MAX_DEPTH 80

/* The id of the file that a node stands for, or NULL. */
static const char *
get_file (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *attributes;

  if (object == NULL || g_strcmp0 (gum_json_get_string (object, "type"), "fileEmbed") != 0)
    return NULL;
  attributes = gum_json_get_object (object, "attrs");

  return attributes != NULL ? gum_json_get_string (attributes, "id") : NULL;
}

static void
collect (JsonNode  *node,
         GPtrArray *ids,
         guint      depth)
{
  const char *id = get_file (node);

  if (id != NULL)
    g_ptr_array_add (ids, g_strdup (id));
  if (depth > MAX_DEPTH)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect (json_array_get_element (array, i), ids, depth + 1);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonNode *inner = json_object_get_member (object, "content");

      /* A page has a document, a document has nodes. */
      if (inner == NULL)
        inner = json_object_get_member (object, "description");
      if (inner != NULL)
        collect (inner, ids, depth + 1);
    }
}

/**
 * gum_content_is_shared:
 * @record: a product as Gumroad tells it
 *
 * Returns: whether all versions have the same pages, which stand in the product then; a record that does not tell
 *   is taken to mean that
 */
gboolean
gum_content_is_shared (JsonObject *record)
{
  gboolean shared = TRUE;

  g_return_val_if_fail (record != NULL, TRUE);

  gum_json_get_boolean (record, "has_same_rich_content_for_all_variants", &shared);

  return shared;
}

/**
 * gum_content_list_files:
 * @pages: (nullable): pages of content
 *
 * Returns: (transfer full) (element-type utf8): the ids of the files that buyers see, in their order
 */
GPtrArray *
gum_content_list_files (JsonNode *pages)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  if (pages != NULL)
    collect (pages, ids, 0);

  return ids;
}

/**
 * gum_content_has_file:
 * @pages: (nullable): pages of content
 * @id: the id of a file
 *
 * Returns: whether buyers see the file
 */
gboolean
gum_content_has_file (JsonNode   *pages,
                      const char *id)
{
  g_autoptr(GPtrArray) ids = gum_content_list_files (pages);

  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

static JsonNode *copy (JsonNode   *node,
                       const char *id,
                       const char *other_id,
                       guint       depth);

static JsonNode *
copy_array (JsonArray  *array,
            const char *id,
            const char *other_id,
            guint       depth)
{
  g_autoptr(JsonArray) copied = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (other_id == NULL && id != NULL && g_strcmp0 (get_file (element), id) == 0)
        continue;
      json_array_add_element (copied, copy (element, id, other_id, depth + 1));
    }

  return json_node_init_array (json_node_alloc (), copied);
}

static JsonNode *
copy_object (JsonObject *object,
             const char *id,
             const char *other_id,
             guint       depth)
{
  g_autoptr(JsonObject) copied = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (copied, name, copy (member, id, other_id, depth + 1));

  return json_node_init_object (json_node_alloc (), copied);
}

/* A tree of its own. @other_id takes the place of @id; NULL: the file goes. */
static JsonNode *
copy (JsonNode   *node,
      const char *id,
      const char *other_id,
      guint       depth)
{
  JsonNode *copied;

  if (depth > MAX_DEPTH)
    return json_node_copy (node);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return copy_array (json_node_get_array (node), id, other_id, depth);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);

  copied = copy_object (json_node_get_object (node), id, other_id, depth);
  if (id != NULL && other_id != NULL && g_strcmp0 (get_file (node), id) == 0)
    json_object_set_string_member (gum_json_get_object (json_node_get_object (copied), "attrs"), "id",
                                   other_id);

  return copied;
}

/**
 * gum_content_replace_file:
 * @pages: pages of content
 * @id: the id of a file
 * @other_id: what stands in its place then
 *
 * Returns: (transfer full): other pages, the same but for that
 */
JsonNode *
gum_content_replace_file (JsonNode   *pages,
                          const char *id,
                          const char *other_id)
{
  g_return_val_if_fail (pages != NULL && id != NULL && other_id != NULL, NULL);

  return copy (pages, id, other_id, 0);
}

/**
 * gum_content_remove_file:
 * @pages: pages of content
 * @id: the id of a file
 *
 * Returns: (transfer full): other pages, the same without it
 */
JsonNode *
gum_content_remove_file (JsonNode   *pages,
                         const char *id)
{
  g_return_val_if_fail (pages != NULL && id != NULL, NULL);

  return copy (pages, id, NULL, 0);
}

/**
 * gum_content_new_file:
 * @id: the id of a file
 *
 * Returns: (transfer full): what stands for it on a page
 */
JsonNode *
gum_content_new_file (const char *id)
{
  g_autoptr(JsonObject) embed = json_object_new ();
  JsonObject *attributes = json_object_new ();
  g_autofree char *uid = g_uuid_string_random ();

  g_return_val_if_fail (id != NULL, NULL);

  json_object_set_string_member (attributes, "id", id);
  json_object_set_string_member (attributes, "uid", uid);
  json_object_set_string_member (embed, "type", "fileEmbed");
  json_object_set_object_member (embed, "attrs", attributes);

  return json_node_init_object (json_node_alloc (), embed);
}

static JsonNode *
new_paragraph (void)
{
  g_autoptr(JsonObject) paragraph = json_object_new ();

  json_object_set_string_member (paragraph, "type", "paragraph");

  return json_node_init_object (json_node_alloc (), paragraph);
}

static void
add_page (JsonArray  *pages,
          const char *id)
{
  JsonObject *page = json_object_new ();
  JsonObject *document = json_object_new ();
  JsonArray *nodes = json_array_new ();

  json_array_add_element (nodes, gum_content_new_file (id));
  json_array_add_element (nodes, new_paragraph ());
  json_object_set_string_member (document, "type", "doc");
  json_object_set_array_member (document, "content", nodes);
  json_object_set_string_member (page, "title", "Page 1");
  json_object_set_object_member (page, "description", document);
  json_array_add_object_element (pages, page);
}

/* The nodes of a page, which may be a document or bare; NULL: it has none that could be added to. */
static JsonArray *
find_nodes (JsonNode *page)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (page) ? json_node_get_object (page) : NULL;
  JsonObject *document;

  if (object == NULL)
    return NULL;
  if (gum_json_get_array (object, "description") != NULL)
    return gum_json_get_array (object, "description");
  document = gum_json_get_object (object, "description");

  return document != NULL ? gum_json_get_array (document, "content") : NULL;
}

static gboolean
is_file_or_folder (JsonNode *node)
{
  return get_file (node) != NULL ||
         (JSON_NODE_HOLDS_OBJECT (node) &&
          g_strcmp0 (gum_json_get_string (json_node_get_object (node), "type"), "fileEmbedGroup") == 0);
}

/* Below the files that are there already; at the top of a page that has none. */
static guint
find_place (JsonArray *nodes)
{
  guint place = 0;

  for (guint i = 0; i < json_array_get_length (nodes); i++)
    {
      if (is_file_or_folder (json_array_get_element (nodes, i)))
        place = i + 1;
    }

  return place;
}

/**
 * gum_content_add_file:
 * @pages: (nullable): pages of content
 * @id: the id of a file
 *
 * Returns: (transfer full): other pages, the same with the file on the last of them that has files, or
 *   else on the first; with a page of its own where there is none
 */
JsonNode *
gum_content_add_file (JsonNode   *pages,
                      const char *id)
{
  g_autoptr(JsonArray) none = json_array_new ();
  g_autoptr(JsonArray) rest = NULL;
  JsonNode *copied;
  JsonArray *array;
  JsonArray *chosen = NULL;
  guint place;

  g_return_val_if_fail (id != NULL, NULL);

  copied = pages != NULL && JSON_NODE_HOLDS_ARRAY (pages)
           ? copy (pages, NULL, NULL, 0) : json_node_init_array (json_node_alloc (), none);
  array = json_node_get_array (copied);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonArray *nodes = find_nodes (json_array_get_element (array, i));

      if (nodes != NULL && (chosen == NULL || find_place (nodes) > 0))
        chosen = nodes;
    }
  if (chosen == NULL)
    {
      add_page (array, id);
      return copied;
    }

  /* json-glib can only append. */
  place = find_place (chosen);
  rest = json_array_new ();
  while (json_array_get_length (chosen) > place)
    {
      json_array_add_element (rest, json_array_dup_element (chosen, place));
      json_array_remove_element (chosen, place);
    }
  json_array_add_element (chosen, gum_content_new_file (id));
  for (guint i = 0; i < json_array_get_length (rest); i++)
    json_array_add_element (chosen, json_array_dup_element (rest, i));

  return copied;
}
