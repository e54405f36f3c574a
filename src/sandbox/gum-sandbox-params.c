/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Request parameters as the real server sees them: the query, a form body and a JSON body end up
 * in one tree, and names such as "tags[]" or "files[][url]" make arrays and objects.  Also the
 * lenient accessors that the handlers read that tree with.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_KEY_LENGTH 512
#define MAX_NESTING 32
#define MAX_JSON_DEPTH 200

static JsonArray *
ensure_array (JsonObject *object,
              const char *key)
{
  JsonArray *array = gum_sandbox_get_array (object, key);

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (object, key, array);
    }

  return array;
}

static JsonObject *
ensure_object (JsonObject *object,
               const char *key)
{
  JsonObject *child = gum_sandbox_get_object (object, key);

  if (child == NULL)
    {
      child = json_object_new ();
      json_object_set_object_member (object, key, child);
    }

  return child;
}

/* "files", "[][url]" puts into the last object of the array until it has that member already. */
static JsonObject *
element_for (JsonArray  *array,
             const char *key,
             gboolean    is_leaf)
{
  guint length = gum_sandbox_length (array);
  JsonObject *element = NULL;

  if (length > 0)
    {
      JsonNode *last = json_array_get_element (array, length - 1);

      if (JSON_NODE_HOLDS_OBJECT (last))
        element = json_node_get_object (last);
      if (element != NULL && is_leaf && json_object_has_member (element, key))
        element = NULL;
    }

  if (element == NULL)
    {
      element = json_object_new ();
      json_array_add_object_element (array, element);
    }

  return element;
}

static void
add_nested (JsonObject *object,
            const char *key,
            const char *rest,
            const char *value,
            guint       depth)
{
  gboolean in_array = g_str_has_prefix (rest, "[]");
  const char *close;

  if (in_array && rest[2] == '\0')
    {
      json_array_add_string_element (ensure_array (object, key), value);
      return;
    }

  if (in_array)
    rest += 2;

  close = rest[0] == '[' ? strchr (rest, ']') : NULL;
  if (close == NULL || depth > MAX_NESTING)
    {
      json_object_set_string_member (object, key, value);
      return;
    }
  else
    {
      g_autofree char *inner = g_strndup (rest + 1, (gsize) (close - rest - 1));
      JsonObject *child;

      if (in_array)
        child = element_for (ensure_array (object, key), inner, close[1] == '\0');
      else
        child = ensure_object (object, key);

      add_nested (child, inner, close + 1, value, depth + 1);
    }
}

static void
add_pair (JsonObject *params,
          const char *name,
          const char *value)
{
  const char *bracket = strchr (name, '[');
  g_autofree char *key = NULL;

  if (strlen (name) > MAX_KEY_LENGTH)
    return;

  if (bracket == NULL || bracket == name)
    {
      json_object_set_string_member (params, name, value);
      return;
    }

  key = g_strndup (name, (gsize) (bracket - name));
  add_nested (params, key, bracket, value, 0);
}

static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdup (text);
  char *decoded;

  g_strdelimit (spaced, "+", ' ');
  decoded = g_uri_unescape_string (spaced, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    {
      g_free (decoded);
      return g_strdup ("");
    }

  return decoded;
}

/* In order, because the order of pairs decides where one array element ends. */
void
gum_sandbox_params_add_form (JsonObject *params,
                             const char *form)
{
  g_auto (GStrv) pairs = g_strsplit (form, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (pairs[i], "=", 2);

      if (halves[0] != NULL && halves[0][0] != '\0')
        {
          g_autofree char *name = decode (halves[0]);
          g_autofree char *value = decode (halves[1] != NULL ? halves[1] : "");

          add_pair (params, name, value);
        }
    }
}

JsonObject *
gum_sandbox_params_parse (const char *query,
                          const char *content_type,
                          GBytes     *body)
{
  JsonObject *params = json_object_new ();

  if (query != NULL)
    gum_sandbox_params_add_form (params, query);

  if (body == NULL || g_bytes_get_size (body) == 0 || content_type == NULL)
    return params;

  if (g_str_has_prefix (content_type, "application/json"))
    {
      g_autoptr (JsonObject) object = NULL;

      object = gum_sandbox_parse_object (g_bytes_get_data (body, NULL),
                                         (gssize) g_bytes_get_size (body));
      if (object == NULL)
        {
          json_object_unref (params);
          return NULL;
        }
      else
        {
          g_autoptr (GList) members = json_object_get_members (object);

          for (GList *l = members; l != NULL; l = l->next)
            json_object_set_member (params, l->data,
                                    json_node_ref (json_object_get_member (object, l->data)));
        }
    }
  else if (g_str_has_prefix (content_type, "application/x-www-form-urlencoded"))
    {
      g_autofree char *form = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

      gum_sandbox_params_add_form (params, form);
    }

  return params;
}

/* json-glib recurses, and has no bound of its own. */
static gboolean
is_too_deep (const char *text,
             gsize       length)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '[' || text[i] == '{'))
        depth++;
      else if (!in_string && (text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
      if (depth > MAX_JSON_DEPTH)
        return TRUE;
    }

  return FALSE;
}

JsonObject *
gum_sandbox_parse_object (const char *text,
                          gssize      length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (length < 0)
    length = (gssize) strlen (text);
  if (is_too_deep (text, (gsize) length) ||
      !json_parser_load_from_data (parser, text, length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return json_node_dup_object (root);
}

/* Records are changed in place, so they hold copies all the way down. */
JsonNode *
gum_sandbox_copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonObject *twin = json_object_new ();
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (twin, l->data,
                                gum_sandbox_copy_node (json_object_get_member (object, l->data)));
      copy = json_node_init_object (json_node_alloc (), twin);
      json_object_unref (twin);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      JsonArray *twin = json_array_new ();

      for (guint i = 0; i < gum_sandbox_length (array); i++)
        json_array_add_element (twin, gum_sandbox_copy_node (json_array_get_element (array, i)));
      copy = json_node_init_array (json_node_alloc (), twin);
      json_array_unref (twin);
    }
  else
    {
      copy = json_node_copy (node);
    }

  return copy;
}

JsonObject *
gum_sandbox_copy_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (JsonNode) copy = gum_sandbox_copy_node (node);

  return json_node_dup_object (copy);
}

/* @object stays where it is, and becomes as @by. */
void
gum_sandbox_replace_members (JsonObject *object,
                             JsonObject *by)
{
  g_autoptr (GList) old = json_object_get_members (object);
  g_autoptr (GList) new = json_object_get_members (by);

  for (GList *l = old; l != NULL; l = l->next)
    if (!json_object_has_member (by, l->data))
      json_object_remove_member (object, l->data);
  for (GList *l = new; l != NULL; l = l->next)
    json_object_set_member (object, l->data,
                            gum_sandbox_copy_node (json_object_get_member (by, l->data)));
}

/* Rails writes what could be taken for markup as escapes; outside of strings it cannot occur. */
char *
gum_sandbox_to_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *plain = json_to_string (node, FALSE);
  const char *rest = plain;
  GString *text;

  if (strpbrk (plain, "<>&") == NULL)
    return g_steal_pointer (&plain);

  text = g_string_sized_new (strlen (plain) * 5 / 4);
  while (*rest != '\0')
    {
      gsize length = strcspn (rest, "<>&");

      g_string_append_len (text, rest, (gssize) length);
      rest += length;
      if (*rest != '\0')
        {
          g_string_append (text, *rest == '<' ? "\\u003c" : *rest == '>' ? "\\u003e" : "\\u0026");
          rest++;
        }
    }

  return g_string_free (text, FALSE);
}

void
gum_sandbox_set_null_string (JsonObject *object,
                             const char *key,
                             const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, key, value);
  else
    json_object_set_null_member (object, key);
}

char *
gum_sandbox_dup_string (JsonObject *object,
                        const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return g_strdup_printf ("%g", json_node_get_double (node));
    }
}

/* Borrowed; empty if it is no string. */
const char *
gum_sandbox_node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return "";

  return json_node_get_string (node);
}

const char *
gum_sandbox_peek_string (JsonObject *object,
                         const char *key)
{
  return gum_sandbox_node_string (object != NULL ? json_object_get_member (object, key) : NULL);
}

gboolean
gum_sandbox_get_int (JsonObject *object,
                     const char *key,
                     gint64     *value)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;
  g_autofree char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);

      if (!(number > -9e15 && number < 9e15))
        return FALSE;
      *value = (gint64) number;
      return TRUE;
    }

  text = gum_sandbox_dup_string (object, key);
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
gum_sandbox_get_bool (JsonObject *object,
                      const char *key,
                      gboolean    fallback)
{
  g_autofree char *text = gum_sandbox_dup_string (object, key);

  if (text == NULL || text[0] == '\0')
    return fallback;

  return !g_str_equal (text, "false") && !g_str_equal (text, "0") &&
         !g_str_equal (text, "f") && !g_str_equal (text, "off");
}

guint
gum_sandbox_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/* NULL if that element is something else. */
JsonObject *
gum_sandbox_object_at (JsonArray *array,
                       guint      position)
{
  JsonNode *node = json_array_get_element (array, position);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
gum_sandbox_get_array (JsonObject *object,
                       const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
gum_sandbox_get_object (JsonObject *object,
                        const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
gum_sandbox_is_blank (JsonObject *object,
                      const char *key)
{
  g_autofree char *text = gum_sandbox_dup_string (object, key);

  return text == NULL || text[0] == '\0';
}
