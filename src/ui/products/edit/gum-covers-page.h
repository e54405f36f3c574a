/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-subpage.h"
#include "gum-thumbnail-group.h"

G_BEGIN_DECLS

#define GUM_TYPE_COVERS_PAGE (gum_covers_page_get_type ())
G_DECLARE_FINAL_TYPE (GumCoversPage, gum_covers_page, GUM, COVERS_PAGE, GumSubpage)

/* contract: covers and thumbnail of a product, to be changed. Actions: covers.choose, covers.paste (Ctrl+V),
 * covers.address. */
GtkListBox *gum_covers_page_get_list        (GumCoversPage *self);
/* What a drop or the clipboard holds: GdkFileList, GdkTexture or an address; FALSE: nothing that can be used. */
gboolean    gum_covers_page_take            (GumCoversPage *self,
                                             const GValue  *value);
GumThumbnailGroup *
            gum_covers_page_get_thumbnail   (GumCoversPage *self);
const char *gum_covers_page_get_notice      (GumCoversPage *self);

G_END_DECLS
