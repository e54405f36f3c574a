/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sandbox as authorization server, the test as browser, and an eye on everything that is written:
 * at the end of each test neither the log nor any file may hold a secret that came by. */

#include "config.h"

#include "account-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "gum-keyring.h"

static AccountFixture *current;

static void
note (const char *text,
      gssize      length)
{
  static GMutex lock;

  g_mutex_lock (&lock);
  if (current != NULL)
    {
      g_string_append_len (current->log, text, length < 0 ? (gssize) strlen (text) : length);
      g_string_append_c (current->log, '\n');
    }
  g_mutex_unlock (&lock);
}

/* Every level, whether anybody would see it or not. What is fatal is still shown. */
static void
on_log (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  note (message, -1);
  if ((level & G_LOG_FLAG_FATAL) != 0)
    g_log_default_handler (domain, level, message, user_data);
}

static GLogWriterOutput
on_structured_log (GLogLevelFlags   level,
                   const GLogField *fields,
                   gsize            n_fields,
                   gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        note (fields[i].value, fields[i].length);
    }
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return g_log_writer_standard_streams (level, fields, n_fields, NULL);

  return G_LOG_WRITER_HANDLED;
}

static void
on_open_uri (GumSignIn      *sign_in,
             const char     *uri,
             AccountFixture *self)
{
  g_ptr_array_add (self->opened, g_strdup (uri));
}

static void
on_state (AccountFixture *self)
{
  GEnumClass *states = g_type_class_ref (GUM_TYPE_SIGN_IN_STATE);
  GEnumValue *value = g_enum_get_value (states, gum_sign_in_get_state (self->sign_in));

  g_ptr_array_add (self->states, g_strdup (value->value_nick));
  g_type_class_unref (states);
}

void
account_fixture_set_up (AccountFixture *self,
                        gconstpointer   data)
{
  static gboolean writer_set;
  GumSandboxOptions options = { .n_products = 3, .seed = 7 };
  g_autofree char *temporary = NULL;
  g_autoptr(GError) error = NULL;

  self->log = g_string_new (NULL);
  self->opened = g_ptr_array_new_with_free_func (g_free);
  self->states = g_ptr_array_new_with_free_func (g_free);
  self->canaries = g_ptr_array_new_with_free_func (g_free);
  current = self;
  if (!writer_set)
    g_log_set_writer_func (on_structured_log, NULL, NULL);
  writer_set = TRUE;
  g_log_set_default_handler (on_log, NULL);

  self->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);

  temporary = g_dir_make_tmp ("gum-account-XXXXXX", &error);
  g_assert_no_error (error);
  self->directory = g_build_filename (temporary, "accounts", NULL);
  self->accounts = gum_accounts_new (self->directory);
  self->sign_in = gum_sign_in_new (self->accounts, gum_sandbox_get_api_url (self->sandbox),
                                   gum_sandbox_get_oauth_url (self->sandbox));
  g_signal_connect (self->sign_in, "open-uri", G_CALLBACK (on_open_uri), self);
  g_signal_connect_swapped (self->sign_in, "notify::state", G_CALLBACK (on_state), self);
  account_fixture_guard (self, gum_sandbox_get_client_secret (self->sandbox));
  account_fixture_guard (self, gum_sandbox_get_access_token (self->sandbox));
}

static void
assert_clean (AccountFixture *self,
              const char     *where,
              const char     *text,
              gsize           length)
{
  for (guint i = 0; i < self->canaries->len; i++)
    {
      const char *canary = g_ptr_array_index (self->canaries, i);

      if (memmem (text, length, canary, strlen (canary)) != NULL)
        g_error ("A secret was found in %s", where);
    }
}

static void
remove_folder (AccountFixture *self,
               const char     *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          remove_folder (self, child);
          continue;
        }
      if (g_file_get_contents (child, &contents, &length, NULL))
        assert_clean (self, child, contents, length);
      g_unlink (child);
    }
  g_rmdir (path);
}

/* Everything below the home that with-keyring.sh made, the encrypted keyring files included. */
static void
search_folder (AccountFixture *self,
               const char     *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        search_folder (self, child);
      else if (g_file_test (child, G_FILE_TEST_IS_REGULAR) &&
               g_file_get_contents (child, &contents, &length, NULL))
        assert_clean (self, child, contents, length);
    }
}

static void
forget_all (AccountFixture *self)
{
  g_autoptr(GPtrArray) items = NULL;

  if (g_getenv ("GUM_TEST_KEYRING") == NULL || !g_str_equal (g_getenv ("GUM_TEST_KEYRING"), "file"))
    if (g_strcmp0 (g_getenv ("GUM_TEST_KEYRING"), "unlocked") != 0)
      return;

  items = account_fixture_keyring (self);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      GumKeyringItem *item = g_ptr_array_index (items, i);

      if (item->locked)
        continue;
      gum_keyring_clear_async (item->account, NULL, account_test_take_result, &result);
      wait_until (result != NULL);
      gum_keyring_clear_finish (result, NULL);
    }
}

void
account_fixture_tear_down (AccountFixture *self,
                           gconstpointer   data)
{
  g_autofree char *parent = g_path_get_dirname (self->directory);

  gum_sign_in_cancel (self->sign_in);
  wait_until (gum_keyring_is_idle ());
  forget_all (self);
  g_signal_handlers_disconnect_by_data (self->sign_in, self);
  /* What was cancelled holds it until it has come home. */
  wait_until (G_OBJECT (self->sign_in)->ref_count == 1);
  g_assert_finalize_object (self->sign_in);
  g_object_unref (self->accounts);
  gum_sandbox_stop (self->sandbox);
  g_object_unref (self->sandbox);
  account_test_spin (10);

  current = NULL;
  assert_clean (self, "the log", self->log->str, self->log->len);
  if (g_getenv ("GUM_TEST_KEYRING") != NULL)
    search_folder (self, g_get_home_dir ());
  remove_folder (self, parent);

  g_string_free (self->log, TRUE);
  g_ptr_array_unref (self->opened);
  g_ptr_array_unref (self->states);
  g_ptr_array_unref (self->canaries);
  g_free (self->directory);
}

JsonObject *
account_fixture_control (AccountFixture *self,
                         const char     *verb,
                         const char     *arguments)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *result = NULL;

  gum_sandbox_control (self->sandbox, verb, arguments, &result);
  node = json_from_string (result, NULL);
  g_assert_nonnull (node);

  return json_object_ref (json_node_get_object (node));
}

static JsonArray *
list_requests (AccountFixture *self,
               JsonObject    **owner)
{
  *owner = account_fixture_control (self, "requests", "{}");

  return json_object_get_array_member (*owner, "requests");
}

/* How often something was asked of the sandbox. */
guint
account_fixture_count (AccountFixture *self,
                       const char     *method,
                       const char     *path)
{
  g_autoptr(JsonObject) owner = NULL;
  JsonArray *requests = list_requests (self, &owner);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (g_str_equal (json_object_get_string_member (request, "method"), method) &&
          g_str_equal (json_object_get_string_member (request, "path"), path))
        n++;
    }

  return n;
}

/* The body of the request number @position to @path, or NULL. */
char *
account_fixture_body (AccountFixture *self,
                      const char     *path,
                      guint           position)
{
  g_autoptr(JsonObject) owner = NULL;
  JsonArray *requests = list_requests (self, &owner);

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (g_str_equal (json_object_get_string_member (request, "path"), path) && position-- == 0)
        return g_strdup (json_object_get_string_member_with_default (request, "body", ""));
    }

  return NULL;
}

void
account_fixture_guard (AccountFixture *self,
                       const char     *canary)
{
  if (canary != NULL && *canary != '\0')
    g_ptr_array_add (self->canaries, g_strdup (canary));
}

void
account_fixture_start (AccountFixture *self)
{
  gum_sign_in_start (self->sign_in, gum_sandbox_get_client_id (self->sandbox), NULL);
  g_assert_cmpint (gum_sign_in_get_state (self->sign_in), ==, GUM_SIGN_IN_WAITING);
}

/* A decoded value out of a query or a form. */
char *
form_value (const char *form,
            const char *name)
{
  g_autoptr(GHashTable) table = g_uri_parse_params (form, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return table != NULL ? g_strdup (g_hash_table_lookup (table, name)) : NULL;
}

/* What the person presses on the consent page; the address that the browser is then sent to. */
char *
account_fixture_consent (AccountFixture *self,
                         gboolean        allow)
{
  g_autofree char *arguments = NULL;
  g_autoptr(JsonObject) result = NULL;
  g_autofree char *code = NULL;
  g_autofree char *state = NULL;
  char *redirect;

  arguments = g_strdup_printf ("{\"url\":\"%s\",\"deny\":%s}",
                               gum_sign_in_get_authorize_url (self->sign_in),
                               allow ? "false" : "true");
  result = account_fixture_control (self, "authorize", arguments);
  if (!json_object_has_member (result, "redirect"))
    return NULL;

  redirect = g_strdup (json_object_get_string_member (result, "redirect"));
  code = form_value (strchr (redirect, '?') + 1, "code");
  state = form_value (strchr (redirect, '?') + 1, "state");
  account_fixture_guard (self, code);
  account_fixture_guard (self, state);

  return redirect;
}

guint16
account_fixture_port (AccountFixture *self)
{
  const char *url = gum_sign_in_get_authorize_url (self->sign_in);
  g_autofree char *redirect_uri = form_value (strchr (url, '?') + 1, "redirect_uri");

  g_assert_true (g_str_has_prefix (redirect_uri, "http://127.0.0.1:"));

  return (guint16) g_ascii_strtoull (redirect_uri + strlen ("http://127.0.0.1:"), NULL, 10);
}

/* Follows an address to the listener, and on to the final page. */
void
account_fixture_browse (AccountFixture *self,
                        const char     *address)
{
  const char *host = strstr (address, "://127.0.0.1:");
  g_autofree char *answer = NULL;
  g_autofree char *location = NULL;
  g_autofree char *page = NULL;
  guint16 port;
  char *target;

  g_assert_nonnull (host);
  port = (guint16) g_ascii_strtoull (host + strlen ("://127.0.0.1:"), &target, 10);
  answer = account_test_get (port, target, NULL);
  location = account_test_location (answer);
  if (location != NULL)
    page = account_test_get (port, location, NULL);
}

void
account_fixture_sign_in (AccountFixture *self)
{
  g_autofree char *redirect = NULL;

  account_fixture_start (self);
  redirect = account_fixture_consent (self, TRUE);
  account_fixture_browse (self, redirect);
  wait_until (gum_sign_in_get_state (self->sign_in) >= GUM_SIGN_IN_DONE);
  g_assert_null (gum_sign_in_get_error (self->sign_in));
}

GumAccount *
account_fixture_account (AccountFixture *self)
{
  GumAccount *account = gum_sign_in_get_account (self->sign_in);

  g_assert_nonnull (account);

  return account;
}

void
account_fixture_wait_for (AccountFixture *self,
                          GumSignInState  state)
{
  wait_until (gum_sign_in_get_state (self->sign_in) == state);
}

void
account_fixture_assert_error (AccountFixture *self,
                              GumSignInError  code)
{
  const GError *cause = gum_sign_in_get_cause (self->sign_in);

  account_fixture_wait_for (self, GUM_SIGN_IN_FAILED);
  g_assert_error (gum_sign_in_get_error (self->sign_in), GUM_SIGN_IN_ERROR, (int) code);
  assert_clean (self, "an error", gum_sign_in_get_error (self->sign_in)->message,
                strlen (gum_sign_in_get_error (self->sign_in)->message));
  if (cause != NULL)
    assert_clean (self, "a cause", cause->message, strlen (cause->message));
}

/* Whatever the keyring holds for this program; NULL when it cannot be known. */
GPtrArray *
account_fixture_keyring (AccountFixture *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  wait_until (gum_keyring_is_idle ());
  gum_keyring_search_async (NULL, FALSE, NULL, account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_keyring_search_finish (result, NULL);
}

/* Nobody is signed in, and nothing of it was kept. */
void
account_fixture_assert_empty (AccountFixture *self)
{
  g_autoptr(GPtrArray) items = account_fixture_keyring (self);
  g_autofree char *marker = g_build_filename (self->directory, "sign-in-unfinished", NULL);

  if (items != NULL)
    g_assert_cmpuint (items->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->accounts)), ==, 0);
  g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));
}

gboolean
account_fixture_mode_is (const char *mode)
{
  return g_strcmp0 (g_getenv ("GUM_TEST_KEYRING"), mode) == 0;
}

gboolean
account_fixture_load (GumAccounts  *accounts,
                      gboolean      unlock,
                      GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_accounts_load_async (accounts, unlock, NULL, account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_accounts_load_finish (accounts, result, error);
}

GumSignOutResult
account_fixture_sign_out (GumAccounts  *accounts,
                          GumAccount   *account,
                          GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_accounts_sign_out_async (accounts, account, NULL, account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_accounts_sign_out_finish (accounts, result, error);
}

gboolean
account_fixture_refresh_user (GumAccount  *account,
                              GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_account_refresh_user_async (account, NULL, account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_account_refresh_user_finish (account, result, error);
}

char *
account_fixture_dup_token (GumAccount *account)
{
  return gum_authorizer_dup_access_token (GUM_AUTHORIZER (account));
}

/* The program starts anew: nothing but the disk and the keyring is left. */
void
account_fixture_restart (AccountFixture *f)
{
  gpointer former = f->accounts;

  /* Only then all of it is written. */
  g_object_add_weak_pointer (former, &former);
  g_object_unref (f->accounts);
  g_signal_handlers_disconnect_by_data (f->sign_in, f);
  g_object_unref (f->sign_in);
  wait_until (former == NULL);
  f->accounts = gum_accounts_new (f->directory);
  f->sign_in = gum_sign_in_new (f->accounts, gum_sandbox_get_api_url (f->sandbox),
                                gum_sandbox_get_oauth_url (f->sandbox));
}

GumAccount *
account_fixture_only (GumAccounts *accounts)
{
  g_autoptr(GumAccount) account = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (accounts)), ==, 1);
  account = g_list_model_get_item (G_LIST_MODEL (accounts), 0);

  return account;
}
