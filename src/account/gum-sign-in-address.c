/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address of the consent page (RFC 6749, 4.1.1; RFC 7636, 4.3). */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-sign-in-private.h"

#include <string.h>

/* The authorization server's name as RFC 9207 has it: the address without the endpoints' folder. */
char *
gum_sign_in_dup_issuer (const char *oauth_url)
{
  return g_str_has_suffix (oauth_url, "/oauth")
           ? g_strndup (oauth_url, strlen (oauth_url) - strlen ("/oauth"))
           : g_strdup (oauth_url);
}

/* It carries the state: not for logs. To be freed with gum_secret_free(). */
char *
gum_sign_in_make_authorize_url (const char    *oauth_url,
                                const char    *client_id,
                                const char    *redirect_uri,
                                const char    *scope,
                                const GumPkce *pkce)
{
  const char *parameters[][2] = {
    { "client_id", client_id },
    { "redirect_uri", redirect_uri },
    { "response_type", "code" },
    { "scope", scope },
    { "state", pkce->state },
    { "code_challenge", pkce->challenge },
    { "code_challenge_method", "S256" },
  };
  GString *url = g_string_new (oauth_url);

  g_string_append (url, "/authorize");
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_string_append_printf (url, "%c%s=", i == 0 ? '?' : '&', parameters[i][0]);
      g_string_append_uri_escaped (url, parameters[i][1], NULL, FALSE);
    }

  return g_string_free (url, FALSE);
}

static gboolean
is_gumroad (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && (g_ascii_strcasecmp (host, "gumroad.com") == 0 ||
                          g_str_has_suffix (host, ".gumroad.com"));
}

/* Who runs a Gumroad of their own, and named only its API, has not asked for their token to be shown
 * to the other one. */
gboolean
gum_sign_in_may_ask_scope (const char *api_url,
                           const char *oauth_url)
{
  return is_gumroad (api_url) == is_gumroad (oauth_url);
}
