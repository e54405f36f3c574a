/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the list goes into what the full record knew. */

#include "config.h"

#include "gum-json.h"
#include "gum-merge.h"

static void
test_merge (void)
{
  static const struct {
    const char *known;
    const char *slim;
    const char *merged;
  } cases[] = {
    /* Nothing new: the same text, so that nothing is written. */
    { "{\"id\":\"1\",\"name\":\"a\",\"files\":[1],\"x\":2.0}", "{\"name\":\"a\",\"id\":\"1\",\"x\":2.0}",
      "{\"id\":\"1\",\"name\":\"a\",\"files\":[1],\"x\":2.0}" },
    { "{\"id\":\"1\",\"name\":\"a\",\"custom_html\":\"<p>\",\"refund_policy\":{\"title\":null}}",
      "{\"id\":\"1\",\"name\":\"b\",\"unheard_of\":[{}]}",
      "{\"id\":\"1\",\"name\":\"b\",\"custom_html\":\"<p>\",\"refund_policy\":{\"title\":null},\"unheard_of\":[{}]}" },
    /* What the list has when it applies is gone when it is absent. */
    { "{\"id\":\"1\",\"is_preorder\":true,\"release_at\":\"x\",\"sales_count\":3,\"sections\":[]}", "{\"id\":\"1\"}",
      "{\"id\":\"1\",\"sections\":[]}" },
    /* Null is told. */
    { "{\"id\":\"1\",\"description\":\"x\"}", "{\"id\":\"1\",\"description\":null}",
      "{\"id\":\"1\",\"description\":null}" },
    /* Options by name, in the order of the list. */
    { "{\"variants\":[{\"title\":\"T\",\"options\":[{\"name\":\"a\",\"rich_content\":[1]},{\"name\":\"b\",\"rich_content\":[2]}]}]}",
      "{\"variants\":[{\"title\":\"T\",\"options\":[{\"name\":\"b\",\"p\":1},{\"name\":\"c\"},{\"name\":\"a\"}]}]}",
      "{\"variants\":[{\"title\":\"T\",\"options\":[{\"name\":\"b\",\"rich_content\":[2],\"p\":1},{\"name\":\"c\"},"
      "{\"name\":\"a\",\"rich_content\":[1]}]}]}" },
    /* Two of one name keep their own. */
    { "{\"variants\":[{\"title\":null,\"options\":[{\"name\":\"a\",\"r\":1},{\"name\":\"a\",\"r\":2}]}]}",
      "{\"variants\":[{\"title\":null,\"options\":[{\"name\":\"a\"},{\"name\":\"a\"},{\"name\":\"a\"}]}]}",
      "{\"variants\":[{\"title\":null,\"options\":[{\"name\":\"a\",\"r\":1},{\"name\":\"a\",\"r\":2},{\"name\":\"a\"}]}]}" },
    /* Whatever has another shape is taken as it came. */
    { "{\"variants\":{\"a\":1}}", "{\"variants\":[1,null,{\"title\":3}]}", "{\"variants\":[1,null,{\"title\":3}]}" },
    { "{\"variants\":[{\"title\":\"T\",\"options\":7}]}", "{\"variants\":[{\"title\":\"T\",\"options\":[null]}]}",
      "{\"variants\":[{\"title\":\"T\",\"options\":[null]}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) known = json_from_string (cases[i].known, NULL);
      g_autoptr(JsonNode) slim = json_from_string (cases[i].slim, NULL);
      g_autoptr(JsonObject) merged = gum_merge_product (json_node_get_object (known),
                                                        json_node_get_object (slim));
      g_autofree char *text = gum_json_to_text (merged);
      g_autofree char *again = NULL;
      g_autoptr(JsonObject) twice = gum_merge_product (merged, json_node_get_object (slim));

      g_assert_cmpstr (text, ==, cases[i].merged);
      again = gum_json_to_text (twice);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_checksum (void)
{
  g_assert_cmpint (gum_merge_checksum ("a", 1), ==, gum_merge_checksum ("a", 1));
  g_assert_cmpint (gum_merge_checksum ("a", 1), !=, gum_merge_checksum ("b", 1));
  g_assert_cmpint (gum_merge_checksum ("a", 1), !=, gum_merge_checksum ("a\0", 2));
  g_assert_cmpint (gum_merge_checksum ("abcdefgh1", 9), !=, gum_merge_checksum ("abcdefgh2", 9));
}

static void
test_signatures (void)
{
  g_autoptr(JsonNode) node =
    json_from_string ("{\"files\":[{\"url\":\"https://files.example/a/b.pdf?Signature=s3cret&Expires=1\","
                      "\"filetype\":\"pdf\"},{\"url\":\"https://elsewhere.example/?q=1#x\",\"filetype\":\"link\"},"
                      "{\"url\":null},7,{\"url\":{}}]}", NULL);
  g_autofree char *text = NULL;

  gum_merge_drop_signatures (json_node_get_object (node));
  text = gum_json_to_text (json_node_get_object (node));
  g_assert_cmpstr (text, ==, "{\"files\":[{\"url\":\"https://files.example/a/b.pdf\",\"filetype\":\"pdf\"},"
                             "{\"url\":\"https://elsewhere.example/?q=1#x\",\"filetype\":\"link\"},"
                             "{\"url\":null},7,{\"url\":{}}]}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/merge/product", test_merge);
  g_test_add_func ("/store/merge/signatures", test_signatures);
  g_test_add_func ("/store/merge/checksum", test_checksum);

  return g_test_run ();
}
