/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gum-field.h"

G_BEGIN_DECLS

/* What one decoding of a record finds out on its way. */
typedef struct {
  guint    n_bad;
  gboolean changed;      /* something, at any depth */
} GumDecoding;

GParamSpec *_gum_field_create_pspec (const GumField *field);
JsonNode   *_gum_field_find_node    (const GumField *field,
                                     const char     *key,
                                     JsonObject     *json);
gboolean    _gum_field_decode       (const GumField *field,
                                     gpointer        member,
                                     JsonNode       *node,
                                     gboolean       *has,
                                     GumDecoding    *decoding);
void        _gum_field_get_value    (const GumField *field,
                                     gpointer        member,
                                     GValue         *value);
void        _gum_field_clear        (const GumField *field,
                                     gpointer        member);

G_END_DECLS
