/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request on its way through the sandbox: taken apart, matched against the route tables,
 * authorised, answered.  A handler only fills in the answer; sending it is done here, so that a
 * fault can come between.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

static const GumSandboxRoute *const route_tables[] = {
  gum_sandbox_comps_routes,     /* before the products, whose ids are anything */
  gum_sandbox_product_routes,
  gum_sandbox_edit_routes,
  gum_sandbox_variant_routes,
  gum_sandbox_part_routes,
  gum_sandbox_account_routes,
  gum_sandbox_upsell_routes,
  gum_sandbox_landing_routes,
  gum_sandbox_upload_routes,
  gum_sandbox_storage_routes,
  gum_sandbox_blob_routes,
  gum_sandbox_image_routes,
  gum_sandbox_picture_routes,
  gum_sandbox_token_routes,
  gum_sandbox_consent_routes,
  gum_sandbox_control_routes,
};

static void
message_finished_cb (SoupServerMessage *message,
                     GumSandboxCall    *call)
{
  call->gone = TRUE;
}

/* The storage is told from the rest by its port alone. */
static gboolean
is_for_storage (GumSandboxState   *state,
                SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_local_address (message);
  const char *port = strrchr (state->storage_origin, ':') + 1;

  return G_IS_INET_SOCKET_ADDRESS (address) &&
         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) == atoi (port);
}

static GBytes *
request_bytes (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  return soup_message_body_flatten (body);
}

GumSandboxCall *
gum_sandbox_call_new (GumSandbox        *sandbox,
                      GumSandboxState   *state,
                      SoupServerMessage *message)
{
  GumSandboxCall *call = g_new0 (GumSandboxCall, 1);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *content_type = soup_message_headers_get_one (headers, "Content-Type");
  const char *path = g_uri_get_path (uri);
  g_autoptr (GBytes) body = request_bytes (message);
  g_autofree char *override = NULL;

  call->sandbox = sandbox;
  call->state = state;
  call->message = g_object_ref (message);
  call->gone_id = g_signal_connect (message, "finished", G_CALLBACK (message_finished_cb), call);
  call->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  call->status = 500;
  call->for_storage = is_for_storage (state, message);

  call->method = g_strdup (soup_server_message_get_method (message));
  call->old_prefix = g_str_has_prefix (path, "/api/v2");
  call->path = g_strdup (call->old_prefix ? path + strlen ("/api") : path);
  if (g_str_has_prefix (call->path, "/v2/") && g_str_has_suffix (call->path, ".json"))
    call->path[strlen (call->path) - strlen (".json")] = '\0';

  gum_sandbox_record_request (call, body);

  /* Whoever pulls a string need not name its type. */
  if (g_str_has_prefix (call->path, "/_control/"))
    content_type = "application/json";
  call->params = gum_sandbox_params_parse (g_uri_get_query (uri), content_type, body);
  if (call->params != NULL && g_str_equal (call->method, "POST") &&
      (override = gum_sandbox_dup_string (call->params, "_method")) != NULL)
    {
      g_free (call->method);
      call->method = g_ascii_strup (override, -1);
    }

  return call;
}

void
gum_sandbox_call_free (GumSandboxCall *call)
{
  g_hash_table_remove (call->state->held, call);
  g_clear_pointer (&call->timer, g_source_destroy);
  g_clear_pointer (&call->intake, gum_sandbox_intake_free);
  g_clear_pointer (&call->request, gum_sandbox_request_unref);
  g_clear_object (&call->stream);
  g_clear_object (&call->socket);
  if (call->watcher != NULL)
    *call->watcher = NULL;
  g_clear_signal_handler (&call->gone_id, call->message);
  g_clear_object (&call->message);
  g_clear_pointer (&call->method, g_free);
  g_clear_pointer (&call->path, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (call->args); i++)
    g_clear_pointer (&call->args[i], g_free);
  g_clear_pointer (&call->params, json_object_unref);
  g_clear_pointer (&call->record, json_object_unref);
  g_clear_pointer (&call->content_type, g_free);
  g_clear_pointer (&call->headers, soup_message_headers_unref);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_pointer (&call->rule, gum_sandbox_rule_unref);
  g_free (call);
}

/*
 * Takes the connection of a call that is held.  NULL if the client has left: libsoup would warn
 * when it asks the socket for an address that is no longer there, so it is left to find out itself.
 */
GIOStream *
gum_sandbox_call_steal (GumSandboxCall *call)
{
  GSocket *socket;
  g_autoptr (GSocketAddress) peer = NULL;

  if (call->stream != NULL)
    return g_steal_pointer (&call->stream);

  socket = call->gone ? NULL : soup_server_message_get_socket (call->message);
  if (socket != NULL)
    peer = g_socket_get_remote_address (socket, NULL);

  g_clear_signal_handler (&call->gone_id, call->message);
  if (peer != NULL)
    return soup_server_message_steal_connection (call->message);

  if (!call->gone)
    {
      soup_server_message_set_status (call->message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
      soup_server_message_unpause (call->message);
    }

  return NULL;
}

/* Ends a call that is held without an answer. */
void
gum_sandbox_call_abort (GumSandboxCall *call)
{
  g_autoptr (GIOStream) stream = gum_sandbox_call_steal (call);

  gum_sandbox_call_free (call);
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

/* Routing */

gboolean
gum_sandbox_path_matches (const char  *pattern,
                          const char  *path,
                          char       **args)
{
  guint n_args = 0;

  for (;;)
    {
      gsize in_pattern, in_path;

      while (*pattern == '/')
        pattern++;
      while (*path == '/')
        path++;
      if (*pattern == '\0' || *path == '\0')
        return *pattern == *path;

      in_pattern = strcspn (pattern, "/");
      in_path = strcspn (path, "/");

      if (*pattern == ':')
        {
          if (args != NULL && n_args < 4)
            {
              g_free (args[n_args]);
              /* The server has unescaped it already. */
              args[n_args] = g_strndup (path, in_path);
              if (!g_utf8_validate (args[n_args], -1, NULL))
                return FALSE;
              n_args++;
            }
        }
      else if (in_pattern != in_path || strncmp (pattern, path, in_path) != 0)
        {
          return FALSE;
        }

      pattern += in_pattern;
      path += in_path;
    }
}

static const GumSandboxRoute *
find_route (GumSandboxCall *call)
{
  const char *method = g_str_equal (call->method, "HEAD") ? "GET" : call->method;

  if (g_str_equal (method, "PATCH"))
    method = "PUT";

  for (guint i = 0; i < G_N_ELEMENTS (route_tables); i++)
    for (const GumSandboxRoute *route = route_tables[i]; route->method != NULL; route++)
      if (g_str_equal (route->method, method) &&
          g_str_has_prefix (route->path, "/storage/") == call->for_storage &&
          gum_sandbox_path_matches (route->path, call->path, NULL))
        return route;

  return NULL;
}

void
gum_sandbox_call_route (GumSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *agent = soup_message_headers_get_one (headers, "User-Agent");
  const GumSandboxRoute *route = find_route (call);

  if (!gum_sandbox_limits_admit (call))
    return;

  if (call->params == NULL)
    {
      gum_sandbox_call_text (call, 400, "text/html; charset=utf-8",
                             "<!DOCTYPE html><title>400</title><h1>Bad request</h1>");
      return;
    }

  if (route == NULL || !gum_sandbox_path_matches (route->path, call->path, call->args))
    {
      gum_sandbox_call_text (call, 404, "text/html; charset=utf-8",
                             "<!DOCTYPE html><title>404</title><h1>Page not found</h1>");
      return;
    }

  if (g_str_has_prefix (call->path, "/v2/") && agent != NULL &&
      (g_str_has_prefix (agent, "PHP") || g_str_has_prefix (agent, "WordPress")))
    {
      gum_sandbox_call_text (call, 200, "text/plain; charset=utf-8", "We'll be right back.");
      return;
    }

  if (route->scopes != 0 && !gum_sandbox_call_authorize (call, route->scopes))
    return;

  route->handler (call);
}

static gboolean
delay_over_cb (gpointer data)
{
  GumSandboxCall *call = data;

  call->timer = NULL;
  if (call->gone)
    gum_sandbox_call_free (call);
  else if (!gum_sandbox_rule_before (call))
    {
      gum_sandbox_call_route (call);
      if (!call->pending)
        gum_sandbox_call_finish (call);
    }

  return G_SOURCE_REMOVE;
}

void
gum_sandbox_call_hold (GumSandboxCall *call)
{
  if (call->held)
    return;

  call->held = TRUE;
  soup_server_message_pause (call->message);
  g_hash_table_insert (call->state->held, call, (gpointer) gum_sandbox_call_abort);
}

void
gum_sandbox_call_run (GumSandboxCall *call)
{
  call->rule = gum_sandbox_rule_take (call);
  if (call->for_storage && g_str_equal (call->method, "PUT"))
    gum_sandbox_intake_start (call);
  else
    gum_sandbox_call_proceed (call);
}

/* The body is there, or as much of it as is wanted. */
void
gum_sandbox_call_proceed (GumSandboxCall *call)
{
  guint delay;

  delay = call->rule != NULL ? gum_sandbox_rule_get_delay (call->rule) : 0;

  if (delay > 0)
    {
      g_autoptr (GSource) source = g_timeout_source_new (delay);

      gum_sandbox_call_hold (call);
      g_source_set_callback (source, delay_over_cb, call, NULL);
      g_source_attach (source, g_main_context_get_thread_default ());
      call->timer = source;
    }
  else
    {
      delay_over_cb (call);
    }
}

/* Answering */

void
gum_sandbox_call_finish (GumSandboxCall *call)
{
  if (call->gone)
    gum_sandbox_call_free (call);
  else if (call->rule == NULL || !gum_sandbox_rule_after (call))
    gum_sandbox_call_send (call);
}

void
gum_sandbox_call_send (GumSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  SoupMessageBody *body = soup_server_message_get_response_body (call->message);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  if (call->stream != NULL)
    {
      gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_WHOLE, 0, 0);
      return;
    }

  soup_server_message_set_status (call->message, call->status, NULL);
  if (call->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", call->content_type);
  soup_message_headers_iter_init (&iter, call->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    soup_message_headers_append (headers, name, value);
  if (call->body != NULL && g_bytes_get_size (call->body) > 0)
    soup_message_body_append_bytes (body, call->body);

  if (call->held)
    soup_server_message_unpause (call->message);
  gum_sandbox_call_free (call);
}

void
gum_sandbox_call_header (GumSandboxCall *call,
                         const char     *name,
                         const char     *value)
{
  soup_message_headers_replace (call->headers, name, value);
}

void
gum_sandbox_call_answer (GumSandboxCall *call,
                         guint           status,
                         const char     *content_type,
                         GBytes         *body)
{
  g_autoptr (GBytes) old = g_steal_pointer (&call->body);

  call->status = status;
  g_free (call->content_type);
  call->content_type = g_strdup (content_type);
  call->body = body != NULL ? g_bytes_ref (body) : NULL;
}

void
gum_sandbox_call_text (GumSandboxCall *call,
                       guint           status,
                       const char     *content_type,
                       const char     *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  gum_sandbox_call_answer (call, status, content_type, body);
}

void
gum_sandbox_call_take_text (GumSandboxCall *call,
                            guint           status,
                            const char     *content_type,
                            char           *text)
{
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  gum_sandbox_call_answer (call, status, content_type, body);
}

void
gum_sandbox_call_take_json (GumSandboxCall *call,
                            guint           status,
                            JsonObject     *object)
{
  gum_sandbox_call_take_text (call, status, "application/json; charset=utf-8",
                              gum_sandbox_to_json (object));
  json_object_unref (object);
}

void
gum_sandbox_call_success (GumSandboxCall *call,
                          const char     *member,
                          JsonNode       *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "success", TRUE);
  if (member != NULL)
    json_object_set_member (object, member, value);
  gum_sandbox_call_take_json (call, 200, object);
}

void
gum_sandbox_call_message (GumSandboxCall *call,
                          const char     *message)
{
  gum_sandbox_call_success (call, "message",
                            json_node_init_string (json_node_alloc (), message));
}

/* What the person did is refused with status 200: that is how the service does it. */
void
gum_sandbox_call_failure (GumSandboxCall *call,
                          const char     *format,
                          ...)
{
  JsonObject *object = json_object_new ();
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  json_object_set_boolean_member (object, "success", FALSE);
  json_object_set_string_member (object, "message", message);
  gum_sandbox_call_take_json (call, 200, object);
}

void
gum_sandbox_call_bad_request (GumSandboxCall *call,
                              const char     *error)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "status", 400);
  json_object_set_string_member (object, "error", error);
  gum_sandbox_call_take_json (call, 400, object);
}

/* What a handler of theirs does when nobody caught the exception. */
void
gum_sandbox_call_crash (GumSandboxCall *call)
{
  gum_sandbox_call_text (call, 500, "text/html; charset=utf-8",
                         "<!DOCTYPE html><title>500</title><h1>Something went wrong</h1>");
}

void
gum_sandbox_call_redirect (GumSandboxCall *call,
                           const char     *location)
{
  gum_sandbox_call_header (call, "Location", location);
  gum_sandbox_call_header (call, "Cache-Control", "no-store");
  gum_sandbox_call_text (call, 302, "text/html; charset=utf-8", "");
}
