/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-deliveries.h"
#include "gum-upload-queue.h"

G_BEGIN_DECLS

/* A row of the table of uploads. */
typedef struct {
  gint64            row;         /* 0: not in the table yet */
  char             *product_id;
  char             *label;
  char             *path;
  char             *replaces;    /* NULL: nothing */
  char             *name;        /* what buyers see, or NULL */
  GumDeliveryState  state;
  char             *url;         /* where Gumroad keeps it, once it does */
  char             *file_id;     /* what it is in the product, once it is */
  gboolean          delivered;
  gint64            created;     /* seconds, UTC */
  gint64            ended;
  char             *version;     /* see gum_file_change_set_version() */
  char             *description; /* below the name, or NULL */
} GumDeliveryRow;

GumDeliveryRow *_gum_delivery_row_copy      (const GumDeliveryRow *row);
void            _gum_delivery_row_free      (GumDeliveryRow       *row);

GumDelivery    *_gum_delivery_new           (GumDeliveries        *deliveries,
                                             GumDeliveryRow       *row);
void            _gum_delivery_start         (GumDelivery          *self);
GumDeliveryRow *_gum_delivery_get_row       (GumDelivery          *self);

GumDeliveries  *_gum_deliveries_new         (GumStore             *store);
void            _gum_deliveries_detach      (GumDeliveries        *self);
GumStore       *_gum_deliveries_get_store   (GumDeliveries        *self);
GumUploadQueue *_gum_deliveries_get_queue   (GumDeliveries        *self);
void            _gum_deliveries_rewrite     (GumDeliveries        *self);
void            _gum_deliveries_note        (GumDeliveries        *self,
                                             GumDelivery          *delivery);
void            _gum_deliveries_forget      (GumDeliveries        *self,
                                             GumDelivery          *delivery);
guint           _gum_deliveries_get_n_known (GumDeliveries        *self);
GumDelivery    *_gum_deliveries_get_known   (GumDeliveries        *self,
                                             guint                 i);
char           *_gum_deliveries_dup_heir    (GumDeliveries        *self,
                                             const GumDeliveryRow *row);
void            _gum_deliveries_describe    (GumDeliveries        *self,
                                             const char           *product_id,
                                             const char           *file_id,
                                             const char           *description);
void            _gum_deliveries_forget_url  (GumDeliveries        *self,
                                             const char           *product_id,
                                             const char           *file_id);

G_END_DECLS
