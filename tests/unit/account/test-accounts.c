/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is signed in: across restarts, with every keyring, through refreshes, and out again. */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "account-fixture.h"
#include "fake-keyring.h"
#include "gum-accounts-private.h"
#include "gum-error.h"
#include "gum-keyring.h"

#define TOKEN_PATH "/oauth/token"
#define REVOKE_PATH "/oauth/revoke"

static guint
mode_bits (const char *path)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);

  return buffer.st_mode & 0777;
}

static void
test_restart (AccountFixture *f,
              gconstpointer   data)
{
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *before = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  id = g_strdup (gum_account_get_id (account));
  name = g_strdup (gum_account_get_name (account));
  before = account_fixture_dup_token (account);
  account_fixture_guard (f, before);
  account_fixture_restart (f);

  /* Known at once, but for the token. */
  account = account_fixture_only (f->accounts);
  g_assert_cmpstr (gum_account_get_id (account), ==, id);
  g_assert_cmpstr (gum_account_get_name (account), ==, name);
  g_assert_nonnull (gum_account_get_email (account));
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_UNKNOWN);
  g_assert_null (account_fixture_dup_token (account));

  g_assert_true (account_fixture_load (f->accounts, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
  after = account_fixture_dup_token (account);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (account_fixture_refresh_user (account, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (mode_bits (file), ==, 0600);
  g_assert_cmpuint (mode_bits (f->directory), ==, 0700);
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, id));
}

/* The same seller at the same server is the same account, however he signs in. */
static void
test_same_seller (AccountFixture *f,
                  gconstpointer   data)
{
  g_autofree char *id = NULL;
  g_autoptr(GPtrArray) items = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  id = g_strdup (gum_account_get_id (account));
  account_fixture_sign_in (f);
  g_assert_true (account_fixture_account (f) == account);
  g_assert_true (account_fixture_only (f->accounts) == account);

  /* The token that was replaced is given back. */
  wait_until (account_fixture_count (f, "POST", REVOKE_PATH) == 1);
  g_assert_true (account_fixture_refresh_user (account, NULL));

  gum_sign_in_start_with_token (f->sign_in, gum_sandbox_get_access_token (f->sandbox));
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_true (account_fixture_only (f->accounts) == account);
  g_assert_cmpstr (gum_account_get_id (account), ==, id);
  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 1);
}

static void
test_two_sellers (AccountFixture *f,
                  gconstpointer   data)
{
  g_autoptr(JsonObject) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  account_fixture_sign_in (f);
  first = g_strdup (gum_account_get_id (account_fixture_account (f)));
  other = account_fixture_control (f, "set_account",
                                   "{\"id\":\"777\",\"display_name\":\"Other [Shop]\\n=x\"}");
  account_fixture_sign_in (f);
  second = g_strdup (gum_account_get_id (account_fixture_account (f)));
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 2);

  account_fixture_restart (f);
  g_assert_true (account_fixture_load (f->accounts, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gum_account_get_state (gum_accounts_find (f->accounts, first)), ==,
                   GUM_ACCOUNT_SIGNED_IN);
  g_assert_cmpint (gum_account_get_state (gum_accounts_find (f->accounts, second)), ==,
                   GUM_ACCOUNT_SIGNED_IN);
  g_assert_cmpstr (gum_account_get_name (gum_accounts_find (f->accounts, second)), ==,
                   "Other [Shop]\n=x");

  g_assert_cmpint (account_fixture_sign_out (f->accounts, gum_accounts_find (f->accounts, first), &error), ==,
                   GUM_SIGN_OUT_REVOKED);
  g_assert_no_error (error);
  g_assert_cmpstr (gum_account_get_id (account_fixture_only (f->accounts)), ==, second);
  g_assert_true (account_fixture_refresh_user (account_fixture_only (f->accounts), &error));
  g_assert_no_error (error);
}

static void
test_damaged_file (AccountFixture *f,
                   gconstpointer   data)
{
  static const char *const contents[] = {
    "garbage", "[", "\0\0\0", "[0123456789abcdef]\nname=x\n",
    "[0123456789abcdef]\napi=http://evil.example/v2\noauth=https://x.example\n",
    "[../../etc]\napi=https://api.gumroad.com/v2\noauth=https://app.gumroad.com/oauth\n",
    "[0123456789abcdef]\napi=https://a:b@api.gumroad.com/v2\noauth=https://app.gumroad.com/oauth\n",
  };
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr(GumAccounts) accounts = NULL;

      g_assert_true (g_file_set_contents (file, contents[i], i == 2 ? 3 : -1, NULL));
      accounts = gum_accounts_new (f->directory);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (accounts)), ==, 0);
      /* What cannot be read is kept under another name. */
      g_assert_cmpint (g_file_test (file, G_FILE_TEST_EXISTS), ==, i > 2);
    }
}

/* The list was lost, the keyring was not. */
static void
test_adopt (AccountFixture *f,
            gconstpointer   data)
{
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autofree char *id = NULL;
  g_autoptr(GError) error = NULL;

  account_fixture_sign_in (f);
  id = g_strdup (gum_account_get_id (account_fixture_account (f)));
  account_fixture_restart (f);
  g_unlink (file);
  account_fixture_restart (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);

  /* Of another server it is not ours to use. */
  g_assert_true (account_fixture_load (f->accounts, FALSE, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);

  g_setenv ("GUMROAD_API_BASE_URL", gum_sandbox_get_api_url (f->sandbox), TRUE);
  g_setenv ("GUMROAD_OAUTH_BASE_URL", gum_sandbox_get_oauth_url (f->sandbox), TRUE);
  g_assert_true (account_fixture_load (f->accounts, FALSE, &error));
  g_unsetenv ("GUMROAD_API_BASE_URL");
  g_unsetenv ("GUMROAD_OAUTH_BASE_URL");
  g_assert_cmpstr (gum_account_get_id (account_fixture_only (f->accounts)), ==, id);
  g_assert_true (account_fixture_refresh_user (account_fixture_only (f->accounts), &error));
  g_assert_no_error (error);
  g_assert_nonnull (gum_account_get_name (account_fixture_only (f->accounts)));
}

static void
test_sample (AccountFixture *f,
             gconstpointer   data)
{
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autoptr(GumAccount) sample = NULL;
  g_autoptr(GumAccount) again = NULL;
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GError) error = NULL;

  sample = gum_accounts_add_sample (f->accounts, "Sample Store",
                                    gum_sandbox_get_api_url (f->sandbox),
                                    gum_sandbox_get_access_token (f->sandbox));
  g_assert_true (gum_account_is_sample (sample));
  g_assert_false (gum_account_is_session_only (sample));
  g_assert_cmpstr (gum_account_get_name (sample), ==, "Sample Store");
  g_assert_true (account_fixture_load (f->accounts, FALSE, &error));
  g_assert_cmpint (gum_account_get_state (sample), ==, GUM_ACCOUNT_SIGNED_IN);
  g_assert_true (account_fixture_refresh_user (sample, &error));
  g_assert_no_error (error);
  again = gum_accounts_add_sample (f->accounts, "Sample Store",
                                   gum_sandbox_get_api_url (f->sandbox),
                                   gum_sandbox_get_access_token (f->sandbox));
  g_assert_true (account_fixture_only (f->accounts) == again);

  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 0);
  g_assert_cmpint (account_fixture_sign_out (f->accounts, again, &error), ==, GUM_SIGN_OUT_FORGOTTEN);
  g_assert_no_error (error);
  g_assert_cmpuint (account_fixture_count (f, "POST", REVOKE_PATH), ==, 0);
  account_fixture_restart (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    {
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
      g_assert_null (strstr (contents, "ample"));
    }
}

static void
test_sign_out (AccountFixture *f,
               gconstpointer   data)
{
  g_autofree char *token = NULL;
  g_autofree char *form = NULL;
  g_autofree char *revoked = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GumAccount) account = NULL;
  g_autoptr(GError) error = NULL;

  account_fixture_sign_in (f);
  account = g_object_ref (account_fixture_account (f));
  token = account_fixture_dup_token (account);
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account, &error), ==, GUM_SIGN_OUT_REVOKED);
  g_assert_no_error (error);
  form = account_fixture_body (f, REVOKE_PATH, 0);
  revoked = form_value (form, "token");
  id = form_value (form, "client_id");
  g_assert_cmpstr (revoked, ==, token);
  g_assert_cmpstr (id, ==, gum_sandbox_get_client_id (f->sandbox));
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_OUT);
  g_assert_null (account_fixture_dup_token (account));
  account_fixture_assert_empty (f);
  g_assert_false (account_fixture_refresh_user (account, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);

  account_fixture_restart (f);
  account_fixture_assert_empty (f);
}

static void
test_sign_out_pasted (AccountFixture *f,
                      gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  gum_sign_in_start_with_token (f->sign_in, gum_sandbox_get_access_token (f->sandbox));
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  account_fixture_restart (f);
  g_assert_true (account_fixture_load (f->accounts, FALSE, NULL));
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account_fixture_only (f->accounts), &error), ==,
                   GUM_SIGN_OUT_FORGOTTEN);
  g_assert_no_error (error);
  g_assert_cmpuint (account_fixture_count (f, "POST", REVOKE_PATH), ==, 0);
  account_fixture_assert_empty (f);
}

static void
test_sign_out_unheard (AccountFixture *f,
                       gconstpointer   data)
{
  g_autoptr(JsonObject) fault = NULL;
  g_autoptr(GError) error = NULL;

  account_fixture_sign_in (f);
  fault = account_fixture_control (f, "fault", "{\"match\":\"POST /oauth/revoke\",\"times\":0,"
                                   "\"kind\":\"status\",\"status\":503,"
                                   "\"headers\":{\"Retry-After\":\"60\"}}");
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account_fixture_account (f), &error), ==,
                   GUM_SIGN_OUT_NOT_REVOKED);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_SERVER);
  account_fixture_assert_empty (f);
}

/* A revocation that did not get through is tried again; what was answered stays as it was. */
static void
test_sign_out_later (AccountFixture *f,
                     gconstpointer   data)
{
  GumRevocations *revocations = gum_accounts_get_revocations (f->accounts);
  g_autoptr(JsonObject) fault = NULL;
  g_autoptr(JsonObject) other_fault = NULL;
  g_autoptr(GError) error = NULL;

  gum_revocations_set_wait (50);
  account_fixture_sign_in (f);
  fault = account_fixture_control (f, "fault", "{\"match\":\"POST /oauth/revoke\",\"times\":2,"
                                   "\"kind\":\"status\",\"status\":503}");
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account_fixture_account (f), &error), ==,
                   GUM_SIGN_OUT_NOT_REVOKED);
  g_assert_error (error, GUM_ERROR, GUM_ERROR_SERVER);
  account_fixture_assert_empty (f);
  g_assert_cmpuint (gum_revocations_get_n (revocations), ==, 1);
  wait_until (gum_revocations_get_n (revocations) == 0);
  g_assert_cmpuint (account_fixture_count (f, "POST", "/oauth/revoke"), ==, 3);

  /* It is not tried for ever; and a server that answers no is not asked again. */
  gum_revocations_set_wait (1);
  account_fixture_sign_in (f);
  other_fault = account_fixture_control (f, "fault", "{\"match\":\"POST /oauth/revoke\","
                                         "\"times\":0,\"kind\":\"status\",\"status\":503}");
  account_fixture_sign_out (f->accounts, account_fixture_account (f), NULL);
  wait_until (gum_revocations_get_n (revocations) == 0);
  g_assert_cmpuint (account_fixture_count (f, "POST", "/oauth/revoke"), ==, 3 + 1 + 4);
  gum_revocations_set_wait (0);
}

/* A token that is in use again is left alone; and what is pending ends with the program. */
static void
test_sign_out_dropped (AccountFixture *f,
                       gconstpointer   data)
{
  g_autoptr(GumRevocations) revocations = gum_revocations_new ();
  g_autoptr(GumCredentials) credentials = gum_credentials_new ();
  g_autoptr(GumOAuth) oauth = gum_oauth_new (gum_sandbox_get_oauth_url (f->sandbox), NULL);
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Away");
  g_autoptr(GError) refusal = g_error_new_literal (GUM_ERROR, GUM_ERROR_FORBIDDEN, "No");

  credentials->access_token = g_strdup ("one");
  credentials->client_id = g_strdup ("id");
  gum_revocations_add (revocations, oauth, credentials, refusal);
  g_assert_cmpuint (gum_revocations_get_n (revocations), ==, 0);
  gum_revocations_add (revocations, oauth, credentials, error);
  gum_revocations_drop (revocations, "another");
  g_assert_cmpuint (gum_revocations_get_n (revocations), ==, 1);
  gum_revocations_drop (revocations, "one");
  g_assert_cmpuint (gum_revocations_get_n (revocations), ==, 0);
  gum_revocations_add (revocations, oauth, credentials, error);
}

static void
test_sign_out_offline (AccountFixture *f,
                       gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  account_fixture_sign_in (f);
  gum_sandbox_stop (f->sandbox);
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account_fixture_account (f), &error), ==,
                   GUM_SIGN_OUT_NOT_REVOKED);
  g_assert_nonnull (error);
  account_fixture_assert_empty (f);
}

/* The token travels in one header, and nowhere else (RFC 6750, 2.1). */
static void
test_header_only (AccountFixture *f,
                  gconstpointer   data)
{
  g_autofree char *token = NULL;
  g_autoptr(JsonObject) owner = NULL;
  JsonArray *requests;
  guint n_api = 0;

  account_fixture_sign_in (f);
  token = account_fixture_dup_token (account_fixture_account (f));
  g_assert_true (account_fixture_refresh_user (account_fixture_account (f), NULL));
  owner = account_fixture_control (f, "requests", "{}");
  requests = json_object_get_array_member (owner, "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      const char *path = json_object_get_string_member (request, "path");
      const char *query = json_object_get_string_member_with_default (request, "query", NULL);
      const char *body = json_object_get_string_member_with_default (request, "body", NULL);

      g_assert_null (query);
      g_assert_true (body == NULL || strstr (body, token) == NULL);
      g_assert_null (strstr (path, token));
      if (g_str_has_prefix (path, "/v2/"))
        {
          n_api++;
          g_assert_true (json_object_get_boolean_member (request, "has_authorization"));
        }
    }
  g_assert_cmpuint (n_api, ==, 2);
}

/* Signing in when no keyring takes the token. */
static void
test_session_only (AccountFixture *f,
                   gconstpointer   data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  account = account_fixture_account (f);
  g_assert_true (gum_account_is_session_only (account));
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);
  g_assert_true (account_fixture_refresh_user (account, &error));
  g_assert_no_error (error);

  gum_accounts_keep_async (f->accounts, account, NULL, account_test_take_result, &result);
  wait_until (result != NULL);
  g_assert_false (gum_accounts_keep_finish (f->accounts, result, &error));
  g_assert_true (error->domain == GUM_KEYRING_ERROR);
  g_assert_true (gum_account_is_session_only (account));
  g_clear_error (&error);

  /* A load does not take it away. */
  account_fixture_load (f->accounts, FALSE, NULL);
  g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_SIGNED_IN);

  /* It holds what is to be written. */
  g_clear_object (&result);
  account_fixture_restart (f);
  if (account_fixture_mode_is ("first-run"))
    {
      g_assert_true (account_fixture_load (f->accounts, FALSE, &error));
      g_assert_cmpint (gum_account_get_state (account_fixture_only (f->accounts)), ==,
                       GUM_ACCOUNT_SIGNED_OUT);
    }
  else
    {
      g_assert_false (account_fixture_load (f->accounts, FALSE, &error));
      g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE);
      g_assert_cmpint (gum_account_get_state (account_fixture_only (f->accounts)), ==, GUM_ACCOUNT_LOCKED);
    }
}

static void
test_session_only_out (AccountFixture *f,
                       gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  account_fixture_sign_in (f);
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account_fixture_account (f), &error), ==,
                   GUM_SIGN_OUT_REVOKED);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);
}

static void
test_mute (AccountFixture *f,
           gconstpointer   data)
{
  g_autoptr(GDBusConnection) mute = fake_keyring_play_mute ();

  gum_keyring_set_patience (200);
  test_session_only (f, data);
  gum_keyring_set_patience (0);
}

static void
test_duplicates (AccountFixture *f,
                 gconstpointer   data)
{
  g_autoptr(GumCredentials) credentials = NULL;
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *token = NULL;
  GumAccount *account;
  gint64 second;

  account_fixture_sign_in (f);
  items = account_fixture_keyring (f);
  credentials = gum_credentials_from_secret (((GumKeyringItem *) items->pdata[0])->secret, &user_id);
  g_free (credentials->access_token);
  credentials->access_token = g_strdup (gum_sandbox_get_access_token (f->sandbox));
  newer = gum_credentials_to_secret (credentials, user_id);
  second = g_get_real_time () / G_USEC_PER_SEC;
  wait_until (g_get_real_time () / G_USEC_PER_SEC > second + 1);
  fake_keyring_add_item (gum_account_get_id (account_fixture_account (f)), newer);

  account_fixture_restart (f);
  g_assert_true (account_fixture_load (f->accounts, FALSE, NULL));
  account = account_fixture_only (f->accounts);
  token = account_fixture_dup_token (account);
  g_assert_cmpstr (token, ==, gum_sandbox_get_access_token (f->sandbox));

  /* The older one goes when the newer has worked, not before. */
  g_clear_pointer (&items, g_ptr_array_unref);
  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_true (account_fixture_refresh_user (account, NULL));
  g_clear_pointer (&items, g_ptr_array_unref);
  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_nonnull (strstr (((GumKeyringItem *) items->pdata[0])->secret, token));
}

/* The last of its program: nobody can unlock it again. */
static void
test_locked (AccountFixture *f,
             gconstpointer   data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autofree char *contents = NULL;
  GumAccount *account;

  account_fixture_sign_in (f);
  id = g_strdup (gum_account_get_id (account_fixture_account (f)));
  fake_keyring_lock ();
  account_fixture_restart (f);

  for (guint unlock = 0; unlock < 2; unlock++)
    {
      g_assert_false (account_fixture_load (f->accounts, unlock, &error));
      g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED);
      g_clear_error (&error);
      account = account_fixture_only (f->accounts);
      g_assert_cmpint (gum_account_get_state (account), ==, GUM_ACCOUNT_LOCKED);
    }

  /* It cannot be forgotten either, and that is said; the next start tries again. */
  g_assert_cmpint (account_fixture_sign_out (f->accounts, account, &error), ==, GUM_SIGN_OUT_NOT_CLEARED);
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);
  account_fixture_restart (f);
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "[Forgotten]"));
  account_fixture_load (f->accounts, FALSE, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);
}

static void
test_forgotten (AccountFixture *f,
                gconstpointer   data)
{
  g_autofree char *file = g_build_filename (f->directory, "accounts.ini", NULL);
  g_autofree char *contents = NULL;
  g_autoptr(GPtrArray) items = NULL;

  account_fixture_sign_in (f);
  contents = g_strdup_printf ("[Forgotten]\nids=%s;\n",
                              gum_account_get_id (account_fixture_account (f)));
  account_fixture_restart (f);
  g_assert_true (g_file_set_contents (file, contents, -1, NULL));
  account_fixture_restart (f);
  g_assert_true (account_fixture_load (f->accounts, FALSE, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->accounts)), ==, 0);
  items = account_fixture_keyring (f);
  g_assert_cmpuint (items->len, ==, 0);
  account_fixture_restart (f);
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_null (strstr (contents, "Forgotten"));
}

/* Killed on the way: either a whole item or none, and the next start knows. */
static void
on_state_kill (GumSignIn  *sign_in,
               GParamSpec *pspec,
               gpointer    user_data)
{
  if (gum_sign_in_get_state (sign_in) == GUM_SIGN_IN_STORING)
    *(gboolean *) user_data = TRUE;
}

static void
test_killed_child (void)
{
  g_autoptr(GumAccounts) accounts = gum_accounts_new (g_getenv ("GUM_TEST_ACCOUNTS"));
  g_autoptr(GumSignIn) sign_in = NULL;
  guint turns = atoi (g_getenv ("GUM_TEST_TURNS"));
  gboolean storing = FALSE;

  sign_in = gum_sign_in_new (accounts, g_getenv ("GUM_TEST_API"), g_getenv ("GUM_TEST_OAUTH"));
  g_signal_connect (sign_in, "notify::state", G_CALLBACK (on_state_kill), &storing);
  gum_sign_in_start (sign_in, g_getenv ("GUM_TEST_CLIENT"), NULL);
  /* The sandbox consents by itself; the redirect is followed by hand. */
  {
    const char *url = gum_sign_in_get_authorize_url (sign_in);
    const char *rest = strstr (url, "://127.0.0.1:") + strlen ("://127.0.0.1:");
    char *target;
    guint16 port = (guint16) g_ascii_strtoull (rest, &target, 10);
    g_autofree char *answer = account_test_get (port, target, "Connection: close\r\n");
    g_autofree char *location = account_test_location (answer);

    g_assert_true (gum_sign_in_paste_address (sign_in, location, NULL));
  }
  wait_until (storing);
  for (guint i = 0; i < turns; i++)
    g_main_context_iteration (NULL, FALSE);
  kill (getpid (), SIGKILL);
}

static void
on_child_exited (GPid     pid,
                 int      status,
                 gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  g_spawn_close_pid (pid);
}

static void
test_killed (AccountFixture *f,
             gconstpointer   data)
{
  static const char *const turns[] = { "0", "1", "3", "10", "50", "500" };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr(GumAccounts) next = NULL;
      g_autoptr(GPtrArray) items = NULL;
      g_autoptr(JsonObject) consent = NULL;
      g_autoptr(GError) error = NULL;
      g_auto(GStrv) environment = g_get_environ ();
      char *argv[] = { (char *) "/proc/self/exe", (char *) "-p", (char *) "/accounts/killed-child",
                       NULL };
      g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
      gboolean exited = FALSE;
      GPid pid;

      argv[0] = self;
      consent = account_fixture_control (f, "auto_consent", "{\"mode\":\"allow\"}");
      environment = g_environ_setenv (environment, "GUM_TEST_ACCOUNTS", f->directory, TRUE);
      environment = g_environ_setenv (environment, "GUM_TEST_TURNS", turns[i], TRUE);
      environment = g_environ_setenv (environment, "GUM_TEST_API",
                                      gum_sandbox_get_api_url (f->sandbox), TRUE);
      environment = g_environ_setenv (environment, "GUM_TEST_OAUTH",
                                      gum_sandbox_get_oauth_url (f->sandbox), TRUE);
      environment = g_environ_setenv (environment, "GUM_TEST_CLIENT",
                                      gum_sandbox_get_client_id (f->sandbox), TRUE);
      environment = g_environ_setenv (environment, "GUM_TEST_CHILD", "1", TRUE);
      g_assert_true (g_spawn_async (NULL, argv, environment,
                                    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                                    NULL, &pid, &error));
      g_assert_no_error (error);
      g_child_watch_add (pid, on_child_exited, &exited);
      wait_until (exited);

      items = account_fixture_keyring (f);
      g_assert_cmpuint (items->len, <=, 1);
      if (items->len == 1)
        {
          GumKeyringItem *item = items->pdata[0];
          g_autoptr(GumCredentials) whole = gum_credentials_from_secret (item->secret, NULL);

          g_assert_nonnull (whole);
          g_assert_nonnull (whole->refresh_token);
        }
      next = gum_accounts_new (f->directory);
      if (items->len == 0)
        g_assert_true (gum_accounts_take_unfinished_sign_in (next));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/accounts/" path, AccountFixture, NULL, account_fixture_set_up, function, \
              account_fixture_tear_down)
  if (g_getenv ("GUM_TEST_CHILD") != NULL)
    {
      g_test_add_func ("/accounts/killed-child", test_killed_child);
    }
  else if (account_fixture_mode_is ("mute"))
    {
      ADD ("mute", test_mute);
    }
  else if (account_fixture_mode_is ("unlocked") || account_fixture_mode_is ("file"))
    {
      ADD ("restart", test_restart);
      ADD ("header-only", test_header_only);
      ADD ("same-seller", test_same_seller);
      ADD ("two-sellers", test_two_sellers);
      ADD ("damaged-file", test_damaged_file);
      ADD ("adopt", test_adopt);
      ADD ("sample", test_sample);
      ADD ("sign-out", test_sign_out);
      ADD ("sign-out-pasted", test_sign_out_pasted);
      ADD ("sign-out-unheard", test_sign_out_unheard);
      ADD ("sign-out-later", test_sign_out_later);
      ADD ("sign-out-dropped", test_sign_out_dropped);
      ADD ("sign-out-offline", test_sign_out_offline);
      ADD ("forgotten", test_forgotten);
      if (account_fixture_mode_is ("unlocked"))
        {
          ADD ("duplicates", test_duplicates);
          ADD ("killed", test_killed);
          ADD ("locked", test_locked);
        }
    }
  else
    {
      ADD ("session-only", test_session_only);
      ADD ("session-only-out", test_session_only_out);
    }
#undef ADD

  return g_test_run ();
}
