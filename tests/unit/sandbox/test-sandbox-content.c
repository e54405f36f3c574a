/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files and pages: each is a full replacement, and each must agree with the other.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  const char *url;
  g_autoptr (JsonObject) added = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *body = NULL;
  g_autofree char *real = NULL;
  JsonArray *files;

  fixture_get (fixture, path);
  files = json_object_get_array_member (fixture_product (fixture), "files");
  kept = g_strdup (json_object_get_string_member (json_array_get_object_element (files, 0), "id"));
  added = fixture_control (fixture, "add_upload", "{\"filename\":\"n.pdf\"}");
  url = json_object_get_string_member (json_object_get_object_member (added, "upload"),
                                       "file_url");

  fixture_json (fixture, "PUT", path, "{\"files\":[]}");
  assert_failure (fixture, "Cannot remove files still referenced in rich content: ");
  fixture_json (fixture, "PUT", path, "{\"files\":[{\"id\":\"unknown\"}]}");
  assert_failure (fixture, "Each files entry must");
  body = g_strdup_printf ("{\"files\":[{\"id\":\"%s\",\"display_name\":\"x\"}]}", kept);
  fixture_json (fixture, "PUT", path, body);
  assert_failure (fixture, "Include the canonical url");
  fixture_json (fixture, "PUT", path, "{\"files\":[{\"bogus\":1}]}");
  g_assert_cmpuint (fixture->status, ==, 500);

  g_free (body);
  body = g_strdup_printf ("{\"files\":[{\"id\":\"%s\"},{\"external_id\":\"tmp\",\"url\":\"%s\","
                          "\"display_name\":\"N\"}],\"rich_content\":[{\"description\":"
                          "[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"tmp\"}}]}]}", kept, url);
  fixture_json (fixture, "PUT", path, body);
  files = json_object_get_array_member (fixture_product (fixture), "files");
  g_assert_cmpuint (json_array_get_length (files), ==, 2);
  real = g_strdup (json_object_get_string_member (
                     json_object_get_object_member (fixture->json, "file_id_mappings"), "tmp"));
  /* One that has no position comes before those that have. */
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (files, 0), "id"),
                   ==, real);
  g_assert_null (strstr (fixture->body, "\"_url\""));
  g_assert_null (strstr (fixture->body, "\"tmp\"}"));

  /* Sent once more, the same upload is the same file. */
  fixture_json (fixture, "PUT", path, body);
  g_assert_cmpstr (json_object_get_string_member (
                     json_object_get_object_member (fixture->json, "file_id_mappings"), "tmp"), ==,
                   real);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const cases[][2] = {
    { "{\"rich_content\":\"x\"}", "rich_content must be an array of content page objects." },
    { "{\"rich_content\":[1]}", "rich_content must be an array of content page objects." },
    { "{\"rich_content\":[{\"title\":\"x\"}]}", "Each rich_content page description must be" },
    { "{\"rich_content\":[{\"description\":{\"content\":1}}]}",
      "rich_content description content must be an array." },
    { "{\"rich_content\":[{\"description\":[1]}]}", "Each rich_content content node must be" },
    { "{\"rich_content\":[{\"description\":[{\"type\":\"button\",\"attrs\":"
      "{\"href\":\"JavaScript:x\"}}]}]}", "Links cannot use these URL schemes: javascript" },
    { "{\"rich_content\":[{\"description\":[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"x\"}}]}]}",
      "File embeds reference files not belonging to this product: x" },
  };
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_json (fixture, "PUT", path, cases[i][0]);
      assert_failure (fixture, cases[i][1]);
    }
  fixture_json (fixture, "PUT", path, "{\"rich_content\":[]}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture_product (fixture),
                                                                         "rich_content")), ==, 0);
}

/* Returns: (transfer full): the address of a file that was never sent and yet is there */
static char *
add_upload (Fixture    *fixture,
            const char *filename)
{
  g_autoptr (JsonObject) added = fixture_control (fixture, "add_upload",
                                                  "{\"filename\":\"%s\",\"size\":77}", filename);

  return g_strdup (json_object_get_string_member (
                     json_object_get_object_member (added, "upload"), "file_url"));
}

static char *
product_path (Fixture *fixture)
{
  fixture_json (fixture, "POST", "/products", "{\"name\":\"A\",\"price\":500,\"draft\":true}");

  return g_strconcat ("/products/",
                      json_object_get_string_member (fixture_product (fixture), "id"), NULL);
}

static JsonArray *
files_of_answer (Fixture *fixture)
{
  return json_object_get_array_member (fixture_product (fixture), "files");
}

/* Puts the only file of a product, and returns its id. */
static char *
attach (Fixture    *fixture,
        const char *path,
        const char *url)
{
  g_autofree char *body = g_strdup_printf ("{\"files\":[{\"external_id\":\"tmp\",\"url\":\"%s\"}]}",
                                           url);

  fixture_json (fixture, "PUT", path, body);

  return g_strdup (json_object_get_string_member (
                     json_array_get_object_element (files_of_answer (fixture), 0), "id"));
}

/* Attached, a file is shown; its size when it was analysed; and only if it is really there. */
static void
test_attach (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = product_path (fixture);
  g_autofree char *url = add_upload (fixture, "b.pdf");
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) set = fixture_control (fixture, "set_storage", "{\"analysis\":false}");
  JsonObject *file;

  body = g_strdup_printf ("{\"files\":[{\"external_id\":\"tmp\",\"url\":\"%s\"},"
                          "{\"external_id\":\"no\",\"url\":\"%s.not-there\"}]}", url, url);
  fixture_json (fixture, "PUT", path, body);
  g_assert_cmpuint (json_array_get_length (files_of_answer (fixture)), ==, 1);
  file = json_array_get_object_element (files_of_answer (fixture), 0);
  g_assert_true (json_object_get_null_member (file, "size"));
  g_assert_true (json_object_get_null_member (file, "name"));
  g_assert_cmpstr (json_object_get_string_member (file, "filetype"), ==, "pdf");
  g_assert_cmpstr (json_object_get_string_member (file, "filegroup"), ==, "document");
  g_assert_nonnull (strstr (fixture->body, "\"file_info\":{}"));

  g_clear_pointer (&set, json_object_unref);
  set = fixture_control (fixture, "set_storage", "{\"analysis\":true}");
  fixture_get (fixture, path);
  file = json_array_get_object_element (files_of_answer (fixture), 0);
  g_assert_cmpint (json_object_get_int_member (file, "size"), ==, 77);
  g_assert_nonnull (strstr (fixture->body, "\"file_info\":{\"Size\":\"77 Bytes\"}"));
}

/* On creation the made-up id counts, and the external one is dropped. */
static void
test_create_with_files (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *url = add_upload (fixture, "a.zip");
  g_autofree char *body = NULL;
  const char *id;

  body = g_strdup_printf ("{\"name\":\"A\",\"price\":500,\"draft\":true,"
                          "\"files\":[{\"id\":\"tmp-1\","
                          "\"url\":\"%s\",\"bogus\":1}],\"rich_content\":[{\"description\":"
                          "[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"tmp-1\"}}]}]}", url);
  fixture_json (fixture, "POST", "/products", body);
  id = json_object_get_string_member (json_array_get_object_element (files_of_answer (fixture), 0),
                                      "id");
  g_assert_cmpstr (id, !=, "tmp-1");
  g_assert_null (strstr (fixture->body, "tmp-1"));
  g_assert_false (json_object_has_member (fixture->json, "file_id_mappings"));

  g_free (body);
  body = g_strdup_printf ("{\"name\":\"A\",\"price\":500,\"draft\":true,\"files\":[{"
                          "\"external_id\":\"tmp-1\",\"url\":\"%s\"}],\"rich_content\":"
                          "[{\"description\":[{\"type\":\"fileEmbed\",\"attrs\":"
                          "{\"id\":\"tmp-1\"}}]}]}", url);
  fixture_json (fixture, "POST", "/products", body);
  assert_failure (fixture, "File embeds reference files not belonging to this product: tmp-1");
}

static void
test_files_refused (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = product_path (fixture);
  g_autofree char *url = add_upload (fixture, "a.zip");
  g_autofree char *id = attach (fixture, path, url);
  const struct
  {
    const char *entry;
    const char *refusal;
  } cases[] = {
    { "7", "Each files entry must" },
    { "{\"id\":\"x\"}", "Each files entry must" },
    { "{\"id\":\"ID\",\"modified\":true}", "Files entries cannot contain modified." },
    { "{\"id\":\"ID\",\"display_name\":\"B\"}", "Include the canonical url" },
    { "{\"id\":\"ID\",\"url\":\"URLx\"}", "File URLs must reference" },
    { "{\"url\":\"https://elsewhere.example/x\"}", "The url of a file" },
    { "{\"url\":\"URL/../../x\"}", "The url of a file" },
    { "{\"url\":\"URL%2Fx\"}", "The url of a file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) body = g_string_new ("{\"files\":[");

      g_string_append_printf (body, "%s]}", cases[i].entry);
      g_string_replace (body, "URL", url, 0);
      g_string_replace (body, "ID", id, 0);
      fixture_json (fixture, "PUT", path, body->str);
      assert_failure (fixture, cases[i].refusal);
    }
  fixture_get (fixture, path);
  g_assert_cmpuint (json_array_get_length (files_of_answer (fixture)), ==, 1);
}

/* A changed name changes the address, but only later; then the old one is not the canonical one. */
static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = product_path (fixture);
  g_autofree char *url = add_upload (fixture, "a.zip");
  g_autofree char *id = attach (fixture, path, url);
  g_autofree char *body = NULL;
  g_autofree char *again = NULL;
  g_autoptr (JsonObject) renamed = NULL;
  g_autoptr (JsonObject) uploads = NULL;
  const char *key;

  body = g_strdup_printf ("{\"files\":[{\"id\":\"%s\",\"url\":\"%s\",\"display_name\":\"New\"}]}",
                          id, url);
  for (guint i = 0; i < 2; i++)
    {
      fixture_json (fixture, "PUT", path, body);
      g_assert_cmpstr (json_object_get_string_member (
                         json_array_get_object_element (files_of_answer (fixture), 0), "name"), ==,
                       "New");
    }
  renamed = fixture_control (fixture, "rename_files", "{}");
  fixture_json (fixture, "PUT", path, body);
  assert_failure (fixture, "File URLs must reference");

  uploads = fixture_control (fixture, "uploads", "{}");
  key = json_object_get_string_member (
    json_array_get_object_element (json_object_get_array_member (uploads, "uploads"), 0), "key");
  g_assert_true (g_str_has_suffix (key, "/original/New.zip"));
  again = g_strdup_printf ("{\"files\":[{\"id\":\"%s\"}]}", id);
  fixture_json (fixture, "PUT", path, again);
  g_assert_cmpuint (json_array_get_length (files_of_answer (fixture)), ==, 1);
}

static void
test_positions (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = product_path (fixture);
  g_autofree char *a = add_upload (fixture, "a.zip");
  g_autofree char *b = add_upload (fixture, "b.zip");
  g_autofree char *body = NULL;

  body = g_strdup_printf ("{\"files\":[{\"url\":\"%s\",\"position\":2,\"display_name\":\"A\"},"
                          "{\"url\":\"%s\",\"position\":1,\"display_name\":\"B\"},"
                          "{\"url\":\"%s\",\"position\":1}]}", a, b, b);
  fixture_json (fixture, "PUT", path, body);
  g_assert_cmpuint (json_array_get_length (files_of_answer (fixture)), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (files_of_answer (fixture), 0), "name"), ==,
                   "B");
}

/* Only some nodes are looked into for files. */
static void
test_embeds (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *type;
    gboolean seen;
  } cases[] = {
    { "fileEmbedGroup", TRUE }, { "bulletList", TRUE }, { "orderedList", TRUE },
    { "listItem", TRUE }, { "blockquote", TRUE }, { "paragraph", FALSE },
  };
  g_autofree char *path = product_path (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = NULL;

      body = g_strdup_printf ("{\"rich_content\":[{\"description\":{\"type\":\"doc\",\"content\":"
                              "[{\"type\":\"%s\",\"content\":[{\"type\":\"fileEmbed\",\"attrs\":"
                              "{\"id\":\"x\"}}]}]}}]}", cases[i].type);
      fixture_json (fixture, "PUT", path, body);
      if (cases[i].seen)
        assert_failure (fixture, "File embeds reference files not belonging to this product: x");
      else
        g_assert_nonnull (fixture_product (fixture));
    }
}

/* An embed that led nowhere before stands in nobody's way. */
static void
test_stale_embed (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = product_path (fixture);
  g_autofree char *first = add_upload (fixture, "a.zip");
  g_autofree char *second = add_upload (fixture, "b.zip");
  g_autofree char *id = NULL;

  fixture_edit (fixture, path + strlen ("/products/"),
                "{\"rich_content\":[{\"id\":\"p\",\"title\":null,\"description\":{\"type\":\"doc\","
                "\"content\":[{\"type\":\"fileEmbed\",\"attrs\":{\"id\":\"gone\"}}]}}]}");
  id = attach (fixture, path, first);
  g_free (id);
  id = attach (fixture, path, second);
  g_assert_cmpuint (json_array_get_length (files_of_answer (fixture)), ==, 1);
}

/* Unknown nodes and attributes come back as they went. */
static void
test_unknown_nodes (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char page[] =
    "{\"type\":\"doc\",\"content\":[{\"type\":\"futureNode\",\"attrs\":{\"a\":[1,null,"
    "{\"b\":2.5}]},"
    "\"marks\":[{\"type\":\"glow\",\"attrs\":{\"c\":true}}],\"content\":[{\"type\":\"text\","
    "\"text\":\"x\"}]}]}";
  g_autofree char *path = product_path (fixture);
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;
  g_autofree char *same = NULL;
  JsonObject *sent;

  body = g_strdup_printf ("{\"rich_content\":[{\"title\":\"T\",\"description\":%s}]}", page);
  fixture_json (fixture, "PUT", path, body);
  g_assert_nonnull (strstr (fixture->body, page));
  sent = json_array_get_object_element (
    json_object_get_array_member (fixture_product (fixture), "rich_content"), 0);
  id = g_strdup (json_object_get_string_member (sent, "id"));
  g_assert_cmpstr (json_object_get_string_member (sent, "page_id"), ==, id);
  g_assert_true (json_object_get_null_member (sent, "variant_id"));

  /* A known id keeps the page, an unknown one is a new page. */
  same = g_strdup_printf ("{\"rich_content\":[{\"id\":\"unknown\",\"description\":[]},"
                          "{\"id\":\"%s\",\"description\":[]}]}", id);
  fixture_json (fixture, "PUT", path, same);
  sent = json_array_get_object_element (
    json_object_get_array_member (fixture_product (fixture), "rich_content"), 0);
  g_assert_cmpstr (json_object_get_string_member (sent, "id"), !=, "unknown");
  sent = json_array_get_object_element (
    json_object_get_array_member (fixture_product (fixture), "rich_content"), 1);
  g_assert_cmpstr (json_object_get_string_member (sent, "id"), ==, id);
}

static char *
add_variant (Fixture    *fixture,
             const char *category,
             const char *name)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\"}", name);
  g_autofree char *variants = g_strconcat (category, "/variants", NULL);

  fixture_json (fixture, "POST", variants, body);

  return g_strconcat (variants, "/", json_object_get_string_member (
                        json_object_get_object_member (fixture->json, "variant"), "id"), NULL);
}

static guint
n_pages_of_variant (Fixture    *fixture,
                    const char *variant)
{
  fixture_get (fixture, variant);

  return json_array_get_length (json_object_get_array_member (
                                  json_object_get_object_member (fixture->json, "variant"),
                                  "rich_content"));
}

static void
test_modes (Fixture       *fixture,
            gconstpointer  data)
{
  static const char shared[] = "{\"has_same_rich_content_for_all_variants\":true}";
  static const char single[] = "{\"has_same_rich_content_for_all_variants\":false}";
  static const char page[] = "{\"rich_content\":[{\"title\":\"T\",\"description\":[]}]}";
  g_autofree char *path = product_path (fixture);
  g_autofree char *categories = g_strconcat (path, "/variant_categories", NULL);
  g_autofree char *category = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *url = add_upload (fixture, "a.zip");
  g_autofree char *file = NULL;
  g_autofree char *embed = NULL;

  fixture_json (fixture, "PUT", path, single);
  assert_failure (fixture, "Cannot switch to per-variant content: ");
  fixture_json (fixture, "POST", categories, "{\"title\":\"Size\"}");
  category = g_strconcat (categories, "/", json_object_get_string_member (
                            json_object_get_object_member (fixture->json, "variant_category"),
                            "id"), NULL);
  first = add_variant (fixture, category, "S");
  second = add_variant (fixture, category, "L");
  fixture_json (fixture, "PUT", first, page);
  assert_failure (fixture, "Cannot update variant rich content while");

  /* The pages move to the first version. */
  fixture_json (fixture, "PUT", path, page);
  fixture_json (fixture, "PUT", path, single);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture_product (fixture),
                                                                         "rich_content")), ==, 0);
  g_assert_cmpuint (n_pages_of_variant (fixture, first), ==, 1);
  g_assert_cmpuint (n_pages_of_variant (fixture, second), ==, 0);
  fixture_json (fixture, "PUT", path, page);
  assert_failure (fixture, "Cannot update product-level rich content while in per-variant mode. ");

  /* Embeds of versions hold on to files too; pages may come as a string. */
  file = attach (fixture, path, url);
  embed = g_strdup_printf ("{\"rich_content\":\"[{\\\"description\\\":"
                           "[{\\\"type\\\":\\\"fileEmbed\\\","
                           "\\\"attrs\\\":{\\\"id\\\":\\\"%s\\\"}}]}]\"}", file);
  fixture_json (fixture, "PUT", second, embed);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
  fixture_json (fixture, "PUT", path, "{\"files\":[]}");
  assert_failure (fixture, "Cannot remove files still referenced in rich content: ");
  fixture_json (fixture, "PUT", second, "{\"rich_content\":\"[\"}");
  assert_failure (fixture, "Invalid JSON in rich_content parameter.");

  /* Back again only when nothing would be lost. */
  fixture_json (fixture, "PUT", path, shared);
  assert_failure (fixture, "Cannot switch to shared content: ");
  fixture_json (fixture, "PUT", second, page);
  fixture_json (fixture, "PUT", path, shared);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture_product (fixture),
                                                                         "rich_content")), ==, 1);
  g_assert_cmpuint (n_pages_of_variant (fixture, first), ==, 0);
}

#define ADD(path, func) \
  g_test_add ("/sandbox/content/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("files", test_files);
  ADD ("pages", test_pages);
  ADD ("attach", test_attach);
  ADD ("create-with-files", test_create_with_files);
  ADD ("files-refused", test_files_refused);
  ADD ("rename", test_rename);
  ADD ("positions", test_positions);
  ADD ("embeds", test_embeds);
  ADD ("stale-embed", test_stale_embed);
  ADD ("unknown-nodes", test_unknown_nodes);
  ADD ("modes", test_modes);

  return g_test_run ();
}
