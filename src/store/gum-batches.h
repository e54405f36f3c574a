/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-batch.h"

G_BEGIN_DECLS

#define GUM_TYPE_BATCHES (gum_batches_get_type ())
G_DECLARE_FINAL_TYPE (GumBatches, gum_batches, GUM, BATCHES, GObject)   /* GListModel of GumBatch */

GumBatches *gum_batches_new         (GumStore   *store);

G_END_DECLS
