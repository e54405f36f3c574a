/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures in one piece: the MD5 vouches for them, the storage gets exactly the headers that it signed,
 * and no token. */

#include "config.h"

#include "client-fixture.h"
#include "gum-blob.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-json.h"
#include "gum-sandbox.h"

#include <string.h>

static const char expired[] =
  "HTTP/1.1 403 Forbidden\r\nContent-Length: 43\r\n\r\n<Error><Message>Request has expired</Error>";

static void
push_place (Fixture    *fixture,
            const char *headers)
{
  g_autofree char *json =
    g_strdup_printf ("{\"id\":1,\"key\":\"CANARY-key\",\"signed_id\":\"CANARY-id\",\"direct_upload\":"
                     "{\"url\":\"%s/CANARY-key?X-Amz-Signature=CANARY\",\"headers\":%s}}",
                     gum_raw_server_get_url (fixture->server), headers);

  gum_raw_server_push_json (fixture->server, json);
}

static void
start (Fixture *fixture)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("not really a picture", 20);

  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_client_upload_blob_async (fixture->client, bytes, "Grüße.png", "image/png", NULL,
                                fixture->cancellable, gum_test_result_cb, &fixture->result);
}

static GumBlob *
finish (Fixture *fixture)
{
  return gum_client_upload_blob_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                        &fixture->error);
}

static void
assert_sent (Fixture *fixture)
{
  g_autoptr(GumBlob) blob = finish (fixture);

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (blob->signed_id, ==, "CANARY-id");
  g_assert_cmpstr (blob->key, ==, "CANARY-key");
}

static void
assert_not_sent (Fixture *fixture,
                 GQuark   domain,
                 int      code,
                 guint    n_requests)
{
  g_assert_null (finish (fixture));
  g_assert_error (fixture->error, domain, code);
  g_assert_null (strstr (fixture->error->message, "CANARY"));
  gum_test_settle ();
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, n_requests);
}

static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *reserve = NULL;
  g_autofree char *put = NULL;
  g_autoptr(JsonNode) body = NULL;
  JsonObject *blob;
  gint64 size;

  push_place (fixture, "{\"Content-Type\":\"image/png\",\"Content-Disposition\":\"inline\","
                       "\"Content-Length\":\"7\"}");
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "");
  start (fixture);
  assert_sent (fixture);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 2);

  reserve = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (reserve, "POST /v2/direct_uploads HTTP/1.1\r\n"));
  body = json_from_string (strstr (reserve, "\r\n\r\n") + 4, NULL);
  blob = gum_json_get_object (json_node_get_object (body), "blob");
  g_assert_false (json_object_has_member (json_node_get_object (body), "purpose"));
  g_assert_cmpstr (gum_json_get_string (blob, "filename"), ==, "Grüße.png");
  g_assert_cmpstr (gum_json_get_string (blob, "content_type"), ==, "image/png");
  g_assert_cmpstr (gum_json_get_string (blob, "checksum"), ==, "X/wMwLu5v7+qzwaA6fUl/w==");
  g_assert_true (gum_json_get_int (blob, "byte_size", &size));
  g_assert_cmpint (size, ==, 20);

  put = gum_raw_server_dup_request (fixture->server, 1);
  g_assert_true (g_str_has_prefix (put, "PUT /CANARY-key?X-Amz-Signature=CANARY HTTP/1.1\r\n"));
  g_assert_null (strstr (put, "Authorization"));
  g_assert_nonnull (strstr (put, "\r\nContent-Type: image/png\r\n"));
  g_assert_nonnull (strstr (put, "\r\nContent-MD5: X/wMwLu5v7+qzwaA6fUl/w==\r\n"));
  g_assert_nonnull (strstr (put, "\r\nContent-Disposition: inline\r\n"));
  g_assert_nonnull (strstr (put, "\r\nContent-Length: 20\r\n"));
  g_assert_cmpstr (strstr (put, "\r\n\r\n") + 4, ==, "not really a picture");
}

static void
test_sent_again (Fixture       *fixture,
                 gconstpointer  data)
{
  push_place (fixture, "{}");
  gum_raw_server_push (fixture->server, GUM_RAW_RESET, "", -1);
  gum_raw_server_push_answer (fixture->server, "503 Slow Down", NULL, "");
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "");
  start (fixture);
  assert_sent (fixture);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 4);

  push_place (fixture, "{}");
  for (guint i = 0; i < 4; i++)
    gum_raw_server_push_answer (fixture->server, "503 Slow Down", NULL, "");
  start (fixture);
  assert_not_sent (fixture, GUM_ERROR, GUM_ERROR_SERVER, 4 + 5);
}

static void
test_expired (Fixture       *fixture,
              gconstpointer  data)
{
  push_place (fixture, "{}");
  gum_raw_server_push (fixture->server, GUM_RAW_KEEP, expired, -1);
  push_place (fixture, "{}");
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "");
  start (fixture);
  assert_sent (fixture);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 4);

  for (guint i = 0; i < 2; i++)
    {
      push_place (fixture, "{}");
      gum_raw_server_push (fixture->server, GUM_RAW_KEEP, expired, -1);
    }
  start (fixture);
  assert_not_sent (fixture, GUM_ERROR, GUM_ERROR_REJECTED, 4 + 4);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const places[] = {
    "{\"Content-Type\":\"a\\r\\nAuthorization: b\"}", "{\"A b\":\"c\"}", "{\"\":\"c\"}", "{\"A\":null}",
  };

  gum_raw_server_push_answer (fixture->server, "400 Bad Request", NULL,
                              "{\"status\":400,\"error\":\"byte_size is required\"}");
  start (fixture);
  assert_not_sent (fixture, GUM_ERROR, GUM_ERROR_REJECTED, 1);
  g_assert_cmpstr (gum_error_get_server_message (fixture->error), ==, "byte_size is required");

  push_place (fixture, "{}");
  gum_raw_server_push_answer (fixture->server, "400 Bad Request", NULL, "<Code>BadDigest</Code>");
  start (fixture);
  assert_not_sent (fixture, GUM_ERROR, GUM_ERROR_REJECTED, 3);
  g_assert_cmpuint (gum_error_get_status (fixture->error), ==, 400);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      push_place (fixture, places[i]);
      start (fixture);
      assert_not_sent (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL, 4 + i);
    }

  gum_raw_server_push_json (fixture->server, "{\"key\":\"a\",\"signed_id\":\"b\",\"direct_upload\":"
                                             "{\"url\":\"http://example.org/\"}}");
  start (fixture);
  assert_not_sent (fixture, GUM_ERROR, GUM_ERROR_INSECURE, 8);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  /* While the bytes are summed up. */
  start (fixture);
  g_cancellable_cancel (fixture->cancellable);
  assert_not_sent (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, 0);

  /* While a place is reserved: what nobody uses does not matter, but it was sent. */
  g_cancellable_reset (fixture->cancellable);
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  start (fixture);
  gum_raw_server_wait_requests (fixture->server, 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_not_sent (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, 1);

  /* While they are sent, and while they wait to be sent again. */
  for (guint i = 0; i < 2; i++)
    {
      g_cancellable_reset (fixture->cancellable);
      push_place (fixture, "{}");
      if (i == 0)
        gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
      else
        gum_raw_server_push_answer (fixture->server, "503 Slow Down", NULL, "");
      start (fixture);
      gum_raw_server_wait_requests (fixture->server, 3 + 2 * i);
      g_cancellable_cancel (fixture->cancellable);
      assert_not_sent (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, 3 + 2 * i);
    }
}

/* With a storage that compares the MD5 and the signed headers. */
static void
test_sandbox (Fixture       *fixture,
              gconstpointer  data)
{
  const GumSandboxOptions options = { .n_products = 1, .seed = 1 };
  g_autoptr(GumSandbox) sandbox = gum_sandbox_new (&options);
  g_autoptr(GumBlob) blob = NULL;
  g_autofree char *uploads = NULL;

  gum_sandbox_start (sandbox, &fixture->error);
  g_assert_no_error (fixture->error);
  g_clear_object (&fixture->client);
  dummy_authorizer_set_token (fixture->authorizer, gum_sandbox_get_access_token (sandbox));
  fixture->client = gum_client_new (gum_sandbox_get_api_url (sandbox),
                                    GUM_AUTHORIZER (fixture->authorizer), &fixture->error);
  start (fixture);
  blob = finish (fixture);
  g_assert_no_error (fixture->error);
  gum_sandbox_control (sandbox, "uploads", "{}", &uploads);
  g_assert_nonnull (strstr (uploads, blob->signed_id));
  g_assert_nonnull (strstr (uploads, "\"arrived\":true"));
}

static void
progress_cb (goffset  sent,
             goffset  total,
             gpointer data)
{
  goffset *seen = data;

  g_assert_cmpint (total, ==, 20);
  /* Each attempt begins anew. */
  if (sent <= seen[0])
    seen[1]++;
  seen[0] = sent;
}

static void
test_progress (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("not really a picture", 20);
  goffset seen[2] = { 0, 0 };

  push_place (fixture, "{}");
  gum_raw_server_push_answer (fixture->server, "503 Service Unavailable", NULL, "");
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "");
  gum_client_upload_blob_with_progress_async (fixture->client, bytes, "a.png", "image/png", NULL,
                                              progress_cb, seen, NULL, gum_test_result_cb,
                                              &fixture->result);
  assert_sent (fixture);
  g_assert_cmpint (seen[0], ==, 20);
  g_assert_cmpint (seen[1], ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/api/blob/plain", test_plain);
  FIXTURE_ADD ("/api/blob/sent-again", test_sent_again);
  FIXTURE_ADD ("/api/blob/expired", test_expired);
  FIXTURE_ADD ("/api/blob/refused", test_refused);
  FIXTURE_ADD ("/api/blob/cancelled", test_cancelled);
  FIXTURE_ADD ("/api/blob/sandbox", test_sandbox);
  FIXTURE_ADD ("/api/blob/progress", test_progress);

  return g_test_run ();
}
