/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of content, which is a tree of nodes, as a text that can be edited, and back. Whatever was not edited is
 * the node that it was; of what was, everything but its words: attributes that nobody here knows stay. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-content-text-private.h"

#include "gum-json.h"

typedef struct {
  GumRichText *text;
  GHashTable  *names;    /* of files, by id */
  GPtrArray   *path;     /* of GumRichElement: where the reader is */
  GHashTable  *used;     /* elements of items that have their first words */
  guint64      serial;
} Reader;

static const char *
get_type (JsonNode *node)
{
  const char *type = JSON_NODE_HOLDS_OBJECT (node)
                     ? gum_json_get_string (json_node_get_object (node), "type") : NULL;

  return type != NULL ? type : "";
}

static gboolean
is_type (JsonNode   *node,
         const char *type)
{
  return g_str_equal (get_type (node), type);
}

static JsonArray *
get_content (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? gum_json_get_array (json_node_get_object (node), "content") : NULL;
}

static JsonObject *
get_attributes (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? gum_json_get_object (json_node_get_object (node), "attrs") : NULL;
}

static GumRichElement *
get_parent (Reader *self)
{
  return self->path->len > 0 ? g_ptr_array_index (self->path, self->path->len - 1) : NULL;
}

static GumRichElement *
new_element (GumRichRole  role,
             const char  *name,
             JsonNode    *node)
{
  GumRichElement *element = gum_rich_element_new (role, name, NULL, -1);

  element->node_type = JSON_TYPE_NODE;
  element->node = json_node_copy (node);

  return element;
}

/* --- reading ---------------------------------------------------------------------------------- */

static GumRichBlock *
add_block (Reader      *self,
           GumRichKind  kind,
           JsonNode    *node)
{
  GumRichBlock *block = gum_rich_block_new (kind, 0, FALSE);

  block->serial = ++self->serial;
  block->path = gum_rich_path_copy (self->path, self->path->len);
  block->node_type = JSON_TYPE_NODE;
  block->node = json_node_copy (node);
  g_ptr_array_add (self->text->blocks, block);

  return block;
}

static char *
dup_text (JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  g_autoptr(GPtrArray) runs = gum_content_runs_read (object, FALSE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_string_append (text, ((GumRichRun *) g_ptr_array_index (runs, i))->text);

  return g_string_free (text, FALSE);
}

/* What the seller calls it, of what is not words. */
static char *
dup_name (Reader   *self,
          JsonNode *node)
{
  JsonObject *attributes = get_attributes (node);
  const char *id = attributes != NULL ? gum_json_get_string (attributes, "id") : NULL;

  if (is_type (node, "fileEmbed") && id != NULL && self->names != NULL)
    return g_strdup (g_hash_table_lookup (self->names, id));
  if (is_type (node, "fileEmbedGroup") && attributes != NULL)
    return g_strdup (gum_json_get_string (attributes, "name"));
  if (is_type (node, "mediaEmbed") && attributes != NULL)
    return g_strdup (gum_json_get_string (attributes, "url"));
  if (is_type (node, "button"))
    return dup_text (node);

  return NULL;
}

static void
add_opaque (Reader   *self,
            JsonNode *node)
{
  GumRichBlock *block = add_block (self, GUM_RICH_OPAQUE, node);

  block->label = g_strdup (get_type (node));
  block->alt = dup_name (self, node);
}

static void
set_kind (Reader       *self,
          GumRichBlock *block,
          JsonNode     *node)
{
  GumRichElement *parent = get_parent (self);
  JsonObject *attributes = get_attributes (node);
  gint64 level = 1;

  if (is_type (node, "heading"))
    {
      block->kind = GUM_RICH_HEADING;
      if (attributes != NULL)
        gum_json_get_int (attributes, "level", &level);
      block->level = CLAMP (level, 1, 6);
    }
  else if (is_type (node, "codeBlock"))
    block->kind = GUM_RICH_CODE;
  else if (parent != NULL && parent->role == GUM_RICH_ELEMENT_QUOTE)
    block->kind = GUM_RICH_QUOTE;
  else if (parent != NULL)
    {
      block->kind = GUM_RICH_ITEM;
      for (guint i = 0; i < self->path->len; i++)
        {
          GumRichElement *element = g_ptr_array_index (self->path, i);

          if (element->role != GUM_RICH_ELEMENT_LIST)
            continue;
          block->level++;
          block->numbered = element->numbered;
        }
      block->continued = !g_hash_table_add (self->used, parent);
    }
}

/* Returns: FALSE if there is more than words in it. */
static gboolean
add_leaf (Reader   *self,
          JsonNode *node)
{
  GPtrArray *runs = gum_content_runs_read (json_node_get_object (node), is_type (node, "codeBlock"));
  GumRichBlock *block;

  if (runs == NULL)
    return FALSE;

  block = add_block (self, GUM_RICH_PARAGRAPH, node);
  set_kind (self, block, node);
  g_ptr_array_add (block->path, new_element (GUM_RICH_ELEMENT_LEAF, "p", node));
  g_ptr_array_unref (block->runs);
  block->runs = runs;

  return TRUE;
}

static gboolean
add_picture (Reader   *self,
             JsonNode *node)
{
  JsonObject *attributes = get_attributes (node);
  const char *source = attributes != NULL ? gum_json_get_string (attributes, "src") : NULL;
  GumRichBlock *block;

  if (source == NULL)
    return FALSE;

  block = add_block (self, GUM_RICH_PICTURE, node);
  block->uri = g_strdup (source);
  block->alt = g_strdup (gum_json_get_string (attributes, "alt"));

  return TRUE;
}

/* Whether something is to be made of what is in a node: nothing of one without would be left. */
static gboolean
holds_nodes (JsonNode   *node,
             const char *type)
{
  JsonArray *content = get_content (node);

  if (content == NULL || json_array_get_length (content) == 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (content); i++)
    {
      JsonNode *inner = json_array_get_element (content, i);

      if (!JSON_NODE_HOLDS_OBJECT (inner) ||
          (type != NULL && (!is_type (inner, type) || !holds_nodes (inner, NULL))))
        return FALSE;
    }

  return TRUE;
}

static void read_nodes (Reader   *self,
                        JsonNode *node);

static void
enter (Reader      *self,
       GumRichRole  role,
       const char  *name,
       JsonNode    *node)
{
  GumRichElement *element = new_element (role, name, node);
  JsonObject *attributes = get_attributes (node);
  gint64 first;

  if (role == GUM_RICH_ELEMENT_LIST)
    {
      element->numbered = is_type (node, "orderedList");
      if (attributes != NULL && gum_json_get_int (attributes, "start", &first))
        element->first = CLAMP (first, 1, 999999);
    }
  g_ptr_array_add (self->path, element);
  read_nodes (self, node);
  g_ptr_array_set_size (self->path, self->path->len - 1);
}

static void
read_node (Reader   *self,
           JsonNode *node)
{
  GumRichElement *parent = get_parent (self);
  gboolean at_top = parent == NULL;
  gboolean in_quote = parent != NULL && parent->role == GUM_RICH_ELEMENT_QUOTE;

  if (parent != NULL && parent->role == GUM_RICH_ELEMENT_LIST)
    enter (self, GUM_RICH_ELEMENT_ITEM, "li", node);
  else if (!in_quote && (is_type (node, "bulletList") || is_type (node, "orderedList")) &&
           holds_nodes (node, "listItem"))
    enter (self, GUM_RICH_ELEMENT_LIST, is_type (node, "orderedList") ? "ol" : "ul", node);
  else if (at_top && is_type (node, "blockquote") && holds_nodes (node, NULL))
    enter (self, GUM_RICH_ELEMENT_QUOTE, "blockquote", node);
  else if (at_top && is_type (node, "horizontalRule"))
    add_block (self, GUM_RICH_RULE, node);
  else if (!((is_type (node, "paragraph") ||
              (at_top && (is_type (node, "heading") || is_type (node, "codeBlock")))) &&
             add_leaf (self, node)) &&
           !(at_top && is_type (node, "image") && add_picture (self, node)))
    add_opaque (self, node);
}

static void
read_nodes (Reader   *self,
            JsonNode *node)
{
  JsonArray *nodes = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : get_content (node);

  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    read_node (self, json_array_get_element (nodes, i));
}

/**
 * gum_content_text_read:
 * @document: (nullable): a page's document, or its nodes
 * @names: (nullable) (element-type utf8 utf8): the names of files, by id
 *
 * Returns: (transfer full): the text, whose blocks that are no words have what they are called as alt
 */
GumRichText *
gum_content_text_read (JsonNode   *document,
                       GHashTable *names)
{
  Reader self = { gum_rich_text_new (), names, gum_rich_path_new (),
                  g_hash_table_new (NULL, NULL), gum_rich_next_serial () };

  if (document != NULL)
    read_nodes (&self, document);
  self.text->last = self.serial;
  g_ptr_array_unref (self.path);
  g_hash_table_unref (self.used);

  return self.text;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* An object with everything of @node but what is in it. */
static JsonObject *
copy_shell (JsonNode   *node,
            const char *type)
{
  JsonObject *shell = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_set_string_member (shell, "type", type);
      return shell;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!g_str_equal (name, "content"))
        json_object_set_member (shell, name, json_node_copy (member));
    }

  return shell;
}

static const char *
get_element_type (const GumRichElement *element)
{
  switch (element->role)
    {
    case GUM_RICH_ELEMENT_LIST:
      return element->numbered ? "orderedList" : "bulletList";
    case GUM_RICH_ELEMENT_ITEM:
      return "listItem";
    case GUM_RICH_ELEMENT_QUOTE:
      return "blockquote";
    case GUM_RICH_ELEMENT_FRAME:
    case GUM_RICH_ELEMENT_LEAF:
    default:
      return "paragraph";
    }
}

static JsonObject *
write_leaf (const GumRichBlock *block,
            GumRichElement     *leaf)
{
  const char *type = block->kind == GUM_RICH_HEADING ? "heading" :
                     block->kind == GUM_RICH_CODE ? "codeBlock" : "paragraph";
  JsonObject *object = copy_shell (leaf != NULL ? leaf->node : NULL, type);
  JsonArray *content = gum_content_runs_write (block);

  if (block->kind == GUM_RICH_HEADING && !json_object_has_member (object, "attrs"))
    {
      JsonObject *attributes = json_object_new ();

      json_object_set_int_member (attributes, "level", block->level);
      json_object_set_object_member (object, "attrs", attributes);
    }
  if (content != NULL)
    json_object_set_array_member (object, "content", content);

  return object;
}

static JsonObject *
write_picture (const GumRichBlock *block)
{
  JsonObject *object = json_object_new ();
  JsonObject *attributes = json_object_new ();

  json_object_set_string_member (attributes, "src", block->uri);
  if (block->alt != NULL)
    json_object_set_string_member (attributes, "alt", block->alt);
  json_object_set_string_member (object, "type", "image");
  json_object_set_object_member (object, "attrs", attributes);

  return object;
}

/* @leaf: what is around the words, if they have been here before. */
static void
write_block (JsonArray          *nodes,
             const GumRichBlock *block,
             GumRichElement     *leaf)
{
  if (block->node != NULL && block->node_type == JSON_TYPE_NODE)
    json_array_add_element (nodes, json_node_copy (block->node));
  else if (gum_rich_block_has_text (block))
    json_array_add_object_element (nodes, write_leaf (block, leaf));
  else if (block->kind == GUM_RICH_RULE)
    json_array_add_object_element (nodes, copy_shell (NULL, "horizontalRule"));
  else if (block->kind == GUM_RICH_PICTURE)
    json_array_add_object_element (nodes, write_picture (block));
}

/* The node of an element, in the nodes that it stands in. Returns: what is in it. */
static JsonArray *
open_element (JsonArray            *nodes,
              const GumRichElement *element)
{
  JsonObject *object = copy_shell (element->node, get_element_type (element));
  JsonArray *inner = json_array_new ();

  json_object_set_array_member (object, "content", inner);
  json_array_add_object_element (nodes, object);

  return inner;
}

static JsonArray *
write_nodes (const GumRichText *text)
{
  g_autoptr(GPtrArray) blocks = gum_rich_blocks_new ();
  g_autoptr(GPtrArray) plan = gum_rich_text_plan (text, blocks);
  g_autoptr(GPtrArray) open = g_ptr_array_new ();   /* of JsonArray: the nodes themselves, and each element's */
  JsonArray *nodes = json_array_new ();
  GPtrArray *before = NULL;

  g_ptr_array_add (open, nodes);
  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *path = g_ptr_array_index (plan, i);
      guint shared = MIN (gum_rich_path_shared (before, path), open->len - 1);
      GumRichElement *leaf = NULL;

      g_ptr_array_set_size (open, shared + 1);
      for (guint j = shared; j < path->len && leaf == NULL; j++)
        {
          GumRichElement *element = g_ptr_array_index (path, j);

          if (element->role == GUM_RICH_ELEMENT_LEAF)
            leaf = element;
          else
            g_ptr_array_add (open, open_element (g_ptr_array_index (open, open->len - 1), element));
        }
      write_block (g_ptr_array_index (open, open->len - 1), g_ptr_array_index (blocks, i), leaf);
      before = path;
    }

  return nodes;
}

/**
 * gum_content_text_write:
 * @document: (nullable): what the text was read from
 *
 * Returns: (transfer full): the document with what the text says now, equal to @document if nothing was edited
 */
JsonNode *
gum_content_text_write (const GumRichText *text,
                        JsonNode          *document)
{
  g_autoptr(JsonArray) nodes = write_nodes (text);
  g_autoptr(JsonObject) object = NULL;

  if (document != NULL && JSON_NODE_HOLDS_ARRAY (document))
    return json_node_init_array (json_node_alloc (), nodes);

  object = copy_shell (document, "doc");
  json_object_set_array_member (object, "content", json_array_ref (nodes));

  return json_node_init_object (json_node_alloc (), object);
}
