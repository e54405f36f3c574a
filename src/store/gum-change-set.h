/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-change-row.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_CHANGE_SET (gum_change_set_get_type ())
G_DECLARE_FINAL_TYPE (GumChangeSet, gum_change_set, GUM, CHANGE_SET, GObject)   /* GListModel of
                                                                                  GumChangeRow */

GumChangeSet *gum_change_set_new             (GumStore             *store,
                                              GumBulk              *bulk,
                                              GArray               *rows);
GumBulk      *gum_change_set_get_bulk        (GumChangeSet         *self);
gboolean      gum_change_set_get_pending     (GumChangeSet         *self);
void          gum_change_set_get_progress    (GumChangeSet         *self,
                                              guint                *n_done,
                                              guint                *n_all);
void          gum_change_set_cancel          (GumChangeSet         *self);
const GError *gum_change_set_get_error       (GumChangeSet         *self);
guint         gum_change_set_get_n_ticked    (GumChangeSet         *self);
guint         gum_change_set_get_n_changes   (GumChangeSet         *self);
guint         gum_change_set_get_n_refused   (GumChangeSet         *self);
guint         gum_change_set_get_n_unchanged (GumChangeSet         *self);

void          gum_change_set_set_ticked      (GumChangeSet         *self,
                                              GumChangeRow         *row,
                                              gboolean              ticked);
void          gum_change_set_tick_all        (GumChangeSet         *self,
                                              gboolean              ticked);

void          gum_change_set_apply_async     (GumChangeSet         *self,
                                              const char           *label,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gint64        gum_change_set_apply_finish    (GumChangeSet         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
