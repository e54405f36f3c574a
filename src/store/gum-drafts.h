/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-draft.h"

G_BEGIN_DECLS

#define GUM_TYPE_DRAFTS (gum_drafts_get_type ())
G_DECLARE_FINAL_TYPE (GumDrafts, gum_drafts, GUM, DRAFTS, GObject)

GumDrafts *gum_store_get_drafts    (GumStore   *self);

GumDraft  *gum_drafts_dup_draft    (GumDrafts  *self,
                                    const char *product_id,
                                    const char *label);
GumDraft  *gum_drafts_find         (GumDrafts  *self,
                                    const char *product_id);

void       gum_drafts_take_over    (GumDrafts  *self,
                                    GumDrafts  *old);

G_END_DECLS
