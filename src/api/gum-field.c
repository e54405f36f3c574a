/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One field of a resource: from a JSON node into a struct member, and from there into a
 * property. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-field-private.h"
#include "gum-json.h"
#include "gum-resource-private.h"
#include "gum-time.h"

#include <gio/gio.h>

GParamSpec *
_gum_field_create_pspec (const GumField *field)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  switch (field->kind)
    {
    case GUM_FIELD_STRING:
      return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
    case GUM_FIELD_INT:
      return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case GUM_FIELD_BOOLEAN:
      return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);
    case GUM_FIELD_TIME:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_DATE_TIME, flags);
    case GUM_FIELD_STRV:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_STRV, flags);
    case GUM_FIELD_OBJECT:
      return g_param_spec_object (field->name, NULL, NULL, field->item_type (), flags);
    case GUM_FIELD_LIST:
      return g_param_spec_object (field->name, NULL, NULL, G_TYPE_LIST_MODEL, flags);
    case GUM_FIELD_JSON:
      return g_param_spec_boxed (field->name, NULL, NULL, JSON_TYPE_NODE, flags);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* The node under the field's key, or under its alias where the key is absent or null. */
JsonNode *
_gum_field_find_node (const GumField *field,
                      const char     *key,
                      JsonObject     *json)
{
  JsonNode *node = json_object_get_member (json, key);

  if (field->alias != NULL && (node == NULL || JSON_NODE_HOLDS_NULL (node)))
    {
      JsonNode *other = json_object_get_member (json, field->alias);

      if (other != NULL)
        node = other;
    }

  return node;
}

static gboolean
decode_string (char     **member,
               JsonNode  *node,
               gboolean  *has)
{
  char *text = node != NULL ? gum_json_node_dup_string (node) : NULL;

  *has = text != NULL;
  if (g_strcmp0 (*member, text) == 0)
    {
      g_free (text);
      return FALSE;
    }

  g_free (*member);
  *member = text;
  return TRUE;
}

static gboolean
decode_int (gint64   *member,
            JsonNode *node,
            gboolean *has)
{
  gint64 value = 0;

  *has = node != NULL && gum_json_node_to_int (node, &value);
  if (*member == value)
    return FALSE;

  *member = value;
  return TRUE;
}

static gboolean
decode_boolean (gboolean *member,
                JsonNode *node,
                gboolean *has)
{
  gboolean value = FALSE;

  *has = node != NULL && gum_json_node_to_boolean (node, &value);
  if (*member == value)
    return FALSE;

  *member = value;
  return TRUE;
}

static gboolean
decode_time (GDateTime **member,
             JsonNode   *node,
             gboolean   *has)
{
  g_autoptr(GDateTime) time = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    time = gum_time_parse (json_node_get_string (node));

  *has = time != NULL;
  if (time == *member || (time != NULL && *member != NULL && g_date_time_equal (time, *member)))
    return FALSE;

  g_clear_pointer (member, g_date_time_unref);
  *member = g_steal_pointer (&time);
  return TRUE;
}

static gboolean
decode_strv (char        ***member,
             JsonNode      *node,
             gboolean      *has,
             GumDecoding   *decoding)
{
  g_auto(GStrv) value = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint length = json_array_get_length (array);
      guint filled = 0;

      value = g_new0 (char *, (gsize) length + 1);
      for (guint i = 0; i < length; i++)
        {
          char *text = gum_json_node_dup_string (json_array_get_element (array, i));

          if (text != NULL)
            value[filled++] = text;
          else
            decoding->n_bad++;
        }
    }

  *has = value != NULL;
  if (value == *member ||
      (value != NULL && *member != NULL &&
       g_strv_equal ((const char * const *) value, (const char * const *) *member)))
    return FALSE;

  g_strfreev (*member);
  *member = g_steal_pointer (&value);
  return TRUE;
}

static gboolean
decode_json (JsonNode **member,
             JsonNode  *node,
             gboolean  *has)
{
  *has = node != NULL;
  if (node == *member || (node != NULL && *member != NULL && json_node_equal (node, *member)))
    return FALSE;

  g_clear_pointer (member, json_node_unref);
  *member = node != NULL ? json_node_ref (node) : NULL;
  return TRUE;
}

/* An object that was there stays the same object, and notifies for itself. */
static gboolean
decode_object (GumResource **member,
               GType         type,
               JsonNode     *node,
               gboolean     *has,
               GumDecoding  *decoding)
{
  *has = node != NULL && JSON_NODE_HOLDS_OBJECT (node);

  if (*has && *member != NULL)
    {
      _gum_resource_replace (*member, json_node_get_object (node), decoding);
      return FALSE;
    }
  if (*has)
    {
      *member = _gum_resource_decode (type, json_node_get_object (node), decoding);
      return TRUE;
    }
  if (*member == NULL)
    return FALSE;

  g_clear_object (member);
  return TRUE;
}

/* Puts @node (NULL: absent) into @member. Returns whether the property has another value now. */
gboolean
_gum_field_decode (const GumField *field,
                   gpointer        member,
                   JsonNode       *node,
                   gboolean       *has,
                   GumDecoding    *decoding)
{
  gboolean changed = FALSE;

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    node = NULL;

  switch (field->kind)
    {
    case GUM_FIELD_STRING:
      changed = decode_string (member, node, has);
      break;
    case GUM_FIELD_INT:
      changed = decode_int (member, node, has);
      break;
    case GUM_FIELD_BOOLEAN:
      changed = decode_boolean (member, node, has);
      break;
    case GUM_FIELD_TIME:
      changed = decode_time (member, node, has);
      break;
    case GUM_FIELD_STRV:
      changed = decode_strv (member, node, has, decoding);
      break;
    case GUM_FIELD_OBJECT:
      changed = decode_object (member, field->item_type (), node, has, decoding);
      break;
    case GUM_FIELD_LIST:
      *has = node != NULL && JSON_NODE_HOLDS_ARRAY (node);
      changed = _gum_resource_splice (member, field->item_type (),
                                      *has ? json_node_get_array (node) : NULL, decoding);
      break;
    case GUM_FIELD_JSON:
      changed = decode_json (member, node, has);
      break;
    default:
      g_return_val_if_reached (FALSE);
    }

  if (node != NULL && !*has)
    {
      decoding->n_bad++;
      g_debug ("The field “%s” is of a kind that it cannot be", field->name);
    }
  if (changed)
    decoding->changed = TRUE;

  return changed;
}

void
_gum_field_get_value (const GumField *field,
                      gpointer        member,
                      GValue         *value)
{
  switch (field->kind)
    {
    case GUM_FIELD_STRING:
      g_value_set_string (value, *(char **) member);
      break;
    case GUM_FIELD_INT:
      g_value_set_int64 (value, *(gint64 *) member);
      break;
    case GUM_FIELD_BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) member);
      break;
    case GUM_FIELD_TIME:
    case GUM_FIELD_STRV:
    case GUM_FIELD_JSON:
      g_value_set_boxed (value, *(gpointer *) member);
      break;
    case GUM_FIELD_OBJECT:
      g_value_set_object (value, *(gpointer *) member);
      break;
    case GUM_FIELD_LIST:
      /* Most lists of most records are empty and never looked at. */
      if (*(GListStore **) member == NULL)
        *(GListStore **) member = g_list_store_new (field->item_type ());
      g_value_set_object (value, *(gpointer *) member);
      break;
    default:
      g_return_if_reached ();
    }
}

void
_gum_field_clear (const GumField *field,
                  gpointer        member)
{
  switch (field->kind)
    {
    case GUM_FIELD_STRING:
      g_clear_pointer ((char **) member, g_free);
      break;
    case GUM_FIELD_INT:
    case GUM_FIELD_BOOLEAN:
      break;
    case GUM_FIELD_TIME:
      g_clear_pointer ((GDateTime **) member, g_date_time_unref);
      break;
    case GUM_FIELD_STRV:
      g_clear_pointer ((GStrv *) member, g_strfreev);
      break;
    case GUM_FIELD_OBJECT:
    case GUM_FIELD_LIST:
      g_clear_object ((GObject **) member);
      break;
    case GUM_FIELD_JSON:
      g_clear_pointer ((JsonNode **) member, json_node_unref);
      break;
    default:
      g_return_if_reached ();
    }
}
