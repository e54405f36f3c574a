/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-bulk.h"
#include "gum-form-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_BULK_CODE (gum_bulk_code_get_type ())
G_DECLARE_FINAL_TYPE (GumBulkCode, gum_bulk_code, GUM, BULK_CODE, GumFormWindow)

/* Which discount code many products get or lose; @currency: where amounts begin. Signal "chosen" (GumBulk), after
 * which it closes itself. */
GtkWidget *gum_bulk_code_new (GtkWidget  *owner,
                              const char *currency);

G_END_DECLS
