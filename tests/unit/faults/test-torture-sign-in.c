/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, once for each call to the system that it makes, and each time that one fails. Whatever it is, the
 * sign-in ends: signed in, or with an error that has a name; nothing is half there, and the next one works. */

#include "config.h"

#include "gum-keyring.h"
#include "gum-sign-in.h"
#include "gum-test.h"
#include "peer.h"
#include "torture.h"

/* Enough to meet every kind of call at every stage; more is only slower. */
#define MOST_RUNS 160

static const char *sandbox_program;

static gboolean
has_ended (gpointer data)
{
  return gum_sign_in_get_state (data) >= GUM_SIGN_IN_DONE;
}

static gboolean
is_not_waiting (gpointer data)
{
  return gum_sign_in_get_state (data) != GUM_SIGN_IN_WAITING;
}

static gboolean
keyring_is_idle (gpointer data)
{
  return gum_keyring_is_idle ();
}

/* Returns: whether it succeeded; how many calls there were goes to @n_calls. */
static gboolean
sign_in_once (Peer  *peer,
              guint  fail_at,
              guint *n_calls)
{
  char *directory = gum_test_make_dir ();
  g_autofree char *folder = g_build_filename (directory, "accounts", NULL);
  g_autofree char *marker = g_build_filename (folder, "sign-in-unfinished", NULL);
  GumAccounts *accounts;
  GumSignIn *sign_in;
  gboolean success;

  torture_arm (fail_at);
  accounts = gum_accounts_new (folder);
  sign_in = gum_sign_in_new (accounts, peer_get (peer, "api"), peer_get (peer, "oauth"));
  gum_sign_in_start (sign_in, peer_get (peer, "client_id"), NULL);
  if (gum_sign_in_get_state (sign_in) == GUM_SIGN_IN_WAITING)
    {
      g_autofree char *redirect = peer_consent (peer, gum_sign_in_get_authorize_url (sign_in));
      g_autofree char *page = peer_visit (redirect);

      /* A browser whose connection was lost says so, and the person reloads the page. */
      if (gum_sign_in_get_state (sign_in) == GUM_SIGN_IN_WAITING && *page == '\0')
        {
          g_autofree char *again = peer_visit (redirect);

          g_assert_cmpstr (again, !=, "");
        }
      gum_test_wait_until (is_not_waiting, sign_in);
    }
  gum_test_wait_until (has_ended, sign_in);
  gum_test_wait_until (keyring_is_idle, NULL);
  *n_calls = torture_disarm ();

  success = gum_sign_in_get_state (sign_in) == GUM_SIGN_IN_DONE;
  if (success)
    {
      g_autofree char *token = NULL;

      g_assert_null (gum_sign_in_get_error (sign_in));
      token = gum_authorizer_dup_access_token (GUM_AUTHORIZER (gum_sign_in_get_account (sign_in)));
      g_assert_nonnull (token);
    }
  else
    {
      g_assert_true (gum_sign_in_get_error (sign_in)->domain == GUM_SIGN_IN_ERROR);
      g_assert_null (gum_sign_in_get_account (sign_in));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (accounts)), ==, 0);
    }
  g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));

  g_assert_finalize_object (sign_in);
  gum_test_settle ();
  g_object_unref (accounts);
  gum_test_settle ();
  gum_test_remove_dir (directory);

  return success;
}

static void
test_sign_in (void)
{
  Peer *peer = peer_new (sandbox_program, "1");
  guint n_success = 0;
  guint n_failure = 0;
  guint n_all;
  guint stride;

  /* The first one loads what the process loads once. */
  g_assert_true (sign_in_once (peer, 0, &n_all));
  g_assert_true (sign_in_once (peer, 0, &n_all));
  g_assert_cmpuint (n_all, >, 20);
  stride = 1 + n_all / MOST_RUNS;

  for (guint i = 1; i <= n_all; i += stride)
    {
      gint64 start = g_get_monotonic_time ();
      guint n_calls;

      if (sign_in_once (peer, i, &n_calls))
        n_success++;
      else
        n_failure++;
      g_test_message ("call %u of %u, %s: %" G_GINT64_FORMAT " ms", i, n_all,
                      torture_get_name () != NULL ? torture_get_name () : "not reached",
                      (g_get_monotonic_time () - start) / 1000);
      /* and the next one is none the wiser */
      if (i % (10 * stride) == 1)
        g_assert_true (sign_in_once (peer, 0, &n_calls));
    }
  g_test_message ("%u calls, every %u. of them: %u times signed in all the same, %u times an error",
                  n_all, stride, n_success, n_failure);
  g_assert_cmpuint (n_success, >, 0);
  g_assert_cmpuint (n_failure, >, 0);
  peer_free (peer);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* That a file could not be written is worth a warning; criticals are bugs. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_assert_cmpint (argc, ==, 2);
  sandbox_program = argv[1];

  g_test_add_func ("/torture/sign-in", test_sign_in);

  return g_test_run ();
}
