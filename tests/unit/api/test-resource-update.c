/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a newer record changes, and what it says of that. */

#include "config.h"

#include "gum-json.h"
#include "gum-product.h"

#include <stdlib.h>
#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gum_json_parse_object (bytes, &error);

  g_assert_no_error (error);

  return json_node_dup_object (node);
}

static GumResource *
create (const char *text)
{
  g_autoptr(JsonObject) json = parse (text);

  return gum_resource_new_from_json (GUM_TYPE_PRODUCT, json, NULL);
}

static gboolean
update (GumResource *resource,
        const char  *text)
{
  g_autoptr(JsonObject) json = parse (text);

  return gum_resource_update (resource, json, NULL);
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           GString    *notified)
{
  g_string_append_printf (notified, "%s ", pspec->name);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *notified)
{
  g_string_append_printf (notified, "(%u -%u +%u) ", position, removed, added);
}

static GString *
watch (gpointer object)
{
  GString *notified = g_string_new (NULL);

  g_signal_connect (object, "notify", G_CALLBACK (notify_cb), notified);

  return notified;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

static char *
sort_words (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);

  qsort (words, g_strv_length (words), sizeof *words, compare_words);

  return g_strjoinv (" ", words);
}

/* GObject promises no order. */
static void
assert_notified (GString    *notified,
                 const char *expected)
{
  g_autofree char *got = sort_words (notified->str);
  g_autofree char *wanted = sort_words (expected);

  g_assert_cmpstr (got, ==, wanted);
  g_string_truncate (notified, 0);
}

static void
test_exactly_what_changed (void)
{
  g_autoptr(GumResource) product = create ("{\"id\":\"a\",\"name\":\"One\",\"price\":5,\"tags\":[\"x\"],"
                                           "\"release_at\":\"2026-01-02T03:04:05Z\",\"file_info\":{\"Size\":\"1\"}}");
  g_autoptr(GString) notified = watch (product);

  g_assert_false (update (product, "{\"id\":\"a\",\"name\":\"One\",\"price\":5.0,\"tags\":[\"x\"],"
                                   "\"release_at\":\"2026-01-02T04:04:05+01:00\",\"file_info\":{\"Size\":\"1\"}}") &&
                  notified->len > 0);
  assert_notified (notified, "");

  g_assert_true (update (product, "{\"id\":\"a\",\"name\":\"Two\",\"price\":5}"));
  assert_notified (notified, "name ");
  g_assert_cmpstr (gum_product_get_name (GUM_PRODUCT (product)), ==, "Two");

  g_assert_true (update (product, "{\"tags\":[\"x\",\"y\"],\"published\":true,\"file_info\":{}}"));
  assert_notified (notified, "published tags file-info ");

  /* From nothing to zero, and back: the value is the same, what it means is not. */
  g_assert_true (update (product, "{\"sales_count\":0}"));
  assert_notified (notified, "sales-count ");
  g_assert_true (update (product, "{\"sales_count\":null}"));
  assert_notified (notified, "sales-count ");

  g_assert_true (update (product, "{\"name\":null,\"price\":{}}"));
  assert_notified (notified, "name price ");
  g_assert_false (gum_resource_has (product, "price"));
}

static void
test_absent_keeps (void)
{
  g_autoptr(GumResource) product = create ("{\"id\":\"a\",\"name\":\"One\",\"custom_html\":\"<b>\",\"strange\":[1]}");
  g_autoptr(JsonObject) before = json_object_ref (gum_resource_get_json (product));
  JsonObject *json;

  g_assert_true (update (product, "{\"id\":\"a\",\"name\":\"Two\",\"newer\":{}}"));
  json = gum_resource_get_json (product);
  g_assert_true (gum_resource_has (product, "custom-html"));
  g_assert_cmpstr (gum_json_get_string (json, "custom_html"), ==, "<b>");
  g_assert_cmpstr (gum_json_get_string (json, "name"), ==, "Two");
  g_assert_nonnull (gum_json_get_array (json, "strange"));
  g_assert_nonnull (gum_json_get_object (json, "newer"));

  /* What was handed in before is as it was. */
  g_assert_cmpstr (gum_json_get_string (before, "name"), ==, "One");
  g_assert_false (json_object_has_member (before, "newer"));
}

static void
test_unknown_members_count_as_change (void)
{
  g_autoptr(GumResource) product = create ("{\"id\":\"a\",\"strange\":[1]}");
  g_autoptr(GString) notified = watch (product);

  g_assert_false (update (product, "{\"strange\":[1]}"));
  g_assert_true (update (product, "{\"strange\":[2]}"));
  g_assert_true (update (product, "{\"stranger\":null}"));
  g_assert_false (update (product, "{\"id\":\"a\",\"strange\":[2]}"));
  assert_notified (notified, "");
}

static void
all_set_cb (GObject    *object,
            GParamSpec *pspec,
            gpointer    data)
{
  g_assert_cmpstr (gum_product_get_name (GUM_PRODUCT (object)), ==, "Two");
  g_assert_cmpint (gum_product_get_price (GUM_PRODUCT (object)), ==, 2);
}

static void
test_all_is_set_before_anything_is_notified (void)
{
  g_autoptr(GumResource) product = create ("{\"name\":\"One\",\"price\":1}");

  g_signal_connect (product, "notify", G_CALLBACK (all_set_cb), NULL);
  g_assert_true (update (product, "{\"name\":\"Two\",\"price\":2}"));
}

static void
test_list (void)
{
  g_autoptr(GumResource) product = create ("{\"covers\":[{\"id\":\"a\",\"width\":1},{\"id\":\"b\",\"width\":2},"
                                           "{\"id\":\"c\",\"width\":3}]}");
  g_autoptr(GListModel) covers = NULL;
  g_autoptr(GListModel) same = NULL;
  g_autoptr(GObject) b = NULL;
  g_autoptr(GObject) other = NULL;
  g_autoptr(GString) notified = watch (product);
  g_autoptr(GString) b_notified = NULL;

  g_object_get (product, "covers", &covers, NULL);
  g_signal_connect (covers, "items-changed", G_CALLBACK (items_changed_cb), notified);
  b = g_list_model_get_item (covers, 1);
  b_notified = watch (b);

  /* equal */
  g_assert_false (update (product, "{\"covers\":[{\"id\":\"a\",\"width\":1},{\"id\":\"b\",\"width\":2},"
                                   "{\"id\":\"c\",\"width\":3}]}"));
  assert_notified (notified, "");

  /* an item changes: it speaks for itself */
  g_assert_true (update (product, "{\"covers\":[{\"id\":\"a\",\"width\":1},{\"id\":\"b\",\"width\":20},"
                                  "{\"id\":\"c\",\"width\":3}]}"));
  assert_notified (notified, "");
  assert_notified (b_notified, "width ");

  /* one is added at the end */
  g_assert_true (update (product, "{\"covers\":[{\"id\":\"a\",\"width\":1},{\"id\":\"b\",\"width\":20},"
                                  "{\"id\":\"c\",\"width\":3},{\"id\":\"d\"}]}"));
  assert_notified (notified, "(3 -0 +1) covers ");

  /* one goes in the middle, and what is left out of a record is gone from it */
  g_assert_true (update (product, "{\"covers\":[{\"id\":\"a\",\"width\":1},{\"id\":\"b\"},{\"id\":\"d\"}]}"));
  assert_notified (notified, "(2 -1 +0) covers ");
  assert_notified (b_notified, "width ");

  /* two change places: the same objects */
  g_assert_true (update (product, "{\"covers\":[{\"id\":\"b\"},{\"id\":\"a\",\"width\":1},{\"id\":\"d\"}]}"));
  assert_notified (notified, "(0 -2 +2) covers ");
  other = g_list_model_get_item (covers, 0);
  g_assert_true (other == b);

  /* the same id twice: two objects */
  g_assert_true (update (product, "{\"covers\":[{\"id\":\"b\"},{\"id\":\"b\"}]}"));
  assert_notified (notified, "(1 -2 +1) covers ");

  g_assert_true (update (product, "{\"covers\":null}"));
  assert_notified (notified, "(0 -2 +0) covers ");

  g_assert_true (update (product, "{\"covers\":[]}"));
  assert_notified (notified, "covers ");

  g_object_get (product, "covers", &same, NULL);
  g_assert_true (same == covers);
}

static void
test_list_without_ids (void)
{
  g_autoptr(GumResource) product = create ("{\"variants\":[{\"title\":\"Tier\",\"options\":[{\"name\":\"A\"},"
                                           "{\"name\":\"B\",\"price_difference\":5}]}]}");
  g_autoptr(GListModel) variants = NULL;
  g_autoptr(GListModel) options = NULL;
  g_autoptr(GObject) group = NULL;
  g_autoptr(GObject) option = NULL;
  g_autoptr(GString) notified = g_string_new (NULL);
  g_autoptr(GString) option_notified = NULL;

  g_object_get (product, "variants", &variants, NULL);
  group = g_list_model_get_item (variants, 0);
  g_object_get (group, "options", &options, NULL);
  option = g_list_model_get_item (options, 1);
  option_notified = watch (option);
  g_signal_connect (variants, "items-changed", G_CALLBACK (items_changed_cb), notified);
  g_signal_connect (options, "items-changed", G_CALLBACK (items_changed_cb), notified);

  g_assert_true (update (product, "{\"variants\":[{\"title\":\"Tier\",\"options\":[{\"name\":\"A\"},"
                                  "{\"name\":\"C\",\"price_difference\":5},{\"name\":\"D\"}]}]}"));
  assert_notified (notified, "(2 -0 +1) ");
  assert_notified (option_notified, "name ");
}

static void
test_object (void)
{
  g_autoptr(GumResource) product = create ("{\"refund_policy\":{\"title\":\"A\",\"refund_period\":\"7\"}}");
  g_autoptr(GObject) policy = NULL;
  g_autoptr(GObject) same = NULL;
  g_autoptr(GObject) none = NULL;
  g_autoptr(GString) notified = watch (product);
  g_autoptr(GString) policy_notified = NULL;

  g_object_get (product, "refund-policy", &policy, NULL);
  policy_notified = watch (policy);

  g_assert_true (update (product, "{\"refund_policy\":{\"title\":\"B\",\"refund_period\":\"7\"}}"));
  g_object_get (product, "refund-policy", &same, NULL);
  g_assert_true (same == policy);
  assert_notified (notified, "");
  assert_notified (policy_notified, "title ");

  g_assert_true (update (product, "{\"refund_policy\":null}"));
  g_object_get (product, "refund-policy", &none, NULL);
  g_assert_null (none);
  assert_notified (notified, "refund-policy ");
}

/* A hostile list must not cost the square of its length. */
static void
test_long_list (void)
{
  g_autoptr(GString) text = g_string_new ("{\"covers\":[");
  g_autoptr(GumResource) product = NULL;
  g_autoptr(GListModel) covers = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\"}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  product = create (text->str);

  g_string_assign (text, "{\"covers\":[");
  for (guint i = 20000; i > 0; i--)
    g_string_append_printf (text, "%s{\"id\":\"%u\"}", i < 20000 ? "," : "", i - 1);
  g_string_append (text, "]}");
  g_assert_true (update (product, text->str));

  g_object_get (product, "covers", &covers, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (covers), ==, 20000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/resource-update/exactly-what-changed", test_exactly_what_changed);
  g_test_add_func ("/api/resource-update/absent-keeps", test_absent_keeps);
  g_test_add_func ("/api/resource-update/unknown-members", test_unknown_members_count_as_change);
  g_test_add_func ("/api/resource-update/all-is-set-before",
                   test_all_is_set_before_anything_is_notified);
  g_test_add_func ("/api/resource-update/list", test_list);
  g_test_add_func ("/api/resource-update/list-without-ids", test_list_without_ids);
  g_test_add_func ("/api/resource-update/object", test_object);
  g_test_add_func ("/api/resource-update/long-list", test_long_list);

  return g_test_run ();
}
