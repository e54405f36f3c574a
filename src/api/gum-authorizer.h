/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUM_TYPE_AUTHORIZER (gum_authorizer_get_type ())
G_DECLARE_INTERFACE (GumAuthorizer, gum_authorizer, GUM, AUTHORIZER, GObject)

/**
 * GumAuthorizerInterface:
 * @parent_iface: the parent
 * @dup_access_token: see gum_authorizer_dup_access_token()
 * @refresh_async: see gum_authorizer_refresh_async()
 * @refresh_finish: see gum_authorizer_refresh_finish()
 *
 * Who lends the client a token. The client never knows where tokens come from.
 */
struct _GumAuthorizerInterface
{
  GTypeInterface parent_iface;

  char     * (* dup_access_token) (GumAuthorizer        *self);
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
