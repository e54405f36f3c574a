/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-file-change.h"
#include "gum-upload.h"

G_BEGIN_DECLS

/**
 * GumDeliveryState:
 * @GUM_DELIVERY_UPLOADING: waits for its turn, or is being sent
 * @GUM_DELIVERY_ATTACHING: Gumroad has the file, and the product is being changed
 * @GUM_DELIVERY_DONE: the product has the file
 * @GUM_DELIVERY_CANCELLED: given up on request; the product is as it was
 * @GUM_DELIVERY_FAILED: given up, for the reason in [method@Gum.Delivery.get_error]; the product is as it was
 * @GUM_DELIVERY_UNCLEAR: something was sent, and nobody heard what became of it
 *
 * How far a delivery is. The numbers are in ledgers: never change one.
 */
typedef enum {
  GUM_DELIVERY_UPLOADING = 0,
  GUM_DELIVERY_ATTACHING = 1,
  GUM_DELIVERY_DONE      = 2,
  GUM_DELIVERY_CANCELLED = 3,
  GUM_DELIVERY_FAILED    = 4,
  GUM_DELIVERY_UNCLEAR   = 5,
} GumDeliveryState;

#define GUM_TYPE_DELIVERY (gum_delivery_get_type ())
G_DECLARE_FINAL_TYPE (GumDelivery, gum_delivery, GUM, DELIVERY, GObject)

const char      *gum_delivery_get_product_id (GumDelivery *self);
const char      *gum_delivery_get_label      (GumDelivery *self);
GFile           *gum_delivery_get_file       (GumDelivery *self);
GumDeliveryState gum_delivery_get_state      (GumDelivery *self);
gboolean         gum_delivery_is_over        (GumDelivery *self);
gboolean         gum_delivery_is_uploaded    (GumDelivery *self);
GumUpload       *gum_delivery_get_upload     (GumDelivery *self);
gboolean         gum_delivery_is_delivered   (GumDelivery *self);
const GError    *gum_delivery_get_error      (GumDelivery *self);
gint64           gum_delivery_get_created    (GumDelivery *self);
gint64           gum_delivery_get_ended      (GumDelivery *self);
void             gum_delivery_cancel         (GumDelivery *self);
void             gum_delivery_retry          (GumDelivery *self);
void             gum_delivery_discard        (GumDelivery *self);

G_END_DECLS
