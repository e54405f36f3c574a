/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_STORE (gum_store_get_type ())
G_DECLARE_FINAL_TYPE (GumStore, gum_store, GUM, STORE, GObject)

GumStore   *gum_store_new             (const char   *directory,
                                       const char   *account_id,
                                       GumClient    *client,
                                       GError      **error);
gboolean    gum_store_was_rebuilt     (GumStore     *self);

GumProduct *gum_store_dup_product     (GumStore     *self,
                                       const char   *id);

void        gum_store_refresh_product_async  (GumStore             *self,
                                              const char           *id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean    gum_store_refresh_product_finish (GumStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void        gum_store_sync_async      (GumStore             *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    gum_store_sync_finish     (GumStore             *self,
                                       GAsyncResult         *result,
                                       GError              **error);
gboolean      gum_store_get_syncing     (GumStore *self);
guint         gum_store_get_n_products  (GumStore *self);
GDateTime    *gum_store_get_last_synced (GumStore *self);
const GError *gum_store_get_sync_error  (GumStore *self);

gboolean    gum_store_is_closed       (GumStore     *self);
void        gum_store_close           (GumStore     *self);

void        gum_store_erase_async     (const char           *directory,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    gum_store_erase_finish    (GAsyncResult         *result,
                                       GError              **error);

gboolean     gum_store_is_busy             (GumStore             *self);
void         gum_store_finish_async        (GumStore             *self,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean     gum_store_finish_finish       (GumStore             *self,
                                            GAsyncResult         *result);

G_END_DECLS
