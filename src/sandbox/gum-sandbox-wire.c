/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that no honest HTTP server gives.  The connection is taken from libsoup, and the bytes
 * are written here: fewer than announced, too slowly, or none at all.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

#include <sys/socket.h>

#define DRIPS_PER_SECOND 10
#define DRAIN_SIZE (64 * 1024)

typedef struct
{
  GumSandboxState *state;       /* borrowed: every wire ends before it */
  GumSandboxWireMode mode;
  guint rate;
  GIOStream *stream;
  GSocket *socket;
  GBytes *bytes;
  gsize head_size;
  gsize offset;
  GSource *timer;
  GCancellable *cancellable;
  gboolean writing;             /* or reading what is left */
  gboolean unread;
  gboolean ended;
} Wire;

static void
wire_end (Wire *wire)
{
  g_hash_table_remove (wire->state->held, wire);
  if (wire->timer != NULL)
    {
      g_source_destroy (wire->timer);
      g_clear_pointer (&wire->timer, g_source_unref);
    }

  wire->ended = TRUE;
  if (wire->writing)
    {
      g_cancellable_cancel (wire->cancellable);
      return;
    }

  g_io_stream_close (wire->stream, NULL, NULL);
  g_object_unref (wire->stream);
  g_clear_object (&wire->socket);
  g_object_unref (wire->cancellable);
  g_bytes_unref (wire->bytes);
  g_free (wire);
}

static void drain (Wire *wire);

static void
drained_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Wire *wire = data;
  gssize length = g_input_stream_skip_finish (G_INPUT_STREAM (object), result, NULL);

  wire->writing = FALSE;
  wire->state->n_busy--;
  if (length <= 0 || wire->ended)
    wire_end (wire);
  else
    drain (wire);
}

/* To close while the client is still sending would take the answer away from it. */
static void
drain (Wire *wire)
{
  wire->writing = TRUE;
  wire->state->n_busy++;
  g_input_stream_skip_async (g_io_stream_get_input_stream (wire->stream), DRAIN_SIZE,
                             G_PRIORITY_DEFAULT, wire->cancellable, drained_cb, wire);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Wire *wire = data;
  gboolean ok;

  ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  wire->writing = FALSE;
  wire->state->n_busy--;

  if (ok && !wire->ended && wire->unread)
    {
      g_socket_shutdown (wire->socket, FALSE, TRUE, NULL);
      drain (wire);
    }
  else if (!ok || wire->ended ||
           (wire->mode != GUM_SANDBOX_WIRE_HANG && wire->offset == g_bytes_get_size (wire->bytes)))
    {
      wire_end (wire);
    }
}

static void
wire_write (Wire  *wire,
            gsize  length)
{
  const char *data = g_bytes_get_data (wire->bytes, NULL);

  length = MIN (length, g_bytes_get_size (wire->bytes) - wire->offset);
  wire->writing = TRUE;
  wire->state->n_busy++;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (wire->stream),
                                   data + wire->offset, length, G_PRIORITY_DEFAULT,
                                   wire->cancellable, written_cb, wire);
  wire->offset += length;
}

static gboolean
drip_cb (gpointer data)
{
  Wire *wire = data;

  if (!wire->writing)
    wire_write (wire, MAX (1, wire->rate / DRIPS_PER_SECOND));

  return G_SOURCE_CONTINUE;
}

static void
append_head (GString        *text,
             GumSandboxCall *call)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", call->status,
                          soup_status_get_phrase (call->status));
  if (call->content_type != NULL)
    g_string_append_printf (text, "Content-Type: %s\r\n", call->content_type);
  if (call->intake != NULL)
    g_string_append (text, "Connection: close\r\n");
  soup_message_headers_iter_init (&iter, call->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (text, "%s: %s\r\n", name, value);
}

static GBytes *
make_bytes (GumSandboxCall     *call,
            GumSandboxWireMode  mode,
            gsize               keep,
            gsize              *head_size)
{
  GString *text = g_string_new (NULL);
  gsize size = 0;
  const char *body = call->body != NULL ? g_bytes_get_data (call->body, &size) : "";

  switch (mode)
    {
    case GUM_SANDBOX_WIRE_DROP:
    case GUM_SANDBOX_WIRE_RESET:
      break;

    case GUM_SANDBOX_WIRE_CHUNK_CUT:
      append_head (text, call);
      g_string_append_printf (text, "Transfer-Encoding: chunked\r\n\r\n");
      keep = MIN (keep, size);
      if (keep > 0)
        {
          g_string_append_printf (text, "%zx\r\n", keep);
          g_string_append_len (text, body, (gssize) keep);
          g_string_append (text, "\r\n");
        }
      break;

    case GUM_SANDBOX_WIRE_WHOLE:
    case GUM_SANDBOX_WIRE_CUT:
    case GUM_SANDBOX_WIRE_DRIP:
    case GUM_SANDBOX_WIRE_HANG:
    default:
      append_head (text, call);
      g_string_append_printf (text, "Content-Length: %zu\r\n\r\n", size);
      *head_size = text->len;
      keep = mode == GUM_SANDBOX_WIRE_DRIP || mode == GUM_SANDBOX_WIRE_WHOLE ? size
                                                                           : MIN (keep, size);
      g_string_append_len (text, body, (gssize) keep);
      break;
    }

  return g_string_free_to_bytes (text);
}

static void
wire_act (Wire *wire)
{
  switch (wire->mode)
    {
    case GUM_SANDBOX_WIRE_DROP:
    case GUM_SANDBOX_WIRE_RESET:
      wire_end (wire);
      break;

    case GUM_SANDBOX_WIRE_DRIP:
      wire_write (wire, wire->head_size);
      wire->timer = g_timeout_source_new (1000 / CLAMP (wire->rate, 1, DRIPS_PER_SECOND));
      g_source_set_callback (wire->timer, drip_cb, wire, NULL);
      g_source_attach (wire->timer, g_main_context_get_thread_default ());
      break;

    case GUM_SANDBOX_WIRE_WHOLE:
    case GUM_SANDBOX_WIRE_CUT:
    case GUM_SANDBOX_WIRE_CHUNK_CUT:
    case GUM_SANDBOX_WIRE_HANG:
    default:
      wire_write (wire, G_MAXSIZE);
      break;
    }
}

/* libsoup has finished with the request by now, so the connection can be taken. */
static gboolean
steal_cb (gpointer data)
{
  GumSandboxCall *call = data;
  Wire *wire;
  g_autoptr (GIOStream) stream = NULL;
  GSocket *socket;

  call->timer = NULL;
  socket = call->socket;
  if (socket == NULL && !call->gone)
    socket = soup_server_message_get_socket (call->message);
  if (socket != NULL && call->wire_mode == GUM_SANDBOX_WIRE_RESET)
    {
      struct linger linger = { 1, 0 };

      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }

  stream = gum_sandbox_call_steal (call);
  if (stream == NULL)
    {
      gum_sandbox_call_free (call);
      return G_SOURCE_REMOVE;
    }

  wire = g_new0 (Wire, 1);
  wire->state = call->state;
  wire->mode = call->wire_mode;
  wire->rate = call->wire_rate;
  wire->bytes = make_bytes (call, call->wire_mode, call->wire_keep, &wire->head_size);
  wire->cancellable = g_cancellable_new ();
  if (call->intake != NULL && gum_sandbox_intake_unread (call->intake))
    {
      wire->unread = call->wire_mode == GUM_SANDBOX_WIRE_WHOLE;
      wire->socket = g_object_ref (call->socket);
    }
  wire->stream = g_steal_pointer (&stream);
  g_hash_table_insert (wire->state->held, wire, (gpointer) wire_end);
  gum_sandbox_call_free (call);

  wire_act (wire);

  return G_SOURCE_REMOVE;
}

void
gum_sandbox_wire_start (GumSandboxCall     *call,
                        GumSandboxWireMode  mode,
                        gsize               keep,
                        guint               rate)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  call->wire_mode = mode;
  call->wire_keep = keep;
  call->wire_rate = rate;
  gum_sandbox_call_hold (call);
  g_source_set_callback (source, steal_cb, call, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  call->timer = source;
}

/* Lets go of all that waits: hung requests and half-written answers. */
void
gum_sandbox_hold_clear (GumSandboxState *state)
{
  g_autoptr (GList) things = g_hash_table_get_keys (state->held);

  for (GList *l = things; l != NULL; l = l->next)
    {
      gpointer free_func = g_hash_table_lookup (state->held, l->data);

      if (free_func != NULL)
        ((GDestroyNotify) free_func) (l->data);
    }
}
