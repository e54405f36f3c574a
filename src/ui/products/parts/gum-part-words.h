/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-money.h"
#include "gum-part-rules.h"

G_BEGIN_DECLS

/* contract: what is wrong with a part of a product, in words; NULL: nothing. Transfer full, translated plain text. */
char *gum_part_words_dup_problem (GumPartProblem   problem,
                                  const char      *currency);
char *gum_part_words_dup_amount  (GumMoneyProblem  problem,
                                  const char      *currency);

G_END_DECLS
