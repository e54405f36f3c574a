/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is posted to the authorization server, as text. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-oauth-private.h"

#include <string.h>

static void
append_encoded (GString    *text,
                const char *value)
{
  for (const guint8 *c = (const guint8 *) value; *c != '\0'; c++)
    if (g_ascii_isalnum (*c) || strchr ("-._*", *c) != NULL)
      g_string_append_c (text, *c);
    else if (*c == ' ')
      g_string_append_c (text, '+');
    else
      g_string_append_printf (text, "%%%02X", *c);
}

/* application/x-www-form-urlencoded of UTF-8, as RFC 6749, appendix B wants it. The result is a
 * secret. */
char *
_gum_oauth_encode_form (const char * const *parameters)
{
  gsize length = 0;
  GString *text;

  for (guint i = 0; parameters[i] != NULL; i += 2)
    length += strlen (parameters[i]) + 2 +
              (parameters[i + 1] != NULL ? strlen (parameters[i + 1]) : 0);

  /* Large enough from the start, so that nothing is left behind where it had been before. */
  text = g_string_sized_new (length * 3 + 1);
  for (guint i = 0; parameters[i] != NULL; i += 2)
    {
      const char *value = parameters[i + 1];

      if (value == NULL || *value == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '&');
      append_encoded (text, parameters[i]);
      g_string_append_c (text, '=');
      append_encoded (text, value);
    }

  return g_string_free (text, FALSE);
}
