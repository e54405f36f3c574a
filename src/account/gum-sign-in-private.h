/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-pkce.h"
#include "gum-sign-in.h"

G_BEGIN_DECLS

/* For tests: the 15 minutes for the browser, and the times for the token endpoint and for the scopes of
 * a pasted token. */
void            gum_sign_in_set_timeout       (GumSignIn    *self,
                                               guint         milliseconds);
void            gum_sign_in_set_deadline      (GumSignIn    *self,
                                               guint         seconds);
void            gum_sign_in_set_scope_timeout (GumSignIn    *self,
                                               guint         milliseconds);

/* Which failure an error is, by the step that met it. */
GumSignInError  gum_sign_in_error_from_code   (const char   *oauth_code);
GumSignInError  gum_sign_in_error_from_token  (const GError *error);
GumSignInError  gum_sign_in_error_from_user   (const GError *error);
const char     *gum_sign_in_error_describe    (GumSignInError code);

/* What the authorization server is asked, and how it calls itself. */
char           *gum_sign_in_make_authorize_url (const char    *oauth_url,
                                                const char    *client_id,
                                                const char    *redirect_uri,
                                                const char    *scope,
                                                const GumPkce *pkce);
char           *gum_sign_in_dup_issuer        (const char   *oauth_url);

/* Whether a token of that API is also the authorization server's to see. */
gboolean        gum_sign_in_may_ask_scope     (const char   *api_url,
                                               const char   *oauth_url);

/* What people paste. */
char           *gum_sign_in_clean_token       (const char   *text);
gboolean        gum_sign_in_is_token          (const char   *token);
char           *gum_sign_in_address_to_head   (const char     *address,
                                               guint16        *port,
                                               GumSignInError *error);

G_END_DECLS
