/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* contract: the only way from bytes to JSON. Guards depth (64) before json-glib sees them, refuses
 * empty bodies, trailing documents, BOM tricks; the root must be an object. GUM_ERROR_PROTOCOL or
 * GUM_ERROR_TOO_LARGE. */
JsonNode   *gum_json_parse_object (GBytes      *bytes,
                                   GError     **error);

/* Total accessors: any kind of node gives an answer, never a critical. */
const char *gum_json_get_string   (JsonObject  *object,
                                   const char  *member);   /* NULL unless a string */
gboolean    gum_json_get_int      (JsonObject  *object,
                                   const char  *member,
                                   gint64      *value);    /* also from 1.0 and "12" */
gboolean    gum_json_get_boolean  (JsonObject  *object,
                                   const char  *member,
                                   gboolean    *value);    /* also from "true" */
JsonObject *gum_json_get_object   (JsonObject  *object,
                                   const char  *member);   /* NULL unless an object */
JsonArray  *gum_json_get_array    (JsonObject  *object,
                                   const char  *member);   /* NULL unless an array */

G_END_DECLS
