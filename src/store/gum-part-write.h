/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-journal.h"

G_BEGIN_DECLS

GumWrite *gum_write_new_category_create (const char *product_id,
                                         const char *title);
GumWrite *gum_write_new_category_rename (const char *product_id,
                                         const char *category_id,
                                         const char *title,
                                         const char *old_title);
GumWrite *gum_write_new_category_delete (const char *product_id,
                                         const char *category_id,
                                         const char *title);
GumWrite *gum_write_new_variant_create  (const char *product_id,
                                         const char *category_id,
                                         JsonObject *body);
GumWrite *gum_write_new_variant_update  (const char *product_id,
                                         const char *category_id,
                                         const char *variant_id,
                                         const char *label,
                                         JsonObject *body,
                                         JsonObject *before);
GumWrite *gum_write_new_variant_delete  (const char *product_id,
                                         const char *category_id,
                                         const char *variant_id,
                                         const char *label);

GumWrite *gum_write_new_question_create (const char *product_id,
                                         const char *name,
                                         const char *type,
                                         gboolean    required);
GumWrite *gum_write_new_question_update (const char *product_id,
                                         const char *name,
                                         gboolean    required);
GumWrite *gum_write_new_question_delete (const char *product_id,
                                         const char *name);

GumWrite *gum_write_new_bundle          (const char *product_id,
                                         const char *label,
                                         JsonArray  *contents,
                                         JsonArray  *before);
gboolean  gum_bundle_contents_equal     (JsonArray  *a,
                                         JsonArray  *b);

GumWrite *gum_write_new_opposite        (GumWrite   *write);

void      gum_journal_add_group_async   (GumJournal           *self,
                                         const char           *product_id,
                                         const char           *title,
                                         JsonObject           *first,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  gum_journal_add_group_finish  (GumJournal           *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
