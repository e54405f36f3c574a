/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of src/account share: waiting for conditions, and a client that sends raw bytes. */

#include "config.h"

#include "account-test.h"

#include <string.h>

typedef struct {
  guint16  port;
  GBytes  *bytes;
} Talk;

gboolean
account_test_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
set_flag (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* For what must not happen: gives it the time to happen. */
void
account_test_spin (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

void
account_test_take_result (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static GSocketConnection *
connect_to (guint16 port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);

  return g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
}

static void
talk_free (Talk *talk)
{
  g_bytes_unref (talk->bytes);
  g_free (talk);
}

static void
talk_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Talk *talk = task_data;
  g_autoptr(GSocketConnection) connection = connect_to (talk->port);
  g_autoptr(GString) answer = g_string_new (NULL);
  GOutputStream *output;
  GInputStream *input;
  gssize n;

  if (connection == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (output, g_bytes_get_data (talk->bytes, NULL),
                             g_bytes_get_size (talk->bytes), NULL, NULL, NULL);
  do
    {
      char buffer[4096];

      n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);
      if (n > 0)
        g_string_append_len (answer, buffer, n);
    }
  while (n > 0);

  g_task_return_pointer (task, g_string_free (g_steal_pointer (&answer), FALSE), g_free);
}

char *
account_test_talk (guint16     port,
                   const char *bytes,
                   gssize      length)
{
  g_autoptr(GAsyncResult) result = NULL;
  GTask *task = g_task_new (NULL, NULL, account_test_take_result, &result);
  Talk *talk = g_new0 (Talk, 1);

  talk->port = port;
  talk->bytes = g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  g_task_set_task_data (task, talk, (GDestroyNotify) talk_free);
  g_task_run_in_thread (task, talk_in_thread);
  g_object_unref (task);
  wait_until (result != NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

char *
account_test_get (guint16     port,
                  const char *target,
                  const char *more_headers)
{
  g_autofree char *request = NULL;

  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n", target, port,
                             more_headers != NULL ? more_headers : "");

  return account_test_talk (port, request, -1);
}

gboolean
account_test_is_open (guint16 port)
{
  g_autoptr(GSocketConnection) connection = connect_to (port);

  return connection != NULL;
}

/* The Location of an answer, or NULL. */
char *
account_test_location (const char *answer)
{
  const char *location = answer != NULL ? strcasestr (answer, "\r\nLocation: ") : NULL;

  if (location == NULL)
    return NULL;

  location += strlen ("\r\nLocation: ");

  return g_strndup (location, strcspn (location, "\r\n"));
}
