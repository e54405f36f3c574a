/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the authorization server can be asked: tokens for a code, the end of a token, and what a token
 * may do. How a call is made is in gum-oauth.c. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-error.h"
#include "gum-json-private.h"
#include "gum-oauth-private.h"

#include <libsoup/soup.h>

static void
take_token (GTask  *task,
            GBytes *body)
{
  GError *error = NULL;
  GumTokenAnswer *answer = gum_token_answer_parse (body, &error);
  g_autoptr(JsonNode) again = NULL;
  gboolean cut;

  if (answer != NULL)
    {
      g_task_return_pointer (task, answer, (GDestroyNotify) gum_token_answer_free);
      return;
    }

  again = _gum_json_parse_object (body, &cut, NULL);
  if (cut)
    {
      g_clear_error (&error);
      error = gum_error_new_http (GUM_ERROR_UNCLEAR, SOUP_STATUS_OK, NULL,
                                  "The answer was cut off");
    }
  g_task_return_error (task, error);
}

/**
 * gum_oauth_token_async:
 * @self: the authorization server
 * @parameters: (array zero-terminated=1): name, value, name, value… and %NULL; those whose value is
 *   %NULL or empty are left out
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Exchanges a code (RFC 6749, 4.1.3) or a refresh token (6) for tokens: `POST …/token`.
 */
void
gum_oauth_token_async (GumOAuth            *self,
                       const char * const  *parameters,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_OAUTH (self));
  g_return_if_fail (parameters != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_oauth_token_async);
  _gum_oauth_start_call (task, "POST", "/token", _gum_oauth_encode_form (parameters), NULL,
                         cancellable, take_token);
}

/**
 * gum_oauth_token_finish:
 * @self: the authorization server
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: %GUM_ERROR_REJECTED or %GUM_ERROR_UNAUTHORIZED with the OAuth code (`invalid_grant`,
 * `invalid_client` …) as the server code; %GUM_ERROR_RATE_LIMITED and %GUM_ERROR_SERVER with the
 * time to wait; %GUM_ERROR_PROTOCOL and %GUM_ERROR_TOO_LARGE for answers that are none;
 * %GUM_ERROR_REDIRECTED; %GUM_ERROR_UNCLEAR when it was sent and the answer was lost, and the code
 * is probably spent; those of the transport when it was not sent, or cancelled.
 *
 * Returns: (transfer full): the tokens
 */
GumTokenAnswer *
gum_oauth_token_finish (GumOAuth      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (GUM_IS_OAUTH (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_oauth_token_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
take_revoked (GTask  *task,
              GBytes *body)
{
  g_task_return_boolean (task, TRUE);
}

/**
 * gum_oauth_revoke_async:
 * @self: the authorization server
 * @token: an access or refresh token; with either, both end
 * @client_id: the application
 * @client_secret: (nullable): only where the application has one
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Revokes a token (RFC 7009): `POST …/revoke`.
 */
void
gum_oauth_revoke_async (GumOAuth            *self,
                        const char          *token,
                        const char          *client_id,
                        const char          *client_secret,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  const char * const parameters[] = {
    "token", token,
    "client_id", client_id,
    "client_secret", client_secret,
    NULL
  };
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_OAUTH (self));
  g_return_if_fail (token != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_oauth_revoke_async);
  _gum_oauth_start_call (task, "POST", "/revoke", _gum_oauth_encode_form (parameters), NULL,
                         cancellable, take_revoked);
}

/**
 * gum_oauth_revoke_finish:
 * @self: the authorization server
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: %GUM_ERROR_FORBIDDEN (`unauthorized_client`) when the server does not know the
 * application; %GUM_ERROR_SERVER with the time to wait; else as gum_oauth_token_finish(). Asking
 * again does no harm.
 *
 * Returns: %TRUE if the token is no good any more, or never was
 */
gboolean
gum_oauth_revoke_finish (GumOAuth      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (GUM_IS_OAUTH (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_oauth_revoke_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
take_token_info (GTask  *task,
                 GBytes *body)
{
  GError *error = NULL;
  g_autoptr(JsonNode) node = gum_json_parse_object (body, &error);
  g_autoptr(GString) scope = NULL;
  JsonNode *list;

  if (node == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  list = json_object_get_member (json_node_get_object (node), "scope");
  if (list == NULL || (!JSON_NODE_HOLDS_ARRAY (list) && !JSON_NODE_HOLDS_VALUE (list)))
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL, "The answer has no scopes");
      return;
    }
  if (JSON_NODE_HOLDS_VALUE (list))
    {
      g_task_return_pointer (task, gum_json_node_dup_string (list), g_free);
      return;
    }

  scope = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (list), i);
      g_autofree char *name = gum_json_node_dup_string (element);

      if (name == NULL || *name == '\0')
        continue;
      if (scope->len > 0)
        g_string_append_c (scope, ' ');
      g_string_append (scope, name);
    }

  g_task_return_pointer (task, g_string_free (g_steal_pointer (&scope), FALSE), g_free);
}

/**
 * gum_oauth_token_info_async:
 * @self: the authorization server
 * @token: an access token
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Asks what a token may do: `GET …/token/info`, with the token in the header.
 */
void
gum_oauth_token_info_async (GumOAuth            *self,
                            const char          *token,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_OAUTH (self));
  g_return_if_fail (token != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_oauth_token_info_async);

  /* Pasted by a person: it may be anything. */
  if (!_gum_token_is_presentable (token))
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_UNAUTHORIZED,
                               "The token has characters that no token has");
      return;
    }

  _gum_oauth_start_call (task, "GET", "/token/info", NULL, g_strconcat ("Bearer ", token, NULL),
                         cancellable, take_token_info);
}

/**
 * gum_oauth_token_info_finish:
 * @self: the authorization server
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: %GUM_ERROR_UNAUTHORIZED when the token is not accepted; else as gum_oauth_token_finish().
 *
 * Returns: (transfer full): the token's scopes, separated by spaces
 */
char *
gum_oauth_token_info_finish (GumOAuth      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (GUM_IS_OAUTH (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_oauth_token_info_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
