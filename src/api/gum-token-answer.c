/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The token endpoint's answer (RFC 6749, 5.1): bytes in, a token or a reason out. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-oauth.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-oauth-private.h"
#include "gum-util.h"

#include <string.h>

#define MAX_TOKEN (256 * 1024)

/* What a token consists of (RFC 6749, A.12: VSCHAR), without the space: fit for a header (RFC
 * 6750, 2.1), which it cannot break out of. */
gboolean
_gum_token_is_presentable (const char *token)
{
  gsize length = 0;

  if (token == NULL)
    return FALSE;

  for (; token[length] != '\0'; length++)
    if (length == MAX_TOKEN || !g_ascii_isgraph (token[length]))
      return FALSE;

  return length > 0;
}

/**
 * gum_token_answer_free:
 * @answer: (transfer full) (nullable): an answer
 *
 * Wipes the tokens.
 */
void
gum_token_answer_free (GumTokenAnswer *answer)
{
  if (answer == NULL)
    return;

  gum_secret_free (answer->access_token);
  gum_secret_free (answer->refresh_token);
  g_free (answer->scope);
  g_free (answer);
}

/**
 * gum_token_answer_parse:
 * @body: the body of a 200 from the token endpoint
 * @error: return location for an error
 *
 * Reads RFC 6749, 5.1: `access_token` and `token_type` must be there, the type must be `bearer` in
 * any case of letters, everything else is optional (Gumroad's tokens do not expire and have no
 * `expires_in`), unknown members are ignored. A token that could break out of a header is refused.
 *
 * Errors: %GUM_ERROR_PROTOCOL, %GUM_ERROR_TOO_LARGE; never with a part of the body in the message.
 * The server code `unsupported_token_type` or `invalid_token` says that there was a token, but none
 * for us.
 *
 * Returns: (transfer full) (nullable): the tokens
 */
GumTokenAnswer *
gum_token_answer_parse (GBytes  *body,
                        GError **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GumTokenAnswer) answer = NULL;
  JsonObject *object;
  const char *token, *type;

  g_return_val_if_fail (body != NULL, NULL);

  node = gum_json_parse_object (body, error);
  if (node == NULL)
    return NULL;
  object = json_node_get_object (node);

  type = gum_json_get_string (object, "token_type");
  if (type == NULL || g_ascii_strcasecmp (type, "bearer") != 0)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL,
                           "The token is of a type that we cannot use");
      if (type != NULL && error != NULL)
        gum_error_set_server_code (*error, "unsupported_token_type");
      return NULL;
    }

  token = gum_json_get_string (object, "access_token");
  if (!_gum_token_is_presentable (token))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL,
                           "The answer has no token, or one that cannot be sent");
      if (token != NULL && error != NULL)
        gum_error_set_server_code (*error, "invalid_token");
      return NULL;
    }

  answer = g_new0 (GumTokenAnswer, 1);
  answer->access_token = g_strdup (token);
  answer->scope = g_strdup (gum_json_get_string (object, "scope"));
  if (!gum_json_get_int (object, "created_at", &answer->created_at) || answer->created_at < 0)
    answer->created_at = 0;

  token = gum_json_get_string (object, "refresh_token");
  if (_gum_token_is_presentable (token))
    answer->refresh_token = g_strdup (token);

  return g_steal_pointer (&answer);
}
