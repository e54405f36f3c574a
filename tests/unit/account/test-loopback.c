/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The listener, as the world would have it: browsers that guess, strangers that knock, and answers
 * that are not ours. */

#include "config.h"

#include <string.h>
#include <sys/socket.h>

#include "account-test.h"
#include "gum-loopback-page.h"
#include "gum-loopback.h"

#define STATE "the-state-of-this-attempt-0123456789"
#define ISSUER "https://app.gumroad.com"
#define PORT 4321

typedef struct {
  GumLoopback        *loopback;
  guint16             port;
  guint               n_answers;
  guint               n_hellos;
  GumLoopbackVerdict  verdict;
  char               *code;
  char               *error;
} Fixture;

static void
on_answered (GumLoopback        *loopback,
             int                 verdict,
             GumLoopbackRequest *request,
             Fixture            *fixture)
{
  fixture->n_answers++;
  fixture->verdict = verdict;
  g_free (fixture->code);
  g_free (fixture->error);
  fixture->code = g_strdup (request->code);
  fixture->error = g_strdup (request->error);
}

static void
on_tls_hello (GumLoopback *loopback,
              Fixture     *fixture)
{
  fixture->n_hellos++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->loopback = gum_loopback_new (STATE, ISSUER, FALSE, &error);
  g_assert_no_error (error);
  fixture->port = gum_loopback_get_port (fixture->loopback);
  g_signal_connect (fixture->loopback, "answered", G_CALLBACK (on_answered), fixture);
  g_signal_connect (fixture->loopback, "tls-hello", G_CALLBACK (on_tls_hello), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->loopback);
  g_assert_false (account_test_is_open (fixture->port));
  /* Whatever was cancelled has to come home. */
  account_test_spin (20);
  g_free (fixture->code);
  g_free (fixture->error);
}

static void
assert_status (const char *answer,
               const char *status)
{
  g_autofree char *line = g_strdup_printf ("HTTP/1.1 %s ", status);

  g_assert_nonnull (answer);
  if (!g_str_has_prefix (answer, line))
    g_error ("Expected %s, got: %s", status, answer);
}

static void
assert_get (Fixture    *fixture,
            const char *target,
            const char *headers,
            const char *status)
{
  g_autofree char *answer = account_test_get (fixture->port, target, headers);

  assert_status (answer, status);
  g_assert_nonnull (strstr (answer, "\r\nConnection: close\r\n"));
  g_assert_nonnull (strstr (answer, "\r\nCache-Control: no-store\r\n"));
}

static void
test_address (Fixture       *fixture,
              gconstpointer  data)
{
  const char *uri = gum_loopback_get_redirect_uri (fixture->loopback);

  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[0-9]{4,5}/callback$", uri, 0, 0));
}

/* Every other address of this machine, the rest of 127/8 included, finds nothing there. */
static void
test_loopback_only (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *tcp = NULL;
  g_autofree char *tcp6 = NULL;
  g_autofree char *ours = g_strdup_printf ("0100007F:%04X", fixture->port);
  g_autofree char *any = g_strdup_printf ("00000000:%04X 00000000:0000 0A", fixture->port);
  g_autofree char *ending = g_strdup_printf (":%04X 00000000000000000000000000000000:0000 0A",
                                             fixture->port);

  g_assert_true (g_file_get_contents ("/proc/net/tcp", &tcp, NULL, NULL));
  g_assert_nonnull (strstr (tcp, ours));
  g_assert_null (strstr (tcp, any));
  if (g_file_get_contents ("/proc/net/tcp6", &tcp6, NULL, NULL))
    g_assert_null (strstr (tcp6, ending));
}

static void
test_success (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *answer = NULL;
  g_autofree char *location = NULL;
  g_autofree char *page = NULL;

  assert_get (fixture, "/done", NULL, "404");

  answer = account_test_get (fixture->port, "/callback?code=the-code&state=" STATE
                             "&admin_code=x&foo=y", NULL);
  assert_status (answer, "303");
  location = account_test_location (answer);
  g_assert_cmpstr (location, ==, "/done");
  g_assert_null (strstr (answer, "the-code"));
  g_assert_cmpuint (fixture->n_answers, ==, 1);
  g_assert_cmpint (fixture->verdict, ==, GUM_LOOPBACK_CODE);
  g_assert_cmpstr (fixture->code, ==, "the-code");

  page = account_test_get (fixture->port, "/done", NULL);
  assert_status (page, "200");
  g_assert_nonnull (strstr (page, "Content-Type: text/html; charset=utf-8\r\n"));
  g_assert_nonnull (strstr (page, "Cache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (page, "Referrer-Policy: no-referrer\r\n"));
  g_assert_nonnull (strstr (page, "Content-Security-Policy: default-src 'none';"));
  g_assert_nonnull (strstr (page, "frame-ancestors 'none'"));
  g_assert_nonnull (strstr (page, "form-action 'none'"));
  g_assert_nonnull (strstr (page, "base-uri 'none'"));
  g_assert_nonnull (strstr (page, "X-Content-Type-Options: nosniff\r\n"));
  g_assert_nonnull (strstr (page, "<html lang=\"en\""));
  g_assert_nonnull (strstr (page, "Gumroad has answered."));
  g_assert_null (strstr (strstr (page, "\r\n\r\n"), "http"));
  g_assert_null (strstr (page, "<script"));

  wait_until (!gum_loopback_is_open (fixture->loopback));
  g_assert_false (account_test_is_open (fixture->port));
}

static void
test_denied (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *page = NULL;

  assert_get (fixture, "/callback?error=access_denied&error_description=%3Cscript%3E%00&state="
              STATE, NULL, "303");
  g_assert_cmpint (fixture->verdict, ==, GUM_LOOPBACK_ERROR);
  g_assert_cmpstr (fixture->error, ==, "access_denied");

  page = account_test_get (fixture->port, "/done", NULL);
  assert_status (page, "200");
  g_assert_nonnull (strstr (page, "You did not allow access."));
  g_assert_null (strstr (page, "script"));
}

/* The state is used up at first use; a reload or the Back button changes nothing. */
static void
test_twice (Fixture       *fixture,
            gconstpointer  data)
{
  assert_get (fixture, "/callback?code=first&state=" STATE, NULL, "303");
  assert_get (fixture, "/callback?code=second&state=" STATE, NULL, "303");
  assert_get (fixture, "/callback?error=access_denied&state=" STATE, NULL, "303");
  g_assert_cmpuint (fixture->n_answers, ==, 1);
  g_assert_cmpstr (fixture->code, ==, "first");
  assert_get (fixture, "/done", NULL, "200");
}

/* A browser that never follows the redirect does not keep the port open. */
static void
test_closed_without_done (Fixture       *fixture,
                          gconstpointer  data)
{
  gum_loopback_set_patience (fixture->loopback, 5000, 50);
  assert_get (fixture, "/callback?code=c&state=" STATE, NULL, "303");
  wait_until (!gum_loopback_is_open (fixture->loopback));
  g_assert_false (account_test_is_open (fixture->port));
}

static void
test_strangers (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct {
    const char *target;
    const char *headers;
    const char *status;
  } knocks[] = {
    { "/favicon.ico", NULL, "404" },
    { "/", NULL, "404" },
    { "/callbackfoo?code=c&state=" STATE, NULL, "404" },
    { "/callback/?code=c&state=" STATE, NULL, "404" },
    { "/callback/x?code=c&state=" STATE, NULL, "404" },
    { "/Callback?code=c&state=" STATE, NULL, "404" },
    { "/callback", NULL, "400" },
    { "/callback?code=c", NULL, "400" },
    { "/callback?state=" STATE, NULL, "400" },
    { "/callback?error=x", NULL, "400" },
    { "/callback?code=c&state=wrong", NULL, "400" },
    { "/callback?error=access_denied&state=wrong", NULL, "400" },
    { "/callback?code=a&code=b&state=" STATE, NULL, "400" },
    { "/callback?code=a&c%6fde=b&state=" STATE, NULL, "400" },
    { "/callback?code=a&state=" STATE "&state=" STATE, NULL, "400" },
    { "/callback?error=a&error=b&state=" STATE, NULL, "400" },
    { "/callback?code=a&iss=x&iss=x&state=" STATE, NULL, "400" },
    { "/callback?code=%00&state=" STATE, NULL, "400" },
    { "/callback?code=%ff&state=" STATE, NULL, "400" },
    { "/callback?code=%c3%a4&state=" STATE, NULL, "400" },
    { "/callback?code=%4&state=" STATE, NULL, "400" },
    { "/callback?code=c&state=" STATE, "Sec-Purpose: prefetch;prerender\r\n", "204" },
    { "/callback?code=c&state=" STATE, "purpose: Prefetch\r\n", "204" },
    { "/callback?code=c&state=" STATE, "X-Moz: prefetch\r\n", "204" },
    { "/callback?code=c&state=" STATE, "Host: 127.0.0.1\r\n", "400" },
    { "/callback?code=c&state=" STATE, "Folded:\r\n x\r\n", "400" },
    { "/callback?code=c&state=" STATE "#x", NULL, "400" },
    { "/callback?redirect_uri=https://evil.example/&next=//evil.example", NULL, "400" },
  };
  g_autofree char *long_value = g_strnfill (2049, 'x');
  g_autofree char *too_long = g_strdup_printf ("/callback?code=%s&state=" STATE, long_value);

  for (guint i = 0; i < G_N_ELEMENTS (knocks); i++)
    assert_get (fixture, knocks[i].target, knocks[i].headers, knocks[i].status);
  assert_get (fixture, too_long, NULL, "400");

  g_assert_cmpuint (fixture->n_answers, ==, 0);
  assert_get (fixture, "/callback?code=c&state=" STATE, NULL, "303");
  g_assert_cmpuint (fixture->n_answers, ==, 1);
}

static void
test_raw (Fixture       *fixture,
          gconstpointer  data)
{
  static const struct {
    const char *line;
    const char *host;
    const char *status;
  } knocks[] = {
    { "HEAD /callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.1", "405" },
    { "OPTIONS /callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.1", "405" },
    { "POST /callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.1", "405" },
    { "get /callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.1", "405" },
    { "GET /callback?code=c&state=" STATE " HTTP/2.0", "127.0.0.1", "400" },
    { "GET /callback?code=c&state=" STATE " HTTP/1.1 ", "127.0.0.1", "400" },
    { "GET  /callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.1", "400" },
    { "GET http://127.0.0.1/callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.1", "400" },
    { "GET /callback?code=c&state=" STATE, "127.0.0.1", "400" },
    { "GET /callback?code=c&state=" STATE " HTTP/1.1", "localhost", "404" },
    { "GET /callback?code=c&state=" STATE " HTTP/1.1", "evil.example", "404" },
    { "GET /callback?code=c&state=" STATE " HTTP/1.1", "127.0.0.2", "404" },
    { "GET /callback?code=c&state=" STATE " HTTP/1.1", "[::1]", "404" },
  };
  g_autofree char *no_host = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (knocks); i++)
    {
      g_autofree char *request = g_strdup_printf ("%s\r\nHost: %s:%u\r\n\r\n", knocks[i].line,
                                                  knocks[i].host, fixture->port);
      g_autofree char *answer = account_test_talk (fixture->port, request, -1);

      assert_status (answer, knocks[i].status);
      g_assert_null (strstr (answer, "evil"));
      g_assert_null (strstr (answer, "\r\nLocation:"));
    }

  no_host = account_test_talk (fixture->port, "GET /callback?code=c&state=" STATE
                               " HTTP/1.0\r\n\r\n", -1);
  assert_status (no_host, "400");
  g_assert_cmpuint (fixture->n_answers, ==, 0);
}

static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (64 * 1024, 'x');
  g_autofree char *target = g_strdup_printf ("/callback?state=" STATE "&error=access_denied"
                                             "&error_description=%s", filler);
  g_autofree char *answer = account_test_get (fixture->port, target, NULL);

  /* The rest of what it sent may break the connection before the answer is read. */
  if (answer != NULL && *answer != '\0')
    assert_status (answer, "431");
  g_assert_cmpuint (fixture->n_answers, ==, 0);
}

static void
test_tls (Fixture       *fixture,
          gconstpointer  data)
{
  static const char hello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
  g_autofree char *answer = NULL;

  /* It is closed for what it said, not for how long it was there. */
  gum_loopback_set_patience (fixture->loopback, 10 * 60 * 1000, 5000);
  answer = account_test_talk (fixture->port, hello, sizeof hello - 1);
  g_assert_cmpstr (answer, ==, "");
  g_assert_cmpuint (fixture->n_hellos, ==, 1);

  assert_get (fixture, "/callback?code=c&state=" STATE, NULL, "303");
  g_assert_cmpuint (fixture->n_answers, ==, 1);
}

static GSocketConnection *
open_idle (guint16 port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_assert_nonnull (connection);

  return connection;
}

static void
test_crowd (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) idle = g_ptr_array_new_with_free_func (g_object_unref);
  const struct linger reset = { .l_onoff = 1, .l_linger = 0 };
  char byte;

  for (guint i = 0; i < 50; i++)
    {
      g_ptr_array_add (idle, open_idle (fixture->port));
      g_main_context_iteration (NULL, FALSE);
    }

  /* Connections that end in a reset. */
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr(GSocketConnection) connection = open_idle (fixture->port);
      GSocket *socket = g_socket_connection_get_socket (connection);

      g_assert_no_errno (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &reset,
                                     sizeof reset));
      g_socket_send (socket, "GET /cal", 8, NULL, NULL);
      g_socket_close (socket, NULL);
    }

  assert_get (fixture, "/favicon.ico", NULL, "404");
  assert_get (fixture, "/callback?code=c&state=" STATE, "Purpose: prefetch\r\n", "204");
  assert_get (fixture, "/callback?code=c&state=" STATE, NULL, "303");
  g_assert_cmpuint (fixture->n_answers, ==, 1);

  /* The oldest were shown the door. */
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (idle->pdata[0]), &byte, 1,
                                        NULL, NULL), <=, 0);
}

static void
test_slow (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *answer = NULL;

  gum_loopback_set_patience (fixture->loopback, 50, 5000);
  answer = account_test_talk (fixture->port, "GET /callback?code=c&sta", -1);
  g_assert_cmpstr (answer, ==, "");
  g_assert_cmpuint (fixture->n_answers, ==, 0);
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GSocketConnection) idle = open_idle (fixture->port);

  account_test_spin (20);
  gum_loopback_close (fixture->loopback);
  g_assert_false (account_test_is_open (fixture->port));
  gum_loopback_close (fixture->loopback);
}

static void
test_issuer (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char         *issuer;
    gboolean            required;
    GumLoopbackVerdict  verdict;
  } cases[] = {
    { NULL, FALSE, GUM_LOOPBACK_CODE },
    { NULL, TRUE, GUM_LOOPBACK_OTHER_ISSUER },
    { "https%3A%2F%2Fapp.gumroad.com", TRUE, GUM_LOOPBACK_CODE },
    { "https%3A%2F%2Fapp.gumroad.com%2F", FALSE, GUM_LOOPBACK_OTHER_ISSUER },
    { "HTTPS%3A%2F%2Fapp.gumroad.com", FALSE, GUM_LOOPBACK_OTHER_ISSUER },
    { "https%3A%2F%2Fevil.example&error=access_denied", FALSE, GUM_LOOPBACK_OTHER_ISSUER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GumLoopbackRequest) request = NULL;
      g_autofree char *head = NULL;

      head = g_strdup_printf ("GET /callback?code=c&state=" STATE "%s%s HTTP/1.1\r\n"
                              "Host: 127.0.0.1:%u\r\n\r\n",
                              cases[i].issuer != NULL ? "&iss=" : "",
                              cases[i].issuer != NULL ? cases[i].issuer : "", PORT);
      request = gum_loopback_parse ((const guint8 *) head, strlen (head), PORT);
      g_assert_cmpint (request->kind, ==, GUM_LOOPBACK_CALLBACK);
      g_assert_cmpint (gum_loopback_judge (request, STATE, ISSUER, cases[i].required), ==,
                       cases[i].verdict);
      g_assert_cmpint (gum_loopback_judge (request, "other", ISSUER, cases[i].required), ==,
                       GUM_LOOPBACK_NOT_OURS);
    }
}

/* Form encoding, whatever the bytes (RFC 6749, appendix B). */
static void
test_encoding (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(GumLoopbackRequest) request = NULL;
      g_autofree char *code = NULL;
      g_autofree char *escaped = NULL;
      g_autofree char *head = NULL;
      guint length = g_test_rand_int_range (1, 40);

      code = g_malloc0 (length + 1);
      for (guint i = 0; i < length; i++)
        code[i] = g_test_rand_int_range (0x20, 0x7f);
      escaped = g_uri_escape_string (code, NULL, FALSE);
      head = g_strdup_printf ("GET /callback?state=s&code=%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
                              escaped, PORT);
      request = gum_loopback_parse ((const guint8 *) head, strlen (head), PORT);
      g_assert_cmpint (request->kind, ==, GUM_LOOPBACK_CALLBACK);
      g_assert_cmpstr (request->code, ==, code);
    }
}

/* Sound requests with some bytes changed, cut anywhere: an answer, and nothing else. */
static void
test_noise (void)
{
  static const char sound[] = "GET /callback?code=c%20d&state=" STATE "&iss=x HTTP/1.1\r\n"
                              "Host: 127.0.0.1:4321\r\nPurpose: x\r\n\r\n";

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr(GumLoopbackRequest) request = NULL;
      g_autofree guint8 *bytes = g_memdup2 (sound, sizeof sound - 1);
      gsize length = g_test_rand_int_range (0, sizeof sound);

      for (int i = g_test_rand_int_range (0, 4); i > 0 && length > 0; i--)
        bytes[g_test_rand_int_range (0, length)] = g_test_rand_int_range (0, 256);
      request = gum_loopback_parse (bytes, length, PORT);
      if (request->kind == GUM_LOOPBACK_CALLBACK)
        g_assert_nonnull (request->state);
      else
        g_assert_null (request->code);
    }
}

static void
test_pages (void)
{
  for (guint page = GUM_LOOPBACK_PAGE_SEE_DONE; page <= GUM_LOOPBACK_PAGE_TOO_LARGE; page++)
    {
      g_autofree char *text = gum_loopback_page_new (page);
      const char *body = strstr (text, "\r\n\r\n") + 4;
      const char *length = strstr (text, "Content-Length: ");

      if (length != NULL)
        g_assert_cmpuint (g_ascii_strtoull (length + 16, NULL, 10), ==, strlen (body));
      g_assert_null (strstr (body, "<script"));
      g_assert_null (strstr (body, "://"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/loopback/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("address", test_address);
  ADD ("loopback-only", test_loopback_only);
  ADD ("success", test_success);
  ADD ("denied", test_denied);
  ADD ("twice", test_twice);
  ADD ("closed-without-done", test_closed_without_done);
  ADD ("strangers", test_strangers);
  ADD ("raw", test_raw);
  ADD ("large", test_large);
  ADD ("tls", test_tls);
  ADD ("crowd", test_crowd);
  ADD ("slow", test_slow);
  ADD ("close", test_close);
  ADD ("issuer", test_issuer);
#undef ADD
  g_test_add_func ("/loopback/encoding", test_encoding);
  g_test_add_func ("/loopback/noise", test_noise);
  g_test_add_func ("/loopback/pages", test_pages);

  return g_test_run ();
}
