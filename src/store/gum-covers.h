/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-artwork.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_COVERS (gum_covers_get_type ())
G_DECLARE_FINAL_TYPE (GumCovers, gum_covers, GUM, COVERS, GObject)

GumCovers *gum_covers_new                 (GumStore              *store,
                                           GumProduct            *product);
GPtrArray *gum_covers_dup_list            (GumCovers             *self);
gboolean   gum_covers_is_busy             (GumCovers             *self);
gboolean   gum_covers_check_room          (GumCovers             *self,
                                           GError               **error);

void       gum_covers_move                (GumCovers             *self,
                                           const char            *id,
                                           guint                  position);
void       gum_covers_remove              (GumCovers             *self,
                                           const char            *id);
gboolean   gum_covers_restore             (GumCovers             *self,
                                           const char            *id);
void       gum_covers_commit              (GumCovers             *self,
                                           const char            *id);
void       gum_covers_flush               (GumCovers             *self);

void       gum_covers_add_async           (GumCovers             *self,
                                           GumArtwork            *artwork,
                                           gboolean               as_thumbnail,
                                           GFileProgressCallback  progress,
                                           gpointer               progress_data,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
void       gum_covers_add_address_async   (GumCovers             *self,
                                           const char            *address,
                                           gboolean               as_thumbnail,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
void       gum_covers_remove_thumbnail_async (GumCovers           *self,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean   gum_covers_finish              (GumCovers             *self,
                                           GAsyncResult          *result,
                                           GError               **error);

G_END_DECLS
