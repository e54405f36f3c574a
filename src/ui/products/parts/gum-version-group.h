/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-shop.h"
#include "gum-variant.h"
#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_VERSION_GROUP (gum_version_group_get_type ())
G_DECLARE_FINAL_TYPE (GumVersionGroup, gum_version_group, GUM, VERSION_GROUP, AdwBin)

/* contract: the versions of one group, to change. Reads them when it is made. Actions "versions.add", "versions.rename",
 * "versions.delete". */
GtkWidget *gum_version_group_new  (GumShop            *shop,
                                   GumProduct         *product,
                                   GumVariantCategory *category);
void       gum_version_group_read (GumVersionGroup    *self);

G_END_DECLS
