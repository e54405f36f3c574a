/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates that nobody trusts. A program of its own, without a leak check: the checker dies
 * of the thread-local storage that the TLS module, which is loaded late, has in threads that GIO
 * keeps. */

#include "config.h"

#include "dummy-authorizer.h"
#include "gum-client.h"
#include "gum-http.h"
#include "gum-raw-server.h"
#include "gum-test.h"

static void
test_http (void)
{
  g_autoptr(GumRawServer) server = gum_raw_server_new_tls ();
  g_autoptr(GumHttp) http = gum_http_new ();
  g_autoptr(SoupMessage) message = soup_message_new ("POST", gum_raw_server_get_url (server));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_http_send_async (http, message, NULL, NULL, gum_test_result_cb, &result);
  g_assert_null (gum_http_send_finish (http, gum_test_wait_result (&result), &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_false (gum_http_was_sent (message));
  g_assert_cmpuint (gum_http_error_get_tls_flags (error) & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);
  g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, 0);
}

static void
test_client (void)
{
  g_autoptr(GumRawServer) server = gum_raw_server_new_tls ();
  g_autoptr(DummyAuthorizer) authorizer = dummy_authorizer_new ("t0ken");
  g_autoptr(GError) error = NULL;
  g_autoptr(GumClient) client = gum_client_new (gum_raw_server_get_url (server),
                                                GUM_AUTHORIZER (authorizer), &error);
  g_autoptr(GumRequest) request = gum_request_new ("PUT", "user");
  g_autoptr(GAsyncResult) result = NULL;

  gum_client_send_async (client, request, NULL, gum_test_result_cb, &result);
  g_assert_null (gum_client_send_finish (client, gum_test_wait_result (&result), &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (gum_http_error_get_tls_flags (error) & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);
  g_assert_cmpuint (gum_raw_server_get_n_connections (server), ==, 1);
  g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, 0);
}

static void
test_tls_flags_of_other_errors (void)
{
  g_autoptr(GError) io = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "certificate flags 0x1: x");
  g_autoptr(GError) tls = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_MISC, "handshake");

  g_assert_cmpuint (gum_http_error_get_tls_flags (NULL), ==, 0);
  g_assert_cmpuint (gum_http_error_get_tls_flags (io), ==, 0);
  g_assert_cmpuint (gum_http_error_get_tls_flags (tls), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/tls/http", test_http);
  g_test_add_func ("/api/tls/client", test_client);
  g_test_add_func ("/api/tls/flags-of-other-errors", test_tls_flags_of_other_errors);

  return g_test_run ();
}
