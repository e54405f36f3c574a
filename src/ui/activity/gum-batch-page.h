/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-batch.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_BATCH_PAGE (gum_batch_page_get_type ())
G_DECLARE_FINAL_TYPE (GumBatchPage, gum_batch_page, GUM, BATCH_PAGE, AdwBin)

/* contract: one batch with its writes and what can be done about them. Actions "batch.go", "batch.pause", "batch.stop",
 * "batch.retry", "batch.check", "batch.revert", "batch.copy". */
GtkWidget *gum_batch_page_new (GumStore *store,
                               GumBatch *batch);

G_END_DECLS
