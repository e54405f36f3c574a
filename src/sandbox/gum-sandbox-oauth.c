/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Applications, codes, tokens and scopes; the token, revocation and token-info endpoints; and who
 * may call which route of /v2.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define CODE_LIFETIME (10 * 60 * G_USEC_PER_SEC)
#define BEARER_HEADER "Bearer realm=\"Doorkeeper\", error=\"%s\", error_description=\"%s\""

typedef struct
{
  char *client_id;
  char *redirect_uri;
  char *scope;
  char *challenge;
  char *challenge_method;
  gint64 expires_at;            /* monotonic */
  gboolean used;
} Code;

static const char *const scope_names[] = {
  "edit_products", "edit_emails", "view_sales", "mark_sales_as_shipped", "edit_sales",
  "revenue_share", "ifttt", "view_profile", "edit_profile", "view_payouts", "view_tax_data",
  "account", "view_public",
};

static void
application_free (gpointer data)
{
  GumSandboxApplication *application = data;

  g_free (application->client_id);
  g_free (application->client_secret);
  g_free (application->name);
  g_free (application->redirect_uris);
  g_free (application);
}

static void
code_free (gpointer data)
{
  Code *code = data;

  g_free (code->client_id);
  g_free (code->redirect_uri);
  g_free (code->scope);
  g_free (code->challenge);
  g_free (code->challenge_method);
  g_free (code);
}

static void
token_free (gpointer data)
{
  GumSandboxToken *token = data;

  g_free (token->access);
  g_free (token->refresh);
  g_free (token->client_id);
  g_free (token->scope);
  g_free (token);
}

static char *
base64url (const guint8 *bytes,
           gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

static char *
digest (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize length = sizeof bytes;

  g_checksum_update (checksum, (const guint8 *) text, -1);
  g_checksum_get_digest (checksum, bytes, &length);

  return base64url (bytes, length);
}

/* Credentials look as the real ones do.  Those made at start depend on the seed alone. */
char *
gum_sandbox_random (GumSandboxState *state)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("gumroad-sandbox:%u:%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT,
                          state->options.seed, state->serial,
                          state->serial < 8 ? 0 : g_get_real_time ());
  state->serial++;

  return digest (text);
}

/* Scopes */

gboolean
gum_sandbox_scopes_parse (const char *text,
                          guint      *scopes)
{
  g_auto (GStrv) names = g_strsplit_set (text != NULL ? text : "", " +", -1);

  *scopes = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean known = names[i][0] == '\0';

      for (guint j = 0; !known && j < G_N_ELEMENTS (scope_names); j++)
        if (g_str_equal (names[i], scope_names[j]))
          {
            *scopes |= 1u << j;
            known = TRUE;
          }

      if (!known)
        return FALSE;
    }

  return *scopes != 0;
}

char *
gum_sandbox_scopes_print (guint scopes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scope_names); i++)
    if ((scopes & 1u << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", scope_names[i]);

  return g_string_free (text, FALSE);
}

/* Applications */

GumSandboxApplication *
gum_sandbox_find_application (GumSandboxState *state,
                              const char      *client_id)
{
  for (guint i = 0; client_id != NULL && i < state->applications->len; i++)
    {
      GumSandboxApplication *application = state->applications->pdata[i];

      if (g_str_equal (application->client_id, client_id))
        return application;
    }

  return NULL;
}

GumSandboxApplication *
gum_sandbox_add_application (GumSandboxState *state,
                             JsonObject      *args)
{
  GumSandboxApplication *application = g_new0 (GumSandboxApplication, 1);
  g_autofree char *scopes = gum_sandbox_dup_string (args, "scopes");

  application->client_id = gum_sandbox_dup_string (args, "client_id");
  if (application->client_id == NULL)
    application->client_id = gum_sandbox_random (state);
  application->client_secret = gum_sandbox_dup_string (args, "client_secret");
  if (application->client_secret == NULL)
    application->client_secret = gum_sandbox_random (state);
  application->redirect_uris = gum_sandbox_dup_string (args, "redirect_uris");
  if (application->redirect_uris == NULL)
    application->redirect_uris = g_strdup ("http://127.0.0.1/callback");
  application->name = gum_sandbox_dup_string (args, "name");
  if (application->name == NULL)
    application->name = g_strdup ("Gumroad for Linux");
  application->confidential = gum_sandbox_get_bool (args, "confidential", FALSE);
  if (!gum_sandbox_scopes_parse (scopes, &application->scopes))
    application->scopes = GUM_SANDBOX_SCOPES_PUBLIC;
  g_ptr_array_add (state->applications, application);

  return application;
}

/* Codes and tokens */

char *
gum_sandbox_add_code (GumSandboxState *state,
                      JsonObject      *params)
{
  Code *code = g_new0 (Code, 1);
  char *text = gum_sandbox_random (state);

  code->client_id = gum_sandbox_dup_string (params, "client_id");
  code->redirect_uri = gum_sandbox_dup_string (params, "redirect_uri");
  code->scope = gum_sandbox_dup_string (params, "scope");
  if (!gum_sandbox_is_blank (params, "code_challenge"))
    code->challenge = gum_sandbox_dup_string (params, "code_challenge");
  code->challenge_method = gum_sandbox_dup_string (params, "code_challenge_method");
  code->expires_at = g_get_monotonic_time () + CODE_LIFETIME;
  g_hash_table_insert (state->codes, g_strdup (text), code);

  return text;
}

void
gum_sandbox_expire_codes (GumSandboxState *state)
{
  GHashTableIter iter;
  gpointer code;

  g_hash_table_iter_init (&iter, state->codes);
  while (g_hash_table_iter_next (&iter, NULL, &code))
    ((Code *) code)->expires_at = 0;
}

static GumSandboxToken *
add_token (GumSandboxState *state,
           const char      *client_id,
           const char      *scope,
           gboolean         with_refresh)
{
  GumSandboxToken *token = g_new0 (GumSandboxToken, 1);

  token->access = gum_sandbox_random (state);
  token->client_id = g_strdup (client_id);
  token->scope = g_strdup (scope);
  token->created_at = g_get_real_time () / G_USEC_PER_SEC;
  gum_sandbox_scopes_parse (scope, &token->scopes);
  g_hash_table_insert (state->tokens, token->access, token);
  if (with_refresh)
    {
      token->refresh = gum_sandbox_random (state);
      g_hash_table_insert (state->refresh_tokens, token->refresh, token);
    }

  return token;
}

/* One row holds both: whichever is revoked, the other goes too. */
void
gum_sandbox_token_revoke (GumSandboxState *state,
                          GumSandboxToken *token)
{
  token->revoked = TRUE;
}

void
gum_sandbox_oauth_init (GumSandboxState *state)
{
  g_autoptr (JsonObject) none = json_object_new ();
  g_autofree char *scope = gum_sandbox_scopes_print (GUM_SANDBOX_SCOPES_PUBLIC);
  GumSandboxApplication *application;

  state->applications = g_ptr_array_new_with_free_func (application_free);
  state->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, code_free);
  state->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, token_free);
  state->refresh_tokens = g_hash_table_new (g_str_hash, g_str_equal);
  state->consent = GUM_SANDBOX_CONSENT_ASK;
  state->strict_redirects = FALSE;

  application = gum_sandbox_add_application (state, none);
  state->access_token = g_strdup (add_token (state, application->client_id, scope, FALSE)->access);
}

void
gum_sandbox_oauth_clear (GumSandboxState *state)
{
  g_clear_pointer (&state->refresh_tokens, g_hash_table_unref);
  g_clear_pointer (&state->tokens, g_hash_table_unref);
  g_clear_pointer (&state->codes, g_hash_table_unref);
  g_clear_pointer (&state->applications, g_ptr_array_unref);
  g_clear_pointer (&state->access_token, g_free);
}

/* Presenting a token */

static char *
presented_token (GumSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  char *token = NULL;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 && header[7] != '\0')
    return g_strdup (header + 7);

  if (!gum_sandbox_is_blank (call->params, "access_token"))
    token = gum_sandbox_dup_string (call->params, "access_token");
  else if (!gum_sandbox_is_blank (call->params, "bearer_token"))
    token = gum_sandbox_dup_string (call->params, "bearer_token");

  return token;
}

static void
answer_unauthorized (GumSandboxCall *call,
                     gboolean        revoked)
{
  g_autofree char *header = NULL;

  header = g_strdup_printf (BEARER_HEADER, "invalid_token",
                            revoked ? "The access token was revoked"
                                    : "The access token is invalid");
  gum_sandbox_call_header (call, "WWW-Authenticate", header);
  gum_sandbox_call_header (call, "Cache-Control", "no-store, no-cache");
  gum_sandbox_call_answer (call, 401, NULL, NULL);
}

/* Finds the token; without a good one, or without any of @scopes, answers and returns FALSE. */
gboolean
gum_sandbox_call_authorize (GumSandboxCall *call,
                            guint           scopes)
{
  g_autofree char *text = presented_token (call);

  call->token = text != NULL ? g_hash_table_lookup (call->state->tokens, text) : NULL;
  if (call->token == NULL || call->token->revoked)
    {
      answer_unauthorized (call, call->token != NULL);
      return FALSE;
    }

  if ((call->token->scopes & scopes) == 0)
    {
      gum_sandbox_call_header (call, "Cache-Control", "no-store, no-cache");
      gum_sandbox_call_answer (call, 403, NULL, NULL);
      return FALSE;
    }

  return TRUE;
}

/* POST /oauth/token */

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
verifier_matches (Code       *code,
                  const char *verifier)
{
  g_autofree char *hash = NULL;

  if (g_strcmp0 (code->challenge_method, "plain") == 0)
    return g_str_equal (code->challenge, verifier);

  hash = digest (verifier);

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
  Code *code;

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
  answer_token (call, add_token (call->state, application->client_id, code->scope, TRUE));
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
  answer_token (call, add_token (call->state, application->client_id,
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
  g_autofree char *text = presented_token (call);
  GumSandboxToken *token = text != NULL ? g_hash_table_lookup (call->state->tokens, text) : NULL;
  JsonObject *object = json_object_new ();

  if (token == NULL || token->revoked)
    {
      answer_unauthorized (call, token != NULL);
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

const GumSandboxRoute gum_sandbox_oauth_routes[] = {
  { "POST", "/oauth/token", 0, token_cb },
  { "POST", "/oauth/revoke", 0, revoke_cb },
  { "GET", "/oauth/token/info", 0, token_info_cb },
  { NULL },
};
