/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of write that the program makes. Whoever adds one adds a line here; a test then wants words
 * for it. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-write-kinds.h"

#include <string.h>

/* What was refused can be sent again as it stands where it says all there is to say. It cannot where it is
 * one step of several (files; a group of versions, which is never without one), where it names a whole
 * list that may be another by now (bundles, upsells), and where what it needs is not written down (an
 * upload's signature). */
static const struct {
  const char *kind;
  gboolean    can_be_repeated;
} kinds[] = {
  { GUM_WRITE_KIND_UPDATE, TRUE },
  { GUM_WRITE_KIND_PUBLISH, TRUE },
  { GUM_WRITE_KIND_UNPUBLISH, TRUE },
  { GUM_WRITE_KIND_DELETE, TRUE },
  { GUM_WRITE_KIND_CREATE, TRUE },
  { GUM_WRITE_KIND_CATEGORY_CREATE, FALSE },
  { GUM_WRITE_KIND_CATEGORY_UPDATE, TRUE },
  { GUM_WRITE_KIND_CATEGORY_DELETE, TRUE },
  { GUM_WRITE_KIND_VARIANT_CREATE, TRUE },
  { GUM_WRITE_KIND_VARIANT_UPDATE, TRUE },
  { GUM_WRITE_KIND_VARIANT_DELETE, TRUE },
  { GUM_WRITE_KIND_QUESTION_CREATE, TRUE },
  { GUM_WRITE_KIND_QUESTION_UPDATE, TRUE },
  { GUM_WRITE_KIND_QUESTION_DELETE, TRUE },
  { GUM_WRITE_KIND_BUNDLE_UPDATE, FALSE },
  { GUM_WRITE_KIND_COVER_ADD, FALSE },
  { GUM_WRITE_KIND_COVER_DELETE, TRUE },
  { GUM_WRITE_KIND_THUMBNAIL_SET, FALSE },
  { GUM_WRITE_KIND_THUMBNAIL_DELETE, TRUE },
  { GUM_WRITE_KIND_FILE_ADD, FALSE },
  { GUM_WRITE_KIND_FILE_REPLACE, FALSE },
  { GUM_WRITE_KIND_FILE_REMOVE, FALSE },
  { GUM_WRITE_KIND_FILE_RENAME, FALSE },
  { GUM_WRITE_KIND_FILE_DELIVER, FALSE },
  { GUM_WRITE_KIND_CODE_CREATE, TRUE },
  { GUM_WRITE_KIND_CODE_UPDATE, TRUE },
  { GUM_WRITE_KIND_CODE_DELETE, TRUE },
  { GUM_WRITE_KIND_UPSELL_CREATE, FALSE },
  { GUM_WRITE_KIND_UPSELL_UPDATE, FALSE },
  { GUM_WRITE_KIND_UPSELL_DELETE, FALSE },
  { GUM_WRITE_KIND_POLICY_UPDATE, TRUE },
  { GUM_WRITE_KIND_PROFILE_UPDATE, TRUE },
};

/**
 * gum_write_kinds_get_n:
 *
 * Returns: how many kinds of writes there are
 */
guint
gum_write_kinds_get_n (void)
{
  return G_N_ELEMENTS (kinds);
}

/**
 * gum_write_kinds_get:
 * @position: less than gum_write_kinds_get_n()
 *
 * Returns: (transfer none): a kind of writes
 */
const char *
gum_write_kinds_get (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (kinds), NULL);

  return kinds[position].kind;
}

static guint
find (const char *kind)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (kinds) && strcmp (kinds[i].kind, kind) != 0)
    i++;

  return i;
}

/**
 * gum_write_kinds_has:
 * @kind: a kind of writes
 *
 * Returns: whether it is one that this program makes; a ledger may have others, of a newer one
 */
gboolean
gum_write_kinds_has (const char *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  return find (kind) < G_N_ELEMENTS (kinds);
}

/**
 * gum_write_kinds_can_be_repeated:
 * @kind: a kind of writes
 *
 * Returns: whether one that was certainly not carried out can be sent again from the journal alone
 */
gboolean
gum_write_kinds_can_be_repeated (const char *kind)
{
  guint i;

  g_return_val_if_fail (kind != NULL, FALSE);

  i = find (kind);

  return i < G_N_ELEMENTS (kinds) && kinds[i].can_be_repeated;
}
