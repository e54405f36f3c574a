/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-json.h"

G_BEGIN_DECLS

#define GUM_JSON_MAX_DEPTH 64
#define GUM_JSON_MAX_NODES (1 << 20)

JsonNode *_gum_json_parse_object (GBytes    *bytes,
                                  gboolean  *cut,
                                  GError   **error);

G_END_DECLS
