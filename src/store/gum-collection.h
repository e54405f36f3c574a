/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_COLLECTION (gum_collection_get_type ())
G_DECLARE_FINAL_TYPE (GumCollection, gum_collection, GUM, COLLECTION, GObject)

GumCollection *gum_store_dup_collection   (GumStore          *self,
                                           const GumEndpoint *endpoint,
                                           const char        *parent_path);

void           gum_collection_read        (GumCollection     *self);
void           gum_collection_read_more   (GumCollection     *self);
void           gum_collection_stop        (GumCollection     *self);
gboolean       gum_collection_is_loading  (GumCollection     *self);
gboolean       gum_collection_is_known    (GumCollection     *self);
gboolean       gum_collection_has_more    (GumCollection     *self);
const GError  *gum_collection_get_error   (GumCollection     *self);

G_END_DECLS
