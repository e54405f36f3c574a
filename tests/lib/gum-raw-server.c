/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A peer on 127.0.0.1 that answers exactly the bytes it was told, and keeps what it was asked.
 * It lives in threads of its own, so that it goes on when the main loop of a test does not. */

#include "config.h"

#include "gum-raw-server.h"
#include "gum-test.h"

#include <string.h>
#include <sys/socket.h>

/* Made for this file: nobody trusts it, and it opens nothing. */
static const char self_signed[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEHRugAVGdoE6Zmp9\n"
  "S6KUqHQGln7l0eQMD60L37JOKbyhRANCAATchRcu3u76N5QajZlTLQo74r7I9HNi\n"
  "Ifbd01o46T4BiGBP74tvf4ydn09ZDG02+hov/kT6pai8DThBfHg2ps9p\n"
  "-----END PRIVATE KEY-----\n"
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBijCCAS+gAwIBAgIUJI6NixT3JQei8akkofZUWJEp2kUwCgYIKoZIzj0EAwIw\n"
  "GTEXMBUGA1UEAwwOZ3VtLXJhdy1zZXJ2ZXIwIBcNMjYxMTIzMjA1NzUxWhgPMjEy\n"
  "NjEwMzAyMDU3NTFaMBkxFzAVBgNVBAMMDmd1bS1yYXctc2VydmVyMFkwEwYHKoZI\n"
  "zj0CAQYIKoZIzj0DAQcDQgAE3IUXLt7u+jeUGo2ZUy0KO+K+yPRzYiH23dNaOOk+\n"
  "AYhgT++Lb3+MnZ9PWQxtNvoaL/5E+qWovA04QXx4NqbPaaNTMFEwHQYDVR0OBBYE\n"
  "FJ4bk5o2dAZLh6nJWW0ZxoeI6xefMB8GA1UdIwQYMBaAFJ4bk5o2dAZLh6nJWW0Z\n"
  "xoeI6xefMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAOZFiIBu\n"
  "Mgj5n78Um1F1lhcidDZrvgZUssmwp9tNjrPIAiEAvkrX+tU4BFFhiYBxjaqPJIDG\n"
  "5NMmMR3QyvKLF2jl6do=\n"
  "-----END CERTIFICATE-----\n";

typedef struct {
  GumRawEnd end;
  GBytes   *bytes;
  char     *start;      /* NULL: for any request */
} Answer;

struct _GumRawServer
{
  GObject parent_instance;

  /* owned */
  GSocketListener *listener;
  GCancellable    *stop;
  GThread         *thread;
  GPtrArray       *connections;      /* GThread, of the accepting thread */
  char            *url;
  GTlsCertificate *certificate;      /* NULL: plain */

  /* owned, guarded by the mutex */
  GMutex     mutex;
  GCond      unheld;
  GQueue     answers;
  GPtrArray *requests;
  guint      n_connections;
  gboolean   held;
};

typedef struct {
  GumRawServer *server;
  GIOStream    *stream;
  GSocket      *socket;
} Connection;

G_DEFINE_FINAL_TYPE (GumRawServer, gum_raw_server, G_TYPE_OBJECT)

static void
answer_free (Answer *answer)
{
  g_bytes_unref (answer->bytes);
  g_free (answer->start);
  g_free (answer);
}

static gsize
find_body_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *found = strstr (lower, "\r\ncontent-length:");

  return found != NULL ? g_ascii_strtoull (found + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

/* One request, with its body. NULL when the other side hangs up. */
static char *
read_request (Connection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (connection->stream);
  g_autoptr(GString) text = g_string_new (NULL);
  gsize wanted = 0;
  char c;

  while (wanted == 0 || text->len < wanted)
    {
      if (g_input_stream_read (input, &c, 1, connection->server->stop, NULL) <= 0)
        return NULL;
      g_string_append_c (text, c);
      if (wanted == 0 && g_str_has_suffix (text->str, "\r\n\r\n"))
        wanted = text->len + find_body_length (text->str);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is meant for such requests comes before what is meant for any. The mutex is held. */
static Answer *
pop_answer (GumRawServer *self,
            const char   *request)
{
  GList *found = NULL;
  Answer *answer;

  for (GList *link = self->answers.head; link != NULL; link = link->next)
    {
      const char *start = ((Answer *) link->data)->start;

      if (start != NULL && g_str_has_prefix (request, start))
        {
          found = link;
          break;
        }
      if (start == NULL && found == NULL)
        found = link;
    }
  if (found == NULL)
    return NULL;

  g_queue_unlink (&self->answers, found);
  answer = found->data;
  g_list_free_1 (found);

  return answer;
}

static Answer *
take_answer (GumRawServer *self,
             char         *request)
{
  static const char unscripted[] = "HTTP/1.1 599 Unscripted\r\nContent-Length: 0\r\n\r\n";
  Answer *answer;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, request);
  while (self->held)
    g_cond_wait (&self->unheld, &self->mutex);
  answer = pop_answer (self, request);
  g_mutex_unlock (&self->mutex);

  if (answer == NULL)
    {
      answer = g_new0 (Answer, 1);
      answer->end = GUM_RAW_CLOSE;
      answer->bytes = g_bytes_new_static (unscripted, strlen (unscripted));
    }

  return answer;
}

static gboolean
write_all (Connection *connection,
           const char *data,
           gsize       length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (connection->stream),
                                    data, length, NULL, connection->server->stop, NULL);
}

static void
wait_for_hangup (Connection *connection)
{
  char buffer[512];

  while (g_input_stream_read (g_io_stream_get_input_stream (connection->stream), buffer,
                              sizeof buffer, connection->server->stop, NULL) > 0)
    ;
}

static void
drip (Connection *connection,
      const char *data,
      gsize       length)
{
  for (gsize i = 0; i < length && !g_cancellable_is_cancelled (connection->server->stop); i++)
    {
      if (!write_all (connection, data + i, 1))
        return;
      g_usleep (G_USEC_PER_SEC / 10);
    }
}

/* Returns whether the connection goes on. */
static gboolean
give_answer (Connection *connection,
             Answer     *answer)
{
  gsize length;
  const char *data = g_bytes_get_data (answer->bytes, &length);
  struct linger no_linger = { 1, 0 };

  if (answer->end == GUM_RAW_DRIP)
    {
      drip (connection, data, length);
      return FALSE;
    }

  if (!write_all (connection, data, length))
    return FALSE;

  switch (answer->end)
    {
    case GUM_RAW_KEEP:
      return TRUE;
    case GUM_RAW_RESET:
      setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER, &no_linger,
                  sizeof no_linger);
      return FALSE;
    case GUM_RAW_STALL:
      wait_for_hangup (connection);
      return FALSE;
    case GUM_RAW_FLOOD:
      while (write_all (connection, data, length))
        ;
      return FALSE;
    case GUM_RAW_CLOSE:
    case GUM_RAW_DRIP:
    default:
      return FALSE;
    }
}

static gpointer
connection_thread (gpointer data)
{
  Connection *connection = data;
  gboolean go_on = TRUE;

  while (go_on)
    {
      char *request = read_request (connection);
      Answer *answer;

      if (request == NULL)
        break;
      answer = take_answer (connection->server, request);
      go_on = give_answer (connection, answer);
      answer_free (answer);
    }

  g_io_stream_close (connection->stream, NULL, NULL);
  g_object_unref (connection->stream);
  g_object_unref (connection->socket);
  g_free (connection);

  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  GumRawServer *self = data;
  GSocketConnection *accepted;

  while ((accepted = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);

      connection->server = self;
      connection->socket = g_object_ref (g_socket_connection_get_socket (accepted));
      if (self->certificate != NULL)
        {
          connection->stream = g_tls_server_connection_new (G_IO_STREAM (accepted),
                                                            self->certificate, NULL);
          g_object_unref (accepted);
        }
      else
        connection->stream = G_IO_STREAM (accepted);

      g_mutex_lock (&self->mutex);
      self->n_connections++;
      g_mutex_unlock (&self->mutex);
      g_ptr_array_add (self->connections,
                       g_thread_new ("raw-connection", connection_thread, connection));
    }

  return NULL;
}

static void
gum_raw_server_finalize (GObject *object)
{
  GumRawServer *self = GUM_RAW_SERVER (object);

  gum_raw_server_stop (self);
  g_clear_object (&self->listener);
  g_clear_object (&self->stop);
  g_clear_object (&self->certificate);
  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->connections);
  g_free (self->url);
  g_cond_clear (&self->unheld);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (gum_raw_server_parent_class)->finalize (object);
}

static void
gum_raw_server_class_init (GumRawServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_raw_server_finalize;
}

static void
gum_raw_server_init (GumRawServer *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->unheld);
  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->connections = g_ptr_array_new ();
  self->stop = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
}

static GumRawServer *
create (GTlsCertificate *certificate)
{
  GumRawServer *self = g_object_new (GUM_TYPE_RAW_SERVER, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;

  self->certificate = certificate;
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  self->thread = g_thread_new ("raw-server", accept_thread, self);

  return self;
}

GumRawServer *
gum_raw_server_new (void)
{
  return create (NULL);
}

/* The certificate and its key, for other servers. */
const char *
gum_raw_server_get_pem (void)
{
  return self_signed;
}

/* With a certificate that nobody trusts. */
GumRawServer *
gum_raw_server_new_tls (void)
{
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (self_signed, -1, &error);

  g_assert_no_error (error);

  return create (certificate);
}

/* Refuses connections from now on; those that are open are closed. */
void
gum_raw_server_stop (GumRawServer *self)
{
  if (self->thread == NULL)
    return;

  gum_raw_server_hold (self, FALSE);
  g_cancellable_cancel (self->stop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_socket_listener_close (self->listener);
  for (guint i = 0; i < self->connections->len; i++)
    g_thread_join (self->connections->pdata[i]);
  g_ptr_array_set_size (self->connections, 0);
}

/* Without a slash at the end. */
const char *
gum_raw_server_get_url (GumRawServer *self)
{
  return self->url;
}

/* While it is held, requests are read and not answered. */
void
gum_raw_server_hold (GumRawServer *self,
                     gboolean      held)
{
  g_mutex_lock (&self->mutex);
  self->held = held;
  g_cond_broadcast (&self->unheld);
  g_mutex_unlock (&self->mutex);
}

static void
push (GumRawServer *self,
      const char   *start,
      GumRawEnd     end,
      GBytes       *bytes)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->end = end;
  answer->bytes = bytes;
  answer->start = g_strdup (start);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

/* The answer to the next request that has none yet. @length -1: up to the NUL. */
void
gum_raw_server_push (GumRawServer *self,
                     GumRawEnd     end,
                     const char   *bytes,
                     gssize        length)
{
  push (self, NULL, end, g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes)));
}

/* @status: "200 OK"; @headers: NULL, or lines that end in CRLF. */
void
gum_raw_server_push_answer (GumRawServer *self,
                            const char   *status,
                            const char   *headers,
                            const char   *body)
{
  gum_raw_server_push_answer_for (self, NULL, status, headers, body);
}

/* The answer to the next request that begins with @start, as "POST /path "; for requests that travel
 * beside others, so that nobody knows which of them comes first. */
void
gum_raw_server_push_answer_for (GumRawServer *self,
                                const char   *start,
                                const char   *status,
                                const char   *headers,
                                const char   *body)
{
  char *text = g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                status, headers != NULL ? headers : "", strlen (body), body);

  push (self, start, GUM_RAW_KEEP, g_bytes_new_take (text, strlen (text)));
}

void
gum_raw_server_push_json (GumRawServer *self,
                          const char   *body)
{
  gum_raw_server_push_answer (self, "200 OK", "Content-Type: application/json\r\n", body);
}

guint
gum_raw_server_get_n_requests (GumRawServer *self)
{
  guint n_requests;

  g_mutex_lock (&self->mutex);
  n_requests = self->requests->len;
  g_mutex_unlock (&self->mutex);

  return n_requests;
}

guint
gum_raw_server_get_n_connections (GumRawServer *self)
{
  guint n_connections;

  g_mutex_lock (&self->mutex);
  n_connections = self->n_connections;
  g_mutex_unlock (&self->mutex);

  return n_connections;
}

/* Answers that nobody asked for yet. */
guint
gum_raw_server_get_n_left (GumRawServer *self)
{
  guint n_left;

  g_mutex_lock (&self->mutex);
  n_left = g_queue_get_length (&self->answers);
  g_mutex_unlock (&self->mutex);

  return n_left;
}

/* The head and the body, as they came. */
char *
gum_raw_server_dup_request (GumRawServer *self,
                            guint         position)
{
  char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (position, <, self->requests->len);
  request = g_strdup (self->requests->pdata[position]);
  g_mutex_unlock (&self->mutex);

  return request;
}

typedef struct {
  GumRawServer *server;
  guint         n_requests;
} Wanted;

static gboolean
requests_are_there (gpointer data)
{
  Wanted *wanted = data;

  return gum_raw_server_get_n_requests (wanted->server) >= wanted->n_requests;
}

void
gum_raw_server_wait_requests (GumRawServer *self,
                              guint         n_requests)
{
  Wanted wanted = { self, n_requests };

  gum_test_wait_until (requests_are_there, &wanted);
}
