/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-content-text.h"
#include "gum-rich-text-private.h"

G_BEGIN_DECLS

GPtrArray *gum_content_runs_read  (JsonObject         *object,
                                   gboolean            is_code);
JsonArray *gum_content_runs_write (const GumRichBlock *block);

G_END_DECLS
