/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-account.h"
#include "gum-pictures.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_SHOP (gum_shop_get_type ())
G_DECLARE_FINAL_TYPE (GumShop, gum_shop, GUM, SHOP, GObject)

/* contract: an account with its ledger and pictures: what a window shows. Sections get one and bind to it.
 * Properties (notify): "account", "store" (nullable while the ledger cannot be opened, or is being erased), "pictures",
 * "error" (GError boxed: why there is no ledger), "online" (GNetworkMonitor), "metered", "portal" (the network
 * asks to be signed in to first). */
GumShop      *gum_shop_new          (GumAccount *account);   /* directories follow from the account's id */
GumAccount   *gum_shop_get_account  (GumShop    *self);
GumStore     *gum_shop_get_store    (GumShop    *self);      /* nullable */
GumPictures  *gum_shop_get_pictures (GumShop    *self);
const GError *gum_shop_get_error    (GumShop    *self);
gboolean      gum_shop_is_online    (GumShop    *self);
gboolean      gum_shop_is_portal    (GumShop    *self);

/* Whether something can be sent to Gumroad now. If not, @title and @reason (nullable, out, static) say why. */
gboolean      gum_shop_may_write    (GumShop     *self,
                                     const char **title,
                                     const char **reason);

/* Whether what costs (pictures, reading again by itself) is done on a metered connection too. */
/* Nothing is to be fetched that was not asked for. */
gboolean      gum_shop_is_sparing   (GumShop    *self);
/* What is known of the way to Gumroad; the network monitor says it in its time. */
void          gum_shop_set_network  (GumShop    *self,
                                     gboolean    online,
                                     gboolean    metered,
                                     gboolean    portal);
void          gum_shop_set_use_metered (GumShop *self,
                                        gboolean use_metered);

/* Signed in, online and not yet busy: starts gum_store_sync_async; otherwise does nothing. */
void          gum_shop_refresh      (GumShop    *self);
/* The same, if the ledger is older than @seconds and the connection is not one to spare. */
void          gum_shop_refresh_if_older (GumShop *self,
                                         guint    seconds);
/* Begins to ask how the network is. Not done by gum_shop_new(): asking costs a round trip over D-Bus. */
void          gum_shop_watch_network (GumShop   *self);
/* Tries again to open the ledger. */
void          gum_shop_reopen       (GumShop    *self);
void          gum_shop_try_again    (GumShop    *self);
/* Ends syncs and closes the ledger. */
void          gum_shop_close        (GumShop    *self);

G_END_DECLS
