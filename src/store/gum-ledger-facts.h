/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Private to the store. */
#define GUM_LEDGER_N_FACTS 6

/* All that is read of a record here, and its files. */
extern const char * const gum_ledger_members[];

void     gum_ledger_bind_facts (sqlite3_stmt   *statement,
                                JsonObject     *object);
gboolean gum_ledger_same_words (JsonObject     *a,
                                JsonObject     *b);
gboolean gum_ledger_set_words  (GumConnection  *connection,
                                gint64          row,
                                JsonObject     *object,
                                gboolean        is_new,
                                GError        **error);

G_END_DECLS
