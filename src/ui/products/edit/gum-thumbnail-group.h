/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-covers.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_THUMBNAIL_GROUP (gum_thumbnail_group_get_type ())
G_DECLARE_FINAL_TYPE (GumThumbnailGroup, gum_thumbnail_group, GUM, THUMBNAIL_GROUP, AdwPreferencesGroup)

/* contract: the thumbnail of a product, to be changed. Actions: thumbnail.choose, thumbnail.paste (Ctrl+V in here),
 * thumbnail.address, thumbnail.remove. Signal "failed" (GError *): it was not removed. */
GtkWidget *gum_thumbnail_group_new  (void);
/* Once. @covers: NULL while the ledger is closed. */
void       gum_thumbnail_group_show (GumThumbnailGroup *self,
                                     GumShop           *shop,
                                     GumProduct        *product,
                                     GumCovers         *covers);
/* What a drop or the clipboard holds: GdkFileList, GdkTexture or an address; FALSE: nothing that can be used. */
gboolean   gum_thumbnail_group_take (GumThumbnailGroup *self,
                                     const GValue      *value);

G_END_DECLS
