/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A product's files and the pages that deliver them, against the sandbox. */

#include "config.h"

#include "shop-test.h"

#include "gum-content.h"
#include "gum-error.h"
#include "gum-file-change.h"
#include "gum-http.h"
#include "gum-json.h"
#include "gum-product-keys.h"

#include <string.h>

static JsonObject *
post (Shop       *shop,
      const char *path,
      const char *body)
{
  g_autoptr(GumRequest) request = gum_request_new ("POST", path);
  g_autoptr(JsonNode) node = json_from_string (body, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *answer;

  gum_request_set_json (request, node);
  gum_client_send_async (shop->test->client, request, NULL, gum_test_result_cb, &result);
  answer = gum_client_send_finish (shop->test->client, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);

  return answer;
}

/* The canonical address of a file with this text in it. */
static char *
upload (Shop       *shop,
        const char *name,
        const char *text)
{
  g_autofree char *presign = g_strdup_printf ("{\"filename\":\"%s\",\"file_size\":%" G_GSIZE_FORMAT "}", name, strlen (text));
  g_autoptr(JsonObject) session = post (shop, "files/presign", presign);
  JsonObject *part = json_array_get_object_element (gum_json_get_array (session, "parts"), 0);
  g_autoptr(GumHttp) http = gum_http_new ();
  g_autoptr(SoupMessage) message = soup_message_new ("PUT", gum_json_get_string (part, "presigned_url"));
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) completed = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *complete = NULL;

  soup_message_set_request_body_from_bytes (message, NULL, bytes);
  gum_http_send_async (http, message, &(GumHttpPolicy) { .exactly_once = TRUE }, NULL, gum_test_result_cb, &result);
  body = gum_http_send_finish (http, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
  etag = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
  g_strdelimit (etag, "\"", ' ');
  complete = g_strdup_printf ("{\"upload_id\":\"%s\",\"key\":\"%s\",\"parts\":[{\"part_number\":1,\"etag\":\"%s\"}]}",
                              gum_json_get_string (session, "upload_id"), gum_json_get_string (session, "key"),
                              g_strstrip (etag));
  completed = post (shop, "files/complete", complete);

  return g_strdup (gum_json_get_string (completed, "file_url"));
}

static char *
change_for (Shop               *shop,
            GumFileChangeKind   kind,
            const char         *id,
            const char         *url,
            const char         *name,
            const char         *version,
            gboolean           *delivered,
            GError            **error)
{
  g_autoptr(GumFileChange) wanted = gum_file_change_new (kind, id, url, name, NULL);
  g_autoptr(GAsyncResult) result = NULL;

  gum_file_change_set_version (wanted, version);
  gum_store_change_file_async (shop->store, shop->id, wanted, NULL, gum_test_result_cb, &result);

  return gum_store_change_file_finish (shop->store, gum_test_wait_result (&result), delivered, error);
}

static char *
change (Shop               *shop,
        GumFileChangeKind   kind,
        const char         *id,
        const char         *url,
        const char         *name,
        gboolean           *delivered,
        GError            **error)
{
  return change_for (shop, kind, id, url, name, NULL, delivered, error);
}

static JsonObject *
get_record (Shop *shop)
{
  g_autoptr(GumProduct) product = gum_store_dup_product (shop->store, shop->id);

  return json_object_ref (gum_resource_get_json (GUM_RESOURCE (product)));
}

static guint
count_files (JsonObject *record)
{
  return json_array_get_length (gum_json_get_array (record, "files"));
}

static const char *
get_file_id (JsonObject *record,
             guint       at)
{
  return gum_json_get_string (json_array_get_object_element (gum_json_get_array (record, "files"), at), "id");
}

static gboolean
has_file (JsonObject *record,
          const char *id)
{
  JsonArray *files = gum_json_get_array (record, "files");

  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      if (g_strcmp0 (gum_json_get_string (json_array_get_object_element (files, i), "id"), id) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A fresh product without files. */
static void
open_empty (Shop *shop)
{
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GError) error = NULL;

  shop_open (shop, 3);
  json_object_set_string_member (body, "name", "Plug-in");
  json_object_set_int_member (body, "price", 500);
  create = gum_write_new_create (body);
  g_assert_true (shop_send (shop, create, &error));
  g_free (shop->id);
  shop->id = g_strdup (gum_write_get_product_id (create));
}

static void
test_add_and_replace (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *newer = NULL, *id = NULL, *new_id = NULL, *other = NULL, *other_id = NULL;
  g_autoptr(JsonObject) record = NULL;
  gboolean delivered;

  open_empty (&shop);
  url = upload (&shop, "plugin-1.zip", "one");
  id = change (&shop, GUM_FILE_ADD, NULL, url, "Plug-in", &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  other = upload (&shop, "manual.pdf", "read me");
  other_id = change (&shop, GUM_FILE_ADD, NULL, other, NULL, &delivered, &error);
  g_assert_true (delivered);

  store_test_tell (shop.test, "requests", "{\"clear\":true}");
  newer = upload (&shop, "plugin-2.zip", "two");
  new_id = change (&shop, GUM_FILE_REPLACE, id, newer, "Plug-in", &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  g_assert_cmpstr (new_id, !=, id);
  /* Files and content in one request. */
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
  record = get_record (&shop);
  g_assert_cmpuint (count_files (record), ==, 2);
  g_assert_true (has_file (record, new_id));
  g_assert_true (has_file (record, other_id));
  g_assert_false (has_file (record, id));
  /* Where the old one was. */
  g_assert_cmpstr (get_file_id (record, 0), ==, new_id);
  g_assert_cmpstr (get_file_id (record, 1), ==, other_id);
  g_assert_true (gum_content_has_file (json_object_get_member (record, "rich_content"), other_id));
  g_assert_false (gum_content_has_file (json_object_get_member (record, "rich_content"), id));
}

static void
test_rename_and_remove (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *id = NULL, *same = NULL, *gone = NULL, *again = NULL;
  g_autoptr(JsonObject) record = NULL;
  gboolean delivered;

  open_empty (&shop);
  url = upload (&shop, "plugin.zip", "one");
  id = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  same = change (&shop, GUM_FILE_RENAME, id, url, "Better Name", &delivered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same, ==, id);
  g_assert_true (delivered);
  record = get_record (&shop);
  g_assert_cmpstr (gum_json_get_string (json_array_get_object_element (gum_json_get_array (record, "files"), 0), "name"),
                   ==, "Better Name");

  gone = change (&shop, GUM_FILE_REMOVE, id, NULL, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_clear_pointer (&record, json_object_unref);
  record = get_record (&shop);
  g_assert_cmpuint (count_files (record), ==, 0);
  g_assert_false (gum_content_has_file (json_object_get_member (record, "rich_content"), id));

  again = change (&shop, GUM_FILE_REMOVE, id, NULL, NULL, &delivered, &error);
  g_assert_null (again);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FILE_DETACHED);
}

/* Nobody heard that it was attached; doing it again attaches nothing twice. */
static void
test_unheard (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *id = NULL, *again = NULL;
  g_autoptr(JsonObject) record = NULL;
  gboolean delivered;

  open_empty (&shop);
  url = upload (&shop, "plugin.zip", "one");
  id = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_no_error (error);
  again = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, id);
  g_assert_true (delivered);
  record = get_record (&shop);
  g_assert_cmpuint (count_files (record), ==, 1);
}

/* Somebody has taken another file away meanwhile: what is there is read again. Once. */
static void
test_taken_away (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *id = NULL, *again = NULL;
  static const char fault[] = "\"kind\":\"success_false\",\"message\":\"File(s) x no longer exist; they may have been"
                              " deleted by a concurrent request. Retry with the current file list.\"";
  gboolean delivered;

  open_empty (&shop);
  url = upload (&shop, "plugin.zip", "one");
  shop_add_fault (&shop, "PUT /v2/products/:id", fault);
  shop_add_fault (&shop, "PUT /v2/products/:id", fault);
  id = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_null (id);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_clear_error (&error);
  shop_add_fault (&shop, "PUT /v2/products/:id", fault);
  again = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
}

/* Nobody heard whether it was attached. */
static void
test_again (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *id = NULL, *again = NULL;
  g_autoptr(JsonObject) record = NULL;
  gboolean delivered;

  open_empty (&shop);
  url = upload (&shop, "plugin.zip", "one");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"drop\"");
  id = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_null (id);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_clear_error (&error);
  again = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
  record = get_record (&shop);
  g_assert_cmpuint (count_files (record), ==, 1);
  g_assert_true (delivered);
}

/* --- content a version ------------------------------------------------------------------------ */

/* Its key. */
static char *
add_version (Shop       *shop,
             const char *category,
             const char *name)
{
  g_autofree char *path = gum_request_path ("products", shop->id, "variant_categories", category, "variants", NULL);
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"price_difference_cents\":0}", name);
  g_autoptr(JsonObject) answer = post (shop, path, body);

  return gum_product_keys_dup_version (category, gum_json_get_string (gum_json_get_object (answer, "variant"), "id"));
}

/* A product with two versions, each with content of its own, and the key of the second. */
static char *
open_versions (Shop *shop)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL, *windows = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(JsonObject) settings = json_object_new ();
  g_autoptr(GumWrite) separate = NULL;
  const char *category;
  char *linux_key;

  open_empty (shop);
  path = gum_request_path ("products", shop->id, "variant_categories", NULL);
  answer = post (shop, path, "{\"title\":\"Version\"}");
  category = gum_json_get_string (gum_json_get_object (answer, "variant_category"), "id");
  windows = add_version (shop, category, "Windows");
  linux_key = add_version (shop, category, "Linux");
  json_object_set_boolean_member (settings, "has_same_rich_content_for_all_variants", FALSE);
  separate = gum_write_new_update (shop->id, "x", settings, NULL);
  g_assert_true (shop_send (shop, separate, &error));
  g_assert_no_error (error);

  return linux_key;
}

static guint
count_versions_with (JsonObject *record,
                     const char *id)
{
  JsonArray *groups = gum_json_get_array (record, "variants");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonArray *options = gum_json_get_array (json_array_get_object_element (groups, i), "options");

      for (guint j = 0; j < json_array_get_length (options); j++)
        {
          JsonNode *pages = json_object_get_member (json_array_get_object_element (options, j), "rich_content");

          if (gum_content_has_file (pages, id))
            count++;
        }
    }

  return count;
}

static void
test_versions (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL, *url = NULL, *newer = NULL, *id = NULL, *new_id = NULL;
  g_autoptr(JsonObject) record = NULL;
  gboolean delivered;

  key = open_versions (&shop);
  url = upload (&shop, "plugin-1.zip", "one");
  id = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  store_test_refresh (shop.store, shop.id);
  record = get_record (&shop);
  g_assert_cmpuint (count_versions_with (record, id), ==, 2);
  g_clear_pointer (&record, json_object_unref);

  newer = upload (&shop, "plugin-2.zip", "two");
  new_id = change (&shop, GUM_FILE_REPLACE, id, newer, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  store_test_refresh (shop.store, shop.id);
  record = get_record (&shop);
  g_assert_cmpuint (count_files (record), ==, 1);
  g_assert_true (has_file (record, new_id));
  g_assert_cmpuint (count_versions_with (record, new_id), ==, 2);
  g_assert_cmpuint (count_versions_with (record, id), ==, 0);
}

static void
assert_reach (Shop       *shop,
              const char *id,
              guint       n_versions)
{
  g_autoptr(JsonObject) record = NULL;

  store_test_refresh (shop->store, shop->id);
  record = get_record (shop);
  g_assert_true (has_file (record, id));
  g_assert_cmpuint (count_versions_with (record, id), ==, n_versions);
}

/* What is for one version is not given to the buyers of another, whatever happens meanwhile. */
static void
test_one_version (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL, *url = NULL, *newer = NULL, *id = NULL, *new_id = NULL;
  g_autofree char *gone = NULL, *third = NULL, *third_id = NULL, *none = NULL;
  gboolean delivered;

  key = open_versions (&shop);
  url = upload (&shop, "bonus-1.zip", "one");
  id = change_for (&shop, GUM_FILE_ADD, NULL, url, NULL, key, &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  assert_reach (&shop, id, 1);

  /* What replaces it goes where it is. */
  newer = upload (&shop, "bonus-2.zip", "two");
  new_id = change (&shop, GUM_FILE_REPLACE, id, newer, NULL, &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  assert_reach (&shop, new_id, 1);

  /* A version that is gone gets nothing, and nobody else instead. */
  gone = g_strconcat (key, "x", NULL);
  third = upload (&shop, "bonus-3.zip", "three");
  third_id = change_for (&shop, GUM_FILE_ADD, NULL, third, NULL, gone, &delivered, &error);
  g_assert_no_error (error);
  g_assert_false (delivered);
  assert_reach (&shop, third_id, 0);
  none = change_for (&shop, GUM_FILE_DELIVER, third_id, NULL, NULL, gone, &delivered, &error);
  g_assert_null (none);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  none = change_for (&shop, GUM_FILE_ADD, NULL, third, NULL, GUM_FILE_NO_VERSION, &delivered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (none, ==, third_id);
  g_assert_false (delivered);
  assert_reach (&shop, third_id, 0);

  g_free (none);
  none = change_for (&shop, GUM_FILE_DELIVER, third_id, NULL, NULL, key, &delivered, &error);
  g_assert_no_error (error);
  g_assert_true (delivered);
  assert_reach (&shop, third_id, 1);
}

/* All versions have the same content by now: what was meant for one of them is for none. */
static void
test_one_version_of_all (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *id = NULL, *same = NULL;
  g_autoptr(JsonObject) record = NULL;
  gboolean delivered;

  open_empty (&shop);
  url = upload (&shop, "bonus.zip", "one");
  id = change_for (&shop, GUM_FILE_ADD, NULL, url, NULL, "rich_content/a/b", &delivered, &error);
  g_assert_no_error (error);
  g_assert_false (delivered);
  same = change_for (&shop, GUM_FILE_DELIVER, id, NULL, NULL, "rich_content/a/b", &delivered, &error);
  g_assert_no_error (error);
  g_assert_false (delivered);
  record = get_record (&shop);
  g_assert_true (has_file (record, id));
  g_assert_false (gum_content_has_file (json_object_get_member (record, "rich_content"), id));
}

/* An answer that does not tell the id of the new file: nothing is put on the versions' pages that stands for
 * nothing. */
static void
test_versions_unmapped (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *id = NULL;
  gboolean delivered;

  open_empty (&shop);
  shop_edit (&shop, "{\"has_same_rich_content_for_all_variants\":false,\"variants\":"
             "[{\"title\":\"Version\",\"options\":[{\"name\":\"Linux\",\"rich_content\":[]}]}]}");
  url = upload (&shop, "plugin.zip", "one");
  shop_add_fault (&shop, "PUT /v2/products/:id", "\"kind\":\"status\",\"status\":200,"
                  "\"content_type\":\"application/json\",\"body\":\"{\\\"success\\\":true}\"");
  id = change (&shop, GUM_FILE_ADD, NULL, url, NULL, &delivered, &error);
  g_assert_null (id);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
  g_assert_cmpuint (shop_count_requests (&shop, "PUT", "/v2/products/"), ==, 1);
}

/* Two uploads that end together: each must find the file of the other in the product. */
static void
test_at_once (void)
{
  g_auto(Shop) shop = { 0 };
  static const char * const names[] = { "one.zip", "two.zip", "three.zip" };
  GAsyncResult *results[G_N_ELEMENTS (names)] = { NULL };
  g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(JsonObject) record = NULL;

  open_empty (&shop);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (urls, upload (&shop, names[i], names[i]));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GumFileChange) wanted = gum_file_change_new (GUM_FILE_ADD, NULL, urls->pdata[i],
                                                             names[i], NULL);

      gum_store_change_file_async (shop.store, shop.id, wanted, i == 1 ? cancellable : NULL,
                                   gum_test_result_cb, &results[i]);
    }
  /* Whoever gives up while it waits is not waited for. */
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GAsyncResult) result = gum_test_wait_result (&results[i]);
      g_autoptr(GError) error = NULL;
      gboolean delivered;
      g_autofree char *id = gum_store_change_file_finish (shop.store, result, &delivered, &error);

      if (i == 1)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (delivered);
    }

  store_test_refresh (shop.store, shop.id);
  record = get_record (&shop);
  g_assert_cmpuint (count_files (record), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/file-change/add-and-replace", test_add_and_replace);
  g_test_add_func ("/store/file-change/rename-and-remove", test_rename_and_remove);
  g_test_add_func ("/store/file-change/again", test_again);
  g_test_add_func ("/store/file-change/unheard", test_unheard);
  g_test_add_func ("/store/file-change/taken-away", test_taken_away);
  g_test_add_func ("/store/file-change/versions", test_versions);
  g_test_add_func ("/store/file-change/one-version", test_one_version);
  g_test_add_func ("/store/file-change/one-version-of-all", test_one_version_of_all);
  g_test_add_func ("/store/file-change/versions-unmapped", test_versions_unmapped);
  g_test_add_func ("/store/file-change/at-once", test_at_once);

  return g_test_run ();
}
