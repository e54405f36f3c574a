/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The server itself: a thread with its own main context, in which SoupServer, the shop and all
 * handlers live.  The public functions either read what is fixed once it listens, or post a
 * control verb to that thread and wait for the answer.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

struct _GumSandbox
{
  GObject parent_instance;

  GumSandboxOptions options;

  /* Owned by the starting thread */
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GTlsCertificate *certificate; /* NULL: the storage speaks plain http */

  /* Written once by the server's thread before it reports that it listens */
  guint port;
  guint storage_port;
  char *api_url;
  char *oauth_url;
  char *storage_url;
  char *client_id;
  char *client_secret;
  char *redirect_uri;
  char *access_token;

  /* Owned by the server's thread */
  GumSandboxState *state;

  GMutex mutex;
  GCond cond;
  gboolean started;
  GError *start_error;
};

typedef struct
{
  GumSandbox *sandbox;
  const char *verb;
  const char *json_args;
  char *result;
  gboolean done;
} Control;

G_DEFINE_FINAL_TYPE (GumSandbox, gum_sandbox, G_TYPE_OBJECT)

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  GumSandbox *self = data;

  gum_sandbox_call_run (gum_sandbox_call_new (self, self->state, message));
}

static void
early_request_cb (SoupServer        *server,
                  SoupServerMessage *message,
                  const char        *path,
                  GHashTable        *query,
                  gpointer           data)
{
  if (g_str_equal (soup_server_message_get_method (message), "PUT"))
    request_cb (server, message, path, query, data);
}

/* Of the listener that was added last. */
static guint
port_beside (SoupServer *server,
             guint       known)
{
  GSList *uris = soup_server_get_uris (server);
  guint port = 0;

  for (GSList *l = uris; l != NULL; l = l->next)
    if ((guint) g_uri_get_port (l->data) != known)
      port = (guint) g_uri_get_port (l->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return port;
}

/* The official client sends files over TLS only. */
static gboolean
listen_for_storage (GumSandbox  *self,
                    SoupServer  *server,
                    GError     **error)
{
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;

  if (self->certificate != NULL)
    {
      soup_server_set_tls_certificate (server, self->certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }

  return soup_server_listen_local (server, 0, options, error);
}

static SoupServer *
listen_on (GumSandbox  *self,
           GError     **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "gumroad-sandbox", NULL);

  /* A body for the storage is read by ourselves: see gum-sandbox-intake.c. */
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  soup_server_add_handler (server, "/storage", request_cb, self, NULL);
  soup_server_add_early_handler (server, "/storage", early_request_cb, self, NULL);
  if (!soup_server_listen_local (server, self->options.port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;

  self->port = port_beside (server, 0);
  if (!listen_for_storage (self, server, error))
    return NULL;

  self->storage_port = port_beside (server, self->port);

  return g_steal_pointer (&server);
}

static void
publish_addresses (GumSandbox *self)
{
  GumSandboxApplication *application = self->state->applications->pdata[0];

  self->api_url = g_strconcat (self->state->origin, "/v2", NULL);
  self->oauth_url = g_strconcat (self->state->origin, "/oauth", NULL);
  self->storage_url = g_strconcat (self->state->storage_origin, "/storage", NULL);
  self->client_id = g_strdup (application->client_id);
  self->client_secret = g_strdup (application->client_secret);
  self->redirect_uri = g_strdup (application->redirect_uris);
  self->access_token = g_strdup (self->state->access_token);
}

static void
report_start (GumSandbox *self,
              GError     *error)
{
  g_mutex_lock (&self->mutex);
  self->start_error = error;
  self->started = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
thread_main (gpointer data)
{
  GumSandbox *self = data;
  g_autoptr (SoupServer) server = NULL;
  GError *error = NULL;

  g_main_context_push_thread_default (self->context);

  server = listen_on (self, &error);
  if (server != NULL)
    {
      g_autofree char *origin = g_strdup_printf ("http://127.0.0.1:%u", self->port);
      g_autofree char *storage = g_strdup_printf ("%s://127.0.0.1:%u",
                                                  self->certificate != NULL ? "https" : "http",
                                                  self->storage_port);

      self->state = gum_sandbox_state_new (&self->options, origin, storage);
      publish_addresses (self);
    }
  report_start (self, error);

  if (server != NULL)
    {
      g_main_loop_run (self->loop);

      gum_sandbox_hold_clear (self->state);
      soup_server_disconnect (server);
      while (self->state->n_busy > 0 || g_main_context_pending (self->context))
        g_main_context_iteration (self->context, TRUE);
      g_clear_object (&server);
      while (g_main_context_iteration (self->context, FALSE))
        continue;
      g_clear_pointer (&self->state, gum_sandbox_state_free);
    }

  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

static void
run_control (Control *control)
{
  g_autoptr (JsonObject) args = NULL;
  g_autoptr (JsonObject) result = NULL;

  if (control->json_args != NULL)
    args = gum_sandbox_parse_object (control->json_args, -1);
  else
    args = json_object_new ();

  result = gum_sandbox_control_run (control->sandbox->state, control->verb, args);
  control->result = gum_sandbox_to_json (result);
}

static gboolean
control_cb (gpointer data)
{
  Control *control = data;
  GumSandbox *self = control->sandbox;

  run_control (control);
  g_mutex_lock (&self->mutex);
  control->done = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  return G_SOURCE_REMOVE;
}

static void
gum_sandbox_dispose (GObject *object)
{
  gum_sandbox_stop (GUM_SANDBOX (object));

  G_OBJECT_CLASS (gum_sandbox_parent_class)->dispose (object);
}

static void
gum_sandbox_finalize (GObject *object)
{
  GumSandbox *self = GUM_SANDBOX (object);

  g_free (self->api_url);
  g_free (self->oauth_url);
  g_free (self->storage_url);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_free (self->redirect_uri);
  g_free (self->access_token);
  g_clear_object (&self->certificate);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);

  G_OBJECT_CLASS (gum_sandbox_parent_class)->finalize (object);
}

static void
gum_sandbox_class_init (GumSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_sandbox_dispose;
  object_class->finalize = gum_sandbox_finalize;
}

static void
gum_sandbox_init (GumSandbox *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

/**
 * gum_sandbox_new:
 * @options: (nullable): port, size and seed; %NULL for a small shop on any port
 *
 * Returns: (transfer full): a sandbox that does not listen yet
 */
GumSandbox *
gum_sandbox_new (const GumSandboxOptions *options)
{
  static const GumSandboxOptions small = { 0, 27, 0, 1 };
  GumSandbox *self = g_object_new (GUM_TYPE_SANDBOX, NULL);

  self->options = options != NULL ? *options : small;

  return self;
}

/**
 * gum_sandbox_start:
 * @self: a sandbox
 * @error: return location for an error
 *
 * Makes the shop and listens on 127.0.0.1 in a thread of its own.  Returns when it listens.
 *
 * Returns: %TRUE, or %FALSE with a #GIOErrorEnum when the port cannot be had, or with what is wrong
 *   with the certificate
 */
gboolean
gum_sandbox_start (GumSandbox  *self,
                   GError     **error)
{
  const char *certificate;

  g_return_val_if_fail (GUM_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (self->thread == NULL, FALSE);
  g_return_val_if_fail (self->api_url == NULL, FALSE);

  certificate = g_steal_pointer (&self->options.storage_certificate);
  if (certificate != NULL)
    {
      self->certificate = g_tls_certificate_new_from_file (certificate, error);
      if (self->certificate == NULL)
        return FALSE;
    }

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->started = FALSE;
  self->thread = g_thread_new ("gum-sandbox", thread_main, self);

  g_mutex_lock (&self->mutex);
  while (!self->started)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  if (self->start_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->start_error));
      gum_sandbox_stop (self);
      return FALSE;
    }

  return TRUE;
}

/**
 * gum_sandbox_stop:
 * @self: a sandbox
 *
 * Closes every connection, ends the thread and waits for it.  A stopped sandbox stays stopped.
 */
void
gum_sandbox_stop (GumSandbox *self)
{
  g_return_if_fail (GUM_IS_SANDBOX (self));

  if (self->thread == NULL)
    return;

  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

guint
gum_sandbox_get_port (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), 0);

  return self->port;
}

const char *
gum_sandbox_get_api_url (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->api_url;
}

const char *
gum_sandbox_get_oauth_url (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->oauth_url;
}

const char *
gum_sandbox_get_storage_url (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->storage_url;
}

const char *
gum_sandbox_get_client_id (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->client_id;
}

const char *
gum_sandbox_get_client_secret (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->client_secret;
}

const char *
gum_sandbox_get_redirect_uri (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->redirect_uri;
}

const char *
gum_sandbox_get_access_token (GumSandbox *self)
{
  g_return_val_if_fail (GUM_IS_SANDBOX (self), NULL);

  return self->access_token;
}

/**
 * gum_sandbox_control:
 * @self: a running sandbox
 * @verb: a control verb, see README.md
 * @json_args: (nullable): its arguments, a JSON object
 * @json_result: (out) (optional) (transfer full): the answer, a JSON object
 *
 * Does in process what `POST /_control/VERB` does over HTTP.  May be called from any thread.
 */
void
gum_sandbox_control (GumSandbox  *self,
                     const char  *verb,
                     const char  *json_args,
                     char       **json_result)
{
  Control control = { self, verb, json_args, NULL, FALSE };

  g_return_if_fail (GUM_IS_SANDBOX (self));
  g_return_if_fail (verb != NULL);
  g_return_if_fail (self->thread != NULL);

  if (g_thread_self () == self->thread)
    {
      run_control (&control);
    }
  else
    {
      g_main_context_invoke (self->context, control_cb, &control);
      g_mutex_lock (&self->mutex);
      while (!control.done)
        g_cond_wait (&self->cond, &self->mutex);
      g_mutex_unlock (&self->mutex);
    }

  if (json_result != NULL)
    *json_result = g_steal_pointer (&control.result);
  g_free (control.result);
}
