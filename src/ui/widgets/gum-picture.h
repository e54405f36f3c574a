/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-pictures.h"

G_BEGIN_DECLS

#define GUM_TYPE_PICTURE (gum_picture_get_type ())
G_DECLARE_FINAL_TYPE (GumPicture, gum_picture, GUM, PICTURE, GtkWidget)

GtkWidget  *gum_picture_new          (void);
void        gum_picture_set_pictures (GumPicture  *self,
                                      GumPictures *pictures);
/* @name picks the tint and the letter that stand in for the picture; NULL: the icon stands in. */
void        gum_picture_set_source   (GumPicture  *self,
                                      const char  *uri,
                                      const char  *name);
void        gum_picture_set_icon     (GumPicture  *self,
                                      const char  *icon_name);
void        gum_picture_set_size     (GumPicture  *self,
                                      int          width,
                                      int          height);
/* FALSE: the whole picture is shown, with room beside it. Default TRUE: it fills, and is cropped. */
void        gum_picture_set_cover    (GumPicture  *self,
                                      gboolean     cover);
/* A picture that says something: what it is. Without, it is decoration. */
void        gum_picture_set_meaning  (GumPicture  *self,
                                      const char  *label);
gboolean    gum_picture_is_loaded    (GumPicture  *self);

G_END_DECLS
