/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-change-set.h"

G_BEGIN_DECLS

#define GUM_TYPE_CHANGE_PAGE (gum_change_page_get_type ())
G_DECLARE_FINAL_TYPE (GumChangePage, gum_change_page, GUM, CHANGE_PAGE, AdwBin)

/* What a bulk edit would do, to be looked through and applied: @rows are rows of the ledger. Signal "applied" (guint: how
 * many changes the journal has now). Action "changes.apply". */
GtkWidget    *gum_change_page_new     (GumStore      *store,
                                       GumBulk       *bulk,
                                       GArray        *rows);
GumChangeSet *gum_change_page_get_set (GumChangePage *self);

G_END_DECLS
