/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several files: whose turn it is, what the sums are, and how all of it ends when the program does. */

#include "config.h"

#include "gum-http.h"
#include "gum-upload-queue.h"
#include "upload-fixture.h"

#define N_FILES 4

typedef struct {
  UploadFixture   base;
  GumUploadQueue *queue;
  GumUpload      *uploads[N_FILES];
} QueueFixture;

static void
set_up (QueueFixture  *fixture,
        gconstpointer  data)
{
  upload_fixture_set_up (&fixture->base, data);
  fixture->queue = gum_upload_queue_new ();
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->queue)) == GUM_TYPE_UPLOAD);
}

static void
tear_down (QueueFixture  *fixture,
           gconstpointer  data)
{
  gum_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
  for (guint i = 0; i < N_FILES; i++)
    if (fixture->uploads[i] != NULL)
      g_assert_finalize_object (fixture->uploads[i]);
  upload_fixture_tear_down (&fixture->base, data);
}

static void
add_files (QueueFixture *fixture,
           guint         n)
{
  g_autofree char *content = upload_fixture_write_file (&fixture->base, 500);
  g_autoptr(GFile) file = g_file_new_for_path (fixture->base.path);

  for (guint i = 0; i < n; i++)
    {
      fixture->uploads[i] = gum_upload_new (fixture->base.base.client, file);
      _gum_upload_set_tuning (fixture->uploads[i], &fixture->base.tuning);
      gum_upload_queue_add (fixture->queue, fixture->uploads[i]);
    }
}

static void
assert_states (QueueFixture   *fixture,
               GumUploadState  first,
               GumUploadState  second,
               GumUploadState  third,
               GumUploadState  fourth)
{
  g_assert_cmpint (gum_upload_get_state (fixture->uploads[0]), ==, first);
  g_assert_cmpint (gum_upload_get_state (fixture->uploads[1]), ==, second);
  g_assert_cmpint (gum_upload_get_state (fixture->uploads[2]), ==, third);
  g_assert_cmpint (gum_upload_get_state (fixture->uploads[3]), ==, fourth);
}

static gboolean
is_idle (gpointer data)
{
  return gum_upload_queue_get_active (data) == 0;
}

static gboolean
is_known (gpointer data)
{
  return gum_upload_queue_get_total (data) == 500 * N_FILES;
}

/* The two that run, and Gumroad that answers nothing. */
static void
start_held (QueueFixture *fixture)
{
  gum_raw_server_hold (fixture->base.base.server, TRUE);
  add_files (fixture, N_FILES);
  gum_raw_server_wait_requests (fixture->base.base.server, 2);
  gum_test_wait_until (is_known, fixture->queue);
}

static void
test_two_at_once (QueueFixture  *fixture,
                  gconstpointer  data)
{
  start_held (fixture);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->base.base.server), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, N_FILES);
  g_assert_cmpuint (gum_upload_queue_get_active (fixture->queue), ==, N_FILES);
  g_assert_cmpuint (gum_upload_queue_get_sent (fixture->queue), ==, 0);
  assert_states (fixture, GUM_UPLOAD_READING, GUM_UPLOAD_READING, GUM_UPLOAD_WAITING,
                 GUM_UPLOAD_WAITING);

  /* Refused, the first makes room for the third; cancelled, the second for the fourth. */
  gum_raw_server_push_answer (fixture->base.base.server, "400 Bad Request", NULL, "");
  gum_raw_server_push_answer (fixture->base.base.server, "400 Bad Request", NULL, "");
  gum_upload_cancel (fixture->uploads[1]);
  assert_states (fixture, GUM_UPLOAD_READING, GUM_UPLOAD_CANCELLED, GUM_UPLOAD_READING,
                 GUM_UPLOAD_WAITING);
  g_assert_cmpuint (gum_upload_queue_get_active (fixture->queue), ==, 3);
  g_assert_cmpuint (gum_upload_queue_get_total (fixture->queue), ==, 500 * 3);

  /* The three that are there, and the fourth. */
  gum_raw_server_wait_requests (fixture->base.base.server, 3);
  gum_raw_server_push_answer (fixture->base.base.server, "400 Bad Request", NULL, "");
  gum_raw_server_push_answer (fixture->base.base.server, "400 Bad Request", NULL, "");
  gum_raw_server_hold (fixture->base.base.server, FALSE);
  gum_test_wait_until (is_idle, fixture->queue);
  assert_states (fixture, GUM_UPLOAD_FAILED, GUM_UPLOAD_CANCELLED, GUM_UPLOAD_FAILED,
                 GUM_UPLOAD_FAILED);
  g_assert_cmpuint (gum_upload_queue_get_total (fixture->queue), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, N_FILES);
  upload_fixture_assert_requests (&fixture->base, N_FILES, 0, 0, 0);
}

/* One after the other, so that the answers come to the right request. */
static void
upload_one (QueueFixture *fixture)
{
  upload_fixture_push_presign (&fixture->base, 1);
  upload_fixture_push_part (&fixture->base);
  upload_fixture_push_complete (&fixture->base);
  add_files (fixture, 1);
  gum_test_wait_until (is_idle, fixture->queue);
  g_assert_cmpint (gum_upload_get_state (fixture->uploads[0]), ==, GUM_UPLOAD_DONE);
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            guint      *n_removed)
{
  *n_removed += removed;
}

static void
test_clear (QueueFixture  *fixture,
            gconstpointer  data)
{
  guint n_removed = 0;

  upload_one (fixture);
  g_assert_cmpuint (gum_upload_queue_get_sent (fixture->queue), ==, 500);
  g_assert_cmpuint (gum_upload_queue_get_total (fixture->queue), ==, 500);

  /* What is added to an idle queue is counted from the beginning. */
  g_object_unref (g_steal_pointer (&fixture->uploads[0]));
  upload_one (fixture);
  g_assert_cmpuint (gum_upload_queue_get_total (fixture->queue), ==, 500);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 2);

  g_signal_connect (fixture->queue, "items-changed", G_CALLBACK (changed_cb), &n_removed);
  gum_upload_queue_clear (fixture->queue);
  g_assert_cmpuint (n_removed, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
  g_assert_cmpuint (gum_upload_queue_get_total (fixture->queue), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->queue), 0));
}

static gboolean
cancel_all (QueueFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_upload_queue_cancel_all_async (fixture->queue, gum_test_result_cb, &result);
  g_assert_cmpuint (gum_upload_queue_get_active (fixture->queue), ==, 0);

  return gum_upload_queue_cancel_all_finish (fixture->queue, gum_test_wait_result (&result));
}

/* Those that wait never begin; those that run are aborted before it returns. */
static void
test_cancel_all (QueueFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;

  start_held (fixture);
  gum_upload_queue_cancel_all_async (fixture->queue, gum_test_result_cb, &result);
  assert_states (fixture, GUM_UPLOAD_CANCELLED, GUM_UPLOAD_CANCELLED, GUM_UPLOAD_CANCELLED,
                 GUM_UPLOAD_CANCELLED);
  /* Both presigns succeed: two aborts. */
  for (guint i = 0; i < 2; i++)
    {
      upload_fixture_push_presign (&fixture->base, 1);
      upload_fixture_push_abort (&fixture->base, "already_gone");
    }
  gum_raw_server_hold (fixture->base.base.server, FALSE);
  g_assert_true (gum_upload_queue_cancel_all_finish (fixture->queue,
                                                     gum_test_wait_result (&result)));
  upload_fixture_assert_requests (&fixture->base, 2, 0, 0, 2);

  g_assert_true (cancel_all (fixture));
}

/* Gumroad does not answer, and the program ends all the same. */
static void
test_grace (QueueFixture  *fixture,
            gconstpointer  data)
{
  gint64 start;

  start_held (fixture);
  start = g_get_monotonic_time ();
  g_assert_false (cancel_all (fixture));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 1900 * 1000);

  /* What comes later does no harm. */
  gum_raw_server_push_answer (fixture->base.base.server, "400 Bad Request", NULL, "");
  gum_raw_server_push_answer (fixture->base.base.server, "400 Bad Request", NULL, "");
  gum_raw_server_hold (fixture->base.base.server, FALSE);
  g_assert_true (cancel_all (fixture));
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, QueueFixture, NULL, set_up, function, tear_down)

  ADD ("/api/upload-queue/two-at-once", test_two_at_once);
  ADD ("/api/upload-queue/clear", test_clear);
  ADD ("/api/upload-queue/cancel-all", test_cancel_all);
  ADD ("/api/upload-queue/grace", test_grace);

  return g_test_run ();
}
