/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A look at libsecret's keyring file before libsecret looks at it.
 *
 * In a sandbox, libsecret keeps its items in a file of its own. A file that was cut in the wrong place makes
 * libsecret 0.20 abort the process, and a damaged one is refused for ever. Such a file is set aside
 * under another name, never deleted. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-keyring.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#define MAGIC "GnomeKeyring\n\r\0\n"
#define MAGIC_LENGTH (sizeof MAGIC - 1)
#define VERSION_LENGTH 2
#define FORMAT "(uayutua(a{say}ay))"

static gboolean
is_plausible (const char *contents,
              gsize       length)
{
  g_autoptr(GVariant) variant = NULL;
  g_autoptr(GVariant) salt = NULL;
  g_autofree char *aligned = NULL;
  guint32 salt_length;
  gsize body;

  if (length < MAGIC_LENGTH + VERSION_LENGTH || memcmp (contents, MAGIC, MAGIC_LENGTH) != 0)
    return FALSE;

  body = length - MAGIC_LENGTH - VERSION_LENGTH;
  aligned = g_memdup2 (contents + MAGIC_LENGTH + VERSION_LENGTH, body);
  variant = g_variant_new_from_data (G_VARIANT_TYPE (FORMAT), aligned, body, FALSE, NULL, NULL);
  g_variant_ref_sink (variant);
  if (!g_variant_is_normal_form (variant))
    return FALSE;

  g_variant_get_child (variant, 0, "u", &salt_length);
  salt = g_variant_get_child_value (variant, 1);

  return GUINT32_FROM_LE (salt_length) > 0 &&
         g_variant_n_children (salt) == GUINT32_FROM_LE (salt_length);
}

/**
 * gum_keyring_check_file:
 * @path: libsecret's keyring file
 *
 * Renames a file that libsecret could not read, or would fall over. Blocking: for a thread.
 *
 * Returns: %TRUE if there was a damaged file, and it was set aside
 */
gboolean
gum_keyring_check_file (const char *path)
{
  g_autoptr(GDateTime) now = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *aside = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_get_contents (path, &contents, &length, NULL) || is_plausible (contents, length))
    return FALSE;

  now = g_date_time_new_now_utc ();
  stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  aside = g_strdup_printf ("%s.damaged-%s", path, stamp);
  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, i);
    }
  if (g_rename (path, aside) != 0)
    {
      g_warning ("The damaged keyring file could not be set aside: %s", g_strerror (errno));
      return FALSE;
    }

  g_message ("A damaged keyring file was set aside");

  return TRUE;
}
