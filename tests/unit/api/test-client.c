/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the client sends, and what it makes of an answer. */

#include "config.h"

#include "client-fixture.h"
#include "gum-endpoint.h"
#include "gum-error.h"
#include "gum-json.h"

#include <string.h>

static void
test_get (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(JsonObject) record = NULL;
  g_autofree char *request = NULL;

  gum_raw_server_push_json (fixture->server, "{\"success\":true,\"product\":{\"id\":\"a==\",\"name\":\"N\"}}");
  gum_client_get_async (fixture->client, &gum_product_endpoint, "../a/b?c==", NULL, gum_test_result_cb,
                        &fixture->result);
  record = gum_client_get_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                  &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (gum_json_get_string (record, "name"), ==, "N");

  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /v2/products/..%2Fa%2Fb%3Fc%3D%3D HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer t0ken\r\n"));
}

static void
test_get_singleton (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(JsonObject) record = NULL;
  g_autofree char *request = NULL;

  gum_raw_server_push_json (fixture->server, "{\"user\":{\"id\":\"5\"}}");
  gum_client_get_async (fixture->client, &gum_user_endpoint, NULL, NULL, gum_test_result_cb,
                        &fixture->result);
  record = gum_client_get_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                  &fixture->error);
  g_assert_no_error (fixture->error);
  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /v2/user HTTP/1.1\r\n"));
}

static void
test_path (void)
{
  g_autofree char *dots = gum_request_path ("products", "..", "covers", ".", NULL);
  g_autofree char *plain = gum_request_path ("products", "a+b \xc3\xa9", NULL);

  g_assert_cmpstr (dots, ==, "products/%2E%2E/covers/%2E");
  g_assert_cmpstr (plain, ==, "products/a%2Bb%20%C3%A9");
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

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GumPage) first = NULL;
  g_autoptr(GumPage) last = NULL;
  g_autofree char *request = NULL;

  gum_raw_server_push_json (fixture->server,
                            "{\"success\":true,\"products\":[{\"id\":\"a\"},{\"id\":\"\"},{\"name\":\"x\"},7,null,"
                            "{\"id\":{}},{\"id\":66},{\"id\":\"a\"}],\"next_page_key\":\"2026 &k\","
                            "\"next_page_url\":\"https://evil.test/v2/products?page_key=other\"}");
  gum_raw_server_push_json (fixture->server, "{\"success\":true,\"products\":[],\"next_page_key\":null}");

  first = list (fixture, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (first->items->len, ==, 3);
  g_assert_cmpuint (first->n_bad, ==, 5);
  g_assert_cmpstr (first->ids->pdata[0], ==, "a");
  g_assert_cmpstr (first->ids->pdata[1], ==, "66");
  g_assert_cmpstr (first->next_page_key, ==, "2026 &k");

  last = list (fixture, first->next_page_key);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (last->items->len, ==, 0);
  g_assert_null (last->next_page_key);
  request = gum_raw_server_dup_request (fixture->server, 1);
  g_assert_true (g_str_has_prefix (request, "GET /v2/products?page_key=2026%20%26k HTTP/1.1\r\n"));
}

static void
test_list_below_a_parent (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *parent = gum_request_path ("products", "a==", NULL);
  g_autofree char *request = NULL;
  g_autoptr(GumPage) page = NULL;

  gum_raw_server_push_json (fixture->server, "{\"products\":[]}");
  gum_client_list_async (fixture->client, &gum_product_endpoint, parent, NULL, NULL,
                         gum_test_result_cb, &fixture->result);
  page = gum_client_list_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                 &fixture->error);
  g_assert_no_error (fixture->error);
  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /v2/products/a%3D%3D/products HTTP/1.1\r\n"));
}

static void
test_list_without_a_list (Fixture       *fixture,
                          gconstpointer  data)
{
  static const char * const answers[] = { "{}", "{\"products\":{}}", "{\"products\":null}", "{\"items\":[]}" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      gum_raw_server_push_json (fixture->server, answers[i]);
      g_assert_null (list (fixture, NULL));
      g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_PROTOCOL);
    }
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (answers));
}

static void
test_bad_page_key (Fixture       *fixture,
                   gconstpointer  data)
{
  gum_raw_server_push_answer (fixture->server, "400 Bad Request", NULL,
                              "{\"status\":400,\"error\":\"Invalid page_key.\"}");
  g_assert_null (list (fixture, "nonsense"));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpuint (gum_error_get_status (fixture->error), ==, 400);
  g_assert_cmpstr (gum_error_get_server_message (fixture->error), ==, "Invalid page_key.");
}

/* Neither is asked again. */
static void
test_verdicts (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *status;
    const char *body;
    int         code;
    const char *message;
  } cases[] = {
    { "200 OK", "{\"success\":false,\"message\":\"Price is too low.\"}", GUM_ERROR_REJECTED, "Price is too low." },
    { "200 OK", "{\"success\":\"false\",\"message\":7}", GUM_ERROR_REJECTED, NULL },
    { "200 OK", "{\"success\":false}", GUM_ERROR_REJECTED, NULL },
    { "200 OK", "{\"success\":false,\"message\":\"The product was not found.\"}", GUM_ERROR_NOT_FOUND,
      "The product was not found." },
    { "200 OK", "{\"success\":false,\"message\":\"What was not found?\"}", GUM_ERROR_REJECTED,
      "What was not found?" },
    { "403 Forbidden", "", GUM_ERROR_FORBIDDEN, NULL },
    { "403 Forbidden", "{\"success\":false,\"message\":\"This endpoint requires the edit_profile scope.\"}",
      GUM_ERROR_FORBIDDEN, "This endpoint requires the edit_profile scope." },
    { "404 Not Found", "<html>", GUM_ERROR_NOT_FOUND, NULL },
    { "400 Bad Request", "{\"success\":false,\"message\":\"No.\",\"error\":\"x\"}", GUM_ERROR_REJECTED, "No." },
    { "422 Unprocessable Content", "[[[", GUM_ERROR_REJECTED, NULL },
    { "301 Moved Permanently", "", GUM_ERROR_REDIRECTED, NULL },
    { "200 OK", "<!DOCTYPE html><html></html>", GUM_ERROR_PROTOCOL, NULL },
    { "200 OK", "We'll be right back.", GUM_ERROR_PROTOCOL, NULL },
    { "200 OK", "", GUM_ERROR_PROTOCOL, NULL },
    { "200 OK", "[]", GUM_ERROR_PROTOCOL, NULL },
    { "200 OK", "{\"success\":true}{}", GUM_ERROR_PROTOCOL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gum_raw_server_push_answer (fixture->server, cases[i].status, NULL, cases[i].body);
      fixture_send (fixture, "GET");
      fixture_assert_failure (fixture, GUM_ERROR, cases[i].code);
      g_assert_cmpstr (gum_error_get_server_message (fixture->error), ==, cases[i].message);
      g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, i + 1);
    }
}

static void
test_too_deep (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *many = g_strnfill (100000, '[');
  g_autofree char *body = g_strconcat ("{\"a\":", many, NULL);

  gum_raw_server_push_json (fixture->server, many);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);

  gum_raw_server_push_json (fixture->server, body);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *many = g_strnfill (16 * 1024 * 1024, ' ');
  g_autofree char *body = g_strconcat ("{", many, "}", NULL);

  gum_raw_server_push_json (fixture->server, body);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_large_is_parsed_in_a_thread (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autofree char *good = g_strdup_printf ("{\"success\":true,\"a\":\"%s\"}", text);
  g_autofree char *refused = g_strdup_printf ("{\"success\":false,\"a\":\"%s\"}", text);
  g_autofree char *broken = g_strdup_printf ("{\"success\":true,\"a\":\"%s\"]", text);
  g_autoptr(JsonObject) answer = NULL;

  gum_raw_server_push_json (fixture->server, good);
  fixture_send (fixture, "GET");
  answer = fixture_finish (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (strlen (gum_json_get_string (answer, "a")), ==, 1024 * 1024);

  gum_raw_server_push_json (fixture->server, refused);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_REJECTED);

  gum_raw_server_push_json (fixture->server, broken);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);
}

static void
test_insecure (void)
{
  static const char * const addresses[] = {
    "http://api.gumroad.com/v2", "http://localhost:80/v2", "http://127.0.0.1.evil.test/v2", "v2", "",
    "https://user:pass@api.gumroad.com/v2", "file:///v2",
  };
  g_autoptr(DummyAuthorizer) authorizer = dummy_authorizer_new ("t");

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (gum_client_new (addresses[i], GUM_AUTHORIZER (authorizer), &error));
      g_assert_error (error, GUM_ERROR, GUM_ERROR_INSECURE);
    }
}

static void
test_default_url (void)
{
  g_autofree char *usual = NULL;
  g_autofree char *other = NULL;

  g_unsetenv ("GUMROAD_API_BASE_URL");
  usual = gum_client_dup_default_url ();
  g_assert_cmpstr (usual, ==, "https://api.gumroad.com/v2");
  g_setenv ("GUMROAD_API_BASE_URL", "http://127.0.0.1:1/v2", TRUE);
  other = gum_client_dup_default_url ();
  g_assert_cmpstr (other, ==, "http://127.0.0.1:1/v2");
  g_unsetenv ("GUMROAD_API_BASE_URL");
}

static void
test_bad_tokens (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const tokens[] = { "a\nb", "a\r\nX: y", "a b", "a\tb", "a\x7f", "a\x01", "a\xc3\xa9" };

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      dummy_authorizer_set_token (fixture->authorizer, tokens[i]);
      fixture_send (fixture, "GET");
      fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
    }

  dummy_authorizer_set_token (fixture->authorizer, NULL);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);
  dummy_authorizer_set_token (fixture->authorizer, "");
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);

  g_clear_object (&fixture->authorizer);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);
  g_assert_cmpuint (gum_raw_server_get_n_connections (fixture->server), ==, 0);
}

/* The token goes to one origin. */
static void
test_redirect_to_another_host (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GumRawServer) other = gum_raw_server_new ();
  g_autofree char *location = g_strdup_printf ("Location: %s/v2/x\r\n", gum_raw_server_get_url (other));
  static const char * const statuses[] = { "301 A", "302 B", "303 C", "307 D", "308 E" };
  static const char * const methods[] = { "GET", "POST", "PUT", "DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (guint j = 0; j < G_N_ELEMENTS (methods); j++)
      {
        gum_raw_server_push_answer (fixture->server, statuses[i], location, "");
        fixture_send (fixture, methods[j]);
        fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_REDIRECTED);
      }
  g_assert_cmpuint (gum_raw_server_get_n_connections (other), ==, 0);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 20);
}

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GumRequest) request = gum_request_new ("PUT", "products/a");
  g_autoptr(JsonNode) body = json_from_string ("{\"name\":\"\xc3\xa9\",\"tags\":[]}", NULL);
  g_autoptr(JsonObject) answer = NULL;
  g_autofree char *sent = NULL;

  gum_request_set_json (request, body);
  gum_raw_server_push_json (fixture->server, "{\"success\":true,\"product\":{}}");
  gum_client_send_async (fixture->client, request, NULL, gum_test_result_cb, &fixture->result);
  answer = fixture_finish (fixture);
  g_assert_no_error (fixture->error);
  sent = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (sent, "PUT /v2/products/a HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (sent, "\r\nContent-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (sent, "\r\n\r\n{\"name\":\"\xc3\xa9\",\"tags\":[]}"));
}

static void
test_refresh_once_for_all (Fixture       *fixture,
                           gconstpointer  data)
{
  GAsyncResult *results[3] = { NULL };
  g_autoptr(GumRequest) request = gum_request_new ("GET", "user");

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    gum_raw_server_push_answer (fixture->server, "401 Unauthorized",
                                "WWW-Authenticate: Bearer realm=\"Doorkeeper\"\r\n", "");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    gum_raw_server_push_json (fixture->server, "{\"success\":true}");
  dummy_authorizer_set_next (fixture->authorizer, "n3w");

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    gum_client_send_async (fixture->client, request, NULL, gum_test_result_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonObject) answer =
        gum_client_send_finish (fixture->client, gum_test_wait_result (&results[i]), &error);

      g_assert_no_error (error);
      g_clear_object (&results[i]);
    }

  g_assert_cmpuint (dummy_authorizer_get_n_refreshs (fixture->authorizer), ==, 1);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *sent = gum_raw_server_dup_request (fixture->server, i);

      g_assert_nonnull (strstr (sent, i < 3 ? "Bearer t0ken\r\n" : "Bearer n3w\r\n"));
    }
}

static void
test_refresh_in_vain (Fixture       *fixture,
                      gconstpointer  data)
{
  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL, "");
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);

  /* another token, rejected as well */
  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL, "");
  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL, "");
  dummy_authorizer_set_next (fixture->authorizer, "n3w");
  fixture_send (fixture, "PUT");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 3);

  /* nobody could be asked */
  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL, "");
  dummy_authorizer_set_failure (fixture->authorizer,
                                g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "x"));
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE);
}

/* The token was replaced while the request was on its way. */
static void
test_other_token_already_there (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(JsonObject) answer = NULL;

  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL, "");
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  dummy_authorizer_set_token (fixture->authorizer, "n3w");
  answer = fixture_finish (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (dummy_authorizer_get_n_refreshs (fixture->authorizer), ==, 0);
}

static void
test_cancel_while_refreshing (Fixture       *fixture,
                              gconstpointer  data)
{
  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL, "");
  fixture_send (fixture, "GET");
  while (dummy_authorizer_get_n_refreshs (fixture->authorizer) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (fixture->cancellable);
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/api/client/get", test_get);
  FIXTURE_ADD ("/api/client/get-singleton", test_get_singleton);
  FIXTURE_ADD ("/api/client/list", test_list);
  FIXTURE_ADD ("/api/client/list-below-a-parent", test_list_below_a_parent);
  FIXTURE_ADD ("/api/client/list-without-a-list", test_list_without_a_list);
  FIXTURE_ADD ("/api/client/bad-page-key", test_bad_page_key);
  FIXTURE_ADD ("/api/client/verdicts", test_verdicts);
  FIXTURE_ADD ("/api/client/too-deep", test_too_deep);
  FIXTURE_ADD ("/api/client/too-large", test_too_large);
  FIXTURE_ADD ("/api/client/large-is-parsed-in-a-thread", test_large_is_parsed_in_a_thread);
  FIXTURE_ADD ("/api/client/bad-tokens", test_bad_tokens);
  FIXTURE_ADD ("/api/client/redirect-to-another-host", test_redirect_to_another_host);
  FIXTURE_ADD ("/api/client/write", test_write);
  FIXTURE_ADD ("/api/client/refresh-once-for-all", test_refresh_once_for_all);
  FIXTURE_ADD ("/api/client/refresh-in-vain", test_refresh_in_vain);
  FIXTURE_ADD ("/api/client/other-token-already-there", test_other_token_already_there);
  FIXTURE_ADD ("/api/client/cancel-while-refreshing", test_cancel_while_refreshing);
  g_test_add_func ("/api/client/path", test_path);
  g_test_add_func ("/api/client/insecure", test_insecure);
  g_test_add_func ("/api/client/default-url", test_default_url);

  return g_test_run ();
}
