/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-bulk.h"
#include "gum-form-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_BULK_TAGS (gum_bulk_tags_get_type ())
G_DECLARE_FINAL_TYPE (GumBulkTags, gum_bulk_tags, GUM, BULK_TAGS, GumFormWindow)

/* How the tags of many products are to change. Signal "chosen" (GumBulk), after which it closes itself. */
GtkWidget *gum_bulk_tags_new (GtkWidget *owner);

G_END_DECLS
