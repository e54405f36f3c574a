/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records: bytes to JSON to product and user, every property read, and the same record once more,
 * which must change nothing. The same bytes as a page: both ways to read JSON take the same texts,
 * and each record that is cut out is JSON by itself, with the id that was said. */

#include "config.h"

#include "fuzz.h"

#include "gum-json-private.h"
#include "gum-product.h"
#include "gum-user.h"

static void
read_all (GumResource *resource)
{
  g_autofree GParamSpec **pspecs = NULL;
  guint n_pspecs;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (resource), &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_value_init (&value, pspecs[i]->value_type);
      g_object_get_property (G_OBJECT (resource), pspecs[i]->name, &value);
      if (G_VALUE_HOLDS_STRING (&value) && g_value_get_string (&value) != NULL)
        g_assert_true (g_utf8_validate (g_value_get_string (&value), -1, NULL));
      gum_resource_has (resource, pspecs[i]->name);
    }
}

static void
decode (GType       type,
        JsonObject *json)
{
  guint bad = 0;
  g_autoptr(GumResource) resource = gum_resource_new_from_json (type, json, &bad);

  read_all (resource);
  g_assert_false (gum_resource_update (resource, json, NULL));
}

/* A slice says what the member says. */
static void
compare (JsonObject   *object,
         const char   *member,
         GumJsonSlice  slice)
{
  g_autofree char *text = gum_json_slice_dup_string (slice);
  gint64 number_a = 0, number_b = 0;
  gboolean flag_a = FALSE, flag_b = FALSE;

  g_assert_true (json_object_has_member (object, member) == (slice.start != NULL));
  g_assert_cmpstr (text, ==, gum_json_get_string (object, member));
  g_assert_true (gum_json_slice_to_int (slice, &number_a) ==
                 gum_json_get_int (object, member, &number_b));
  g_assert_cmpint (number_a, ==, number_b);
  g_assert_true (gum_json_slice_to_boolean (slice, &flag_a) ==
                 gum_json_get_boolean (object, member, &flag_b));
  g_assert_true (flag_a == flag_b);
}

static void
cut (GBytes   *bytes,
     gboolean  is_valid)
{
  static const char * const members[] = { "id", "name", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GumPage) page = NULL;
  gboolean was_cut;
  g_autoptr(JsonNode) rest = _gum_json_parse_page (bytes, "products", members, &page, &was_cut, &error);

  g_assert_true ((rest != NULL) == is_valid);
  g_assert_true ((rest != NULL) == (error == NULL));
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    {
      g_autoptr(JsonNode) node = gum_json_parse_object (page->items->pdata[i], NULL);
      g_autofree char *id = NULL;
      GumJsonSlice found[2];
      const char *text;
      gsize length;

      g_assert_nonnull (node);
      text = g_bytes_get_data (page->items->pdata[i], &length);
      g_assert_true (gum_json_find (text, length, members, found));
      g_assert_cmpmem (found, sizeof found, &g_array_index (page->found, GumJsonSlice, 2 * i),
                       sizeof found);
      id = gum_json_node_dup_string (json_object_get_member (json_node_get_object (node), "id"));
      g_assert_cmpstr (id, ==, page->ids->pdata[i]);
      compare (json_node_get_object (node), "id", found[0]);
      compare (json_node_get_object (node), "name", found[1]);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gum_json_parse_object (bytes, &error);
  JsonObject *object;

  g_assert_true ((node == NULL) == (error != NULL));
  cut (bytes, node != NULL);
  if (node == NULL)
    return 0;

  object = json_node_get_object (node);
  decode (GUM_TYPE_PRODUCT, object);
  decode (GUM_TYPE_USER, object);

  return 0;
}
