/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every field of every resource, with what it should be and with everything that it should not
 * be. */

#include "config.h"

#include "gum-json.h"
#include "gum-product.h"
#include "gum-registry.h"
#include "gum-resource.h"
#include "gum-user.h"

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

static const char * const values[] = {
  "null", "true", "false", "0", "-7", "12", "12.0", "12.5", "1e400", "-1e400", "1e30",
  "123456789012345678901234567890", "9223372036854775808", "\"\"", "\"text\"", "\"12\"", "\"true\"",
  "\"2026-01-02T03:04:05Z\"", "\"2026-01-02 03:04:05 UTC\"", "\"9999-99-99T99:99:99Z\"", "[]", "{}",
  "[null,1,\"a\",true,{},[[]]]", "[{\"id\":\"a\"},{\"id\":\"a\"},{}]", "{\"id\":{}}", "[[[[[[[[]]]]]]]]",
};

/* Which of the values a field of a kind can have, by their first character. */
static gboolean
can_be (GumFieldKind  kind,
        const char   *value)
{
  switch (kind)
    {
    case GUM_FIELD_STRING:
      return *value != '[' && *value != '{';
    case GUM_FIELD_INT:
      return g_str_equal (value, "0") || g_str_equal (value, "-7") || g_str_equal (value, "12") ||
             g_str_equal (value, "12.0") || g_str_equal (value, "\"12\"");
    case GUM_FIELD_BOOLEAN:
      return g_str_equal (value, "true") || g_str_equal (value, "false") ||
             g_str_equal (value, "0") || g_str_equal (value, "\"true\"");
    case GUM_FIELD_TIME:
      return g_str_has_prefix (value, "\"2026");
    case GUM_FIELD_STRV:
    case GUM_FIELD_LIST:
      return *value == '[';
    case GUM_FIELD_OBJECT:
      return *value == '{';
    case GUM_FIELD_JSON:
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static char *
dup_key (const GumField *field)
{
  return field->key != NULL ? g_strdup (field->key)
                            : g_strdelimit (g_strdup (field->name), "-", '_');
}

static void
get_property (GumResource *resource,
              const char  *name)
{
  GValue value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (resource), name, &value);
  if (G_VALUE_HOLDS_OBJECT (&value) && G_IS_LIST_MODEL (g_value_get_object (&value)))
    g_assert_true (g_type_is_a (g_list_model_get_item_type (g_value_get_object (&value)),
                                GUM_TYPE_RESOURCE));
  g_value_unset (&value);
}

static void
check_field (GType           type,
             const GumField *field,
             const char     *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    /* Every value first, and every fifth after it: all pairs would take too long. */
    for (guint j = i % 5; j < G_N_ELEMENTS (values); j += 5)
      {
        g_autofree char *text = g_strdup_printf ("{\"%s\":%s}", key, values[i]);
        g_autofree char *newer_text = g_strdup_printf ("{\"%s\":%s}", key, values[j]);
        g_autoptr(JsonObject) json = parse (text);
        g_autoptr(JsonObject) newer = parse (newer_text);
        g_autoptr(GumResource) resource = NULL;
        gboolean is_null = g_str_equal (values[i], "null");
        guint n_bad = 0;

        resource = gum_resource_new_from_json (type, json, &n_bad);
        if (gum_resource_has (resource, field->name) != (!is_null && can_be (field->kind, values[i])))
          g_error ("%s.%s = %s", g_type_name (type), key, values[i]);
        if (!is_null && !can_be (field->kind, values[i]))
          g_assert_cmpuint (n_bad, ==, 1);
        else if (*values[i] != '[' && *values[i] != '{')
          g_assert_cmpuint (n_bad, ==, 0);
        get_property (resource, field->name);

        gum_resource_update (resource, newer, NULL);
        g_assert_cmpint (gum_resource_has (resource, field->name), ==,
                         !g_str_equal (values[j], "null") && can_be (field->kind, values[j]));
        get_property (resource, field->name);

        /* The same again changes nothing. */
        g_clear_pointer (&newer, json_object_unref);
        newer = parse (newer_text);
        g_assert_false (gum_resource_update (resource, newer, NULL));
      }
}

static void
test_every_field_with_everything (void)
{
  guint n_types;
  const GType *types = gum_registry_get_resource_types (&n_types);

  for (guint i = 0; i < n_types; i++)
    {
      g_autoptr(GumResourceClass) klass = g_type_class_ref (types[i]);

      g_assert_cmpuint (klass->n_fields, >, 0);
      for (guint j = 0; j < klass->n_fields; j++)
        {
          g_autofree char *key = dup_key (&klass->fields[j]);

          check_field (types[i], &klass->fields[j], key);
          if (klass->fields[j].alias != NULL)
            check_field (types[i], &klass->fields[j], klass->fields[j].alias);
        }
    }
}

/* Tables and structs agree: no two fields share a place, a name or a key. */
static void
test_tables (void)
{
  guint n_types;
  const GType *types = gum_registry_get_resource_types (&n_types);

  for (guint i = 0; i < n_types; i++)
    {
      g_autoptr(GumResourceClass) klass = g_type_class_ref (types[i]);

      for (guint j = 0; j < klass->n_fields; j++)
        {
          const GumField *field = &klass->fields[j];
          gboolean nested = field->kind == GUM_FIELD_OBJECT || field->kind == GUM_FIELD_LIST;

          g_assert_cmpint (field->item_type != NULL, ==, nested);
          for (guint k = 0; k < j; k++)
            {
              g_assert_cmpstr (field->name, !=, klass->fields[k].name);
              g_assert_cmpuint (field->offset, !=, klass->fields[k].offset);
            }
        }
    }
}

/* Text and tree are the same record: each number as it was written, each field decoded. */
static void
test_text (void)
{
  static const char record[] = "{\"id\":\"a\",\"name\":\"A \\u20ac\",\"price\":\"7\",\"tags\":[\"x\"],"
                               "\"variants\":[{\"title\":\"T\",\"options\":[{\"name\":\"o\"}]}],\"strange\":{\"y\":[1]}}";
  static const char more[] = "{\"name\":\"B\",\"another\":1}";
  g_autoptr(GBytes) text = g_bytes_new_static (record, strlen (record));
  g_autoptr(GBytes) newer = g_bytes_new_static (more, strlen (more));
  g_autoptr(GBytes) nothing = g_bytes_new_static ("[]", 2);
  g_autoptr(JsonNode) whole = gum_json_parse_object (text, NULL);
  g_autoptr(JsonNode) change = gum_json_parse_object (newer, NULL);
  g_autoptr(JsonNode) kept = NULL;
  guint n_bad = 0;
  g_autoptr(GumResource) product = gum_resource_new_from_text (GUM_TYPE_PRODUCT, text, &n_bad);

  g_assert_cmpuint (n_bad, ==, 0);
  g_assert_cmpstr (gum_resource_get_id (product), ==, "a");
  g_assert_cmpstr (gum_product_get_name (GUM_PRODUCT (product)), ==, "A \xe2\x82\xac");
  g_assert_false (gum_resource_update (product, json_node_get_object (whole), NULL));
  g_assert_true (gum_resource_update (product, json_node_get_object (change), NULL));
  g_assert_cmpstr (gum_product_get_name (GUM_PRODUCT (product)), ==, "B");
  kept = json_node_init_object (json_node_alloc (), gum_resource_get_json (product));
  g_assert_true (json_object_has_member (json_node_get_object (kept), "strange"));
  g_assert_true (json_object_has_member (json_node_get_object (kept), "another"));
  g_assert_null (gum_resource_new_from_text (GUM_TYPE_PRODUCT, nothing, NULL));
}

static void
test_absent (void)
{
  guint n_types;
  const GType *types = gum_registry_get_resource_types (&n_types);

  for (guint i = 0; i < n_types; i++)
    {
      g_autoptr(GumResourceClass) klass = g_type_class_ref (types[i]);
      g_autoptr(JsonObject) json = json_object_new ();
      guint n_bad = 0;
      g_autoptr(GumResource) resource = gum_resource_new_from_json (types[i], json, &n_bad);

      g_assert_cmpuint (n_bad, ==, 0);
      g_assert_null (gum_resource_get_id (resource));
      g_assert_true (gum_resource_get_json (resource) == json);
      for (guint j = 0; j < klass->n_fields; j++)
        {
          g_assert_false (gum_resource_has (resource, klass->fields[j].name));
          get_property (resource, klass->fields[j].name);
        }
      g_assert_false (gum_resource_has (resource, "no-such-property"));
    }
}

static const char full_product[] =
  "{\"id\":\"Zx3_fakeFAKEfakeFAKE0a==\",\"name\":\"Brush Pack\",\"description\":\"<p>Forty.</p>\","
  "\"custom_summary\":null,\"custom_permalink\":\"brushes\",\"custom_receipt\":null,\"custom_html\":\"<b>\","
  "\"landing_url\":\"https://ada.gumroad.com/l/brushes\",\"price\":1200,\"currency\":\"eur\","
  "\"formatted_price\":\"\xe2\x82\xac" "12\",\"customizable_price\":false,\"max_purchase_count\":null,"
  "\"subscription_duration\":null,\"is_tiered_membership\":false,\"recurrences\":null,\"published\":true,"
  "\"deleted\":false,\"require_shipping\":false,\"short_url\":\"https://ada.gumroad.com/l/brushes\","
  "\"preview_url\":null,\"thumbnail_url\":\"https://x.test/t.png\",\"covers\":[{\"id\":\"c0\","
  "\"url\":\"https://x.test/c.png\",\"original_url\":null,\"thumbnail\":null,\"type\":\"image\","
  "\"filetype\":\"png\",\"width\":670,\"height\":377.0,\"native_width\":1340,\"native_height\":754}],"
  "\"main_cover_id\":\"c0\",\"tags\":[\"brush\",\"paint\"],\"taxonomy_id\":66,\"category\":\"design/brushes\","
  "\"category_label\":\"Brushes\",\"file_info\":{\"Size\":\"3.1 MB\"},\"custom_fields\":[{\"id\":\"f\","
  "\"type\":\"text\",\"name\":\"Where from?\",\"required\":\"false\",\"collect_per_product\":true}],"
  "\"bundle_products\":[],\"variants\":[{\"title\":\"License\",\"options\":[{\"name\":\"Team\","
  "\"price_difference\":3000,\"is_pay_what_you_want\":false,\"recurrence_prices\":null,\"rich_content\":[],"
  "\"url\":null}]}],\"url\":null,\"custom_delivery_url\":null,\"sales_count\":7,\"sales_usd_cents\":8731.0,"
  "\"release_at\":\"2026-01-02 03:04:05 UTC\",\"is_preorder\":true,\"rich_content\":[{\"id\":\"p\","
  "\"page_id\":\"p\",\"title\":\"Start\",\"variant_id\":null,\"description\":{\"type\":\"doc\",\"content\":[]},"
  "\"updated_at\":\"2026-01-02T03:04:05Z\"}],\"has_same_rich_content_for_all_variants\":true,\"files\":["
  "{\"id\":\"d\",\"name\":null,\"size\":3250586,\"url\":\"https://s3.test/f?sig=1\",\"filetype\":\"zip\","
  "\"filegroup\":\"archive\"}],\"refund_policy\":{\"refund_period\":\"30\",\"title\":\"30 days\","
  "\"fine_print\":null,\"inherited\":false},\"average_rating\":4.8,\"brand_new_member\":{\"kept\":[1,2]}}";

static void
test_product (void)
{
  g_autoptr(JsonObject) json = parse (full_product);
  guint n_bad = 0;
  g_autoptr(GumResource) resource = gum_resource_new_from_json (GUM_TYPE_PRODUCT, json, &n_bad);
  GumProduct *product = GUM_PRODUCT (resource);
  g_autoptr(GListModel) covers = NULL;
  g_autoptr(GListModel) variants = NULL;
  g_autoptr(GListModel) options = NULL;
  g_autoptr(GListModel) fields = NULL;
  g_autoptr(GListModel) files = NULL;
  g_autoptr(GObject) cover = NULL;
  g_autoptr(GObject) group = NULL;
  g_autoptr(GObject) option = NULL;
  g_autoptr(GObject) field = NULL;
  g_autoptr(GObject) file = NULL;
  g_autoptr(GObject) policy = NULL;
  g_autoptr(GDateTime) release = NULL;
  g_auto(GStrv) tags = NULL;
  g_autofree char *period = NULL;
  g_autofree char *option_name = NULL;
  gint64 height, difference, size;
  gboolean required, per_product;

  g_assert_cmpuint (n_bad, ==, 0);
  g_assert_cmpstr (gum_resource_get_id (resource), ==, "Zx3_fakeFAKEfakeFAKE0a==");
  g_assert_cmpstr (gum_product_get_name (product), ==, "Brush Pack");
  g_assert_cmpstr (gum_product_get_currency (product), ==, "eur");
  g_assert_cmpstr (gum_product_get_formatted_price (product), ==, "\xe2\x82\xac" "12");
  g_assert_cmpstr (gum_product_get_thumbnail_url (product), ==, "https://x.test/t.png");
  g_assert_cmpstr (gum_product_get_short_url (product), ==, "https://ada.gumroad.com/l/brushes");
  g_assert_cmpint (gum_product_get_price (product), ==, 1200);
  g_assert_cmpint (gum_product_get_sales_count (product), ==, 7);
  g_assert_cmpint (gum_product_get_sales_usd_cents (product), ==, 8731);
  g_assert_true (gum_product_is_published (product));
  g_assert_cmpint (gum_product_get_kind (product), ==, GUM_PRODUCT_KIND_PRODUCT);
  g_assert_false (gum_resource_has (resource, "max-purchase-count"));
  g_assert_true (gum_resource_has (resource, "custom-html"));

  g_object_get (product, "covers", &covers, "variants", &variants, "custom-fields", &fields,
                "files", &files, "refund-policy", &policy, "release-at", &release, "tags", &tags, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (covers), ==, 1);
  g_assert_true (g_list_model_get_item_type (covers) == GUM_TYPE_COVER);
  cover = g_list_model_get_item (covers, 0);
  g_object_get (cover, "height", &height, NULL);
  g_assert_cmpint (height, ==, 377);

  group = g_list_model_get_item (variants, 0);
  g_object_get (group, "options", &options, NULL);
  option = g_list_model_get_item (options, 0);
  g_object_get (option, "name", &option_name, "price-difference", &difference, NULL);
  g_assert_cmpstr (option_name, ==, "Team");
  g_assert_cmpint (difference, ==, 3000);

  field = g_list_model_get_item (fields, 0);
  g_object_get (field, "required", &required, "collect-per-product", &per_product, NULL);
  g_assert_false (required);
  g_assert_true (per_product);

  file = g_list_model_get_item (files, 0);
  g_object_get (file, "size", &size, NULL);
  g_assert_cmpint (size, ==, 3250586);

  g_object_get (policy, "refund-period", &period, NULL);
  g_assert_cmpstr (period, ==, "30");
  g_assert_cmpstr (tags[1], ==, "paint");
  g_assert_cmpint (g_date_time_to_unix (release), ==, 1767323045);

  g_assert_nonnull (gum_json_get_object (gum_resource_get_json (resource), "brand_new_member"));
}

static void
test_kinds (void)
{
  static const struct {
    const char     *text;
    GumProductKind  kind;
  } cases[] = {
    { "{}", GUM_PRODUCT_KIND_PRODUCT },
    { "{\"is_tiered_membership\":true}", GUM_PRODUCT_KIND_MEMBERSHIP },
    { "{\"subscription_duration\":\"monthly\"}", GUM_PRODUCT_KIND_MEMBERSHIP },
    { "{\"subscription_duration\":\"\"}", GUM_PRODUCT_KIND_PRODUCT },
    { "{\"bundle_products\":[{\"product_id\":\"a\"}]}", GUM_PRODUCT_KIND_BUNDLE },
    { "{\"bundle_products\":[]}", GUM_PRODUCT_KIND_PRODUCT },
    { "{\"require_shipping\":true}", GUM_PRODUCT_KIND_PHYSICAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonObject) json = parse (cases[i].text);
      g_autoptr(GumResource) product = gum_resource_new_from_json (GUM_TYPE_PRODUCT, json, NULL);

      g_assert_cmpint (gum_product_get_kind (GUM_PRODUCT (product)), ==, cases[i].kind);
    }
}

static void
test_user_picture_alias (void)
{
  static const char * const texts[] = {
    "{\"profile_url\":\"https://x.test/p\"}",
    "{\"profile_picture_url\":\"https://x.test/p\"}",
    "{\"profile_url\":null,\"profile_picture_url\":\"https://x.test/p\"}",
    "{\"profile_url\":\"https://x.test/p\",\"profile_picture_url\":\"https://x.test/other\"}",
    "{\"profile_url\":\"https://x.test/p\",\"profile_picture_url\":null}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonObject) json = parse (texts[i]);
      g_autoptr(GumResource) user = gum_resource_new_from_json (GUM_TYPE_USER, json, NULL);

      g_assert_cmpstr (gum_user_get_picture_url (GUM_USER (user)), ==, "https://x.test/p");
    }
}

static void
test_user (void)
{
  g_autoptr(JsonObject) json = parse ("{\"id\":5427000000001,\"name\":\"Ada\",\"display_name\":\"Ada L.\","
                                      "\"email\":\"ada@x.test\",\"url\":null,\"links\":[\"a\",7,null]}");
  guint n_bad = 0;
  g_autoptr(GumResource) user = gum_resource_new_from_json (GUM_TYPE_USER, json, &n_bad);
  g_auto(GStrv) links = NULL;

  g_assert_cmpuint (n_bad, ==, 1);
  g_assert_cmpstr (gum_resource_get_id (user), ==, "5427000000001");
  g_assert_cmpstr (gum_user_get_name (GUM_USER (user)), ==, "Ada");
  g_assert_cmpstr (gum_user_get_display_name (GUM_USER (user)), ==, "Ada L.");
  g_assert_cmpstr (gum_user_get_email (GUM_USER (user)), ==, "ada@x.test");
  g_assert_null (gum_user_get_url (GUM_USER (user)));
  g_object_get (user, "links", &links, NULL);
  g_assert_cmpuint (g_strv_length (links), ==, 2);
  g_assert_cmpstr (links[1], ==, "7");
}

static void
test_bad_fields_are_counted_at_every_depth (void)
{
  g_autoptr(JsonObject) json = parse ("{\"price\":\"x\",\"covers\":[1,{\"width\":[]},null,{\"width\":\"7\"}],"
                                      "\"refund_policy\":{\"title\":{}},\"variants\":[{\"options\":[{\"name\":[]}]}]}");
  guint n_bad = 10;
  g_autoptr(GumResource) product = gum_resource_new_from_json (GUM_TYPE_PRODUCT, json, &n_bad);
  g_autoptr(GListModel) covers = NULL;

  g_assert_cmpuint (n_bad, ==, 16);
  g_object_get (product, "covers", &covers, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (covers), ==, 2);
}

static void
test_registry (void)
{
  guint n_endpoints, n_types;
  const GumEndpoint * const *endpoints = gum_registry_get_endpoints (&n_endpoints);
  const GType *types = gum_registry_get_resource_types (&n_types);

  for (guint i = 0; i < n_endpoints; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < n_types; j++)
        known = known || types[j] == endpoints[i]->get_type ();
      g_assert_true (known);
      g_assert_nonnull (endpoints[i]->path);
      g_assert_nonnull (endpoints[i]->singular);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/resource/tables", test_tables);
  g_test_add_func ("/api/resource/registry", test_registry);
  g_test_add_func ("/api/resource/text", test_text);
  g_test_add_func ("/api/resource/absent", test_absent);
  g_test_add_func ("/api/resource/product", test_product);
  g_test_add_func ("/api/resource/kinds", test_kinds);
  g_test_add_func ("/api/resource/user", test_user);
  g_test_add_func ("/api/resource/user-picture-alias", test_user_picture_alias);
  g_test_add_func ("/api/resource/bad-fields-are-counted-at-every-depth",
                   test_bad_fields_are_counted_at_every_depth);
  g_test_add_func ("/api/resource/every-field-with-everything", test_every_field_with_everything);

  return g_test_run ();
}
