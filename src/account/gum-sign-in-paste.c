/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people paste into the two fields: a token, with what stood around it, or the address that the
 * browser ended on. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-sign-in-private.h"

#include <string.h>

#include "gum-loopback-request.h"
#include "gum-util.h"

#define HOST "127.0.0.1:"

/* Quotes, spaces (also those that do not break) and angle brackets at both ends. */
static char *
strip (const char *text)
{
  static const char *const marks[] = {
    " ", "\t", "\r", "\n", "\"", "'", "`", "<", ">", "\302\240",
    "\342\200\234", "\342\200\235", "\342\200\230", "\342\200\231", "\342\200\213", "\357\273\277",
  };
  gsize length = strlen (text);
  gboolean more = TRUE;

  while (more)
    {
      more = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
        {
          gsize n = strlen (marks[i]);

          if (length >= n && memcmp (text, marks[i], n) == 0)
            {
              text += n;
              length -= n;
              more = TRUE;
            }
          if (length >= n && memcmp (text + length - n, marks[i], n) == 0)
            {
              length -= n;
              more = TRUE;
            }
        }
    }

  return g_strndup (text, length);
}

/* To be freed with gum_secret_free(). */
char *
gum_sign_in_clean_token (const char *text)
{
  static const char *const prefixes[] = { "Authorization:", "Bearer " };
  g_autoptr(GumSecret) token = strip (text);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize n = strlen (prefixes[i]);

      if (g_ascii_strncasecmp (token, prefixes[i], n) == 0)
        {
          char *rest = strip (token + n);

          gum_secret_free (token);
          token = rest;
        }
    }

  return g_steal_pointer (&token);
}

/* Only what a header can carry (RFC 6750, 2.1, and a little more). */
gboolean
gum_sign_in_is_token (const char *token)
{
  for (const char *p = token; *p != '\0'; p++)
    {
      if (*p <= 0x20 || *p >= 0x7f)
        return FALSE;
    }

  return *token != '\0';
}

static gboolean
looks_like_code (const char *text)
{
  gsize length = strlen (text);

  return length >= 20 && length <= 512 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") == length;
}

/* Makes the request of which the browser kept the address. Some browsers leave out the scheme, and
 * some had turned it into https: the rest is the same. NULL, and why, when it is no such address. */
char *
gum_sign_in_address_to_head (const char     *address,
                             guint16        *port,
                             GumSignInError *error)
{
  g_autoptr(GumSecret) text = strip (address);
  g_autoptr(GumSecret) head = NULL;
  g_autoptr(GumLoopbackRequest) request = NULL;
  const char *rest = text;
  const char *target;
  char *end;
  guint64 number;

  if (*text == '\0')
    {
      *error = GUM_SIGN_IN_ERROR_EMPTY;
      return NULL;
    }
  if (looks_like_code (text))
    {
      *error = GUM_SIGN_IN_ERROR_PASTE_CODE_ONLY;
      return NULL;
    }

  *error = GUM_SIGN_IN_ERROR_PASTE_NONSENSE;
  if (g_ascii_strncasecmp (rest, "http://", 7) == 0)
    rest += 7;
  else if (g_ascii_strncasecmp (rest, "https://", 8) == 0)
    rest += 8;

  if (!g_str_has_prefix (rest, HOST) || !g_ascii_isdigit (rest[strlen (HOST)]))
    return NULL;
  number = g_ascii_strtoull (rest + strlen (HOST), &end, 10);
  target = end;
  if (number == 0 || number > G_MAXUINT16 || *target != '/' || strpbrk (target, " \t\r\n") != NULL)
    return NULL;

  head = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", target,
                          (guint) number);
  request = gum_loopback_parse ((const guint8 *) head, strlen (head), (guint16) number);
  if (request->kind != GUM_LOOPBACK_CALLBACK)
    return NULL;

  *port = (guint16) number;

  return g_steal_pointer (&head);
}
