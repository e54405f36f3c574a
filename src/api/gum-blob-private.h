/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-blob.h"

G_BEGIN_DECLS

/* Where the bytes of a blob go. The address and the headers are as good as secrets. */
typedef struct {
  GumBlob   *blob;
  char      *address;
  GPtrArray *headers;      /* char *: a name, its value, the next name … */
} GumBlobPlace;

GumBlobPlace *_gum_blob_place_parse (JsonObject    *answer,
                                     GError       **error);
void          _gum_blob_place_free  (GumBlobPlace  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumBlobPlace, _gum_blob_place_free)

G_END_DECLS
