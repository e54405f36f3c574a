/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The interface by which the client borrows a token. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-authorizer.h"

G_DEFINE_INTERFACE (GumAuthorizer, gum_authorizer, G_TYPE_OBJECT)

static void
gum_authorizer_default_init (GumAuthorizerInterface *iface)
{
}

/**
 * gum_authorizer_dup_access_token:
 * @self: an authorizer
 *
 * Returns: (transfer full) (nullable): the token, to be freed with gum_secret_free(); %NULL when
 *   there is none
 */
char *
gum_authorizer_dup_access_token (GumAuthorizer *self)
{
  g_return_val_if_fail (GUM_IS_AUTHORIZER (self), NULL);

  return GUM_AUTHORIZER_GET_IFACE (self)->dup_access_token (self);
}

/**
 * gum_authorizer_refresh_async:
 * @self: an authorizer
 * @rejected_token: the token that was answered with 401
 * @cancellable: (nullable): ends the wait
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Asks for another token. Calls that run at the same time share one refresh.
 */
void
gum_authorizer_refresh_async (GumAuthorizer       *self,
                              const char          *rejected_token,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (GUM_IS_AUTHORIZER (self));
  g_return_if_fail (rejected_token != NULL);

  GUM_AUTHORIZER_GET_IFACE (self)->refresh_async (self, rejected_token, cancellable, callback,
                                                  user_data);
}

/**
 * gum_authorizer_refresh_finish:
 * @self: an authorizer
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: %GUM_ERROR_UNAUTHORIZED when the connection to Gumroad is over; anything else means that
 * it can be tried again later.
 *
 * Returns: %TRUE when another token is there and the request may be sent once more
 */
gboolean
gum_authorizer_refresh_finish (GumAuthorizer  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (GUM_IS_AUTHORIZER (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);

  return GUM_AUTHORIZER_GET_IFACE (self)->refresh_finish (self, result, error);
}
