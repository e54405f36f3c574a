/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions to JSON that have an answer for every kind of node: json-glib's own accessors are
 * critical of a member that is missing or of another type, and what comes from outside may be
 * anything. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-json.h"

#include <math.h>
#include <string.h>

static JsonNode *
find_value (JsonObject   *object,
            const char   *member,
            JsonNodeType  type)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  node = json_object_get_member (object, member);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

/**
 * gum_json_get_string:
 * @object: a JSON object
 * @member: the name of a member
 *
 * Returns: (transfer none) (nullable): its text, or %NULL unless it is a string
 */
const char *
gum_json_get_string (JsonObject *object,
                     const char *member)
{
  JsonNode *node = find_value (object, member, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * gum_json_get_int:
 * @object: a JSON object
 * @member: the name of a member
 * @value: (out): its value; untouched on failure
 *
 * Returns: %TRUE if the member can be read as a whole number, see gum_json_node_to_int()
 */
gboolean
gum_json_get_int (JsonObject *object,
                  const char *member,
                  gint64     *value)
{
  JsonNode *node = find_value (object, member, JSON_NODE_VALUE);

  return node != NULL && gum_json_node_to_int (node, value);
}

/**
 * gum_json_get_boolean:
 * @object: a JSON object
 * @member: the name of a member
 * @value: (out): its value; untouched on failure
 *
 * Returns: %TRUE if the member can be read as a boolean, see gum_json_node_to_boolean()
 */
gboolean
gum_json_get_boolean (JsonObject *object,
                      const char *member,
                      gboolean   *value)
{
  JsonNode *node = find_value (object, member, JSON_NODE_VALUE);

  return node != NULL && gum_json_node_to_boolean (node, value);
}

/**
 * gum_json_get_object:
 * @object: a JSON object
 * @member: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, or %NULL unless it is an object
 */
JsonObject *
gum_json_get_object (JsonObject *object,
                     const char *member)
{
  JsonNode *node = find_value (object, member, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * gum_json_get_array:
 * @object: a JSON object
 * @member: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, or %NULL unless it is an array
 */
JsonArray *
gum_json_get_array (JsonObject *object,
                    const char *member)
{
  JsonNode *node = find_value (object, member, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

/**
 * gum_json_node_dup_string:
 * @node: any node
 *
 * Returns: (transfer full) (nullable): its text, also that of a number or boolean; %NULL for null,
 *   objects and arrays
 */
char *
gum_json_node_dup_string (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return NULL;
    }
}

static gboolean
double_to_int (double  real,
               gint64 *value)
{
  double whole = round (real);

  /* The bounds are exact as doubles; NaN fails both. A sum of cents may be off by a breath. */
  if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0) ||
      fabs (real - whole) > 1e-6)
    return FALSE;

  *value = (gint64) whole;
  return TRUE;
}

/**
 * gum_json_node_to_int:
 * @node: any node
 * @value: (out): its value; untouched on failure
 *
 * Numbers come from Gumroad as `12`, as `12.0` and as `"12"`.
 *
 * Returns: %TRUE if the node is a whole number within 64 bits
 */
gboolean
gum_json_node_to_int (JsonNode *node,
                      gint64   *value)
{
  const char *text;
  char *end;
  double real;

  g_return_val_if_fail (node != NULL && value != NULL, FALSE);

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      *value = json_node_get_int (node);
      return TRUE;
    case G_TYPE_DOUBLE:
      return double_to_int (json_node_get_double (node), value);
    case G_TYPE_STRING:
      text = json_node_get_string (node);
      if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
        return TRUE;
      /* "12.0", but no hexadecimal, "nan" or digits without end */
      if (text[strspn (text, "0123456789.-")] != '\0' || strchr (text, '.') == NULL)
        return FALSE;
      real = g_ascii_strtod (text, &end);
      return *end == '\0' && double_to_int (real, value);
    default:
      return FALSE;
    }
}

/**
 * gum_json_node_to_boolean:
 * @node: any node
 * @value: (out): its value; untouched on failure
 *
 * Booleans come from Gumroad as such and as `"true"`; Rails also writes `1` and `"1"`.
 *
 * Returns: %TRUE if the node can be read as a boolean
 */
gboolean
gum_json_node_to_boolean (JsonNode *node,
                          gboolean *value)
{
  const char *text;
  gint64 number;

  g_return_val_if_fail (node != NULL && value != NULL, FALSE);

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_BOOLEAN:
      *value = json_node_get_boolean (node);
      return TRUE;
    case G_TYPE_STRING:
      text = json_node_get_string (node);
      if (!g_str_equal (text, "true") && !g_str_equal (text, "1") &&
          !g_str_equal (text, "false") && !g_str_equal (text, "0"))
        return FALSE;
      *value = *text == 't' || *text == '1';
      return TRUE;
    case G_TYPE_INT64:
    case G_TYPE_DOUBLE:
      if (!gum_json_node_to_int (node, &number) || (number != 0 && number != 1))
        return FALSE;
      *value = number == 1;
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * gum_json_from_text:
 * @text: (nullable): what is kept as text
 * @length: its length in bytes, or -1: up to its end
 *
 * Returns: (transfer full) (nullable): the object in it; %NULL: there is none
 */
JsonObject *
gum_json_from_text (const char *text,
                    gssize      length)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (text == NULL)
    return NULL;

  bytes = g_bytes_new_static (text, length >= 0 ? (gsize) length : strlen (text));
  node = gum_json_parse_object (bytes, NULL);

  return node != NULL ? json_node_dup_object (node) : NULL;
}

/**
 * gum_json_to_text:
 * @object: (nullable): an object
 *
 * Returns: (transfer full) (nullable): the shortest text that gum_json_from_text() makes the same of
 */
char *
gum_json_to_text (JsonObject *object)
{
  g_autoptr(JsonNode) node = NULL;

  if (object == NULL)
    return NULL;

  node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/**
 * gum_json_dup_node:
 * @node: (nullable): a node
 *
 * Returns: (transfer full) (nullable): a copy; %NULL of %NULL
 */
JsonNode *
gum_json_dup_node (JsonNode *node)
{
  return node != NULL ? json_node_copy (node) : NULL;
}
