/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cancelling at every point: the state changes at once, what is on the wire ends, and what the storage
 * has is aborted there. */

#include "config.h"

#include "gum-error.h"
#include "gum-http.h"
#include "upload-fixture.h"

static void
cancel (UploadFixture *fixture)
{
  gum_upload_cancel (fixture->upload);
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_CANCELLED);
  g_assert_cmpfloat (gum_upload_get_rate (fixture->upload), ==, 0);
  /* Once more does nothing. */
  gum_upload_cancel (fixture->upload);
}

static void
assert_cancelled (UploadFixture *fixture)
{
  upload_fixture_assert_end (fixture, GUM_UPLOAD_CANCELLED, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Everything up to there is answered, and then nothing is. */
static void
hold_in (UploadFixture  *fixture,
         GumUploadState  state,
         guint           n_requests)
{
  upload_fixture_wait_state (fixture, state);
  gum_raw_server_hold (fixture->base.server, TRUE);
  gum_raw_server_wait_requests (fixture->base.server, n_requests);
}

static void
test_waiting (UploadFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);
  g_autoptr(GFile) file = g_file_new_for_path (fixture->path);

  fixture->upload = gum_upload_new (fixture->base.client, file);
  cancel (fixture);
  gum_upload_run_async (fixture->upload, gum_test_result_cb, &fixture->result);
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 0, 0, 0, 0);
}

static void
test_opening (UploadFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_start (fixture);
  cancel (fixture);
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 0, 0, 0, 0);
}

/* The answer tells what to abort, so it is waited for. */
static void
test_presign (UploadFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);
  g_autofree char *request = NULL;

  upload_fixture_start (fixture);
  hold_in (fixture, GUM_UPLOAD_READING, 1);
  cancel (fixture);
  gum_test_settle ();
  g_assert_null (fixture->result);
  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_abort (fixture, "accepted");
  upload_fixture_push_abort (fixture, "already_gone");
  gum_raw_server_hold (fixture->base.server, FALSE);
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 1, 0, 0, 2);
  request = upload_fixture_dup_request (fixture, UPLOAD_ABORT, 0);
  g_assert_nonnull (strstr (request, "\"upload_id\":\"CANARY-id\""));
  g_assert_nonnull (strstr (request, "\"key\":\"attachments/1/CANARY/original/A plug-in.zip\""));
  g_assert_cmpstr (fixture->states->str, ==, " reading cancelled");
}

/* A presign that is refused, or whose answer is nonsense, leaves nothing to abort. */
static void
test_presign_fails (UploadFixture *fixture,
                    gconstpointer  data)
{
  static const char * const answers[] = { "{\"success\":false}", "{}" };
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      upload_fixture_start (fixture);
      hold_in (fixture, GUM_UPLOAD_READING, i + 1);
      cancel (fixture);
      gum_raw_server_push_json (fixture->base.server, answers[i]);
      gum_raw_server_hold (fixture->base.server, FALSE);
      assert_cancelled (fixture);
      upload_fixture_assert_requests (fixture, i + 1, 0, 0, 0);
    }
}

/* While Gumroad asked for a pause, the presign has not left, and does not. */
static void
test_paused (UploadFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  gum_raw_server_push_answer (fixture->base.server, "429 Too Many Requests", "Retry-After: 600\r\n", "");
  upload_fixture_start (fixture);
  while (gum_client_get_paused_until (fixture->base.client) == 0)
    g_main_context_iteration (NULL, TRUE);
  cancel (fixture);
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 1, 0, 0, 0);
}

static gboolean
nothing_is_left (gpointer data)
{
  return gum_raw_server_get_n_left (((UploadFixture *) data)->base.server) == 0;
}

/* Every part that is on its way ends; none begins any more; then the storage is told. */
static void
test_sending (UploadFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 9000);

  upload_fixture_push_presign (fixture, 9);
  upload_fixture_start (fixture);
  hold_in (fixture, GUM_UPLOAD_SENDING, 1 + GUM_UPLOAD_PARALLEL);
  cancel (fixture);
  /* One answer for each that was read, though nobody is there any more to take it. */
  for (guint i = 0; i < GUM_UPLOAD_PARALLEL; i++)
    upload_fixture_push_part (fixture);
  gum_raw_server_wait_requests (fixture->base.server, 1 + GUM_UPLOAD_PARALLEL + 1);
  upload_fixture_push_abort (fixture, "already_gone");
  gum_raw_server_hold (fixture->base.server, FALSE);
  assert_cancelled (fixture);
  gum_test_wait_until (nothing_is_left, fixture);
  upload_fixture_assert_requests (fixture, 1, GUM_UPLOAD_PARALLEL, 0, 1);
  g_assert_cmpstr (fixture->states->str, ==, " reading sending cancelled");
}

/* A part that waits to be sent again is not. */
static void
test_between_two_tries (UploadFixture *fixture,
                        gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  fixture->tuning.time_scale = 1;
  upload_fixture_push_presign (fixture, 1);
  gum_raw_server_push_answer (fixture->base.server, "503 Slow Down", "Retry-After: 600\r\n", "");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  gum_raw_server_wait_requests (fixture->base.server, 2);
  while (gum_raw_server_get_n_left (fixture->base.server) > 1)
    g_main_context_iteration (NULL, FALSE);
  cancel (fixture);
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 1, 1, 0, 1);
}

/* All parts are there, and the file is looked at once more. */
static void
test_checking (UploadFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_part (fixture);
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  while (gum_upload_get_sent (fixture->upload) < 500)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_SENDING);
  cancel (fixture);
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 1, 1, 0, 1);
}

/* What is completed cannot be aborted, what was refused is, and of what is unclear nobody knows; it
 * stays cancelled in any case. */
static void
test_completing (UploadFixture *fixture,
                 gconstpointer  data)
{
  static const struct {
    const char *status;
    const char *body;
    gboolean    aborted;
  } cases[] = {
    { "200 OK", "{\"success\":true,\"file_url\":\"https://files.example/CANARY\"}", FALSE },
    { "500 Internal Server Error", "", FALSE },
    { "400 Bad Request", "", TRUE },
  };
  g_autofree char *content = upload_fixture_write_file (fixture, 500);
  guint aborts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint before = gum_raw_server_get_n_requests (fixture->base.server);

      upload_fixture_push_presign (fixture, 1);
      upload_fixture_push_part (fixture);
      upload_fixture_start (fixture);
      hold_in (fixture, GUM_UPLOAD_COMPLETING, before + 3);
      cancel (fixture);
      gum_test_settle ();
      g_assert_null (fixture->result);
      gum_raw_server_push_answer (fixture->base.server, cases[i].status, NULL, cases[i].body);
      if (cases[i].aborted)
        {
          upload_fixture_push_abort (fixture, "already_gone");
          aborts++;
        }
      gum_raw_server_hold (fixture->base.server, FALSE);
      assert_cancelled (fixture);
      upload_fixture_assert_requests (fixture, i + 1, i + 1, i + 1, aborts);
    }
}

static void
test_done (UploadFixture *fixture,
           gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_part (fixture);
  upload_fixture_push_complete (fixture);
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  gum_upload_cancel (fixture->upload);
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_DONE);
  g_assert_nonnull (gum_upload_get_file_url (fixture->upload));
  upload_fixture_assert_requests (fixture, 1, 1, 1, 0);
}

/* Signing out ends the client's requests; the upload does not take that for a failure. */
static void
test_client_aborted (UploadFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  gum_raw_server_push_answer (fixture->base.server, "429 Too Many Requests", "Retry-After: 600\r\n", "");
  upload_fixture_start (fixture);
  while (gum_client_get_paused_until (fixture->base.client) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (gum_upload_get_state (fixture->upload) == GUM_UPLOAD_READING)
    {
      g_main_context_iteration (NULL, FALSE);
      gum_client_abort (fixture->base.client);
    }
  assert_cancelled (fixture);
  upload_fixture_assert_requests (fixture, 1, 0, 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

  UPLOAD_ADD ("/api/upload-cancel/waiting", test_waiting);
  UPLOAD_ADD ("/api/upload-cancel/opening", test_opening);
  UPLOAD_ADD ("/api/upload-cancel/presign", test_presign);
  UPLOAD_ADD ("/api/upload-cancel/presign-fails", test_presign_fails);
  UPLOAD_ADD ("/api/upload-cancel/paused", test_paused);
  UPLOAD_ADD ("/api/upload-cancel/sending", test_sending);
  UPLOAD_ADD ("/api/upload-cancel/between-two-tries", test_between_two_tries);
  UPLOAD_ADD ("/api/upload-cancel/checking", test_checking);
  UPLOAD_ADD ("/api/upload-cancel/completing", test_completing);
  UPLOAD_ADD ("/api/upload-cancel/done", test_done);
  UPLOAD_ADD ("/api/upload-cancel/client-aborted", test_client_aborted);

  return g_test_run ();
}
