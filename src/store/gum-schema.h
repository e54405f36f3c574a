/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"

G_BEGIN_DECLS

/* "Gumr" in the header of the file, so that it is never taken for somebody else's. */
#define GUM_SCHEMA_APPLICATION_ID 0x47756d72

int      gum_schema_get_version (void);
gboolean gum_schema_prepare     (GumConnection  *connection,
                                 const char     *account_id,
                                 GError        **error);

G_END_DECLS
