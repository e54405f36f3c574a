/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An error keeps what it was made from, through copies, and foreign errors answer with nothing. */

#include "config.h"

#include "gum-error.h"

static void
test_http (void)
{
  g_autoptr(GError) error = gum_error_new_http (GUM_ERROR_REJECTED, 422, "Name is too long",
                                                "PUT /products/%s", "abc");

  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpstr (error->message, ==, "PUT /products/abc");
  g_assert_cmpuint (gum_error_get_status (error), ==, 422);
  g_assert_cmpstr (gum_error_get_server_message (error), ==, "Name is too long");
  g_assert_null (gum_error_get_server_code (error));
  g_assert_cmpint (gum_error_get_retry_after (error), ==, -1);
}

static void
test_copy (void)
{
  g_autoptr(GError) error = gum_error_new_http (GUM_ERROR_RATE_LIMITED, 429, NULL, "slow down");
  g_autoptr(GError) copy = NULL;

  gum_error_set_server_code (error, "invalid_grant");
  gum_error_set_server_code (error, "invalid_client");
  gum_error_set_retry_after (error, 30);
  copy = g_error_copy (error);
  g_clear_error (&error);

  g_assert_error (copy, GUM_ERROR, GUM_ERROR_RATE_LIMITED);
  g_assert_cmpuint (gum_error_get_status (copy), ==, 429);
  g_assert_null (gum_error_get_server_message (copy));
  g_assert_cmpstr (gum_error_get_server_code (copy), ==, "invalid_client");
  g_assert_cmpint (gum_error_get_retry_after (copy), ==, 30);
}

static void
test_foreign (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "late");

  g_assert_cmpuint (gum_error_get_status (error), ==, 0);
  g_assert_null (gum_error_get_server_message (error));
  g_assert_null (gum_error_get_server_code (error));
  g_assert_cmpint (gum_error_get_retry_after (error), ==, -1);
  g_assert_cmpuint (gum_error_get_status (NULL), ==, 0);
}

static void
test_plain (void)
{
  g_autoptr(GError) error = g_error_new_literal (GUM_ERROR, GUM_ERROR_LEDGER_FULL, "full");

  g_assert_cmpuint (gum_error_get_status (error), ==, 0);
  g_assert_cmpint (gum_error_get_retry_after (error), ==, -1);
}

static void
test_gone (void)
{
  g_autoptr(GError) gone = gum_error_new_http (GUM_ERROR_NOT_FOUND, 404, "The product was not found.", "x");
  g_autoptr(GError) between = gum_error_new_http (GUM_ERROR_NOT_FOUND, 404, NULL, "x");
  g_autoptr(GError) refused = gum_error_new_http (GUM_ERROR_REJECTED, 200, "No.", "x");
  g_autoptr(GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "x");

  g_assert_true (gum_error_is_gone (gone));
  g_assert_false (gum_error_is_gone (between));
  g_assert_false (gum_error_is_gone (refused));
  g_assert_false (gum_error_is_gone (foreign));
  g_assert_false (gum_error_is_gone (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/error/http", test_http);
  g_test_add_func ("/base/error/copy", test_copy);
  g_test_add_func ("/base/error/foreign", test_foreign);
  g_test_add_func ("/base/error/plain", test_plain);
  g_test_add_func ("/base/error/gone", test_gone);

  return g_test_run ();
}
