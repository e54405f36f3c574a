/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean   gum_content_is_shared     (JsonObject *record);
GPtrArray *gum_content_list_files    (JsonNode   *pages);
gboolean   gum_content_has_file      (JsonNode   *pages,
                                      const char *id);
JsonNode  *gum_content_replace_file  (JsonNode   *pages,
                                      const char *id,
                                      const char *other_id);
JsonNode  *gum_content_remove_file   (JsonNode   *pages,
                                      const char *id);
JsonNode  *gum_content_new_file      (const char *id);
JsonNode  *gum_content_add_file      (JsonNode   *pages,
                                      const char *id);

G_END_DECLS
