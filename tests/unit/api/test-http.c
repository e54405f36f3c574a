/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One exchange, and what a peer can do to it. */

#include "config.h"

#include "gum-error.h"
#include "gum-http.h"
#include "gum-raw-server.h"
#include "gum-test.h"

#include <string.h>

typedef struct {
  GumRawServer *server;
  GumHttp      *http;
  SoupMessage  *message;
  GCancellable *cancellable;
  GAsyncResult *result;
  GError       *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = gum_raw_server_new ();
  fixture->http = gum_http_new ();
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->message);
  g_clear_object (&fixture->cancellable);
  g_clear_error (&fixture->error);
  g_assert_finalize_object (g_steal_pointer (&fixture->http));
  gum_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
}

static void
start (Fixture             *fixture,
       const char          *method,
       const GumHttpPolicy *policy)
{
  g_autofree char *uri = g_strconcat (gum_raw_server_get_url (fixture->server), "/a?b=c", NULL);

  g_clear_object (&fixture->message);
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  fixture->message = soup_message_new (method, uri);
  gum_http_send_async (fixture->http, fixture->message, policy, fixture->cancellable,
                       gum_test_result_cb, &fixture->result);
}

static GBytes *
finish (Fixture *fixture)
{
  return gum_http_send_finish (fixture->http, gum_test_wait_result (&fixture->result),
                               &fixture->error);
}

static void
assert_body (Fixture    *fixture,
             const char *expected)
{
  g_autoptr(GBytes) body = finish (fixture);

  g_assert_no_error (fixture->error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected, strlen (expected));
}

static void
assert_failure (Fixture *fixture,
                GQuark   domain,
                int      code)
{
  g_assert_null (finish (fixture));
  g_assert_error (fixture->error, domain, code);
}

static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *request = NULL;

  gum_raw_server_push_answer (fixture->server, "404 Not Found", NULL, "gone");
  start (fixture, "GET", NULL);
  assert_body (fixture, "gone");
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 404);
  g_assert_true (gum_http_was_sent (fixture->message));

  request = gum_raw_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /a?b=c HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: Gumroad-Desktop/"));
  g_assert_nonnull (strstr (request, "\r\nAccept-Language: "));
  g_assert_null (strstr (request, "Authorization"));
  g_assert_null (strstr (request, "Cookie"));
}

static void
test_no_memory (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *request = NULL;

  gum_raw_server_push_answer (fixture->server, "200 OK",
                              "Set-Cookie: a=b\r\nCache-Control: max-age=3600\r\n", "1");
  gum_raw_server_push_answer (fixture->server, "401 Unauthorized",
                              "WWW-Authenticate: Basic realm=\"x\"\r\n", "2");
  start (fixture, "GET", NULL);
  assert_body (fixture, "1");
  start (fixture, "GET", NULL);
  assert_body (fixture, "2");
  request = gum_raw_server_dup_request (fixture->server, 1);
  g_assert_null (strstr (request, "Cookie"));
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 2);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_KEEP, "HTTP/1.1 204 No Content\r\n\r\n", -1);
  start (fixture, "GET", NULL);
  assert_body (fixture, "");
}

static void
test_chunked (Fixture       *fixture,
              gconstpointer  data)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  g_autofree char *whole = g_strconcat (head, "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", NULL);
  g_autofree char *between = g_strconcat (head, "3\r\nabc\r\n", NULL);
  g_autofree char *within = g_strconcat (head, "3\r\nabc\r\n9\r\nde", NULL);
  g_autofree char *nothing = g_strconcat (head, NULL);

  gum_raw_server_push (fixture->server, GUM_RAW_KEEP, whole, -1);
  start (fixture, "GET", NULL);
  assert_body (fixture, "abcde");

  gum_raw_server_push (fixture->server, GUM_RAW_KEEP, whole, -1);
  start (fixture, "GET", NULL);
  assert_body (fixture, "abcde");
  g_assert_cmpuint (gum_raw_server_get_n_connections (fixture->server), ==, 1);

  gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, between, -1);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);

  gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, within, -1);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);

  gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, nothing, -1);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);
}

static void
test_short_length (Fixture       *fixture,
                   gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                       -1);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);
}

static void
test_cut_head (Fixture       *fixture,
               gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", -1);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);
}

static void
test_reset (Fixture       *fixture,
            gconstpointer  data)
{
  GumHttpPolicy policy = { .exactly_once = TRUE };

  gum_raw_server_push (fixture->server, GUM_RAW_RESET, "", -1);
  start (fixture, "PUT", &policy);
  g_assert_null (finish (fixture));
  g_assert_nonnull (fixture->error);
  g_assert_true (gum_http_was_sent (fixture->message));
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);
}

/* The trap: a reused connection that dies after the request makes libsoup send a PUT again. */
static void
test_exactly_once (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char * const methods[] = { "PUT", "DELETE", "POST" };
  GumHttpPolicy policy = { .exactly_once = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      guint before = gum_raw_server_get_n_requests (fixture->server);

      gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "kept");
      start (fixture, "GET", NULL);
      assert_body (fixture, "kept");

      gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, "", -1);
      start (fixture, methods[i], &policy);
      g_assert_null (finish (fixture));
      g_assert_nonnull (fixture->error);
      gum_test_settle ();
      g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, before + 2);
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  gum_raw_server_stop (fixture->server);
  start (fixture, "POST", NULL);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_false (gum_http_was_sent (fixture->message));
}

static void
test_insecure (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const addresses[] = { "http://example.org/", "http://localhost/", "ftp://127.0.0.1/" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new ("GET", addresses[i]);

      g_clear_object (&fixture->result);
      g_clear_error (&fixture->error);
      gum_http_send_async (fixture->http, message, NULL, NULL, gum_test_result_cb, &fixture->result);
      assert_failure (fixture, GUM_ERROR, GUM_ERROR_INSECURE);
    }
}

static void
test_redirect_not_followed (Fixture       *fixture,
                            gconstpointer  data)
{
  gum_raw_server_push_answer (fixture->server, "302 Found", "Location: /elsewhere\r\n", "");
  start (fixture, "GET", NULL);
  assert_body (fixture, "");
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 302);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_redirect_followed (Fixture       *fixture,
                        gconstpointer  data)
{
  GumHttpPolicy policy = { .follow_redirects = TRUE };
  g_autofree char *request = NULL;

  gum_raw_server_push_answer (fixture->server, "302 Found", "Location: /elsewhere\r\n", "");
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "there");
  start (fixture, "GET", &policy);
  assert_body (fixture, "there");
  request = gum_raw_server_dup_request (fixture->server, 1);
  g_assert_true (g_str_has_prefix (request, "GET /elsewhere "));
}

static void
test_redirect_to_insecure (Fixture       *fixture,
                           gconstpointer  data)
{
  GumHttpPolicy policy = { .follow_redirects = TRUE };

  /* An address that a request would reach if it were sent. */
  g_autofree char *port = g_strdup (strrchr (gum_raw_server_get_url (fixture->server), ':'));
  g_autofree char *location = g_strdup_printf ("Location: http://localhost%s/\r\n", port);

  gum_raw_server_push_answer (fixture->server, "302 Found", location, "");
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, "there");
  start (fixture, "GET", &policy);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_INSECURE);
  gum_test_settle ();
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  GumHttpPolicy policy = { .max_body = 1000 };
  g_autofree char *fits = g_strnfill (1000, 'x');
  g_autofree char *large = g_strnfill (1001, 'x');

  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, fits);
  start (fixture, "GET", &policy);
  assert_body (fixture, fits);

  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, large);
  start (fixture, "GET", &policy);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);

  /* The connection does not matter any more, the session does. */
  gum_raw_server_push_answer (fixture->server, "200 OK", NULL, fits);
  start (fixture, "GET", &policy);
  assert_body (fixture, fits);
}

/* A body without an end must not be read to its end when it is given up. */
static void
test_endless (Fixture       *fixture,
              gconstpointer  data)
{
  GumHttpPolicy policy = { .max_body = 100000 };
  g_autofree char *some = g_strnfill (4096, 'x');
  g_autofree char *head = g_strconcat ("HTTP/1.1 200 OK\r\n\r\n", some, NULL);
  gint64 start_time = g_get_monotonic_time ();

  gum_raw_server_push (fixture->server, GUM_RAW_FLOOD, head, -1);
  start (fixture, "GET", &policy);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);
  gum_test_settle ();
  g_assert_cmpint (g_get_monotonic_time () - start_time, <, 10 * G_USEC_PER_SEC);
}

static glong
get_resident_kib (void)
{
  g_autofree char *text = NULL;
  const char *found;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  found = strstr (text, "VmHWM:");
  g_assert_nonnull (found);

  return g_ascii_strtoll (found + strlen ("VmHWM:"), NULL, 10);
}

static GBytes *
compress (const char *data,
          gsize       length)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) output = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autoptr(GError) error = NULL;

  for (gsize done = 0; done < length; done += 1024 * 1024)
    g_output_stream_write_all (output, data, MIN (length - done, 1024 * 1024), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (output, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
push_compressed (Fixture *fixture,
                 GBytes  *bytes,
                 gsize    missing)
{
  g_autoptr(GString) answer = g_string_new (NULL);

  g_string_printf (answer, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT
                   "\r\n\r\n", g_bytes_get_size (bytes));
  g_string_append_len (answer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) - missing);
  gum_raw_server_push (fixture->server, missing > 0 ? GUM_RAW_CLOSE : GUM_RAW_KEEP, answer->str,
                       answer->len);
}

static void
test_gzip (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GBytes) bytes = compress ("squeezed", 8);

  push_compressed (fixture, bytes, 0);
  start (fixture, "GET", NULL);
  assert_body (fixture, "squeezed");

  push_compressed (fixture, bytes, 4);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_PROTOCOL);
}

static void
test_gzip_bomb (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *zeros = g_malloc0 (1024 * 1024);
  g_autoptr(GBytes) bomb = compress (zeros, 200 * 1024 * 1024);
  glong before = get_resident_kib ();

  push_compressed (fixture, bomb, 0);
  start (fixture, "GET", NULL);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_TOO_LARGE);
  g_assert_cmpint (get_resident_kib () - before, <, 64 * 1024);
}

static void
test_deadline (Fixture       *fixture,
               gconstpointer  data)
{
  GumHttpPolicy policy = { .deadline = 1 };

  /* Nothing at all; a head without a body; and a peer that never goes quiet. */
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  start (fixture, "GET", &policy);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_DEADLINE);

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                       -1);
  start (fixture, "GET", &policy);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_DEADLINE);

  gum_raw_server_push (fixture->server, GUM_RAW_DRIP,
                       "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789012345678901234567890123456",
                       -1);
  start (fixture, "GET", &policy);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_DEADLINE);
}

/* Instead of a deadline: what is slow does not stand still. */
static void
test_stall (Fixture       *fixture,
            gconstpointer  data)
{
  GumHttpPolicy policy = { .deadline = 1, .stall = 5 };
  GumHttpPolicy impatient = { .stall = 1 };

  g_clear_object (&fixture->http);
  fixture->http = gum_http_new_for_bodies ();
  gum_raw_server_push (fixture->server, GUM_RAW_DRIP,
                       "HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\nabcdefghijklmnopqrstuvwxy", -1);
  start (fixture, "GET", &policy);
  assert_body (fixture, "abcdefghijklmnopqrstuvwxy");

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  start (fixture, "GET", &impatient);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_DEADLINE);

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                       -1);
  start (fixture, "GET", &impatient);
  assert_failure (fixture, GUM_ERROR, GUM_ERROR_DEADLINE);
}

static void
test_cancel_before (Fixture       *fixture,
                    gconstpointer  data)
{
  g_cancellable_cancel (fixture->cancellable);
  start (fixture, "GET", NULL);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (gum_http_was_sent (fixture->message));
  g_assert_cmpuint (gum_raw_server_get_n_connections (fixture->server), ==, 0);
}

static void
test_cancel_at_once (Fixture       *fixture,
                     gconstpointer  data)
{
  start (fixture, "GET", NULL);
  g_cancellable_cancel (fixture->cancellable);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel_before_head (Fixture       *fixture,
                         gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  start (fixture, "GET", NULL);
  gum_raw_server_wait_requests (fixture->server, 1);
  g_assert_null (fixture->result);
  g_cancellable_cancel (fixture->cancellable);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (gum_http_was_sent (fixture->message));
}

static gboolean
has_status (gpointer data)
{
  return soup_message_get_status (data) != 0;
}

static void
test_cancel_in_body (Fixture       *fixture,
                     gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                       -1);
  start (fixture, "GET", NULL);
  gum_test_wait_until (has_status, fixture->message);
  gum_test_settle ();
  g_assert_null (fixture->result);
  g_cancellable_cancel (fixture->cancellable);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_abort (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 start_time = g_get_monotonic_time ();

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  start (fixture, "GET", NULL);
  gum_raw_server_wait_requests (fixture->server, 1);
  gum_http_abort (fixture->http);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                       -1);
  start (fixture, "GET", NULL);
  gum_test_wait_until (has_status, fixture->message);
  gum_test_settle ();
  gum_http_abort (fixture->http);
  assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* not by the socket's timeout */
  g_assert_cmpint (g_get_monotonic_time () - start_time, <, 10 * G_USEC_PER_SEC);
}

static guint
count_descriptors (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n_descriptors = 0;

  while (g_dir_read_name (dir) != NULL)
    n_descriptors++;

  return n_descriptors;
}

static gboolean
descriptors_are_few (gpointer data)
{
  return count_descriptors () <= GPOINTER_TO_UINT (data);
}

/* Sockets are remembered, but not kept open. */
static void
test_sockets_are_closed (Fixture       *fixture,
                         gconstpointer  data)
{
  GumHttpPolicy policy = { .exactly_once = TRUE };
  guint before = count_descriptors ();

  for (guint i = 0; i < 30; i++)
    {
      gum_raw_server_push (fixture->server, GUM_RAW_CLOSE,
                           "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1", -1);
      start (fixture, "PUT", &policy);
      assert_body (fixture, "1");
    }
  gum_test_wait_until (descriptors_are_few, GUINT_TO_POINTER (before + 8));
}

static void
test_http1 (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpint (g_getenv ("SOUP_FORCE_HTTP1") != NULL, ==, !soup_check_version (3, 7, 1));
}

static void
test_nonsense (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (300000, 'x');
  g_autofree char *head = g_strconcat ("HTTP/1.1 200 OK\r\nX: ", filler, "\r\n\r\n", NULL);
  const char *answers[] = { "\x16\x03\x01\x02", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", head };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, answers[i], -1);
      start (fixture, "GET", NULL);
      g_assert_null (finish (fixture));
      g_assert_nonnull (fixture->error);
    }
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function, data) \
  g_test_add ("/api/http/" name, Fixture, data, set_up, function, tear_down)

  ADD ("plain", test_plain, NULL);
  ADD ("no-memory", test_no_memory, NULL);
  ADD ("empty", test_empty, NULL);
  ADD ("chunked", test_chunked, NULL);
  ADD ("short-length", test_short_length, NULL);
  ADD ("cut-head", test_cut_head, NULL);
  ADD ("reset", test_reset, NULL);
  ADD ("exactly-once", test_exactly_once, NULL);
  ADD ("refused", test_refused, NULL);
  ADD ("insecure", test_insecure, NULL);
  ADD ("redirect-not-followed", test_redirect_not_followed, NULL);
  ADD ("redirect-followed", test_redirect_followed, NULL);
  ADD ("redirect-to-insecure", test_redirect_to_insecure, NULL);
  ADD ("too-large", test_too_large, NULL);
  ADD ("endless", test_endless, NULL);
  ADD ("gzip", test_gzip, NULL);
  ADD ("gzip-bomb", test_gzip_bomb, NULL);
  ADD ("deadline", test_deadline, NULL);
  ADD ("stall", test_stall, NULL);
  ADD ("cancel-before", test_cancel_before, NULL);
  ADD ("cancel-at-once", test_cancel_at_once, NULL);
  ADD ("cancel-before-head", test_cancel_before_head, NULL);
  ADD ("cancel-in-body", test_cancel_in_body, NULL);
  ADD ("abort", test_abort, NULL);
  ADD ("sockets-are-closed", test_sockets_are_closed, NULL);
  ADD ("http1", test_http1, NULL);
  ADD ("nonsense", test_nonsense, NULL);

  return g_test_run ();
}
