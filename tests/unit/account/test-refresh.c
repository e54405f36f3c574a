/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A token that is refused: who asks for another, how often, and what ends the connection. */

#include "config.h"

#include "account-fixture.h"
#include "gum-error.h"
#include "gum-keyring.h"

#define TOKEN_PATH "/oauth/token"

static void
set_fault (AccountFixture *f,
           const char     *fault)
{
  g_autoptr(JsonObject) cleared = account_fixture_control (f, "clear_faults", "{}");
  g_autoptr(JsonObject) set = account_fixture_control (f, "fault", fault);

  g_assert_true (json_object_get_boolean_member (set, "ok"));
}

static void
refuse_user (AccountFixture *f,
             guint           times)
{
  g_autofree char *fault = NULL;
  g_autoptr(JsonObject) set = NULL;

  fault = g_strdup_printf ("{\"match\":\"GET /v2/user\",\"times\":%u,\"kind\":\"status\","
                           "\"status\":401,\"body\":\"\"}", times);
  set = account_fixture_control (f, "fault", fault);
}

/* Twenty requests meet a 401 at the same time: one refresh, and all of them go through. */
static void
test_refresh_once (AccountFixture *f,
                   gconstpointer   data)
{
  enum { N = 20 };
  GAsyncResult *results[N] = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  before = account_fixture_dup_token (account);
  account_fixture_guard (f, before);
  for (guint i = 0; i < N; i++)
    gum_authorizer_refresh_async (GUM_AUTHORIZER (account), before, NULL,
                                  account_test_take_result, &results[i]);
  for (guint i = 0; i < N; i++)
    {
      wait_until (results[i] != NULL);
      g_assert_true (gum_authorizer_refresh_finish (GUM_AUTHORIZER (account), results[i], &error));
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 2);
  after = account_fixture_dup_token (account);
  account_fixture_guard (f, after);
  g_assert_cmpstr (after, !=, before);
  g_assert_true (account_fixture_refresh_user (account, &error));
  g_assert_no_error (error);

  /* Somebody who still held the old one is only told to look again. */
  results[0] = NULL;
  gum_authorizer_refresh_async (GUM_AUTHORIZER (account), before, NULL, account_test_take_result,
                                &results[0]);
  wait_until (results[0] != NULL);
  g_assert_true (gum_authorizer_refresh_finish (GUM_AUTHORIZER (account), results[0], NULL));
  g_object_unref (results[0]);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 2);

  /* The new pair is what the next start finds. */
  account_fixture_restart (f);
  g_assert_true (account_fixture_load (f->accounts, FALSE, NULL));
  kept = account_fixture_dup_token (account_fixture_only (f->accounts));
  g_assert_cmpstr (kept, ==, after);
}

/* The whole way, through the client. */
static void
test_refresh_client (AccountFixture *f,
                     gconstpointer   data)
{
  enum { N = 20 };
  GAsyncResult *results[N] = { NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  before = account_fixture_dup_token (account);
  refuse_user (f, 1);
  for (guint i = 0; i < N; i++)
    gum_account_refresh_user_async (account, NULL, account_test_take_result, &results[i]);
  for (guint i = 0; i < N; i++)
    {
      wait_until (results[i] != NULL);
      g_assert_true (gum_account_refresh_user_finish (account, results[i], &error));
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 2);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
  after = account_fixture_dup_token (account);
  g_assert_cmpstr (after, !=, before);
}

static void
test_revoked_elsewhere (AccountFixture *f,
                        gconstpointer   data)
{
  g_autoptr(JsonObject) revoked = NULL;
  g_autoptr(GError) error = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  revoked = account_fixture_control (f, "revoke_all", "{}");
  g_assert_false (account_fixture_refresh_user (account, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_REJECTED);
  g_assert_null (account_fixture_dup_token (account));

  /* Signing in again makes it the same account, and whole. */
  account_fixture_sign_in (f);
  g_assert_true (account_fixture_account (f) == account);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
}

static void
test_pasted_revoked (AccountFixture *f,
                     gconstpointer   data)
{
  g_autoptr(JsonObject) revoked = NULL;
  g_autoptr(GError) error = NULL;

  gum_sign_in_start_with_token (f->sign_in, gum_sandbox_get_access_token (f->sandbox));
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  revoked = account_fixture_control (f, "revoke_all", "{}");
  g_assert_false (account_fixture_refresh_user (account_fixture_account (f), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
  g_assert_cmpint (gum_account_get_state (account_fixture_account (f)), ==, GUM_ACCOUNT_REJECTED);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 0);
}

/* Whatever is not a clear no keeps the token for later. */
static void
test_refresh_trouble (AccountFixture *f,
                      gconstpointer   data)
{
  static const char *const faults[] = {
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"status\",\"status\":500}",
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"status\",\"status\":503}",
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"status\",\"status\":429}",
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"html\"}",
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"empty\"}",
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"deep\"}",
    "{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"reset_before\"}",
  };
  g_autofree char *before = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  before = account_fixture_dup_token (account);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *after = NULL;
      g_autoptr(GError) error = NULL;

      set_fault (f, faults[i]);
      refuse_user (f, 0);
      g_assert_false (account_fixture_refresh_user (account, &error));
      g_assert_nonnull (error);
      g_assert_false (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED));
      g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
      after = account_fixture_dup_token (account);
      g_assert_cmpstr (after, ==, before);
    }

  set_fault (f, "{\"match\":\"GET /none\",\"kind\":\"empty\"}");
  g_assert_true (account_fixture_refresh_user (account, NULL));
}

static void
test_refresh_refused (AccountFixture *f,
                      gconstpointer   data)
{
  static const char *const codes[] = { "invalid_grant", "invalid_client" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *fault = NULL;
      g_autoptr(GError) error = NULL;

      set_fault (f, "{\"match\":\"GET /none\",\"kind\":\"empty\"}");
      account_fixture_sign_in (f);
      fault = g_strdup_printf ("{\"match\":\"POST /oauth/token\",\"times\":0,\"kind\":\"status\","
                               "\"status\":400,\"content_type\":\"application/json\","
                               "\"body\":\"{\\\"error\\\":\\\"%s\\\"}\"}", codes[i]);
      set_fault (f, fault);
      refuse_user (f, 0);
      g_assert_false (account_fixture_refresh_user (account_fixture_account (f), &error));
      g_assert_error (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED);
      g_assert_cmpint (gum_account_get_state (account_fixture_account (f)), ==,
                       GUM_ACCOUNT_REJECTED);
    }
}

/* A 403 is about one right, not about the connection. */
static void
test_forbidden (AccountFixture *f,
                gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  account_fixture_sign_in (f);
  set_fault (f, "{\"match\":\"GET /v2/user\",\"times\":0,\"kind\":\"status\",\"status\":403,"
             "\"body\":\"\"}");
  g_assert_false (account_fixture_refresh_user (account_fixture_account (f), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_assert_cmpint (gum_account_get_state (account_fixture_account (f)), ==, GUM_ACCOUNT_SIGNED_IN);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 1);
}

/* The list of accounts is written by a thread. */
static gboolean
is_written (AccountFixture *f,
            GumAccount     *account)
{
  g_autofree char *path = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, gum_account_get_id (account)) != NULL;
}

/* Somebody else has refreshed, and the keyring knows: no second refresh. */
static void
test_refreshed_elsewhere (AccountFixture *f,
                          gconstpointer   data)
{
  g_autoptr(GumAccounts) other = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *before = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  before = account_fixture_dup_token (account);
  wait_until (is_written (f, account));
  other = gum_accounts_new (f->directory);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (other)) == 1);
  g_assert_true (account_fixture_load (other, FALSE, NULL));
  gum_authorizer_refresh_async (GUM_AUTHORIZER (account_fixture_only (other)), before, NULL,
                                account_test_take_result, &result);
  wait_until (result != NULL);
  theirs = account_fixture_dup_token (account_fixture_only (other));
  g_assert_cmpstr (theirs, !=, before);

  g_assert_true (account_fixture_refresh_user (account, NULL));
  ours = account_fixture_dup_token (account);
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_cmpuint (account_fixture_count (f, "POST", TOKEN_PATH), ==, 2);
}

/* A refresh that ends after the sign-out began must not leave a token behind. */
static void
test_sign_out_refreshing (AccountFixture *f,
                          gconstpointer   data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *before = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  before = account_fixture_dup_token (account);
  gum_authorizer_refresh_async (GUM_AUTHORIZER (account), before, NULL, account_test_take_result,
                                &result);
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account, NULL), ==, GUM_SIGN_OUT_REVOKED);
  wait_until (result != NULL);
  wait_until (gum_keyring_is_idle ());
  account_fixture_assert_empty (f);
}

/* The same seller signs in again while the old token is being renewed: the new sign-in stands, in memory and in the
 * keyring, whatever becomes of the renewal. */
static void
test_signed_in_meanwhile (AccountFixture *f,
                          gconstpointer   data)
{
  static const char * const outcomes[] = {
    "{\"match\":\"POST /oauth/token\",\"kind\":\"latency\",\"ms\":5000}",
    "{\"match\":\"POST /oauth/token\",\"kind\":\"status\",\"status\":400,\"ms\":5000,"
    "\"content_type\":\"application/json\",\"body\":\"{\\\"error\\\":\\\"invalid_grant\\\"}\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autofree char *before = NULL;
      g_autofree char *newer = NULL;
      g_autofree char *kept = NULL;
      guint n_asked;
      GumAccount *account;

      account_fixture_sign_in (f);
      account = account_fixture_account (f);
      before = account_fixture_dup_token (account);
      account_fixture_guard (f, before);
      n_asked = account_fixture_count (f, "POST", TOKEN_PATH);
      set_fault (f, outcomes[i]);
      gum_authorizer_refresh_async (GUM_AUTHORIZER (account), before, NULL, account_test_take_result,
                                    &result);
      wait_until (account_fixture_count (f, "POST", TOKEN_PATH) > n_asked);
      account_fixture_sign_in (f);
      newer = account_fixture_dup_token (account);
      account_fixture_guard (f, newer);
      g_assert_cmpstr (newer, !=, before);
      g_assert_null (result);

      wait_until (result != NULL);
      g_assert_true (gum_authorizer_refresh_finish (GUM_AUTHORIZER (account), result, NULL));
      g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
      g_assert_true (account_fixture_refresh_user (account, NULL));
      account_fixture_restart (f);
      g_assert_true (account_fixture_load (f->accounts, FALSE, NULL));
      kept = account_fixture_dup_token (account_fixture_only (f->accounts));
      g_assert_cmpstr (kept, ==, newer);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/refresh/" path, AccountFixture, NULL, account_fixture_set_up, function, \
              account_fixture_tear_down)
  ADD ("sign-out-refreshing", test_sign_out_refreshing);
  ADD ("signed-in-meanwhile", test_signed_in_meanwhile);
  ADD ("once", test_refresh_once);
  ADD ("client", test_refresh_client);
  ADD ("trouble", test_refresh_trouble);
  ADD ("refused", test_refresh_refused);
  ADD ("done-elsewhere", test_refreshed_elsewhere);
  ADD ("revoked-elsewhere", test_revoked_elsewhere);
  ADD ("pasted-revoked", test_pasted_revoked);
  ADD ("forbidden", test_forbidden);
#undef ADD

  return g_test_run ();
}
