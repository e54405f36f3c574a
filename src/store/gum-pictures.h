/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define GUM_TYPE_PICTURES (gum_pictures_get_type ())
G_DECLARE_FINAL_TYPE (GumPictures, gum_pictures, GUM, PICTURES, GObject)

/* contract: pictures by address, fetched without any token, kept on disk in @directory (mode 0700) up to a bound
 * (64 MiB, least recently used goes first), decoded off the main thread at the size asked for. Fetches
 * for the same address are joined; at most 4 at once, newest request first; a cancelled one that nobody else
 * wants is dropped. Plain http only if @allow_loopback. PNG, JPEG, GIF, WebP where a loader is there; no SVG. */
GumPictures *gum_pictures_new         (const char           *directory,
                                       gboolean              allow_loopback);

/* Scaled to cover @width × @height device pixels (centre crop) if @cover, else to fit within.
 * Never larger than asked for. Errors: GUM_ERROR_PICTURE, transport domains, cancelled. */
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
/* FALSE: only what is on disk is shown (metered connection, offline). */
void         gum_pictures_set_online  (GumPictures          *self,
                                       gboolean              online);

G_END_DECLS
