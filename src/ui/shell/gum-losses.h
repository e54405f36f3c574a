/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

/* (transfer full) Sentences for a question. @store: nullable. What signing out ends: NULL: nothing. */
char *gum_losses_dup_of_leaving (GumStore *store);
/* What erasing the data on this computer loses for good. Never NULL. */
char *gum_losses_dup_of_erasing (GumStore *store);

G_END_DECLS
