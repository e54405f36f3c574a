/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-rich-buffer.h"

G_BEGIN_DECLS

void gum_rich_copy        (GtkWidget     *view,
                           GumRichBuffer *buffer);
void gum_rich_cut         (GtkWidget     *view,
                           GumRichBuffer *buffer);
void gum_rich_paste       (GtkWidget     *view,
                           GumRichBuffer *buffer);
void gum_rich_paste_html  (GumRichBuffer *buffer,
                           const char    *html,
                           gssize         length);
void gum_rich_paste_plain (GumRichBuffer *buffer,
                           const char    *text);

G_END_DECLS
