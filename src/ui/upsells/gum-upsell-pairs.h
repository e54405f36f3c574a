/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-store.h"
#include "gum-upsell.h"

G_BEGIN_DECLS

#define GUM_TYPE_UPSELL_PAIRS (gum_upsell_pairs_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellPairs, gum_upsell_pairs, GUM, UPSELL_PAIRS, AdwPreferencesGroup)

/* contract: which version of a product is offered in place of which. What is wrong with a pair is said below it. Signal
 * "changed". */
GtkWidget *gum_upsell_pairs_new         (GumStore       *store);
/* @upsell: nullable: there are none yet. Its pairs are only shown where not all of them could be read. */
void       gum_upsell_pairs_show        (GumUpsellPairs *self,
                                         const char     *product_id,
                                         GumUpsell      *upsell);
/* As if it was picked. */
void       gum_upsell_pairs_add         (GumUpsellPairs *self,
                                         const char     *selected_id,
                                         const char     *name);
/* Whether Gumroad would take them, so far as that is known here. */
gboolean   gum_upsell_pairs_are_valid   (GumUpsellPairs *self);
gboolean   gum_upsell_pairs_are_changed (GumUpsellPairs *self);
/* As Gumroad wants them. */
JsonArray *gum_upsell_pairs_dup_list    (GumUpsellPairs *self);

G_END_DECLS
