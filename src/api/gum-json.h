/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A value as it stands in the text of a record. */
typedef struct {
  const char *start;     /* NULL: there is none */
  gsize       length;
} GumJsonSlice;

JsonNode   *gum_json_parse_object    (GBytes      *bytes,
                                      GError     **error);
JsonObject *gum_json_from_text       (const char  *text,
                                      gssize       length);
char       *gum_json_to_text         (JsonObject  *object);
JsonNode   *gum_json_dup_node        (JsonNode    *node);

gboolean    gum_json_find            (const char  *text,
                                      gsize        length,
                                      const char * const *members,
                                      GumJsonSlice *found);
char       *gum_json_slice_dup_string (GumJsonSlice slice);
gboolean    gum_json_slice_to_int    (GumJsonSlice slice,
                                      gint64      *value);
gboolean    gum_json_slice_to_boolean (GumJsonSlice slice,
                                       gboolean    *value);
JsonNode   *gum_json_slice_parse     (GumJsonSlice slice);
JsonObject *gum_json_pick            (GBytes      *bytes,
                                      const char * const *members);

const char *gum_json_get_string      (JsonObject  *object,
                                      const char  *member);
gboolean    gum_json_get_int         (JsonObject  *object,
                                      const char  *member,
                                      gint64      *value);
gboolean    gum_json_get_boolean     (JsonObject  *object,
                                      const char  *member,
                                      gboolean    *value);
JsonObject *gum_json_get_object      (JsonObject  *object,
                                      const char  *member);
JsonArray  *gum_json_get_array       (JsonObject  *object,
                                      const char  *member);

char       *gum_json_node_dup_string (JsonNode    *node);
gboolean    gum_json_node_to_int     (JsonNode    *node,
                                      gint64      *value);
gboolean    gum_json_node_to_boolean (JsonNode    *node,
                                      gboolean    *value);

G_END_DECLS
