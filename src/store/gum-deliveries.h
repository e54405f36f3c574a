/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-delivery.h"

G_BEGIN_DECLS

#define GUM_TYPE_DELIVERIES (gum_deliveries_get_type ())
G_DECLARE_FINAL_TYPE (GumDeliveries, gum_deliveries, GUM, DELIVERIES, GObject)   /* implements GListModel of GumDelivery */

GumDeliveries *gum_store_get_deliveries     (GumStore      *self);

guint          gum_store_count_deliveries   (GumStore      *self);

GumDelivery   *gum_deliveries_add           (GumDeliveries *self,
                                             const char    *product_id,
                                             const char    *label,
                                             GFile         *file,
                                             const char    *replaces,
                                             const char    *name,
                                             const char    *version);
guint          gum_deliveries_get_n_active  (GumDeliveries *self);
gboolean       gum_deliveries_is_replacing  (GumDeliveries *self,
                                             const char    *product_id,
                                             const char    *file_id);
gboolean       gum_deliveries_may_clear     (GumDeliveries *self,
                                             const char    *product_id);
void           gum_deliveries_clear_done    (GumDeliveries *self,
                                             const char    *product_id);
char          *gum_deliveries_dup_file_url  (GumDeliveries *self,
                                             const char    *product_id,
                                             const char    *file_id);
char          *gum_deliveries_dup_description (GumDeliveries *self,
                                               const char    *product_id,
                                               const char    *file_id);

G_END_DECLS
