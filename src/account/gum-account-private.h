/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-account.h"
#include "gum-oauth.h"
#include "gum-util.h"

G_BEGIN_DECLS

/* For gum-account.c and gum-account-authorizer.c; everybody else asks it. */
struct _GumAccount
{
  GObject          parent_instance;

  /* Fixed */
  char            *id;
  char            *api_url;
  char            *oauth_url;
  gboolean         sample;

  /* Owned */
  GumClient       *client;
  GumOAuth        *oauth;
  char            *name;
  char            *email;
  char            *picture_url;
  char            *user_id;
  char            *application_id; /* no secret: it stays when the credentials go */
  GumCredentials  *credentials;
  GCancellable    *renewal;        /* set while one is under way */
  GumSecret       *refused;        /* what is renewed then */
  GPtrArray       *waiting;        /* GTask, of those who met a 401 */

  GumAccountState  state;
  gboolean         session_only;
  gboolean         duplicates;
};

GumAccount           *gum_account_new              (const char           *id,
                                                    const char           *api_url,
                                                    const char           *oauth_url,
                                                    gboolean              sample,
                                                    GError              **error);
char                 *gum_account_derive_id        (const char           *api_url,
                                                    const char           *user_id);
char                 *gum_account_dup_user_id      (JsonObject           *user);

const char           *gum_account_get_api_url      (GumAccount           *self);
const char           *gum_account_get_oauth_url    (GumAccount           *self);
GumOAuth             *gum_account_get_oauth        (GumAccount           *self);
const char           *gum_account_get_user_id      (GumAccount           *self);
const GumCredentials *gum_account_get_credentials  (GumAccount           *self);
char                 *gum_account_dup_label        (GumAccount           *self);
gboolean              gum_account_is_renewing      (GumAccount           *self);

void                  _gum_account_set_state       (GumAccount           *self,
                                                    GumAccountState       state);
void                  _gum_account_take_credentials (GumAccount          *self,
                                                     GumCredentials      *credentials,
                                                     gboolean             session_only);
void                  _gum_account_authorizer_init (GumAuthorizerInterface *iface);

void                  gum_account_set_profile      (GumAccount           *self,
                                                    const char           *name,
                                                    const char           *email,
                                                    const char           *picture_url);
void                  gum_account_set_application_id (GumAccount         *self,
                                                      const char         *application_id);
void                  gum_account_set_user         (GumAccount           *self,
                                                    JsonObject           *user);
void                  gum_account_set_credentials  (GumAccount           *self,
                                                    const GumCredentials *credentials,
                                                    const char           *user_id,
                                                    gboolean              session_only);
void                  gum_account_set_duplicates   (GumAccount           *self);
void                  gum_account_forget           (GumAccount           *self,
                                                    GumAccountState       state);

G_END_DECLS
