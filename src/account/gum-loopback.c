/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The listener that the browser is sent back to (RFC 8252, 7.3): one socket on 127.0.0.1, bound
 * before its address is told to anybody and never bound again.
 *
 *   bind ─▶ strangers: refused, the port stays ─▶ our answer: 303 ─▶ /done served, or 5 s ─▶ closed
 *
 * Whatever connects is a stranger until it shows the state: it gets 8 KiB, five seconds and one
 * answer, and at most fifteen others beside it.
 */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-loopback.h"

#include <string.h>

#include "gum-loopback-page.h"
#include "gum-util.h"

#define MAX_CONNECTIONS 16
#define CONNECTION_MS 5000
#define DONE_MS 5000
#define ACCEPT_AGAIN_MS 200
#define TLS_HANDSHAKE 0x16
#define TLS_MAJOR_VERSION 0x03

typedef struct {
  grefcount          refs;

  /* Borrowed; NULL once dropped */
  GumLoopback       *loopback;

  /* Owned */
  GSocketConnection *stream;
  GCancellable      *cancellable;
  char              *reply;
  guint              deadline_id;

  guint8             head[GUM_LOOPBACK_MAX_HEAD];
  gsize              length;
  gboolean           last;
} Visitor;

struct _GumLoopback
{
  GObject          parent_instance;

  /* Fixed when bound */
  guint16          port;
  char            *redirect_uri;
  char            *state;
  char            *issuer;
  gboolean         issuer_required;
  guint            connection_ms;
  guint            done_ms;

  /* Owned */
  GSocketListener *listener;
  GCancellable    *cancellable;
  GQueue           visitors;
  guint            done_id;
  guint            accept_id;

  /* What has happened */
  gboolean         used;
  gboolean         denied;
};

enum {
  ANSWERED,
  TLS_HELLO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumLoopback, gum_loopback, G_TYPE_OBJECT)

static void accept_next (GumLoopback *self);

static Visitor *
visitor_ref (Visitor *visitor)
{
  g_ref_count_inc (&visitor->refs);

  return visitor;
}

static void
visitor_unref (Visitor *visitor)
{
  if (!g_ref_count_dec (&visitor->refs))
    return;

  g_object_unref (visitor->stream);
  g_object_unref (visitor->cancellable);
  g_free (visitor->reply);
  explicit_bzero (visitor->head, sizeof visitor->head);
  g_free (visitor);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visitor, visitor_unref)

/* Shows the door: pending reads and writes end as cancelled. */
static void
visitor_drop (Visitor *visitor)
{
  GumLoopback *self = g_steal_pointer (&visitor->loopback);

  if (self == NULL)
    return;

  g_clear_handle_id (&visitor->deadline_id, g_source_remove);
  g_cancellable_cancel (visitor->cancellable);
  g_socket_close (g_socket_connection_get_socket (visitor->stream), NULL);
  g_queue_remove (&self->visitors, visitor);
  visitor_unref (visitor);
}

/* No new visitors; those who are inside may finish. */
static void
stop_listening (GumLoopback *self)
{
  g_clear_handle_id (&self->done_id, g_source_remove);
  g_clear_handle_id (&self->accept_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->listener != NULL)
    g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
}

/* Takes an answer that fits. Returns what to show. */
static GumLoopbackPage
take_callback (GumLoopback              *self,
               const GumLoopbackRequest *request,
               GumLoopbackVerdict       *verdict)
{
  *verdict = gum_loopback_judge (request, self->state, self->issuer, self->issuer_required);
  if (*verdict == GUM_LOOPBACK_NOT_OURS)
    return GUM_LOOPBACK_PAGE_OLD;

  if (!self->used)
    self->denied = *verdict == GUM_LOOPBACK_ERROR &&
                   g_str_equal (request->error, "access_denied");

  return GUM_LOOPBACK_PAGE_SEE_DONE;
}

static gboolean
on_done_timeout (gpointer user_data)
{
  GumLoopback *self = user_data;

  self->done_id = 0;
  stop_listening (self);

  return G_SOURCE_REMOVE;
}

/* The state is used up here: whoever comes later changes nothing (RFC 9700, 4.2.4). */
static void
use_state (GumLoopback              *self,
           const GumLoopbackRequest *request,
           GumLoopbackVerdict        verdict)
{
  g_assert (!self->used);

  self->used = TRUE;
  if (self->listener != NULL)
    self->done_id = g_timeout_add (self->done_ms, on_done_timeout, self);
  g_signal_emit (self, signals[ANSWERED], 0, verdict, request);
}

static void
on_drained (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Visitor) visitor = user_data;

  g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL);
  visitor_drop (visitor);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Visitor) visitor = user_data;
  gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (visitor->stream));

  if (visitor->loopback == NULL)
    return;

  if (written && visitor->last)
    stop_listening (visitor->loopback);

  /* Closing with unread bytes resets the connection, and takes the answer from the browser. */
  if (written && g_socket_shutdown (g_socket_connection_get_socket (visitor->stream),
                                    FALSE, TRUE, NULL))
    g_input_stream_skip_async (input, GUM_LOOPBACK_MAX_HEAD, G_PRIORITY_DEFAULT,
                               visitor->cancellable, on_drained, visitor_ref (visitor));
  else
    visitor_drop (visitor);
}

static void
visitor_answer (Visitor         *visitor,
                GumLoopbackPage  page)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (visitor->stream));

  visitor->reply = gum_loopback_page_new (page);
  g_output_stream_write_all_async (output, visitor->reply, strlen (visitor->reply),
                                   G_PRIORITY_DEFAULT, visitor->cancellable, on_written,
                                   visitor_ref (visitor));
}

static void
visitor_handle (Visitor *visitor)
{
  g_autoptr(GumLoopback) self = g_object_ref (visitor->loopback);
  g_autoptr(GumLoopbackRequest) request = NULL;
  GumLoopbackVerdict verdict = GUM_LOOPBACK_NOT_OURS;
  GumLoopbackPage page = GUM_LOOPBACK_PAGE_BAD;

  request = gum_loopback_parse (visitor->head, visitor->length, self->port);
  switch (request->kind)
    {
    case GUM_LOOPBACK_METHOD:
      page = GUM_LOOPBACK_PAGE_METHOD;
      break;

    case GUM_LOOPBACK_ELSEWHERE:
      page = GUM_LOOPBACK_PAGE_NOT_FOUND;
      break;

    case GUM_LOOPBACK_PREFETCH:
      page = GUM_LOOPBACK_PAGE_NO_CONTENT;
      break;

    case GUM_LOOPBACK_DONE:
      visitor->last = self->used;
      page = !self->used ? GUM_LOOPBACK_PAGE_NOT_FOUND
                         : self->denied ? GUM_LOOPBACK_PAGE_DONE_DENIED : GUM_LOOPBACK_PAGE_DONE;
      break;

    case GUM_LOOPBACK_CALLBACK:
      page = take_callback (self, request, &verdict);
      break;

    case GUM_LOOPBACK_MALFORMED:
    default:
      break;
    }

  /* The browser is answered before anything is done with the answer: it must not hang on us. */
  visitor_answer (visitor, page);
  if (verdict != GUM_LOOPBACK_NOT_OURS && !self->used)
    use_state (self, request, verdict);
}

static void visitor_read (Visitor *visitor);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Visitor) visitor = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (visitor->loopback == NULL)
    return;

  if (n <= 0)
    {
      visitor_drop (visitor);
      return;
    }

  visitor->length += n;
  if (visitor->length >= 2 &&
      visitor->head[0] == TLS_HANDSHAKE && visitor->head[1] == TLS_MAJOR_VERSION)
    {
      g_autoptr(GumLoopback) self = g_object_ref (visitor->loopback);

      visitor_drop (visitor);
      g_signal_emit (self, signals[TLS_HELLO], 0);
    }
  else if (memmem (visitor->head, visitor->length, "\r\n\r\n", 4) != NULL)
    {
      visitor_handle (visitor);
    }
  else if (visitor->length == sizeof visitor->head)
    {
      visitor_answer (visitor, GUM_LOOPBACK_PAGE_TOO_LARGE);
    }
  else
    {
      visitor_read (visitor);
    }
}

static void
visitor_read (Visitor *visitor)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (visitor->stream)),
                             visitor->head + visitor->length,
                             sizeof visitor->head - visitor->length,
                             G_PRIORITY_DEFAULT, visitor->cancellable, on_read,
                             visitor_ref (visitor));
}

static gboolean
on_deadline (gpointer user_data)
{
  Visitor *visitor = user_data;

  visitor->deadline_id = 0;
  visitor_drop (visitor);

  return G_SOURCE_REMOVE;
}

static void
weak_ref_free (GWeakRef *weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

static gboolean
on_accept_again (gpointer user_data)
{
  GumLoopback *self = user_data;

  self->accept_id = 0;
  accept_next (self);

  return G_SOURCE_REMOVE;
}

static void
on_accepted (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumLoopback) self = g_weak_ref_get (user_data);
  g_autoptr(GSocketConnection) stream = NULL;
  g_autoptr(GError) error = NULL;
  Visitor *visitor;

  weak_ref_free (user_data);
  stream = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);
  if (self == NULL || self->listener == NULL)
    return;

  if (stream == NULL)
    {
      /* Out of descriptors, or a visitor who was gone again: not at full speed, but go on. */
      g_debug ("A visitor could not be let in: %s", error->message);
      self->accept_id = g_timeout_add (ACCEPT_AGAIN_MS, on_accept_again, self);
      return;
    }

  if (g_queue_get_length (&self->visitors) == MAX_CONNECTIONS)
    visitor_drop (g_queue_peek_head (&self->visitors));

  visitor = g_new0 (Visitor, 1);
  g_ref_count_init (&visitor->refs);
  visitor->loopback = self;
  visitor->stream = g_steal_pointer (&stream);
  visitor->cancellable = g_cancellable_new ();
  visitor->deadline_id = g_timeout_add (self->connection_ms, on_deadline, visitor);
  g_queue_push_tail (&self->visitors, visitor);
  visitor_read (visitor);

  accept_next (self);
}

static void
accept_next (GumLoopback *self)
{
  /* Weak: a listener that nobody holds any more must not stay open because it waits. */
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  g_socket_listener_accept_async (self->listener, self->cancellable, on_accepted, weak);
}

static void
gum_loopback_finalize (GObject *object)
{
  GumLoopback *self = GUM_LOOPBACK (object);

  gum_loopback_close (self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->redirect_uri, g_free);
  g_clear_pointer (&self->state, gum_secret_free);
  g_clear_pointer (&self->issuer, g_free);

  G_OBJECT_CLASS (gum_loopback_parent_class)->finalize (object);
}

static void
gum_loopback_class_init (GumLoopbackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = gum_loopback_finalize;

  /**
   * GumLoopback::answered:
   * @self: the listener
   * @verdict: a #GumLoopbackVerdict other than %GUM_LOOPBACK_NOT_OURS
   * @request: (type gpointer) (transfer none): the #GumLoopbackRequest
   *
   * Gumroad has answered. Emitted at most once.
   */
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_POINTER);

  /**
   * GumLoopback::tls-hello:
   * @self: the listener
   *
   * A browser insisted on https. It was sent away; the person can be told.
   */
  signals[TLS_HELLO] = g_signal_new ("tls-hello", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_loopback_init (GumLoopback *self)
{
  self->connection_ms = CONNECTION_MS;
  self->done_ms = DONE_MS;
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->visitors);
}

/**
 * gum_loopback_new:
 * @state: the attempt's state
 * @issuer: the authorization server that is asked (RFC 9207)
 * @issuer_required: whether an answer without `iss` is refused
 * @error: return location for a #GIOErrorEnum
 *
 * Binds a port of the kernel's choice on 127.0.0.1 and listens.
 *
 * Returns: (transfer full) (nullable): the listener
 */
GumLoopback *
gum_loopback_new (const char  *state,
                  const char  *issuer,
                  gboolean     issuer_required,
                  GError     **error)
{
  g_autoptr(GumLoopback) self = NULL;
  g_autoptr(GInetAddress) loopback = NULL;
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GSocketAddress) bound = NULL;

  g_return_val_if_fail (state != NULL && issuer != NULL, NULL);

  self = g_object_new (GUM_TYPE_LOOPBACK, NULL);
  self->listener = g_socket_listener_new ();
  g_socket_listener_set_backlog (self->listener, 128);

  loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  address = g_inet_socket_address_new (loopback, 0);
  if (!g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return NULL;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->redirect_uri = g_strdup_printf ("http://127.0.0.1:%u" GUM_LOOPBACK_PATH, self->port);
  self->issuer = g_strdup (issuer);
  self->issuer_required = issuer_required;
  gum_set_secret (&self->state, state);
  accept_next (self);

  return g_steal_pointer (&self);
}

/**
 * gum_loopback_get_port:
 * @self: a listener
 *
 * Returns: the port it is, or was, bound to
 */
guint16
gum_loopback_get_port (GumLoopback *self)
{
  g_return_val_if_fail (GUM_IS_LOOPBACK (self), 0);

  return self->port;
}

/**
 * gum_loopback_get_redirect_uri:
 * @self: a listener
 *
 * Returns: (transfer none): the redirect URI, for the authorization and the token request alike
 */
const char *
gum_loopback_get_redirect_uri (GumLoopback *self)
{
  g_return_val_if_fail (GUM_IS_LOOPBACK (self), NULL);

  return self->redirect_uri;
}

/**
 * gum_loopback_is_open:
 * @self: a listener
 *
 * Returns: %TRUE while the port is open
 */
gboolean
gum_loopback_is_open (GumLoopback *self)
{
  g_return_val_if_fail (GUM_IS_LOOPBACK (self), FALSE);

  return self->listener != NULL;
}

/**
 * gum_loopback_offer:
 * @self: a listener
 * @head: (array length=length): a request's head
 * @length: its length
 *
 * Takes an answer that came another way than by the socket: pasted by hand. It is held to the same
 * rules, and the port is closed once it fits.
 *
 * Returns: %TRUE if it was the pending attempt's answer
 */
gboolean
gum_loopback_offer (GumLoopback  *self,
                    const guint8 *head,
                    gsize         length)
{
  g_autoptr(GumLoopbackRequest) request = NULL;
  GumLoopbackVerdict verdict;

  g_return_val_if_fail (GUM_IS_LOOPBACK (self), FALSE);

  request = gum_loopback_parse (head, length, self->port);
  if (request->kind != GUM_LOOPBACK_CALLBACK || self->used)
    return FALSE;

  take_callback (self, request, &verdict);
  if (verdict == GUM_LOOPBACK_NOT_OURS)
    return FALSE;

  gum_loopback_close (self);
  use_state (self, request, verdict);

  return TRUE;
}

/**
 * gum_loopback_close:
 * @self: a listener
 *
 * Closes the port and every connection, at once. Closing twice is harmless.
 */
void
gum_loopback_close (GumLoopback *self)
{
  g_return_if_fail (GUM_IS_LOOPBACK (self));

  stop_listening (self);
  while (!g_queue_is_empty (&self->visitors))
    visitor_drop (g_queue_peek_head (&self->visitors));
}

/**
 * gum_loopback_set_patience:
 * @self: a listener
 * @connection_ms: milliseconds that a connection may live
 * @done_ms: milliseconds that the port stays open for the final page
 *
 * Replaces the five seconds that both are otherwise. Counts for what has not started yet.
 */
void
gum_loopback_set_patience (GumLoopback *self,
                           guint        connection_ms,
                           guint        done_ms)
{
  g_return_if_fail (GUM_IS_LOOPBACK (self));

  self->connection_ms = connection_ms;
  self->done_ms = done_ms;
}
