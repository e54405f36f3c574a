/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The storage that parts are sent to: what it refuses, and what a fault leaves behind.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

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

/* Sends the head and a few bytes of a part, and waits until they have arrived. */
static GSocketConnection *
begin_part (Fixture *fixture,
            Upload  *upload)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (upload->parts[0], SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *head = NULL;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                (guint16) g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  head = g_strdup_printf ("PUT %s?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
                          "0123456789", g_uri_get_path (uri), g_uri_get_query (uri), PART);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head,
                             strlen (head), NULL, NULL, &error);
  g_assert_no_error (error);
  while (received_of_first (fixture) < 10)
    g_thread_yield ();

  return connection;
}

static gint64
n_held (Fixture *fixture)
{
  g_autoptr (JsonObject) stats = fixture_control (fixture, "stats", "{}");

  return json_object_get_int_member (stats, "held");
}

/* A client that leaves in the midst of a body leaves nothing behind. */
static void
test_client_leaves (Fixture       *fixture,
                    gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (GSocketConnection) connection = NULL;

  presign (fixture, &upload);
  connection = begin_part (fixture, &upload);
  g_assert_cmpint (n_held (fixture), ==, 1);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  while (n_held (fixture) > 0)
    g_thread_yield ();
  g_free (send_part (fixture, &upload, 0));
}

/* The other way round: reading, the sandbox is put back, or ended. */
static void
test_server_leaves (Fixture       *fixture,
                    gconstpointer  data)
{
  g_auto (Upload) first = { 0 };
  g_auto (Upload) second = { 0 };
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GSocketConnection) left = NULL;
  char byte;

  presign (fixture, &first);
  connection = begin_part (fixture, &first);
  fixture_set (fixture, "reset", "{}");
  g_assert_cmpint (n_held (fixture), ==, 0);
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        &byte, 1, NULL, NULL), <=, 0);

  presign (fixture, &second);
  left = begin_part (fixture, &second);
  gum_sandbox_stop (fixture->sandbox);
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (left)), &byte, 1,
                                        NULL, NULL), <=, 0);
}

static void
test_no_length (Fixture       *fixture,
                gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) body = g_memory_input_stream_new_from_data ("0123456789", 10, NULL);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  presign (fixture, &upload);
  message = soup_message_new ("PUT", upload.parts[0]);
  soup_message_set_request_body (message, NULL, body, -1);
  answer = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 411);
}

/* A relay in front of the storage: only what is sent goes there, what is stored is called as before. */
static void
test_front (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (JsonObject) set = fixture_control (fixture, "set_storage",
                                                "{\"front\":\"http://127.0.0.1:9\"}");

  presign (fixture, &upload);
  for (guint i = 0; i < G_N_ELEMENTS (upload.parts); i++)
    g_assert_true (g_str_has_prefix (upload.parts[i], "http://127.0.0.1:9/storage/attachments/"));
  g_assert_false (g_str_has_prefix (upload.file_url, "http://127.0.0.1:9/"));
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

#define ADD(path, func) \
  g_test_add ("/sandbox/storage/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("part-refused", test_part_refused);
  ADD ("ports", test_ports);
  ADD ("faults", test_faults);
  ADD ("hang", test_hang);
  ADD ("expires-on-the-way", test_expires_on_the_way);
  ADD ("client-leaves", test_client_leaves);
  ADD ("server-leaves", test_server_leaves);
  ADD ("no-length", test_no_length);
  ADD ("front", test_front);
  ADD ("rate", test_rate);
  ADD ("large", test_large);

  return g_test_run ();
}
