/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole session with every message of every library kept: none of them may have a secret in
 * it. */

#include "config.h"

#include "dummy-authorizer.h"
#include "gum-client.h"
#include "gum-client-private.h"
#include "gum-endpoint.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-oauth.h"
#include "gum-raw-server.h"
#include "gum-test.h"

#include <string.h>

static GumRawServer *server;
static GString *errors;

static void
keep_error (GError *error)
{
  if (error == NULL)
    return;

  g_string_append_printf (errors, "%s\n", error->message);
  g_error_free (error);
}

static void
exchange_code (GumOAuth *oauth)
{
  static const char * const parameters[] = {
    "grant_type", "authorization_code", "code", "CANARY-code", "code_verifier", "CANARY-verifier",
    "client_secret", "CANARY-secret", NULL
  };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumTokenAnswer) answer = NULL;
  GError *error = NULL;

  gum_oauth_token_async (oauth, parameters, NULL, gum_test_result_cb, &result);
  answer = gum_oauth_token_finish (oauth, gum_test_wait_result (&result), &error);
  keep_error (error);
}

static void
revoke_token (GumOAuth *oauth)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  gum_oauth_revoke_async (oauth, "CANARY-token", "id", "CANARY-secret", NULL, gum_test_result_cb,
                          &result);
  gum_oauth_revoke_finish (oauth, gum_test_wait_result (&result), &error);
  keep_error (error);
}

static void
ask_info (GumOAuth *oauth)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *scope = NULL;
  GError *error = NULL;

  gum_oauth_token_info_async (oauth, "CANARY-token", NULL, gum_test_result_cb, &result);
  scope = gum_oauth_token_info_finish (oauth, gum_test_wait_result (&result), &error);
  keep_error (error);
}

static void
call_api (GumClient  *client,
          const char *method)
{
  g_autoptr(GumRequest) request = gum_request_new (method, "products/an-id");
  g_autoptr(JsonNode) body = json_from_string ("{\"email\":\"CANARY-body\"}", NULL);
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  gum_request_add_query (request, "email", "CANARY-query");
  if (!g_str_equal (method, "GET"))
    gum_request_set_json (request, body);
  gum_client_send_async (client, request, NULL, gum_test_result_cb, &result);
  answer = gum_client_send_finish (client, gum_test_wait_result (&result), &error);
  keep_error (error);
}

static void
test_canary (void)
{
  static const char * const faults[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"access_token\":\"CANARY-token\"",
    "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX: CANARY-header\r\n\r\nCANARY-inner",
    "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"access_token\":\"CANARY\\n\"}}",
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 24\r\n\r\n{\"error\":\"CANARY-inner\"}",
    "HTTP/1.1 302 Found\r\nLocation: /x?code=CANARY-code\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer x=\"CANARY-token\"\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 CANARY-status\r\n\r\n",
    "",
  };
  g_autoptr(DummyAuthorizer) authorizer = dummy_authorizer_new ("CANARY-token");
  g_autoptr(GumClient) client = NULL;
  g_autoptr(GumOAuth) oauth = NULL;

  server = gum_raw_server_new ();
  errors = g_string_new (NULL);
  client = gum_client_new (gum_raw_server_get_url (server), GUM_AUTHORIZER (authorizer), NULL);
  oauth = gum_oauth_new (gum_raw_server_get_url (server), NULL);
  _gum_client_set_time_scale (client, 0.001);

  gum_raw_server_push_json (server, "{\"access_token\":\"CANARY-token\",\"token_type\":\"Bearer\"}");
  exchange_code (oauth);
  gum_raw_server_push_json (server, "{\"scope\":[\"account\"]}");
  ask_info (oauth);
  gum_raw_server_push_json (server, "{\"success\":true,\"email\":\"CANARY-body\"}");
  call_api (client, "GET");
  gum_raw_server_push_json (server, "{\"success\":false,\"message\":\"CANARY-inner\"}");
  call_api (client, "PUT");
  gum_raw_server_push_json (server, "{}");
  revoke_token (oauth);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      for (guint j = 0; j < 8; j++)
        gum_raw_server_push (server, GUM_RAW_CLOSE, faults[i], -1);
      exchange_code (oauth);
      revoke_token (oauth);
      ask_info (oauth);
      call_api (client, "PUT");
      call_api (client, "GET");
      while (gum_raw_server_get_n_left (server) > 0)
        call_api (client, "POST");
    }

  g_assert_null (strstr (errors->str, "CANARY"));
  g_assert_null (strstr (gum_test_captured_log (), "CANARY"));

  /* What is there instead. */
  g_assert_nonnull (strstr (gum_test_captured_log (), "POST /token: 200, "));
  g_assert_nonnull (strstr (gum_test_captured_log (), "GET /products/an-id: 200, "));
  g_assert_nonnull (strstr (gum_test_captured_log (), "GLIB_DOMAIN=gum-api"));

  g_string_free (errors, TRUE);
  g_clear_object (&server);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  gum_test_capture_log ();

  g_test_add_func ("/api/log/canary", test_canary);

  return g_test_run ();
}
