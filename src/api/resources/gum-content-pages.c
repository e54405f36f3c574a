/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of content (`rich_content`) as a list that is edited. Nothing is changed in place: a value may be that of a
 * draft and of its steps to undo at once, so each edit is another list that shares what it leaves alone. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-content-pages.h"

#include "gum-json.h"

static JsonArray *
get_array (JsonNode *pages)
{
  return pages != NULL && JSON_NODE_HOLDS_ARRAY (pages) ? json_node_get_array (pages) : NULL;
}

/* (transfer full): the pages, to be changed. */
static GPtrArray *
list_pages (JsonNode *pages)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  JsonArray *array = get_array (pages);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (list, json_node_copy (json_array_get_element (array, i)));

  return list;
}

static JsonNode *
to_pages (GPtrArray *list)
{
  g_autoptr(JsonArray) array = json_array_sized_new (list->len);

  for (guint i = 0; i < list->len; i++)
    json_array_add_element (array, json_node_copy (g_ptr_array_index (list, i)));

  return json_node_init_array (json_node_alloc (), array);
}

/**
 * gum_content_pages_get_length:
 * @pages: (nullable): pages of content
 *
 * Returns: how many there are
 */
guint
gum_content_pages_get_length (JsonNode *pages)
{
  JsonArray *array = get_array (pages);

  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * gum_content_pages_get:
 * @pages: (nullable): pages of content
 * @at: which
 *
 * Returns: (transfer none) (nullable): the page; %NULL if there is none there, or what is there is none
 */
JsonNode *
gum_content_pages_get (JsonNode *pages,
                       guint     at)
{
  JsonNode *page = at < gum_content_pages_get_length (pages)
                   ? json_array_get_element (get_array (pages), at) : NULL;

  return page != NULL && JSON_NODE_HOLDS_OBJECT (page) ? page : NULL;
}

/**
 * gum_content_pages_get_title:
 * @pages: (nullable): pages of content
 * @at: which
 *
 * Returns: (transfer none) (nullable): what the page is called; %NULL: nothing
 */
const char *
gum_content_pages_get_title (JsonNode *pages,
                             guint     at)
{
  JsonNode *page = gum_content_pages_get (pages, at);
  const char *title = page != NULL ? gum_json_get_string (json_node_get_object (page), "title") : NULL;

  return title != NULL && *title != '\0' ? title : NULL;
}

/**
 * gum_content_pages_insert:
 * @pages: (nullable): pages of content
 * @at: before which; the last at most
 * @page: (transfer none): a page
 *
 * Returns: (transfer full): other pages, the same with @page
 */
JsonNode *
gum_content_pages_insert (JsonNode *pages,
                          guint     at,
                          JsonNode *page)
{
  g_autoptr(GPtrArray) list = list_pages (pages);

  g_return_val_if_fail (page != NULL, NULL);

  g_ptr_array_insert (list, MIN (at, list->len), json_node_copy (page));

  return to_pages (list);
}

/**
 * gum_content_pages_remove:
 * @pages: pages of content
 * @at: which
 *
 * Returns: (transfer full): other pages, the same without that one
 */
JsonNode *
gum_content_pages_remove (JsonNode *pages,
                          guint     at)
{
  g_autoptr(GPtrArray) list = list_pages (pages);

  if (at < list->len)
    g_ptr_array_remove_index (list, at);

  return to_pages (list);
}

/**
 * gum_content_pages_move:
 * @pages: pages of content
 * @from: which
 * @to: where it is then
 *
 * Returns: (transfer full): other pages, the same in another order
 */
JsonNode *
gum_content_pages_move (JsonNode *pages,
                        guint     from,
                        guint     to)
{
  g_autoptr(GPtrArray) list = list_pages (pages);

  if (from < list->len && to < list->len)
    g_ptr_array_insert (list, to, g_ptr_array_steal_index (list, from));

  return to_pages (list);
}

/**
 * gum_content_pages_set:
 * @pages: pages of content
 * @at: which
 * @member: `title` or `description`
 * @value: (transfer full): what it is then
 *
 * Returns: (transfer full): other pages, the same but for that
 */
JsonNode *
gum_content_pages_set (JsonNode   *pages,
                       guint       at,
                       const char *member,
                       JsonNode   *value)
{
  g_autoptr(GPtrArray) list = list_pages (pages);
  g_autoptr(JsonObject) page = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_return_val_if_fail (member != NULL && value != NULL, NULL);

  if (gum_content_pages_get (pages, at) == NULL)
    {
      json_node_unref (value);
      return to_pages (list);
    }

  page = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (g_ptr_array_index (list, at)));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (page, name, json_node_copy (node));
  json_object_set_member (page, member, value);
  json_node_unref (g_ptr_array_index (list, at));
  g_ptr_array_index (list, at) = json_node_init_object (json_node_alloc (), page);

  return to_pages (list);
}

/**
 * gum_content_pages_new_page:
 * @title: (nullable): what it is called
 *
 * Returns: (transfer full): a page with nothing on it
 */
JsonNode *
gum_content_pages_new_page (const char *title)
{
  g_autoptr(JsonObject) page = json_object_new ();
  JsonObject *document = json_object_new ();

  json_object_set_string_member (document, "type", "doc");
  json_object_set_array_member (document, "content", json_array_new ());
  if (title != NULL)
    json_object_set_string_member (page, "title", title);
  json_object_set_object_member (page, "description", document);

  return json_node_init_object (json_node_alloc (), page);
}
