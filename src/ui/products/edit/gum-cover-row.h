/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-pictures.h"
#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_COVER_ROW (gum_cover_row_get_type ())
G_DECLARE_FINAL_TYPE (GumCoverRow, gum_cover_row, GUM, COVER_ROW, AdwActionRow)

/* contract: a cover in the list of those that can be moved and removed. Signals: "move" (id, position) when a cover is
 * to be at that place, be it this one or one that was dropped on it; "remove" (id). Actions: cover.up (Alt+Up),
 * cover.down (Alt+Down), cover.first, cover.remove (Delete). */
GtkWidget  *gum_cover_row_new    (GumPictures *pictures);
void        gum_cover_row_show   (GumCoverRow *self,
                                  GumCover    *cover,
                                  guint        position,
                                  guint        n_covers);
const char *gum_cover_row_get_id (GumCoverRow *self);

G_END_DECLS
