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

/* Told of each member of an object, in order: of its name with the quotes. The value is next, and is
 * the function's to read. FALSE ends it all. */
typedef gboolean (*MemberFunc) (Skimmer      *skimmer,
                                GumJsonSlice  name,
                                gpointer      data);

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

#define EACH_BYTE(b) (G_GUINT64_CONSTANT (0x0101010101010101) * (b))

/* Most of a page is text, and most of that has nothing to stop at: no quote, no escape, no control
 * character, nothing beyond ASCII. So eight bytes at a time, and only a piece that has one of these
 * is looked at closely: there, and there only, a byte's highest bit is set in @stops. */
static const char *
skip_plain (const char *p,
            const char *end)
{
  while (end - p >= 8)
    {
      guint64 word, quotes, escapes, stops;

      memcpy (&word, p, sizeof word);
      word = GUINT64_FROM_LE (word);
      quotes = word ^ EACH_BYTE ('"');
      escapes = word ^ EACH_BYTE ('\\');
      stops = (((quotes - EACH_BYTE (1)) & ~quotes) | ((escapes - EACH_BYTE (1)) & ~escapes) |
               (word - EACH_BYTE (0x20)) | word) & EACH_BYTE (0x80);
      /* A borrow only spoils what is behind the first. */
      if (stops != 0)
        return p + __builtin_ctzll (stops) / 8;
      p += 8;
    }
  while (p < end && *p != '"' && *p != '\\' && (guint8) *p >= 0x20 && (guint8) *p < 0x80)
    p++;

  return p;
}

/* Beyond ASCII only strings may have anything, so that a text whose strings are valid is. */
static gboolean
skip_characters (Skimmer *skimmer)
{
  while (skimmer->position < skimmer->end && (guint8) *skimmer->position >= 0x80)
    {
      gunichar c = g_utf8_get_char_validated (skimmer->position,
                                              skimmer->end - skimmer->position);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        return FALSE;
      skimmer->position = g_utf8_next_char (skimmer->position);
    }

  return TRUE;
}

static gboolean
skip_string (Skimmer *skimmer)
{
  if (!take (skimmer, '"'))
    return FALSE;

  while (TRUE)
    {
      skimmer->position = skip_plain (skimmer->position, skimmer->end);
      if (skimmer->position == skimmer->end)
        return FALSE;

      if (take (skimmer, '"'))
        return TRUE;
      if ((guint8) *skimmer->position >= 0x80 ? !skip_characters (skimmer)
                                              : !take (skimmer, '\\') || !skip_escape (skimmer))
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
      GumJsonSlice name;

      skip_space (skimmer);
      name.start = skimmer->position;
      if (!skip_string (skimmer))
        return FALSE;
      name.length = skimmer->position - name.start;
      skip_space (skimmer);
      if (!take (skimmer, ':'))
        return FALSE;
      skip_space (skimmer);
      if (!(func != NULL ? func (skimmer, name, data) : skip_value (skimmer)))
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

/* Into an object or a list. */
static gboolean
enter (Skimmer *skimmer)
{
  if (skimmer->depth == GUM_JSON_MAX_DEPTH)
    return FALSE;

  skimmer->depth++;
  skimmer->position++;

  return TRUE;
}

static gboolean
count_value (Skimmer *skimmer)
{
  return skimmer->position < skimmer->end && ++skimmer->n_values <= GUM_JSON_MAX_NODES;
}

static gboolean
skip_value (Skimmer *skimmer)
{
  gboolean ok;

  skip_space (skimmer);
  if (!count_value (skimmer))
    return FALSE;

  switch (*skimmer->position)
    {
    case '{':
      ok = enter (skimmer) && skip_members (skimmer, NULL, NULL);
      skimmer->depth--;
      return ok;
    case '[':
      ok = enter (skimmer) && skip_elements (skimmer);
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

static gboolean
take_value (Skimmer      *skimmer,
            GumJsonSlice *value)
{
  value->start = skimmer->position;
  if (!skip_value (skimmer))
    return FALSE;
  value->length = skimmer->position - value->start;

  return TRUE;
}

static gboolean
is_called (GumJsonSlice  name,
           const char   *wanted)
{
  g_autofree char *text = NULL;

  /* Most names differ at once. */
  if (name.start[1] != *wanted && name.start[1] != '\\')
    return FALSE;
  if (memchr (name.start, '\\', name.length) == NULL)
    return strncmp (name.start + 1, wanted, name.length - 2) == 0 && wanted[name.length - 2] == '\0';

  text = gum_json_slice_dup_string (name);

  return g_str_equal (text, wanted);
}

/* --- members ---------------------------------------------------------------------------------- */

typedef struct {
  const char * const *members;
  guint               n_members;
  guint64             marks;      /* of the members, a bit each */
  GumJsonSlice       *found;      /* a place for each */
} Finding;

/* Most names of a record are not wanted, and most of those have another mark than any that is. */
static guint64
get_mark (const char *name,
          gsize       length)
{
  guint number = length * 5;

  if (length > 0)
    number += (guint8) name[0] + 3 * (guint8) name[length - 1];

  return G_GUINT64_CONSTANT (1) << (number % 64);
}

static gboolean
find_member (Skimmer      *skimmer,
             GumJsonSlice  name,
             gpointer      data)
{
  Finding *finding = data;

  if ((finding->marks & get_mark (name.start + 1, name.length - 2)) == 0 &&
      memchr (name.start, '\\', name.length) == NULL)
    return skip_value (skimmer);

  for (guint i = 0; i < finding->n_members; i++)
    {
      if (is_called (name, finding->members[i]))
        return take_value (skimmer, &finding->found[i]);
    }

  return skip_value (skimmer);
}

static void
finding_init (Finding            *finding,
              const char * const *members)
{
  *finding = (Finding) { .members = members };
  for (; members[finding->n_members] != NULL; finding->n_members++)
    {
      const char *name = members[finding->n_members];

      finding->marks |= get_mark (name, strlen (name));
    }
}

/**
 * gum_json_find:
 * @text: a JSON object in UTF-8, such as a record of a page
 * @length: its length
 * @members: (array zero-terminated=1): names
 * @found: (out caller-allocates) (array): as many as there are names
 *
 * Finds these members of an object, without making anything of them: where there is none, its slice
 * has no start. Of members of the same name the last one stands. The slices are of use as long as
 * @text is.
 *
 * Returns: %FALSE if @text is no object
 */
gboolean
gum_json_find (const char         *text,
               gsize               length,
               const char * const *members,
               GumJsonSlice       *found)
{
  Finding finding;
  Skimmer skimmer = { text, text + length, 1, 1 };

  g_return_val_if_fail (text != NULL && members != NULL && found != NULL, FALSE);

  finding_init (&finding, members);
  finding.found = found;
  for (guint i = 0; i < finding.n_members; i++)
    found[i] = (GumJsonSlice) { NULL, 0 };

  skip_space (&skimmer);
  if (!take (&skimmer, '{') || !skip_members (&skimmer, find_member, &finding))
    return FALSE;
  skip_space (&skimmer);

  return skimmer.position == skimmer.end;
}

/* --- a page ----------------------------------------------------------------------------------- */

typedef struct {
  GBytes     *bytes;
  const char *list;
  JsonObject *envelope;
  GumPage    *page;        /* NULL: there is no such list */

  /* Of the record that is read. */
  Finding      finding;
  GumJsonSlice id;
} Reading;

static gboolean
take_member (Skimmer      *skimmer,
             GumJsonSlice  name,
             gpointer      data)
{
  Reading *reading = data;
  GumJsonSlice value = { skimmer->position, 0 };

  if (!find_member (skimmer, name, &reading->finding))
    return FALSE;
  value.length = skimmer->position - value.start;
  if (is_called (name, "id"))
    reading->id = value;

  return TRUE;
}

static char *
dup_id (GumJsonSlice id)
{
  g_autoptr(JsonNode) node = NULL;
  char *text;

  if (id.start == NULL || strchr ("\"-0123456789", *id.start) == NULL)
    return NULL;

  if (*id.start == '"')
    text = gum_json_slice_dup_string (id);
  else
    {
      node = gum_json_slice_parse (id);
      if (node == NULL || json_node_get_value_type (node) == G_TYPE_DOUBLE)
        return NULL;
      text = gum_json_node_dup_string (node);
    }
  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

/* What is no object, or has no id, is only counted. */
static gboolean
cut_record (Skimmer *skimmer,
            Reading *reading)
{
  const char *start = g_bytes_get_data (reading->bytes, NULL);
  GArray *found = reading->page->found;
  guint n_found = found->len;
  const char *record;
  char *text = NULL;

  skip_space (skimmer);
  record = skimmer->position;
  if (record < skimmer->end && *record == '{')
    {
      reading->id = (GumJsonSlice) { NULL, 0 };
      g_array_set_size (found, n_found + reading->finding.n_members);
      reading->finding.found = (GumJsonSlice *) found->data + n_found;
      if (!count_value (skimmer) || !enter (skimmer) ||
          !skip_members (skimmer, take_member, reading))
        return FALSE;
      skimmer->depth--;
      text = dup_id (reading->id);
    }
  else if (!skip_value (skimmer))
    return FALSE;

  if (text != NULL)
    gum_page_take_record (reading->page, text,
                          g_bytes_new_from_bytes (reading->bytes, record - start,
                                                  skimmer->position - record));
  else
    {
      g_array_set_size (found, n_found);
      reading->page->n_bad++;
    }

  return TRUE;
}

static gboolean
cut_records (Skimmer *skimmer,
             Reading *reading)
{
  reading->page = gum_page_new ();
  reading->page->found = g_array_new (FALSE, TRUE, sizeof (GumJsonSlice));
  if (!count_value (skimmer) || !enter (skimmer))
    return FALSE;

  skip_space (skimmer);
  if (!take (skimmer, ']'))
    {
      do
        {
          if (!cut_record (skimmer, reading))
            return FALSE;
          skip_space (skimmer);
        }
      while (take (skimmer, ','));
      if (!take (skimmer, ']'))
        return FALSE;
    }
  skimmer->depth--;

  return TRUE;
}

static gboolean
take_envelope (Skimmer      *skimmer,
               GumJsonSlice  name,
               gpointer      data)
{
  Reading *reading = data;
  g_autofree char *text = NULL;
  GumJsonSlice value;
  JsonNode *node;

  if (is_called (name, reading->list))
    {
      /* Of two the last one stands. */
      g_clear_pointer (&reading->page, gum_page_free);
      return skimmer->position < skimmer->end && *skimmer->position == '['
               ? cut_records (skimmer, reading) : skip_value (skimmer);
    }

  if (!take_value (skimmer, &value))
    return FALSE;
  text = gum_json_slice_dup_string (name);
  node = gum_json_slice_parse (value);
  if (node == NULL)
    return FALSE;
  json_object_set_member (reading->envelope, text, node);

  return TRUE;
}

/* Like _gum_json_parse_object(), but the elements of the array @list are left as they came, in
 * @page, with the places of @members in them; it stays NULL where there is no such array. @list is no
 * member of the result. */
JsonNode *
_gum_json_parse_page (GBytes      *bytes,
                      const char  *list,
                      const char * const *members,
                      GumPage    **page,
                      gboolean    *cut,
                      GError     **error)
{
  static const char * const no_members[] = { NULL };
  g_autoptr(JsonObject) envelope = json_object_new ();
  Reading reading = { .bytes = bytes, .list = list, .envelope = envelope };
  Skimmer skimmer = { 0 };
  gsize length;
  JsonNode *node;

  skimmer.position = g_bytes_get_data (bytes, &length);
  /* Nothing has no address to count from. */
  skimmer.end = length > 0 ? skimmer.position + length : skimmer.position;
  skimmer.depth = 1;
  skimmer.n_values = 1;
  *cut = FALSE;

  finding_init (&reading.finding, members != NULL ? members : no_members);
  skip_space (&skimmer);
  if (take (&skimmer, '{') && skip_members (&skimmer, take_envelope, &reading))
    {
      skip_space (&skimmer);
      if (skimmer.position == skimmer.end)
        {
          *page = reading.page;
          return json_node_init_object (json_node_alloc (), envelope);
        }
    }
  g_clear_pointer (&reading.page, gum_page_free);
  *page = NULL;

  node = _gum_json_parse_object (bytes, cut, error);
  if (node == NULL)
    return NULL;

  /* Both read the same language; the fuzzer holds them to it. */
  json_node_unref (node);
  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL, "The answer is not understood");

  return NULL;
}
