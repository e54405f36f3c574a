/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends a file to a sandbox: by threads that only read and write, on plain sockets (the floor), and by an
 * upload as the program runs it. Both send the same parts, four at a time.
 *
 *   perf-upload API TOKEN FILE RUNS
 *
 * prints "floor value before most stall", a line a run: two times in microseconds, resident memory before
 * the upload and the most while it ran in KiB, and the longest stall of the main loop in microseconds. */

#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gum-http.h"
#include "gum-json.h"
#include "gum-upload.h"
#include "perf-loop.h"
#include "perf-token.h"

#define PARALLEL 4
#define PART_SIZE (G_GINT64_CONSTANT (100) << 20)
#define BUFFER_SIZE (256 * 1024)

typedef struct {
  int        fd;
  gint64     size;
  JsonArray *parts;
  char     **etags;
  int        next;
} Bare;

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static JsonObject *
ask (GumClient  *client,
     const char *path,
     JsonObject *body)
{
  g_autoptr(GumRequest) request = gum_request_new ("POST", path);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *answer;

  json_node_take_object (node, body);
  gum_request_set_json (request, node);
  gum_client_send_async (client, request, NULL, keep_result_cb, &result);
  answer = gum_client_send_finish (client, wait_for (&result), &error);
  if (answer == NULL)
    g_error ("%s failed: %s", path, error->message);

  return answer;
}

static char *
send_bare_part (Bare       *bare,
                const char *address,
                gint64      offset,
                gint64      length)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection =
    g_socket_client_connect_to_host (client, g_uri_get_host (uri), g_uri_get_port (uri), NULL, NULL);
  g_autoptr(GString) answer = g_string_new (NULL);
  g_autofree char *head = NULL;
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  char *etag;
  int out;
  ssize_t n;

  if (connection == NULL)
    g_error ("The storage cannot be reached");
  out = g_socket_get_fd (g_socket_connection_get_socket (connection));
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  fcntl (out, F_SETFL, fcntl (out, F_GETFL) & ~O_NONBLOCK);
  head = g_strdup_printf ("PUT %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %" G_GINT64_FORMAT
                          "\r\n\r\n", g_uri_get_path (uri), g_uri_get_query (uri),
                          g_uri_get_host (uri), length);
  if (write (out, head, strlen (head)) != (ssize_t) strlen (head))
    g_error ("The storage hung up");

  while (length > 0)
    {
      ssize_t got = pread (bare->fd, buffer, MIN (length, BUFFER_SIZE), offset);

      for (ssize_t sent = 0; sent < got; sent += n)
        if ((n = write (out, buffer + sent, got - sent)) <= 0)
          g_error ("The storage hung up");
      offset += got;
      length -= got;
    }
  while ((n = read (out, buffer, BUFFER_SIZE)) > 0)
    g_string_append_len (answer, buffer, n);

  etag = strstr (answer->str, "\r\nETag: ");
  if (!g_str_has_prefix (answer->str, "HTTP/1.1 200 ") || etag == NULL)
    g_error ("The storage refused");
  etag += strlen ("\r\nETag: ");

  return g_strndup (etag, strcspn (etag, "\r"));
}

static gpointer
send_bare_parts (gpointer data)
{
  Bare *bare = data;
  int i;

  while ((i = g_atomic_int_add (&bare->next, 1)) < (int) json_array_get_length (bare->parts))
    {
      JsonObject *part = json_array_get_object_element (bare->parts, i);
      gint64 offset = i * PART_SIZE;

      bare->etags[i] = send_bare_part (bare, gum_json_get_string (part, "presigned_url"), offset,
                                       MIN (PART_SIZE, bare->size - offset));
    }

  return NULL;
}

static gint64
send_bare (GumClient  *client,
           const char *path)
{
  gint64 start = g_get_monotonic_time ();
  GThread *threads[PARALLEL];
  g_autoptr(JsonObject) session = NULL;
  g_autoptr(JsonObject) done = NULL;
  JsonObject *body = json_object_new ();
  JsonArray *etags = json_array_new ();
  Bare bare = { 0 };
  struct stat file;
  guint n;

  bare.fd = open (path, O_RDONLY | O_CLOEXEC);
  if (bare.fd < 0 || fstat (bare.fd, &file) != 0)
    g_error ("The file cannot be read");
  bare.size = file.st_size;
  json_object_set_string_member (body, "filename", "bare");
  json_object_set_int_member (body, "file_size", bare.size);
  session = ask (client, "files/presign", body);

  bare.parts = gum_json_get_array (session, "parts");
  n = json_array_get_length (bare.parts);
  bare.etags = g_new0 (char *, n + 1);
  for (guint i = 0; i < PARALLEL; i++)
    threads[i] = g_thread_new ("bare", send_bare_parts, &bare);
  for (guint i = 0; i < PARALLEL; i++)
    g_thread_join (threads[i]);
  close (bare.fd);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *part = json_object_new ();

      json_object_set_int_member (part, "part_number", i + 1);
      json_object_set_string_member (part, "etag", bare.etags[i]);
      json_array_add_object_element (etags, part);
    }
  body = json_object_new ();
  json_object_set_string_member (body, "upload_id", gum_json_get_string (session, "upload_id"));
  json_object_set_string_member (body, "key", gum_json_get_string (session, "key"));
  json_object_set_array_member (body, "parts", etags);
  done = ask (client, "files/complete", body);
  g_strfreev (bare.etags);

  return g_get_monotonic_time () - start;
}

static gboolean
look_cb (gpointer data)
{
  glong *most = data;

  *most = MAX (*most, perf_resident_kib ());

  return G_SOURCE_CONTINUE;
}

static gint64
send_upload (GumClient  *client,
             const char *path,
             glong      *most)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GumUpload) upload = gum_upload_new (client, file);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint look = g_timeout_add (20, look_cb, most);
  gint64 start = g_get_monotonic_time ();
  gint64 taken;

  gum_upload_run_async (upload, keep_result_cb, &result);
  if (!gum_upload_run_finish (upload, wait_for (&result), &error))
    g_error ("The upload failed: %s", error->message);
  taken = g_get_monotonic_time () - start;
  g_source_remove (look);

  return taken;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(PerfToken) token = NULL;
  g_autoptr(GumClient) client = NULL;
  g_autoptr(GError) error = NULL;

  gum_http_init_process ();
  if (argc != 5)
    return EXIT_FAILURE;

  token = perf_token_new (argv[2]);
  client = gum_client_new (argv[1], GUM_AUTHORIZER (token), &error);
  if (client == NULL)
    g_error ("No client: %s", error->message);
  perf_watch_stalls ();

  for (int run = atoi (argv[4]); run > 0; run--)
    {
      gint64 floor = send_bare (client, argv[3]);
      glong before = perf_resident_kib ();
      glong most = before;
      gint64 value;

      perf_take_longest_stall ();
      value = send_upload (client, argv[3], &most);
      g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %ld %ld %" G_GINT64_FORMAT "\n", floor,
               value, before, most, perf_take_longest_stall ());
    }

  return EXIT_SUCCESS;
}
