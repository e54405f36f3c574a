/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The endpoints that a program calls: code and refresh token for an access token, revocation, and
 * what a token is good for.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define BEARER_HEADER "Bearer realm=\"Doorkeeper\", error=\"%s\", error_description=\"%s\""

static void
answer_error (GumSandboxCall *call,
              guint           status,
              const char     *error,
              const char     *description)
{
  JsonObject *object = json_object_new ();
  g_autofree char *state = gum_sandbox_dup_string (call->params, "state");
  g_autofree char *header = g_strdup_printf (BEARER_HEADER, error, description);

  json_object_set_string_member (object, "error", error);
  json_object_set_string_member (object, "error_description", description);
  if (state != NULL && state[0] != '\0')
    json_object_set_string_member (object, "state", state);
  gum_sandbox_call_header (call, "WWW-Authenticate", header);
  gum_sandbox_call_header (call, "Cache-Control", "no-store, no-cache");
  gum_sandbox_call_take_json (call, status, object);
}

static void
answer_invalid_grant (GumSandboxCall *call)
{
  answer_error (call, 400, "invalid_grant",
                "The provided authorization grant is invalid, expired, revoked, does not match "
                "the redirection URI used in the authorization request, or was issued to another "
                "client.");
}

static void
answer_invalid_client (GumSandboxCall *call)
{
  answer_error (call, 401, "invalid_client",
                "Client authentication failed due to unknown client, no client authentication "
                "included, or unsupported authentication method.");
}

static gboolean
require (GumSandboxCall *call,
         const char     *name)
{
  g_autofree char *description = NULL;

  if (!gum_sandbox_is_blank (call->params, name))
    return TRUE;

  description = g_strdup_printf ("Missing required parameter: %s.", name);
  answer_error (call, 400, "invalid_request", description);

  return FALSE;
}

static gboolean
basic_credentials (GumSandboxCall  *call,
                   char           **client_id,
                   char           **secret)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  g_autofree char *plain = NULL;
  gsize length;
  char *colon;

  if (header == NULL || g_ascii_strncasecmp (header, "Basic ", 6) != 0)
    return FALSE;

  plain = (char *) g_base64_decode (header + 6, &length);
  plain = g_realloc (plain, length + 1);
  plain[length] = '\0';
  colon = strchr (plain, ':');
  if (colon == NULL || !g_utf8_validate (plain, -1, NULL))
    return FALSE;

  *client_id = g_uri_unescape_segment (plain, colon, NULL);
  *secret = g_uri_unescape_string (colon + 1, NULL);

  return *client_id != NULL && *secret != NULL;
}

/* A public client may leave its secret out, but not send a wrong one. */
static GumSandboxApplication *
authenticate_client (GumSandboxCall *call)
{
  g_autofree char *client_id = NULL;
  g_autofree char *secret = NULL;
  GumSandboxApplication *application;

  if (!basic_credentials (call, &client_id, &secret))
    {
      g_free (client_id);
      g_free (secret);
      client_id = gum_sandbox_dup_string (call->params, "client_id");
      secret = gum_sandbox_dup_string (call->params, "client_secret");
    }

  application = gum_sandbox_find_application (call->state, client_id);
  if (application == NULL)
    return NULL;
  if (secret == NULL || secret[0] == '\0')
    return application->confidential ? NULL : application;

  return g_str_equal (secret, application->client_secret) ? application : NULL;
}

static void
answer_token (GumSandboxCall  *call,
              GumSandboxToken *token)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "access_token", token->access);
  json_object_set_string_member (object, "token_type", "Bearer");
  if (token->refresh != NULL)
    json_object_set_string_member (object, "refresh_token", token->refresh);
  json_object_set_string_member (object, "scope", token->scope);
  json_object_set_int_member (object, "created_at", token->created_at);
  gum_sandbox_call_header (call, "Cache-Control", "no-store, no-cache");
  gum_sandbox_call_take_json (call, 200, object);
}

static gboolean
verifier_matches (GumSandboxCode *code,
                  const char     *verifier)
{
  g_autofree char *hash = NULL;

  if (g_strcmp0 (code->challenge_method, "plain") == 0)
    return g_str_equal (code->challenge, verifier);

  hash = gum_sandbox_digest (verifier);

  return g_str_equal (code->challenge, hash);
}

static void
exchange_code (GumSandboxCall *call)
{
  g_autofree char *text = gum_sandbox_dup_string (call->params, "code");
  g_autofree char *redirect_uri = gum_sandbox_dup_string (call->params, "redirect_uri");
  g_autofree char *verifier = gum_sandbox_dup_string (call->params, "code_verifier");
  gboolean has_verifier = verifier != NULL && verifier[0] != '\0';
  GumSandboxApplication *application;
  GumSandboxCode *code;

  if (!require (call, "code") || !require (call, "redirect_uri"))
    return;

  code = g_hash_table_lookup (call->state->codes, text);
  if (code != NULL && code->challenge != NULL && !require (call, "code_verifier"))
    return;

  application = authenticate_client (call);
  if (application == NULL)
    {
      answer_invalid_client (call);
      return;
    }

  if (code == NULL || code->used || code->expires_at < g_get_monotonic_time () ||
      !g_str_equal (code->client_id, application->client_id) ||
      !gum_sandbox_redirect_matches (code->redirect_uri, redirect_uri,
                                     call->state->strict_redirects) ||
      has_verifier != (code->challenge != NULL) ||
      (has_verifier && !verifier_matches (code, verifier)))
    {
      answer_invalid_grant (call);
      return;
    }

  code->used = TRUE;
  answer_token (call, gum_sandbox_add_token (call->state, application->client_id, code->scope,
                                             TRUE));
}

static void
exchange_refresh (GumSandboxCall *call)
{
  g_autofree char *text = gum_sandbox_dup_string (call->params, "refresh_token");
  g_autofree char *scope = gum_sandbox_dup_string (call->params, "scope");
  GumSandboxApplication *application;
  GumSandboxToken *token;
  guint scopes = 0;

  if (!require (call, "refresh_token"))
    return;

  application = authenticate_client (call);
  if (application == NULL)
    {
      SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);

      if (gum_sandbox_is_blank (call->params, "client_id") &&
          soup_message_headers_get_one (headers, "Authorization") == NULL)
        answer_invalid_grant (call);
      else
        answer_invalid_client (call);
      return;
    }

  token = g_hash_table_lookup (call->state->refresh_tokens, text);
  if (token == NULL || token->revoked || !g_str_equal (token->client_id, application->client_id))
    {
      answer_invalid_grant (call);
      return;
    }

  if (scope != NULL && scope[0] != '\0' &&
      (!gum_sandbox_scopes_parse (scope, &scopes) || (scopes & ~token->scopes) != 0))
    {
      answer_error (call, 400, "invalid_scope",
                    "The requested scope is invalid, unknown, or malformed.");
      return;
    }

  gum_sandbox_token_revoke (call->state, token);
  answer_token (call, gum_sandbox_add_token (call->state, application->client_id,
                                             scopes != 0 ? scope : token->scope, TRUE));
}

static void
token_cb (GumSandboxCall *call)
{
  g_autofree char *grant = gum_sandbox_dup_string (call->params, "grant_type");

  if (grant == NULL || grant[0] == '\0' || g_str_equal (grant, "authorization_code"))
    exchange_code (call);
  else if (g_str_equal (grant, "refresh_token"))
    exchange_refresh (call);
  else if (g_str_equal (grant, "urn:ietf:params:oauth:grant-type:device_code"))
    answer_error (call, 400, "unauthorized_client",
                  "The client is not authorized to perform this request using this method.");
  else
    answer_error (call, 400, "unsupported_grant_type",
                  "The authorization grant type is not supported by the authorization server.");
}

/* POST /oauth/revoke, GET /oauth/token/info */

static void
revoke_cb (GumSandboxCall *call)
{
  g_autofree char *text = gum_sandbox_dup_string (call->params, "token");
  GumSandboxApplication *application = authenticate_client (call);
  GumSandboxApplication *owner;
  GumSandboxToken *token = NULL;
  JsonObject *object = json_object_new ();

  if (text != NULL)
    {
      token = g_hash_table_lookup (call->state->tokens, text);
      if (token == NULL)
        token = g_hash_table_lookup (call->state->refresh_tokens, text);
    }
  owner = token != NULL ? gum_sandbox_find_application (call->state, token->client_id) : NULL;

  if (application == NULL || (owner != NULL && owner != application && owner->confidential))
    {
      json_object_set_string_member (object, "error", "unauthorized_client");
      json_object_set_string_member (object, "error_description",
                                     "You are not authorized to revoke this token");
      gum_sandbox_call_take_json (call, 403, object);
      return;
    }

  if (token != NULL)
    gum_sandbox_token_revoke (call->state, token);
  gum_sandbox_call_take_json (call, 200, object);
}

static void
token_info_cb (GumSandboxCall *call)
{
  g_autofree char *text = gum_sandbox_presented_token (call);
  GumSandboxToken *token = text != NULL ? g_hash_table_lookup (call->state->tokens, text) : NULL;
  JsonObject *object = json_object_new ();

  if (token == NULL || token->revoked)
    {
      gum_sandbox_call_unauthorized (call, token != NULL);
      json_object_set_string_member (object, "error", "invalid_token");
      json_object_set_string_member (object, "error_description",
                                     token != NULL ? "The access token was revoked"
                                                   : "The access token is invalid");
      json_object_set_string_member (object, "state", "unauthorized");
      gum_sandbox_call_take_json (call, 401, object);
    }
  else
    {
      g_auto (GStrv) names = g_strsplit (token->scope, " ", -1);
      JsonArray *scope = json_array_new ();
      JsonObject *application = json_object_new ();

      for (guint i = 0; names[i] != NULL; i++)
        json_array_add_string_element (scope, names[i]);
      json_object_set_string_member (application, "uid", token->client_id);
      json_object_set_int_member (object, "resource_owner_id", 5427);
      json_object_set_array_member (object, "scope", scope);
      json_object_set_null_member (object, "expires_in");
      json_object_set_object_member (object, "application", application);
      json_object_set_int_member (object, "created_at", token->created_at);
      gum_sandbox_call_take_json (call, 200, object);
    }
}

/* Applications made by sellers have no device flow. */
static void
device_cb (GumSandboxCall *call)
{
  if (authenticate_client (call) == NULL)
    answer_invalid_client (call);
  else
    answer_error (call, 400, "unauthorized_client",
                  "The client is not authorized to perform this request using this method.");
}

const GumSandboxRoute gum_sandbox_token_routes[] = {
  { "POST", "/oauth/token", 0, token_cb },
  { "POST", "/oauth/revoke", 0, revoke_cb },
  { "POST", "/oauth/device/code", 0, device_cb },
  { "GET", "/oauth/token/info", 0, token_info_cb },
  { NULL },
};
