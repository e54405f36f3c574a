/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a job did to the table of products, for those who show it. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-changes.h"

static void
change_clear (gpointer data)
{
  g_free (((GumChange *) data)->id);
}

GumChanges *
gum_changes_new (void)
{
  GumChanges *changes = g_new0 (GumChanges, 1);

  changes->changes = g_array_new (FALSE, FALSE, sizeof (GumChange));
  g_array_set_clear_func (changes->changes, change_clear);

  return changes;
}

void
gum_changes_free (gpointer data)
{
  GumChanges *changes = data;

  if (changes == NULL)
    return;
  g_array_unref (changes->changes);
  g_free (changes);
}

void
gum_changes_add (GumChanges    *changes,
                 GumChangeKind  kind,
                 gint64         row,
                 const char    *id)
{
  GumChange change = { kind, row, g_strdup (id) };

  g_array_append_val (changes->changes, change);
}
