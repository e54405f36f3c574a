/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product.h"

G_BEGIN_DECLS

/* contract: what is in a bundle, changed: each function returns all of the contents anew, as they are sent, and leaves the
 * product alone. */
JsonArray *gum_bundle_contents_get   (GumProduct *product);                /* (transfer full) as they are */
JsonArray *gum_bundle_contents_add   (GumProduct *product,
                                      const char *product_id);
JsonArray *gum_bundle_contents_drop  (GumProduct *product,
                                      guint       position);
JsonArray *gum_bundle_contents_move  (GumProduct *product,
                                      guint       from,
                                      guint       to);
/* @variant_id: NULL: no certain one. */
JsonArray *gum_bundle_contents_set   (GumProduct *product,
                                      guint       position,
                                      const char *variant_id,
                                      gint64      quantity);
gboolean   gum_bundle_contents_has   (GumProduct *product,
                                      const char *product_id);

G_END_DECLS
