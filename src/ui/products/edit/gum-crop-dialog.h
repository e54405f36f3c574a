/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-artwork.h"

G_BEGIN_DECLS

#define GUM_TYPE_CROP_DIALOG (gum_crop_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GumCropDialog, gum_crop_dialog, GUM, CROP_DIALOG, AdwWindow)

/* contract: which square of a picture becomes the thumbnail. Signal "done" (gboolean): whether one was chosen; comes
 * once, however it is closed. */
GtkWidget *gum_crop_dialog_new     (GtkWindow     *parent,      /* nullable */
                                    GumArtwork    *artwork);
/* In the picture's own pixels. */
void       gum_crop_dialog_get     (GumCropDialog *self,
                                    int           *x,
                                    int           *y,
                                    int           *side);

G_END_DECLS
