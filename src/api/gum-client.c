/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gumroad's API v2 for one account.
 *
 *             ┌──────────── after a while ◀────────────┐
 *             ▼                                        │ GET: lost, cut, 408, 5xx
 *   send ─▶ queue ─▶ token ─▶ exchange ─▶ status ─▶ JSON ─▶ success ─▶ answer
 *             ▲ paused by a 429                │ 401
 *             └──────── one refresh for all ◀──┘
 *
 * Reads are sent again, writes never, neither by us nor by libsoup: how a write ended is known,
 * or is said to be unknown. Whoever waits, and for what: gum-client-queue.c. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-client.h"
#include "gum-answer-private.h"
#include "gum-client-private.h"
#include "gum-client-queue.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-json-private.h"
#include "gum-oauth-private.h"
#include "gum-request-private.h"
#include "gum-retry-private.h"
#include "gum-util.h"

#include <string.h>

#define DEFAULT_URL "https://api.gumroad.com/v2"
#define THREAD_SIZE (256 * 1024)

enum {
  PROP_PAUSED_UNTIL = 1,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (GumClient, gum_client, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
operation_free (GumClientOperation *operation)
{
  gum_request_unref (operation->request);
  g_clear_object (&operation->cancellable);
  g_clear_object (&operation->message);
  g_clear_pointer (&operation->token, gum_secret_free);
  g_clear_pointer (&operation->page, gum_page_free);
  g_free (operation);
}

/* A read failed in a way that may pass. Takes @error. */
static void
try_again (GTask  *task,
           GError *error)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);
  gint64 retry_after = gum_error_get_retry_after (error);

  if (!_gum_request_is_read (operation->request) ||
      operation->attempts >= _gum_retry_count_attempts (error) ||
      self->n_throttled >= MAX_THROTTLED)
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_RATE_LIMITED))
    _gum_client_advance (task);
  else
    _gum_client_start_waiting (task, WAITING_FOR_TIME,
                               retry_after > 0
                                 ? retry_after
                                 : _gum_retry_choose_backoff (operation->attempts));
  g_error_free (error);
}

/* The write left, and nothing tells whether it was carried out. Takes @cause. */
static void
return_unclear (GTask  *task,
                GError *cause)
{
  GumClientOperation *operation = g_task_get_task_data (task);
  guint status = soup_message_get_status (operation->message);
  GError *error = gum_error_new_http (GUM_ERROR_UNCLEAR, status,
                                      gum_error_get_server_message (cause),
                                      "The outcome is unknown: %s", cause->message);

  g_error_free (cause);
  g_task_return_error (task, error);
}

/* A body that is parsed in a thread. */
typedef struct {
  GBytes     *body;
  const char *list;
  const char * const *members;
  GumPage    *page;
  gboolean    cut;
} Parsing;

static void
parsing_free (Parsing *parsing)
{
  g_bytes_unref (parsing->body);
  g_clear_pointer (&parsing->page, gum_page_free);
  g_free (parsing);
}

static JsonNode *
parse (GBytes      *body,
       const char  *list,
       const char * const *members,
       GumPage    **page,
       gboolean    *cut,
       GError     **error)
{
  return list != NULL ? _gum_json_parse_page (body, list, members, page, cut, error)
                      : _gum_json_parse_object (body, cut, error);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Parsing *parsing = data;
  GError *error = NULL;
  JsonNode *node = parse (parsing->body, parsing->list, parsing->members, &parsing->page,
                          &parsing->cut, &error);

  if (node != NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

/* A 2xx whose body is JSON. Takes @node. */
static void
take_answer (GTask    *task,
             JsonNode *node)
{
  GumClientOperation *operation = g_task_get_task_data (task);
  JsonObject *object = json_node_get_object (node);
  GError *error = NULL;

  if (_gum_answer_check_success (object, soup_message_get_status (operation->message), &error))
    g_task_return_pointer (task, json_object_ref (object), (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
  json_node_unref (node);
}

/* A 2xx whose body is no JSON. Takes @error. */
static void
take_nonsense (GTask    *task,
               gboolean  cut,
               GError   *error)
{
  GumClientOperation *operation = g_task_get_task_data (task);

  if (!_gum_request_is_read (operation->request))
    return_unclear (task, error);
  else if (cut)
    try_again (task, error);
  else
    g_task_return_error (task, error);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  Parsing *parsing = g_task_get_task_data (G_TASK (result));
  JsonNode *node = g_task_propagate_pointer (G_TASK (result), &error);
  GumClientOperation *operation = g_task_get_task_data (task);

  operation->page = g_steal_pointer (&parsing->page);
  if (node != NULL)
    take_answer (task, node);
  else
    take_nonsense (task, parsing->cut, error);
}

static void
take_body (GTask  *task,
           GBytes *body)
{
  GumClientOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean cut;
  JsonNode *node;

  if (g_bytes_get_size (body) > THREAD_SIZE)
    {
      g_autoptr(GTask) parse_task = g_task_new (NULL, NULL, parsed_cb, g_object_ref (task));
      Parsing *parsing = g_new0 (Parsing, 1);

      parsing->body = g_bytes_ref (body);
      parsing->list = operation->list;
      parsing->members = operation->members;
      g_task_set_task_data (parse_task, parsing, (GDestroyNotify) parsing_free);
      g_task_run_in_thread (parse_task, parse_in_thread);
      return;
    }

  node = parse (body, operation->list, operation->members, &operation->page, &cut, &error);
  if (node != NULL)
    take_answer (task, node);
  else
    take_nonsense (task, cut, error);
}

static void
take_failure (GTask  *task,
              GBytes *body)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (operation->message);
  guint status = soup_message_get_status (operation->message);
  GError *error = _gum_answer_new_error (status, headers, body);

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_RATE_LIMITED))
    _gum_client_count_throttled (self, gum_error_get_retry_after (error));

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED))
    _gum_client_ask_for_token (task, error);
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_SERVER) &&
           !_gum_request_is_read (operation->request) && !_gum_answer_is_verdict (body))
    return_unclear (task, error);
  else
    try_again (task, error);
}

static void
exchanged_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) body = gum_http_send_finish (GUM_HTTP (source), result, &error);
  guint status;

  if (body == NULL)
    {
      if (!_gum_request_is_read (operation->request) && gum_http_was_sent (operation->message))
        return_unclear (task, error);
      else
        try_again (task, error);
      return;
    }

  status = soup_message_get_status (operation->message);
  if (status != 429)
    self->n_throttled = 0;

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    take_body (task, body);
  else
    take_failure (task, body);
}

/* A token is put on the wire here and nowhere else: in a header that it cannot break out of, and
 * to the API's own origin alone. */
static gboolean
attach_token (GumClient           *self,
              GumClientOperation  *operation,
              const char          *uri,
              GError             **error)
{
  g_autoptr(GumAuthorizer) authorizer = g_weak_ref_get (&self->authorizer);
  g_autofree char *origin = gum_uri_dup_origin (uri);
  g_autoptr(GumSecret) header = NULL;

  g_clear_pointer (&operation->token, gum_secret_free);
  if (authorizer != NULL)
    operation->token = gum_authorizer_dup_access_token (authorizer);
  if (operation->token == NULL || *operation->token == '\0')
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no token");
      return FALSE;
    }

  if (!_gum_token_is_presentable (operation->token))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED,
                           "The token has characters that no token has");
      return FALSE;
    }

  if (g_strcmp0 (origin, self->origin) != 0)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_INSECURE,
                           "The address does not belong to the API");
      return FALSE;
    }

  header = g_strconcat ("Bearer ", operation->token, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (operation->message),
                                "Authorization", header);

  return TRUE;
}

static void
transmit (GTask *task)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);
  g_autofree char *uri = _gum_request_dup_uri (operation->request, self->url);
  g_autoptr(GBytes) body = _gum_request_dup_body (operation->request);
  GumHttpPolicy policy = {
    .deadline = self->deadline,
    .exactly_once = !_gum_request_is_read (operation->request),
  };
  GError *error = NULL;

  g_clear_object (&operation->message);
  operation->message = soup_message_new (_gum_request_get_method (operation->request), uri);
  if (operation->message == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_INSECURE, "This is no address");
      return;
    }
  if (!attach_token (self, operation, uri, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  soup_message_headers_replace (soup_message_get_request_headers (operation->message),
                                "Accept", "application/json");
  if (body != NULL)
    soup_message_set_request_body_from_bytes (operation->message, "application/json", body);

  operation->attempts++;
  gum_http_send_async (self->http, operation->message, &policy,
                       _gum_request_is_awaited (operation->request) ? NULL
                                                                    : operation->cancellable,
                       exchanged_cb, g_object_ref (task));
}

void
_gum_client_advance (GTask *task)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);

  if (operation->generation != self->generation ||
      (operation->cancellable != NULL && g_cancellable_is_cancelled (operation->cancellable)))
    g_task_return_error (task, _gum_client_new_cancelled ());
  else if (gum_client_get_paused_until (self) != 0)
    _gum_client_start_waiting (task, WAITING_FOR_PAUSE, 0);
  else
    transmit (task);
}

static void
gum_client_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  GumClient *self = GUM_CLIENT (object);

  switch (property_id)
    {
    case PROP_PAUSED_UNTIL:
      g_value_set_int64 (value, self->paused_until);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* Every operation holds a reference on the client, so none is left when this runs. */
static void
gum_client_finalize (GObject *object)
{
  GumClient *self = GUM_CLIENT (object);

  _gum_client_clear_source (&self->pause_source);
  g_clear_object (&self->http);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_weak_ref_clear (&self->authorizer);

  G_OBJECT_CLASS (gum_client_parent_class)->finalize (object);
}

static void
gum_client_class_init (GumClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_client_get_property;
  object_class->finalize = gum_client_finalize;

  /**
   * GumClient:paused-until:
   *
   * Until when nothing is sent because of a 429, in microseconds of the monotonic clock; 0: not
   * paused.
   */
  properties[PROP_PAUSED_UNTIL] =
    g_param_spec_int64 ("paused-until", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_client_init (GumClient *self)
{
  self->http = gum_http_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->time_scale = 1;
  g_weak_ref_init (&self->authorizer, NULL);
}

/**
 * gum_client_dup_default_url:
 *
 * Returns: (transfer full): Gumroad's API, or what the environment names as `GUMROAD_API_BASE_URL`
 */
char *
gum_client_dup_default_url (void)
{
  const char *url = g_getenv ("GUMROAD_API_BASE_URL");

  return g_strdup (url != NULL && *url != '\0' ? url : DEFAULT_URL);
}

/**
 * gum_client_new:
 * @api_url: the API's base: `https`, or `http` on a loopback address
 * @authorizer: who lends a token; not kept alive
 * @error: return location for a %GUM_ERROR_INSECURE
 *
 * Returns: (transfer full) (nullable): a client
 */
GumClient *
gum_client_new (const char     *api_url,
                GumAuthorizer  *authorizer,
                GError        **error)
{
  GumClient *self;
  gsize length;

  g_return_val_if_fail (api_url != NULL, NULL);
  g_return_val_if_fail (GUM_IS_AUTHORIZER (authorizer), NULL);

  if (!gum_uri_check_secure (api_url, error))
    return NULL;

  length = strlen (api_url);
  while (length > 0 && api_url[length - 1] == '/')
    length--;

  self = g_object_new (GUM_TYPE_CLIENT, NULL);
  self->url = g_strndup (api_url, length);
  self->origin = gum_uri_dup_origin (self->url);
  g_weak_ref_set (&self->authorizer, authorizer);

  return self;
}

/**
 * gum_client_get_url:
 * @self: a client
 *
 * Returns: (transfer none): the API's base, without a slash at its end
 */
const char *
gum_client_get_url (GumClient *self)
{
  g_return_val_if_fail (GUM_IS_CLIENT (self), NULL);

  return self->url;
}

/**
 * gum_client_get_paused_until:
 * @self: a client
 *
 * Returns: see #GumClient:paused-until
 */
gint64
gum_client_get_paused_until (GumClient *self)
{
  g_return_val_if_fail (GUM_IS_CLIENT (self), 0);

  return self->paused_until;
}

/**
 * gum_client_abort:
 * @self: a client
 *
 * Ends everything that waits or is on its way. The callbacks of what waits may come before this
 * returns, the others come later.
 */
void
gum_client_abort (GumClient *self)
{
  g_autoptr(GumClient) hold = NULL;
  g_autoptr(GError) error = _gum_client_new_cancelled ();

  g_return_if_fail (GUM_IS_CLIENT (self));

  hold = g_object_ref (self);
  self->generation++;
  gum_http_abort (self->http);
  _gum_client_wake (self, WAITING_FOR_NOTHING, error);
}

/**
 * gum_client_send_async:
 * @self: a client
 * @request: what is asked
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Sends a request with the account's token. A GET is sent up to four times, anything else exactly
 * once (once more after a 401, which is a verdict). While the queue is paused because of a 429, it
 * waits.
 */
void
gum_client_send_async (GumClient           *self,
                       GumRequest          *request,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  _gum_client_send_page_async (self, request, NULL, NULL, cancellable, callback, user_data);
}

void
_gum_client_send_page_async (GumClient           *self,
                             GumRequest          *request,
                             const char          *list,
                             const char * const  *members,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GumClientOperation *operation;

  g_return_if_fail (GUM_IS_CLIENT (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  operation = g_new0 (GumClientOperation, 1);
  operation->request = gum_request_ref (request);
  operation->list = list;
  operation->members = members;
  g_set_object (&operation->cancellable, cancellable);
  operation->generation = self->generation;

  /* Without the cancellable: what is known of a write must come through even if it was
   * cancelled. */
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_client_send_async);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);

  _gum_client_advance (task);
}

/**
 * gum_client_send_finish:
 * @self: a client
 * @result: from the callback
 * @error: return location for an error
 *
 * The answer has passed status, JSON and `success`.
 *
 * Errors: of the transport (GIO's domains), when nothing was sent or it was a read;
 * %GUM_ERROR_NOT_SIGNED_IN; by status: %GUM_ERROR_UNAUTHORIZED, %GUM_ERROR_FORBIDDEN,
 * %GUM_ERROR_NOT_FOUND, %GUM_ERROR_RATE_LIMITED, %GUM_ERROR_SERVER, %GUM_ERROR_REDIRECTED,
 * %GUM_ERROR_REJECTED (also for `success: false`, with Gumroad's sentence as the server message);
 * %GUM_ERROR_PROTOCOL, %GUM_ERROR_TOO_LARGE, %GUM_ERROR_DEADLINE for answers that are none. A write
 * that may have been carried out, cancelled ones included, ends with %GUM_ERROR_UNCLEAR.
 *
 * Returns: (transfer full): the answer's root
 */
JsonObject *
gum_client_send_finish (GumClient     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (GUM_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_client_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* NULL where the answer had no such array. */
GumPage *
_gum_client_steal_page (GAsyncResult *result)
{
  GumClientOperation *operation = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&operation->page);
}

/* For tests: a wait of a second takes @scale seconds. */
void
_gum_client_set_time_scale (GumClient *self,
                            double     scale)
{
  self->time_scale = scale;
}

/* For tests: the deadline of an exchange. */
void
_gum_client_set_deadline (GumClient *self,
                          guint      seconds)
{
  self->deadline = seconds;
}
