/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of uploads have in common. */

#include "config.h"

#include "upload-fixture.h"

#include <string.h>

static void
state_cb (GumUpload     *upload,
          GParamSpec    *pspec,
          UploadFixture *fixture)
{
  g_autoptr(GEnumClass) states = g_type_class_ref (GUM_TYPE_UPLOAD_STATE);

  g_string_append_printf (fixture->states, " %s",
                          g_enum_get_value (states, gum_upload_get_state (upload))->value_nick);
}

void
upload_fixture_set_up (UploadFixture *fixture,
                       gconstpointer  data)
{
  fixture_set_up (&fixture->base, data);
  fixture->directory = gum_test_make_dir ();
  fixture->path = g_build_filename (fixture->directory, "A plug-in.zip", NULL);
  fixture->states = g_string_new (NULL);
  fixture->tuning = (GumUploadTuning) {
    .part_size = 1000, .lifetime = 900, .stall = 60, .time_scale = 0.001,
  };
}

void
upload_fixture_tear_down (UploadFixture *fixture,
                          gconstpointer  data)
{
  g_clear_object (&fixture->result);
  if (fixture->upload != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->upload));
  fixture_tear_down (&fixture->base, data);
  gum_test_remove_dir (fixture->directory);
  g_free (fixture->path);
  g_string_free (fixture->states, TRUE);
}

/* Every line of it differs. Returns what is in it. */
char *
upload_fixture_write_file (UploadFixture *fixture,
                           gsize          size)
{
  GString *text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; text->len < size; i++)
    g_string_append_printf (text, "line %u\n", i);
  g_string_truncate (text, size);
  g_file_set_contents (fixture->path, text->str, text->len, &error);
  g_assert_no_error (error);

  return g_string_free (text, FALSE);
}

void
upload_fixture_push_presign (UploadFixture *fixture,
                             guint          n_parts)
{
  const char *url = gum_raw_server_get_url (fixture->base.server);
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"success\":true,\"upload_id\":\"CANARY-id\","
                                "\"key\":\"attachments/1/CANARY/original/A plug-in.zip\","
                                "\"file_url\":\"%s/CANARY/A\",\"parts\":[", url);
  for (guint i = 0; i < n_parts; i++)
    g_string_append_printf (json, "%s{\"part_number\":%u,\"presigned_url\":"
                                  "\"%s/CANARY/A?partNumber=%u&X-Amz-Signature=CANARY\"}",
                            i > 0 ? "," : "", i + 1, url, i + 1);
  g_string_append (json, "]}");
  gum_raw_server_push_json (fixture->base.server, json->str);
  g_string_free (json, TRUE);
}

void
upload_fixture_push_part (UploadFixture *fixture)
{
  gum_raw_server_push_answer (fixture->base.server, "200 OK", "ETag: \"an-etag\"\r\n", "");
}

void
upload_fixture_push_complete (UploadFixture *fixture)
{
  gum_raw_server_push_json (fixture->base.server,
                            "{\"success\":true,\"file_url\":\"https://files.example/CANARY\"}");
}

/* Nobody waits for an abort: whatever comes next may overtake it. */
void
upload_fixture_push_abort (UploadFixture *fixture,
                           const char    *status)
{
  g_autofree char *json = g_strdup_printf ("{\"success\":true,\"status\":\"%s\"}", status);

  gum_raw_server_push_answer_for (fixture->base.server, UPLOAD_ABORT, "200 OK", NULL, json);
}

/* The upload before it must be over. */
void
upload_fixture_start (UploadFixture *fixture)
{
  g_autoptr(GFile) file = g_file_new_for_path (fixture->path);

  g_clear_object (&fixture->result);
  if (fixture->upload != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->upload));
  g_string_truncate (fixture->states, 0);

  fixture->upload = gum_upload_new (fixture->base.client, file);
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_WAITING);
  _gum_upload_set_tuning (fixture->upload, &fixture->tuning);
  g_signal_connect (fixture->upload, "notify::state", G_CALLBACK (state_cb), fixture);
  gum_upload_run_async (fixture->upload, gum_test_result_cb, &fixture->result);
}

typedef struct {
  GumUpload      *upload;
  GumUploadState  state;
} Wanted;

static gboolean
state_is_there (gpointer data)
{
  Wanted *wanted = data;

  return gum_upload_get_state (wanted->upload) == wanted->state;
}

void
upload_fixture_wait_state (UploadFixture  *fixture,
                           GumUploadState  state)
{
  Wanted wanted = { fixture->upload, state };

  gum_test_wait_until (state_is_there, &wanted);
}

void
upload_fixture_assert_done (UploadFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  gum_upload_run_finish (fixture->upload, gum_test_wait_result (&fixture->result), &error);
  g_assert_no_error (error);
  g_assert_null (gum_upload_get_error (fixture->upload));
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_DONE);
  g_assert_cmpuint (gum_upload_get_sent (fixture->upload), ==,
                    gum_upload_get_total (fixture->upload));
  g_assert_nonnull (gum_upload_get_file_url (fixture->upload));
}

void
upload_fixture_assert_end (UploadFixture  *fixture,
                           GumUploadState  state,
                           GQuark          domain,
                           int             code)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (gum_upload_run_finish (fixture->upload, gum_test_wait_result (&fixture->result),
                                         &error));
  g_assert_error (error, domain, code);
  g_assert_null (strstr (error->message, "CANARY"));
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, state);
  g_assert_null (gum_upload_get_file_url (fixture->upload));
  if (state == GUM_UPLOAD_CANCELLED)
    g_assert_null (gum_upload_get_error (fixture->upload));
  else
    g_assert_error (gum_upload_get_error (fixture->upload), domain, code);
}

/* What was on the wire. */
guint
upload_fixture_count (UploadFixture *fixture,
                      const char    *start)
{
  guint n = 0;

  for (guint i = 0; i < gum_raw_server_get_n_requests (fixture->base.server); i++)
    {
      g_autofree char *request = gum_raw_server_dup_request (fixture->base.server, i);

      n += g_str_has_prefix (request, start);
    }

  return n;
}

/* The @position-th of those that begin so. */
char *
upload_fixture_dup_request (UploadFixture *fixture,
                            const char    *start,
                            guint          position)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *request = gum_raw_server_dup_request (fixture->base.server, i);

      if (g_str_has_prefix (request, start) && position-- == 0)
        return g_steal_pointer (&request);
    }
}

void
upload_fixture_assert_requests (UploadFixture *fixture,
                                guint          presigns,
                                guint          parts,
                                guint          completes,
                                guint          aborts)
{
  gum_test_settle ();
  g_assert_cmpuint (upload_fixture_count (fixture, "POST /v2/files/presign "), ==, presigns);
  g_assert_cmpuint (upload_fixture_count (fixture, "PUT /CANARY/A?"), ==, parts);
  g_assert_cmpuint (upload_fixture_count (fixture, "POST /v2/files/complete "), ==, completes);
  g_assert_cmpuint (upload_fixture_count (fixture, UPLOAD_ABORT), ==, aborts);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->base.server), ==,
                    presigns + parts + completes + aborts);
}
