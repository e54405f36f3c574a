/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-form.h"

G_BEGIN_DECLS

#define GUM_TYPE_BUNDLE_ITEM_FORM (gum_bundle_item_form_get_type ())
G_DECLARE_FINAL_TYPE (GumBundleItemForm, gum_bundle_item_form, GUM, BUNDLE_ITEM_FORM, GumPartForm)

/* contract: how often a product is in a bundle, and in which version. It sends nothing: signal "chosen" (variant id,
 * nullable; quantity), after which it closes itself. */
GtkWidget *gum_bundle_item_form_new (GtkWidget     *parent,
                                     GumShop       *shop,
                                     GumProduct    *bundle,
                                     GumBundleItem *item,
                                     const char    *name);

G_END_DECLS
