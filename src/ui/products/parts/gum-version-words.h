/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product.h"
#include "gum-variant.h"

G_BEGIN_DECLS

/* contract: what a version is called and costs, for rows and sentences. All transfer full, translated, plain text. */

/* A product with tiers instead of versions; their prices cannot be set here. */
gboolean gum_version_words_is_tiered     (GumProduct         *product);
/* The amounts that are suggested to who buys a coffee: their price is the whole of it, and they need no name. */
gboolean gum_version_words_is_amounts    (GumVariantCategory *category);

char    *gum_version_words_dup_title     (GumVariantCategory *category,
                                          GumProduct         *product);
char    *gum_version_words_dup_name      (GumVariant         *variant,
                                          GumProduct         *product);
char    *gum_version_words_dup_price     (GumVariant         *variant,
                                          GumProduct         *product);
/* Description and limit; "" where there is neither. */
char    *gum_version_words_dup_more      (GumVariant         *variant);
char    *gum_version_words_dup_sentence  (GumVariant         *variant,
                                          GumProduct         *product);

G_END_DECLS
