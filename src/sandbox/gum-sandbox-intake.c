/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bodies that may be large.  libsoup would collect them in memory, eight kilobytes at a time; so
 * the connection is taken from it once the head has been read, and the body is read here.  Reading
 * can be held down to a rate, and can stop before the end when a fault is to strike there.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define BUFFER_SIZE (256 * 1024)
#define READS_PER_SECOND 20

static void read_more (GumSandboxIntake *intake);

/* Also ends an intake that is being read: then the last callback frees it. */
void
gum_sandbox_intake_free (GumSandboxIntake *intake)
{
  intake->call = NULL;
  if (intake->reading)
    {
      g_cancellable_cancel (intake->cancellable);
      return;
    }

  if (intake->fd >= 0)
    close (intake->fd);
  g_clear_pointer (&intake->md5, g_checksum_free);
  g_clear_object (&intake->stream);
  g_clear_object (&intake->cancellable);
  g_free (intake->buffer);
  g_free (intake);
}

/* Whether bytes of the body may still lie in the socket: closing it would then reset it. */
gboolean
gum_sandbox_intake_unread (GumSandboxIntake *intake)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (intake->call->message);

  return !intake->has_length || soup_message_headers_get_content_length (headers) > intake->size;
}

/* Returns: (transfer full): hexadecimal; made from the size when hashing is off */
char *
gum_sandbox_intake_md5 (GumSandboxIntake *intake)
{
  if (intake->md5 != NULL)
    return g_strdup (g_checksum_get_string (intake->md5));

  return gum_sandbox_guid ((guint64) intake->size, 0xe7a6);
}

static void
keep (GumSandboxIntake *intake,
      gsize             length)
{
  gsize done = 0;

  while (done < length && !intake->failed)
    {
      gssize n = write (intake->fd, intake->buffer + done, length - done);

      intake->failed = n < 0;
      done += (gsize) MAX (n, 0);
    }
}

static gboolean
rested_cb (gpointer data)
{
  GumSandboxIntake *intake = data;

  intake->call->timer = NULL;
  read_more (intake);

  return G_SOURCE_REMOVE;
}

/* A call has one timer, which ends with it. */
static void
rest (GumSandboxIntake *intake,
      gsize             length)
{
  guint64 delay = (guint64) length * 1000 / intake->state->storage->rate;
  g_autoptr (GSource) source = g_timeout_source_new ((guint) MIN (delay, 60 * 1000));

  g_source_set_callback (source, rested_cb, intake, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  intake->call->timer = source;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  GumSandboxIntake *intake = data;
  GumSandboxPart *part;
  gssize length;

  length = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);
  intake->reading = FALSE;
  intake->state->n_busy--;
  if (intake->call == NULL)
    {
      gum_sandbox_intake_free (intake);
      return;
    }
  if (length <= 0)
    {
      gum_sandbox_call_abort (intake->call);
      return;
    }

  intake->left -= length;
  intake->size += length;
  if (intake->md5 != NULL)
    g_checksum_update (intake->md5, intake->buffer, length);
  if (intake->fd >= 0)
    keep (intake, (gsize) length);
  gum_sandbox_request_received (intake->call, intake->size);
  part = gum_sandbox_storage_part (intake->call, NULL);
  if (part != NULL)
    part->received = intake->size;

  if (intake->left > 0 && intake->state->storage->rate > 0)
    rest (intake, (gsize) length);
  else
    read_more (intake);
}

static void
read_more (GumSandboxIntake *intake)
{
  guint rate = intake->state->storage->rate;
  gsize length = (gsize) MIN (intake->left, BUFFER_SIZE);

  if (intake->left <= 0)
    {
      gum_sandbox_call_proceed (intake->call);
      return;
    }

  if (rate > 0)
    length = MIN (length, MAX (1, rate / READS_PER_SECOND));
  intake->reading = TRUE;
  intake->state->n_busy++;
  g_input_stream_read_async (g_io_stream_get_input_stream (intake->stream), intake->buffer, length,
                             G_PRIORITY_DEFAULT, intake->cancellable, read_cb, intake);
}

/* libsoup has stopped after the head by now. */
static gboolean
steal_cb (gpointer data)
{
  GumSandboxCall *call = data;
  GumSandboxIntake *intake = call->intake;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  GSocket *socket = call->gone ? NULL : soup_server_message_get_socket (call->message);

  call->timer = NULL;
  call->socket = socket != NULL ? g_object_ref (socket) : NULL;
  call->stream = gum_sandbox_call_steal (call);
  if (call->stream == NULL)
    {
      gum_sandbox_call_free (call);
      return G_SOURCE_REMOVE;
    }

  intake->stream = g_object_ref (call->stream);
  if (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE)
    {
      static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";

      g_output_stream_write_all (g_io_stream_get_output_stream (call->stream), go_on,
                                 strlen (go_on), NULL, NULL, NULL);
    }
  read_more (intake);

  return G_SOURCE_REMOVE;
}

/* Reads the body of @call, then lets the call go on; or only so much of it as its fault wants. */
void
gum_sandbox_intake_start (GumSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  GumSandboxIntake *intake = g_new0 (GumSandboxIntake, 1);
  g_autoptr (GSource) source = g_idle_source_new ();
  gint64 limit;

  intake->state = call->state;
  intake->call = call;
  intake->cancellable = g_cancellable_new ();
  intake->buffer = g_malloc (BUFFER_SIZE);
  intake->fd = -1;
  intake->has_length = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH;
  if (intake->has_length)
    intake->left = soup_message_headers_get_content_length (headers);
  if (call->state->storage->hashes)
    intake->md5 = g_checksum_new (G_CHECKSUM_MD5);
  if (!g_str_has_prefix (call->path, "/storage/attachments/"))
    {
      g_autofree char *name = NULL;

      intake->fd = g_file_open_tmp ("gum-sandbox-XXXXXX", &name, NULL);
      intake->failed = intake->fd < 0 || g_unlink (name) != 0;
    }
  if (call->rule != NULL && gum_sandbox_rule_get_received (call->rule, &limit))
    intake->left = MIN (intake->left, limit);
  intake->started_at = g_get_monotonic_time ();
  call->intake = intake;

  gum_sandbox_call_hold (call);
  g_source_set_callback (source, steal_cb, call, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  call->timer = source;
}
