/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Passes over the list, against the sandbox and its faults. */

#include "config.h"

#include "store-test.h"

#include "gum-error.h"

static void
test_complete (void)
{
  g_autoptr(StoreTest) test = store_test_new (35);
  g_autoptr(GumStore) store = store_test_open (test);
  g_autoptr(GumQuery) query = NULL;

  g_assert_null (gum_store_get_last_synced (store));
  store_test_sync (store);
  g_assert_false (gum_store_get_syncing (store));
  g_assert_cmpuint (gum_store_get_n_products (store), ==, 35);
  g_assert_nonnull (gum_store_get_last_synced (store));
  g_assert_null (gum_store_get_sync_error (store));

  query = gum_query_new (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 35);
  store_test_settle (query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (query)), ==, 35);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/sync/complete", test_complete);

  return g_test_run ();
}
