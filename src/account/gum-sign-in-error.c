/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a sign-in failed: from what the layers below report to the few reasons that have a next step of
 * their own. The messages are for the log; sentences for people are chosen in ui. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-sign-in-private.h"

#include "gum-error.h"

G_DEFINE_QUARK (gum-sign-in-error-quark, gum_sign_in_error)

static const char *const descriptions[] = {
  [GUM_SIGN_IN_ERROR_RANDOM] = "The system gives no random numbers",
  [GUM_SIGN_IN_ERROR_LISTENER] = "No port could be bound on 127.0.0.1",
  [GUM_SIGN_IN_ERROR_DENIED] = "Access was denied",
  [GUM_SIGN_IN_ERROR_TIMEOUT] = "No answer came from the browser",
  [GUM_SIGN_IN_ERROR_INVALID_CLIENT] = "The application is not known, or its secret is wrong",
  [GUM_SIGN_IN_ERROR_INVALID_GRANT] = "The code was refused",
  [GUM_SIGN_IN_ERROR_INVALID_SCOPE] = "The application may not ask for these scopes",
  [GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT] = "The application may not sign in this way",
  [GUM_SIGN_IN_ERROR_UNSUPPORTED] = "The server does not support this way of signing in",
  [GUM_SIGN_IN_ERROR_SERVER] = "The server has trouble of its own",
  [GUM_SIGN_IN_ERROR_REFUSED] = "The server refused",
  [GUM_SIGN_IN_ERROR_TOKEN_TYPE] = "The token is not one that can be sent",
  [GUM_SIGN_IN_ERROR_NETWORK] = "The server could not be reached",
  [GUM_SIGN_IN_ERROR_UNCLEAR] = "The answer was cut off",
  [GUM_SIGN_IN_ERROR_TOKEN_REFUSED] = "The token is not accepted",
  [GUM_SIGN_IN_ERROR_FORBIDDEN] = "The token may not read the profile",
  [GUM_SIGN_IN_ERROR_PROTOCOL] = "The answer makes no sense",
  [GUM_SIGN_IN_ERROR_OTHER_ISSUER] = "The answer is from another server",
  [GUM_SIGN_IN_ERROR_PASTE_OLD] = "The address belongs to an older attempt",
  [GUM_SIGN_IN_ERROR_PASTE_CODE_ONLY] = "Only a code was pasted",
  [GUM_SIGN_IN_ERROR_PASTE_NONSENSE] = "This is not the address of an answer",
  [GUM_SIGN_IN_ERROR_EMPTY] = "The field is empty",
};

static const struct {
  const char     *code;
  GumSignInError  error;
} oauth_codes[] = {
  { "access_denied", GUM_SIGN_IN_ERROR_DENIED },
  { "invalid_client", GUM_SIGN_IN_ERROR_INVALID_CLIENT },
  { "invalid_grant", GUM_SIGN_IN_ERROR_INVALID_GRANT },
  { "invalid_scope", GUM_SIGN_IN_ERROR_INVALID_SCOPE },
  { "unauthorized_client", GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT },
  { "unsupported_response_type", GUM_SIGN_IN_ERROR_UNSUPPORTED },
  { "unsupported_grant_type", GUM_SIGN_IN_ERROR_UNSUPPORTED },
  { "server_error", GUM_SIGN_IN_ERROR_SERVER },
  { "temporarily_unavailable", GUM_SIGN_IN_ERROR_SERVER },
  { "unsupported_token_type", GUM_SIGN_IN_ERROR_TOKEN_TYPE },
  { "invalid_token", GUM_SIGN_IN_ERROR_TOKEN_TYPE },
};

const char *
gum_sign_in_error_describe (GumSignInError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (descriptions), "");

  return descriptions[code];
}

/* RFC 6749, 4.1.2.1 and 5.2. */
GumSignInError
gum_sign_in_error_from_code (const char *oauth_code)
{
  for (guint i = 0; i < G_N_ELEMENTS (oauth_codes); i++)
    {
      if (g_strcmp0 (oauth_code, oauth_codes[i].code) == 0)
        return oauth_codes[i].error;
    }

  return GUM_SIGN_IN_ERROR_REFUSED;
}

/* What the token endpoint's failure means. The code is spent in any case. */
GumSignInError
gum_sign_in_error_from_token (const GError *error)
{
  if (error->domain != GUM_ERROR)
    return GUM_SIGN_IN_ERROR_NETWORK;

  if (gum_error_get_server_code (error) != NULL)
    return gum_sign_in_error_from_code (gum_error_get_server_code (error));

  switch ((int) error->code)
    {
    case GUM_ERROR_SERVER:
    case GUM_ERROR_RATE_LIMITED:
      return GUM_SIGN_IN_ERROR_SERVER;

    case GUM_ERROR_UNCLEAR:
    case GUM_ERROR_DEADLINE:
      return GUM_SIGN_IN_ERROR_UNCLEAR;

    case GUM_ERROR_INSECURE:
      return GUM_SIGN_IN_ERROR_NETWORK;

    case GUM_ERROR_UNAUTHORIZED:
    case GUM_ERROR_FORBIDDEN:
    case GUM_ERROR_REJECTED:
      return GUM_SIGN_IN_ERROR_REFUSED;

    default:
      return GUM_SIGN_IN_ERROR_PROTOCOL;
    }
}

/* What it means that `GET /user` failed. */
GumSignInError
gum_sign_in_error_from_user (const GError *error)
{
  if (error->domain != GUM_ERROR)
    return GUM_SIGN_IN_ERROR_NETWORK;

  switch ((int) error->code)
    {
    case GUM_ERROR_UNAUTHORIZED:
    case GUM_ERROR_NOT_SIGNED_IN:
      return GUM_SIGN_IN_ERROR_TOKEN_REFUSED;

    case GUM_ERROR_FORBIDDEN:
      return GUM_SIGN_IN_ERROR_FORBIDDEN;

    case GUM_ERROR_SERVER:
    case GUM_ERROR_RATE_LIMITED:
      return GUM_SIGN_IN_ERROR_SERVER;

    case GUM_ERROR_DEADLINE:
    case GUM_ERROR_UNCLEAR:
    case GUM_ERROR_INSECURE:
      return GUM_SIGN_IN_ERROR_NETWORK;

    default:
      return GUM_SIGN_IN_ERROR_PROTOCOL;
    }
}
