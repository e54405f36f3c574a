/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What single members of a record mean, without nodes for them: the ledger reads a few of each record
 * of a list, and of thousands of records in a row. Each answer is the one that the node would give. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-json-private.h"

#include <string.h>

/* Digits that surely fit into 64 bits. */
#define SAFE_DIGITS 18

static gboolean
is_word (GumJsonSlice  slice,
         const char   *word)
{
  return slice.length == strlen (word) && memcmp (slice.start, word, slice.length) == 0;
}

/**
 * gum_json_slice_dup_string:
 * @slice: a member, see gum_json_find()
 *
 * Returns: (transfer full) (nullable): its text, or %NULL unless it is a string
 */
char *
gum_json_slice_dup_string (GumJsonSlice slice)
{
  g_autoptr(JsonNode) node = NULL;

  if (slice.start == NULL || strchr ("\"-0123456789", *slice.start) == NULL)
    return NULL;

  if (*slice.start == '"')
    return memchr (slice.start, '\\', slice.length) == NULL
             ? g_strndup (slice.start + 1, slice.length - 2)
             : _gum_json_parse_string (slice.start, slice.length);

  /* A number that is too large to be one. */
  node = gum_json_slice_parse (slice);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node) : NULL;
}

/**
 * gum_json_slice_parse:
 * @slice: a member, see gum_json_find()
 *
 * Returns: (transfer full) (nullable): its node, or %NULL where there is none
 */
JsonNode *
gum_json_slice_parse (GumJsonSlice slice)
{
  return slice.start != NULL ? _gum_json_parse_value (slice.start, slice.length) : NULL;
}

/**
 * gum_json_slice_to_int:
 * @slice: a member, see gum_json_find()
 * @value: (out): its value; untouched on failure
 *
 * Returns: %TRUE if the member can be read as a whole number, see gum_json_node_to_int()
 */
gboolean
gum_json_slice_to_int (GumJsonSlice  slice,
                       gint64       *value)
{
  g_autoptr(JsonNode) node = NULL;
  gint64 number = 0;
  gsize n_digits = 0;

  if (slice.start == NULL)
    return FALSE;

  while (n_digits < slice.length && g_ascii_isdigit (slice.start[n_digits]))
    n_digits++;
  if (n_digits == slice.length && n_digits <= SAFE_DIGITS)
    {
      for (gsize i = 0; i < n_digits; i++)
        number = number * 10 + (slice.start[i] - '0');
      *value = number;
      return TRUE;
    }

  node = gum_json_slice_parse (slice);

  return node != NULL && gum_json_node_to_int (node, value);
}

/**
 * gum_json_slice_to_boolean:
 * @slice: a member, see gum_json_find()
 * @value: (out): its value; untouched on failure
 *
 * Returns: %TRUE if the member can be read as a boolean, see gum_json_node_to_boolean()
 */
gboolean
gum_json_slice_to_boolean (GumJsonSlice  slice,
                           gboolean     *value)
{
  g_autoptr(JsonNode) node = NULL;

  if (slice.start == NULL)
    return FALSE;

  if (is_word (slice, "true") || is_word (slice, "false"))
    {
      *value = *slice.start == 't';
      return TRUE;
    }

  node = gum_json_slice_parse (slice);

  return node != NULL && gum_json_node_to_boolean (node, value);
}

/**
 * gum_json_pick:
 * @bytes: a JSON object in UTF-8, such as a record of a page
 * @members: (array zero-terminated=1): names
 *
 * Reads only these members of an object. Of members of the same name the last one stands.
 *
 * Returns: (transfer full) (nullable): an object with those of them that there are; %NULL if
 *   @bytes holds no object
 */
JsonObject *
gum_json_pick (GBytes             *bytes,
               const char * const *members)
{
  g_autoptr(JsonObject) picked = json_object_new ();
  g_autofree GumJsonSlice *found = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL && members != NULL, NULL);

  found = g_new (GumJsonSlice, g_strv_length ((char **) members));
  text = g_bytes_get_data (bytes, &length);
  if (length == 0 || !gum_json_find (text, length, members, found))
    return NULL;

  for (guint i = 0; members[i] != NULL; i++)
    {
      JsonNode *node = gum_json_slice_parse (found[i]);

      if (node != NULL)
        json_object_set_member (picked, members[i], node);
    }

  return g_steal_pointer (&picked);
}
