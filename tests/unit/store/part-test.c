/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of a product's parts share. */

#include "config.h"

#include "part-test.h"

#include "gum-json.h"

#include <string.h>

void
part_test_clear (PartTest *shop)
{
  g_clear_object (&shop->product);
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->id, g_free);
  g_clear_pointer (&shop->parent, g_free);
  g_clear_pointer (&shop->test, store_test_free);
}

void
part_test_open (PartTest   *shop,
                const char *name)
{
  g_autoptr(GumQuery) query = NULL;

  shop->test = store_test_new (40);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  query = gum_query_new (shop->store);
  store_test_settle (query);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (query)); i++)
    {
      g_autoptr(GumProduct) product = g_list_model_get_item (G_LIST_MODEL (query), i);

      if (g_strcmp0 (gum_product_get_name (product), name) == 0)
        shop->id = g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
    }
  g_assert_nonnull (shop->id);
  shop->product = gum_store_dup_product (shop->store, shop->id);
  shop->parent = gum_request_path ("products", shop->id, NULL);
  store_test_refresh (shop->store, shop->id);
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

/* Requests of this method whose path ends so; the body of the last one. */
guint
part_test_count (PartTest   *shop,
                 const char *method,
                 const char *end,
                 char      **body)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (strcmp (gum_json_get_string (request, "method"), method) != 0 ||
          !g_str_has_suffix (gum_json_get_string (request, "path"), end))
        continue;
      count++;
      if (body != NULL)
        {
          g_free (*body);
          *body = g_strdup (gum_json_get_string (request, "body"));
        }
    }

  return count;
}

gboolean
part_test_is_idle (gpointer data)
{
  return !gum_collection_is_loading (data);
}

void
part_test_read_all (GumCollection *collection)
{
  gum_collection_read (collection);
  gum_test_wait_until (part_test_is_idle, collection);
}

GumCollection *
part_test_read (PartTest          *shop,
                const GumEndpoint *endpoint)
{
  GumCollection *collection = gum_store_dup_collection (shop->store, endpoint, shop->parent);

  part_test_read_all (collection);
  g_assert_no_error (gum_collection_get_error (collection));
  g_assert_true (gum_collection_is_known (collection));

  return collection;
}

guint
part_test_length (GumCollection *collection)
{
  return g_list_model_get_n_items (G_LIST_MODEL (collection));
}

char *
part_test_dup_id (GumCollection *collection,
                  guint          position)
{
  g_autoptr(GumResource) item = g_list_model_get_item (G_LIST_MODEL (collection), position);

  return g_strdup (gum_resource_get_id (item));
}

char *
part_test_dup_text (GumCollection *collection,
                    guint          position,
                    const char    *property)
{
  g_autoptr(GumResource) item = g_list_model_get_item (G_LIST_MODEL (collection), position);
  char *text = NULL;

  g_object_get (item, property, &text, NULL);

  return text;
}

GumCollection *
part_test_read_variants (PartTest   *shop,
                         const char *category_id)
{
  g_autofree char *path = gum_request_path ("products", shop->id, "variant_categories", category_id,
                                            NULL);
  GumCollection *variants = gum_store_dup_collection (shop->store, &gum_variant_endpoint, path);

  part_test_read_all (variants);

  return variants;
}
