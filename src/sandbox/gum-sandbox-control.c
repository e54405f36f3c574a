/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The strings that tests pull: `POST /_control/VERB` with a JSON object, a JSON object back.  The
 * verbs are described in README.md.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_REQUESTS 10000
#define MAX_BODY (64 * 1024)

typedef JsonObject *(*Verb) (GumSandboxState *state,
                             JsonObject      *args);

struct _GumSandboxRequest
{
  int ref_count;
  char *method;
  char *path;
  char *query;
  char *body;
  gsize body_size;
  GPtrArray *headers;           /* name, value, name, value … */
  gboolean has_authorization;
  gint64 time;
};

/* Recorded requests */

void
gum_sandbox_request_unref (gpointer data)
{
  GumSandboxRequest *request = data;

  if (--request->ref_count > 0)
    return;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_free (request->body);
  g_ptr_array_unref (request->headers);
  g_free (request);
}

void
gum_sandbox_record_request (GumSandboxCall *call,
                            GBytes         *body)
{
  static const char *const names[] = {
    "Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Content-Type",
    "Content-Length", "Connection", "Cookie", "Origin", "Referer", "If-None-Match", "Range",
  };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  GUri *uri = soup_server_message_get_uri (call->message);
  GumSandboxState *state = call->state;
  GumSandboxRequest *request;

  if (g_str_has_prefix (call->path, "/_control/"))
    return;

  request = g_new0 (GumSandboxRequest, 1);
  request->ref_count = 2;
  call->request = request;
  request->method = g_strdup (call->method);
  request->path = g_strdup (g_uri_get_path (uri));
  request->query = g_strdup (g_uri_get_query (uri));
  request->has_authorization = soup_message_headers_get_one (headers, "Authorization") != NULL;
  request->time = g_get_monotonic_time ();
  request->headers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_list (headers, names[i]);

      if (value != NULL)
        {
          g_ptr_array_add (request->headers, g_strdup (names[i]));
          g_ptr_array_add (request->headers, g_utf8_make_valid (value, -1));
        }
    }

  request->body_size = body != NULL ? g_bytes_get_size (body) : 0;
  if (request->body_size > 0)
    request->body = g_utf8_make_valid (g_bytes_get_data (body, NULL),
                                       (gssize) MIN (request->body_size, MAX_BODY));

  g_queue_push_tail (state->requests, request);
  state->n_requests++;
  if (state->requests->length > MAX_REQUESTS)
    gum_sandbox_request_unref (g_queue_pop_head (state->requests));
}

/* Of a body that is still coming in. */
void
gum_sandbox_request_received (GumSandboxCall *call,
                              gint64          size)
{
  if (call->request != NULL)
    call->request->body_size = (gsize) size;
}

static JsonObject *
describe_request (GumSandboxRequest *request)
{
  JsonObject *object = json_object_new ();
  JsonObject *headers = json_object_new ();

  json_object_set_string_member (object, "method", request->method);
  json_object_set_string_member (object, "path", request->path);
  gum_sandbox_set_null_string (object, "query", request->query);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    json_object_set_string_member (headers, request->headers->pdata[i],
                                   request->headers->pdata[i + 1]);
  json_object_set_object_member (object, "headers", headers);
  gum_sandbox_set_null_string (object, "body", request->body);
  json_object_set_int_member (object, "body_size", (gint64) request->body_size);
  json_object_set_boolean_member (object, "has_authorization", request->has_authorization);
  json_object_set_int_member (object, "time_us", request->time);

  return object;
}

/* Verbs */

static JsonObject *
success (void)
{
  JsonObject *result = json_object_new ();

  json_object_set_boolean_member (result, "ok", TRUE);

  return result;
}

static JsonObject *
failure (const char *error)
{
  JsonObject *result = json_object_new ();

  json_object_set_boolean_member (result, "ok", FALSE);
  json_object_set_string_member (result, "error", error);

  return result;
}

static JsonObject *
do_fault (GumSandboxState *state,
          JsonObject      *args)
{
  const char *error = gum_sandbox_rule_add (state, args);

  return error != NULL ? failure (error) : success ();
}

static JsonObject *
do_clear_faults (GumSandboxState *state,
                 JsonObject      *args)
{
  g_ptr_array_set_size (state->rules, 0);

  return success ();
}

static JsonObject *
do_reset (GumSandboxState *state,
          JsonObject      *args)
{
  gum_sandbox_state_reset (state);

  return success ();
}

static JsonObject *
do_requests (GumSandboxState *state,
             JsonObject      *args)
{
  JsonObject *result = success ();
  JsonArray *requests = json_array_new ();

  for (GList *l = state->requests->head; l != NULL; l = l->next)
    json_array_add_object_element (requests, describe_request (l->data));
  json_object_set_array_member (result, "requests", requests);

  if (gum_sandbox_get_bool (args, "clear", FALSE))
    g_queue_clear_full (state->requests, gum_sandbox_request_unref);

  return result;
}

static void
merge (JsonObject *record,
       JsonObject *changes)
{
  g_autoptr (GList) names = json_object_get_members (changes);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (record, l->data,
                            gum_sandbox_copy_node (json_object_get_member (changes, l->data)));
}

static GumSandboxProduct *
product_arg (GumSandboxState *state,
             JsonObject      *args)
{
  g_autofree char *id = gum_sandbox_dup_string (args, "id");

  return gum_sandbox_find_product (state, id);
}

static JsonObject *
do_edit (GumSandboxState *state,
         JsonObject      *args)
{
  GumSandboxProduct *product = product_arg (state, args);
  JsonObject *changes = gum_sandbox_get_object (args, "set");
  JsonArray *unset = gum_sandbox_get_array (args, "unset");
  JsonObject *record;

  if (product == NULL)
    return failure ("no such product");

  record = gum_sandbox_product_edit (state, product);
  if (changes != NULL)
    merge (record, changes);
  for (guint i = 0; unset != NULL && i < gum_sandbox_length (unset); i++)
    json_object_remove_member (record, json_array_get_string_element (unset, i));

  return success ();
}

static JsonObject *
do_add_product (GumSandboxState *state,
                JsonObject      *args)
{
  JsonObject *result = success ();
  JsonObject *record = json_object_new ();
  GumSandboxProduct *product;

  merge (record, args);
  gum_sandbox_record_complete (state, record);
  if (gum_sandbox_find_product (state, gum_sandbox_peek_string (record, "id")) != NULL)
    {
      json_object_unref (record);
      json_object_unref (result);
      return failure ("there is a product of that id");
    }
  product = gum_sandbox_product_add (state, record, 0);
  json_object_set_string_member (result, "id", product->id);
  json_object_set_object_member (result, "product",
                                 gum_sandbox_product_render (state, product, record, TRUE,
                                                             TRUE));

  return result;
}

/* As if it had never been: unlike DELETE, which leaves a deleted product behind. */
static JsonObject *
do_remove_product (GumSandboxState *state,
                   JsonObject      *args)
{
  GumSandboxProduct *product = product_arg (state, args);

  if (product == NULL)
    return failure ("no such product");

  gum_sandbox_product_unlist (state, product);
  g_hash_table_remove (state->permalinks, product->permalink);
  g_hash_table_remove (state->products, product->id);

  return success ();
}

static JsonObject *
do_revoke_all (GumSandboxState *state,
               JsonObject      *args)
{
  GHashTableIter iter;
  gpointer token;

  g_hash_table_iter_init (&iter, state->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &token))
    gum_sandbox_token_revoke (state, token);

  return success ();
}

/* Of one token, or of all. */
static JsonObject *
do_set_scope (GumSandboxState *state,
              JsonObject      *args)
{
  g_autofree char *scope = gum_sandbox_dup_string (args, "scope");
  g_autofree char *only = gum_sandbox_dup_string (args, "token");
  GHashTableIter iter;
  gpointer key, value;
  guint scopes;

  if (!gum_sandbox_scopes_parse (scope, &scopes))
    return failure ("no such scope");

  g_hash_table_iter_init (&iter, state->tokens);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (only == NULL || g_str_equal (only, key))
      {
        GumSandboxToken *token = value;

        token->scopes = scopes;
        g_free (token->scope);
        token->scope = g_strdup (scope);
      }

  return success ();
}

static JsonObject *
do_register_application (GumSandboxState *state,
                         JsonObject      *args)
{
  GumSandboxApplication *application = gum_sandbox_add_application (state, args);
  JsonObject *result = success ();

  json_object_set_string_member (result, "client_id", application->client_id);
  json_object_set_string_member (result, "client_secret", application->client_secret);
  json_object_set_string_member (result, "redirect_uris", application->redirect_uris);

  return result;
}

static JsonObject *
do_authorize (GumSandboxState *state,
              JsonObject      *args)
{
  g_autofree char *url = gum_sandbox_dup_string (args, "url");
  const char *query = url != NULL ? strchr (url, '?') : NULL;
  g_autoptr (JsonObject) params = json_object_new ();
  g_autofree char *location = NULL;
  const char *error;
  JsonObject *result;
  guint status;

  if (query == NULL)
    return failure ("url must be the authorize address with its query");

  gum_sandbox_params_add_form (params, query + 1);
  error = gum_sandbox_consent_check (state, params, &status);
  if (error != NULL)
    {
      result = failure (error);
      json_object_set_int_member (result, "status", status);
      return result;
    }

  location = gum_sandbox_consent_press (state, params, !gum_sandbox_get_bool (args, "deny", FALSE),
                                        &status, &error);
  result = success ();
  json_object_set_string_member (result, "redirect", location);

  return result;
}

static JsonObject *
do_auto_consent (GumSandboxState *state,
                 JsonObject      *args)
{
  g_autofree char *mode = gum_sandbox_dup_string (args, "mode");

  if (g_strcmp0 (mode, "allow") == 0)
    state->consent = GUM_SANDBOX_CONSENT_ALLOW;
  else if (g_strcmp0 (mode, "deny") == 0)
    state->consent = GUM_SANDBOX_CONSENT_DENY;
  else if (g_strcmp0 (mode, "off") == 0)
    state->consent = GUM_SANDBOX_CONSENT_ASK;
  else
    return failure ("mode must be allow, deny or off");

  return success ();
}

static JsonObject *
do_set_redirect_rule (GumSandboxState *state,
                      JsonObject      *args)
{
  g_autofree char *rule = gum_sandbox_dup_string (args, "rule");

  state->strict_redirects = g_strcmp0 (rule, "main") == 0;

  return success ();
}

static JsonObject *
do_expire_codes (GumSandboxState *state,
                 JsonObject      *args)
{
  gum_sandbox_expire_codes (state);

  return success ();
}

static JsonObject *
do_set_page_size (GumSandboxState *state,
                  JsonObject      *args)
{
  gint64 size = 10;

  gum_sandbox_get_int (args, "size", &size);
  state->page_size = (guint) CLAMP (size, 1, 1000000);

  return success ();
}

static JsonObject *
do_set_account (GumSandboxState *state,
                JsonObject      *args)
{
  merge (state->user, args);

  return success ();
}

static JsonObject *
do_set_refund_policy (GumSandboxState *state,
                      JsonObject      *args)
{
  merge (state->refund_policy, args);

  return success ();
}

static JsonObject *
do_warm (GumSandboxState *state,
         JsonObject      *args)
{
  gum_sandbox_warm_products (state);

  return success ();
}

static JsonObject *
do_set_limits (GumSandboxState *state,
               JsonObject      *args)
{
  gum_sandbox_limits_set (state, args);

  return success ();
}

static JsonObject *
do_set_storage (GumSandboxState *state,
                JsonObject      *args)
{
  gum_sandbox_storage_set (state, args);

  return success ();
}

static JsonObject *
do_expire_uploads (GumSandboxState *state,
                   JsonObject      *args)
{
  gum_sandbox_storage_expire (state);

  return success ();
}

static JsonObject *
do_rename_files (GumSandboxState *state,
                 JsonObject      *args)
{
  gum_sandbox_files_rename (state);

  return success ();
}

static JsonObject *
do_uploads (GumSandboxState *state,
            JsonObject      *args)
{
  JsonObject *result = success ();

  json_object_set_array_member (result, "uploads", gum_sandbox_storage_list (state));
  json_object_set_array_member (result, "blobs", gum_sandbox_blobs_list (state));

  return result;
}

static JsonObject *
do_add_upload (GumSandboxState *state,
               JsonObject      *args)
{
  JsonObject *result = success ();

  json_object_set_object_member (result, "upload", gum_sandbox_storage_add (state, args));

  return result;
}

static JsonObject *
do_stats (GumSandboxState *state,
          JsonObject      *args)
{
  JsonObject *result = success ();

  json_object_set_int_member (result, "requests", (gint64) state->n_requests);
  json_object_set_int_member (result, "products", state->order->len);
  json_object_set_int_member (result, "sales", state->options.n_sales);
  json_object_set_int_member (result, "tokens", g_hash_table_size (state->tokens));
  json_object_set_int_member (result, "codes", g_hash_table_size (state->codes));
  json_object_set_int_member (result, "faults", state->rules->len);
  json_object_set_int_member (result, "held", g_hash_table_size (state->held));
  json_object_set_int_member (result, "pictures", g_hash_table_size (state->pictures));

  return result;
}

static const struct
{
  const char *name;
  Verb verb;
} verbs[] = {
  { "fault", do_fault },
  { "clear_faults", do_clear_faults },
  { "reset", do_reset },
  { "requests", do_requests },
  { "edit", do_edit },
  { "add_product", do_add_product },
  { "remove_product", do_remove_product },
  { "revoke_all", do_revoke_all },
  { "set_scope", do_set_scope },
  { "register_application", do_register_application },
  { "authorize", do_authorize },
  { "auto_consent", do_auto_consent },
  { "set_redirect_rule", do_set_redirect_rule },
  { "expire_codes", do_expire_codes },
  { "set_page_size", do_set_page_size },
  { "set_account", do_set_account },
  { "set_refund_policy", do_set_refund_policy },
  { "set_limits", do_set_limits },
  { "set_storage", do_set_storage },
  { "expire_uploads", do_expire_uploads },
  { "rename_files", do_rename_files },
  { "uploads", do_uploads },
  { "add_upload", do_add_upload },
  { "warm", do_warm },
  { "stats", do_stats },
};

/* @args may be NULL: they could not be read. */
JsonObject *
gum_sandbox_control_run (GumSandboxState *state,
                         const char      *verb,
                         JsonObject      *args)
{
  if (args == NULL)
    return failure ("the arguments are not a JSON object");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, verb))
      return verbs[i].verb (state, args);

  return failure ("no such verb");
}

static void
control_cb (GumSandboxCall *call)
{
  JsonObject *result = gum_sandbox_control_run (call->state, call->args[0], call->params);
  gboolean ok = json_object_get_boolean_member (result, "ok");

  gum_sandbox_call_take_json (call, ok ? 200 : 400, result);
}

const GumSandboxRoute gum_sandbox_control_routes[] = {
  { "POST", "/_control/:verb", 0, control_cb },
  { "GET", "/_control/:verb", 0, control_cb },
  { NULL },
};
