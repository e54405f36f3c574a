/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Uploads to the sandbox: what its storage has in the end, byte for byte, whatever happened on the way. */

#include "config.h"

#include "gum-error.h"
#include "gum-http.h"
#include "gum-json.h"
#include "gum-sandbox.h"
#include "upload-fixture.h"

#include <string.h>

#define MIB (1024 * 1024)

/* As S3 does it: the MD5 of the parts' MD5s, and how many there are. */
static char *
digest_of (const char *content,
           gsize       size,
           gsize       piece)
{
  g_autoptr(GChecksum) whole = g_checksum_new (G_CHECKSUM_MD5);
  guint n = 0;

  for (gsize offset = 0; offset < size; offset += piece, n++)
    {
      g_autoptr(GChecksum) part = g_checksum_new (G_CHECKSUM_MD5);
      guint8 digest[16];
      gsize length = sizeof digest;

      g_checksum_update (part, (const guchar *) content + offset, MIN (piece, size - offset));
      g_checksum_get_digest (part, digest, &length);
      g_checksum_update (whole, digest, length);
    }

  return g_strdup_printf ("%s-%u", g_checksum_get_string (whole), n);
}

static JsonObject *
control (GumSandbox *sandbox,
         const char *verb,
         const char *arguments)
{
  g_autofree char *answer = NULL;
  g_autoptr(JsonNode) node = NULL;

  gum_sandbox_control (sandbox, verb, arguments, &answer);
  node = json_from_string (answer, NULL);

  return json_node_dup_object (node);
}

/* Instead of the scripted peer, with parts of a size that tests can afford. */
static GumSandbox *
use_sandbox (UploadFixture *fixture,
             guint          part_size,
             guint          bytes_per_second)
{
  const GumSandboxOptions options = { .n_products = 1, .seed = 1 };
  GumSandbox *sandbox = gum_sandbox_new (&options);
  g_autofree char *arguments =
    g_strdup_printf ("{\"part_size\":%u,\"bytes_per_second\":%u}", part_size, bytes_per_second);
  g_autoptr(JsonObject) set = NULL;
  g_autoptr(GError) error = NULL;

  gum_sandbox_start (sandbox, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->base.client);
  dummy_authorizer_set_token (fixture->base.authorizer, gum_sandbox_get_access_token (sandbox));
  fixture->base.client = gum_client_new (gum_sandbox_get_api_url (sandbox),
                                         GUM_AUTHORIZER (fixture->base.authorizer), &error);
  g_assert_no_error (error);
  fixture->tuning.part_size = part_size;
  set = control (sandbox, "set_storage", arguments);

  return sandbox;
}

static gboolean
is_too_slow (gpointer data)
{
  return gum_upload_is_too_slow (data);
}

static gboolean
has_time_left (gpointer data)
{
  return gum_upload_get_time_left (data) >= 0;
}

/* 48 parts at some 800 kB a second: 14 seconds until the last can begin. */
static void
test_too_slow (UploadFixture *fixture,
               gconstpointer  data)
{
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, 256 * 1024, 200 * 1000);
  g_autofree char *content = upload_fixture_write_file (fixture, 48 * 256 * 1024);

  fixture->tuning.lifetime = 6;
  upload_fixture_start (fixture);
  gum_test_wait_until (is_too_slow, fixture->upload);
  g_assert_cmpfloat (gum_upload_get_rate (fixture->upload), >, 0);
  gum_upload_cancel (fixture->upload);
  g_assert_false (gum_upload_is_too_slow (fixture->upload));
  upload_fixture_assert_end (fixture, GUM_UPLOAD_CANCELLED, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fixture->tuning.lifetime = 900;
  upload_fixture_start (fixture);
  gum_test_wait_until (has_time_left, fixture->upload);
  g_assert_false (gum_upload_is_too_slow (fixture->upload));
  g_assert_cmpint (gum_upload_get_time_left (fixture->upload), >, 1);
  gum_upload_cancel (fixture->upload);
  g_assert_cmpint (gum_upload_get_time_left (fixture->upload), ==, -1);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_CANCELLED, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* With a storage that hashes what it gets, and that would refuse a token. */
static void
test_sizes (UploadFixture *fixture,
              gconstpointer  data)
{
  static const gsize sizes[] = {
    1, 256 * 1024 - 1, 256 * 1024, MIB - 1, MIB, MIB + 1, 11 * MIB + 17,
  };
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, MIB, 0);
  g_autoptr(JsonObject) requests = NULL;
  JsonArray *list;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *content = upload_fixture_write_file (fixture, sizes[i]);
      g_autofree char *digest = digest_of (content, sizes[i], MIB);
      g_autoptr(JsonObject) uploads = NULL;
      JsonObject *upload;

      upload_fixture_start (fixture);
      upload_fixture_assert_done (fixture);
      uploads = control (sandbox, "uploads", "{}");
      upload = json_array_get_object_element (gum_json_get_array (uploads, "uploads"), i);
      g_assert_cmpstr (gum_json_get_string (upload, "digest"), ==, digest);
      g_assert_cmpstr (gum_json_get_string (upload, "state"), ==, "completed");
      g_assert_cmpstr (gum_json_get_string (upload, "file_url"), ==,
                       gum_upload_get_file_url (fixture->upload));
    }

  requests = control (sandbox, "requests", "{}");
  list = gum_json_get_array (requests, "requests");
  g_assert_cmpuint (json_array_get_length (list), ==, 2 * G_N_ELEMENTS (sizes) + 5 + 2 + 12);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *request = json_array_get_object_element (list, i);
      gboolean has_authorization;

      g_assert_true (gum_json_get_boolean (request, "has_authorization", &has_authorization));
      g_assert_true (has_authorization != g_str_equal (gum_json_get_string (request, "method"),
                                                       "PUT"));
    }
}


static void
assert_upload (GumSandbox *sandbox,
               guint       position,
               const char *state,
               const char *digest)
{
  g_autoptr(JsonObject) uploads = control (sandbox, "uploads", "{}");
  JsonObject *upload = json_array_get_object_element (gum_json_get_array (uploads, "uploads"),
                                                      position);

  g_assert_cmpstr (gum_json_get_string (upload, "state"), ==, state);
  if (digest != NULL)
    g_assert_cmpstr (gum_json_get_string (upload, "digest"), ==, digest);
}

static guint
count_requests (GumSandbox *sandbox,
                const char *path)
{
  g_autoptr(JsonObject) answer = control (sandbox, "requests", "{}");
  JsonArray *requests = gum_json_get_array (answer, "requests");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    n += g_str_has_prefix (gum_json_get_string (json_array_get_object_element (requests, i), "path"),
                           path);

  return n;
}

static void
add_fault (GumSandbox *sandbox,
           const char *fault)
{
  g_autoptr(JsonObject) answer = control (sandbox, "fault", fault);
  gboolean ok;

  g_assert_true (gum_json_get_boolean (answer, "ok", &ok) && ok);
}

/* The line breaks in the middle of parts, also just before the end of the last: each is sent again from
 * its beginning, and the others are not. */
static void
test_broken_line (UploadFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, MIB, 0);
  g_autofree char *content = upload_fixture_write_file (fixture, 5 * MIB + 1000);
  g_autofree char *digest = digest_of (content, 5 * MIB + 1000, MIB);

  add_fault (sandbox, "{\"match\":\"PUT /storage/attachments/*\",\"query\":\"partNumber=2&\","
                      "\"kind\":\"reset_before\",\"received\":300000,\"times\":2}");
  add_fault (sandbox, "{\"match\":\"PUT /storage/attachments/*\",\"query\":\"partNumber=6&\","
                      "\"kind\":\"drop_before\",\"received\":990}");
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  assert_upload (sandbox, 0, "completed", digest);
  g_assert_cmpuint (count_requests (sandbox, "/storage/"), ==, 6 + 3);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/complete"), ==, 1);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/abort"), ==, 0);
}

/* A storage that says no before it has read everything, and hangs up: nothing is completed, and nothing
 * is left lying there. */
static void
test_early_answer (UploadFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, 32 * MIB, 0);
  g_autofree char *content = upload_fixture_write_file (fixture, 32 * MIB);

  add_fault (sandbox, "{\"match\":\"PUT /storage/attachments/*\",\"kind\":\"status\",\"status\":413,"
                      "\"received\":1000,\"times\":0}");
  upload_fixture_start (fixture);
  g_assert_false (gum_upload_run_finish (fixture->upload, gum_test_wait_result (&fixture->result),
                                         NULL));
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_FAILED);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/complete"), ==, 0);
  g_assert_cmpuint (count_requests (sandbox, "/storage/"), <=, 3 * 4);
  for (guint i = 0; i < gum_upload_get_attempt (fixture->upload); i++)
    assert_upload (sandbox, i, "aborted", NULL);
}

static gboolean
some_is_sent (gpointer data)
{
  return gum_upload_get_sent (data) > 0;
}

/* The addresses expire while the first parts are sent. */
static void
test_expiry (UploadFixture *fixture,
             gconstpointer  data)
{
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, MIB, 0);
  g_autofree char *content = upload_fixture_write_file (fixture, 9 * MIB);
  g_autofree char *digest = digest_of (content, 9 * MIB, MIB);
  g_autoptr(JsonObject) expired = NULL;

  add_fault (sandbox, "{\"match\":\"PUT /storage/attachments/*\",\"kind\":\"latency\",\"ms\":2000,"
                      "\"times\":4}");
  upload_fixture_start (fixture);
  gum_test_wait_until (some_is_sent, fixture->upload);
  expired = control (sandbox, "expire_uploads", "{}");
  upload_fixture_assert_done (fixture);
  g_assert_cmpuint (gum_upload_get_attempt (fixture->upload), ==, 2);
  assert_upload (sandbox, 0, "aborted", NULL);
  assert_upload (sandbox, 1, "completed", digest);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/complete"), ==, 1);
}

/* Gumroad completes it, and its answer gets lost: nothing is sent twice, nothing is thrown away, and it is
 * not said to be there. */
static void
test_lost_answer (UploadFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, MIB, 0);
  g_autofree char *content = upload_fixture_write_file (fixture, MIB);

  add_fault (sandbox, "{\"match\":\"POST /v2/files/complete\",\"kind\":\"drop\"}");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_UNCLEAR, GUM_ERROR, GUM_ERROR_UPLOAD_UNCLEAR);
  assert_upload (sandbox, 0, "completed", NULL);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/complete"), ==, 1);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/abort"), ==, 0);
}

/* What was cancelled in the middle is not there any more. */
static void
test_cancelled (UploadFixture *fixture,
                gconstpointer  data)
{
  g_autoptr(GumSandbox) sandbox = use_sandbox (fixture, MIB, 1000 * 1000);
  g_autofree char *content = upload_fixture_write_file (fixture, 9 * MIB);

  upload_fixture_start (fixture);
  gum_test_wait_until (some_is_sent, fixture->upload);
  gum_upload_cancel (fixture->upload);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_CANCELLED, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_upload (sandbox, 0, "aborted", NULL);
  g_assert_cmpuint (count_requests (sandbox, "/storage/"), ==, GUM_UPLOAD_PARALLEL);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/complete"), ==, 0);
  g_assert_cmpuint (count_requests (sandbox, "/v2/files/abort"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

  UPLOAD_ADD ("/api/upload-sandbox/sizes", test_sizes);
  UPLOAD_ADD ("/api/upload-sandbox/too-slow", test_too_slow);
  UPLOAD_ADD ("/api/upload-sandbox/broken-line", test_broken_line);
  UPLOAD_ADD ("/api/upload-sandbox/early-answer", test_early_answer);
  UPLOAD_ADD ("/api/upload-sandbox/expiry", test_expiry);
  UPLOAD_ADD ("/api/upload-sandbox/lost-answer", test_lost_answer);
  UPLOAD_ADD ("/api/upload-sandbox/cancelled", test_cancelled);

  return g_test_run ();
}
