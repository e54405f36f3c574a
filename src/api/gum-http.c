/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One SoupSession held to our rules: HTTP/1, no cookies, no cache, no passwords, no sniffing,
 * nothing accepted that TLS refuses; and around each exchange a deadline for the whole of it, a
 * limit for the decoded body, and the certainty that the body is complete. It knows no token. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-http.h"
#include "gum-error.h"
#include "gum-http-private.h"
#include "gum-util.h"

#include <string.h>

#define DEFAULT_MAX_BODY (16 * 1024 * 1024)
#define DEFAULT_DEADLINE 30
/* What is read at once of a body whose length is not told, and at most of one whose is. */
#define READ_SIZE (16 * 1024)
#define MAX_READ_SIZE (256 * 1024)
/* How often one looks while the time runs in which something must move. */
#define STALL_LOOKS 4

#define TLS_FLAGS_MARK "certificate flags "

struct _GumHttp
{
  GObject parent_instance;

  /* owned */
  SoupSession *session;
  GHashTable  *sockets;     /* connection id (guint64) → GSocket */

  /* not owned: until they are complete */
  GHashTable  *exchanges;
};

/* An exchange on its way: the data of its GTask. */
typedef struct {
  /* owned */
  SoupMessage  *message;
  GCancellable *cancellable;      /* of this exchange alone */
  GSource      *user_cancelled;
  GSource      *deadline_source;
  GInputStream *body;
  GByteArray   *bytes;            /* what has come, while nothing is being read */
  GError       *reason;           /* why we cancelled, unless the caller did */

  /* plain */
  GumHttpPolicy policy;
  gint64        start;
  gint64        last_sign;        /* when something moved last */
  gsize         n_bytes;          /* what has come */
} Exchange;

G_DEFINE_FINAL_TYPE (GumHttp, gum_http, G_TYPE_OBJECT)

static void read_on (GTask *task);

static GQuark
sent_quark (void)
{
  static GQuark quark;

  if (G_UNLIKELY (quark == 0))
    quark = g_quark_from_static_string ("gum-http-sent");

  return quark;
}

static void
exchange_free (Exchange *exchange)
{
  g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_object_unref (exchange->message);
  g_object_unref (exchange->cancellable);
  if (exchange->user_cancelled != NULL)
    {
      g_source_destroy (exchange->user_cancelled);
      g_source_unref (exchange->user_cancelled);
    }
  g_source_destroy (exchange->deadline_source);
  g_source_unref (exchange->deadline_source);
  g_clear_object (&exchange->body);
  g_clear_pointer (&exchange->bytes, g_byte_array_unref);
  g_clear_error (&exchange->reason);
  g_free (exchange);
}

/* Logs method, path, status, duration and size: nothing else that was sent or received, and no
 * query; of an address that is itself a secret, not even the path. */
static void
leave (GTask        *task,
       const GError *error)
{
  GumHttp *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);
  gint64 milliseconds = (g_get_monotonic_time () - exchange->start) / 1000;
  const char *method = soup_message_get_method (exchange->message);
  const char *path = exchange->policy.secret_address
                       ? "(secret)"
                       : g_uri_get_path (soup_message_get_uri (exchange->message));

  g_hash_table_remove (self->exchanges, exchange);

  if (error == NULL)
    g_debug ("%s %s: %u, %" G_GINT64_FORMAT " ms, %u bytes", method, path,
             soup_message_get_status (exchange->message), milliseconds, (guint) exchange->n_bytes);
  else
    g_debug ("%s %s: failed after %" G_GINT64_FORMAT " ms (%s %d)", method, path, milliseconds,
             g_quark_to_string (error->domain), error->code);
}

static void
fail (GTask  *task,
      GError *error)
{
  leave (task, error);
  g_task_return_error (task, error);
}

/* What libsoup and GIO report, as what it means here. */
static GError *
translate_error (Exchange *exchange,
                 GError   *error)
{
  if (exchange->reason != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return g_steal_pointer (&exchange->reason);
    }

  if (error->domain == G_TLS_ERROR)
    {
      GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (exchange->message);

      g_prefix_error (&error, TLS_FLAGS_MARK "0x%x: ", flags);
      return error;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    {
      g_error_free (error);
      return g_error_new_literal (GUM_ERROR, GUM_ERROR_PROTOCOL,
                                  "The connection ended before the answer did");
    }

  return error;
}

/* Ends the exchange for a reason of ours; it comes back through the pending operation. */
static void
cut_short (Exchange *exchange,
           GError   *reason)
{
  if (exchange->reason == NULL)
    exchange->reason = reason;
  else
    g_error_free (reason);
  g_cancellable_cancel (exchange->cancellable);
}

static gboolean
deadline_cb (gpointer data)
{
  Exchange *exchange = data;

  cut_short (exchange, g_error_new (GUM_ERROR, GUM_ERROR_DEADLINE,
                                    "No complete answer within %u seconds",
                                    exchange->policy.deadline));

  return G_SOURCE_REMOVE;
}

static gboolean
stall_cb (gpointer data)
{
  Exchange *exchange = data;
  gint64 silence = g_get_monotonic_time () - exchange->last_sign;

  if (silence < exchange->policy.stall * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;

  cut_short (exchange, g_error_new (GUM_ERROR, GUM_ERROR_DEADLINE,
                                    "Nothing moved for %u seconds", exchange->policy.stall));

  return G_SOURCE_REMOVE;
}

/* Begins to watch the time: that of the whole, or only that nothing stands still. */
static void
start_clock (Exchange     *exchange,
             GMainContext *context)
{
  gboolean stalls_only = exchange->policy.stall > 0;
  guint interval = stalls_only ? exchange->policy.stall * 1000 / STALL_LOOKS
                               : exchange->policy.deadline * 1000;

  exchange->start = exchange->last_sign = g_get_monotonic_time ();
  exchange->deadline_source = g_timeout_source_new (interval);
  g_source_set_callback (exchange->deadline_source, stalls_only ? stall_cb : deadline_cb, exchange,
                         NULL);
  g_source_attach (exchange->deadline_source, context);
}

static gboolean
user_cancelled_cb (GCancellable *cancellable,
                   gpointer      data)
{
  Exchange *exchange = data;

  g_cancellable_cancel (exchange->cancellable);

  return G_SOURCE_REMOVE;
}

/* Emitted when there is a connection and the request is about to be written to it. */
static void
starting_cb (SoupMessage *message,
             Exchange    *exchange)
{
  g_object_set_qdata (G_OBJECT (message), sent_quark (), GINT_TO_POINTER (TRUE));
  exchange->last_sign = g_get_monotonic_time ();
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        length,
                    Exchange    *exchange)
{
  exchange->last_sign = g_get_monotonic_time ();
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  GumHttp            *self)
{
  _gum_http_note_socket (message, event, connection, self->sockets);
}

static void
restarted_cb (SoupMessage *message,
              Exchange    *exchange)
{
  g_autofree char *uri = g_uri_to_string (soup_message_get_uri (message));
  g_autoptr(GError) error = NULL;

  if (!gum_uri_check_secure (uri, &error))
    cut_short (exchange, g_steal_pointer (&error));
}

/* Gives up the rest of a body. The exchange is cancelled first, for libsoup would read to the
 * end. */
static void
drop_body (Exchange *exchange)
{
  g_cancellable_cancel (exchange->cancellable);
  /* Whether closing works matters to nobody. */
  g_input_stream_close_async (exchange->body, G_PRIORITY_DEFAULT, exchange->cancellable, NULL, NULL);
  g_clear_object (&exchange->body);
}

static void
finish_body (GTask *task)
{
  GumHttp *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);

  if (_gum_http_is_cut_in_head (exchange->message, exchange->bytes->len) ||
      _gum_http_is_cut_between_chunks (exchange->message, self->sockets))
    {
      fail (task, g_error_new_literal (GUM_ERROR, GUM_ERROR_PROTOCOL,
                                       "The connection ended before the answer did"));
      return;
    }

  leave (task, NULL);
  g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->bytes)),
                         (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  gssize length = g_input_stream_read_finish (exchange->body, result, &error);

  /* What was made room for and did not come. */
  g_byte_array_set_size (exchange->bytes, exchange->n_bytes + MAX (length, 0));
  if (length < 0)
    {
      drop_body (exchange);
      fail (task, translate_error (exchange, error));
      return;
    }

  if (length == 0)
    {
      finish_body (task);
      return;
    }
  if ((gsize) length > exchange->policy.max_body - exchange->n_bytes)
    {
      drop_body (exchange);
      fail (task, g_error_new (GUM_ERROR, GUM_ERROR_TOO_LARGE,
                               "The answer is larger than %" G_GSIZE_FORMAT " bytes",
                               exchange->policy.max_body));
      return;
    }

  exchange->last_sign = g_get_monotonic_time ();
  exchange->n_bytes += length;
  read_on (task);
}

/* How much is worth asking for; one byte more than is to come shows that nothing does. */
static gsize
choose_read_size (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  goffset length;

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return READ_SIZE;

  /* Of a packed body it is the packed length. */
  length = soup_message_headers_get_content_length (headers);
  if (length < (goffset) exchange->n_bytes)
    return READ_SIZE;

  return MIN (length - exchange->n_bytes, MAX_READ_SIZE) + 1;
}

static void
read_on (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  gsize size = choose_read_size (exchange);

  g_byte_array_set_size (exchange->bytes, exchange->n_bytes + size);
  g_input_stream_read_async (exchange->body, exchange->bytes->data + exchange->n_bytes, size,
                             exchange->policy.priority, exchange->cancellable, read_cb,
                             g_object_ref (task));
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  exchange->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->body == NULL)
    {
      fail (task, translate_error (exchange, error));
      return;
    }

  exchange->bytes = g_byte_array_new ();
  read_on (task);
}

static void
gum_http_dispose (GObject *object)
{
  GumHttp *self = GUM_HTTP (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sockets, g_hash_table_unref);
  g_clear_pointer (&self->exchanges, g_hash_table_unref);

  G_OBJECT_CLASS (gum_http_parent_class)->dispose (object);
}

static void
gum_http_class_init (GumHttpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_http_dispose;
}

static void
gum_http_init (GumHttp *self)
{
  self->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->exchanges = g_hash_table_new (NULL, NULL);
  /* The server gives clients that begin with PHP, WordPress or gumroad-cli a treatment of their
   * own. */
  self->session = soup_session_new_with_options ("max-conns", 12,
                                                 "max-conns-per-host", 6,
                                                 "timeout", 20,
                                                 "idle-timeout", 30,
                                                 "user-agent", "Gumroad-Desktop/" GUM_VERSION,
                                                 "accept-language-auto", TRUE,
                                                 NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/**
 * gum_http_init_process:
 *
 * Keeps libsoup to HTTP/1 where its HTTP/2 can hang for ever or take an orderly goodbye for an
 * error (before 3.7.1). Must run before the first request of the process, and before there are
 * threads.
 */
void
gum_http_init_process (void)
{
  if (!soup_check_version (3, 7, 1))
    g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

/**
 * gum_http_new:
 *
 * Returns: (transfer full): a session of its own, with connections of its own
 */
GumHttp *
gum_http_new (void)
{
  return g_object_new (GUM_TYPE_HTTP, NULL);
}

/**
 * gum_http_new_for_bodies:
 *
 * A socket may be silent here for as long as an exchange's policy says, and not only for 20 seconds:
 * a large body takes its time, and so does a storage that has received one.
 *
 * Returns: (transfer full): a session of its own, with connections of its own
 */
GumHttp *
gum_http_new_for_bodies (void)
{
  GumHttp *self = gum_http_new ();

  soup_session_set_timeout (self->session, 0);

  return self;
}

/**
 * gum_http_send_async:
 * @self: a session
 * @message: what to send; it is sent once
 * @policy: (nullable): what the exchange may do; %NULL: the defaults
 * @cancellable: (nullable): ends it, whether it waits, sends or receives
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Sends a message and reads the whole answer.
 */
void
gum_http_send_async (GumHttp             *self,
                     SoupMessage         *message,
                     const GumHttpPolicy *policy,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *uri = NULL;
  Exchange *exchange;
  GError *error = NULL;

  g_return_if_fail (GUM_IS_HTTP (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (policy == NULL || !policy->follow_redirects ||
                    (soup_message_get_method (message) == SOUP_METHOD_GET &&
                     soup_message_headers_get_one (soup_message_get_request_headers (message),
                                                   "Authorization") == NULL));

  /* The caller's cancellable is watched, not checked at the end: a complete answer stays one. */
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_http_send_async);

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  uri = g_uri_to_string (soup_message_get_uri (message));
  if (!gum_uri_check_secure (uri, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  exchange = g_new0 (Exchange, 1);
  g_hash_table_add (self->exchanges, exchange);
  exchange->message = g_object_ref (message);
  exchange->cancellable = g_cancellable_new ();
  if (policy != NULL)
    exchange->policy = *policy;
  if (exchange->policy.max_body == 0)
    exchange->policy.max_body = DEFAULT_MAX_BODY;
  if (exchange->policy.deadline == 0)
    exchange->policy.deadline = DEFAULT_DEADLINE;

  if (cancellable != NULL)
    {
      exchange->user_cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (exchange->user_cancelled, G_SOURCE_FUNC (user_cancelled_cb), exchange,
                             NULL);
      g_source_attach (exchange->user_cancelled, g_task_get_context (task));
    }
  start_clock (exchange, g_task_get_context (task));

  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);

  if (!exchange->policy.follow_redirects)
    soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (exchange->policy.exactly_once)
    soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);

  g_object_set_qdata (G_OBJECT (message), sent_quark (), NULL);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), exchange);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), exchange);
  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), self, 0);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), exchange);

  soup_session_send_async (self->session, message, exchange->policy.priority, exchange->cancellable,
                           send_cb, g_steal_pointer (&task));
}

/**
 * gum_http_send_finish:
 * @self: a session
 * @result: from the callback
 * @error: return location for an error
 *
 * Any status is a success here; it stands in the message. Errors: those of the transport (of GIO's
 * I/O, TLS and resolver domains), %GUM_ERROR_TOO_LARGE, %GUM_ERROR_DEADLINE, %GUM_ERROR_PROTOCOL
 * when the answer is incomplete, %GUM_ERROR_INSECURE when it would have gone to a plain `http`
 * address.
 *
 * Returns: (transfer full): the complete body
 */
GBytes *
gum_http_send_finish (GumHttp       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (GUM_IS_HTTP (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_http_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gum_http_abort:
 * @self: a session
 *
 * Ends everything that is on its way; the callbacks still come.
 */
void
gum_http_abort (GumHttp *self)
{
  g_autoptr(GList) exchanges = NULL;

  g_return_if_fail (GUM_IS_HTTP (self));

  /* soup_session_abort() does not reach bodies that are being read. */
  exchanges = g_hash_table_get_keys (self->exchanges);
  for (GList *each = exchanges; each != NULL; each = each->next)
    {
      g_autoptr(GCancellable) cancellable = g_object_ref (((Exchange *) each->data)->cancellable);

      g_cancellable_cancel (cancellable);
    }
  soup_session_abort (self->session);
}

/**
 * gum_http_was_sent:
 * @message: a message that gum_http_send_async() was called with
 *
 * Returns: %FALSE if surely not one byte of it left; %TRUE if the server may have read it
 */
gboolean
gum_http_was_sent (SoupMessage *message)
{
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  return g_object_get_qdata (G_OBJECT (message), sent_quark ()) != NULL;
}

/**
 * gum_http_error_get_tls_flags:
 * @error: (nullable): an error from this file, or from what is built on it
 *
 * An error of the domain %G_TLS_ERROR cannot carry data, so they stand in its message, which is for
 * logs and never shown.
 *
 * Returns: what is wrong with the server's certificate, or 0
 */
GTlsCertificateFlags
gum_http_error_get_tls_flags (const GError *error)
{
  if (error == NULL || error->domain != G_TLS_ERROR ||
      !g_str_has_prefix (error->message, TLS_FLAGS_MARK))
    return 0;

  return g_ascii_strtoull (error->message + strlen (TLS_FLAGS_MARK), NULL, 16) &
         G_TLS_CERTIFICATE_VALIDATE_ALL;
}
