/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client against a whole Gumroad: every page, every record, and what the server can do to
 * them. */

#include "config.h"

#include "dummy-authorizer.h"
#include "gum-client.h"
#include "gum-client-private.h"
#include "gum-endpoint.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-json.h"
#include "gum-oauth.h"
#include "gum-product.h"
#include "gum-sandbox.h"
#include "gum-test.h"
#include "gum-user.h"

typedef struct {
  GumSandbox      *sandbox;
  DummyAuthorizer *authorizer;
  GumClient       *client;
  GAsyncResult    *result;
  GError          *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GumSandboxOptions options = { .n_products = 43, .seed = 7 };

  fixture->sandbox = gum_sandbox_new (&options);
  g_assert_true (gum_sandbox_start (fixture->sandbox, &fixture->error));
  g_assert_no_error (fixture->error);
  fixture->authorizer = dummy_authorizer_new (gum_sandbox_get_access_token (fixture->sandbox));
  fixture->client = gum_client_new (gum_sandbox_get_api_url (fixture->sandbox),
                                    GUM_AUTHORIZER (fixture->authorizer), &fixture->error);
  g_assert_no_error (fixture->error);
  _gum_client_set_time_scale (fixture->client, 0.001);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->client);
  g_clear_object (&fixture->authorizer);
  gum_test_settle ();
  gum_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->sandbox);
}

static void
add_fault (Fixture    *fixture,
           const char *json)
{
  g_autofree char *answer = NULL;

  gum_sandbox_control (fixture->sandbox, "fault", json, &answer);
  g_assert_nonnull (g_strstr_len (answer, -1, "true"));
}

static GumPage *
list (Fixture    *fixture,
      const char *page_key)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_client_list_async (fixture->client, &gum_product_endpoint, NULL, page_key, NULL,
                         gum_test_result_cb, &fixture->result);

  return gum_client_list_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                 &fixture->error);
}

static JsonObject *
get (Fixture           *fixture,
     const GumEndpoint *endpoint,
     const char        *id)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_client_get_async (fixture->client, endpoint, id, NULL, gum_test_result_cb, &fixture->result);

  return gum_client_get_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                &fixture->error);
}

/* No record of an honest server has a bad field, slim or whole. */
static void
test_everything (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *key = NULL;
  guint n_products = 0;
  guint n_pages = 0;
  guint n_bad = 0;

  do
    {
      g_autoptr(GumPage) page = list (fixture, key);

      g_assert_no_error (fixture->error);
      g_assert_cmpuint (page->n_bad, ==, 0);
      for (guint i = 0; i < page->items->len; i++)
        {
          g_autoptr(JsonNode) slim = gum_json_parse_object (page->items->pdata[i], NULL);
          g_autoptr(GumResource) product =
            gum_resource_new_from_json (GUM_TYPE_PRODUCT, json_node_get_object (slim), &n_bad);
          g_autoptr(JsonObject) whole = get (fixture, &gum_product_endpoint,
                                             gum_resource_get_id (product));

          g_assert_no_error (fixture->error);
          g_assert_false (gum_resource_has (product, "files"));
          gum_resource_update (product, whole, &n_bad);
          g_assert_true (gum_resource_has (product, "files"));
          g_assert_true (gum_resource_has (product, "name"));

          /* the slim row again: what it lacks stays */
          gum_resource_update (product, json_node_get_object (slim), &n_bad);
          g_assert_true (gum_resource_has (product, "files"));
          n_products++;
        }
      n_pages++;
      g_free (key);
      key = g_strdup (page->next_page_key);
    }
  while (key != NULL);

  g_assert_cmpuint (n_bad, ==, 0);
  g_assert_cmpuint (n_products, ==, 43);
  g_assert_cmpuint (n_pages, ==, 5);
}

static void
test_user (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(JsonObject) json = get (fixture, &gum_user_endpoint, NULL);
  g_autoptr(GumResource) user = NULL;
  guint n_bad = 0;

  g_assert_no_error (fixture->error);
  user = gum_resource_new_from_json (GUM_TYPE_USER, json, &n_bad);
  g_assert_cmpuint (n_bad, ==, 0);
  g_assert_nonnull (gum_resource_get_id (user));
  g_assert_nonnull (gum_user_get_email (GUM_USER (user)));
}

static void
test_not_found (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_null (get (fixture, &gum_product_endpoint, "no-such-product=="));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
}

static void
test_revoked (Fixture       *fixture,
              gconstpointer  data)
{
  gum_sandbox_control (fixture->sandbox, "revoke_all", NULL, NULL);
  g_assert_null (list (fixture, NULL));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (dummy_authorizer_get_n_refreshs (fixture->authorizer), ==, 1);
}

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char *fault;
    int         code;      /* -1: it passes */
  } cases[] = {
    { "\"status\",\"status\":500", -1 },
    { "\"status\",\"status\":429", -1 },
    { "\"status\",\"status\":403", GUM_ERROR_FORBIDDEN },
    { "\"drop\"", -1 },
    { "\"reset\"", -1 },
    { "\"drop_before\"", -1 },
    { "\"reset_before\"", -1 },
    { "\"cut\"", -1 },
    { "\"chunk_cut\"", -1 },
    { "\"html\"", GUM_ERROR_PROTOCOL },
    { "\"bad_json\"", GUM_ERROR_PROTOCOL },
    { "\"empty\"", GUM_ERROR_PROTOCOL },
    { "\"deep\"", GUM_ERROR_PROTOCOL },
    { "\"huge\"", GUM_ERROR_TOO_LARGE },
    { "\"gzip_bomb\"", GUM_ERROR_TOO_LARGE },
    { "\"success_false\",\"message\":\"No.\"", GUM_ERROR_REJECTED },
    { "\"redirect\",\"location\":\"https://example.org/\"", GUM_ERROR_REDIRECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fault = g_strdup_printf ("{\"match\":\"GET /v2/products\",\"kind\":%s}",
                                                cases[i].fault);
      g_autoptr(GumPage) page = NULL;

      g_test_message ("%s", fault);
      gum_sandbox_control (fixture->sandbox, "clear_faults", NULL, NULL);
      add_fault (fixture, fault);
      page = list (fixture, NULL);
      if (cases[i].code < 0)
        {
          g_assert_no_error (fixture->error);
          g_assert_cmpuint (page->items->len, ==, 10);
        }
      else
        g_assert_error (fixture->error, GUM_ERROR, cases[i].code);
    }
}

static void
test_token_info (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GumOAuth) oauth = gum_oauth_new (gum_sandbox_get_oauth_url (fixture->sandbox),
                                             &fixture->error);
  g_autofree char *scope = NULL;

  g_assert_no_error (fixture->error);
  gum_oauth_token_info_async (oauth, gum_sandbox_get_access_token (fixture->sandbox), NULL,
                              gum_test_result_cb, &fixture->result);
  scope = gum_oauth_token_info_finish (oauth, gum_test_wait_result (&fixture->result),
                                       &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (g_strstr_len (scope, -1, "view_profile"));
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/api/sandbox/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("everything", test_everything);
  ADD ("user", test_user);
  ADD ("not-found", test_not_found);
  ADD ("revoked", test_revoked);
  ADD ("faults", test_faults);
  ADD ("token-info", test_token_info);

  return g_test_run ();
}
