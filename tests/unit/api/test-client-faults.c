/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent again, what is not, when, and what is said of it. */

#include "config.h"

#include "client-fixture.h"
#include "gum-answer-private.h"
#include "gum-client-private.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-json.h"

#include <string.h>

static void
assert_success (Fixture *fixture)
{
  g_autoptr(JsonObject) answer = fixture_finish (fixture);

  g_assert_no_error (fixture->error);
  g_assert_nonnull (answer);
}

static void
push_fault (GumRawServer *server,
            const char   *fault)
{
  static const char chunked[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

  if (g_str_equal (fault, "close"))
    gum_raw_server_push (server, GUM_RAW_CLOSE, "", -1);
  else if (g_str_equal (fault, "reset"))
    gum_raw_server_push (server, GUM_RAW_RESET, "", -1);
  else if (g_str_equal (fault, "short"))
    gum_raw_server_push (server, GUM_RAW_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", -1);
  else if (g_str_equal (fault, "between chunks"))
    {
      g_autofree char *bytes = g_strconcat (chunked, "\r\n1\r\n{\r\n", NULL);

      gum_raw_server_push (server, GUM_RAW_CLOSE, bytes, -1);
    }
  else if (g_str_equal (fault, "between chunks, announced"))
    {
      g_autofree char *bytes = g_strconcat (chunked, "Connection: close\r\n\r\n1\r\n{\r\n", NULL);

      gum_raw_server_push (server, GUM_RAW_CLOSE, bytes, -1);
    }
  else
    gum_raw_server_push_answer (server, fault, NULL, "Retry later");
}

static const char * const passing_faults[] = {
  "close", "reset", "short", "between chunks", "between chunks, announced", "408 Request Timeout",
  "429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable",
};

static void
test_reads_are_sent_again (Fixture       *fixture,
                           gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (passing_faults); i++)
    {
      guint before = gum_raw_server_get_n_requests (fixture->server);

      g_test_message ("%s", passing_faults[i]);
      for (guint j = 0; j < 3; j++)
        push_fault (fixture->server, passing_faults[i]);
      gum_raw_server_push_json (fixture->server, "{}");
      fixture_send (fixture, "GET");
      assert_success (fixture);
      g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, before + 4);
    }
}

static void
test_four_times_in_all (Fixture       *fixture,
                        gconstpointer  data)
{
  static const struct {
    const char *fault;
    int         code;
    guint       status;
  } cases[] = {
    { "503 Service Unavailable", GUM_ERROR_SERVER, 503 },
    { "429 Too Many Requests", GUM_ERROR_RATE_LIMITED, 429 },
    { "short", GUM_ERROR_PROTOCOL, 0 },
    { "between chunks", GUM_ERROR_PROTOCOL, 0 },
    { "between chunks, announced", GUM_ERROR_PROTOCOL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint before = gum_raw_server_get_n_requests (fixture->server);

      for (guint j = 0; j < 4; j++)
        push_fault (fixture->server, cases[i].fault);
      fixture_send (fixture, "GET");
      fixture_assert_failure (fixture, GUM_ERROR, cases[i].code);
      g_assert_cmpuint (gum_error_get_status (fixture->error), ==, cases[i].status);
      g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, before + 4);
    }
}

/* Nobody but the one who asked may send a write a second time. */
static void
test_writes_are_sent_once (Fixture       *fixture,
                           gconstpointer  data)
{
  static const char * const methods[] = { "POST", "PUT", "DELETE", "PATCH" };
  static const char * const nonsense[] = { "", "<html>", "{", "[]", "OK" };

  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (passing_faults); i++)
        {
          guint before = gum_raw_server_get_n_requests (fixture->server);
          gboolean throttled = g_str_has_prefix (passing_faults[i], "429");
          gboolean sent_later = g_str_has_prefix (passing_faults[i], "408");

          /* On a connection that was used before, where libsoup would try again. */
          gum_raw_server_push_json (fixture->server, "{}");
          fixture_send (fixture, "GET");
          assert_success (fixture);

          push_fault (fixture->server, passing_faults[i]);
          fixture_send (fixture, methods[m]);
          fixture_assert_failure (fixture, GUM_ERROR, throttled ? GUM_ERROR_RATE_LIMITED
                                                                : GUM_ERROR_UNCLEAR);
          g_assert_true (!sent_later || gum_error_get_status (fixture->error) == 408);
          gum_test_settle ();
          g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, before + 2);
        }

      for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
        {
          gum_raw_server_push_json (fixture->server, nonsense[i]);
          fixture_send (fixture, methods[m]);
          fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNCLEAR);
          g_assert_cmpuint (gum_error_get_status (fixture->error), ==, 200);
        }
    }
}

static void
test_a_verdict_is_not_unclear (Fixture       *fixture,
                               gconstpointer  data)
{
  gum_raw_server_push_answer (fixture->server, "500 Internal Server Error", NULL,
                              "{\"success\":false,\"message\":\"It could not be saved.\"}");
  fixture_send (fixture, "PUT");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_SERVER);
  g_assert_cmpstr (gum_error_get_server_message (fixture->error), ==, "It could not be saved.");

  gum_raw_server_push_answer (fixture->server, "400 Bad Request", NULL, "nonsense");
  fixture_send (fixture, "PUT");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_REJECTED);
}

static void
test_not_connected (Fixture       *fixture,
                    gconstpointer  data)
{
  gum_raw_server_stop (fixture->server);

  fixture_send (fixture, "POST");
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  _gum_client_set_deadline (fixture->client, 1);

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  fixture_send (fixture, "PUT");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);

  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "HTTP/1.1 200 OK\r\n", -1);
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_DEADLINE);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 3);
}

/* Before it is sent it can be cancelled like any other; after that, its answer comes. */
static void
test_awaited (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GumRequest) request = gum_request_new ("POST", "products");
  g_autoptr(JsonObject) answer = NULL;

  gum_request_set_awaited (request);
  gum_raw_server_hold (fixture->server, TRUE);
  gum_client_send_async (fixture->client, request, fixture->cancellable, gum_test_result_cb,
                         &fixture->result);
  gum_raw_server_wait_requests (fixture->server, 1);
  g_cancellable_cancel (fixture->cancellable);
  gum_test_settle ();
  g_assert_null (fixture->result);
  gum_raw_server_push_json (fixture->server, "{\"id\":\"7\"}");
  gum_raw_server_hold (fixture->server, FALSE);
  answer = fixture_finish (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (gum_json_get_string (answer, "id"), ==, "7");

  g_clear_object (&fixture->result);
  gum_client_send_async (fixture->client, request, fixture->cancellable, gum_test_result_cb,
                         &fixture->result);
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_cancelled_write (Fixture       *fixture,
                      gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  fixture_send (fixture, "PUT");
  gum_raw_server_wait_requests (fixture->server, 1);
  g_cancellable_cancel (fixture->cancellable);
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_UNCLEAR);

  fixture_send (fixture, "PUT");
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_cancelled_read (Fixture       *fixture,
                     gconstpointer  data)
{
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  fixture_send (fixture, "GET");
  gum_raw_server_wait_requests (fixture->server, 1);
  g_cancellable_cancel (fixture->cancellable);
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_paused (gpointer data)
{
  return gum_client_get_paused_until (data) != 0;
}

/* A 429 without a time pauses everything for fifteen seconds at least, and that can be seen. */
static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  GAsyncResult *other = NULL;
  g_autoptr(GumRequest) request = gum_request_new ("PUT", "user");
  g_autoptr(JsonObject) answer = NULL;
  gint64 now = g_get_monotonic_time ();
  gint64 until;

  _gum_client_set_time_scale (fixture->client, 0.02);
  gum_raw_server_push_answer (fixture->server, "429 Too Many Requests", "Content-Type: text/plain\r\n",
                              "Retry later\n");
  gum_raw_server_push_json (fixture->server, "{}");
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  gum_test_wait_until (is_paused, fixture->client);
  until = gum_client_get_paused_until (fixture->client);
  g_assert_cmpint (until, >=, now + 15 * G_USEC_PER_SEC * 0.02);

  gum_client_send_async (fixture->client, request, NULL, gum_test_result_cb, &other);
  assert_success (fixture);
  answer = gum_client_send_finish (fixture->client, gum_test_wait_result (&other), &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (g_get_monotonic_time (), >=, until);
  g_assert_cmpint (gum_client_get_paused_until (fixture->client), ==, 0);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 3);
  g_clear_object (&other);
}

static void
notify_cb (GumClient  *client,
           GParamSpec *pspec,
           guint      *n_notified)
{
  (*n_notified)++;
}

static void
test_pause_is_notified (Fixture       *fixture,
                        gconstpointer  data)
{
  guint n_notified = 0;

  g_signal_connect (fixture->client, "notify::paused-until", G_CALLBACK (notify_cb), &n_notified);
  gum_raw_server_push_answer (fixture->server, "429 Too Many Requests", "Retry-After: 3\r\n", "");
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  assert_success (fixture);
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_cancel_while_paused (Fixture       *fixture,
                          gconstpointer  data)
{
  _gum_client_set_time_scale (fixture->client, 1);
  gum_raw_server_push_answer (fixture->server, "429 Too Many Requests", "Retry-After: 600\r\n", "");
  fixture_send (fixture, "GET");
  gum_test_wait_until (is_paused, fixture->client);
  g_assert_cmpint (gum_client_get_paused_until (fixture->client), <=,
                   g_get_monotonic_time () + 600 * G_USEC_PER_SEC);
  g_cancellable_cancel (fixture->cancellable);
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Fifty in a row: it is over, without further asking. */
static void
test_fifty_in_a_row (Fixture       *fixture,
                     gconstpointer  data)
{
  guint n_calls = 0;

  while (gum_raw_server_get_n_requests (fixture->server) < 50)
    {
      guint before = gum_raw_server_get_n_requests (fixture->server);
      guint n_answers = MIN (4, 50 - before);

      for (guint i = 0; i < n_answers; i++)
        gum_raw_server_push_answer (fixture->server, "429 Too Many Requests", "Retry-After: 1\r\n", "");
      fixture_send (fixture, "GET");
      fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_RATE_LIMITED);
      g_assert_cmpint (gum_error_get_retry_after (fixture->error), ==, 1);
      n_calls++;
    }
  g_assert_cmpuint (n_calls, ==, 13);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 50);

  gum_raw_server_push_answer (fixture->server, "429 Too Many Requests", NULL, "");
  fixture_send (fixture, "GET");
  fixture_assert_failure (fixture, GUM_ERROR, GUM_ERROR_RATE_LIMITED);
  g_assert_cmpuint (gum_raw_server_get_n_requests (fixture->server), ==, 51);

  /* until one gets through */
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  assert_success (fixture);
  gum_raw_server_push_answer (fixture->server, "429 Too Many Requests", NULL, "");
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  assert_success (fixture);
}

static void
test_retry_after (void)
{
  static const struct {
    const char *text;
    gint64      seconds;
  } cases[] = {
    { NULL, -1 }, { "3", 3 }, { "3600", 600 }, { "0", -1 }, { "-5", -1 }, { "soon", -1 }, { "", -1 },
    { "99999999999999999999999", -1 }, { "18446744073709551615", 600 }, { "Wed, 21 Oct 2015 07:28:00 GMT", -1 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", 600 }, { "1.5", -1 },
  };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) soon = g_date_time_add_seconds (now, 100);
  g_autofree char *date = soup_date_time_to_string (soon, SOUP_DATE_HTTP);
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      soup_message_headers_clear (headers);
      if (cases[i].text != NULL)
        soup_message_headers_replace (headers, "Retry-After", cases[i].text);
      g_assert_cmpint (_gum_answer_get_retry_after (headers), ==, cases[i].seconds);
    }

  soup_message_headers_replace (headers, "Retry-After", date);
  g_assert_cmpint (_gum_answer_get_retry_after (headers), >, 60);
  g_assert_cmpint (_gum_answer_get_retry_after (headers), <=, 100);
}

/* Large enough for a thread; only the text tells that it is cut. */
static void
test_large_and_cut (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autofree char *answer = g_strconcat ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"a\":\"", text,
                                         NULL);

  gum_raw_server_push (fixture->server, GUM_RAW_CLOSE, answer, -1);
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  assert_success (fixture);
}

static void
test_server_says_when (Fixture       *fixture,
                       gconstpointer  data)
{
  gint64 now = g_get_monotonic_time ();

  _gum_client_set_time_scale (fixture->client, 0.01);
  gum_raw_server_push_answer (fixture->server, "503 Service Unavailable", "Retry-After: 30\r\n", "");
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  assert_success (fixture);
  g_assert_cmpint (g_get_monotonic_time () - now, >=, 0.29 * G_USEC_PER_SEC);
  g_assert_cmpint (gum_client_get_paused_until (fixture->client), ==, 0);
}

static void
test_abort (Fixture       *fixture,
            gconstpointer  data)
{
  GAsyncResult *waiting = NULL;
  g_autoptr(GumRequest) request = gum_request_new ("GET", "user");
  g_autoptr(GError) error = NULL;

  /* one on its way, one that waits for its next attempt */
  _gum_client_set_time_scale (fixture->client, 1);
  gum_raw_server_push_answer (fixture->server, "503 Service Unavailable", "Retry-After: 600\r\n", "");
  gum_client_send_async (fixture->client, request, NULL, gum_test_result_cb, &waiting);
  gum_raw_server_wait_requests (fixture->server, 1);
  gum_raw_server_push (fixture->server, GUM_RAW_STALL, "", -1);
  fixture_send (fixture, "GET");
  gum_raw_server_wait_requests (fixture->server, 2);
  gum_test_settle ();

  gum_client_abort (fixture->client);
  fixture_assert_failure (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (gum_client_send_finish (fixture->client, gum_test_wait_result (&waiting), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&waiting);

  /* and it can be used again */
  gum_raw_server_push_json (fixture->server, "{}");
  fixture_send (fixture, "GET");
  assert_success (fixture);
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/api/client-faults/reads-are-sent-again", test_reads_are_sent_again);
  FIXTURE_ADD ("/api/client-faults/four-times-in-all", test_four_times_in_all);
  FIXTURE_ADD ("/api/client-faults/writes-are-sent-once", test_writes_are_sent_once);
  FIXTURE_ADD ("/api/client-faults/a-verdict-is-not-unclear", test_a_verdict_is_not_unclear);
  FIXTURE_ADD ("/api/client-faults/not-connected", test_not_connected);
  FIXTURE_ADD ("/api/client-faults/silence", test_silence);
  FIXTURE_ADD ("/api/client-faults/awaited", test_awaited);
  FIXTURE_ADD ("/api/client-faults/cancelled-write", test_cancelled_write);
  FIXTURE_ADD ("/api/client-faults/cancelled-read", test_cancelled_read);
  FIXTURE_ADD ("/api/client-faults/pause", test_pause);
  FIXTURE_ADD ("/api/client-faults/pause-is-notified", test_pause_is_notified);
  FIXTURE_ADD ("/api/client-faults/cancel-while-paused", test_cancel_while_paused);
  FIXTURE_ADD ("/api/client-faults/fifty-in-a-row", test_fifty_in_a_row);
  FIXTURE_ADD ("/api/client-faults/large-and-cut", test_large_and_cut);
  FIXTURE_ADD ("/api/client-faults/server-says-when", test_server_says_when);
  FIXTURE_ADD ("/api/client-faults/abort", test_abort);
  g_test_add_func ("/api/client-faults/retry-after", test_retry_after);

  return g_test_run ();
}
