/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records-pane.h"

G_BEGIN_DECLS

/* Words about discount codes, and what a list of them is. */
extern const GumRecordsLook gum_code_look;

char *gum_code_facts_dup_amount  (GumRecord  *record);
char *gum_code_facts_dup_uses    (GumRecord  *record);
char *gum_code_facts_dup_product (GumRecord  *record);
/* The product's address with the code in it; NULL where the ledger does not know the product. */
char *gum_code_facts_dup_link    (GumRecord  *record,
                                  GumStore   *store);

G_END_DECLS
