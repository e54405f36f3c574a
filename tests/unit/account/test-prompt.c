/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A keyring that prompts, and a person who takes time: nothing is given up meanwhile, nothing else
 * waits for it, and one prompt is enough. */

#include "config.h"

#include "account-fixture.h"
#include "gum-keyring.h"
#include "prompting-keyring.h"

/* Of the keyring, where nobody is asked: more than a busy machine takes. */
#define PATIENCE_MS 500

static PromptingKeyring *keyring;

static void
set_up (AccountFixture *f,
        gconstpointer   data)
{
  account_fixture_set_up (f, data);
  prompting_keyring_lock (keyring);
  gum_keyring_set_patience (PATIENCE_MS);
}

static void
tear_down (AccountFixture *f,
           gconstpointer   data)
{
  if (prompting_keyring_is_asking (keyring))
    prompting_keyring_answer (keyring, TRUE);
  account_fixture_tear_down (f, data);
  gum_keyring_set_patience (0);
}

/* A watchdog that was set when the prompt came up would have bitten in this time. */
static void
outlast_the_watchdog (void)
{
  account_test_spin (3 * PATIENCE_MS);
}

/* The prompt comes with the browser, is answered last, and the token is in the keyring. */
static void
test_parallel (AccountFixture *f,
               gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  guint before = prompting_keyring_n_prompts (keyring);

  account_fixture_start (f);
  g_assert_cmpuint (f->opened->len, ==, 1);
  wait_until (prompting_keyring_is_asking (keyring));
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_WAITING);

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_STORING);
  outlast_the_watchdog ();
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_STORING);

  prompting_keyring_answer (keyring, TRUE);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_false (gum_account_is_session_only (account_fixture_account (f)));
  g_assert_true (prompting_keyring_has_item (keyring));
  g_assert_cmpuint (prompting_keyring_n_prompts (keyring), ==, before + 1);

  g_assert_cmpint (account_fixture_sign_out (f->accounts, account_fixture_account (f), NULL), ==,
                   GUM_SIGN_OUT_REVOKED);
  g_assert_false (prompting_keyring_has_item (keyring));
}

/* Answered first: storing needs no prompt of its own. */
static void
test_beforehand (AccountFixture *f,
                 gconstpointer   data)
{
  g_autofree char *redirect = NULL;
  guint before = prompting_keyring_n_prompts (keyring);

  account_fixture_start (f);
  wait_until (prompting_keyring_is_asking (keyring));
  prompting_keyring_answer (keyring, TRUE);

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_false (gum_account_is_session_only (account_fixture_account (f)));
  g_assert_cmpuint (prompting_keyring_n_prompts (keyring), ==, before + 1);
  account_fixture_sign_out (f->accounts, account_fixture_account (f), NULL);
}

/* Declined, it does not fail the sign-in: storing asks once more, and then it is for this session. */
static void
test_declined (AccountFixture *f,
               gconstpointer   data)
{
  g_autofree char *redirect = NULL;

  account_fixture_start (f);
  wait_until (prompting_keyring_is_asking (keyring));
  prompting_keyring_answer (keyring, FALSE);

  redirect = account_fixture_consent (f, TRUE);
  account_fixture_browse (f, redirect);
  wait_until (prompting_keyring_is_asking (keyring));
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_STORING);
  prompting_keyring_answer (keyring, FALSE);

  account_fixture_wait_for (f, GUM_SIGN_IN_DONE);
  g_assert_true (gum_account_is_session_only (account_fixture_account (f)));
  g_assert_false (prompting_keyring_has_item (keyring));
}

/* Who cancels the sign-in has no use for the prompt either. */
static void
test_cancelled (AccountFixture *f,
                gconstpointer   data)
{
  account_fixture_start (f);
  wait_until (prompting_keyring_is_asking (keyring));
  gum_sign_in_cancel (f->sign_in);
  wait_until (!prompting_keyring_is_asking (keyring));
  g_assert_true (prompting_keyring_is_locked (keyring));
  g_assert_cmpint (gum_sign_in_get_state (f->sign_in), ==, GUM_SIGN_IN_IDLE);
}

/* A keyring that is unlocked is not asked. */
static void
test_unneeded (AccountFixture *f,
               gconstpointer   data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint before;

  gum_keyring_unlock_async (NULL, account_test_take_result, &result);
  wait_until (prompting_keyring_is_asking (keyring));
  prompting_keyring_answer (keyring, TRUE);
  wait_until (result != NULL);
  g_assert_true (gum_keyring_unlock_finish (result, &error));
  g_assert_no_error (error);

  before = prompting_keyring_n_prompts (keyring);
  account_fixture_sign_in (f);
  g_assert_cmpuint (prompting_keyring_n_prompts (keyring), ==, before);
  account_fixture_sign_out (f->accounts, account_fixture_account (f), NULL);
}

/* The same of a store, and of a search that may unlock. */
static void
test_no_deadline (AccountFixture *f,
                  gconstpointer   data)
{
  g_autoptr(GAsyncResult) stored = NULL;
  g_autoptr(GAsyncResult) found = NULL;
  g_autoptr(GAsyncResult) cleared = NULL;
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GError) error = NULL;

  gum_keyring_store_async ("0123456789abcdef", "Jane", "one", NULL, account_test_take_result,
                           &stored);
  wait_until (prompting_keyring_is_asking (keyring));
  outlast_the_watchdog ();
  g_assert_null (stored);
  prompting_keyring_answer (keyring, TRUE);
  wait_until (stored != NULL);
  g_assert_true (gum_keyring_store_finish (stored, &error));
  g_assert_no_error (error);

  prompting_keyring_lock (keyring);
  gum_keyring_search_async ("0123456789abcdef", TRUE, NULL, account_test_take_result, &found);
  wait_until (prompting_keyring_is_asking (keyring));
  outlast_the_watchdog ();
  g_assert_null (found);
  prompting_keyring_answer (keyring, TRUE);
  wait_until (found != NULL);
  items = gum_keyring_search_finish (found, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (((GumKeyringItem *) items->pdata[0])->secret, ==, "one");

  gum_keyring_clear_async ("0123456789abcdef", NULL, account_test_take_result, &cleared);
  wait_until (cleared != NULL);
  g_assert_true (gum_keyring_clear_finish (cleared, NULL));
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  keyring = prompting_keyring_new ();

#define ADD(name, function) \
  g_test_add ("/prompt/" name, AccountFixture, NULL, set_up, function, tear_down)
  ADD ("parallel", test_parallel);
  ADD ("beforehand", test_beforehand);
  ADD ("declined", test_declined);
  ADD ("cancelled", test_cancelled);
  ADD ("unneeded", test_unneeded);
  ADD ("no-deadline", test_no_deadline);
#undef ADD

  status = g_test_run ();
  prompting_keyring_free (keyring);

  return status;
}
