/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GDateTime *gum_time_parse           (const char *text);
char      *gum_time_format_relative (GDateTime  *time,
                                     GDateTime  *now);

G_END_DECLS
