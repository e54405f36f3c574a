/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-covers.h"

G_BEGIN_DECLS

#define GUM_TYPE_COVER_UPLOAD (gum_cover_upload_get_type ())
G_DECLARE_FINAL_TYPE (GumCoverUpload, gum_cover_upload, GUM, COVER_UPLOAD, GtkListBoxRow)

/* contract: a picture on its way to become a cover or the thumbnail, as a row of a list: how far it is, a button that
 * cancels it, and why it failed. Signal "done": it has nothing more to say, and can go. */
GtkWidget  *gum_cover_upload_new           (GumCovers      *covers,
                                            gboolean        as_thumbnail);
/* One of these begins it; once. */
void        gum_cover_upload_begin_file    (GumCoverUpload *self,
                                            GFile          *file);
void        gum_cover_upload_begin_texture (GumCoverUpload *self,
                                            GdkTexture     *texture);
void        gum_cover_upload_begin_address (GumCoverUpload *self,
                                            const char     *address);
void        gum_cover_upload_cancel        (GumCoverUpload *self);
/* Why it failed, or NULL. */
const char *gum_cover_upload_get_failure   (GumCoverUpload *self);

/* Begins what @value holds, in rows of @list that go when they are done: files, of which a thumbnail takes the
 * first, a picture, or text that is an address. FALSE: nothing that can be used. */
gboolean    gum_cover_upload_take          (GtkListBox     *list,
                                            GumCovers      *covers,
                                            gboolean        as_thumbnail,
                                            const GValue   *value);

G_END_DECLS
