/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A storage that speaks TLS.  A program of its own, without a leak check, as test-tls.c of the API
 * is, and for its reason.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "gum-raw-server.h"
#include "sandbox-test.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
trust_cb (SoupMessage          *message,
          GTlsCertificate      *certificate,
          GTlsCertificateFlags  errors,
          gpointer              data)
{
  return TRUE;
}

/* The API stays as it is. */
static void
test_upload (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *bytes = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) sent = g_bytes_new (bytes, 1000000);
  g_autofree char *md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, sent);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;
  const char *url;

  g_assert_true (g_str_has_prefix (gum_sandbox_get_api_url (fixture->sandbox),
                                   "http://127.0.0.1:"));
  g_assert_true (g_str_has_prefix (gum_sandbox_get_storage_url (fixture->sandbox),
                                   "https://127.0.0.1:"));

  fixture_json (fixture, "POST", "/files/presign", "{\"filename\":\"a\",\"file_size\":1000000}");
  url = json_object_get_string_member (
    json_array_get_object_element (json_object_get_array_member (fixture->json, "parts"), 0),
    "presigned_url");
  g_assert_true (g_str_has_prefix (url, gum_sandbox_get_storage_url (fixture->sandbox)));
  message = soup_message_new ("PUT", url);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (trust_cb), NULL);
  soup_message_set_request_body_from_bytes (message, NULL, sent);
  soup_message_headers_set_expectations (soup_message_get_request_headers (message),
                                         SOUP_EXPECTATION_CONTINUE);
  answer = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  headers = soup_message_get_response_headers (message);
  g_assert_nonnull (strstr (soup_message_headers_get_one (headers, "ETag"), md5));
}

static void
test_no_certificate (void)
{
  const GumSandboxOptions options = {
    .n_products = 1, .seed = 1, .storage_certificate = "/nonexistent/storage.pem",
  };
  g_autoptr (GumSandbox) sandbox = gum_sandbox_new (&options);
  g_autoptr (GError) error = NULL;

  g_assert_false (gum_sandbox_start (sandbox, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int   argc,
      char *argv[])
{
  GumSandboxOptions options = { .n_products = 1, .seed = 1 };
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  g_close (g_file_open_tmp ("gum-storage-XXXXXX.pem", &file, &error), NULL);
  g_assert_no_error (error);
  g_file_set_contents (file, gum_raw_server_get_pem (), -1, &error);
  g_assert_no_error (error);
  options.storage_certificate = file;

  g_test_add ("/sandbox/tls/upload", Fixture, &options, fixture_set_up, test_upload,
              fixture_tear_down);
  g_test_add_func ("/sandbox/tls/no-certificate", test_no_certificate);

  result = g_test_run ();
  g_unlink (file);

  return result;
}
