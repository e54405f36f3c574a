/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The others: a server in a process of its own, whose calls are not ours to fail, and a browser in a thread
 * that is spared. */

#include "config.h"

#include "peer.h"

#include "gum-test.h"
#include "torture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  guint16     port;
  const char *request;
  char       *answer;
  gboolean    done;
} Talk;

Peer *
peer_new (const char *program,
          const char *n_products)
{
  const char *argv[] = { program, "--port", "0", "--until-eof", "--products", n_products, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(JsonNode) node = NULL;
  Peer *self = g_new0 (Peer, 1);
  int output;
  char byte;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &self->pid, &self->input, &output, NULL, &error);
  g_assert_no_error (error);
  while (read (output, &byte, 1) == 1 && byte != '\n')
    g_string_append_c (line, byte);
  close (output);

  node = json_from_string (line->str, &error);
  g_assert_no_error (error);
  self->at = json_object_ref (json_node_get_object (node));
  self->port = (guint16) g_ascii_strtoull (strrchr (peer_get (self, "oauth"), ':') + 1, NULL, 10);

  return self;
}

void
peer_free (Peer *self)
{
  close (self->input);
  waitpid (self->pid, NULL, 0);
  g_spawn_close_pid (self->pid);
  json_object_unref (self->at);
  g_free (self);
}

const char *
peer_get (Peer       *self,
          const char *name)
{
  return json_object_get_string_member (self->at, name);
}

static gpointer
talk_in_thread (gpointer data)
{
  Talk *talk = data;
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (talk->port),
    .sin_addr = { htonl (INADDR_LOOPBACK) },
  };
  GString *answer = g_string_new (NULL);
  gsize left = strlen (talk->request);
  char buffer[4096];
  gssize n;
  int fd;

  torture_spare (TRUE);
  fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0 &&
      send (fd, talk->request, left, MSG_NOSIGNAL) == (gssize) left)
    {
      while ((n = recv (fd, buffer, sizeof buffer, 0)) > 0)
        g_string_append_len (answer, buffer, n);
    }
  close (fd);
  talk->answer = g_string_free (answer, FALSE);
  g_atomic_int_set (&talk->done, TRUE);
  g_main_context_wakeup (NULL);

  return NULL;
}

static gboolean
is_done (gpointer data)
{
  return g_atomic_int_get (&((Talk *) data)->done);
}

/* What comes back, while the main loop turns; empty if nobody is there. */
char *
peer_talk (guint16     port,
           const char *request)
{
  Talk talk = { .port = port, .request = request };
  GThread *thread = g_thread_new ("browser", talk_in_thread, &talk);

  gum_test_wait_until (is_done, &talk);
  g_thread_join (thread);

  return talk.answer;
}

/* Follows an address of this machine. */
char *
peer_visit (const char *address)
{
  g_autofree char *request = NULL;
  guint16 port;
  char *target;

  g_assert_true (g_str_has_prefix (address, "http://127.0.0.1:"));
  port = (guint16) g_ascii_strtoull (address + strlen ("http://127.0.0.1:"), &target, 10);
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n\r\n", target, port);

  return peer_talk (port, request);
}

/* The person presses Authorize; the address that the browser is then sent to. */
char *
peer_consent (Peer       *self,
              const char *authorize_url)
{
  g_autofree char *body = g_strdup_printf ("{\"url\":\"%s\"}", authorize_url);
  g_autofree char *request = NULL;
  g_autofree char *answer = NULL;
  g_autoptr(JsonNode) node = NULL;
  const char *json;

  request = g_strdup_printf ("POST /_control/authorize HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                             "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
                             "\r\nConnection: close\r\n\r\n%s", self->port, strlen (body), body);
  answer = peer_talk (self->port, request);
  json = strstr (answer, "\r\n\r\n");
  g_assert_nonnull (json);
  node = json_from_string (json + 4, NULL);
  g_assert_nonnull (node);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), "redirect"));
}
