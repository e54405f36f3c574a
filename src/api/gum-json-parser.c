/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From bytes to json-glib's nodes, strictly as RFC 8259 says.
 *
 * json-glib's own parser is not used for what comes from outside: as of 1.6 it overflows the
 * stack on deep nesting, lets integers wrap, ends a string silently at an escaped NUL, and takes
 * comments, octal numbers and a second document for granted. Here nesting and the number of
 * nodes are bounded, a number that neither a gint64 nor a finite double can hold stays the text
 * it was, and an escape that stands for no character becomes U+FFFD, so that two different texts
 * never become one. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-json-private.h"
#include "gum-error.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *start;
  const char *position;
  const char *end;
  GString    *scratch;
  guint       depth;
  guint       n_nodes;
  gboolean    too_large;
} Reader;

static JsonNode *read_value (Reader *reader);

static void
skip_space (Reader *reader)
{
  while (reader->position < reader->end &&
         (*reader->position == ' ' || *reader->position == '\n' ||
          *reader->position == '\r' || *reader->position == '\t'))
    reader->position++;
}

static gboolean
at (Reader *reader,
    char    c)
{
  return reader->position < reader->end && *reader->position == c;
}

static gboolean
take (Reader *reader,
      char    c)
{
  if (!at (reader, c))
    return FALSE;

  reader->position++;
  return TRUE;
}

static gboolean
read_four_digits (Reader   *reader,
                  gunichar *value)
{
  *value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit;

      if (reader->position == reader->end)
        return FALSE;
      digit = g_ascii_xdigit_value (*reader->position);
      if (digit < 0)
        return FALSE;
      *value = *value << 4 | (gunichar) digit;
      reader->position++;
    }

  return TRUE;
}

/* Behind "\u". Half of a surrogate pair, and NUL, are no text. */
static gboolean
read_code_point (Reader *reader)
{
  gunichar first, second;

  if (!read_four_digits (reader, &first))
    return FALSE;

  if (first >= 0xd800 && first <= 0xdbff &&
      reader->end - reader->position >= 2 &&
      reader->position[0] == '\\' && reader->position[1] == 'u')
    {
      const char *before = reader->position;

      reader->position += 2;
      if (!read_four_digits (reader, &second))
        return FALSE;
      if (second >= 0xdc00 && second <= 0xdfff)
        first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
      else
        reader->position = before;
    }

  if (first == 0 || (first >= 0xd800 && first <= 0xdfff))
    first = 0xfffd;
  if (first < 0x80)
    g_string_append_c (reader->scratch, first);
  else
    g_string_append_unichar (reader->scratch, first);

  return TRUE;
}

static gboolean
read_escape (Reader *reader)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (reader->position == reader->end)
    return FALSE;
  if (take (reader, 'u'))
    return read_code_point (reader);

  found = strchr (from, *reader->position);
  if (found == NULL)
    return FALSE;
  g_string_append_c (reader->scratch, to[found - from]);
  reader->position++;

  return TRUE;
}

/* Into the scratch, which the next string or number takes over. */
static gboolean
read_string (Reader *reader)
{
  g_string_truncate (reader->scratch, 0);
  if (!take (reader, '"'))
    return FALSE;

  while (reader->position < reader->end)
    {
      const char *run = reader->position;

      while (reader->position < reader->end && *reader->position != '"' &&
             *reader->position != '\\' && (guint8) *reader->position >= 0x20)
        reader->position++;
      g_string_append_len (reader->scratch, run, reader->position - run);

      if (take (reader, '"'))
        return TRUE;
      if (!take (reader, '\\') || !read_escape (reader))
        return FALSE;
    }

  return FALSE;
}

static gboolean
skip_digits (Reader *reader)
{
  const char *before = reader->position;

  while (reader->position < reader->end && g_ascii_isdigit (*reader->position))
    reader->position++;

  return reader->position > before;
}

static JsonNode *
read_number (Reader *reader)
{
  const char *before = reader->position;
  gboolean integer = TRUE;
  double real;

  take (reader, '-');
  if (!take (reader, '0') && !skip_digits (reader))
    return NULL;
  if (take (reader, '.'))
    {
      integer = FALSE;
      if (!skip_digits (reader))
        return NULL;
    }
  if (take (reader, 'e') || take (reader, 'E'))
    {
      integer = FALSE;
      if (!take (reader, '+'))
        take (reader, '-');
      if (!skip_digits (reader))
        return NULL;
    }

  g_string_truncate (reader->scratch, 0);
  g_string_append_len (reader->scratch, before, reader->position - before);

  if (integer)
    {
      gint64 value;

      if (g_ascii_string_to_signed (reader->scratch->str, 10, G_MININT64, G_MAXINT64, &value, NULL))
        return json_node_init_int (json_node_alloc (), value);
    }
  else
    {
      real = g_ascii_strtod (reader->scratch->str, NULL);
      if (isfinite (real))
        return json_node_init_double (json_node_alloc (), real);
    }

  return json_node_init_string (json_node_alloc (), reader->scratch->str);
}

static gboolean
take_word (Reader     *reader,
           const char *word)
{
  gsize left = reader->end - reader->position;
  gsize length = strlen (word);

  if (left < length)
    {
      /* The word may only be cut: then the end is where reading stopped. */
      if (strncmp (reader->position, word, left) == 0)
        reader->position = reader->end;
      return FALSE;
    }
  if (strncmp (reader->position, word, length) != 0)
    return FALSE;

  reader->position += length;
  return TRUE;
}

static JsonNode *
read_object (Reader *reader)
{
  g_autoptr(JsonObject) object = json_object_new ();

  skip_space (reader);
  if (take (reader, '}'))
    return json_node_init_object (json_node_alloc (), object);

  do
    {
      g_autofree char *name = NULL;
      JsonNode *value;

      skip_space (reader);
      if (!read_string (reader))
        return NULL;
      name = g_strndup (reader->scratch->str, reader->scratch->len);
      skip_space (reader);
      if (!take (reader, ':'))
        return NULL;
      value = read_value (reader);
      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);
      skip_space (reader);
    }
  while (take (reader, ','));

  return take (reader, '}') ? json_node_init_object (json_node_alloc (), object) : NULL;
}

static JsonNode *
read_array (Reader *reader)
{
  g_autoptr(JsonArray) array = json_array_new ();

  skip_space (reader);
  if (take (reader, ']'))
    return json_node_init_array (json_node_alloc (), array);

  do
    {
      JsonNode *value = read_value (reader);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
      skip_space (reader);
    }
  while (take (reader, ','));

  return take (reader, ']') ? json_node_init_array (json_node_alloc (), array) : NULL;
}

static JsonNode *
read_nested (Reader    *reader,
             JsonNode * (*read) (Reader *reader))
{
  JsonNode *node;

  if (reader->depth == GUM_JSON_MAX_DEPTH)
    {
      reader->too_large = TRUE;
      return NULL;
    }

  reader->position++;
  reader->depth++;
  node = read (reader);
  reader->depth--;

  return node;
}

static JsonNode *
read_value (Reader *reader)
{
  skip_space (reader);
  if (reader->position == reader->end)
    return NULL;
  if (++reader->n_nodes > GUM_JSON_MAX_NODES)
    {
      reader->too_large = TRUE;
      return NULL;
    }

  switch (*reader->position)
    {
    case '{':
      return read_nested (reader, read_object);
    case '[':
      return read_nested (reader, read_array);
    case '"':
      if (!read_string (reader))
        return NULL;
      return json_node_init_string (json_node_alloc (), reader->scratch->str);
    case 't':
      if (!take_word (reader, "true"))
        return NULL;
      return json_node_init_boolean (json_node_alloc (), TRUE);
    case 'f':
      if (!take_word (reader, "false"))
        return NULL;
      return json_node_init_boolean (json_node_alloc (), FALSE);
    case 'n':
      if (!take_word (reader, "null"))
        return NULL;
      return json_node_init_null (json_node_alloc ());
    default:
      return read_number (reader);
    }
}

/* Like gum_json_parse_object(). @cut tells a text that ends too early, and may be whole when it
 * is asked for again, from one that is wrong. */
JsonNode *
_gum_json_parse_object (GBytes    *bytes,
                        gboolean  *cut,
                        GError   **error)
{
  g_autoptr(JsonNode) node = NULL;
  Reader reader = { 0 };
  const char *invalid;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader.start = g_bytes_get_data (bytes, &length);
  if (length == 0)
    reader.start = "";
  reader.position = reader.start;
  reader.end = reader.start + length;
  if (cut != NULL)
    *cut = FALSE;

  if (length > 0 && !g_utf8_validate_len (reader.start, length, &invalid))
    {
      /* A cut may fall within a character. */
      if (cut != NULL)
        *cut = reader.end - invalid < 4 &&
               g_utf8_get_char_validated (invalid, reader.end - invalid) == (gunichar) -2;
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL, "The answer is not UTF-8");
      return NULL;
    }

  reader.scratch = g_string_sized_new (256);
  skip_space (&reader);
  if (at (&reader, '{'))
    node = read_value (&reader);
  skip_space (&reader);
  g_string_free (reader.scratch, TRUE);

  if (node != NULL && reader.position == reader.end)
    return g_steal_pointer (&node);

  if (reader.too_large)
    g_set_error_literal (error, GUM_ERROR, GUM_ERROR_TOO_LARGE,
                         "The answer is nested too deep or has too many parts");
  else if (reader.position == reader.end)
    {
      if (cut != NULL)
        *cut = length > 0;
      g_set_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL,
                   "The answer ends too early, after %" G_GSIZE_FORMAT " bytes", length);
    }
  else
    g_set_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL,
                 "The answer is no JSON object (byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ")",
                 (gsize) (reader.position - reader.start), length);

  return NULL;
}

/* A single value, of a text that is known to be UTF-8. NULL: it is none. */
JsonNode *
_gum_json_parse_value (const char *text,
                       gsize       length)
{
  Reader reader = { .start = text, .position = text, .end = text + length };
  g_autoptr(JsonNode) node = NULL;

  reader.scratch = g_string_sized_new (length + 1);
  node = read_value (&reader);
  g_string_free (reader.scratch, TRUE);

  return reader.position == reader.end ? g_steal_pointer (&node) : NULL;
}

/* The same of a string, without its quotes. */
char *
_gum_json_parse_string (const char *text,
                        gsize       length)
{
  Reader reader = { .start = text, .position = text, .end = text + length };
  gboolean ok;

  reader.scratch = g_string_sized_new (length);
  ok = read_string (&reader) && reader.position == reader.end;

  return g_string_free (reader.scratch, !ok);
}

/**
 * gum_json_parse_object:
 * @bytes: what came over the wire
 * @error: return location for an error
 *
 * The only way from bytes to JSON. The text must be one whole JSON object (RFC 8259), in UTF-8,
 * with nothing but space around it; a proper prefix of such a text never is one, so success also
 * proves that nothing was cut off. Nesting is limited to 64 levels, the number of values to about a
 * million. Of members of the same name the last one stands. Numbers beyond a gint64 or a double are
 * kept as strings.
 *
 * Errors: %GUM_ERROR_TOO_LARGE beyond the limits, %GUM_ERROR_PROTOCOL for everything else. Neither
 * says anything of the content.
 *
 * Returns: (transfer full) (nullable): a node that holds an object
 */
JsonNode *
gum_json_parse_object (GBytes  *bytes,
                       GError **error)
{
  return _gum_json_parse_object (bytes, NULL, error);
}
