/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"
#include "gum-variant.h"

G_BEGIN_DECLS

#define GUM_TYPE_VERSION_LIST (gum_version_list_get_type ())
G_DECLARE_FINAL_TYPE (GumVersionList, gum_version_list, GUM, VERSION_LIST, GObject)

/* contract: the versions of a product, of all its groups. Signal "changed". @store: NULL while the ledger is closed. */
GumVersionList     *gum_version_list_new          (GumStore       *store);
/* What is known of its versions is there at once; NULL: of none. */
void                gum_version_list_set_product  (GumVersionList *self,
                                                   const char     *product_id);
void                gum_version_list_read         (GumVersionList *self);
gboolean            gum_version_list_is_loading   (GumVersionList *self);
const GError       *gum_version_list_get_error    (GumVersionList *self);   /* nullable */
guint               gum_version_list_get_n_groups (GumVersionList *self);
guint               gum_version_list_get_length   (GumVersionList *self);
GumVariantCategory *gum_version_list_get_group    (GumVersionList *self,
                                                   guint           at);
GumVariant         *gum_version_list_get_version  (GumVersionList *self,
                                                   guint           at);
const char         *gum_version_list_get_id       (GumVersionList *self,
                                                   guint           at);
/* With that of its group where there are several. */
char               *gum_version_list_dup_name     (GumVersionList *self,
                                                   guint           at);
/* FALSE: it is not there, or not yet. */
gboolean            gum_version_list_find         (GumVersionList *self,
                                                   const char     *id,
                                                   guint          *at);

G_END_DECLS
