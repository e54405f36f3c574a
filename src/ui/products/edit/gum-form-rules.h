/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-draft.h"

G_BEGIN_DECLS

/* What Gumroad would refuse, said before it is asked. NULL: nothing is wrong. (transfer full), translated plain text. */
char *gum_form_rules_dup_problem (const char *key,
                                  GumDraft   *draft,
                                  JsonObject *record);
/* The key that a refusal of Gumroad's is about; NULL: none in particular. */
const char *gum_form_rules_find_key (const char *server_message);
/* The currency that the product will have. */
char *gum_form_rules_dup_currency (GumDraft   *draft,
                                   JsonObject *record);

G_END_DECLS
