/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files on pages of content. */

#include "config.h"

#include "gum-content.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/content/list", test_list);
  g_test_add_func ("/api/content/replace", test_replace);
  g_test_add_func ("/api/content/remove", test_remove);
  g_test_add_func ("/api/content/add", test_add);

  return g_test_run ();
}
