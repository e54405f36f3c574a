/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-field-private.h"
#include "gum-resource.h"

G_BEGIN_DECLS

GumResource *_gum_resource_decode  (GType        type,
                                    JsonObject  *json,
                                    GumDecoding *decoding);
void         _gum_resource_replace (GumResource *self,
                                    JsonObject  *json,
                                    GumDecoding *decoding);
gboolean     _gum_resource_splice  (GListStore **store,
                                    GType        type,
                                    JsonArray   *array,
                                    GumDecoding *decoding);

G_END_DECLS
