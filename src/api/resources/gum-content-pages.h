/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

guint       gum_content_pages_get_length (JsonNode   *pages);
JsonNode   *gum_content_pages_get        (JsonNode   *pages,
                                          guint       at);
const char *gum_content_pages_get_title  (JsonNode   *pages,
                                          guint       at);
JsonNode   *gum_content_pages_insert     (JsonNode   *pages,
                                          guint       at,
                                          JsonNode   *page);
JsonNode   *gum_content_pages_remove     (JsonNode   *pages,
                                          guint       at);
JsonNode   *gum_content_pages_move       (JsonNode   *pages,
                                          guint       from,
                                          guint       to);
JsonNode   *gum_content_pages_set        (JsonNode   *pages,
                                          guint       at,
                                          const char *member,
                                          JsonNode   *value);
JsonNode   *gum_content_pages_new_page   (const char *title);

G_END_DECLS
