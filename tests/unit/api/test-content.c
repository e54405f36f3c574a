/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files on pages of content. */

#include "config.h"

#include "gum-content-pages.h"
#include "gum-content.h"
#include "gum-json.h"

#include <string.h>

#define PAGES \
  "[{\"id\":\"p1\",\"title\":\"One\",\"unheard\":{\"a\":[1,2.5,null]},\"description\":{\"type\":\"doc\",\"content\":[" \
  "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}," \
  "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"a\",\"uid\":\"u1\",\"collapsed\":true,\"new\":{}}}," \
  "{\"type\":\"fileEmbedGroup\",\"attrs\":{\"uid\":\"g\",\"name\":\"F\"},\"content\":[" \
  "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"b\"}},{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"a\"}}]}," \
  "{\"type\":\"licenseKey\"},{\"type\":\"paragraph\"}]}}," \
  "{\"title\":null,\"description\":[{\"type\":\"bulletList\",\"content\":[{\"type\":\"listItem\",\"content\":[" \
  "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"c\"}}]}]}]}]"

static char *
dup_files (JsonNode *pages)
{
  g_autoptr(GPtrArray) ids = gum_content_list_files (pages);

  g_ptr_array_add (ids, NULL);

  return g_strjoinv (" ", (char **) ids->pdata);
}

static void
assert_files (JsonNode   *pages,
              const char *expected)
{
  g_autofree char *files = dup_files (pages);

  g_assert_cmpstr (files, ==, expected);
}

static void
test_list (void)
{
  static const char * const odd[] = {
    "[]", "{}", "null", "7", "[null,3,[],{\"description\":null},{\"description\":{\"content\":{}}}]",
    "[{\"description\":[{\"type\":\"fileEmbed\"},{\"type\":\"fileEmbed\",\"attrs\":null},"
    "{\"type\":\"fileEmbed\",\"attrs\":{\"id\":{}}},{\"type\":7,\"attrs\":{\"id\":\"x\"}}]}]",
  };
  g_autoptr(JsonNode) pages = json_from_string (PAGES, NULL);

  assert_files (pages, "a b a c");
  assert_files (NULL, "");
  g_assert_true (gum_content_has_file (pages, "c"));
  g_assert_false (gum_content_has_file (pages, "d"));
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (odd[i], NULL);
      g_autoptr(JsonNode) added = gum_content_add_file (node, "x");

      assert_files (node, "");
      assert_files (added, "x");
    }
}

/* What is not the file is as it was, to the letter. */
static void
test_replace (void)
{
  g_autoptr(JsonNode) pages = json_from_string (PAGES, NULL);
  g_autoptr(JsonNode) replaced = gum_content_replace_file (pages, "a", "new");
  g_autoptr(JsonNode) back = gum_content_replace_file (replaced, "new", "a");
  g_autofree char *before = json_to_string (pages, FALSE);
  g_autofree char *after = json_to_string (back, FALSE);

  assert_files (replaced, "new b new c");
  assert_files (pages, "a b a c");
  g_assert_cmpstr (before, ==, after);
}

static void
test_remove (void)
{
  g_autoptr(JsonNode) pages = json_from_string (PAGES, NULL);
  g_autoptr(JsonNode) removed = gum_content_remove_file (pages, "a");
  g_autoptr(JsonNode) nothing = gum_content_remove_file (pages, "d");
  g_autofree char *before = json_to_string (pages, FALSE);
  g_autofree char *after = json_to_string (nothing, FALSE);

  assert_files (removed, "b c");
  g_assert_cmpstr (before, ==, after);
}

static void
test_add (void)
{
  static const struct {
    const char *pages;
    const char *shape;
  } cases[] = {
    /* Below the files, wherever they are. */
    { "[{\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"p\"},{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"a\"}},"
      "{\"type\":\"q\"}]}},{\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"r\"}]}}]", "p fileEmbed fileEmbed q|r" },
    /* On the last page that has any. */
    { "[{\"description\":[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"a\"}}]},"
      "{\"description\":[{\"type\":\"fileEmbedGroup\"},{\"type\":\"q\"}]}]", "fileEmbed|fileEmbedGroup fileEmbed q" },
    /* At the top of the first where none has. */
    { "[{\"description\":[{\"type\":\"p\"}]},{\"description\":[{\"type\":\"q\"}]}]", "fileEmbed p|q" },
    { "[]", "fileEmbed paragraph" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) pages = json_from_string (cases[i].pages, NULL);
      g_autoptr(JsonNode) added = gum_content_add_file (pages, "x");
      g_autoptr(GString) shape = g_string_new (NULL);
      JsonArray *array = json_node_get_array (added);

      g_assert_true (gum_content_has_file (added, "x"));
      for (guint j = 0; j < json_array_get_length (array); j++)
        {
          JsonNode *description = json_object_get_member (json_array_get_object_element (array, j), "description");
          JsonArray *nodes = JSON_NODE_HOLDS_ARRAY (description)
            ? json_node_get_array (description)
            : json_object_get_array_member (json_node_get_object (description), "content");

          if (j > 0)
            g_string_append_c (shape, '|');
          for (guint k = 0; k < json_array_get_length (nodes); k++)
            g_string_append_printf (shape, "%s%s", k > 0 ? " " : "",
                                    json_object_get_string_member (json_array_get_object_element (nodes, k), "type"));
        }
      g_assert_cmpstr (shape->str, ==, cases[i].shape);
    }
}

static void
assert_pages (JsonNode   *pages,
              const char *expected)
{
  g_autofree char *text = json_to_string (pages, FALSE);

  g_assert_cmpstr (text, ==, expected);
  json_node_unref (pages);
}

static void
test_pages (void)
{
  static const char text[] = "[{\"id\":\"a\",\"title\":\"A\",\"x\":1},{\"title\":null},{\"title\":\"C\"}]";
  g_autoptr(JsonNode) pages = json_from_string (text, NULL);
  g_autoptr(JsonNode) odd = json_from_string ("[7,null]", NULL);
  g_autoptr(JsonNode) page = gum_content_pages_new_page ("N");

  g_assert_cmpuint (gum_content_pages_get_length (pages), ==, 3);
  g_assert_cmpuint (gum_content_pages_get_length (NULL), ==, 0);
  g_assert_cmpstr (gum_content_pages_get_title (pages, 0), ==, "A");
  g_assert_null (gum_content_pages_get_title (pages, 1));
  g_assert_null (gum_content_pages_get_title (pages, 3));
  g_assert_null (gum_content_pages_get (pages, 3));
  g_assert_null (gum_content_pages_get (odd, 0));

  assert_pages (gum_content_pages_move (pages, 0, 2),
                "[{\"title\":null},{\"title\":\"C\"},{\"id\":\"a\",\"title\":\"A\",\"x\":1}]");
  assert_pages (gum_content_pages_move (pages, 2, 0),
                "[{\"title\":\"C\"},{\"id\":\"a\",\"title\":\"A\",\"x\":1},{\"title\":null}]");
  assert_pages (gum_content_pages_move (pages, 0, 3), text);
  assert_pages (gum_content_pages_remove (pages, 1),
                "[{\"id\":\"a\",\"title\":\"A\",\"x\":1},{\"title\":\"C\"}]");
  assert_pages (gum_content_pages_remove (pages, 3), text);
  assert_pages (gum_content_pages_set (pages, 0, "title", json_node_init_string (json_node_alloc (), "B")),
                "[{\"id\":\"a\",\"title\":\"B\",\"x\":1},{\"title\":null},{\"title\":\"C\"}]");
  assert_pages (gum_content_pages_set (odd, 0, "title", json_node_init_null (json_node_alloc ())),
                "[7,null]");
  assert_pages (gum_content_pages_insert (NULL, 9, page),
                "[{\"title\":\"N\",\"description\":{\"type\":\"doc\",\"content\":[]}}]");
  /* What was edited is what it was. */
  assert_pages (json_node_copy (pages), text);
}

/* A row of the list does not tell; nor does what is no answer to the question. */
static void
test_shared (void)
{
  static const struct {
    const char *record;
    gboolean    shared;
  } cases[] = {
    { "{}", TRUE },
    { "{\"has_same_rich_content_for_all_variants\":true}", TRUE },
    { "{\"has_same_rich_content_for_all_variants\":false}", FALSE },
    { "{\"has_same_rich_content_for_all_variants\":\"false\"}", FALSE },
    { "{\"has_same_rich_content_for_all_variants\":null}", TRUE },
    { "{\"has_same_rich_content_for_all_variants\":[false]}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonObject) record = gum_json_from_text (cases[i].record, -1);

      g_test_message ("%s", cases[i].record);
      g_assert_cmpint (gum_content_is_shared (record), ==, cases[i].shared);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/content/list", test_list);
  g_test_add_func ("/api/content/replace", test_replace);
  g_test_add_func ("/api/content/remove", test_remove);
  g_test_add_func ("/api/content/add", test_add);
  g_test_add_func ("/api/content/pages", test_pages);
  g_test_add_func ("/api/content/shared", test_shared);

  return g_test_run ();
}
