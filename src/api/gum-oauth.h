/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUM_TYPE_OAUTH (gum_oauth_get_type ())
G_DECLARE_FINAL_TYPE (GumOAuth, gum_oauth, GUM, OAUTH, GObject)

/* contract: the authorization server's endpoints (RFC 6749, RFC 7009), each a single POST that is
 * never repeated after it may have been read. */

char       *gum_oauth_dup_default_url (void);               /* GUMROAD_OAUTH_BASE_URL */
GumOAuth   *gum_oauth_new             (const char  *oauth_url,
                                       GError     **error);
const char *gum_oauth_get_url         (GumOAuth    *self);

typedef struct {
  char   *access_token;
  char   *refresh_token;   /* NULL when the server gave none */
  char   *scope;           /* as granted; NULL when the server did not say */
  gint64  created_at;      /* seconds since the epoch, 0 unknown */
} GumTokenAnswer;
void            gum_token_answer_free (GumTokenAnswer *answer);   /* wipes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumTokenAnswer, gum_token_answer_free)

/* Pure: the token endpoint's JSON, RFC 6749 5.1. For the fuzzer. */
GumTokenAnswer *gum_token_answer_parse      (GBytes               *body,
                                             GError              **error);

/* @parameters: NULL-terminated name, value, name, value… (values NULL or "" are left out). Errors: GUM_ERROR with the OAuth code as
 * server code (invalid_client, invalid_grant …), GUM_ERROR_PROTOCOL, GUM_ERROR_SERVER, GUM_ERROR_UNCLEAR for a cut answer, transport domains. */
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
/* GET /oauth/token/info: the scopes of a token, space separated. (transfer full) */
void            gum_oauth_token_info_async  (GumOAuth             *self,
                                             const char           *token,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char           *gum_oauth_token_info_finish (GumOAuth             *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
