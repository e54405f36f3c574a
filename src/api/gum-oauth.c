/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authorization server's endpoints (RFC 6749, RFC 7009). Codes and refresh tokens work once:
 * what may have reached the server is never sent again. Only when no connection came about is it
 * tried twice more. Secrets travel in the body or in a header, never in an address.
 *
 * Here is how a call is made; what each endpoint is asked and answers is in gum-oauth-calls.c. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-oauth.h"
#include "gum-answer-private.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-json-private.h"
#include "gum-oauth-private.h"
#include "gum-util.h"

#include <string.h>

#define DEFAULT_URL "https://app.gumroad.com/oauth"
#define MAX_ATTEMPTS 3
#define BACKOFF 1.0
#define MAX_BODY (1024 * 1024)

struct _GumOAuth
{
  GObject parent_instance;

  /* owned */
  GumHttp *http;
  char    *url;

  /* plain */
  guint  deadline;
  double time_scale;
};

/* A call on its way: the data of its GTask. */
typedef struct {
  /* owned */
  const char   *method;
  char         *uri;
  char         *form;             /* secret; NULL for a GET */
  char         *authorization;    /* secret; NULL for a POST */
  GCancellable *cancellable;
  SoupMessage  *message;          /* of the last attempt */
  GSource      *timer;
  GSource      *cancelled;

  /* plain */
  GumOAuthTakeBody take_body;
  guint            attempts;
} Call;

G_DEFINE_FINAL_TYPE (GumOAuth, gum_oauth, G_TYPE_OBJECT)

static void transmit (GTask *task);

static void
call_free (Call *call)
{
  g_free (call->uri);
  gum_secret_free (call->form);
  gum_secret_free (call->authorization);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->message);
  g_free (call);
}

static void
stop_waiting (Call *call)
{
  g_source_destroy (call->timer);
  g_clear_pointer (&call->timer, g_source_unref);
  if (call->cancelled != NULL)
    g_source_destroy (call->cancelled);
  g_clear_pointer (&call->cancelled, g_source_unref);
}

static gboolean
wait_over_cb (gpointer data)
{
  g_autoptr(GTask) task = data;

  stop_waiting (g_task_get_task_data (task));
  transmit (task);

  return G_SOURCE_REMOVE;
}

static gboolean
wait_cancelled_cb (GCancellable *cancellable,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;

  stop_waiting (g_task_get_task_data (task));
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The request was cancelled");

  return G_SOURCE_REMOVE;
}

/* Gives the task's reference to whichever source comes first. */
static void
wait_and_transmit (GTask *task)
{
  GumOAuth *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  g_object_ref (task);
  call->timer = g_timeout_source_new (g_random_double_range (0, BACKOFF * call->attempts) *
                                      self->time_scale * 1000);
  g_source_set_callback (call->timer, wait_over_cb, task, NULL);
  g_source_attach (call->timer, g_task_get_context (task));
  if (call->cancellable != NULL)
    {
      call->cancelled = g_cancellable_source_new (call->cancellable);
      g_source_set_callback (call->cancelled, G_SOURCE_FUNC (wait_cancelled_cb), task, NULL);
      g_source_attach (call->cancelled, g_task_get_context (task));
    }
}

static gboolean
may_pass (const GError *error)
{
  return (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE);
}

/* No answer. Takes @error. */
static void
take_loss (GTask  *task,
           GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (!gum_http_was_sent (call->message))
    {
      if (call->attempts < MAX_ATTEMPTS && may_pass (error))
        {
          g_error_free (error);
          wait_and_transmit (task);
          return;
        }
    }
  else if (call->form != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_error_matches (error, GUM_ERROR, GUM_ERROR_TOO_LARGE))
    {
      GError *unclear = gum_error_new_http (GUM_ERROR_UNCLEAR,
                                            soup_message_get_status (call->message), NULL,
                                            "The answer was lost: %s", error->message);

      g_error_free (error);
      error = unclear;
    }

  g_task_return_error (task, error);
}

static void
exchanged_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) body = gum_http_send_finish (GUM_HTTP (source), result, &error);
  SoupMessageHeaders *headers;
  guint status;

  if (body == NULL)
    {
      take_loss (task, error);
      return;
    }

  status = soup_message_get_status (call->message);
  headers = soup_message_get_response_headers (call->message);
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    call->take_body (task, body);
  else
    g_task_return_error (task, _gum_answer_new_error (status, headers, body));
}

static void
transmit (GTask *task)
{
  GumOAuth *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers;
  GumHttpPolicy policy = {
    .deadline = self->deadline,
    .max_body = MAX_BODY,
    .exactly_once = call->form != NULL,
  };

  g_clear_object (&call->message);
  call->message = soup_message_new (call->method, call->uri);
  if (call->message == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_INSECURE, "This is no address");
      return;
    }

  headers = soup_message_get_request_headers (call->message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (call->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", call->authorization);
  if (call->form != NULL)
    {
      char *text = g_strdup (call->form);
      g_autoptr(GBytes) body = g_bytes_new_with_free_func (text, strlen (text),
                                                           (GDestroyNotify) gum_secret_free, text);

      soup_message_set_request_body_from_bytes (call->message, "application/x-www-form-urlencoded",
                                                body);
    }

  call->attempts++;
  gum_http_send_async (self->http, call->message, &policy, call->cancellable, exchanged_cb,
                       g_object_ref (task));
}

/* Takes @form and @authorization. */
void
_gum_oauth_start_call (GTask            *task,
                       const char       *method,
                       const char       *path,
                       char             *form,
                       char             *authorization,
                       GCancellable     *cancellable,
                       GumOAuthTakeBody  take_body)
{
  GumOAuth *self = g_task_get_source_object (task);
  Call *call = g_new0 (Call, 1);

  call->method = method;
  call->uri = g_strconcat (self->url, path, NULL);
  call->form = form;
  call->authorization = authorization;
  g_set_object (&call->cancellable, cancellable);
  call->take_body = take_body;
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);

  transmit (task);
}

static void
gum_oauth_finalize (GObject *object)
{
  GumOAuth *self = GUM_OAUTH (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (gum_oauth_parent_class)->finalize (object);
}

static void
gum_oauth_class_init (GumOAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_oauth_finalize;
}

static void
gum_oauth_init (GumOAuth *self)
{
  self->http = gum_http_new ();
  self->time_scale = 1;
}

/**
 * gum_oauth_dup_default_url:
 *
 * Returns: (transfer full): Gumroad's authorization server, or what the environment names as
 *   `GUMROAD_OAUTH_BASE_URL`
 */
char *
gum_oauth_dup_default_url (void)
{
  const char *url = g_getenv ("GUMROAD_OAUTH_BASE_URL");

  return g_strdup (url != NULL && *url != '\0' ? url : DEFAULT_URL);
}

/**
 * gum_oauth_new:
 * @oauth_url: the address whose children are `/authorize`, `/token`, `/revoke`: `https`, or `http`
 *   on a loopback address
 * @error: return location for a %GUM_ERROR_INSECURE
 *
 * Returns: (transfer full) (nullable): the authorization server
 */
GumOAuth *
gum_oauth_new (const char  *oauth_url,
               GError     **error)
{
  GumOAuth *self;
  gsize length;

  g_return_val_if_fail (oauth_url != NULL, NULL);

  if (!gum_uri_check_secure (oauth_url, error))
    return NULL;

  length = strlen (oauth_url);
  while (length > 0 && oauth_url[length - 1] == '/')
    length--;

  self = g_object_new (GUM_TYPE_OAUTH, NULL);
  self->url = g_strndup (oauth_url, length);

  return self;
}

/**
 * gum_oauth_get_url:
 * @self: the authorization server
 *
 * Returns: (transfer none): its address, without a slash at the end
 */
const char *
gum_oauth_get_url (GumOAuth *self)
{
  g_return_val_if_fail (GUM_IS_OAUTH (self), NULL);

  return self->url;
}

/* For tests: a wait of a second takes @scale seconds. */
void
_gum_oauth_set_time_scale (GumOAuth *self,
                           double    scale)
{
  self->time_scale = scale;
}

/* For tests: the deadline of an exchange. */
void
_gum_oauth_set_deadline (GumOAuth *self,
                         guint     seconds)
{
  self->deadline = seconds;
}
