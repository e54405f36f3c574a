/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-change-row.h"

G_BEGIN_DECLS

/* What a change set says. All are transfer full, translated plain text. */
char *gum_bulk_words_dup_name     (GumChangeRow *row);
char *gum_bulk_words_dup_change   (GumBulk      *bulk,      /* "$10 → $12", or why it cannot be */
                                   GumChangeRow *row);
char *gum_bulk_words_dup_sentence (GumBulk      *bulk,      /* the same, to be read aloud */
                                   GumChangeRow *row);
char *gum_bulk_words_dup_label    (GumBulk      *bulk,      /* "Prices of 12 products" */
                                   guint         n_products);

G_END_DECLS
