/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the store. For any thread. */
GdkPixbuf *gum_picture_decode    (GBytes        *bytes,
                                  int            width,
                                  int            height,
                                  gboolean       cover,
                                  GCancellable  *cancellable,
                                  GError       **error);
GdkPixbuf *gum_picture_decode_as (GBytes        *bytes,
                                  const char    *media_type,
                                  int            width,
                                  int            height,
                                  gboolean       cover,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
