/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a ledger and reading the products into it, once for each call to the system that this makes, and each
 * time that one fails: it works, or it says why not, and the ledger stays whole. */

#include "config.h"

#include "dummy-authorizer.h"
#include "gum-client-private.h"
#include "gum-http.h"
#include "gum-store.h"
#include "gum-test.h"
#include "peer.h"
#include "torture.h"

#define N_PRODUCTS 25
#define MOST_RUNS 80

static const char *sandbox_program;

typedef struct {
  Peer            *peer;
  DummyAuthorizer *authorizer;
  GumClient       *client;
  guint            n_success;
  guint            n_failure;
} Torture;

/* Opens, reads everything, closes. Returns: how many products there are then, or -1 for an error. */
static int
sync_once (Torture    *torture,
           const char *directory,
           int        *n_before,
           gboolean   *rebuilt)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumStore) store = NULL;
  int n_products = -1;

  store = gum_store_new (directory, "0123456789abcdef", torture->client, &error);
  if (store == NULL)
    {
      g_assert_nonnull (error);
      return -1;
    }
  if (n_before != NULL)
    *n_before = gum_store_get_n_products (store);
  if (rebuilt != NULL)
    *rebuilt = gum_store_was_rebuilt (store);

  gum_store_sync_async (store, NULL, gum_test_result_cb, &result);
  if (gum_store_sync_finish (store, gum_test_wait_result (&result), &error))
    n_products = gum_store_get_n_products (store);
  else
    g_assert_nonnull (error);
  g_assert_false (gum_store_get_syncing (store));
  gum_store_close (store);
  gum_test_settle ();

  return n_products;
}

static void
torture_once (Torture    *torture,
              const char *directory,
              gboolean    was_full,
              guint       fail_at)
{
  int n_before;
  gboolean rebuilt;
  int n_products;

  torture_arm (fail_at);
  n_products = sync_once (torture, directory, NULL, NULL);
  torture_disarm ();
  g_assert_true (n_products == -1 || n_products == N_PRODUCTS);
  if (n_products == -1)
    torture->n_failure++;
  else
    torture->n_success++;

  /* What was there is still there, and nothing was taken for damaged. */
  g_assert_cmpint (sync_once (torture, directory, &n_before, &rebuilt), ==, N_PRODUCTS);
  g_assert_false (rebuilt);
  if (was_full || n_products != -1)
    g_assert_cmpint (n_before, ==, N_PRODUCTS);
}

static guint
count_calls (Torture    *torture,
             const char *directory)
{
  torture_arm (0);
  g_assert_cmpint (sync_once (torture, directory, NULL, NULL), ==, N_PRODUCTS);

  return torture_disarm ();
}

static void
run (gboolean full)
{
  Torture torture = { .peer = peer_new (sandbox_program, G_STRINGIFY (N_PRODUCTS)) };
  g_autoptr(GError) error = NULL;
  char *first = gum_test_make_dir ();
  guint n_all;
  guint stride;

  torture.authorizer = dummy_authorizer_new (peer_get (torture.peer, "access_token"));
  torture.client = gum_client_new (peer_get (torture.peer, "api"),
                                   GUM_AUTHORIZER (torture.authorizer), &error);
  g_assert_no_error (error);
  _gum_client_set_time_scale (torture.client, 0.001);

  n_all = count_calls (&torture, first);
  if (full)
    n_all = count_calls (&torture, first);
  g_assert_cmpuint (n_all, >, 20);
  stride = 1 + n_all / MOST_RUNS;

  for (guint i = 1; i <= n_all; i += stride)
    {
      char *directory = full ? NULL : gum_test_make_dir ();
      gint64 start = g_get_monotonic_time ();

      torture_once (&torture, full ? first : directory, full, i);
      g_test_message ("call %u of %u, %s: %" G_GINT64_FORMAT " ms", i, n_all,
                      torture_get_name () != NULL ? torture_get_name () : "not reached",
                      (g_get_monotonic_time () - start) / 1000);
      if (directory != NULL)
        gum_test_remove_dir (directory);
    }
  g_test_message ("%u calls, every %u. of them: %u times read all the same, %u times an error",
                  n_all, stride, torture.n_success, torture.n_failure);
  g_assert_cmpuint (torture.n_success, >, 0);
  g_assert_cmpuint (torture.n_failure, >, 0);

  gum_test_remove_dir (first);
  g_object_unref (torture.client);
  g_object_unref (torture.authorizer);
  gum_test_settle ();
  peer_free (torture.peer);
}

static void
test_new_ledger (void)
{
  run (FALSE);
}

static void
test_full_ledger (void)
{
  run (TRUE);
}

int
main (int    argc,
      char **argv)
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  /* That a file could not be written is worth a warning; criticals are bugs. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_assert_cmpint (argc, ==, 2);
  sandbox_program = argv[1];

  g_test_add_func ("/torture/sync/new-ledger", test_new_ledger);
  g_test_add_func ("/torture/sync/full-ledger", test_full_ledger);

  return g_test_run ();
}
