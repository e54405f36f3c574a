/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same language as gum-json-parser.c, read without making anything of it: where the records of
 * a page begin and end, and single members of a record.
 *
 * A page of the list is mostly text that goes into the ledger as it came. Whether it is valid must
 * be known before the next page is asked for, but nodes for all of it would cost more than sending
 * and storing it. What is wrong with a text that does not pass is left to the parser to say. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-json-private.h"
#include "gum-error.h"

#include <string.h>

typedef struct {
  const char *position;
  const char *end;
  guint       depth;
  guint       n_values;
} Skimmer;

/* A value, or a name with its quotes, within the text. */
typedef struct {
  const char *start;
  const char *end;
} Slice;

/* Told of each member of an object, in order. FALSE ends it all. */
typedef gboolean (*MemberFunc) (Slice    name,
                                Slice    value,
                                gpointer data);

static gboolean skip_value (Skimmer *skimmer);

static void
skip_space (Skimmer *skimmer)
{
  while (skimmer->position < skimmer->end &&
         (*skimmer->position == ' ' || *skimmer->position == '\n' ||
          *skimmer->position == '\r' || *skimmer->position == '\t'))
    skimmer->position++;
}

static gboolean
take (Skimmer *skimmer,
      char     c)
{
  if (skimmer->position == skimmer->end || *skimmer->position != c)
    return FALSE;

  skimmer->position++;
  return TRUE;
}

static gboolean
skip_escape (Skimmer *skimmer)
{
  if (take (skimmer, 'u'))
    {
      if (skimmer->end - skimmer->position < 4)
        return FALSE;
      for (guint i = 0; i < 4; i++)
        {
          if (!g_ascii_isxdigit (*skimmer->position++))
            return FALSE;
        }
      return TRUE;
    }

  if (skimmer->position == skimmer->end || *skimmer->position == '\0' ||
      strchr ("\"\\/bfnrt", *skimmer->position) == NULL)
    return FALSE;

  skimmer->position++;
  return TRUE;
}

static gboolean
skip_string (Skimmer *skimmer)
{
  const char *p;

  if (!take (skimmer, '"'))
    return FALSE;

  while (TRUE)
    {
      p = skimmer->position;
      while (p < skimmer->end && *p != '"' && *p != '\\' && (guint8) *p >= 0x20)
        p++;
      skimmer->position = p;

      if (take (skimmer, '"'))
        return TRUE;
      if (!take (skimmer, '\\') || !skip_escape (skimmer))
        return FALSE;
    }
}

static gboolean
skip_digits (Skimmer *skimmer)
{
  const char *before = skimmer->position;

  while (skimmer->position < skimmer->end && g_ascii_isdigit (*skimmer->position))
    skimmer->position++;

  return skimmer->position > before;
}

static gboolean
skip_number (Skimmer *skimmer)
{
  take (skimmer, '-');
  if (!take (skimmer, '0') && !skip_digits (skimmer))
    return FALSE;
  if (take (skimmer, '.') && !skip_digits (skimmer))
    return FALSE;
  if (take (skimmer, 'e') || take (skimmer, 'E'))
    {
      if (!take (skimmer, '+'))
        take (skimmer, '-');
      return skip_digits (skimmer);
    }

  return TRUE;
}

static gboolean
skip_word (Skimmer    *skimmer,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (skimmer->end - skimmer->position) < length ||
      memcmp (skimmer->position, word, length) != 0)
    return FALSE;

  skimmer->position += length;
  return TRUE;
}

/* Behind the brace. */
static gboolean
skip_members (Skimmer    *skimmer,
              MemberFunc  func,
              gpointer    data)
{
  skip_space (skimmer);
  if (take (skimmer, '}'))
    return TRUE;

  do
    {
      Slice name, value;

      skip_space (skimmer);
      name.start = skimmer->position;
      if (!skip_string (skimmer))
        return FALSE;
      name.end = skimmer->position;
      skip_space (skimmer);
      if (!take (skimmer, ':'))
        return FALSE;
      skip_space (skimmer);
      value.start = skimmer->position;
      if (!skip_value (skimmer))
        return FALSE;
      value.end = skimmer->position;
      if (func != NULL && !func (name, value, data))
        return FALSE;
      skip_space (skimmer);
    }
  while (take (skimmer, ','));

  return take (skimmer, '}');
}

/* Behind the bracket. */
static gboolean
skip_elements (Skimmer *skimmer)
{
  skip_space (skimmer);
  if (take (skimmer, ']'))
    return TRUE;

  do
    {
      if (!skip_value (skimmer))
        return FALSE;
      skip_space (skimmer);
    }
  while (take (skimmer, ','));

  return take (skimmer, ']');
}

static gboolean
skip_value (Skimmer *skimmer)
{
  gboolean ok;

  skip_space (skimmer);
  if (skimmer->position == skimmer->end || ++skimmer->n_values > GUM_JSON_MAX_NODES)
    return FALSE;

  switch (*skimmer->position)
    {
    case '{':
    case '[':
      if (skimmer->depth == GUM_JSON_MAX_DEPTH)
        return FALSE;
      skimmer->depth++;
      ok = *skimmer->position++ == '{' ? skip_members (skimmer, NULL, NULL)
                                       : skip_elements (skimmer);
      skimmer->depth--;
      return ok;
    case '"':
      return skip_string (skimmer);
    case 't':
      return skip_word (skimmer, "true");
    case 'f':
      return skip_word (skimmer, "false");
    case 'n':
      return skip_word (skimmer, "null");
    default:
      return skip_number (skimmer);
    }
}

static JsonNode *
parse (Slice slice)
{
  return _gum_json_parse_value (slice.start, slice.end - slice.start);
}

static gboolean
is_called (Slice       name,
           const char *wanted)
{
  gsize length = name.end - name.start - 2;
  g_autoptr(JsonNode) node = NULL;

  /* Most names differ at once. */
  if (name.start[1] != *wanted && name.start[1] != '\\')
    return FALSE;
  if (memchr (name.start, '\\', length + 1) == NULL)
    return strlen (wanted) == length && memcmp (name.start + 1, wanted, length) == 0;

  node = parse (name);

  return node != NULL && g_strcmp0 (json_node_get_string (node), wanted) == 0;
}

/* --- a page ----------------------------------------------------------------------------------- */

typedef struct {
  const char *list;
  JsonObject *envelope;
  Slice       records;     /* the array; NULL: there is none */
} Reading;

static gboolean
take_envelope (Slice    name,
               Slice    value,
               gpointer data)
{
  Reading *reading = data;
  g_autoptr(JsonNode) name_node = NULL;
  JsonNode *node;

  if (is_called (name, reading->list))
    {
      reading->records = *value.start == '[' ? value : (Slice) { NULL, NULL };
      return TRUE;
    }

  name_node = parse (name);
  node = parse (value);
  if (name_node == NULL || node == NULL)
    {
      g_clear_pointer (&node, json_node_unref);
      return FALSE;
    }
  json_object_set_member (reading->envelope, json_node_get_string (name_node), node);

  return TRUE;
}

static gboolean
take_id (Slice    name,
         Slice    value,
         gpointer data)
{
  if (is_called (name, "id"))
    *(Slice *) data = value;

  return TRUE;
}

static char *
dup_id (Slice id)
{
  g_autoptr(JsonNode) node = NULL;
  char *text;

  if (id.start == NULL || strchr ("\"-0123456789", *id.start) == NULL)
    return NULL;
  if (*id.start == '"' && memchr (id.start, '\\', id.end - id.start) == NULL)
    return id.end - id.start > 2 ? g_strndup (id.start + 1, id.end - id.start - 2) : NULL;

  node = parse (id);
  if (node == NULL || (json_node_get_value_type (node) != G_TYPE_INT64 &&
                       json_node_get_value_type (node) != G_TYPE_STRING))
    return NULL;

  text = gum_json_node_dup_string (node);
  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

/* @records was seen to be valid. */
static GumPage *
cut_records (GBytes *bytes,
             Slice   records)
{
  const char *start = g_bytes_get_data (bytes, NULL);
  Skimmer skimmer = { records.start + 1, records.end, 0, 0 };
  GumPage *page = gum_page_new ();

  skip_space (&skimmer);
  while (skimmer.position < skimmer.end && *skimmer.position != ']')
    {
      Slice id = { NULL, NULL };
      const char *record = skimmer.position;
      char *text = NULL;

      if (take (&skimmer, '{'))
        {
          skip_members (&skimmer, take_id, &id);
          text = dup_id (id);
        }
      else
        skip_value (&skimmer);

      if (text != NULL)
        gum_page_take_record (page, text,
                              g_bytes_new_from_bytes (bytes, record - start,
                                                      skimmer.position - record));
      else
        page->n_bad++;
      skip_space (&skimmer);
      take (&skimmer, ',');
      skip_space (&skimmer);
    }

  return page;
}

/* Like _gum_json_parse_object(), but the elements of the array @list are left as they came, in
 * @page; it stays NULL where there is no such array. @list is no member of the result. */
JsonNode *
_gum_json_parse_page (GBytes      *bytes,
                      const char  *list,
                      GumPage    **page,
                      gboolean    *cut,
                      GError     **error)
{
  g_autoptr(JsonObject) envelope = json_object_new ();
  Reading reading = { list, envelope, { NULL, NULL } };
  Skimmer skimmer = { 0 };
  gsize length;
  JsonNode *node;

  skimmer.position = g_bytes_get_data (bytes, &length);
  /* Nothing has no address to count from. */
  skimmer.end = length > 0 ? skimmer.position + length : skimmer.position;
  skimmer.depth = 1;
  skimmer.n_values = 1;
  *page = NULL;
  *cut = FALSE;

  if (length > 0 && g_utf8_validate_len (skimmer.position, length, NULL))
    {
      skip_space (&skimmer);
      if (take (&skimmer, '{') && skip_members (&skimmer, take_envelope, &reading))
        {
          skip_space (&skimmer);
          if (skimmer.position == skimmer.end)
            {
              if (reading.records.start != NULL)
                *page = cut_records (bytes, reading.records);
              return json_node_init_object (json_node_alloc (), envelope);
            }
        }
    }

  node = _gum_json_parse_object (bytes, cut, error);
  if (node == NULL)
    return NULL;

  /* Both read the same language; the fuzzer holds them to it. */
  json_node_unref (node);
  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL, "The answer is not understood");

  return NULL;
}

/* --- a record --------------------------------------------------------------------------------- */

typedef struct {
  const char * const *members;
  JsonObject         *picked;
} Picking;

static gboolean
pick_member (Slice    name,
             Slice    value,
             gpointer data)
{
  Picking *picking = data;

  for (guint i = 0; picking->members[i] != NULL; i++)
    {
      JsonNode *node;

      if (!is_called (name, picking->members[i]))
        continue;
      node = parse (value);
      if (node == NULL)
        return FALSE;
      json_object_set_member (picking->picked, picking->members[i], node);
      break;
    }

  return TRUE;
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
  Picking picking = { members, picked };
  Skimmer skimmer = { 0 };
  gsize length;

  g_return_val_if_fail (bytes != NULL && members != NULL, NULL);

  skimmer.position = g_bytes_get_data (bytes, &length);
  skimmer.end = skimmer.position + length;
  skimmer.depth = 1;
  skimmer.n_values = 1;

  skip_space (&skimmer);
  if (length == 0 || !take (&skimmer, '{') || !skip_members (&skimmer, pick_member, &picking))
    return NULL;
  skip_space (&skimmer);

  return skimmer.position == skimmer.end ? g_steal_pointer (&picked) : NULL;
}
