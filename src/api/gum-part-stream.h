/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-upload-private.h"

G_BEGIN_DECLS

#define GUM_TYPE_PART_STREAM (gum_part_stream_get_type ())
G_DECLARE_FINAL_TYPE (GumPartStream, gum_part_stream, GUM, PART_STREAM, GInputStream)

GInputStream *_gum_part_stream_new (GumUploadSource *source,
                                    guint64          offset,
                                    guint64          length);

G_END_DECLS
