/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signing in at the sandbox: every refusal, every redirect address, every way a token dies.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

#define REDIRECT "http://127.0.0.1:49152/callback"
#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

static char *
authorize_query (Fixture    *fixture,
                 const char *redirect_uri,
                 const char *more)
{
  g_autofree char *escaped = g_uri_escape_string (redirect_uri, NULL, FALSE);

  return g_strdup_printf ("client_id=%s&redirect_uri=%s&response_type=code%s",
                          gum_sandbox_get_client_id (fixture->sandbox), escaped, more);
}

static void
open_page (Fixture    *fixture,
           const char *query)
{
  g_autofree char *url = NULL;

  url = g_strconcat (gum_sandbox_get_oauth_url (fixture->sandbox), "/authorize?", query, NULL);
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
}

/* Presses the button; returns a parameter of the address that the browser is sent to. */
static char *
press (Fixture    *fixture,
       const char *query,
       const char *member)
{
  g_autoptr (GHashTable) params = NULL;
  const char *location;

  fixture_form (fixture, "/authorize", query);
  g_assert_cmpuint (fixture->status, ==, 302);
  location = fixture_header (fixture, "Location");
  g_assert_true (g_str_has_prefix (location, REDIRECT "?"));
  params = g_uri_parse_params (strchr (location, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);

  return g_strdup (g_hash_table_lookup (params, member));
}

static void
exchange (Fixture    *fixture,
          const char *code,
          const char *more)
{
  g_autofree char *body = NULL;

  body = g_strdup_printf ("grant_type=authorization_code&client_id=%s&code=%s&redirect_uri=%s%s",
                          gum_sandbox_get_client_id (fixture->sandbox), code, REDIRECT, more);
  fixture_form (fixture, "/token", body);
}

static void
assert_oauth_error (Fixture    *fixture,
                    guint       status,
                    const char *error)
{
  g_autofree char *start = NULL;

  start = g_strdup_printf ("Bearer realm=\"Doorkeeper\", error=\"%s\", error_description=\"",
                           error);
  g_assert_cmpuint (fixture->status, ==, status);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "error"), ==, error);
  g_assert_true (json_object_has_member (fixture->json, "error_description"));
  g_assert_cmpstr (fixture_header (fixture, "Cache-Control"), ==, "no-store, no-cache");
  g_assert_true (g_str_has_prefix (fixture_header (fixture, "WWW-Authenticate"), start));
}

static char *
make_token (Fixture  *fixture,
            char    **refresh)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT, "&scope=account%20view_profile");
  g_autofree char *code = press (fixture, query, "code");

  exchange (fixture, code, "");
  g_assert_cmpuint (fixture->status, ==, 200);
  if (refresh != NULL)
    *refresh = g_strdup (json_object_get_string_member (fixture->json, "refresh_token"));

  return g_strdup (json_object_get_string_member (fixture->json, "access_token"));
}

static guint
use (Fixture    *fixture,
     const char *token)
{
  g_autofree char *url = g_strconcat (gum_sandbox_get_api_url (fixture->sandbox), "/user", NULL);

  fixture_send (fixture, "GET", url, NULL, NULL, token);

  return fixture->status;
}

static void
test_page (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT,
                                            "&scope=account+view_profile&state=%3C%22x");

  open_page (fixture, query);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_nonnull (strstr (fixture->body, "<html lang=\"en\">"));
  g_assert_nonnull (strstr (fixture->body, ">Authorize</button>"));
  g_assert_nonnull (strstr (fixture->body, ">Deny</button>"));
  g_assert_nonnull (strstr (fixture->body, "name=\"state\" value=\"&lt;&quot;x\""));
  g_assert_nonnull (strstr (fixture->body, "name=\"_method\" value=\"delete\""));
}

static void
test_refusals_on_the_page (Fixture       *fixture,
                           gconstpointer  data)
{
  static const struct
  {
    const char *redirect_uri;
    const char *more;
  } cases[] = {
    { "http://127.0.0.1:49152/other", "&scope=account" },
    { REDIRECT, "" },
    { REDIRECT, "&scope=nonsense" },
    { REDIRECT, "&scope=view_public" },
    { REDIRECT, "&scope=account&code_challenge=abc" },
    { REDIRECT, "&scope=account&code_challenge=abc&code_challenge_method=s256" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = NULL;

      query = authorize_query (fixture, cases[i].redirect_uri, cases[i].more);
      open_page (fixture, query);
      g_assert_cmpuint (fixture->status, ==, 400);
      g_assert_null (fixture_header (fixture, "Location"));
      g_assert_nonnull (strstr (fixture->body, "role=\"alert\""));
    }

  open_page (fixture, "client_id=nobody&redirect_uri=" REDIRECT "&scope=account");
  g_assert_cmpuint (fixture->status, ==, 401);
  g_assert_null (fixture_header (fixture, "Location"));
}

static void
test_refusals_on_the_button (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT, "&scope=nonsense&state=s");
  g_autofree char *error = press (fixture, query, "error");

  g_assert_cmpstr (error, ==, "invalid_scope");
}

static void
test_deny (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT,
                                            "&scope=account&state=a%26b&_method=delete");
  g_autofree char *error = press (fixture, query, "error");
  g_autofree char *state = press (fixture, query, "state");

  g_assert_cmpstr (error, ==, "access_denied");
  g_assert_cmpstr (state, ==, "a&b");
}

static void
test_code (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT, "&scope=account%20view_profile");
  g_autofree char *code = press (fixture, query, "code");
  g_autofree char *state = press (fixture, query, "state");

  g_assert_cmpuint (strlen (code), ==, 43);
  g_assert_null (state);
  exchange (fixture, code, "");
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpstr (fixture_header (fixture, "Cache-Control"), ==, "no-store, no-cache");
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "token_type"), ==, "Bearer");
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "scope"), ==,
                   "account view_profile");
  g_assert_false (json_object_has_member (fixture->json, "expires_in"));
  g_assert_true (json_object_has_member (fixture->json, "created_at"));
  g_assert_cmpuint (strlen (json_object_get_string_member (fixture->json, "refresh_token")), ==,
                    43);

  exchange (fixture, code, "");
  assert_oauth_error (fixture, 400, "invalid_grant");
}

static void
test_code_refusals (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT, "&scope=account");
  g_autofree char *code = press (fixture, query, "code");
  g_autofree char *id = g_strdup (gum_sandbox_get_client_id (fixture->sandbox));
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autofree char *url = NULL;

  fixture_form (fixture, "/token", "grant_type=authorization_code&redirect_uri=x");
  assert_oauth_error (fixture, 400, "invalid_request");
  g_assert_nonnull (strstr (fixture->body, "Missing required parameter: code."));
  exchange (fixture, "unknown", "");
  assert_oauth_error (fixture, 400, "invalid_grant");
  exchange (fixture, code, "&client_secret=wrong");
  assert_oauth_error (fixture, 401, "invalid_client");
  exchange (fixture, code, "&code_verifier=" VERIFIER);
  assert_oauth_error (fixture, 400, "invalid_grant");
  fixture_form (fixture, "/token", "grant_type=password&username=a");
  assert_oauth_error (fixture, 400, "unsupported_grant_type");
  body = g_strdup_printf ("client_id=%s&code=%s&redirect_uri=http://127.0.0.1:1/else", id, code);
  fixture_form (fixture, "/token", body);
  assert_oauth_error (fixture, 400, "invalid_grant");

  url = g_strconcat (gum_sandbox_get_oauth_url (fixture->sandbox), "/token?code=", code, NULL);
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  g_assert_cmpuint (fixture->status, ==, 404);

  result = fixture_control (fixture, "expire_codes", "{}");
  exchange (fixture, code, "");
  assert_oauth_error (fixture, 400, "invalid_grant");
}

static void
test_secret (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT, "&scope=account");
  g_autofree char *first = press (fixture, query, "code");
  g_autofree char *second = press (fixture, query, "code");
  g_autofree char *more = NULL;

  exchange (fixture, first, "&client_secret=");
  g_assert_cmpuint (fixture->status, ==, 200);
  more = g_strconcat ("&client_secret=", gum_sandbox_get_client_secret (fixture->sandbox), NULL);
  exchange (fixture, second, more);
  g_assert_cmpuint (fixture->status, ==, 200);
}

static void
test_confidential (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (JsonObject) result = NULL;

  result = fixture_control (fixture, "register_application",
                            "{\"client_id\":\"app\",\"client_secret\":\"key\","
                            "\"confidential\":true,\"scopes\":\"view_profile\"}");
  open_page (fixture, "client_id=app&redirect_uri=" REDIRECT "&scope=account");
  g_assert_cmpuint (fixture->status, ==, 400);
  fixture_form (fixture, "/token", "client_id=app&code=x&redirect_uri=y");
  assert_oauth_error (fixture, 401, "invalid_client");
  fixture_form (fixture, "/token", "client_id=app&client_secret=key&code=x&redirect_uri=y");
  assert_oauth_error (fixture, 400, "invalid_grant");
  fixture_basic (fixture, "/token", "code=x&redirect_uri=y", "app:key");
  assert_oauth_error (fixture, 400, "invalid_grant");
  fixture_basic (fixture, "/token", "code=x&redirect_uri=y", "app:other");
  assert_oauth_error (fixture, 401, "invalid_client");
}

static void
test_device (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *body = NULL;

  body = g_strconcat ("client_id=", gum_sandbox_get_client_id (fixture->sandbox), NULL);
  fixture_form (fixture, "/device/code", body);
  assert_oauth_error (fixture, 400, "unauthorized_client");
}

static void
test_pkce (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *challenge;
    const char *verifier;
    guint status;
    const char *error;
  } cases[] = {
    { CHALLENGE "&code_challenge_method=S256", "&code_verifier=" VERIFIER, 200, NULL },
    { CHALLENGE "&code_challenge_method=S256", "&code_verifier=wrong", 400, "invalid_grant" },
    { CHALLENGE "&code_challenge_method=S256", "", 400, "invalid_request" },
    { VERIFIER "&code_challenge_method=plain", "&code_verifier=" VERIFIER, 200, NULL },
    { VERIFIER "&code_challenge_method=plain", "&code_verifier=" CHALLENGE, 400, "invalid_grant" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *more = NULL;
      g_autofree char *query = NULL;
      g_autofree char *code = NULL;

      more = g_strconcat ("&scope=account&code_challenge=", cases[i].challenge, NULL);
      query = authorize_query (fixture, REDIRECT, more);
      code = press (fixture, query, "code");
      exchange (fixture, code, cases[i].verifier);
      g_assert_cmpuint (fixture->status, ==, cases[i].status);
      if (cases[i].error != NULL)
        assert_oauth_error (fixture, 400, cases[i].error);
    }
}

static void
test_redirects (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *registered;
    const char *requested;
    gboolean released;          /* what Doorkeeper 5.7.1 says */
    gboolean strict;            /* what its main branch says */
  } cases[] = {
    { "http://127.0.0.1/callback", "http://127.0.0.1:49152/callback", TRUE, TRUE },
    { "http://127.0.0.1:8765/callback", "http://127.0.0.1:49152/callback", TRUE, TRUE },
    { "http://[::1]/callback", "http://[::1]:49152/callback", TRUE, TRUE },
    { "http://127.0.0.1/callback", "http://[::1]:49152/callback", FALSE, FALSE },
    { "http://127.0.0.1/callback", "http://localhost:49152/callback", FALSE, FALSE },
    { "http://localhost/callback", "http://localhost:49152/callback", FALSE, FALSE },
    { "http://localhost:8765/callback", "http://localhost:8765/callback", TRUE, TRUE },
    { "http://127.0.0.1", "http://127.0.0.1:49152/", TRUE, FALSE },
    { "http://127.0.0.1/", "http://127.0.0.1:49152", TRUE, FALSE },
    { "http://127.0.0.1", "http://127.0.0.1:49152", TRUE, TRUE },
    { "http://127.0.0.1/callback", "http://127.0.0.1:49152/callback/", FALSE, FALSE },
    { "http://127.0.0.1/callback", "http://127.0.0.1:49152/callback?x=1", TRUE, FALSE },
    { "http://127.0.0.1/callback", "https://127.0.0.1:49152/callback", FALSE, FALSE },
    { "http://127.0.0.1/callback", "http://127.0.0.2:49152/callback", FALSE, FALSE },
    { "https://a.example/x http://127.0.0.1/callback", "http://127.0.0.1:5/callback", TRUE, TRUE },
  };

  for (guint strict = 0; strict < 2; strict++)
    {
      g_autoptr (JsonObject) rule = fixture_control (fixture, "set_redirect_rule",
                                                     "{\"rule\":\"%s\"}",
                                                     strict ? "main" : "5.7.1");

      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (JsonObject) application = NULL;
          g_autofree char *escaped = g_uri_escape_string (cases[i].requested, NULL, FALSE);
          g_autofree char *query = NULL;
          gboolean expected = strict ? cases[i].strict : cases[i].released;

          application = fixture_control (fixture, "register_application",
                                         "{\"client_id\":\"c%u-%u\",\"redirect_uris\":\"%s\"}",
                                         strict, i, cases[i].registered);
          query = g_strdup_printf ("client_id=c%u-%u&redirect_uri=%s&scope=account", strict, i,
                                   escaped);
          open_page (fixture, query);
          g_assert_cmpuint (fixture->status, ==, expected ? 200 : 400);
        }
    }
}

static void
test_refresh (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *refresh = NULL;
  g_autofree char *token = make_token (fixture, &refresh);
  g_autofree char *body = NULL;
  g_autofree char *anonymous = g_strconcat ("grant_type=refresh_token&refresh_token=", refresh,
                                            NULL);
  g_autofree char *next = NULL;
  g_autofree char *wider = NULL;

  g_assert_cmpuint (use (fixture, token), ==, 200);
  fixture_form (fixture, "/token", anonymous);
  assert_oauth_error (fixture, 400, "invalid_grant");

  body = g_strconcat (anonymous, "&client_id=", gum_sandbox_get_client_id (fixture->sandbox), NULL);
  wider = g_strconcat (body, "&scope=view_sales", NULL);
  fixture_form (fixture, "/token", wider);
  assert_oauth_error (fixture, 400, "invalid_scope");
  fixture_form (fixture, "/token", body);
  g_assert_cmpuint (fixture->status, ==, 200);
  next = g_strdup (json_object_get_string_member (fixture->json, "access_token"));
  g_assert_cmpuint (use (fixture, token), ==, 401);
  g_assert_cmpuint (use (fixture, next), ==, 200);
  fixture_form (fixture, "/token", body);
  assert_oauth_error (fixture, 400, "invalid_grant");
}

static void
test_revoke (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *refresh = NULL;
  g_autofree char *token = make_token (fixture, &refresh);
  g_autofree char *anonymous = g_strconcat ("token=", refresh, NULL);
  g_autofree char *body = NULL;

  fixture_form (fixture, "/revoke", anonymous);
  g_assert_cmpuint (fixture->status, ==, 403);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "error"), ==,
                   "unauthorized_client");
  g_assert_cmpuint (use (fixture, token), ==, 200);

  body = g_strconcat (anonymous, "&client_id=", gum_sandbox_get_client_id (fixture->sandbox), NULL);
  for (guint i = 0; i < 2; i++)
    {
      fixture_form (fixture, "/revoke", body);
      g_assert_cmpuint (fixture->status, ==, 200);
      g_assert_cmpstr (fixture->body, ==, "{}");
    }
  g_assert_cmpuint (use (fixture, token), ==, 401);
}

static void
test_token_info (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *url = NULL;

  url = g_strconcat (gum_sandbox_get_oauth_url (fixture->sandbox), "/token/info", NULL);
  fixture_send (fixture, "GET", url, NULL, NULL, gum_sandbox_get_access_token (fixture->sandbox));
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_true (json_object_get_null_member (fixture->json, "expires_in"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fixture->json, "scope")),
                    ==, 12);
  fixture_send (fixture, "GET", url, NULL, NULL, "nonsense");
  g_assert_cmpuint (fixture->status, ==, 401);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "error"), ==, "invalid_token");
  g_assert_nonnull (fixture_header (fixture, "WWW-Authenticate"));
}

static void
test_consent_without_a_browser (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *query = authorize_query (fixture, REDIRECT, "&scope=account&state=s1");
  g_autofree char *bad = authorize_query (fixture, REDIRECT, "&scope=nonsense");
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) mode = NULL;

  result = fixture_control (fixture, "authorize", "{\"url\":\"%s/authorize?%s\"}",
                            gum_sandbox_get_oauth_url (fixture->sandbox), query);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (result, "redirect"),
                                   REDIRECT "?code="));
  g_assert_true (g_str_has_suffix (json_object_get_string_member (result, "redirect"),
                                   "&state=s1"));
  refused = fixture_control (fixture, "authorize", "{\"url\":\"%s/authorize?%s\"}",
                             gum_sandbox_get_oauth_url (fixture->sandbox), bad);
  g_assert_cmpint (json_object_get_int_member (refused, "status"), ==, 400);

  mode = fixture_control (fixture, "auto_consent", "{\"mode\":\"allow\"}");
  open_page (fixture, query);
  g_assert_cmpuint (fixture->status, ==, 302);
  open_page (fixture, bad);
  g_assert_cmpuint (fixture->status, ==, 400);
  g_clear_pointer (&mode, json_object_unref);
  mode = fixture_control (fixture, "auto_consent", "{\"mode\":\"deny\"}");
  open_page (fixture, query);
  g_assert_nonnull (strstr (fixture_header (fixture, "Location"), "error=access_denied"));
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *url = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%u/settings/advanced",
                         gum_sandbox_get_port (fixture->sandbox));
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_nonnull (strstr (fixture->body, gum_sandbox_get_client_id (fixture->sandbox)));
}

#define ADD(path, func) \
  g_test_add ("/sandbox/oauth/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("page", test_page);
  ADD ("refusals-on-the-page", test_refusals_on_the_page);
  ADD ("refusals-on-the-button", test_refusals_on_the_button);
  ADD ("deny", test_deny);
  ADD ("code", test_code);
  ADD ("code-refusals", test_code_refusals);
  ADD ("secret", test_secret);
  ADD ("confidential", test_confidential);
  ADD ("device", test_device);
  ADD ("pkce", test_pkce);
  ADD ("redirects", test_redirects);
  ADD ("refresh", test_refresh);
  ADD ("revoke", test_revoke);
  ADD ("token-info", test_token_info);
  ADD ("consent-without-a-browser", test_consent_without_a_browser);
  ADD ("settings", test_settings);

  return g_test_run ();
}
