/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-batch.h"
#include "gum-store.h"
#include "gum-writes.h"

G_BEGIN_DECLS

#define GUM_TYPE_WRITE_LIST (gum_write_list_get_type ())
G_DECLARE_FINAL_TYPE (GumWriteList, gum_write_list, GUM, WRITE_LIST, AdwBin)

/* The writes of a batch: what each changes, how it ended or when it goes. What did not work comes first. */
GtkWidget *gum_write_list_new (GumStore  *store,
                               GumBatch  *batch,
                               GumWrites *writes);

G_END_DECLS
