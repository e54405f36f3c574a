/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether anything of @name is on a keyboard. */
gboolean gum_name_match_can_type (const char *name);
/* Whether @typed is @name, as far as it can be typed. */
gboolean gum_name_match_equal    (const char *name,
                                  const char *typed);

G_END_DECLS
