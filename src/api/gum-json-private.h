/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-json.h"

G_BEGIN_DECLS

#define GUM_JSON_MAX_DEPTH 64
#define GUM_JSON_MAX_NODES (1 << 20)

JsonNode *_gum_json_parse_object (GBytes      *bytes,
                                  gboolean    *cut,
                                  GError     **error);
JsonNode *_gum_json_parse_value  (const char  *text,
                                  gsize        length);
char     *_gum_json_parse_string (const char *text,
                                  gsize       length);
JsonNode *_gum_json_parse_page   (GBytes      *bytes,
                                  const char  *list,
                                  const char * const *members,
                                  GumPage    **page,
                                  gboolean    *cut,
                                  GError     **error);

G_END_DECLS
