/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define GUM_TYPE_PICTURES (gum_pictures_get_type ())
G_DECLARE_FINAL_TYPE (GumPictures, gum_pictures, GUM, PICTURES, GObject)

GumPictures *gum_pictures_new         (const char           *directory,
                                       gboolean              allow_loopback);
void         gum_pictures_load_async  (GumPictures          *self,
                                       const char           *uri,
                                       int                   width,
                                       int                   height,
                                       gboolean              cover,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GdkPixbuf   *gum_pictures_load_finish (GumPictures          *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void         gum_pictures_set_online  (GumPictures          *self,
                                       gboolean              online);

G_END_DECLS
