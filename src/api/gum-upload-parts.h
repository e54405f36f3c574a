/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-upload-private.h"

G_BEGIN_DECLS

#define GUM_TYPE_UPLOAD_PARTS (gum_upload_parts_get_type ())
G_DECLARE_FINAL_TYPE (GumUploadParts, gum_upload_parts, GUM, UPLOAD_PARTS, GObject)

GumUploadParts *_gum_upload_parts_new            (GumUploadSource       *source,
                                                  GumUploadSession      *session,
                                                  const GumUploadTuning *tuning);
void            _gum_upload_parts_send_async     (GumUploadParts        *self,
                                                  GCancellable          *cancellable,
                                                  GAsyncReadyCallback    callback,
                                                  gpointer               user_data);
gboolean        _gum_upload_parts_send_finish    (GumUploadParts        *self,
                                                  GAsyncResult          *result,
                                                  GError               **error);
gboolean        _gum_upload_parts_want_addresses (GumUploadParts        *self);
gboolean        _gum_upload_parts_is_broken      (GumUploadParts        *self);
guint64         _gum_upload_parts_get_sent       (GumUploadParts        *self);
double          _gum_upload_parts_get_time_left  (GumUploadParts        *self);
guint64         _gum_upload_parts_get_ahead      (GumUploadParts        *self);
JsonArray      *_gum_upload_parts_to_json        (GumUploadParts        *self);

G_END_DECLS
