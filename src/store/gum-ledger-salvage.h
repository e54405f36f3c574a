/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"

G_BEGIN_DECLS

/* Private to the store. */
void gum_ledger_salvage (GumConnection *connection,
                         const char    *path,
                         const char    *account_id);

G_END_DECLS
