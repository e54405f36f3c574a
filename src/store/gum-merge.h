/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Private to the store. */
JsonObject *gum_merge_product         (JsonObject *known,
                                       JsonObject *slim);
void        gum_merge_drop_signatures (JsonObject *full);
gint64      gum_merge_checksum        (const char *text,
                                       gsize       length);

G_END_DECLS
