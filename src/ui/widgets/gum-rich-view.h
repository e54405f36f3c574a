/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-pictures.h"
#include "gum-rich-buffer.h"

G_BEGIN_DECLS

#define GUM_TYPE_RICH_VIEW (gum_rich_view_get_type ())
G_DECLARE_FINAL_TYPE (GumRichView, gum_rich_view, GUM, RICH_VIEW, GtkTextView)

GumRichBuffer *gum_rich_view_get_buffer   (GumRichView *self);
void           gum_rich_view_set_pictures (GumRichView *self,
                                           GumPictures *pictures);

G_END_DECLS
