/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the store share. */

#include "config.h"

#include "store-test.h"

#include "gum-error.h"
#include "gum-ledger-products.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "gum-http.h"

#define STORE_TYPE_AUTHORIZER (store_authorizer_get_type ())
G_DECLARE_FINAL_TYPE (StoreAuthorizer, store_authorizer, STORE, AUTHORIZER, GObject)

struct _StoreAuthorizer
{
  GObject  parent_instance;

  char    *token;
};

static char *
store_authorizer_dup_access_token (GumAuthorizer *authorizer)
{
  return g_strdup (STORE_AUTHORIZER (authorizer)->token);
}

static void
store_authorizer_refresh_async (GumAuthorizer       *authorizer,
                                const char          *rejected_token,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_task_report_new_error (authorizer, callback, user_data, store_authorizer_refresh_async,
                           GUM_ERROR, GUM_ERROR_UNAUTHORIZED, "The token was refused");
}

static gboolean
store_authorizer_refresh_finish (GumAuthorizer  *authorizer,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
store_authorizer_iface_init (GumAuthorizerInterface *iface)
{
  iface->dup_access_token = store_authorizer_dup_access_token;
  iface->refresh_async = store_authorizer_refresh_async;
  iface->refresh_finish = store_authorizer_refresh_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StoreAuthorizer, store_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUM_TYPE_AUTHORIZER,
                                                      store_authorizer_iface_init))

static void
store_authorizer_finalize (GObject *object)
{
  g_free (STORE_AUTHORIZER (object)->token);

  G_OBJECT_CLASS (store_authorizer_parent_class)->finalize (object);
}

static void
store_authorizer_class_init (StoreAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_authorizer_finalize;
}

static void
store_authorizer_init (StoreAuthorizer *self)
{
}

GumAuthorizer *
store_test_authorizer_new (const char *token)
{
  StoreAuthorizer *self = g_object_new (STORE_TYPE_AUTHORIZER, NULL);

  self->token = g_strdup (token);

  return GUM_AUTHORIZER (self);
}

StoreTest *
store_test_new (guint n_products)
{
  GumSandboxOptions options = { .n_products = n_products, .seed = 1 };
  StoreTest *test = g_new0 (StoreTest, 1);
  g_autoptr(GError) error = NULL;

  gum_http_init_process ();
  test->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (test->sandbox, &error);
  g_assert_no_error (error);
  test->authorizer = store_test_authorizer_new (gum_sandbox_get_access_token (test->sandbox));
  test->client = gum_client_new (gum_sandbox_get_api_url (test->sandbox), test->authorizer, &error);
  g_assert_no_error (error);
  test->directory = gum_test_make_dir ();

  return test;
}

void
store_test_free (StoreTest *test)
{
  gum_client_abort (test->client);
  gum_test_settle ();
  g_object_unref (test->client);
  g_object_unref (test->authorizer);
  gum_sandbox_stop (test->sandbox);
  g_object_unref (test->sandbox);
  gum_test_remove_dir (test->directory);
  g_free (test);
}

char *
store_test_control (StoreTest  *test,
                    const char *verb,
                    const char *args)
{
  char *result = NULL;

  gum_sandbox_control (test->sandbox, verb, args, &result);
  g_assert_nonnull (result);
  g_assert_null (g_strstr_len (result, -1, "\"ok\":false"));

  return result;
}

/* The sandbox is told something of which the answer does not matter. */
void
store_test_tell (StoreTest  *test,
                 const char *verb,
                 const char *args)
{
  g_free (store_test_control (test, verb, args));
}

GumStore *
store_test_open (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  GumStore *store = gum_store_new (test->directory, "ada", test->client, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);

  return store;
}

/* NULL when the pass was complete. */
GError *
store_test_sync_error (GumStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  gum_store_sync_async (store, NULL, gum_test_result_cb, &result);
  gum_store_sync_finish (store, gum_test_wait_result (&result), &error);

  return error;
}

void
store_test_sync (GumStore *store)
{
  g_autoptr(GError) error = store_test_sync_error (store);

  g_assert_no_error (error);
}

void
store_test_refresh (GumStore   *store,
                    const char *id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_store_refresh_product_async (store, id, NULL, gum_test_result_cb, &result);
  gum_store_refresh_product_finish (store, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static gboolean
is_settled (gpointer query)
{
  return !gum_query_get_pending (query);
}

void
store_test_settle (GumQuery *query)
{
  gum_test_wait_until (is_settled, query);
}

char *
store_test_dup_id (GumQuery *query,
                   guint     position)
{
  g_autoptr(GumProduct) product = g_list_model_get_item (G_LIST_MODEL (query), position);

  g_assert_nonnull (product);

  return g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
}

/* All names, in order, with a bar between. */
char *
store_test_dup_names (GumQuery *query)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (query));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(GumProduct) product = g_list_model_get_item (G_LIST_MODEL (query), i);

      g_ptr_array_add (names, g_strdup (gum_product_get_name (product)));
    }
  g_ptr_array_add (names, NULL);

  return g_strjoinv ("|", (char **) names->pdata);
}

char *
store_test_ledger (StoreTest *test)
{
  return g_build_filename (test->directory, "ledger.sqlite", NULL);
}

/* Puts a record with an id on a page, as text. */
void
store_test_take_item (GumPage    *page,
                      JsonObject *record)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), record);
  char *text = json_to_string (node, FALSE);

  gum_page_take_record (page, g_strdup (json_object_get_string_member (record, "id")),
                        g_bytes_new_take (text, strlen (text)));
  json_object_unref (record);
}

/* What the writer is given for a single GumPageJob. */
GAsyncQueue *
store_test_one_page (gpointer job)
{
  GAsyncQueue *jobs = g_async_queue_new_full (gum_page_job_free);

  ((GumPageJob *) job)->ends_write = TRUE;
  g_async_queue_push (jobs, job);

  return jobs;
}

static struct rlimit file_size;

void
store_test_fill_disk (void)
{
  struct rlimit none;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &file_size), ==, 0);
  none = file_size;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
}

void
store_test_free_disk (void)
{
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &file_size), ==, 0);
}

gboolean
store_test_is_broken (gpointer store)
{
  g_autoptr(GError) error = NULL;

  g_object_get (store, "broken", &error, NULL);

  return error != NULL;
}
