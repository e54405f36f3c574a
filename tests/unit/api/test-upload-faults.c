/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong on the way of a file: what is sent again, what is not, what is thrown away at the
 * storage, and what is said. */

#include "config.h"

#include "gum-error.h"
#include "gum-http.h"
#include "upload-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char expired[] =
  "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";

/* "close", "reset", "cut", "stall", or a status with an optional body behind a '|'. */
static void
push_fault (UploadFixture *fixture,
            const char    *fault)
{
  GumRawServer *server = fixture->base.server;

  if (g_str_equal (fault, "close"))
    gum_raw_server_push (server, GUM_RAW_CLOSE, "", -1);
  else if (g_str_equal (fault, "reset"))
    gum_raw_server_push (server, GUM_RAW_RESET, "", -1);
  else if (g_str_equal (fault, "cut"))
    gum_raw_server_push (server, GUM_RAW_CLOSE,
                         "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 9\r\n\r\nabc", -1);
  else if (g_str_equal (fault, "stall"))
    gum_raw_server_push (server, GUM_RAW_STALL, "", -1);
  else
    {
      g_auto(GStrv) pieces = g_strsplit (fault, "|", 2);

      gum_raw_server_push_answer (server, pieces[0], NULL, pieces[1] != NULL ? pieces[1] : "");
    }
}

/* A part that was not taken for a reason that passes is sent again, and only that part. */
static void
test_parts_are_sent_again (UploadFixture *fixture,
                           gconstpointer  data)
{
  static const char * const faults[] = {
    "close", "reset", "cut", "stall", "429 Too Many Requests", "500 Internal Server Error",
    "503 Slow Down", "200 OK", "408 Request Timeout",
    "400 Bad Request|<Error><Code>RequestTimeout</Code></Error>",
  };
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  fixture->tuning.stall = 1;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_test_message ("%s", faults[i]);
      upload_fixture_push_presign (fixture, 1);
      push_fault (fixture, faults[i]);
      upload_fixture_push_part (fixture);
      upload_fixture_push_complete (fixture);
      upload_fixture_start (fixture);
      upload_fixture_assert_done (fixture);
      upload_fixture_assert_requests (fixture, i + 1, 2 * (i + 1), i + 1, 0);
    }

  for (guint i = 0; i < 2 * G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *part = upload_fixture_dup_request (fixture, "PUT ", i);

      g_assert_cmpstr (strstr (part, "\r\n\r\n") + 4, ==, content);
    }
}

static gboolean
is_broken (gpointer data)
{
  return gum_upload_is_broken (data);
}

/* While nothing is sent, there is neither a rate nor an end in sight, whatever there was before. */
static void
test_broken (UploadFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  fixture->tuning.time_scale = 1000;
  upload_fixture_push_presign (fixture, 1);
  push_fault (fixture, "reset");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  g_assert_false (gum_upload_is_broken (fixture->upload));
  gum_test_wait_until (is_broken, fixture->upload);
  g_assert_cmpint (gum_upload_get_state (fixture->upload), ==, GUM_UPLOAD_SENDING);
  g_assert_cmpfloat (gum_upload_get_rate (fixture->upload), ==, 0);
  g_assert_cmpint (gum_upload_get_time_left (fixture->upload), ==, -1);

  gum_upload_cancel (fixture->upload);
  g_assert_false (gum_upload_is_broken (fixture->upload));
  upload_fixture_assert_end (fixture, GUM_UPLOAD_CANCELLED, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fixture->tuning.time_scale = 0.001;
  upload_fixture_push_presign (fixture, 1);
  push_fault (fixture, "reset");
  upload_fixture_push_part (fixture);
  upload_fixture_push_complete (fixture);
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  g_assert_false (gum_upload_is_broken (fixture->upload));
}

/* A refusal ends it, with the one part sent once. */
static void
test_parts_are_refused (UploadFixture *fixture,
                        gconstpointer  data)
{
  static const char * const faults[] = {
    "400 Bad Request|<Error><Code>InvalidRequest</Code></Error>", "401 Unauthorized",
    "403 Forbidden|<Error><Code>SignatureDoesNotMatch</Code></Error>", "404 Not Found",
    "413 Content Too Large", "302 Found",
  };
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_test_message ("%s", faults[i]);
      upload_fixture_push_presign (fixture, 1);
      push_fault (fixture, faults[i]);
      upload_fixture_push_abort (fixture, "already_gone");
      upload_fixture_start (fixture);
      upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_REJECTED);
      g_assert_cmpuint (gum_error_get_status (gum_upload_get_error (fixture->upload)), ==,
                        g_ascii_strtoull (faults[i], NULL, 10));
      upload_fixture_assert_requests (fixture, i + 1, i + 1, 0, i + 1);
    }
}

static void
test_parts_are_given_up (UploadFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_push_presign (fixture, 1);
  for (guint i = 0; i < 8; i++)
    push_fault (fixture, "503 Slow Down");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_SERVER);
  upload_fixture_assert_requests (fixture, 1, 8, 0, 1);
}

/* A storage that hangs up each time may have said something that nobody heard: then other addresses
 * are asked for. What has begun to arrive is not thrown away for that. */
static void
test_hang_ups (UploadFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_push_presign (fixture, 1);
  for (guint i = 0; i < 4; i++)
    push_fault (fixture, "reset");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_part (fixture);
  upload_fixture_push_complete (fixture);
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  upload_fixture_assert_requests (fixture, 2, 5, 1, 1);

  upload_fixture_push_presign (fixture, 1);
  for (guint i = 0; i < 2; i++)
    {
      for (guint j = 0; j < 4; j++)
        push_fault (fixture, "reset");
      upload_fixture_push_abort (fixture, "already_gone");
      upload_fixture_push_presign (fixture, 1);
    }
  for (guint j = 0; j < 4; j++)
    push_fault (fixture, "reset");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, G_IO_ERROR,
                             G_IO_ERROR_CONNECTION_CLOSED);
  upload_fixture_assert_requests (fixture, 2 + 3, 5 + 12, 1, 1 + 3);

  g_free (content);
  content = upload_fixture_write_file (fixture, 1500);
  upload_fixture_push_presign (fixture, 2);
  upload_fixture_push_part (fixture);
  for (guint i = 0; i < 24; i++)
    push_fault (fixture, "reset");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, G_IO_ERROR,
                             G_IO_ERROR_CONNECTION_CLOSED);
  upload_fixture_assert_requests (fixture, 5 + 1, 17 + 25, 1, 4 + 1);
}

/* Three times in all. */
static void
test_expired (UploadFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *fault = g_strconcat ("403 Forbidden|", expired, NULL);
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_push_presign (fixture, 1);
  push_fault (fixture, fault);
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_part (fixture);
  upload_fixture_push_complete (fixture);
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  upload_fixture_assert_requests (fixture, 2, 2, 1, 1);
  g_assert_cmpuint (gum_upload_get_attempt (fixture->upload), ==, 2);
  g_assert_cmpstr (fixture->states->str, ==, " reading sending reading sending completing done");

  upload_fixture_push_presign (fixture, 1);
  push_fault (fixture, fault);
  for (guint i = 0; i < 2; i++)
    {
      upload_fixture_push_abort (fixture, "already_gone");
      upload_fixture_push_presign (fixture, 1);
      push_fault (fixture, fault);
    }
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_UPLOAD_EXPIRED);
  g_assert_cmpuint (gum_upload_get_attempt (fixture->upload), ==, 3);
  upload_fixture_assert_requests (fixture, 2 + 3, 2 + 3, 1, 1 + 3);
}

/* What is known to be too old is not even tried. */
static void
test_too_old (UploadFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  fixture->tuning.lifetime = 0;
  for (guint i = 0; i < 3; i++)
    {
      upload_fixture_push_presign (fixture, 1);
      upload_fixture_push_abort (fixture, "already_gone");
    }
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_UPLOAD_EXPIRED);
  upload_fixture_assert_requests (fixture, 3, 0, 0, 3);
}

/* Presigning may be repeated: what nobody uses is lost by itself. Not after a clear no. */
static void
test_presign (UploadFixture *fixture,
              gconstpointer  data)
{
  static const char * const passing[] = {
    "close", "reset", "cut", "500 Internal Server Error", "429 Too Many Requests", "200 OK|<html>",
  };
  static const struct {
    const char *fault;
    int         code;
  } final[] = {
    { "400 Bad Request|{\"status\":400,\"error\":\"filename is required\"}", GUM_ERROR_REJECTED },
    { "200 OK|{\"success\":false,\"message\":\"No.\"}", GUM_ERROR_REJECTED },
    { "403 Forbidden", GUM_ERROR_FORBIDDEN },
    { "302 Found", GUM_ERROR_REDIRECTED },
    { "200 OK|{\"success\":true}", GUM_ERROR_PROTOCOL },
    { "200 OK|{\"upload_id\":\"a\",\"key\":\"b\",\"parts\":[{\"part_number\":1,"
      "\"presigned_url\":\"http://example.org/\"}]}", GUM_ERROR_INSECURE },
    { "200 OK|{\"upload_id\":\"a\",\"key\":\"b\",\"parts\":[{\"part_number\":2,"
      "\"presigned_url\":\"https://example.org/\"}]}", GUM_ERROR_PROTOCOL },
  };
  g_autofree char *content = upload_fixture_write_file (fixture, 500);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    {
      g_test_message ("%s", passing[i]);
      push_fault (fixture, passing[i]);
      upload_fixture_push_presign (fixture, 1);
      upload_fixture_push_part (fixture);
      upload_fixture_push_complete (fixture);
      upload_fixture_start (fixture);
      upload_fixture_assert_done (fixture);
      upload_fixture_assert_requests (fixture, n += 2, i + 1, i + 1, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (final); i++)
    {
      g_test_message ("%s", final[i].fault);
      push_fault (fixture, final[i].fault);
      upload_fixture_start (fixture);
      upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, final[i].code);
      upload_fixture_assert_requests (fixture, ++n, G_N_ELEMENTS (passing), G_N_ELEMENTS (passing),
                                      0);
    }

  for (guint i = 0; i < 4; i++)
    push_fault (fixture, "close");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_UNCLEAR);
  upload_fixture_assert_requests (fixture, n + 4, G_N_ELEMENTS (passing), G_N_ELEMENTS (passing), 0);
}

/* Completing is sent once, whatever comes of it. Only a clear no lets the rest be thrown away. */
static void
test_complete (UploadFixture *fixture,
               gconstpointer  data)
{
  static const char * const unclear[] = {
    "close", "reset", "cut", "200 OK|<html>", "200 OK", "302 Found", "408 Request Timeout",
    "409 Conflict|{\"error\":\"Again\"}", "429 Too Many Requests", "500 Internal Server Error",
    "502 Bad Gateway|{\"error\":\"Later\"}",
    "500 Internal Server Error|{\"success\":false,\"message\":\"No.\"}",
  };
  static const struct {
    const char *fault;
    int         code;
  } definite[] = {
    { "400 Bad Request|{\"status\":400,\"error\":\"parts is required\"}", GUM_ERROR_REJECTED },
    { "403 Forbidden", GUM_ERROR_FORBIDDEN },
    { "404 Not Found", GUM_ERROR_NOT_FOUND },
    { "422 Unprocessable Content", GUM_ERROR_REJECTED },
    { "200 OK|{\"success\":false,\"message\":\"No.\"}", GUM_ERROR_REJECTED },
  };
  g_autofree char *content = upload_fixture_write_file (fixture, 500);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (unclear); i++)
    {
      g_test_message ("%s", unclear[i]);
      upload_fixture_push_presign (fixture, 1);
      upload_fixture_push_part (fixture);
      push_fault (fixture, unclear[i]);
      upload_fixture_start (fixture);
      upload_fixture_assert_end (fixture, GUM_UPLOAD_UNCLEAR, GUM_ERROR,
                                 GUM_ERROR_UPLOAD_UNCLEAR);
      n++;
      upload_fixture_assert_requests (fixture, n, n, n, 0);
      /* The pause that a 429 asks for is over before the next. */
      while (gum_client_get_paused_until (fixture->base.client) != 0)
        g_main_context_iteration (NULL, TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (definite); i++)
    {
      g_test_message ("%s", definite[i].fault);
      upload_fixture_push_presign (fixture, 1);
      upload_fixture_push_part (fixture);
      push_fault (fixture, definite[i].fault);
      upload_fixture_push_abort (fixture, "already_gone");
      upload_fixture_start (fixture);
      upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, definite[i].code);
      n++;
      upload_fixture_assert_requests (fixture, n, n, n, i + 1);
    }
}

/* Gumroad says "accepted" as long as there may be something left; five times at most it is asked. */
static void
test_abort (UploadFixture *fixture,
            gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  upload_fixture_push_presign (fixture, 1);
  push_fault (fixture, "404 Not Found");
  upload_fixture_push_abort (fixture, "accepted");
  gum_raw_server_push_answer_for (fixture->base.server, UPLOAD_ABORT, "500 Internal Server Error",
                                  NULL, "");
  upload_fixture_push_abort (fixture, "already_gone");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_REJECTED);
  upload_fixture_assert_requests (fixture, 1, 1, 0, 3);

  upload_fixture_push_presign (fixture, 1);
  push_fault (fixture, "404 Not Found");
  for (guint i = 0; i < 5; i++)
    upload_fixture_push_abort (fixture, "accepted");
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_REJECTED);
  upload_fixture_assert_requests (fixture, 2, 2, 0, 8);
}

static void
assert_file_is_refused (UploadFixture *fixture,
                        int            code)
{
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, code);
  upload_fixture_assert_requests (fixture, 0, 0, 0, 0);
}

/* What cannot be sent is not even announced. */
static void
test_files (UploadFixture *fixture,
            gconstpointer  data)
{
  int fd;

  assert_file_is_refused (fixture, GUM_ERROR_FILE_VANISHED);

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_file_is_refused (fixture, GUM_ERROR_FILE_IS_FOLDER);
  g_rmdir (fixture->path);

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_file_is_refused (fixture, GUM_ERROR_FILE_UNREADABLE);
  g_unlink (fixture->path);

  fd = open (fixture->path, O_WRONLY | O_CREAT, 0600);
  g_assert_cmpint (fd, >=, 0);
  assert_file_is_refused (fixture, GUM_ERROR_FILE_EMPTY);
  g_assert_cmpint (ftruncate (fd, GUM_UPLOAD_MAX_SIZE + 1), ==, 0);
  assert_file_is_refused (fixture, GUM_ERROR_FILE_TOO_LARGE);
  close (fd);

  /* Whoever may read everything cannot see this one. */
  if (geteuid () != 0)
    {
      g_free (upload_fixture_write_file (fixture, 10));
      g_chmod (fixture->path, 0);
      assert_file_is_refused (fixture, GUM_ERROR_FILE_UNREADABLE);
    }
}

typedef enum {
  GROW,
  SHRINK,
  REWRITE,
  REPLACE,
  REMOVE,
} Change;

static void
change_file (UploadFixture *fixture,
             Change         change)
{
  g_autofree char *other = g_strconcat (fixture->path, ".new", NULL);
  struct stat file;
  int fd;

  g_assert_cmpint (stat (fixture->path, &file), ==, 0);
  switch (change)
    {
    case GROW:
    case SHRINK:
      g_assert_cmpint (truncate (fixture->path, file.st_size + (change == GROW ? 1 : -1)), ==, 0);
      break;
    case REWRITE:
      fd = open (fixture->path, O_WRONLY);
      g_assert_cmpint (pwrite (fd, "other", 5, 0), ==, 5);
      close (fd);
      break;
    case REPLACE:
      /* At once: whoever reads it must not find none in between. */
      fd = open (other, O_WRONLY | O_CREAT | O_EXCL, 0600);
      g_assert_cmpint (ftruncate (fd, file.st_size), ==, 0);
      close (fd);
      g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
      break;
    case REMOVE:
      g_unlink (fixture->path);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* All parts are there, but the file is another by now: it must not become one. */
static void
test_changes_at_the_end (UploadFixture *fixture,
                         gconstpointer  data)
{
  for (guint change = GROW; change <= REMOVE; change++)
    {
      g_autofree char *content = upload_fixture_write_file (fixture, 500);

      upload_fixture_push_presign (fixture, 1);
      upload_fixture_start (fixture);
      upload_fixture_wait_state (fixture, GUM_UPLOAD_SENDING);
      gum_raw_server_hold (fixture->base.server, TRUE);
      gum_raw_server_wait_requests (fixture->base.server, 3 * change + 2);
      change_file (fixture, change);
      upload_fixture_push_part (fixture);
      upload_fixture_push_abort (fixture, "already_gone");
      gum_raw_server_hold (fixture->base.server, FALSE);
      upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR,
                                 change == REMOVE ? GUM_ERROR_FILE_VANISHED
                                                  : GUM_ERROR_FILE_CHANGED);
      upload_fixture_assert_requests (fixture, change + 1, change + 1, 0, change + 1);
    }
}

static gboolean
some_is_sent (gpointer data)
{
  return gum_upload_get_sent (((UploadFixture *) data)->upload) > 0;
}

/* Far more than the system buffers, so that much is still to be read: no waiting for the line. */
static void
test_changes_in_the_middle (UploadFixture *fixture,
                            gconstpointer  data)
{
  const gsize size = 64 * 1024 * 1024;

  fixture->tuning.part_size = size;
  for (guint change = GROW; change <= REMOVE; change++)
    {
      int fd = open (fixture->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

      g_assert_cmpint (ftruncate (fd, size), ==, 0);
      close (fd);
      upload_fixture_push_presign (fixture, 1);
      upload_fixture_push_abort (fixture, "already_gone");
      upload_fixture_start (fixture);
      gum_test_wait_until (some_is_sent, fixture);
      change_file (fixture, change);
      upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR,
                                 change == REMOVE ? GUM_ERROR_FILE_VANISHED
                                                  : GUM_ERROR_FILE_CHANGED);
      /* The part was not read to its end, so it does not count as a request. */
      upload_fixture_assert_requests (fixture, change + 1, 0, 0, change + 1);
    }
}

static void
test_not_connected (UploadFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  gum_raw_server_stop (fixture->base.server);
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, G_IO_ERROR,
                             G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_no_token (UploadFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 500);

  dummy_authorizer_set_token (fixture->base.authorizer, NULL);
  upload_fixture_start (fixture);
  upload_fixture_assert_end (fixture, GUM_UPLOAD_FAILED, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN);
  upload_fixture_assert_requests (fixture, 0, 0, 0, 0);
}

/* After all the rest: what the log has of it. */
static void
test_log (void)
{
  g_assert_null (strstr (gum_test_captured_log (), "CANARY"));
  g_assert_null (strstr (gum_test_captured_log (), "plug-in"));
  g_assert_nonnull (strstr (gum_test_captured_log (), "PUT (secret): 200, "));
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  gum_test_capture_log ();
  g_test_init (&argc, &argv, NULL);

  UPLOAD_ADD ("/api/upload-faults/parts-are-sent-again", test_parts_are_sent_again);
  UPLOAD_ADD ("/api/upload-faults/broken", test_broken);
  UPLOAD_ADD ("/api/upload-faults/parts-are-refused", test_parts_are_refused);
  UPLOAD_ADD ("/api/upload-faults/parts-are-given-up", test_parts_are_given_up);
  UPLOAD_ADD ("/api/upload-faults/hang-ups", test_hang_ups);
  UPLOAD_ADD ("/api/upload-faults/expired", test_expired);
  UPLOAD_ADD ("/api/upload-faults/too-old", test_too_old);
  UPLOAD_ADD ("/api/upload-faults/presign", test_presign);
  UPLOAD_ADD ("/api/upload-faults/complete", test_complete);
  UPLOAD_ADD ("/api/upload-faults/abort", test_abort);
  UPLOAD_ADD ("/api/upload-faults/files", test_files);
  UPLOAD_ADD ("/api/upload-faults/changes-at-the-end", test_changes_at_the_end);
  UPLOAD_ADD ("/api/upload-faults/changes-in-the-middle", test_changes_in_the_middle);
  UPLOAD_ADD ("/api/upload-faults/not-connected", test_not_connected);
  UPLOAD_ADD ("/api/upload-faults/no-token", test_no_token);
  g_test_add_func ("/api/upload-faults/log", test_log);

  return g_test_run ();
}
