/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUM_TYPE_AUTHORIZER (gum_authorizer_get_type ())
G_DECLARE_INTERFACE (GumAuthorizer, gum_authorizer, GUM, AUTHORIZER, GObject)

/* contract: who lends the client a token. The client never knows where tokens come from. */
struct _GumAuthorizerInterface
{
  GTypeInterface parent_iface;

  /* (transfer full) (nullable): to be freed with gum_secret_free() */
  char     * (* dup_access_token) (GumAuthorizer        *self);

  /* The server answered 401 to @rejected_token. Finish returns TRUE when another token is there
   * and the request may be sent once more; FALSE with GUM_ERROR_UNAUTHORIZED when the connection
   * is over; any other error: try again later. Concurrent calls share one refresh. */
  void       (* refresh_async)    (GumAuthorizer        *self,
                                   const char           *rejected_token,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
  gboolean   (* refresh_finish)   (GumAuthorizer        *self,
                                   GAsyncResult         *result,
                                   GError              **error);
};

char     *gum_authorizer_dup_access_token (GumAuthorizer        *self);
void      gum_authorizer_refresh_async    (GumAuthorizer        *self,
                                           const char           *rejected_token,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean  gum_authorizer_refresh_finish   (GumAuthorizer        *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
