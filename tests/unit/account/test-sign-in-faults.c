/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in when the server, the line or the person stops in the middle: each failure has its name, the
 * code is spent once, and nothing stays behind. */

#include "config.h"

#include "account-fixture.h"
#include "gum-keyring.h"
#include "gum-sign-in-private.h"

#define TOKEN_PATH "/oauth/token"
#define REVOKE_PATH "/oauth/revoke"

/* Each way in which the token endpoint can fail. The code is presented once, whatever happens. */
typedef struct {
  const char     *name;
  const char     *fault;
  GumSignInError  error;
  gboolean        obtained;   /* the sandbox made a token, though nobody saw it */
} TokenFault;

#define AT_TOKEN "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":"

static const TokenFault token_faults[] = {
  { "500", AT_TOKEN "\"status\",\"status\":500}", GUM_SIGN_IN_ERROR_SERVER },
  { "503", AT_TOKEN "\"status\",\"status\":503,\"headers\":{\"Retry-After\":\"120\"}}",
    GUM_SIGN_IN_ERROR_SERVER },
  { "429", AT_TOKEN "\"status\",\"status\":429}", GUM_SIGN_IN_ERROR_SERVER },
  { "html", AT_TOKEN "\"html\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "empty", AT_TOKEN "\"empty\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "bad-json", AT_TOKEN "\"bad_json\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "deep", AT_TOKEN "\"deep\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "huge", AT_TOKEN "\"huge\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "redirect", AT_TOKEN "\"redirect\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "cut", AT_TOKEN "\"cut\"}", GUM_SIGN_IN_ERROR_UNCLEAR, TRUE },
  { "chunk-cut", AT_TOKEN "\"chunk_cut\"}", GUM_SIGN_IN_ERROR_UNCLEAR, TRUE },
  { "drop", AT_TOKEN "\"drop\"}", GUM_SIGN_IN_ERROR_UNCLEAR, TRUE },
  { "reset", AT_TOKEN "\"reset\"}", GUM_SIGN_IN_ERROR_UNCLEAR, TRUE },
  { "mac", AT_TOKEN "\"status\",\"status\":200,\"content_type\":\"application/json\","
    "\"body\":\"{\\\"access_token\\\":\\\"abc\\\",\\\"token_type\\\":\\\"mac\\\"}\"}",
    GUM_SIGN_IN_ERROR_TOKEN_TYPE },
  { "newline", AT_TOKEN "\"status\",\"status\":200,\"content_type\":\"application/json\","
    "\"body\":\"{\\\"access_token\\\":\\\"abc\\\\r\\\\nX: y\\\",\\\"token_type\\\":\\\"Bearer\\\"}\"}",
    GUM_SIGN_IN_ERROR_TOKEN_TYPE },
  { "no-token", AT_TOKEN "\"status\",\"status\":200,\"content_type\":\"application/json\","
    "\"body\":\"{\\\"token_type\\\":\\\"Bearer\\\"}\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "invalid-scope", AT_TOKEN "\"status\",\"status\":400,\"content_type\":\"application/json\","
    "\"body\":\"{\\\"error\\\":\\\"invalid_scope\\\"}\"}", GUM_SIGN_IN_ERROR_INVALID_SCOPE },
  { "unauthorized-client", AT_TOKEN "\"status\",\"status\":401,"
    "\"content_type\":\"application/json\","
    "\"body\":\"{\\\"error\\\":\\\"unauthorized_client\\\"}\"}",
    GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT },
  { "invalid-request", AT_TOKEN "\"status\",\"status\":400,\"content_type\":\"application/json\","
    "\"body\":\"{\\\"error\\\":\\\"invalid_request\\\"}\"}", GUM_SIGN_IN_ERROR_REFUSED },
};

static void
test_token_fault (AccountFixture *f,
                  gconstpointer   data)
{
  const TokenFault *fault = data;
  g_autoptr(JsonObject) set = account_fixture_control (f, "fault", fault->fault);
  g_autofree char *redirect = NULL;

  g_assert_true (json_object_get_boolean_member (set, "ok"));
  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, fault->error);
  g_assert_nonnull (gum_sign_in_get_cause (f->sign_in));
  account_test_spin (50);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 1);
  account_fixture_assert_empty (f);
}

/* The same of the question whose token it is; the token is given back. */
typedef struct {
  const char     *name;
  const char     *fault;
  GumSignInError  error;
} UserFault;

#define AT_USER "{\"match\":\"GET /v2/user\",\"times\":0,\"kind\":"

static const UserFault user_faults[] = {
  { "401", AT_USER "\"status\",\"status\":401,\"body\":\"\"}", GUM_SIGN_IN_ERROR_TOKEN_REFUSED },
  { "403", AT_USER "\"status\",\"status\":403,\"body\":\"\"}", GUM_SIGN_IN_ERROR_FORBIDDEN },
  { "404", AT_USER "\"status\",\"status\":404}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "html", AT_USER "\"html\"}", GUM_SIGN_IN_ERROR_PROTOCOL },
  { "no-id", AT_USER "\"status\",\"status\":200,\"content_type\":\"application/json\","
    "\"body\":\"{\\\"success\\\":true,\\\"user\\\":{\\\"name\\\":\\\"x\\\"}}\"}",
    GUM_SIGN_IN_ERROR_PROTOCOL },
};

static void
test_user_fault (AccountFixture *f,
                 gconstpointer   data)
{
  const UserFault *fault = data;
  g_autoptr(JsonObject) set = account_fixture_control (f, "fault", fault->fault);
  g_autofree char *redirect = NULL;
  g_autofree char *form = NULL;
  g_autofree char *revoked = NULL;

  g_assert_true (json_object_get_boolean_member (set, "ok"));
  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, fault->error);
  account_fixture_assert_empty (f);
  wait_until (account_fixture_count (f, "POST", REVOKE_PATH) == 1);
  form = account_fixture_body (f, REVOKE_PATH, 0);
  revoked = form_value (form, "token");
  g_assert_nonnull (revoked);
}

/* The narrowest grant still signs in: what is missing is not an error. */
static void
test_sparse_answer (AccountFixture *f,
                    gconstpointer   data)
{
  g_autofree char *fault = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *scope = NULL;
  g_autoptr(JsonObject) set = NULL;

  fault = g_strdup_printf (AT_TOKEN "\"status\",\"status\":200,\"content_type\":\"application/json\","
                           "\"body\":\"{\\\"access_token\\\":\\\"%s\\\",\\\"token_type\\\":"
                           "\\\"bEARER\\\",\\\"extra\\\":{\\\"deep\\\":[1]}}\"}",
                           gum_sandbox_get_access_token (f->sandbox));
  set = account_fixture_control (f, "fault", fault);
  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_object_get (account_fixture_account (f), "scope", &scope, NULL);
  g_assert_null (scope);
}

static void
test_expired_code (AccountFixture *f,
                   gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  g_autoptr(JsonObject) expired = NULL;

  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  expired = account_fixture_control (f, "expire_codes", "{}");
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_INVALID_GRANT);
}

static void
test_server_away (AccountFixture *f,
                  gconstpointer   data)
{
  g_autofree char *redirect = NULL;

  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  gum_sandbox_stop (f->sandbox);
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_NETWORK);
  account_fixture_assert_empty (f);
}

/* An answer that comes, or stops, byte by byte ends with the deadline, and the code is spent. */
static void
test_slow_answer (AccountFixture *f,
                  gconstpointer   data)
{
  g_autoptr(JsonObject) set = account_fixture_control (f, "fault", data);
  g_autofree char *redirect = NULL;

  g_assert_true (json_object_get_boolean_member (set, "ok"));
  gum_sign_in_set_deadline (f->sign_in, 1);
  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_UNCLEAR);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 1);
  account_fixture_assert_empty (f);
}

/* Cancels at the moment when a state is reached, or a few turns of the main loop later. */
typedef struct {
  GumSignInState state;
  guint          turns;
} Cancel;

static void
on_state_cancel (GumSignIn    *sign_in,
                 GParamSpec   *pspec,
                 const Cancel *cancel)
{
  if (cancel->turns == 0 && gum_sign_in_get_state (sign_in) == cancel->state)
    gum_sign_in_cancel (sign_in);
}

static void
test_cancel (AccountFixture *f,
             gconstpointer   data)
{
  const GumSignInState state = GPOINTER_TO_INT (data);

  for (guint turns = 0; turns < 12; turns++)
    {
      Cancel cancel = { state, turns };
      g_autofree char *redirect = NULL;
      g_autofree char *answer = NULL;
      g_autoptr(JsonObject) stats = NULL;
      gulong id;
      guint before;

      before = f->states->len;
      id = g_signal_connect (f->sign_in, "notify::state", G_CALLBACK (on_state_cancel), &cancel);
      gum_sign_in_start (f->sign_in, gum_sandbox_get_client_id (f->sandbox), NULL);
      if (gum_sign_in_get_state (f->sign_in) == GUM_SIGN_IN_WAITING)
        {
          guint16 port = account_fixture_port (f);

          redirect = account_fixture_consent (f, TRUE);
          if (state == GUM_SIGN_IN_WAITING)
            {
              for (guint i = 0; i < turns; i++)
                g_main_context_iteration (NULL, FALSE);
              gum_sign_in_cancel (f->sign_in);
            }
          else
            {
              g_assert_true (gum_sign_in_paste_address (f->sign_in, redirect, NULL));
              wait_until (gum_sign_in_get_state (f->sign_in) == state ||
                          gum_sign_in_get_state (f->sign_in) == GUM_SIGN_IN_IDLE ||
                          gum_sign_in_get_state (f->sign_in) >= GUM_SIGN_IN_DONE);
              for (guint i = 0; i < turns &&
                   gum_sign_in_get_state (f->sign_in) < GUM_SIGN_IN_DONE; i++)
                g_main_context_iteration (NULL, TRUE);
              if (gum_sign_in_get_state (f->sign_in) < GUM_SIGN_IN_DONE)
                gum_sign_in_cancel (f->sign_in);
            }
          g_assert_false (account_test_is_open (port));
        }
      g_signal_handler_disconnect (f->sign_in, id);
      if (gum_sign_in_get_state (f->sign_in) == GUM_SIGN_IN_DONE)
        break;

      g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_IDLE);
      before = f->states->len;
      account_test_spin (60);
      g_assert_cmpuint (f->states->len, ==, before);
      g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_IDLE);
      wait_until (gum_keyring_is_idle ());
      account_fixture_assert_empty (f);

      /* Every token that was made has been given back. */
      wait_until (account_fixture_count (f, "POST", TOKEN_PATH) ==
                  account_fixture_count (f, "POST", REVOKE_PATH));
    }
}

/* The token arrives after the sign-in itself is gone. */
static void
test_dropped (AccountFixture *f,
              gconstpointer   data)
{
  GumSignIn *sign_in = gum_sign_in_new (f->accounts, gum_sandbox_get_api_url (f->sandbox),
                                        gum_sandbox_get_oauth_url (f->sandbox));
  g_autofree char *redirect = NULL;
  g_autofree char *arguments = NULL;
  g_autoptr(JsonObject) result = NULL;

  gum_sign_in_start (sign_in, gum_sandbox_get_client_id (f->sandbox), NULL);
  arguments = g_strdup_printf ("{\"url\":\"%s\"}", gum_sign_in_get_authorize_url (sign_in));
  result = account_fixture_control (f, "authorize", arguments);
  g_assert_true (gum_sign_in_paste_address (sign_in,
                                            json_object_get_string_member (result, "redirect"),
                                            NULL));
  g_assert_cmpint (gum_sign_in_get_state (sign_in), ==, GUM_SIGN_IN_EXCHANGING);
  g_assert_finalize_object (sign_in);
  wait_until (account_fixture_count (f, "POST", REVOKE_PATH) == 1);
  account_fixture_assert_empty (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function, data) \
  g_test_add ("/sign-in-faults/" path, AccountFixture, data, account_fixture_set_up, function, \
              account_fixture_tear_down)
  ADD ("sparse-answer", test_sparse_answer, NULL);
  ADD ("expired-code", test_expired_code, NULL);
  ADD ("server-away", test_server_away, NULL);
  ADD ("cancel/waiting", test_cancel, GINT_TO_POINTER (GUM_SIGN_IN_WAITING));
  ADD ("cancel/exchanging", test_cancel, GINT_TO_POINTER (GUM_SIGN_IN_EXCHANGING));
  ADD ("cancel/verifying", test_cancel, GINT_TO_POINTER (GUM_SIGN_IN_VERIFYING));
  ADD ("cancel/storing", test_cancel, GINT_TO_POINTER (GUM_SIGN_IN_STORING));
  ADD ("dropped", test_dropped, NULL);
  ADD ("slow-answer/drip", test_slow_answer, AT_TOKEN "\"drip\"}");
  ADD ("slow-answer/hang", test_slow_answer, AT_TOKEN "\"hang\"}");
  ADD ("slow-answer/hang-body", test_slow_answer, AT_TOKEN "\"hang_body\"}");
#undef ADD

  for (guint i = 0; i < G_N_ELEMENTS (token_faults); i++)
    {
      g_autofree char *path = g_strconcat ("/sign-in-faults/token-fault/", token_faults[i].name, NULL);

      g_test_add (path, AccountFixture, &token_faults[i], account_fixture_set_up, test_token_fault,
                  account_fixture_tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (user_faults); i++)
    {
      g_autofree char *path = g_strconcat ("/sign-in-faults/user-fault/", user_faults[i].name, NULL);

      g_test_add (path, AccountFixture, &user_faults[i], account_fixture_set_up, test_user_fault,
                  account_fixture_tear_down);
    }

  return g_test_run ();
}
