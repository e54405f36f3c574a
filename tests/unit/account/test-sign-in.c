/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole of signing in, against the sandbox: what is sent, what is believed, where it may be
 * cancelled, and what every failure is called. */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "account-fixture.h"
#include "gum-client.h"
#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-sign-in-private.h"

#define TOKEN_PATH "/oauth/token"
#define REVOKE_PATH "/oauth/revoke"

static gboolean random_fails;

static gboolean
has_text (GPtrArray  *array,
          const char *text)
{
  return g_ptr_array_find_with_equal_func (array, text, g_str_equal, NULL);
}

static void
test_success (AccountFixture *f,
              gconstpointer   data)
{
  static const char *const order[] = { "waiting", "exchanging", "verifying", "storing", "done" };
  g_autofree char *url = NULL;
  g_autofree char *form = NULL;
  g_autofree char *redirect_uri = NULL;
  g_autofree char *redirect_again = NULL;
  g_autofree char *challenge = NULL;
  g_autofree char *verifier = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *sum = NULL;
  g_autoptr(GPtrArray) items = NULL;
  GumAccount *account;
  const char *query;
  guint16 port;

  account_fixture_start (f);
  g_assert_cmpuint (f->opened->len, ==, 1);
  url = g_strdup (f->opened->pdata[0]);
  port = account_fixture_port (f);
  g_assert_true (g_str_has_prefix (url, gum_sandbox_get_oauth_url (f->sandbox)));
  query = strchr (url, '?') + 1;

  /* Only what is needed, and only the code flow with S256. */
  {
    g_autofree char *type = form_value (query, "response_type");
    g_autofree char *scope = form_value (query, "scope");
    g_autofree char *method = form_value (query, "code_challenge_method");
    g_autofree char *state = form_value (query, "state");

    g_assert_cmpstr (type, ==, "code");
    g_assert_cmpstr (scope, ==, "account view_profile edit_profile");
    g_assert_cmpstr (method, ==, "S256");
    g_assert_cmpuint (strlen (state), >=, 22);
    g_assert_null (strstr (query, "admin"));
  }
  redirect_uri = form_value (query, "redirect_uri");
  challenge = form_value (query, "code_challenge");
  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[0-9]{4,5}/callback$", redirect_uri,
                                       0, 0));

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);

  /* The token request. */
  form = account_fixture_body (f, TOKEN_PATH, 0);
  redirect_again = form_value (form, "redirect_uri");
  verifier = form_value (form, "code_verifier");
  secret = form_value (form, "client_secret");
  account_fixture_guard (f, verifier);
  g_assert_cmpstr (redirect_again, ==, redirect_uri);
  g_assert_cmpuint (strlen (verifier), ==, 43);
  g_assert_cmpstr (verifier, !=, challenge);
  g_assert_null (secret);
  g_assert_nonnull (strstr (form, "grant_type=authorization_code"));
  g_assert_nonnull (strstr (form, "client_id="));
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 1);
  g_assert_cmpuint (account_fixture_count (f, "GET", TOKEN_PATH), ==, 0);

  g_assert_cmpuint (f->states->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (f->states->pdata[i], ==, order[i]);

  account = account_fixture_account (f);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
  g_assert_false (gum_account_is_session_only (account));
  g_assert_nonnull (gum_account_get_name (account));
  g_assert_nonnull (gum_account_get_email (account));
  g_assert_cmpuint (strlen (gum_account_get_id (account)), ==, 16);
  g_assert_true (gum_accounts_find (f->accounts, gum_account_get_id (account)) == account);

  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (((GumKeyringItem *) items->pdata[0])->account, ==, gum_account_get_id (account));
  g_assert_nonnull (strstr (((GumKeyringItem *) items->pdata[0])->secret, "refresh_token"));
  {
    g_autoptr(GumCredentials) kept = NULL;

    kept = gum_credentials_from_secret (((GumKeyringItem *) items->pdata[0])->secret, NULL);
    account_fixture_guard (f, kept->access_token);
    account_fixture_guard (f, kept->refresh_token);
  }

  wait_until (!account_test_is_open (port));
}

/* Nothing of one attempt is seen in another. */
static void
test_fresh (AccountFixture *f,
            gconstpointer   data)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 5; i++)
    {
      const char *query;

      account_fixture_start (f);
      query = strchr (gum_sign_in_get_authorize_url (f->sign_in), '?') + 1;
      g_assert_true (g_hash_table_add (seen, form_value (query, "state")));
      g_assert_true (g_hash_table_add (seen, form_value (query, "code_challenge")));
      if (i % 2 == 0)
        gum_sign_in_cancel (f->sign_in);
    }
}

static void
test_secret_given (AccountFixture *f,
                   gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  g_autofree char *quoted = g_strdup_printf (" \"%s\"\n",
                                             gum_sandbox_get_client_secret (f->sandbox));

  gum_sign_in_start (f->sign_in, gum_sandbox_get_client_id (f->sandbox), quoted);
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
}

/* An account that is connected again needs nothing entered: application and secret are those of last time. The
 * Application ID is kept beside the account, the secret with the token only. */
static void
test_again (AccountFixture *f,
            gconstpointer   data)
{
  g_autoptr(GumSignIn) again = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *form = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autofree char *contents = NULL;
  const char *id = gum_sandbox_get_client_id (f->sandbox);
  GumAccount *account;

  gum_sign_in_start (f->sign_in, id, gum_sandbox_get_client_secret (f->sandbox));
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  account = account_fixture_account (f);
  g_assert_cmpstr (gum_account_get_application_id (account), ==, id);
  g_assert_false (gum_account_is_by_token (account));

  again = gum_sign_in_new_again (f->accounts, account);
  gum_sign_in_start_again (again);
  g_assert_cmpint (gum_sign_in_get_state (again), ==, GUM_SIGN_IN_WAITING);
  arguments = g_strdup_printf ("{\"url\":\"%s\"}", gum_sign_in_get_authorize_url (again));
  answer = account_fixture_control (f, "authorize", arguments);
  gum_sign_in_paste_address (again, json_object_get_string_member (answer, "redirect"), &error);
  g_assert_no_error (error);
  wait_until (gum_sign_in_get_state (again) >= GUM_SIGN_IN_DONE);
  g_assert_true (gum_sign_in_get_account (again) == account);
  form = account_fixture_body (f, TOKEN_PATH, 1);
  secret = form_value (form, "client_secret");
  g_assert_cmpstr (secret, ==, gum_sandbox_get_client_secret (f->sandbox));
  g_clear_object (&again);

  account_fixture_restart (f);
  account = account_fixture_only (f->accounts);
  g_assert_cmpstr (gum_account_get_application_id (account), ==, id);
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, id));
  g_assert_null (strstr (contents, gum_sandbox_get_client_secret (f->sandbox)));
}

static void
test_wrong_secret (AccountFixture *f,
                   gconstpointer   data)
{
  g_autofree char *redirect = NULL;

  account_fixture_guard (f, "not-the-secret");
  gum_sign_in_start (f->sign_in, gum_sandbox_get_client_id (f->sandbox), "not-the-secret");
  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_INVALID_CLIENT);
  g_assert_cmpint (gum_error_get_status (gum_sign_in_get_cause (f->sign_in)), ==, 401);
  account_fixture_assert_empty (f);
}

/* Gumroad shows these in the browser and sends nothing back: the flow waits, and can be cancelled. */
static void
test_shown_in_browser (AccountFixture *f,
                       gconstpointer   data)
{
  g_autoptr(JsonObject) other = NULL;
  g_autofree char *none = NULL;

  gum_sign_in_start (f->sign_in, "no-such-application", NULL);
  none = account_fixture_consent (f, TRUE);
  g_assert_null (none);
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_WAITING);

  other = account_fixture_control (f, "register_application",
                                   "{\"redirect_uris\":\"http://localhost/callback\"}");
  gum_sign_in_start (f->sign_in, json_object_get_string_member (other, "client_id"), NULL);
  g_assert_null (account_fixture_consent (f, TRUE));
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_WAITING);

  gum_sign_in_cancel (f->sign_in);
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_IDLE);
}

/* An application that is older than a scope: the narrower list works. */
static void
test_narrow_scope (AccountFixture *f,
                   gconstpointer   data)
{
  g_autoptr(JsonObject) old = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *granted = NULL;

  old = account_fixture_control (f, "register_application",
                                 "{\"scopes\":\"view_profile edit_products view_sales\"}");
  gum_sign_in_start (f->sign_in, json_object_get_string_member (old, "client_id"), NULL);
  g_assert_null (account_fixture_consent (f, TRUE));

  gum_sign_in_set_scope (f->sign_in, GUM_SIGN_IN_SCOPE_NARROW);
  gum_sign_in_start (f->sign_in, json_object_get_string_member (old, "client_id"), NULL);
  redirect = account_fixture_consent (f, TRUE);
  g_assert_nonnull (redirect);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_object_get (account_fixture_account (f), "scope", &granted, NULL);
  g_assert_cmpstr (granted, ==, GUM_SIGN_IN_SCOPE_NARROW);
}

static void
test_denied (AccountFixture *f,
             gconstpointer   data)
{
  g_autofree char *redirect = NULL;

  account_fixture_start (f);
  redirect = account_fixture_consent (f, FALSE);
  account_fixture_browse (f, redirect);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_DENIED);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 0);
  account_fixture_assert_empty (f);
}

/* Every code of RFC 6749, 4.1.2.1, and one that nobody knows. */
static void
test_error_codes (AccountFixture *f,
                  gconstpointer   data)
{
  static const struct {
    const char     *code;
    GumSignInError  error;
  } codes[] = {
    { "invalid_request", GUM_SIGN_IN_ERROR_REFUSED },
    { "unauthorized_client", GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT },
    { "access_denied", GUM_SIGN_IN_ERROR_DENIED },
    { "unsupported_response_type", GUM_SIGN_IN_ERROR_UNSUPPORTED },
    { "invalid_scope", GUM_SIGN_IN_ERROR_INVALID_SCOPE },
    { "server_error", GUM_SIGN_IN_ERROR_SERVER },
    { "temporarily_unavailable", GUM_SIGN_IN_ERROR_SERVER },
    { "something_new", GUM_SIGN_IN_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *state = NULL;
      g_autofree char *target = NULL;
      g_autofree char *answer = NULL;
      guint16 port;

      account_fixture_start (f);
      port = account_fixture_port (f);
      state = form_value (strchr (gum_sign_in_get_authorize_url (f->sign_in), '?') + 1, "state");
      target = g_strdup_printf ("/callback?error=%s&error_description=%%3Cb%%3EWhy&state=%s",
                                codes[i].code, state);
      answer = account_test_get (port, target, NULL);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 303 "));
      g_assert_null (strstr (answer, "Why"));
      account_fixture_assert_error (f, codes[i].error);
      g_assert_cmpstr (gum_error_get_server_code (gum_sign_in_get_cause (f->sign_in)), ==,
                       codes[i].code);
      g_assert_cmpstr (gum_error_get_server_message (gum_sign_in_get_cause (f->sign_in)), ==,
                       "<b>Why");
    }
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 0);
}

/* Somebody else's answers first, then ours. */
static void
test_strangers (AccountFixture *f,
                gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint16 port;

  account_fixture_start (f);
  port = account_fixture_port (f);
  first = account_test_get (port, "/callback?code=c&state=wrong", NULL);
  second = account_test_get (port, "/callback?error=access_denied", NULL);
  g_assert_true (g_str_has_prefix (first, "HTTP/1.1 400 "));
  g_assert_true (g_str_has_prefix (second, "HTTP/1.1 400 "));
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_WAITING);

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
}

static void
test_twice (AccountFixture *f,
            gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  g_autofree char *again = NULL;
  g_autofree char *page = NULL;
  guint16 port;

  account_fixture_start (f);
  port = account_fixture_port (f);
  redirect = account_fixture_consent (f, TRUE);
  page = account_test_get (port, strstr (redirect, "/callback"), NULL);
  again = account_test_get (port, strstr (redirect, "/callback"), NULL);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 1);
}

static void
test_other_issuer (AccountFixture *f,
                   gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  g_autofree char *evil = NULL;

  account_fixture_start (f);
  redirect = account_fixture_consent (f, FALSE);
  evil = g_strconcat (redirect, "&iss=https%3A%2F%2Fevil.example", NULL);
  account_fixture_browse (f, evil);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_OTHER_ISSUER);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 0);
}

static void
test_right_issuer (AccountFixture *f,
                   gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  g_autofree char *with_issuer = NULL;

  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  with_issuer = g_strdup_printf ("%s&iss=http%%3A%%2F%%2F127.0.0.1%%3A%u", redirect,
                                 gum_sandbox_get_port (f->sandbox));
  account_fixture_browse (f, with_issuer);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
}

static void
test_tls (AccountFixture *f,
          gconstpointer   data)
{
  static const char hello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
  g_autofree char *answer = NULL;
  g_autofree char *redirect = NULL;
  gboolean hint;

  account_fixture_start (f);
  g_object_get (f->sign_in, "https-hint", &hint, NULL);
  g_assert_false (hint);
  answer = account_test_talk (account_fixture_port (f), hello, sizeof hello - 1);
  g_object_get (f->sign_in, "https-hint", &hint, NULL);
  g_assert_true (hint);

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
}

static void
test_timeout (AccountFixture *f,
              gconstpointer   data)
{
  guint16 port;

  gum_sign_in_set_timeout (f->sign_in, 50);
  account_fixture_start (f);
  port = account_fixture_port (f);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_TIMEOUT);
  g_assert_false (account_test_is_open (port));
  account_fixture_assert_empty (f);
}

static void
test_newest_wins (AccountFixture *f,
                  gconstpointer   data)
{
  g_autofree char *old = NULL;
  g_autofree char *redirect = NULL;
  g_autoptr(GError) error = NULL;
  guint16 first, second;

  account_fixture_start (f);
  first = account_fixture_port (f);
  old = account_fixture_consent (f, TRUE);
  account_fixture_start (f);
  second = account_fixture_port (f);
  g_assert_cmpuint (first, !=, second);
  g_assert_false (account_test_is_open (first));

  g_assert_false (gum_sign_in_paste_address (f->sign_in, old, &error));
  g_assert_error (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_PASTE_OLD);

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
}

static void
test_open_again (AccountFixture *f,
                 gconstpointer   data)
{
  gum_sign_in_open_again (f->sign_in);
  g_assert_cmpuint (f->opened->len, ==, 0);
  account_fixture_start (f);
  gum_sign_in_open_again (f->sign_in);
  g_assert_cmpuint (f->opened->len, ==, 2);
  g_assert_cmpstr (f->opened->pdata[0], ==, f->opened->pdata[1]);
  g_assert_cmpstr (f->opened->pdata[0], ==, gum_sign_in_get_authorize_url (f->sign_in));
}

static void
test_paste (AccountFixture *f,
            gconstpointer   data)
{
  static const struct {
    const char     *text;
    GumSignInError  error;
  } wrong[] = {
    { "", GUM_SIGN_IN_ERROR_EMPTY },
    { " \n", GUM_SIGN_IN_ERROR_EMPTY },
    { "n0tR3al-CodeOf43UrlSafeCharacters_000000000", GUM_SIGN_IN_ERROR_PASTE_CODE_ONLY },
    { "hello", GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
    { "https://app.gumroad.com/oauth/authorize?x=y", GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
    { "http://127.0.0.1/callback?code=c&state=s", GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
    { "http://127.0.0.1:1234/callback", GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
    { "http://127.0.0.1:99999/callback?code=c&state=s", GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
    { "http://127.0.0.1:1234/callback?code=c&code=d&state=s", GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
    { "http://127.0.0.1:1234/callback?code=c&state=s", GUM_SIGN_IN_ERROR_PASTE_OLD },
    { "http://evil.example@127.0.0.1:1234/callback?code=c&state=s",
      GUM_SIGN_IN_ERROR_PASTE_NONSENSE },
  };
  g_autofree char *redirect = NULL;
  g_autofree char *address = NULL;
  g_autofree char *forged = NULL;
  g_autoptr(GError) error = NULL;
  guint16 port;

  account_fixture_start (f);
  port = account_fixture_port (f);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (gum_sign_in_paste_address (f->sign_in, wrong[i].text, &error));
      g_assert_error (error, GUM_SIGN_IN_ERROR, (int) wrong[i].error);
      g_clear_error (&error);
      g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_WAITING);
    }
  forged = g_strdup_printf ("http://127.0.0.1:%u/callback?code=c&state=forged", port);
  g_assert_false (gum_sign_in_paste_address (f->sign_in, forged, &error));
  g_assert_error (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_PASTE_OLD);
  g_clear_error (&error);

  redirect = account_fixture_consent (f, TRUE);
  /* As it stands in a browser that had turned it into https, with what else was selected. */
  address = g_strdup_printf (" <https%s>\n", redirect + strlen ("http"));
  g_assert_true (gum_sign_in_paste_address (f->sign_in, address, &error));
  g_assert_no_error (error);
  g_assert_false (account_test_is_open (port));
  g_assert_false (gum_sign_in_paste_address (f->sign_in, address, &error));
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 1);
}

static void
test_paste_denied (AccountFixture *f,
                   gconstpointer   data)
{
  g_autofree char *redirect = NULL;

  account_fixture_start (f);
  redirect = account_fixture_consent (f, FALSE);
  g_assert_true (gum_sign_in_paste_address (f->sign_in, redirect + strlen ("http://"), NULL));
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_DENIED);
}

static void
test_insecure (AccountFixture *f,
               gconstpointer   data)
{
  g_autoptr(GumSignIn) sign_in = gum_sign_in_new (f->accounts, "http://gumroad.example/v2",
                                                  "http://gumroad.example/oauth");

  gum_sign_in_start (sign_in, "id", NULL);
  g_assert_error (gum_sign_in_get_error (sign_in), GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_NETWORK);
  g_assert_error (gum_sign_in_get_cause (sign_in), GUM_ERROR, GUM_ERROR_INSECURE);
  gum_sign_in_start_with_token (sign_in, "token");
  g_assert_error (gum_sign_in_get_cause (sign_in), GUM_ERROR, GUM_ERROR_INSECURE);
}

static void
test_empty (AccountFixture *f,
            gconstpointer   data)
{
  gum_sign_in_start (f->sign_in, "  ", NULL);
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_EMPTY);
  gum_sign_in_start_with_token (f->sign_in, " \"\" ");
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_EMPTY);
  g_assert_cmpuint (f->opened->len, ==, 0);
}

/* A pasted token, with all that people copy along with it; it is never revoked. */
static void
test_token (AccountFixture *f,
            gconstpointer   data)
{
  static const char *const forms[] = { "%s", "  %s\n", "\"%s\"", "Bearer %s", "'bearer %s' ",
                                       "Authorization: Bearer %s", "\342\200\234%s\342\200\235" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto(GStrv) halves = g_strsplit (forms[i], "%s", 2);
      g_autofree char *text = g_strconcat (halves[0], gum_sandbox_get_access_token (f->sandbox),
                                           halves[1], NULL);

      gum_sign_in_start_with_token (f->sign_in, text);
      account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 1);
  g_assert_cmpuint (account_fixture_count (f, "POST", REVOKE_PATH), ==, 0);
  g_assert_false (has_text (f->states, "waiting"));
}

static char *
dup_scope (AccountFixture *f)
{
  char *scope;

  g_object_get (account_fixture_account (f), "scope", &scope, NULL);

  return scope;
}

/* The account knows what a pasted token may do, also after a restart. A server that does not say, or
 * not in time, keeps nobody out. */
static void
test_token_scope (AccountFixture *f,
                  gconstpointer   data)
{
  static const char *const faults[] = {
    "{\"match\":\"GET /oauth/token/info\",\"times\":0,\"kind\":\"status\",\"status\":500}",
    "{\"match\":\"GET /oauth/token/info\",\"times\":0,\"kind\":\"html\"}",
    "{\"match\":\"GET /oauth/token/info\",\"times\":0,\"kind\":\"hang\"}",
  };
  const char *token = gum_sandbox_get_access_token (f->sandbox);
  g_autofree char *known = NULL;
  g_autoptr(GPtrArray) items = NULL;

  gum_sign_in_start_with_token (f->sign_in, token);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  known = dup_scope (f);
  g_assert_nonnull (known);
  g_assert_nonnull (strstr (known, "account"));
  g_assert_cmpuint (account_fixture_count (f, "GET", "/oauth/token/info"), ==, 1);
  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_nonnull (strstr (((GumKeyringItem *) items->pdata[0])->secret, known));

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr(JsonObject) fault = account_fixture_control (f, "fault", faults[i]);
      g_autoptr(JsonObject) clear = NULL;
      g_autofree char *scope = NULL;

      gum_sign_in_set_scope_timeout (f->sign_in, 200);
      gum_sign_in_start_with_token (f->sign_in, token);
      account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
      scope = dup_scope (f);
      g_assert_null (scope);
      clear = account_fixture_control (f, "clear_faults", "{}");
    }
}

/* A token for a Gumroad of one's own is not shown to the other one. */
static void
test_token_scope_whom (AccountFixture *f,
                       gconstpointer   data)
{
  const char *own = "https://shop.example/v2";
  const char *own_oauth = "https://shop.example/oauth";
  const char *api = "https://api.gumroad.com/v2";
  const char *oauth = "https://app.gumroad.com/oauth";

  g_assert_true (gum_sign_in_may_ask_scope (api, oauth));
  g_assert_true (gum_sign_in_may_ask_scope (own, own_oauth));
  g_assert_false (gum_sign_in_may_ask_scope (own, oauth));
  g_assert_false (gum_sign_in_may_ask_scope (api, own_oauth));
  g_assert_false (gum_sign_in_may_ask_scope ("https://notgumroad.com/v2", oauth));
}

static void
test_token_refused (AccountFixture *f,
                    gconstpointer   data)
{
  gum_sign_in_start_with_token (f->sign_in, gum_sandbox_get_client_id (f->sandbox));
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_TOKEN_REFUSED);
  gum_sign_in_start_with_token (f->sign_in, "two words");
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_TOKEN_TYPE);
  gum_sign_in_start_with_token (f->sign_in, "a\r\nX-Evil: b");
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_TOKEN_TYPE);
  g_assert_cmpuint (account_fixture_count (f, "POST", REVOKE_PATH), ==, 0);
  account_fixture_assert_empty (f);
}

/* While the code is being exchanged a mark stands; whoever finds it knows that a sign-in was cut. */
static void
test_marker (AccountFixture *f,
             gconstpointer   data)
{
  g_autofree char *marker = g_build_filename (f->directory, "sign-in-unfinished", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *redirect = NULL;
  g_autoptr(GumAccounts) next = NULL;
  gsize length;

  g_assert_false (gum_accounts_take_unfinished_sign_in (f->accounts));
  account_fixture_start (f);
  redirect = account_fixture_consent (f, TRUE);
  g_assert_true (gum_sign_in_paste_address (f->sign_in, redirect, NULL));
  g_assert_true (g_file_get_contents (marker, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 0);

  /* What the next start would see, had we been killed here. */
  next = gum_accounts_new (f->directory);
  g_assert_true (gum_accounts_take_unfinished_sign_in (next));
  g_assert_false (gum_accounts_take_unfinished_sign_in (next));

  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_false (gum_accounts_take_unfinished_sign_in (f->accounts));
}

/* The search for secrets finds one that is there. */
static void
test_canary_child (AccountFixture *f,
                   gconstpointer   data)
{
  account_fixture_guard (f, "a-secret-that-came-by");
  if (g_strcmp0 (data, "log") == 0)
    {
      g_debug ("seen: a-secret-that-came-by");
    }
  else
    {
      g_autofree char *path = g_build_filename (f->directory, "notes", NULL);

      g_assert_true (g_file_set_contents (path, "a-secret-that-came-by", -1, NULL));
    }
}

static void
test_canary (void)
{
  g_test_trap_subprocess ("/sign-in/canary/log/subprocess", 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*A secret was found in the log*");
  g_test_trap_subprocess ("/sign-in/canary/file/subprocess", 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*A secret was found in*notes*");
}

/* Stands before the C library's: every request of this program for randomness comes by here. */
ssize_t
getrandom (void         *buffer,
           size_t        length,
           unsigned int  flags)
{
  if (random_fails)
    {
      errno = ENOSYS;
      return -1;
    }

  return syscall (SYS_getrandom, buffer, length, flags);
}

static void
test_random (AccountFixture *f,
             gconstpointer   data)
{
  random_fails = TRUE;
  gum_sign_in_start (f->sign_in, gum_sandbox_get_client_id (f->sandbox), NULL);
  random_fails = FALSE;
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_RANDOM);
  g_assert_error (gum_sign_in_get_cause (f->sign_in), G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (f->opened->len, ==, 0);
}

/* In this thread alone: the sandbox and GLib's own threads go on. */
static __thread gboolean sockets_fail;

int
socket (int domain,
        int type,
        int protocol)
{
  if (sockets_fail)
    {
      errno = EMFILE;
      return -1;
    }

  return syscall (SYS_socket, domain, type, protocol);
}

/* No descriptor is left for a port. */
static void
test_listener (AccountFixture *f,
               gconstpointer   data)
{
  sockets_fail = TRUE;
  gum_sign_in_start (f->sign_in, gum_sandbox_get_client_id (f->sandbox), NULL);
  sockets_fail = FALSE;
  account_fixture_assert_error (f, GUM_SIGN_IN_ERROR_LISTENER);
  g_assert_error (gum_sign_in_get_cause (f->sign_in), G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
  g_assert_cmpuint (f->opened->len, ==, 0);

  account_fixture_sign_in (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function, data) \
  g_test_add ("/sign-in/" path, AccountFixture, data, account_fixture_set_up, function, \
              account_fixture_tear_down)
  ADD ("success", test_success, NULL);
  ADD ("fresh", test_fresh, NULL);
  ADD ("secret-given", test_secret_given, NULL);
  ADD ("again", test_again, NULL);
  ADD ("wrong-secret", test_wrong_secret, NULL);
  ADD ("shown-in-browser", test_shown_in_browser, NULL);
  ADD ("narrow-scope", test_narrow_scope, NULL);
  ADD ("denied", test_denied, NULL);
  ADD ("error-codes", test_error_codes, NULL);
  ADD ("strangers", test_strangers, NULL);
  ADD ("twice", test_twice, NULL);
  ADD ("other-issuer", test_other_issuer, NULL);
  ADD ("right-issuer", test_right_issuer, NULL);
  ADD ("tls", test_tls, NULL);
  ADD ("timeout", test_timeout, NULL);
  ADD ("newest-wins", test_newest_wins, NULL);
  ADD ("open-again", test_open_again, NULL);
  ADD ("paste", test_paste, NULL);
  ADD ("paste-denied", test_paste_denied, NULL);
  ADD ("insecure", test_insecure, NULL);
  ADD ("empty", test_empty, NULL);
  ADD ("token", test_token, NULL);
  ADD ("token-scope", test_token_scope, NULL);
  ADD ("token-scope-whom", test_token_scope_whom, NULL);
  ADD ("token-refused", test_token_refused, NULL);
  ADD ("marker", test_marker, NULL);
  ADD ("canary/log/subprocess", test_canary_child, "log");
  ADD ("canary/file/subprocess", test_canary_child, "file");
  g_test_add_func ("/sign-in/canary", test_canary);
  ADD ("random", test_random, NULL);
  ADD ("listener", test_listener, NULL);
#undef ADD

  return g_test_run ();
}
