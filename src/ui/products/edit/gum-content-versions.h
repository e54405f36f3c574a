/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_CONTENT_VERSIONS (gum_content_versions_get_type ())
G_DECLARE_FINAL_TYPE (GumContentVersions, gum_content_versions, GUM, CONTENT_VERSIONS, AdwBin)

/* contract: whose content is edited: that of all, or that of a version. Nothing is to be seen of a product without
 * versions. Signal "changed": the key is another. */
GtkWidget  *gum_content_versions_new     (GumShop            *shop,
                                          GumProduct         *product);
/* Once more, where that can be. */
void        gum_content_versions_read    (GumContentVersions *self);
/* The key of the draft; NULL: the versions are not known yet, or there are none. */
const char *gum_content_versions_get_key (GumContentVersions *self);
void        gum_content_versions_choose  (GumContentVersions *self,
                                          const char         *key);

G_END_DECLS
