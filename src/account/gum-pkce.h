/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GumPkce:
 * @verifier: 256 bits of randomness, base64url: shown to the token endpoint only
 * @challenge: what the browser carries instead of @verifier
 * @state: 256 bits of randomness that tie the answer to this attempt
 *
 * The three values of one sign-in attempt. They are made together, used together and thrown away
 * together.
 */
typedef struct {
  char *verifier;
  char *challenge;
  char *state;
} GumPkce;

GumPkce *gum_pkce_new       (GError     **error);
void     gum_pkce_free      (GumPkce     *self);
char    *gum_pkce_challenge (const char  *verifier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumPkce, gum_pkce_free)

G_END_DECLS
