/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-batch.h"

G_BEGIN_DECLS

#define GUM_TYPE_BATCH_LINE (gum_batch_line_get_type ())
G_DECLARE_FINAL_TYPE (GumBatchLine, gum_batch_line, GUM, BATCH_LINE, GtkListBoxRow)

/* contract: a batch as a row: what it was, when, how it ended or how far it is. Activating it is left to the list. */
GtkWidget *gum_batch_line_new       (GumStore     *store,
                                     GumBatch     *batch);
GumBatch  *gum_batch_line_get_batch (GumBatchLine *self);

G_END_DECLS
