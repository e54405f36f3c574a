/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small helpers that every layer uses: strings that are secrets, randomness from the kernel, and the
 * one rule about which addresses may be spoken to. */

#include "config.h"

#include "gum-util.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "gum-error.h"

/**
 * gum_set_str:
 * @field: (inout): where an owned string is kept
 * @value: (nullable): its new value
 *
 * Returns: %TRUE if the value differs from the one before
 */
gboolean
gum_set_str (char       **field,
             const char  *value)
{
  char *copy;

  g_return_val_if_fail (field != NULL, FALSE);

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*field);
  *field = copy;

  return TRUE;
}

/**
 * gum_secret_free:
 * @secret: (nullable) (transfer full): a token, code or verifier
 *
 * Overwrites the string before it goes back to the allocator.
 */
void
gum_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * gum_set_secret:
 * @field: (inout): where an owned secret is kept
 * @value: (nullable): its new value
 *
 * Like gum_set_str(), but the former value is wiped.
 *
 * Returns: %TRUE if the value differs from the one before
 */
gboolean
gum_set_secret (char       **field,
                const char  *value)
{
  char *copy;

  g_return_val_if_fail (field != NULL, FALSE);

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  gum_secret_free (*field);
  *field = copy;

  return TRUE;
}

/**
 * gum_equal_constant_time:
 * @a: (nullable): one string
 * @b: (nullable): the other
 *
 * Compares in a time that depends on the lengths alone.
 *
 * Returns: %TRUE if both are strings and equal
 */
gboolean
gum_equal_constant_time (const char *a,
                         const char *b)
{
  volatile guint8 difference = 0;
  gsize length;

  if (a == NULL || b == NULL || strlen (a) != strlen (b))
    return FALSE;

  length = strlen (a);
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) a[i] ^ (guint8) b[i];

  return difference == 0;
}

/**
 * gum_random_bytes:
 * @buffer: (out caller-allocates) (array length=length): where to put them
 * @length: how many, at most 256
 * @error: return location for an error
 *
 * Asks the kernel's random source. There is no fallback: without randomness nothing that rests on it
 * may go on.
 *
 * Returns: %TRUE if @buffer is filled
 */
gboolean
gum_random_bytes (guint8  *buffer,
                  gsize    length,
                  GError **error)
{
  ssize_t got;

  g_return_val_if_fail (buffer != NULL && length > 0 && length <= 256, FALSE);

  do
    got = getrandom (buffer, length, 0);
  while (got < 0 && errno == EINTR);

  if (got != (ssize_t) length)
    {
      int saved_errno = got < 0 ? errno : EIO;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "No random numbers from the system: %s", g_strerror (saved_errno));
      return FALSE;
    }

  return TRUE;
}

/**
 * gum_random_token:
 * @n_bytes: bytes of randomness, at most 256
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): unguessable text of URL-safe characters (base64url, unpadded),
 *   to be freed with gum_secret_free()
 */
char *
gum_random_token (gsize    n_bytes,
                  GError **error)
{
  guint8 bytes[256];
  char *token;

  g_return_val_if_fail (n_bytes > 0 && n_bytes <= sizeof bytes, NULL);

  if (!gum_random_bytes (bytes, n_bytes, error))
    return NULL;

  token = gum_base64url_encode (bytes, n_bytes);
  explicit_bzero (bytes, sizeof bytes);

  return token;
}

/**
 * gum_base64url_encode:
 * @data: (array length=length): bytes
 * @length: how many
 *
 * Follows RFC 4648, section 5, without padding.
 *
 * Returns: (transfer full): the text
 */
char *
gum_base64url_encode (const guint8 *data,
                      gsize         length)
{
  char *text = g_base64_encode (data, length);
  gsize end = strlen (text);

  while (end > 0 && text[end - 1] == '=')
    text[--end] = '\0';
  for (gsize i = 0; i < end; i++)
    {
      if (text[i] == '+')
        text[i] = '-';
      else if (text[i] == '/')
        text[i] = '_';
    }

  return text;
}

/**
 * gum_uri_dup_origin:
 * @uri: an absolute address
 *
 * Returns: (transfer full) (nullable): scheme, host and port (always written), as RFC 6454 compares
 *   them; %NULL if @uri is not an absolute address with a host
 */
char *
gum_uri_dup_origin (const char *uri)
{
  g_autoptr(GUri) parsed = NULL;
  g_autofree char *host = NULL;
  int port;

  g_return_val_if_fail (uri != NULL, NULL);

  parsed = g_uri_parse (uri, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0')
    return NULL;

  host = g_ascii_strdown (g_uri_get_host (parsed), -1);
  port = g_uri_get_port (parsed);
  if (port <= 0)
    port = g_str_equal (g_uri_get_scheme (parsed), "https") ? 443 : 80;

  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d",
                          g_uri_get_scheme (parsed), host, port);
}

/**
 * gum_uri_is_loopback:
 * @uri: an absolute address
 *
 * Only IP literals count: a name such as `localhost` can be made to resolve to anything.
 *
 * Returns: %TRUE if the host of @uri is 127.0.0.0/8 or ::1
 */
gboolean
gum_uri_is_loopback (const char *uri)
{
  g_autoptr(GUri) parsed = NULL;
  g_autoptr(GInetAddress) address = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL)
    return FALSE;

  address = g_inet_address_new_from_string (g_uri_get_host (parsed));

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * gum_uri_check_secure:
 * @uri: an absolute address
 * @error: return location for a %GUM_ERROR_INSECURE
 *
 * The rule for every address that the program talks to: https, or plain http to a loopback address;
 * never with a user name or password in it.
 *
 * Returns: %TRUE if @uri may be used
 */
gboolean
gum_uri_check_secure (const char  *uri,
                      GError     **error)
{
  g_autoptr(GUri) parsed = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = g_uri_parse (uri, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (parsed != NULL && g_uri_get_userinfo (parsed) == NULL &&
      g_uri_get_host (parsed) != NULL && *g_uri_get_host (parsed) != '\0' &&
      (g_str_equal (g_uri_get_scheme (parsed), "https") ||
       (g_str_equal (g_uri_get_scheme (parsed), "http") && gum_uri_is_loopback (uri))))
    return TRUE;

  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_INSECURE,
                       "Only https, or http to a loopback address, is allowed");
  return FALSE;
}
