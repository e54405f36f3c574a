/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Applications, codes, tokens and scopes: what there is, and who may call which route of /v2.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define CODE_LIFETIME (10 * 60 * G_USEC_PER_SEC)
#define BEARER_HEADER "Bearer realm=\"Doorkeeper\", error=\"%s\", error_description=\"%s\""

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
  GumSandboxCode *code = data;

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

char *
gum_sandbox_digest (const char *text)
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

  return gum_sandbox_digest (text);
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
  GumSandboxCode *code = g_new0 (GumSandboxCode, 1);
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
    ((GumSandboxCode *) code)->expires_at = 0;
}

GumSandboxToken *
gum_sandbox_add_token (GumSandboxState *state,
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
  GumSandboxToken *token;

  state->applications = g_ptr_array_new_with_free_func (application_free);
  state->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, code_free);
  state->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, token_free);
  state->refresh_tokens = g_hash_table_new (g_str_hash, g_str_equal);
  state->consent = GUM_SANDBOX_CONSENT_ASK;
  state->strict_redirects = FALSE;

  application = gum_sandbox_add_application (state, none);
  token = gum_sandbox_add_token (state, application->client_id, scope, FALSE);
  state->access_token = g_strdup (token->access);
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

char *
gum_sandbox_presented_token (GumSandboxCall *call)
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

void
gum_sandbox_call_unauthorized (GumSandboxCall *call,
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
  g_autofree char *text = gum_sandbox_presented_token (call);

  call->token = text != NULL ? g_hash_table_lookup (call->state->tokens, text) : NULL;
  if (call->token == NULL || call->token->revoked)
    {
      gum_sandbox_call_unauthorized (call, call->token != NULL);
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

/* For the few that ask for one scope and no other; they say so, as the rest does not. */
gboolean
gum_sandbox_call_require (GumSandboxCall  *call,
                          GumSandboxScope  scope)
{
  g_autofree char *name = gum_sandbox_scopes_print (scope);

  if (call->token->scopes & scope)
    return TRUE;

  gum_sandbox_call_failure (call, "This endpoint requires the %s scope.", name);
  call->status = 403;

  return FALSE;
}
