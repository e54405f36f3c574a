/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authorization server's answers, and how often it is asked. */

#include "config.h"

#include "gum-error.h"
#include "gum-http.h"
#include "gum-oauth-private.h"
#include "gum-raw-server.h"
#include "gum-test.h"

#include <string.h>

#define GOOD "{\"access_token\":\"n0tR3al-Acc_ess\",\"token_type\":\"Bearer\",\"refresh_token\":\"r3fr\"," \
  "\"scope\":\"account view_profile\",\"created_at\":1760000000}"

static const char * const parameters[] = {
  "grant_type", "authorization_code",
  "code", "c0de+/ =&%\xc3\xa9\xe2\x82\xac",
  "client_secret", NULL,
  "redirect_uri", "http://127.0.0.1:1234/callback",
  "client_id", "",
  "code_verifier", "v-e.r_i~f",
  NULL
};

#define ENCODED "grant_type=authorization_code&code=c0de%2B%2F+%3D%26%25%C3%A9%E2%82%AC" \
  "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1234%2Fcallback&code_verifier=v-e.r_i%7Ef"

typedef struct {
  GumRawServer *server;
  GumOAuth     *oauth;
  GCancellable *cancellable;
  GAsyncResult *result;
  GError       *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *url = NULL;

  fixture->server = gum_raw_server_new ();
  fixture->cancellable = g_cancellable_new ();
  url = g_strconcat (gum_raw_server_get_url (fixture->server), "/oauth", NULL);
  fixture->oauth = gum_oauth_new (url, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (gum_oauth_get_url (fixture->oauth), ==, url);
  _gum_oauth_set_time_scale (fixture->oauth, 0.01);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->cancellable);
  g_clear_error (&fixture->error);
  g_assert_cmpuint (gum_raw_server_get_n_left (fixture->server), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->oauth));
  gum_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
}

static void
start (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_oauth_token_async (fixture->oauth, parameters, fixture->cancellable, gum_test_result_cb,
                         &fixture->result);
}

static GumTokenAnswer *
finish (Fixture *fixture)
{
  return gum_oauth_token_finish (fixture->oauth, gum_test_wait_result (&fixture->result),
                                 &fixture->error);
}

static void
assert_failure (Fixture *fixture,
                GQuark   domain,
                int      code)
{
  g_assert_null (finish (fixture));
  g_assert_error (fixture->error, domain, code);
  g_assert_null (strstr (fixture->error->message, "c0de"));
}

static void
test_token (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GumTokenAnswer) answer = NULL;
  g_autofree char *request = NULL;

  gum_raw_server_push_json (fixture->server, GOOD);
  start (fixture);
  answer = finish (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (answer->access_token, ==, "n0tR3al-Acc_ess");
  g_assert_cmpstr (answer->refresh_token, ==, "r3fr");
  g_assert_cmpstr (answer->scope, ==, "account view_profile");
  g_assert_cmpint (answer->created_at, ==, 1760000000);

  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "POST /oauth/token HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n" ENCODED));
  g_assert_null (strstr (request, "Authorization"));
}

static void
test_encoding (void)
{
  g_autofree char *form = _gum_oauth_encode_form (parameters);
  const char * const nothing[] = { "a", NULL, "b", "", NULL };
  g_autofree char *empty = _gum_oauth_encode_form (nothing);

  g_assert_cmpstr (form, ==, ENCODED);
  g_assert_cmpstr (empty, ==, "");
}

static GumTokenAnswer *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return gum_token_answer_parse (bytes, error);
}

static void
test_parse (void)
{
  static const char * const accepted[] = {
    "{\"access_token\":\"t\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":null,\"refresh_token\":null}",
    "{\"access_token\":\"t\",\"token_type\":\"BEARER\",\"expires_in\":\"x\",\"scope\":[],\"created_at\":-1}",
    "{\"access_token\":\"t\",\"token_type\":\"bEaReR\",\"id_token\":{\"a\":[]},\"refresh_token\":\"a\\nb\"}",
  };
  static const char * const refused[] = {
    "", "{}", "[]", "null", "<html>", "{\"access_token\":\"t\"}", "{\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"t\",\"token_type\":\"mac\"}", "{\"access_token\":\"t\",\"token_type\":7}",
    "{\"access_token\":\"\",\"token_type\":\"Bearer\"}", "{\"access_token\":7,\"token_type\":\"Bearer\"}",
    "{\"access_token\":null,\"token_type\":\"Bearer\"}", "{\"access_token\":\"a\\nb\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"a\\u0000\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"a b\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"a\\u007f\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"\\u00e9\",\"token_type\":\"Bearer\"}",
    "{\"access_token\":\"t\",\"token_type\":\"Bearer\"",
  };
  g_autofree char *large = g_strnfill (64 * 1024, 't');
  g_autofree char *text = g_strdup_printf ("{\"access_token\":\"%s\",\"token_type\":\"Bearer\"}", large);
  g_autoptr(GumTokenAnswer) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GumTokenAnswer) each = parse (accepted[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (each->access_token, ==, "t");
      g_assert_null (each->refresh_token);
      g_assert_null (each->scope);
      g_assert_cmpint (each->created_at, ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (refused[i], &error));
      g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
    }

  answer = parse (text, NULL);
  g_assert_cmpuint (strlen (answer->access_token), ==, 64 * 1024);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *status;
    const char *body;
    int         code;
    const char *server_code;
  } cases[] = {
    { "400 Bad Request", "{\"error\":\"invalid_grant\",\"error_description\":\"Expired.\"}", GUM_ERROR_REJECTED,
      "invalid_grant" },
    { "401 Unauthorized", "{\"error\":\"invalid_client\",\"error_description\":\"Unknown.\",\"state\":\"s\"}",
      GUM_ERROR_UNAUTHORIZED, "invalid_client" },
    { "400 Bad Request", "{\"error\":\"invalid_request\"}", GUM_ERROR_REJECTED, "invalid_request" },
    { "400 Bad Request", "<html>", GUM_ERROR_REJECTED, NULL },
    { "404 Not Found", "", GUM_ERROR_NOT_FOUND, NULL },
    { "429 Too Many Requests", "Retry later", GUM_ERROR_RATE_LIMITED, NULL },
    { "500 Internal Server Error", "<html>", GUM_ERROR_SERVER, NULL },
    { "302 Found", "", GUM_ERROR_REDIRECTED, NULL },
    { "200 OK", "<html>", GUM_ERROR_PROTOCOL, NULL },
    { "200 OK", "", GUM_ERROR_PROTOCOL, NULL },
    { "200 OK", "{\"error\":\"invalid_grant\"}", GUM_ERROR_PROTOCOL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gum_raw_server_push_answer (fixture->server, cases[i].status, "Location: /elsewhere\r\n",
                                  cases[i].body);
      start (fixture);
      assert_failure (fixture, GUM_ERROR, cases[i].code);
      g_assert_cmpstr (gum_error_get_server_code (fixture->error), ==, cases[i].server_code);
      g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, i + 1);
    }

  gum_raw_server_push_answer (fixture->server, "503 Service Unavailable", "Retry-After: 7\r\n", "");
  start (fixture);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_SERVER);
  g_assert_cmpint (gum_error_get_retry_after (fixture->error), ==, 7);
}

static void
test_never_twice (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct {
    GumRawEnd   end;
    const char *bytes;
  } cases[] = {
    { GUM_RAW_CLOSE, "" },
    { GUM_RAW_RESET, "" },
    { GUM_RAW_CLOSE, "HTTP/1.1 200 OK\r\n" },
    { GUM_RAW_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"access_token\":\"t\"," },
    { GUM_RAW_CLOSE, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n" },
    { GUM_RAW_STALL, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{" },
    { GUM_RAW_DRIP, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{" },
  };

  _gum_oauth_set_deadline (fixture->oauth, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gum_raw_server_push (fixture->server, cases[i].end, cases[i].bytes, -1);
      start (fixture);
      assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNCLEAR);
      gum_test_settle ();
      g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, i + 1);
    }
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *large = g_strnfill (10 * 1024 * 1024, ' ');
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *deeper = g_strconcat ("{\"a\":", deep, NULL);

  gum_raw_server_push_json (fixture->server, large);
  start (fixture);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);
  gum_raw_server_push_json (fixture->server, deep);
  start (fixture);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);
  gum_raw_server_push_json (fixture->server, deeper);
  start (fixture);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  gum_raw_server_stop (fixture->server);
  start (fixture);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  start (fixture);
  gum_raw_server_wait_requests (fixture->server, 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  start (fixture);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel_between_attempts (Fixture       *fixture,
                              gconstpointer  data)
{
  _gum_oauth_set_time_scale (fixture->oauth, 1000);
  gum_raw_server_stop (fixture->server);
  start (fixture);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (fixture->cancellable);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
revoke_token (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_oauth_revoke_async (fixture->oauth, "t0k+en", "client", NULL, fixture->cancellable,
                          gum_test_result_cb, &fixture->result);

  return gum_oauth_revoke_finish (fixture->oauth, gum_test_wait_result (&fixture->result),
                                  &fixture->error);
}

static void
test_revoke (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *request = NULL;

  gum_raw_server_push_json (fixture->server, "{}");
  g_assert_true (revoke_token (fixture));
  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "POST /oauth/revoke HTTP/1.1\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\ntoken=t0k%2Ben&client_id=client"));

  /* RFC 7009, 2.2: the status is the answer */
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "");
  g_assert_true (revoke_token (fixture));

  gum_raw_server_push_answer (fixture->server, "403 Forbidden", NULL,
                              "{\"error\":\"unauthorized_client\",\"error_description\":\"No.\"}");
  g_assert_false (revoke_token (fixture));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_assert_cmpstr (gum_error_get_server_code (fixture->error), ==, "unauthorized_client");

  gum_raw_server_push_answer (fixture->server, "503 Service Unavailable", "Retry-After: 9\r\n", "");
  g_assert_false (revoke_token (fixture));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_SERVER);
  g_assert_cmpint (gum_error_get_retry_after (fixture->error), ==, 9);
}

static char *
token_info (Fixture    *fixture,
            const char *token)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_oauth_token_info_async (fixture->oauth, token, fixture->cancellable, gum_test_result_cb,
                              &fixture->result);

  return gum_oauth_token_info_finish (fixture->oauth, gum_test_wait_result (&fixture->result),
                                      &fixture->error);
}

static void
test_token_info (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct {
    const char *body;
    const char *scope;
  } cases[] = {
    { "{\"resource_owner_id\":1,\"scope\":[\"account\",\"view_profile\"],\"expires_in\":null}", "account view_profile" },
    { "{\"scope\":\"account view_sales\"}", "account view_sales" },
    { "{\"scope\":[]}", "" },
    { "{\"scope\":[null,\"a\",{}]}", "a" },
    { "{\"scope\":null}", NULL },
    { "{\"scope\":{}}", NULL },
    { "{}", NULL },
    { "<html>", NULL },
  };
  g_autofree char *request = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *scope = NULL;

      gum_raw_server_push_json (fixture->server, cases[i].body);
      scope = token_info (fixture, "t0ken");
      g_assert_cmpstr (scope, ==, cases[i].scope);
      if (scope == NULL)
        g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_PROTOCOL);
    }
  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /oauth/token/info HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer t0ken\r\n"));

  gum_raw_server_push_answer (fixture->server, "401 Unauthorized", NULL,
                              "{\"error\":\"invalid_token\",\"state\":\"unauthorized\"}");
  g_assert_null (token_info (fixture, "t0ken"));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);

  g_assert_null (token_info (fixture, "pasted\nwrong"));
  g_assert_error (fixture->error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
}

static void
test_urls (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *other = NULL;

  g_assert_null (gum_oauth_new ("http://app.gumroad.com/oauth", &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_INSECURE);

  g_unsetenv ("GUMROAD_OAUTH_BASE_URL");
  usual = gum_oauth_dup_default_url ();
  g_assert_cmpstr (usual, ==, "https://app.gumroad.com/oauth");
  g_setenv ("GUMROAD_OAUTH_BASE_URL", "http://127.0.0.1:1/oauth", TRUE);
  other = gum_oauth_dup_default_url ();
  g_assert_cmpstr (other, ==, "http://127.0.0.1:1/oauth");
  g_unsetenv ("GUMROAD_OAUTH_BASE_URL");
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/api/oauth/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("token", test_token);
  ADD ("refusals", test_refusals);
  ADD ("never-twice", test_never_twice);
  ADD ("hostile", test_hostile);
  ADD ("refused", test_refused);
  ADD ("cancel", test_cancel);
  ADD ("cancel-between-attempts", test_cancel_between_attempts);
  ADD ("revoke", test_revoke);
  ADD ("token-info", test_token_info);
  g_test_add_func ("/api/oauth/encoding", test_encoding);
  g_test_add_func ("/api/oauth/parse", test_parse);
  g_test_add_func ("/api/oauth/urls", test_urls);

  return g_test_run ();
}
