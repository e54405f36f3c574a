/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* contract: what opens an account. Lives in memory and in the keyring, nowhere else. */
typedef struct {
  char     *access_token;
  char     *refresh_token;   /* nullable */
  char     *scope;           /* nullable, as granted */
  char     *client_id;       /* nullable: pasted tokens have none */
  char     *client_secret;   /* nullable */
  gboolean  pasted;          /* made on Gumroad's page: shared with other programs, never revoked */
  gint64    obtained_at;     /* seconds since the epoch */
} GumCredentials;

#define GUM_TYPE_CREDENTIALS (gum_credentials_get_type ())
GType           gum_credentials_get_type (void);
GumCredentials *gum_credentials_new      (void);
GumCredentials *gum_credentials_copy     (const GumCredentials *self);
void            gum_credentials_free     (GumCredentials       *self);   /* wipes */

/* The keyring's text and back (JSON with a version inside). */
char           *gum_credentials_to_secret   (const GumCredentials *self,
                                             const char           *user_id);
GumCredentials *gum_credentials_from_secret (const char           *secret,
                                             char                **user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumCredentials, gum_credentials_free)

G_END_DECLS
