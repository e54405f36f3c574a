/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records: bytes to JSON to product and user, every property read, and the same record once more,
 * which must change nothing. */

#include "config.h"

#include "fuzz.h"

#include "gum-json.h"
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

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gum_json_parse_object (bytes, &error);
  JsonObject *object;

  g_assert_true ((node == NULL) == (error != NULL));
  if (node == NULL)
    return 0;

  object = json_node_get_object (node);
  decode (GUM_TYPE_PRODUCT, object);
  decode (GUM_TYPE_USER, object);

  return 0;
}
