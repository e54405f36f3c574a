/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the browser sees: the page that asks for consent, the pages that say why not, and the
 * settings and shop pages that links lead to.  Mistakes in the request are shown, not redirected.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define PAGE_STYLE \
  "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;" \
  "color:#242424;background:#f4f4f0}main{background:#fff;border:1px solid #242424;" \
  "border-radius:.5rem;padding:1.5rem 2rem}button{font:inherit;padding:.6rem 1.4rem;" \
  "border:1px solid #242424;border-radius:.3rem;background:#fff;cursor:pointer}" \
  ".primary{background:#ff90e8}form{display:inline-block;margin:1rem .5rem 0 0}" \
  "code{background:#eee;padding:.1rem .3rem;overflow-wrap:anywhere}"

static const struct
{
  const char *scope;
  const char *meaning;
} meanings[] = {
  { "account", "Have full access to your account" },
  { "edit_products", "Create and edit your products" },
  { "edit_emails", "Manage your audience e-mails" },
  { "view_sales", "See your sales data" },
  { "mark_sales_as_shipped", "Mark your sales as shipped" },
  { "edit_sales", "Refund your sales and resend receipts" },
  { "view_profile", "See your profile data" },
  { "edit_profile", "Edit your profile name and bio" },
  { "view_payouts", "See your payouts" },
  { "view_tax_data", "See your tax forms" },
};

static const char *const carried[] = {
  "client_id", "redirect_uri", "response_type", "response_mode", "scope", "state",
  "code_challenge", "code_challenge_method",
};

static void
answer_page (GumSandboxCall *call,
             guint           status,
             const char     *title,
             const char     *content)
{
  gum_sandbox_call_header (call, "Content-Security-Policy",
                           "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'");
  gum_sandbox_call_header (call, "Cache-Control", "no-store");
  gum_sandbox_call_take_text (call, status, "text/html; charset=utf-8",
                              g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"en\"><head>"
                                               "<meta charset=\"utf-8\">"
                                               "<meta name=\"viewport\" "
                                               "content=\"width=device-width\">"
                                               "<title>%s</title><style>" PAGE_STYLE "</style>"
                                               "</head><body><main>%s</main></body></html>\n",
                                               title, content));
}

static void
answer_error_page (GumSandboxCall *call,
                   guint           status,
                   const char     *error)
{
  g_autofree char *escaped = g_markup_escape_text (error, -1);
  g_autofree char *content = NULL;

  content = g_strdup_printf ("<h1>An error has occurred</h1><p role=\"alert\">%s</p>", escaped);
  answer_page (call, status, "OAuth authorization error", content);
}

/* Redirect addresses */

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static int
effective_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);

  return g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

static gboolean
one_matches (const char *registered,
             const char *requested,
             gboolean    strict)
{
  GUriFlags flags = G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE;
  g_autoptr (GUri) a = NULL;
  g_autoptr (GUri) b = NULL;
  const char *path_a, *path_b, *query_a;

  if (strict)
    flags = G_URI_FLAGS_ENCODED;
  a = g_uri_parse (registered, flags, NULL);
  b = g_uri_parse (requested, flags, NULL);
  if (a == NULL || b == NULL || g_uri_get_fragment (b) != NULL ||
      g_uri_get_host (a) == NULL || g_uri_get_host (b) == NULL)
    return FALSE;

  path_a = g_uri_get_path (a);
  path_b = g_uri_get_path (b);
  if (!strict && path_a[0] == '\0')
    path_a = "/";
  if (!strict && path_b[0] == '\0')
    path_b = "/";
  query_a = g_uri_get_query (a);

  if (!g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) ||
      g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) != 0 ||
      !g_str_equal (path_a, path_b))
    return FALSE;
  if ((strict || query_a != NULL) && g_strcmp0 (query_a, g_uri_get_query (b)) != 0)
    return FALSE;

  return is_loopback (g_uri_get_host (a)) || effective_port (a) == effective_port (b);
}

/* The port is free only between two literal loopback addresses: "localhost" is a name. */
gboolean
gum_sandbox_redirect_matches (const char *registered,
                              const char *requested,
                              gboolean    strict)
{
  g_auto (GStrv) uris = g_strsplit_set (registered, " \t\r\n", -1);

  for (guint i = 0; requested != NULL && uris[i] != NULL; i++)
    if (uris[i][0] != '\0' && one_matches (uris[i], requested, strict))
      return TRUE;

  return FALSE;
}

/* Consent */

/*
 * Returns NULL if the request may be shown to the person; otherwise why not.  @code is set when the
 * client and its address are in order, so that it could be told.
 */
static const char *
check_request (GumSandboxState  *state,
               JsonObject       *params,
               guint            *status,
               const char      **code)
{
  g_autofree char *client_id = gum_sandbox_dup_string (params, "client_id");
  g_autofree char *redirect_uri = gum_sandbox_dup_string (params, "redirect_uri");
  g_autofree char *response_type = gum_sandbox_dup_string (params, "response_type");
  g_autofree char *scope = gum_sandbox_dup_string (params, "scope");
  g_autofree char *method = gum_sandbox_dup_string (params, "code_challenge_method");
  GumSandboxApplication *application = gum_sandbox_find_application (state, client_id);
  guint scopes;

  *status = 400;
  *code = NULL;
  if (gum_sandbox_is_blank (params, "client_id"))
    return "Missing required parameter: client_id.";
  if (application == NULL)
    {
      *status = 401;
      return "Client authentication failed due to unknown client, no client authentication "
             "included, or unsupported authentication method.";
    }
  if (!gum_sandbox_redirect_matches (application->redirect_uris, redirect_uri,
                                     state->strict_redirects))
    return "The requested redirect uri is malformed or doesn't match client redirect URI.";

  *code = "unsupported_response_type";
  if (response_type != NULL && response_type[0] != '\0' && !g_str_equal (response_type, "code"))
    return "The authorization server does not support this response type.";
  *code = "invalid_scope";
  if (!gum_sandbox_scopes_parse (scope, &scopes) || (scopes & ~application->scopes) != 0)
    return "The requested scope is invalid, unknown, or malformed.";
  *code = "invalid_code_challenge_method";
  if (!gum_sandbox_is_blank (params, "code_challenge") && g_strcmp0 (method, "S256") != 0 &&
      g_strcmp0 (method, "plain") != 0)
    return "The code challenge method must be one of plain, S256.";

  return NULL;
}

const char *
gum_sandbox_consent_check (GumSandboxState *state,
                           JsonObject      *params,
                           guint           *status)
{
  const char *code;

  return check_request (state, params, status, &code);
}

static char *
add_query (const char *uri,
           ...)
{
  GString *text = g_string_new (uri);
  const char *name;
  va_list args;

  va_start (args, uri);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);

      if (value == NULL || value[0] == '\0')
        continue;
      g_string_append_printf (text, "%c%s=", strchr (text->str, '?') != NULL ? '&' : '?', name);
      g_string_append_uri_escaped (text, value, NULL, FALSE);
    }
  va_end (args);

  return g_string_free (text, FALSE);
}

/* The address that the browser is sent to after the button; NULL and an error if there is none. */
char *
gum_sandbox_consent_press (GumSandboxState  *state,
                           JsonObject       *params,
                           gboolean          allow,
                           guint            *status,
                           const char      **error)
{
  g_autofree char *redirect_uri = gum_sandbox_dup_string (params, "redirect_uri");
  g_autofree char *echo = gum_sandbox_dup_string (params, "state");
  g_autofree char *grant = NULL;
  const char *code;

  /* A fault that is only noticed at the button is sent back; on the page it would be shown. */
  *error = check_request (state, params, status, &code);
  if (*error != NULL && code != NULL)
    return add_query (redirect_uri, "error", code, "error_description", *error, "state", echo,
                      NULL);
  if (*error != NULL)
    return NULL;

  if (!allow)
    return add_query (redirect_uri, "error", "access_denied",
                      "error_description",
                      "The resource owner or authorization server denied the request.",
                      "state", echo, NULL);

  grant = gum_sandbox_add_code (state, params);

  return add_query (redirect_uri, "code", grant, "state", echo, NULL);
}

static void
press (GumSandboxCall *call,
       gboolean        allow)
{
  const char *error;
  guint status;
  g_autofree char *location = NULL;

  location = gum_sandbox_consent_press (call->state, call->params, allow, &status, &error);
  if (location != NULL)
    gum_sandbox_call_redirect (call, location);
  else
    answer_error_page (call, status, error);
}

static void
append_hidden_fields (GString    *html,
                      JsonObject *params)
{
  for (guint i = 0; i < G_N_ELEMENTS (carried); i++)
    if (!gum_sandbox_is_blank (params, carried[i]))
      {
        g_autofree char *value = gum_sandbox_dup_string (params, carried[i]);
        g_autofree char *escaped = g_markup_escape_text (value, -1);

        g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">",
                                carried[i], escaped);
      }
}

static void
show_consent (GumSandboxCall *call)
{
  g_autofree char *client_id = gum_sandbox_dup_string (call->params, "client_id");
  g_autofree char *scope = gum_sandbox_dup_string (call->params, "scope");
  GumSandboxApplication *application = gum_sandbox_find_application (call->state, client_id);
  g_autofree char *name = g_markup_escape_text (application->name, -1);
  g_auto (GStrv) names = g_strsplit_set (scope, " +", -1);
  g_autoptr (GString) html = g_string_new (NULL);

  g_string_append_printf (html, "<h1>Authorize %s</h1><p><strong>%s</strong> would like to use "
                          "your Gumroad account. It will be able to:</p><ul>", name, name);
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_strv_contains ((const char *const *) names, meanings[i].scope))
      g_string_append_printf (html, "<li>%s</li>", meanings[i].meaning);
  g_string_append (html, "</ul><p>This is a sample store on your own computer: nothing leaves "
                   "it.</p><form method=\"post\" action=\"/oauth/authorize\">");
  append_hidden_fields (html, call->params);
  g_string_append (html, "<button type=\"submit\" class=\"primary\">Authorize</button></form>"
                   "<form method=\"post\" action=\"/oauth/authorize\">"
                   "<input type=\"hidden\" name=\"_method\" value=\"delete\">");
  append_hidden_fields (html, call->params);
  g_string_append (html, "<button type=\"submit\">Deny</button></form>");

  answer_page (call, 200, "Authorize application", html->str);
}

static void
authorize_page_cb (GumSandboxCall *call)
{
  guint status;
  const char *code;
  const char *error = check_request (call->state, call->params, &status, &code);

  if (error != NULL)
    answer_error_page (call, status, error);
  else if (call->state->consent == GUM_SANDBOX_CONSENT_ASK)
    show_consent (call);
  else
    press (call, call->state->consent == GUM_SANDBOX_CONSENT_ALLOW);
}

static void
authorize_cb (GumSandboxCall *call)
{
  press (call, TRUE);
}

static void
deny_cb (GumSandboxCall *call)
{
  press (call, FALSE);
}

/* Pages that links lead to */

static void
settings_cb (GumSandboxCall *call)
{
  g_autoptr (GString) html = g_string_new ("<h1>Settings</h1><h2>Applications</h2>");

  for (guint i = 0; i < call->state->applications->len; i++)
    {
      GumSandboxApplication *application = call->state->applications->pdata[i];
      g_autofree char *name = g_markup_escape_text (application->name, -1);
      g_autofree char *id = g_markup_escape_text (application->client_id, -1);
      g_autofree char *secret = g_markup_escape_text (application->client_secret, -1);
      g_autofree char *uris = g_markup_escape_text (application->redirect_uris, -1);

      g_string_append_printf (html, "<h3>%s</h3><dl><dt>Redirect URI</dt><dd><code>%s</code></dd>"
                              "<dt>Application ID</dt><dd><code>%s</code></dd>"
                              "<dt>Application Secret</dt><dd><code>%s</code></dd></dl>",
                              name, uris, id, secret);
    }
  g_string_append_printf (html, "<h3>Generate access token</h3><dl><dt>Access Token</dt>"
                          "<dd><code>%s</code></dd></dl>", call->state->access_token);

  answer_page (call, 200, "Advanced settings", html->str);
}

static void
to_settings_cb (GumSandboxCall *call)
{
  gum_sandbox_call_redirect (call, "/settings/advanced");
}

static GumSandboxProduct *
find_by_address (GumSandboxState *state,
                 const char      *permalink)
{
  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      if (product->record != NULL)
        {
          g_autofree char *custom = gum_sandbox_dup_string (product->record, "custom_permalink");

          if (g_strcmp0 (custom, permalink) == 0)
            return product;
        }
    }

  return g_hash_table_lookup (state->permalinks, permalink);
}

static void
product_page_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = find_by_address (call->state, call->args[0]);
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *name = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *price = NULL;
  g_autofree char *price_escaped = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *picture_escaped = NULL;
  g_autofree char *content = NULL;

  if (product == NULL || product->deleted)
    {
      answer_error_page (call, 404, "Page not found");
      return;
    }

  record = gum_sandbox_product_ref (call->state, product);
  name = gum_sandbox_dup_string (record, "name");
  escaped = g_markup_escape_text (name != NULL ? name : "", -1);
  price = gum_sandbox_format_price (record);
  price_escaped = g_markup_escape_text (price, -1);
  picture = gum_sandbox_dup_string (record, "thumbnail_url");
  picture_escaped = g_markup_escape_text (picture != NULL ? picture : "", -1);
  content = g_strdup_printf ("<h1>%s</h1>%s%s%s<p>%s</p>", escaped,
                             picture != NULL ? "<img alt=\"\" width=\"300\" src=\"" : "",
                             picture_escaped, picture != NULL ? "\">" : "", price_escaped);
  answer_page (call, 200, escaped, content);
}

const GumSandboxRoute gum_sandbox_consent_routes[] = {
  { "GET", "/oauth/authorize", 0, authorize_page_cb },
  { "POST", "/oauth/authorize", 0, authorize_cb },
  { "DELETE", "/oauth/authorize", 0, deny_cb },
  { "GET", "/settings/advanced", 0, settings_cb },
  { "GET", "/settings/authorized_applications", 0, settings_cb },
  { "GET", "/settings", 0, to_settings_cb },
  { "GET", "/oauth/applications", 0, to_settings_cb },
  { "GET", "/oauth/applications/new", 0, to_settings_cb },
  { "GET", "/l/:permalink", 0, product_page_cb },
  { NULL },
};
