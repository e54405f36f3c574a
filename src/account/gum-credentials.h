/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GumCredentials:
 * @access_token: what is presented to the API
 * @refresh_token: (nullable): what gets another pair
 * @scope: (nullable): as granted
 * @client_id: (nullable): the Application ID; pasted tokens have none
 * @client_secret: (nullable): the Application Secret, if one was entered
 * @pasted: made on Gumroad's page: shared with other programs, and never revoked by us
 * @obtained_at: seconds since the epoch
 *
 * What opens an account. It lives in memory and in the keyring, nowhere else.
 */
typedef struct {
  char     *access_token;
  char     *refresh_token;
  char     *scope;
  char     *client_id;
  char     *client_secret;
  gboolean  pasted;
  gint64    obtained_at;
} GumCredentials;

#define GUM_TYPE_CREDENTIALS (gum_credentials_get_type ())
GType           gum_credentials_get_type (void);
GumCredentials *gum_credentials_new      (void);
GumCredentials *gum_credentials_copy     (const GumCredentials *self);
void            gum_credentials_free     (GumCredentials       *self);

char           *gum_credentials_to_secret   (const GumCredentials *self,
                                             const char           *user_id);
GumCredentials *gum_credentials_from_secret (const char           *secret,
                                             char                **user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumCredentials, gum_credentials_free)

G_END_DECLS
