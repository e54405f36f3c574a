/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-artwork.h"

G_BEGIN_DECLS

struct _GumArtwork
{
  GObject     parent_instance;

  /* owned */
  GBytes     *bytes;
  char       *name;
  char       *media_type;
  GdkPixbuf  *preview;       /* NULL: a film */

  /* plain */
  int         width;         /* as it is seen: a photograph may lie on its side */
  int         height;
  gboolean    is_film;
  gboolean    was_converted;
};

/* What the first bytes say. */
typedef struct {
  const char *media_type;
  const char *extension;      /* without a dot */
  gboolean    is_film;
  gboolean    is_taken;       /* by Gumroad, as it is */
} GumArtworkKind;

#define GUM_ARTWORK_HEAD        64
#define GUM_ARTWORK_MAX_PICTURE (50 * 1024 * 1024)

const GumArtworkKind *gum_artwork_tell_kind (const guint8  *data,
                                             gsize          size);
GBytes               *gum_artwork_read      (GFile         *file,
                                             GCancellable  *cancellable,
                                             GError       **error);

/* FALSE: the end is missing, as far as the beginning tells. @kind: of the same data. */
gboolean              gum_artwork_is_whole  (const GumArtworkKind *kind,
                                             const guint8  *data,
                                             gsize          size);
GumArtwork           *gum_artwork_make      (GBytes        *bytes,
                                             const char    *name,
                                             GCancellable  *cancellable,
                                             GError       **error);
GumArtwork           *gum_artwork_cut       (GumArtwork    *whole,
                                             int            x,
                                             int            y,
                                             int            side,
                                             GCancellable  *cancellable,
                                             GError       **error);

G_END_DECLS
