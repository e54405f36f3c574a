/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyring in the states that machines are in; with-keyring.sh brings each of them about. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "account-test.h"
#include "fake-keyring.h"
#include "gum-keyring.h"

#define ACCOUNT "0123456789abcdef"

static GPtrArray *
search (const char  *account,
        gboolean     unlock,
        GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_keyring_search_async (account, unlock, NULL, account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_keyring_search_finish (result, error);
}

static gboolean
store (const char  *account,
       const char  *secret,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_keyring_store_async (account, "Gumroad account Jane", secret, NULL,
                           account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_keyring_store_finish (result, error);
}

static gboolean
clear (const char  *account,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_keyring_clear_async (account, NULL, account_test_take_result, &result);
  wait_until (result != NULL);

  return gum_keyring_clear_finish (result, error);
}

static void
assert_found (const char *account,
              guint       n,
              const char *newest)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = search (account, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, n);
  if (n > 0)
    {
      GumKeyringItem *item = items->pdata[0];

      g_assert_false (item->locked);
      g_assert_cmpstr (item->secret, ==, newest);
      g_assert_cmpstr (item->account, ==, ACCOUNT);
    }
}

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;

  assert_found (ACCOUNT, 0, NULL);
  assert_found (NULL, 0, NULL);

  g_assert_true (store (ACCOUNT, "one", &error));
  g_assert_no_error (error);
  assert_found (ACCOUNT, 1, "one");
  assert_found (NULL, 1, "one");
  assert_found ("fedcba9876543210", 0, NULL);

  g_assert_true (store (ACCOUNT, "two", &error));
  g_assert_no_error (error);
  assert_found (ACCOUNT, 1, "two");

  g_assert_true (clear (ACCOUNT, &error));
  g_assert_no_error (error);
  assert_found (ACCOUNT, 0, NULL);
  g_assert_true (clear (ACCOUNT, &error));
  g_assert_no_error (error);
}

/* Wherever it is cancelled, the keyring is as it was before. */
static void
test_cancel_store (void)
{
  for (guint turns = 0; turns < 60; turns++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      const char *before = turns % 2 == 0 ? NULL : "before";

      clear (ACCOUNT, NULL);
      if (before != NULL)
        g_assert_true (store (ACCOUNT, before, NULL));

      gum_keyring_store_async (ACCOUNT, "label", "after", cancellable, account_test_take_result,
                               &result);
      for (guint i = 0; i < turns / 2 && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      wait_until (result != NULL);
      wait_until (gum_keyring_is_idle ());

      if (gum_keyring_store_finish (result, &error))
        {
          assert_found (ACCOUNT, 1, "after");
        }
      else
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          assert_found (ACCOUNT, before != NULL, before);
        }
    }

  clear (ACCOUNT, NULL);
}

static void
test_cancel_search (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_keyring_search_async (ACCOUNT, FALSE, cancellable, account_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_null (gum_keyring_search_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_duplicates (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 second;

  g_assert_true (store (ACCOUNT, "old", &error));
  g_assert_no_error (error);
  /* The service counts whole seconds. */
  second = g_get_real_time () / G_USEC_PER_SEC;
  wait_until (g_get_real_time () / G_USEC_PER_SEC > second + 1);
  fake_keyring_add_item (ACCOUNT, "newer");
  assert_found (ACCOUNT, 2, "newer");

  gum_keyring_prune_async (ACCOUNT, NULL, account_test_take_result, &result);
  wait_until (result != NULL);
  g_assert_true (gum_keyring_prune_finish (result, &error));
  g_assert_no_error (error);
  assert_found (ACCOUNT, 1, "newer");

  fake_keyring_add_item (ACCOUNT, "another");
  g_assert_true (clear (ACCOUNT, &error));
  g_assert_no_error (error);
  assert_found (ACCOUNT, 0, NULL);
}

/* Locked, and nobody there to unlock: found, but not known; nothing overwritten, nothing cleared. */
static void
test_locked (void)
{
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GError) error = NULL;
  GumKeyringItem *item;

  g_assert_true (store (ACCOUNT, "locked away", &error));
  g_assert_no_error (error);
  fake_keyring_lock ();

  items = search (ACCOUNT, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  item = items->pdata[0];
  g_assert_true (item->locked);
  g_assert_null (item->secret);

  again = search (ACCOUNT, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_true (((GumKeyringItem *) again->pdata[0])->locked);

  g_assert_false (store (ACCOUNT, "overwritten", &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED);
  g_clear_error (&error);

  g_assert_false (clear (ACCOUNT, &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED);
  g_clear_error (&error);

  g_assert_false (store ("fedcba9876543210", "another", &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_LOCKED);
}

/* Nothing has ever been stored, so nothing is surely there; but a first item needs a keyring, and
 * that a password, for which nobody can be asked. */
static void
test_first_run (void)
{
  g_autoptr(GError) error = NULL;

  assert_found (ACCOUNT, 0, NULL);
  g_assert_false (store (ACCOUNT, "secret", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == GUM_KEYRING_ERROR);
}

static void
test_unavailable (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (search (ACCOUNT, FALSE, &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_null (search (ACCOUNT, TRUE, &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_false (store (ACCOUNT, "canary", &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE);
  g_assert_null (strstr (error->message, "canary"));
  g_clear_error (&error);
  g_assert_false (clear (ACCOUNT, &error));
  g_assert_error (error, GUM_KEYRING_ERROR, GUM_KEYRING_ERROR_UNAVAILABLE);
}

static void
test_mute (void)
{
  g_autoptr(GDBusConnection) mute = fake_keyring_play_mute ();

  gum_keyring_set_patience (200);
  test_unavailable ();
  test_cancel_search ();
  gum_keyring_set_patience (0);
}

static void
write_bytes (const char *path,
             const char *bytes,
             gsize       length)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
}

/* A keyring file cut at any length, or full of something else, is set aside, a sound one stays. */
static void
test_file_check (void)
{
  const char *path = g_getenv ("SECRET_FILE_TEST_PATH");
  g_autofree char *copy = g_strconcat (path, ".copy", NULL);
  g_autofree char *sound = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  g_assert_true (store (ACCOUNT, "kept", &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &sound, &length, NULL));

  write_bytes (copy, sound, length);
  g_assert_false (gum_keyring_check_file (copy));
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));

  for (gsize cut = 0; cut < length; cut++)
    {
      write_bytes (copy, sound, cut);
      g_assert_true (gum_keyring_check_file (copy));
      g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
    }

  write_bytes (copy, "garbage", 7);
  g_assert_true (gum_keyring_check_file (copy));
  g_assert_false (gum_keyring_check_file (copy));
}

/* The same, with libsecret behind it: it must not abort. Each in a process of its own, because
 * libsecret reads the file once. */
static void
test_file_damaged_child (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sound = NULL;
  g_autofree char *path = g_strconcat (g_getenv ("SECRET_FILE_TEST_PATH"), ".cut", NULL);
  g_autofree char *model = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_getenv ("SECRET_FILE_TEST_PATH"), &sound, &length, NULL));
  write_bytes (path, sound, MIN (length, 40));
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);

  assert_found (ACCOUNT, 0, NULL);
  g_assert_true (store (ACCOUNT, "new", &error));
  g_assert_no_error (error);
  assert_found (ACCOUNT, 1, "new");
}

static void
test_file_damaged (void)
{
  g_assert_true (store (ACCOUNT, "kept", NULL));
  g_test_trap_subprocess ("/keyring/file-damaged/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Another secret from the portal: libsecret says "nothing", and so do we. */
static void
test_file_other_child (void)
{
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "b", TRUE);
  assert_found (ACCOUNT, 0, NULL);
}

static void
test_file_other (void)
{
  g_assert_true (store (ACCOUNT, "kept", NULL));
  g_test_trap_subprocess ("/keyring/file-other/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  const char *mode = g_getenv ("GUM_TEST_KEYRING");

  g_test_init (&argc, &argv, NULL);

  if (g_strcmp0 (mode, "unlocked") == 0)
    {
      g_test_add_func ("/keyring/round-trip", test_round_trip);
      g_test_add_func ("/keyring/cancel-search", test_cancel_search);
      g_test_add_func ("/keyring/cancel-store", test_cancel_store);
      g_test_add_func ("/keyring/duplicates", test_duplicates);
      g_test_add_func ("/keyring/locked", test_locked);
    }
  else if (g_strcmp0 (mode, "file") == 0)
    {
      g_test_add_func ("/keyring/round-trip", test_round_trip);
      g_test_add_func ("/keyring/cancel-search", test_cancel_search);
      g_test_add_func ("/keyring/cancel-store", test_cancel_store);
      g_test_add_func ("/keyring/file-check", test_file_check);
      g_test_add_func ("/keyring/file-damaged", test_file_damaged);
      g_test_add_func ("/keyring/file-damaged/subprocess", test_file_damaged_child);
      g_test_add_func ("/keyring/file-other", test_file_other);
      g_test_add_func ("/keyring/file-other/subprocess", test_file_other_child);
    }
  else if (g_strcmp0 (mode, "first-run") == 0)
    {
      g_test_add_func ("/keyring/first-run", test_first_run);
    }
  else if (g_strcmp0 (mode, "mute") == 0)
    {
      g_test_add_func ("/keyring/mute", test_mute);
    }
  else
    {
      g_test_add_func ("/keyring/unavailable", test_unavailable);
    }

  return g_test_run ();
}
