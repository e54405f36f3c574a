/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From bytes to JSON, and questions to it. */

#include "config.h"

#include "gum-error.h"
#include "gum-json-private.h"

#include <string.h>

static JsonNode *
parse_bytes (const char  *text,
             gssize       length,
             GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length >= 0 ? (gsize) length : strlen (text));

  return gum_json_parse_object (bytes, error);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = parse_bytes (text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));

  return node;
}

static void
test_same_as_json_glib (void)
{
  static const char * const texts[] = {
    "{}",
    " \t\r\n{ } \n",
    "{\"a\":1,\"b\":-0,\"c\":[1,2.5,-3e2,1E+2,0.125],\"d\":{\"e\":null,\"f\":true,\"g\":false}}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\u0061\":\"\\u20ac\\ud83d\\ude00 \xc3\xa9\"}",
    "{\"a\":[[],{},[{}],\"\"],\"\":\"\"}",
    "{\"big\":9223372036854775807,\"small\":-9223372036854775808}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) ours = parse (texts[i]);
      g_autoptr(JsonNode) theirs = json_from_string (texts[i], NULL);

      g_assert_true (json_node_equal (ours, theirs));
    }
}

static void
test_refused (void)
{
  static const char * const texts[] = {
    "", " ", "null", "[]", "1", "\"a\"", "true", "<!DOCTYPE html><html></html>", "Retry later",
    "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\":[1,]}", "{\"a\" 1}",
    "{}{}", "{} x", "{}\x01", "\xef\xbb\xbf{}", "{'a':1}", "{a:1}", "{/* no */}", "{\"a\":1}//",
    "{\"a\":010}", "{\"a\":0x10}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":5.}", "{\"a\":1e}", "{\"a\":-}",
    "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":-Infinity}", "{\"a\":nul}", "{\"a\":nulll}", "{\"a\":True}",
    "{\"a\":\"\x01\"}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\ud83d\\u12\"}", "{\"a\":\"\xff\"}", "{\"a\":\"\xc3\"}", "{\"a\":\"\xed\xa0\x80\"}",
    "{\"a\":\"b", "{\"a\":\"b\\", "{\"a\":1}]", "{\"a\":1]", "{\"a\":[1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = parse_bytes (texts[i], -1, &error);

      if (node != NULL)
        g_test_message ("Accepted: %s", texts[i]);
      g_assert_null (node);
      g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
    }
}

static void
test_nul (void)
{
  static const char raw[] = "{\"a\":\"x\0y\"}";
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) refused = parse_bytes (raw, sizeof raw - 1, &error);
  g_autoptr(JsonNode) node = parse ("{\"a\":\"x\\u0000y\",\"b\":\"\\ud83d\",\"c\":\"\\udc00\\ud83dz\"}");

  g_assert_null (refused);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (node), "a"), ==, "x\xef\xbf\xbdy");
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (node), "b"), ==, "\xef\xbf\xbd");
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (node), "c"), ==,
                   "\xef\xbf\xbd\xef\xbf\xbdz");
}

static void
test_every_prefix_is_refused (void)
{
  static const char text[] = "{\"a\":[1,-2.5e+3,\"\\u00e9\\ud83d\\ude00\xc3\xa9\"],\"b\":{\"c\":true},\"d\":null}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (text, length);
      g_autoptr(GError) error = NULL;
      gboolean cut;
      g_autoptr(JsonNode) node = _gum_json_parse_object (bytes, &cut, &error);

      g_assert_null (node);
      g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
      g_assert_cmpint (cut, ==, length > 0);
    }
}

static void
test_depth (void)
{
  g_autofree char *many = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat ("{\"a\":", many, NULL);
  g_autofree char *braces = NULL;
  g_autoptr(GString) deepest = g_string_new ("{\"a\":");
  g_autoptr(GString) objects = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;

  g_assert_null (parse_bytes (many, -1, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
  g_clear_error (&error);

  g_assert_null (parse_bytes (text, -1, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (guint i = 0; i < 100000; i++)
    g_string_append (objects, "{\"\":");
  g_assert_null (parse_bytes (objects->str, -1, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (guint i = 0; i < GUM_JSON_MAX_DEPTH - 1; i++)
    g_string_append_c (deepest, '[');
  for (guint i = 0; i < GUM_JSON_MAX_DEPTH - 1; i++)
    g_string_append_c (deepest, ']');
  g_string_append_c (deepest, '}');
  node = parse_bytes (deepest->str, -1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
}

static void
test_too_many_parts (void)
{
  g_autoptr(GString) text = g_string_new ("{\"a\":[0");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < GUM_JSON_MAX_NODES; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}");

  g_assert_null (parse_bytes (text->str, -1, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_TOO_LARGE);
}

static void
test_numbers (void)
{
  static const struct {
    const char *text;
    gboolean    is_int;
    gint64      value;
  } cases[] = {
    { "12", TRUE, 12 },
    { "-0", TRUE, 0 },
    { "12.0", TRUE, 12 },
    { "1234.0000000001", TRUE, 1234 },
    { "1.2e3", TRUE, 1200 },
    { "12.5", FALSE, 0 },
    { "1e400", FALSE, 0 },
    { "-1e400", FALSE, 0 },
    { "1e-400", TRUE, 0 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "9223372036854775808", FALSE, 0 },
    { "9223372036854775808.0", FALSE, 0 },
    { "-9223372036854775808.0", TRUE, G_MININT64 },
    { "123456789012345678901234567890", FALSE, 0 },
    { "1e30", FALSE, 0 },
    { "\"12\"", TRUE, 12 },
    { "\"-12\"", TRUE, -12 },
    { "\"12.0\"", TRUE, 12 },
    { "\"12.5\"", FALSE, 0 },
    { "\"\"", FALSE, 0 },
    { "\" 12\"", FALSE, 0 },
    { "\"12 \"", FALSE, 0 },
    { "\"0x10\"", FALSE, 0 },
    { "\"1e3\"", FALSE, 0 },
    { "\"nan\"", FALSE, 0 },
    { "\"inf\"", FALSE, 0 },
    { "\".\"", FALSE, 0 },
    { "\"-.\"", FALSE, 0 },
    { "\"123456789012345678901234567890\"", FALSE, 0 },
    { "\"123456789012345678901234567890.0\"", FALSE, 0 },
    { "true", FALSE, 0 },
    { "null", FALSE, 0 },
    { "[]", FALSE, 0 },
    { "{}", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"a\":%s}", cases[i].text);
      g_autoptr(JsonNode) node = parse (text);
      gint64 value = 4711;

      if (gum_json_get_int (json_node_get_object (node), "a", &value) != cases[i].is_int)
        g_error ("Wrong about %s", cases[i].text);
      g_assert_cmpint (value, ==, cases[i].is_int ? cases[i].value : 4711);
    }
}

static void
test_huge_numbers_keep_their_digits (void)
{
  g_autoptr(JsonNode) node = parse ("{\"a\":123456789012345678901234567890,\"b\":1e400}");

  g_assert_cmpstr (gum_json_get_string (json_node_get_object (node), "a"), ==,
                   "123456789012345678901234567890");
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (node), "b"), ==, "1e400");
}

static void
test_booleans (void)
{
  static const struct {
    const char *text;
    int         value;
  } cases[] = {
    { "true", TRUE }, { "false", FALSE }, { "\"true\"", TRUE }, { "\"false\"", FALSE },
    { "1", TRUE }, { "0", FALSE }, { "\"1\"", TRUE }, { "\"0\"", FALSE }, { "1.0", TRUE },
    { "2", -1 }, { "\"yes\"", -1 }, { "\"\"", -1 }, { "null", -1 }, { "[]", -1 }, { "{}", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"a\":%s}", cases[i].text);
      g_autoptr(JsonNode) node = parse (text);
      gboolean value = 4711;

      g_assert_cmpint (gum_json_get_boolean (json_node_get_object (node), "a", &value), ==,
                       cases[i].value >= 0);
      g_assert_cmpint (value, ==, cases[i].value >= 0 ? cases[i].value : 4711);
    }
}

static void
test_accessors_are_total (void)
{
  static const char * const values[] = { "1", "1.5", "\"a\"", "true", "null", "[]", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"a\":%s}", values[i]);
      g_autoptr(JsonNode) node = parse (text);
      JsonObject *object = json_node_get_object (node);
      JsonNode *member = json_object_get_member (object, "a");
      g_autofree char *string = gum_json_node_dup_string (member);

      g_assert_cmpint (gum_json_get_string (object, "a") != NULL, ==, i == 2);
      g_assert_cmpint (gum_json_get_array (object, "a") != NULL, ==, i == 5);
      g_assert_cmpint (gum_json_get_object (object, "a") != NULL, ==, i == 6);
      g_assert_cmpint (string != NULL, ==, i < 4);
      g_assert_null (gum_json_get_string (object, "b"));
      g_assert_null (gum_json_get_array (object, "b"));
      g_assert_null (gum_json_get_object (object, "b"));
    }
}

static void
test_last_duplicate_stands (void)
{
  g_autoptr(JsonNode) node = parse ("{\"a\":1,\"a\":\"two\"}");

  g_assert_cmpstr (gum_json_get_string (json_node_get_object (node), "a"), ==, "two");
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 1);
}

/* Cuts a page; the rest of the answer says "more" under the name "next". */
static GumPage *
parse_page (const char  *text,
            gboolean    *cut,
            GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  GumPage *page = NULL;
  g_autoptr(JsonNode) rest = _gum_json_parse_page (bytes, "list", NULL, &page, cut, error);

  if (rest != NULL)
    {
      g_assert_false (json_object_has_member (json_node_get_object (rest), "list"));
      g_assert_cmpstr (gum_json_get_string (json_node_get_object (rest), "next"), ==, "more");
    }
  else
    g_assert_null (page);

  return page;
}

/* Records are the bytes that came: whatever looks like an end within a string, however a number
 * is written. */
static void
test_page (void)
{
  static const struct {
    const char *id;
    const char *text;
  } records[] = {
    { "1", "{\"id\":\"1\"}" },
    { "a\"}", "{ \"x\":\"}]\\\"{\\\\\", \"id\" :\t\"a\\\"}\" }" },
    { "3", "{\"n\":[[],{\"id\":\"no\"},[{\"id\":7}]],\"id\":3}" },
    { "last", "{\"id\":\"first\",\"id\":null,\"\\u0069d\":\"last\"}" },
    { "5", "{\"id\":\"5\",\"big\":123456789012345678901234567890.10e+0,\"s\":\"\\ud83d\\ude00\\/\"}" },
  };
  g_autoptr(GString) text = g_string_new ("{\"list\":[{\"id\":\"gone\"}],\"l\\u0069st\" : [ ");
  g_autoptr(GumPage) page = NULL;
  g_autoptr(GError) error = NULL;
  gboolean cut;

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    g_string_append_printf (text, "%s , ", records[i].text);
  g_string_append (text, "7,null,[{\"id\":\"8\"}],{},{\"id\":\"\"},{\"id\":{}},{\"id\":true},{\"id\":1.5}"
                         "],\"next\":\"more\"}\n");

  page = parse_page (text->str, &cut, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, G_N_ELEMENTS (records));
  g_assert_cmpuint (page->n_bad, ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (page->items->pdata[i], &length);

      g_assert_cmpmem (bytes, length, records[i].text, strlen (records[i].text));
      g_assert_cmpstr (page->ids->pdata[i], ==, records[i].id);
    }
}

static void
test_no_page (void)
{
  static const char * const without[] = {
    "{\"next\":\"more\"}", "{\"next\":\"more\",\"list\":{}}", "{\"list\":[],\"list\":null,\"next\":\"more\"}",
  };
  static const char whole[] = "{\"list\":[{\"id\":\"\\u00e9\",\"n\":-1.5e3,\"t\":[true,false,null]}],\"next\":\"more\"}";
  static const char * const wrong[] = {
    "{\"list\":[{\"id\":01}]}", "{\"list\":[{\"id\":1.}]}", "{\"list\":[{\"a\":\"\\x\"}]}",
    "{\"list\":[{\"a\":\"\\u12g4\"}]}", "{\"list\":[{\"a\":\"\n\"}]}", "{\"list\":[{},]}", "{\"list\":[{\"a\" 1}]}",
    "{\"list\":[{\"a\":\"\xff\"}]}", "{\"list\":[]}x", "[]", "{\"list\":[nul]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean cut;

      g_assert_null (parse_page (without[i], &cut, &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean cut;

      g_assert_null (parse_page (wrong[i], &cut, &error));
      g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
      g_assert_false (cut);
    }
  for (gsize length = 1; length < strlen (whole); length++)
    {
      g_autofree char *prefix = g_strndup (whole, length);
      g_autoptr(GError) error = NULL;
      gboolean cut;

      g_assert_null (parse_page (prefix, &cut, &error));
      g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
      g_assert_true (cut);
    }
}

static void
test_find (void)
{
  static const char * const members[] = { "id", "tags", "price", "absent", NULL };
  static const char text[] = "{\"x\":{\"price\":1},\"price\":\"2\",\"tags\":[\"]\"],\"pr\\u0069ce\":99999999999999999999,\"id\":\"\\u0061\"}";
  GumJsonSlice found[4];
  g_autofree char *id = NULL;
  g_autofree char *price = NULL;
  g_autoptr(JsonNode) tags = NULL;
  g_autoptr(JsonNode) number = NULL;

  g_assert_true (gum_json_find (text, strlen (text), members, found));
  id = gum_json_slice_dup_string (found[0]);
  g_assert_cmpstr (id, ==, "a");
  tags = gum_json_slice_parse (found[1]);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (tags)), ==, 1);
  number = gum_json_slice_parse (found[2]);
  price = gum_json_node_dup_string (number);
  g_assert_cmpstr (price, ==, "99999999999999999999");
  g_assert_null (found[3].start);
  g_assert_null (gum_json_slice_parse (found[3]));
  g_assert_null (gum_json_slice_dup_string (found[3]));

  g_assert_false (gum_json_find ("[]", 2, members, found));
  g_assert_null (found[0].start);
  g_assert_false (gum_json_find ("{} 1", 4, members, found));
}

static void
test_pick (void)
{
  static const char * const members[] = { "id", "tags", "price", "absent", NULL };
  static const char text[] = "{\"x\":{\"price\":1},\"price\":\"2\",\"tags\":[\"]\"],\"pr\\u0069ce\":99999999999999999999,\"id\":\"\\u0061\"}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(GBytes) list = g_bytes_new_static ("[]", 2);
  g_autoptr(JsonObject) picked = gum_json_pick (bytes, members);

  g_assert_cmpuint (json_object_get_size (picked), ==, 3);
  g_assert_cmpstr (gum_json_get_string (picked, "id"), ==, "a");
  g_assert_cmpstr (gum_json_get_string (picked, "price"), ==, "99999999999999999999");
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (picked, "tags")), ==, 1);
  g_assert_null (gum_json_pick (list, members));
}

/* What a slice says is what the node of it says. */
static void
test_slices (void)
{
  static const char * const values[] = {
    "0", "7", "-7", "12.0", "12.5", "1e3", "1e999", "999999999999999999", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "\"12\"", "\"12.0\"", "\"\\u0031\"", "\"\"",
    "\"true\"", "\"false\"", "\"1\"", "\"0\"", "true", "false", "null", "1", "{}", "[]", "[1]",
    "\"a\\n\\\"\\ud83d\\udc1f\\u0000\"", "\"\xc3\xa9\"",
  };
  static const char * const members[] = { "a", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("{ \"a\" : %s }", values[i]);
      g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr(JsonNode) root = gum_json_parse_object (bytes, NULL);
      JsonObject *object = json_node_get_object (root);
      g_autofree char *string = NULL;
      gint64 int_a = 3, int_b = 3;
      gboolean boolean_a = 3, boolean_b = 3;
      GumJsonSlice slice;

      g_assert_true (gum_json_find (text, strlen (text), members, &slice));
      g_assert_cmpuint (slice.length, ==, strlen (values[i]));
      string = gum_json_slice_dup_string (slice);
      g_assert_cmpstr (string, ==, gum_json_get_string (object, "a"));
      g_assert_cmpint (gum_json_slice_to_int (slice, &int_a), ==,
                       gum_json_get_int (object, "a", &int_b));
      g_assert_cmpint (int_a, ==, int_b);
      g_assert_cmpint (gum_json_slice_to_boolean (slice, &boolean_a), ==,
                       gum_json_get_boolean (object, "a", &boolean_b));
      g_assert_cmpint (boolean_a, ==, boolean_b);
    }
}

/* Whatever stands at whatever place of a string: both readers take it, or both refuse it. */
static void
test_every_byte (void)
{
  for (guint offset = 0; offset < 20; offset++)
    {
      for (guint byte = 0; byte < 256; byte++)
        {
          char text[64] = "{\"products\":[{\"id\":\"xxxxxxxxxxxxxxxxxxxxxxx\"}]}";
          g_autoptr(GBytes) bytes = NULL;
          g_autoptr(JsonNode) whole = NULL;
          g_autoptr(JsonNode) envelope = NULL;
          g_autoptr(GumPage) page = NULL;
          gboolean cut;

          text[strlen ("{\"products\":[{\"id\":\"") + offset] = byte;
          bytes = g_bytes_new_static (text, strlen ("{\"products\":[{\"id\":\"\"}]}") + 23);
          whole = gum_json_parse_object (bytes, NULL);
          envelope = _gum_json_parse_page (bytes, "products", NULL, &page, &cut, NULL);
          g_assert_cmpint (whole != NULL, ==, envelope != NULL);
          g_assert_cmpint (whole != NULL, ==, byte != 0 && byte != '"' && byte != '\\' &&
                                              byte >= 0x20 && byte < 0x80);
        }
    }
}

/* What is kept as text. */
static void
test_text (void)
{
  static const char text[] = "{\"a\":[1,{\"b\":null}],\"c\":\"é\"}";
  g_autoptr(JsonObject) object = gum_json_from_text (text, -1);
  g_autoptr(JsonObject) part = gum_json_from_text (text, 5);
  g_autoptr(JsonObject) exact = gum_json_from_text ("{}x", 2);
  g_autofree char *again = gum_json_to_text (object);

  g_assert_cmpstr (again, ==, text);
  g_assert_null (part);
  g_assert_nonnull (exact);
  g_assert_null (gum_json_from_text (NULL, -1));
  g_assert_null (gum_json_from_text ("", -1));
  g_assert_null (gum_json_from_text ("[1]", -1));
  g_assert_null (gum_json_to_text (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/json/same-as-json-glib", test_same_as_json_glib);
  g_test_add_func ("/api/json/refused", test_refused);
  g_test_add_func ("/api/json/nul", test_nul);
  g_test_add_func ("/api/json/every-prefix-is-refused", test_every_prefix_is_refused);
  g_test_add_func ("/api/json/depth", test_depth);
  g_test_add_func ("/api/json/too-many-parts", test_too_many_parts);
  g_test_add_func ("/api/json/numbers", test_numbers);
  g_test_add_func ("/api/json/huge-numbers-keep-their-digits", test_huge_numbers_keep_their_digits);
  g_test_add_func ("/api/json/booleans", test_booleans);
  g_test_add_func ("/api/json/accessors-are-total", test_accessors_are_total);
  g_test_add_func ("/api/json/page", test_page);
  g_test_add_func ("/api/json/no-page", test_no_page);
  g_test_add_func ("/api/json/find", test_find);
  g_test_add_func ("/api/json/pick", test_pick);
  g_test_add_func ("/api/json/slices", test_slices);
  g_test_add_func ("/api/json/text", test_text);
  g_test_add_func ("/api/json/every-byte", test_every_byte);
  g_test_add_func ("/api/json/last-duplicate-stands", test_last_duplicate_stands);

  return g_test_run ();
}
