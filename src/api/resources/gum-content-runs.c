/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a paragraph of content. A mark is a look, a link, or something that is kept around the words;
 * a node among words that is not text is kept as it is. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-content-text-private.h"

#include "gum-json.h"

#include <string.h>

static const struct {
  guint       style;
  const char *type;
} looks[] = {
  { GUM_RICH_BOLD, "bold" },
  { GUM_RICH_ITALIC, "italic" },
  { GUM_RICH_UNDERLINE, "underline" },
  { GUM_RICH_STRIKE, "strike" },
  { GUM_RICH_MONOSPACE, "code" },
};

static char *
dup_json (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

static guint
get_look (JsonObject *mark)
{
  const char *type = gum_json_get_string (mark, "type");

  for (guint i = 0; i < G_N_ELEMENTS (looks) && json_object_get_size (mark) == 1; i++)
    {
      if (g_strcmp0 (type, looks[i].type) == 0)
        return looks[i].style;
    }

  return 0;
}

static const char *
get_link (JsonObject *mark)
{
  JsonObject *attributes = gum_json_get_object (mark, "attrs");
  const char *href = attributes != NULL ? gum_json_get_string (attributes, "href") : NULL;

  if (g_strcmp0 (gum_json_get_string (mark, "type"), "link") != 0 || href == NULL)
    return NULL;

  return g_str_has_prefix (href, "https://") || g_str_has_prefix (href, "http://") ||
         g_str_has_prefix (href, "mailto:") ? href : NULL;
}

/* Returns: FALSE if these are not marks. */
static gboolean
read_marks (GumRichRun *run,
            JsonNode   *node)
{
  g_autoptr(JsonArray) kept = json_array_new ();
  g_autoptr(JsonNode) wrap = NULL;
  JsonArray *marks;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  marks = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (marks); i++)
    {
      JsonNode *element = json_array_get_element (marks, i);
      JsonObject *mark = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *link = mark != NULL ? get_link (mark) : NULL;

      if (mark == NULL)
        return FALSE;
      if (link != NULL && run->link == NULL)
        {
          run->link = g_strdup (link);
          run->link_open = dup_json (element);
        }
      else if (get_look (mark) != 0)
        run->styles |= get_look (mark);
      else
        json_array_add_element (kept, json_node_copy (element));
    }

  wrap = json_node_init_array (json_node_alloc (), kept);
  if (json_array_get_length (kept) > 0)
    run->wrap = dup_json (wrap);

  return TRUE;
}

/* Whether a line of an editor can hold these very characters. */
static gboolean
is_plain (const char *text,
          gboolean    is_code)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0xFFFC || c == 0x2028 || c == 0x2029 || c == '\r' || (c == '\n' && !is_code))
        return FALSE;
    }

  return TRUE;
}

static GumRichRun *
read_run (JsonNode *node,
          gboolean  is_code)
{
  g_autoptr(GumRichRun) run = gum_rich_run_new ("", 0, NULL);
  JsonObject *object = json_node_get_object (node);
  const char *type = gum_json_get_string (object, "type");
  const char *text = gum_json_get_string (object, "text");
  JsonObject *attributes = gum_json_get_object (object, "attrs");
  JsonNode *marks = json_object_get_member (object, "marks");
  guint n_known = 1 + (marks != NULL);
  GumRichRun *kept;

  if (g_strcmp0 (type, "text") == 0 && text != NULL && is_plain (text, is_code) &&
      json_object_get_size (object) == n_known + 1 && read_marks (run, marks))
    {
      g_free (run->text);
      run->text = g_strdup (text);
      return g_steal_pointer (&run);
    }
  if (g_strcmp0 (type, "hardBreak") == 0 && json_object_get_size (object) == n_known &&
      read_marks (run, marks))
    {
      g_free (run->text);
      run->text = g_strdup ("\n");
      return g_steal_pointer (&run);
    }

  kept = gum_rich_run_new (type != NULL ? type : "", 0, NULL);
  kept->opaque = dup_json (node);
  if (g_strcmp0 (type, "image") == 0 && attributes != NULL)
    kept->uri = g_strdup (gum_json_get_string (attributes, "src"));

  return kept;
}

/* The words of a node; NULL: there is something else in it. */
GPtrArray *
gum_content_runs_read (JsonObject *object,
                       gboolean    is_code)
{
  g_autoptr(GPtrArray) runs = gum_rich_runs_new ();
  JsonNode *content = json_object_get_member (object, "content");
  JsonArray *nodes;

  if (content == NULL)
    return g_steal_pointer (&runs);
  if (!JSON_NODE_HOLDS_ARRAY (content))
    return NULL;

  nodes = json_node_get_array (content);
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    {
      JsonNode *node = json_array_get_element (nodes, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
      gum_rich_runs_add (runs, read_run (node, is_code));
    }

  return g_steal_pointer (&runs);
}

static JsonNode *
new_link (const GumRichRun *run)
{
  g_autoptr(JsonNode) known = run->link_open != NULL ? json_from_string (run->link_open, NULL) : NULL;
  g_autoptr(JsonObject) mark = NULL;
  JsonObject *attributes;

  if (known != NULL && JSON_NODE_HOLDS_OBJECT (known))
    return g_steal_pointer (&known);

  mark = json_object_new ();
  attributes = json_object_new ();
  json_object_set_string_member (attributes, "href", run->link);
  json_object_set_string_member (attributes, "target", "_blank");
  json_object_set_string_member (attributes, "rel", "noopener noreferrer nofollow");
  json_object_set_string_member (mark, "type", "link");
  json_object_set_object_member (mark, "attrs", attributes);

  return json_node_init_object (json_node_alloc (), mark);
}

static void
write_marks (JsonObject       *node,
             const GumRichRun *run)
{
  g_autoptr(JsonArray) marks = json_array_new ();
  g_autoptr(JsonNode) wrap = run->wrap != NULL ? json_from_string (run->wrap, NULL) : NULL;

  if (run->link != NULL)
    json_array_add_element (marks, new_link (run));
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      if (run->styles & looks[i].style)
        {
          JsonObject *mark = json_object_new ();

          json_object_set_string_member (mark, "type", looks[i].type);
          json_array_add_object_element (marks, mark);
        }
    }
  if (wrap != NULL && JSON_NODE_HOLDS_ARRAY (wrap))
    {
      JsonArray *kept = json_node_get_array (wrap);

      for (guint i = 0; i < json_array_get_length (kept); i++)
        json_array_add_element (marks, json_array_dup_element (kept, i));
    }
  if (json_array_get_length (marks) > 0)
    json_object_set_array_member (node, "marks", g_steal_pointer (&marks));
}

static void
write_words (JsonArray        *nodes,
             const GumRichRun *run,
             const char       *words)
{
  JsonObject *node;

  if (*words == '\0')
    return;

  node = json_object_new ();
  json_object_set_string_member (node, "type", "text");
  json_object_set_string_member (node, "text", words);
  write_marks (node, run);
  json_array_add_object_element (nodes, node);
}

static void
write_run (JsonArray        *nodes,
           const GumRichRun *run,
           gboolean          is_code)
{
  g_auto(GStrv) lines = NULL;

  if (run->opaque != NULL)
    {
      g_autoptr(JsonNode) kept = json_from_string (run->opaque, NULL);

      /* What another format kept says nothing here. */
      if (kept != NULL && JSON_NODE_HOLDS_OBJECT (kept))
        json_array_add_element (nodes, g_steal_pointer (&kept));
      return;
    }
  if (is_code)
    {
      write_words (nodes, run, run->text);
      return;
    }

  lines = g_strsplit (run->text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        {
          JsonObject *node = json_object_new ();

          json_object_set_string_member (node, "type", "hardBreak");
          json_array_add_object_element (nodes, node);
        }
      write_words (nodes, run, lines[i]);
    }
}

/* The nodes of a block's words; NULL: there are none. */
JsonArray *
gum_content_runs_write (const GumRichBlock *block)
{
  g_autoptr(JsonArray) nodes = json_array_new ();

  for (guint i = 0; i < block->runs->len; i++)
    write_run (nodes, g_ptr_array_index (block->runs, i), block->kind == GUM_RICH_CODE);

  return json_array_get_length (nodes) > 0 ? g_steal_pointer (&nodes) : NULL;
}
