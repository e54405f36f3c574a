/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The ways in which a picture comes to a widget. Whatever comes, @take is called with it: a GdkFileList, a
 * GdkTexture, or text that may be an address; not when @owner has gone meanwhile. FALSE: it is nothing that
 * can be used. */
typedef gboolean (* GumPictureSourceTake) (GtkWidget    *owner,
                                           const GValue *value);

void     gum_picture_source_paste    (GtkWidget            *owner,
                                      GumPictureSourceTake  take);
/* @many: covers, of which there may be many, and films among them; else one picture. */
void     gum_picture_source_choose   (GtkWidget            *owner,
                                      const char           *title,
                                      gboolean              many,
                                      GumPictureSourceTake  take);
/* @label: what the address is of, for a screen reader. */
void     gum_picture_source_ask      (GtkWidget            *owner,
                                      const char           *words,
                                      const char           *label,
                                      GumPictureSourceTake  take);
/* What is dropped on @widget goes to @owner. */
void     gum_picture_source_add_drop (GtkWidget            *widget,
                                      GtkWidget            *owner,
                                      GumPictureSourceTake  take);

G_END_DECLS
