/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger is a copy of what Gumroad has, and more than that: drafts, changes that wait, what Activity tells, and
 * the addresses of uploaded files, which Gumroad never tells. Whoever erases it is told what it holds. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-losses.h"

#include "gum-deliveries.h"
#include "gum-drafts.h"
#include "gum-queue.h"

#include <glib/gi18n-lib.h>

/* Takes @line, which is about @n things. */
static void
take_line (GString *lines,
           guint    n,
           char    *line)
{
  g_autofree char *owned = line;

  if (n == 0)
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, owned);
}

static void
add_uploads (GString  *lines,
             GumStore *store)
{
  guint n = gum_store_count_deliveries (store);

  take_line (lines, n, g_strdup_printf (ngettext ("%u file that is being uploaded will not arrive.",
                                                  "%u files that are being uploaded will not arrive.", n), n));
}

char *
gum_losses_dup_of_leaving (GumStore *store)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  if (store != NULL)
    add_uploads (lines, store);

  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

char *
gum_losses_dup_of_erasing (GumStore *store)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  if (store != NULL)
    {
      GumQueue *queue = gum_store_get_queue (store);
      guint n_drafts = g_list_model_get_n_items (G_LIST_MODEL (gum_store_get_drafts (store)));
      guint n_waiting = gum_queue_get_n_running (queue) + gum_queue_get_n_asking (queue) +
                        gum_queue_get_n_paused (queue);

      take_line (lines, n_drafts, g_strdup_printf (ngettext ("%u draft will be lost.",
                                                             "%u drafts will be lost.", n_drafts), n_drafts));
      take_line (lines, n_waiting, g_strdup_printf (ngettext ("%u change that waits will not be made.",
                                                              "%u changes that wait will not be made.", n_waiting),
                                                    n_waiting));
      add_uploads (lines, store);
    }
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, _("What Activity shows will be lost, and files that were uploaded from here cannot "
                            "be renamed from here any more."));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}
