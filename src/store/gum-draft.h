/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_DRAFT (gum_draft_get_type ())
G_DECLARE_FINAL_TYPE (GumDraft, gum_draft, GUM, DRAFT, GObject)

const char  *gum_draft_get_product_id   (GumDraft             *self);
const char  *gum_draft_get_label        (GumDraft             *self);
GDateTime   *gum_draft_dup_changed      (GumDraft             *self);
guint        gum_draft_get_n_changes    (GumDraft             *self);
char       **gum_draft_dup_keys         (GumDraft             *self);

JsonNode    *gum_draft_get_mine         (GumDraft             *self,
                                         const char           *key);
JsonNode    *gum_draft_get_base         (GumDraft             *self,
                                         const char           *key);
JsonNode    *gum_draft_dup_value        (GumDraft             *self,
                                         const char           *key,
                                         JsonObject           *record);
void         gum_draft_set_value        (GumDraft             *self,
                                         const char           *key,
                                         JsonNode             *value,
                                         JsonObject           *record);
void         gum_draft_discard          (GumDraft             *self);
JsonObject  *gum_draft_take_changes     (GumDraft             *self);
void         gum_draft_restore          (GumDraft             *self,
                                         JsonObject           *changes);

void         gum_draft_end_step         (GumDraft             *self);
gboolean     gum_draft_can_undo         (GumDraft             *self);
gboolean     gum_draft_can_redo         (GumDraft             *self);
void         gum_draft_undo             (GumDraft             *self);
void         gum_draft_redo             (GumDraft             *self);

char       **gum_draft_dup_conflicts    (GumDraft             *self,
                                         JsonObject           *record);
void         gum_draft_resolve          (GumDraft             *self,
                                         const char           *key,
                                         gboolean              keep_mine,
                                         JsonObject           *record);

void         gum_draft_save_async       (GumDraft             *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     gum_draft_save_finish      (GumDraft             *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         gum_draft_check_async      (GumDraft             *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     gum_draft_check_finish     (GumDraft             *self,
                                         GAsyncResult         *result,
                                         GError              **error);
gboolean     gum_draft_is_busy          (GumDraft             *self);
const GError *gum_draft_get_error       (GumDraft             *self);
JsonObject  *gum_draft_get_theirs       (GumDraft             *self);
const char  *gum_draft_get_warning      (GumDraft             *self);

G_END_DECLS
