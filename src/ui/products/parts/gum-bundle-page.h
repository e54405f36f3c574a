/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-subpage.h"

G_BEGIN_DECLS

#define GUM_TYPE_BUNDLE_PAGE (gum_bundle_page_get_type ())
G_DECLARE_FINAL_TYPE (GumBundlePage, gum_bundle_page, GUM, BUNDLE_PAGE, GumSubpage)

/* contract: the products of a bundle, to add, remove and order. Each change is sent at once, with Undo. Action
 * "bundle.add". */
gboolean gum_bundle_page_is_busy (GumBundlePage *self);
void     gum_bundle_page_add     (GumBundlePage *self,
                                  const char    *product_id);

G_END_DECLS
