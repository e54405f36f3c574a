/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Private to the store. @base: what Gumroad had; @mine: what is changed of it; both by key. */

/* (transfer full): what of @base is needed for @mine. */
JsonObject *gum_draft_base_dup  (JsonObject *base,
                                 JsonObject *mine);
/* Before @key, which is not in @mine yet, goes there: what it replaces is in @from, another draft's base. */
void        gum_draft_base_take (JsonObject *base,
                                 JsonObject *mine,
                                 const char *key,
                                 JsonObject *from);
/* The same, where it is in a product's record. */
void        gum_draft_base_read (JsonObject *base,
                                 JsonObject *mine,
                                 const char *key,
                                 JsonObject *record);

G_END_DECLS
