/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Proof Key for Code Exchange (RFC 7636), the S256 method only: there is no way here to ask for
 * "plain", so nothing can fall back to it. */

#include "config.h"

#include "gum-pkce.h"

#include <string.h>

#include "gum-util.h"

/* 32 bytes become 43 characters of base64url, the shortest verifier that RFC 7636, 4.1 allows. */
#define RANDOM_BYTES 32
#define SHA256_BYTES 32

/**
 * gum_pkce_new:
 * @error: return location for a #GIOErrorEnum when the kernel gives no random numbers
 *
 * Makes the secrets of one attempt (RFC 7636, 4.1 and 7.1; RFC 6749, 10.12).
 *
 * Returns: (transfer full) (nullable): fresh values, never used before
 */
GumPkce *
gum_pkce_new (GError **error)
{
  g_autoptr(GumPkce) self = g_new0 (GumPkce, 1);

  self->verifier = gum_random_token (RANDOM_BYTES, error);
  if (self->verifier == NULL)
    return NULL;

  self->state = gum_random_token (RANDOM_BYTES, error);
  if (self->state == NULL)
    return NULL;

  self->challenge = gum_pkce_challenge (self->verifier);

  return g_steal_pointer (&self);
}

/**
 * gum_pkce_free:
 * @self: (nullable) (transfer full): the values of an attempt
 *
 * Wipes them.
 */
void
gum_pkce_free (GumPkce *self)
{
  if (self == NULL)
    return;

  gum_secret_free (self->verifier);
  gum_secret_free (self->challenge);
  gum_secret_free (self->state);
  g_free (self);
}

/**
 * gum_pkce_challenge:
 * @verifier: a code verifier
 *
 * Computes the S256 challenge (RFC 7636, 4.2): base64url of the SHA-256 of the ASCII verifier.
 *
 * Returns: (transfer full): the challenge
 */
char *
gum_pkce_challenge (const char *verifier)
{
  g_autoptr(GChecksum) checksum = NULL;
  guint8 digest[SHA256_BYTES];
  gsize length = sizeof digest;

  g_return_val_if_fail (verifier != NULL, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) verifier, strlen (verifier));
  g_checksum_get_digest (checksum, digest, &length);

  return gum_base64url_encode (digest, length);
}
