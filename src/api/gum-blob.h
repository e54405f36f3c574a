/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"

G_BEGIN_DECLS

/**
 * GumBlob:
 * @signed_id: what covers, thumbnails and media take as `signed_blob_id`
 * @key: how the storage calls it, which is a part of its later address
 *
 * Bytes that Gumroad's storage has, and that nothing refers to yet. Neither may be logged.
 */
typedef struct {
  char *signed_id;
  char *key;
} GumBlob;

void     gum_blob_free                 (GumBlob              *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumBlob, gum_blob_free)

void     gum_client_upload_blob_async  (GumClient            *self,
                                        GBytes               *bytes,
                                        const char           *filename,
                                        const char           *content_type,
                                        const char           *purpose,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
void     gum_client_upload_blob_with_progress_async (GumClient             *self,
                                                    GBytes                *bytes,
                                                    const char            *filename,
                                                    const char            *content_type,
                                                    const char            *purpose,
                                                    GFileProgressCallback  progress,
                                                    gpointer               progress_data,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
GumBlob *gum_client_upload_blob_finish (GumClient            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
