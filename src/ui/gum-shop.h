/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-account.h"
#include "gum-pictures.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_SHOP (gum_shop_get_type ())
G_DECLARE_FINAL_TYPE (GumShop, gum_shop, GUM, SHOP, GObject)

/* contract: an account with its ledger and pictures: what a window shows. Pages get one and bind to it.
 * Properties (notify): "account", "store" (nullable while the ledger cannot be opened), "pictures", "error"
 * (GError boxed: why there is no ledger), "online" (GNetworkMonitor), "metered". */
GumShop      *gum_shop_new          (GumAccount *account);   /* directories follow from the account's id */
GumAccount   *gum_shop_get_account  (GumShop    *self);
GumStore     *gum_shop_get_store    (GumShop    *self);      /* nullable */
GumPictures  *gum_shop_get_pictures (GumShop    *self);
const GError *gum_shop_get_error    (GumShop    *self);
gboolean      gum_shop_is_online    (GumShop    *self);
/* Signed in, online and not yet busy: starts gum_store_sync_async; otherwise does nothing. */
void          gum_shop_refresh      (GumShop    *self);

G_END_DECLS
