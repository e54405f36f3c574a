/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the store. For any thread. */
GBytes   *gum_picture_disk_read  (const char  *directory,
                                  const char  *uri);
void      gum_picture_disk_write (const char  *directory,
                                  const char  *uri,
                                  GBytes      *bytes,
                                  goffset      bound);
void      gum_picture_disk_drop  (const char  *directory,
                                  const char  *uri);
goffset   gum_picture_disk_trim  (const char  *directory,
                                  goffset      bound);

G_END_DECLS
