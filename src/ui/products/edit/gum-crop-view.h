/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-artwork.h"

G_BEGIN_DECLS

#define GUM_TYPE_CROP_VIEW (gum_crop_view_get_type ())
G_DECLARE_FINAL_TYPE (GumCropView, gum_crop_view, GUM, CROP_VIEW, GtkWidget)

/* contract: a picture with a square that can be moved, by mouse and by arrow keys. */
GtkWidget *gum_crop_view_new      (GumArtwork  *artwork);
/* About the middle that it has. */
void       gum_crop_view_set_side (GumCropView *self,
                                   int          side);
void       gum_crop_view_get      (GumCropView *self,
                                   int         *x,
                                   int         *y,
                                   int         *side);

G_END_DECLS
