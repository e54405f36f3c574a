/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_VERSION_CHOICE (gum_version_choice_get_type ())
G_DECLARE_FINAL_TYPE (GumVersionChoice, gum_version_choice, GUM, VERSION_CHOICE, AdwComboRow)

/* A row that asks for a version of a product, or for no certain one. @store: NULL while the ledger is closed. */
GtkWidget  *gum_version_choice_new         (GumStore         *store,
                                            const char       *title);
/* @product_id and @variant_id, the one that is chosen, may be NULL. */
void        gum_version_choice_set_product (GumVersionChoice *self,
                                            const char       *product_id,
                                            const char       *variant_id);
const char *gum_version_choice_get_id      (GumVersionChoice *self);      /* nullable */

G_END_DECLS
