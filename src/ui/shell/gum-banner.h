/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_BANNER (gum_banner_get_type ())
G_DECLARE_FINAL_TYPE (GumBanner, gum_banner, GUM, BANNER, AdwBin)

/* The one most important thing to know about a shop just now, with what can be done about it. */
GtkWidget  *gum_banner_new      (void);
void        gum_banner_set_shop (GumBanner *self,
                                 GumShop   *shop);    /* nullable */
/* What it says, or NULL while there is nothing to say. */
const char *gum_banner_get_text (GumBanner *self);

G_END_DECLS
