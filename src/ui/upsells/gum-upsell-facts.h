/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records-pane.h"
#include "gum-upsell.h"

G_BEGIN_DECLS

/* Words about upsells, and what a list of them is. */
extern const GumRecordsLook gum_upsell_look;

char *gum_upsell_facts_dup_title    (GumUpsell *upsell);
char *gum_upsell_facts_dup_discount (GumUpsell *upsell);   /* nullable */
char *gum_upsell_facts_dup_offer    (GumUpsell *upsell);
char *gum_upsell_facts_dup_place    (GumUpsell *upsell);

G_END_DECLS
