/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUM_TYPE_OAUTH (gum_oauth_get_type ())
G_DECLARE_FINAL_TYPE (GumOAuth, gum_oauth, GUM, OAUTH, GObject)

/**
 * GumTokenAnswer:
 * @access_token: the token, fit for a header
 * @refresh_token: (nullable): %NULL when the server gave none
 * @scope: (nullable): as granted, separated by spaces; %NULL when the server did not say
 * @created_at: seconds since the epoch, 0 unknown
 *
 * What the token endpoint grants.
 */
typedef struct {
  char   *access_token;
  char   *refresh_token;
  char   *scope;
  gint64  created_at;
} GumTokenAnswer;

GumTokenAnswer *gum_token_answer_parse      (GBytes               *body,
                                             GError              **error);
void            gum_token_answer_free       (GumTokenAnswer       *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumTokenAnswer, gum_token_answer_free)

char           *gum_oauth_dup_default_url   (void);
GumOAuth       *gum_oauth_new               (const char           *oauth_url,
                                             GError              **error);
const char     *gum_oauth_get_url           (GumOAuth             *self);

void            gum_oauth_token_async       (GumOAuth             *self,
                                             const char * const   *parameters,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GumTokenAnswer *gum_oauth_token_finish      (GumOAuth             *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void            gum_oauth_revoke_async      (GumOAuth             *self,
                                             const char           *token,
                                             const char           *client_id,
                                             const char           *client_secret,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        gum_oauth_revoke_finish     (GumOAuth             *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void            gum_oauth_token_info_async  (GumOAuth             *self,
                                             const char           *token,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char           *gum_oauth_token_info_finish (GumOAuth             *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
