/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* For a page's template, once it is made: buttons and headings within @root wrap instead of being cut. */
void gum_wrap_words (GtkWidget *root);

G_END_DECLS
