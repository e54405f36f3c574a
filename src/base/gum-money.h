/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint  gum_currency_get_digits (const char *currency);
char  *gum_money_format        (gint64      minor_units,
                                const char *currency);

G_END_DECLS
