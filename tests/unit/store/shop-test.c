/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of writing share. */

#include "config.h"

#include "shop-test.h"

#include "gum-json.h"

#include <string.h>

void
shop_clear (Shop *shop)
{
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->id, g_free);
  g_clear_pointer (&shop->test, store_test_free);
}

void
shop_open (Shop  *shop,
           guint  n_products)
{
  g_autoptr(GumQuery) query = NULL;

  shop->test = store_test_new (n_products);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  query = gum_query_new (shop->store);
  store_test_settle (query);
  shop->id = store_test_dup_id (query, 0);
  store_test_refresh (shop->store, shop->id);
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

void
shop_reopen (Shop *shop)
{
  gum_store_close (shop->store);
  g_object_unref (shop->store);
  gum_test_settle ();
  shop->store = store_test_open (shop->test);
}

void
shop_edit (Shop       *shop,
           const char *set)
{
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"set\":%s}", shop->id, set);

  store_test_tell (shop->test, "edit", args);
}

guint
shop_count_requests (Shop       *shop,
                     const char *method,
                     const char *beginning)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (strcmp (gum_json_get_string (request, "method"), method) == 0 &&
          g_str_has_prefix (gum_json_get_string (request, "path"), beginning))
        count++;
    }

  return count;
}

char *
shop_dup_last_body (Shop       *shop,
                    const char *method)
{
  g_autofree char *answer = store_test_control (shop->test, "requests", "{}");
  g_autoptr(JsonNode) node = json_from_string (answer, NULL);
  JsonArray *requests = gum_json_get_array (json_node_get_object (node), "requests");

  for (guint i = json_array_get_length (requests); i > 0; i--)
    {
      JsonObject *request = json_array_get_object_element (requests, i - 1);

      if (strcmp (gum_json_get_string (request, "method"), method) == 0)
        return g_strdup (gum_json_get_string (request, "body"));
    }

  return NULL;
}

gboolean
shop_send (Shop      *shop,
           GumWrite  *write,
           GError   **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_journal_send_async (gum_store_get_journal (shop->store), write, NULL, gum_test_result_cb,
                          &result);

  return gum_journal_send_finish (gum_store_get_journal (shop->store),
                                  gum_test_wait_result (&result), error);
}

void
shop_add_fault (Shop       *shop,
                const char *match,
                const char *fault)
{
  g_autofree char *args = g_strdup_printf ("{\"match\":\"%s\",%s}", match, fault);

  store_test_tell (shop->test, "fault", args);
}
