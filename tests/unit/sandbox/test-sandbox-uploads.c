/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uploads in parts: from the signing of addresses to the whole.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

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
  ADD ("scopes", test_scopes);

  return g_test_run ();
}
