/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-batch.h"

G_BEGIN_DECLS

#define GUM_TYPE_ACTIVITY_LIST (gum_activity_list_get_type ())
G_DECLARE_FINAL_TYPE (GumActivityList, gum_activity_list, GUM, ACTIVITY_LIST, AdwBin)

/* contract: drafts, files on their way and what was sent, a group each, of which only those are seen that have something.
 * Property "empty" (boolean): none has. Signal "open-batch" (GumBatch). What belongs to a product opens by the action
 * win.product. */
GtkWidget *gum_activity_list_new       (GumStore        *store);
gboolean   gum_activity_list_get_empty (GumActivityList *self);

G_END_DECLS
