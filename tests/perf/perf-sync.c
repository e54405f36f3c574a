/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads all products of a sandbox: by a bare libsoup loop that drops them (the floor), and by a store
 * into an empty ledger.
 *
 *   perf-sync API TOKEN RUNS             prints "floor value" in microseconds, a line a run
 *   perf-sync API TOKEN fill FOLDER ID N fills a ledger and leaves it there; of the first N products it has
 *                                        the whole record */

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#include "gum-http.h"
#include "gum-query.h"
#include "perf-token.h"

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static char *
next_key (GBytes *body)
{
  static const char mark[] = "\"next_page_key\":\"";
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  const char *found = g_strstr_len (text, length, mark);

  if (found == NULL)
    return NULL;
  found += strlen (mark);

  return g_strndup (found, strchr (found, '"') - found);
}

static gint64
read_and_drop (const char *api,
               const char *token)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *key = NULL;
  gint64 start = g_get_monotonic_time ();

  do
    {
      g_autofree char *uri = g_strdup_printf (key != NULL ? "%s/products?page_key=%s" : "%s/products",
                                              api, key);
      g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GBytes) body = NULL;
      g_autoptr(GError) error = NULL;

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                   authorization);
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                        keep_result_cb, &result);
      body = soup_session_send_and_read_finish (session, wait_for (&result), &error);
      if (body == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
        g_error ("The floor failed: %s", error != NULL ? error->message : "status");
      g_free (key);
      key = next_key (body);
    }
  while (key != NULL);

  return g_get_monotonic_time () - start;
}

static GumStore *
open_store (const char *api,
            PerfToken  *token,
            const char *folder,
            const char *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GumClient) client = gum_client_new (api, GUM_AUTHORIZER (token), &error);
  GumStore *store = gum_store_new (folder, id, client, &error);

  if (store == NULL)
    g_error ("No ledger: %s", error->message);

  return store;
}

static void
read_list (GumStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_store_sync_async (store, NULL, keep_result_cb, &result);
  if (!gum_store_sync_finish (store, wait_for (&result), &error))
    g_error ("The sync failed: %s", error->message);
}

static gint64
read_into_ledger (const char *api,
                  PerfToken  *token,
                  const char *folder)
{
  g_autoptr(GumStore) store = open_store (api, token, folder, "perf");
  gint64 start = g_get_monotonic_time ();
  gint64 taken;

  read_list (store);
  taken = g_get_monotonic_time () - start;
  gum_store_close (store);

  return taken;
}

static void
fill (const char *api,
      PerfToken  *token,
      const char *folder,
      const char *id,
      guint       n_whole)
{
  g_autoptr(GumStore) store = open_store (api, token, folder, id);
  g_autoptr(GumQuery) query = NULL;

  read_list (store);
  query = gum_query_new (store);
  while (gum_query_get_pending (query))
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < n_whole; i++)
    {
      g_autoptr(GumResource) product = g_list_model_get_item (G_LIST_MODEL (query), i);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      gum_store_refresh_product_async (store, gum_resource_get_id (product), NULL, keep_result_cb,
                                       &result);
      if (!gum_store_refresh_product_finish (store, wait_for (&result), &error))
        g_error ("A product was not read: %s", error->message);
    }
  gum_store_close (store);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(PerfToken) token = NULL;

  gum_http_init_process ();
  if (argc != 4 && argc != 7)
    return EXIT_FAILURE;

  token = perf_token_new (argv[2]);
  if (argc == 7)
    {
      fill (argv[1], token, argv[4], argv[5], atoi (argv[6]));
      return EXIT_SUCCESS;
    }

  for (int run = atoi (argv[3]); run > 0; run--)
    {
      g_autofree char *folder = g_dir_make_tmp ("gum-perf-XXXXXX", NULL);
      gint64 floor = read_and_drop (argv[1], argv[2]);
      gint64 value = read_into_ledger (argv[1], token, folder);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      gum_store_erase_async (folder, NULL, keep_result_cb, &result);
      if (!gum_store_erase_finish (wait_for (&result), &error))
        g_warning ("Left behind: %s", error->message);
      g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", floor, value);
    }

  return EXIT_SUCCESS;
}
