/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uploads in parts: what the storage refuses, and what a fault leaves behind.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

#define PART 1000
#define SIZE 2500

typedef struct
{
  char *id;
  char *key;
  char *file_url;
  char *parts[3];
} Upload;

static void
upload_clear (Upload *upload)
{
  g_clear_pointer (&upload->id, g_free);
  g_clear_pointer (&upload->key, g_free);
  g_clear_pointer (&upload->file_url, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (upload->parts); i++)
    g_clear_pointer (&upload->parts[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

/* Three parts, the last one shorter. */
static void
presign (Fixture *fixture,
         Upload  *upload)
{
  g_autoptr (JsonObject) set = fixture_control (fixture, "set_storage", "{\"part_size\":%d}", PART);
  JsonArray *parts;

  fixture_json (fixture, "POST", "/files/presign",
                "{\"filename\":\"../a b%é.bin\",\"file_size\":2500}");
  g_assert_cmpuint (fixture->status, ==, 200);
  upload->id = g_strdup (json_object_get_string_member (fixture->json, "upload_id"));
  upload->key = g_strdup (json_object_get_string_member (fixture->json, "key"));
  upload->file_url = g_strdup (json_object_get_string_member (fixture->json, "file_url"));
  parts = json_object_get_array_member (fixture->json, "parts");
  g_assert_cmpuint (json_array_get_length (parts), ==, G_N_ELEMENTS (upload->parts));
  for (guint i = 0; i < G_N_ELEMENTS (upload->parts); i++)
    {
      JsonObject *part = json_array_get_object_element (parts, i);

      g_assert_cmpint (json_object_get_int_member (part, "part_number"), ==, i + 1);
      upload->parts[i] = g_strdup (json_object_get_string_member (part, "presigned_url"));
    }
}

static char *
bytes_of (guint part)
{
  return g_strnfill (part == 2 ? SIZE - 2 * PART : PART, (char) ('a' + part));
}

/* Returns the ETag, with its quotes. */
static char *
send_part (Fixture *fixture,
           Upload  *upload,
           guint    part)
{
  g_autofree char *bytes = bytes_of (part);
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, bytes, -1);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", md5);

  fixture_send (fixture, "PUT", upload->parts[part], NULL, bytes, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpstr (fixture_header (fixture, "ETag"), ==, quoted);

  return g_steal_pointer (&quoted);
}

static void
end_upload (Fixture    *fixture,
            Upload     *upload,
            const char *how,
            const char *parts)
{
  g_autofree char *path = g_strconcat ("/files/", how, NULL);
  g_autofree char *body = NULL;

  body = g_strdup_printf ("{\"upload_id\":\"%s\",\"key\":\"%s\"%s%s}", upload->id, upload->key,
                          parts != NULL ? ",\"parts\":" : "", parts != NULL ? parts : "");
  fixture_json (fixture, "POST", path, body);
}

/* As JSON; the quotes are kept in one and stripped from the others. */
static char *
send_all (Fixture *fixture,
          Upload  *upload)
{
  GString *parts = g_string_new ("[");

  for (guint i = 0; i < G_N_ELEMENTS (upload->parts); i++)
    {
      g_autofree char *etag = send_part (fixture, upload, i);
      const char *quote = i == 0 ? "\\\"" : "";

      g_string_append_printf (parts, "%s{\"part_number\":%u,\"etag\":\"%s%.32s%s\"}",
                              i > 0 ? "," : "", i + 1, quote, etag + 1, quote);
    }
  g_string_append_c (parts, ']');

  return g_string_free (parts, FALSE);
}

static JsonObject *
newest_upload (Fixture *fixture)
{
  g_autoptr (JsonObject) result = fixture_control (fixture, "uploads", "{}");
  JsonArray *uploads = json_object_get_array_member (result, "uploads");

  return json_object_ref (json_array_get_object_element (uploads,
                                                         json_array_get_length (uploads) - 1));
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *parts = NULL;
  g_autoptr (JsonObject) seen = NULL;
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  g_autofree char *digest = NULL;
  g_autofree char *api = g_strdup_printf (":%u/", gum_sandbox_get_port (fixture->sandbox));

  presign (fixture, &upload);
  g_assert_true (g_str_has_prefix (upload.key, "attachments/54270"));
  g_assert_true (g_str_has_suffix (upload.key, "/original/a b_é.bin"));
  g_assert_true (g_str_has_suffix (upload.file_url, upload.key));
  g_assert_null (strstr (upload.parts[0], api));

  parts = send_all (fixture, &upload);
  end_upload (fixture, &upload, "complete", parts);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "file_url"), ==, upload.file_url);

  seen = newest_upload (fixture);
  g_assert_cmpstr (json_object_get_string_member (seen, "state"), ==, "completed");
  g_assert_cmpint (json_object_get_int_member (seen, "size"), ==, SIZE);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GChecksum) one = g_checksum_new (G_CHECKSUM_MD5);
      g_autofree char *bytes = bytes_of (i);
      guint8 raw[16];
      gsize length = sizeof raw;

      g_checksum_update (one, (const guchar *) bytes, -1);
      g_checksum_get_digest (one, raw, &length);
      g_checksum_update (md5, raw, sizeof raw);
    }
  digest = g_strconcat (g_checksum_get_string (md5), "-3", NULL);
  g_assert_cmpstr (json_object_get_string_member (seen, "digest"), ==, digest);

  /* Once only; nothing can be added, and there is nothing to give up. */
  end_upload (fixture, &upload, "complete", parts);
  assert_bad_request (fixture, "The specified upload does not exist. The upload ID may be invalid, "
                      "or the upload may have been aborted or completed.");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, "x", NULL);
  assert_storage_says (fixture, 404, "<Code>NoSuchUpload</Code>");
  end_upload (fixture, &upload, "abort", NULL);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "status"), ==, "already_gone");
}

static void
test_abort (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (JsonObject) seen = NULL;

  presign (fixture, &upload);
  end_upload (fixture, &upload, "abort", NULL);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "status"), ==, "accepted");
  end_upload (fixture, &upload, "abort", NULL);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "status"), ==, "already_gone");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, "x", NULL);
  assert_storage_says (fixture, 404, "<Code>NoSuchUpload</Code>");
  seen = newest_upload (fixture);
  g_assert_cmpstr (json_object_get_string_member (seen, "state"), ==, "aborted");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const cases[][3] = {
    { "presign", "{\"file_size\":1}", "filename is required" },
    { "presign", "{\"filename\":\"a\"}", "file_size is required" },
    { "presign", "{\"filename\":\"a\",\"file_size\":0}", "file_size is required" },
    { "presign", "{\"filename\":\"a\",\"file_size\":21474836481}",
      "file_size exceeds the 20 GB maximum" },
    { "complete", "{\"key\":\"attachments/1/a\"}", "upload_id is required" },
    { "complete", "{\"upload_id\":\"a\"}", "key is required" },
    { "complete", "{\"upload_id\":\"a\",\"key\":\"attachments/1/a\"}", "invalid key" },
    { "abort", "{}", "upload_id is required" },
    { "abort", "{\"upload_id\":\"a\",\"key\":\"attachments/1/a\"}", "invalid key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/files/", cases[i][0], NULL);

      fixture_json (fixture, "POST", path, cases[i][1]);
      assert_bad_request (fixture, cases[i][2]);
    }
}

static void
test_complete_refused (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char missing[] =
    "One or more of the specified parts could not be found. The part may not have been uploaded, "
    "or the specified entity tag may not match the part's entity tag.";
  g_auto (Upload) upload = { 0 };
  g_autofree char *parts = NULL;
  char *etags[3];
  g_autofree char *body = NULL;

  presign (fixture, &upload);
  end_upload (fixture, &upload, "complete", NULL);
  assert_bad_request (fixture, "parts is required");
  end_upload (fixture, &upload, "complete", "{\"0\":{\"part_number\":1,\"etag\":\"x\"}}");
  assert_bad_request (fixture, "parts is required");
  end_upload (fixture, &upload, "complete", "[{\"part_number\":1,\"etag\":\"x\"}]");
  assert_bad_request (fixture, missing);

  for (guint i = 0; i < 3; i++)
    etags[i] = send_part (fixture, &upload, i);
  body = g_strdup_printf ("[{\"part_number\":1,\"etag\":\"%.32s\"},"
                          "{\"part_number\":2,\"etag\":\"%.32s\"}]", etags[0] + 1, etags[1] + 1);
  end_upload (fixture, &upload, "complete", body);
  assert_bad_request (fixture, missing);
  g_free (body);
  body = g_strdup_printf ("[{\"part_number\":2,\"etag\":\"%.32s\"},"
                          "{\"part_number\":1,\"etag\":\"%.32s\"}]", etags[1] + 1, etags[0] + 1);
  for (guint i = 0; i < 3; i++)
    g_free (etags[i]);
  end_upload (fixture, &upload, "complete", body);
  assert_bad_request (fixture, "The list of parts was not in ascending order. The parts list must "
                      "be specified in order by part number.");

  /* A part of another size than was announced. */
  fixture_send (fixture, "PUT", upload.parts[0], NULL, "short", NULL);
  g_assert_cmpuint (fixture->status, ==, 200);
  parts = g_strdup_printf ("[{\"part_number\":1,\"etag\":\"%.32s\"}]",
                           fixture_header (fixture, "ETag") + 1);
  end_upload (fixture, &upload, "complete", parts);
  assert_bad_request (fixture, "Your proposed upload is smaller than the minimum allowed size");
}

static void
test_part_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (JsonObject) expired = NULL;
  g_autoptr (JsonObject) requests = NULL;
  g_autofree char *other = NULL;
  JsonArray *list;
  gboolean leaked = FALSE;

  presign (fixture, &upload);
  fixture_send (fixture, "PUT", upload.parts[0], NULL, "x",
                gum_sandbox_get_access_token (fixture->sandbox));
  assert_storage_says (fixture, 400, "<Code>InvalidArgument</Code>");
  requests = fixture_control (fixture, "requests", "{}");
  list = json_object_get_array_member (requests, "requests");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *request = json_array_get_object_element (list, i);

      if (g_str_has_prefix (json_object_get_string_member (request, "path"), "/storage/"))
        leaked = json_object_get_boolean_member (request, "has_authorization");
    }
  g_assert_true (leaked);

  other = g_strconcat (upload.parts[0], "x", NULL);
  fixture_send (fixture, "PUT", other, NULL, "x", NULL);
  assert_storage_says (fixture, 403, "<Code>SignatureDoesNotMatch</Code>");

  expired = fixture_control (fixture, "expire_uploads", "{}");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, "x", NULL);
  assert_storage_says (fixture, 403, "<Message>Request has expired</Message>");
}

/* Neither knows the other's addresses. */
static void
test_ports (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *user = NULL;
  g_autofree char *moved = NULL;
  const char *path;

  presign (fixture, &upload);
  path = strstr (upload.parts[0], "/storage/");
  user = g_strdup_printf ("%.*s/v2/user", (int) (path - upload.parts[0]), upload.parts[0]);
  fixture_send (fixture, "GET", user, NULL, NULL,
                gum_sandbox_get_access_token (fixture->sandbox));
  g_assert_cmpuint (fixture->status, ==, 404);
  moved = g_strdup_printf ("http://127.0.0.1:%u%s", gum_sandbox_get_port (fixture->sandbox), path);
  fixture_send (fixture, "PUT", moved, NULL, "x", NULL);
  g_assert_cmpuint (fixture->status, ==, 404);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gint64
received_of_first (Fixture *fixture)
{
  g_autoptr (JsonObject) upload = newest_upload (fixture);
  JsonArray *parts = json_object_get_array_member (upload, "parts");

  return json_object_get_int_member (json_array_get_object_element (parts, 0), "received");
}

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *bytes = bytes_of (0);
  g_autoptr (JsonObject) seen = NULL;

  presign (fixture, &upload);

  /* After the body */
  fixture_fault (fixture, "{\"match\":\"PUT /storage/*\",\"kind\":\"status\",\"status\":503}");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, bytes, NULL);
  g_assert_cmpuint (fixture->status, ==, 503);
  g_assert_cmpint (received_of_first (fixture), ==, PART);

  /* In the midst of it: answered early, or gone. */
  fixture_fault (fixture, "{\"match\":\"PUT /storage/*\",\"query\":\"partNumber=1&\","
                 "\"kind\":\"status\",\"received\":300}");
  g_free (send_part (fixture, &upload, 1));
  fixture_send (fixture, "PUT", upload.parts[0], NULL, bytes, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->status, ==, 500);
  g_assert_cmpint (received_of_first (fixture), ==, 300);
  fixture_fault (fixture, "{\"match\":\"PUT /storage/*\",\"kind\":\"reset_before\","
                 "\"received\":100}");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, bytes, NULL);
  g_assert_nonnull (fixture->error);
  g_assert_cmpint (received_of_first (fixture), ==, 100);

  /* The part is there, though nobody was told. */
  fixture_fault (fixture, "{\"match\":\"PUT /storage/*\",\"kind\":\"drop\"}");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, bytes, NULL);
  g_assert_nonnull (fixture->error);
  seen = newest_upload (fixture);
  g_assert_false (json_object_get_null_member (
                    json_array_get_object_element (
                      json_object_get_array_member (seen, "parts"), 0), "etag"));
}

/* Stops reading in the body; what hangs ends with the sandbox. */
static void
test_hang (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *bytes = bytes_of (0);
  g_autoptr (JsonObject) stats = NULL;

  presign (fixture, &upload);
  fixture_fault (fixture, "{\"match\":\"PUT /storage/*\",\"kind\":\"hang\",\"received\":10}");
  g_object_set (fixture->session, "timeout", 1, NULL);
  fixture_send (fixture, "PUT", upload.parts[0], NULL, bytes, NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  stats = fixture_control (fixture, "stats", "{}");
  g_assert_cmpint (json_object_get_int_member (stats, "held"), ==, 1);
  g_assert_cmpint (received_of_first (fixture), ==, 10);
}

/* What had begun in time is taken, however long it takes. */
static void
test_expires_on_the_way (Fixture       *fixture,
                         gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *bytes = bytes_of (0);
  g_autoptr (GBytes) sent = g_bytes_new (bytes, PART);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  presign (fixture, &upload);
  fixture_set (fixture, "set_storage", "{\"bytes_per_second\":2000}");
  message = soup_message_new ("PUT", upload.parts[0]);
  soup_message_set_request_body_from_bytes (message, NULL, sent);
  soup_session_send_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, keep_result_cb,
                           &result);
  while (received_of_first (fixture) == 0)
    g_main_context_iteration (NULL, FALSE);
  fixture_set (fixture, "expire_uploads", "{}");
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  stream = soup_session_send_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  fixture_set (fixture, "set_storage", "{\"bytes_per_second\":0}");
  fixture_send (fixture, "PUT", upload.parts[0], NULL, bytes, NULL);
  assert_storage_says (fixture, 403, "<Message>Request has expired</Message>");
}

static void
test_rate (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (JsonObject) set = NULL;
  gint64 start;

  presign (fixture, &upload);
  set = fixture_control (fixture, "set_storage", "{\"bytes_per_second\":5000,\"hash\":false}");
  start = g_get_monotonic_time ();
  fixture_send (fixture, "PUT", upload.parts[1], NULL, "0123456789", NULL);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpuint (strlen (fixture_header (fixture, "ETag")), ==, 34);
  g_clear_pointer (&set, json_object_unref);
  set = fixture_control (fixture, "set_storage", "{\"hash\":true}");
  g_free (send_part (fixture, &upload, 0));

  /* A thousand bytes, in four rests of 50 ms at the least. */
  g_assert_cmpint (g_get_monotonic_time () - start, >, 150 * 1000);
}

/* A large body passes through; it is not kept. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *bytes = g_strnfill (8 * 1024 * 1024, 'x');
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, bytes, -1);
  JsonArray *parts;
  g_autofree char *url = NULL;

  fixture_json (fixture, "POST", "/files/presign", "{\"filename\":\"a\",\"file_size\":8388608}");
  parts = json_object_get_array_member (fixture->json, "parts");
  g_assert_cmpuint (json_array_get_length (parts), ==, 1);
  url = g_strdup (json_object_get_string_member (json_array_get_object_element (parts, 0),
                                                 "presigned_url"));
  fixture_send (fixture, "PUT", url, NULL, bytes, NULL);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_nonnull (strstr (fixture_header (fixture, "ETag"), md5));
}

static void
test_scopes (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *scope;
    const char *path;
    const char *body;
    guint status;
  } cases[] = {
    { "view_sales", "/files/presign", "{}", 403 },
    { "account", "/files/presign", "{}", 400 },
    { "edit_products", "/files/abort", "{}", 400 },
    { "edit_products", "/direct_uploads", "{}", 400 },
    { "edit_profile", "/direct_uploads", "{}", 403 },
    { "account", "/direct_uploads", "{\"purpose\":\"media\"}", 403 },
    { "edit_profile", "/direct_uploads", "{\"purpose\":\"media\"}", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) set = fixture_control (fixture, "set_scope", "{\"scope\":\"%s\"}",
                                                    cases[i].scope);

      fixture_json (fixture, "POST", cases[i].path, cases[i].body);
      g_assert_cmpuint (fixture->status, ==, cases[i].status);
      if (i == 5)
        g_assert_cmpstr (json_object_get_string_member (fixture->json, "message"), ==,
                         "This endpoint requires the edit_profile scope.");
      else if (cases[i].status == 403)
        g_assert_cmpuint (fixture->length, ==, 0);
    }
}

#define ADD(path, func) \
  g_test_add ("/sandbox/uploads/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("whole", test_whole);
  ADD ("abort", test_abort);
  ADD ("refused", test_refused);
  ADD ("complete-refused", test_complete_refused);
  ADD ("part-refused", test_part_refused);
  ADD ("ports", test_ports);
  ADD ("faults", test_faults);
  ADD ("hang", test_hang);
  ADD ("expires-on-the-way", test_expires_on_the_way);
  ADD ("rate", test_rate);
  ADD ("large", test_large);
  ADD ("scopes", test_scopes);

  return g_test_run ();
}
