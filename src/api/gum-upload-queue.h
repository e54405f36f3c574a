/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-upload.h"

G_BEGIN_DECLS

#define GUM_TYPE_UPLOAD_QUEUE (gum_upload_queue_get_type ())
G_DECLARE_FINAL_TYPE (GumUploadQueue, gum_upload_queue, GUM, UPLOAD_QUEUE, GObject)   /* implements GListModel of GumUpload */

GumUploadQueue *gum_upload_queue_new               (void);
void            gum_upload_queue_add               (GumUploadQueue       *self,
                                                    GumUpload            *upload);
void            gum_upload_queue_clear             (GumUploadQueue       *self);
void            gum_upload_queue_cancel_all_async  (GumUploadQueue       *self,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean        gum_upload_queue_cancel_all_finish (GumUploadQueue       *self,
                                                    GAsyncResult         *result);

/* Properties (all notify): "active", "sent", "total". */
guint           gum_upload_queue_get_active        (GumUploadQueue       *self);
guint64         gum_upload_queue_get_sent          (GumUploadQueue       *self);
guint64         gum_upload_queue_get_total         (GumUploadQueue       *self);

G_END_DECLS
