/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-record.h"
#include "gum-store.h"
#include "gum-write.h"

G_BEGIN_DECLS

#define GUM_TYPE_RECORDS (gum_records_get_type ())
G_DECLARE_FINAL_TYPE (GumRecords, gum_records, GUM, RECORDS, GObject)   /* GListModel of GumRecord */

GumRecords   *gum_store_get_records        (GumStore             *self,
                                            GumRecordKind         kind);

GumRecord    *gum_records_find             (GumRecords           *self,
                                            const char           *id);
GumRecord    *gum_records_get_only         (GumRecords           *self);

gboolean      gum_records_get_loaded       (GumRecords           *self);
gboolean      gum_records_get_syncing      (GumRecords           *self);
void          gum_records_get_progress     (GumRecords           *self,
                                            guint                *n_done,
                                            guint                *n_all);
const GError *gum_records_get_error        (GumRecords           *self);
GDateTime    *gum_records_get_last_synced  (GumRecords           *self);
void          gum_records_start_sync       (GumRecords           *self);
void          gum_records_stop_sync        (GumRecords           *self);

GumWrite     *gum_records_new_create       (GumRecords           *self,
                                            const char           *product_id,
                                            const char           *label,
                                            JsonObject           *body);
GumWrite     *gum_records_new_update       (GumRecords           *self,
                                            GumRecord            *record,
                                            const char           *label,
                                            JsonObject           *body);
GumWrite     *gum_records_new_delete       (GumRecords           *self,
                                            GumRecord            *record,
                                            const char           *label);
void          gum_records_write_async      (GumRecords           *self,
                                            GumWrite             *write,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean      gum_records_write_finish     (GumRecords           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
