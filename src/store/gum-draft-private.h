/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-drafts.h"
#include "gum-write.h"

G_BEGIN_DECLS

/* A row of the table of drafts. */
typedef struct {
  char   *product_id;
  char   *label;
  char   *base;         /* JSON */
  char   *mine;         /* JSON; NULL: the draft is gone */
  gint64  changed;      /* seconds, UTC */
} GumDraftRow;

GumDraftRow *_gum_draft_dup_row       (GumDraft    *self);
void         _gum_draft_row_free      (GumDraftRow *row);
GumDraft    *_gum_draft_new           (GumDrafts   *drafts,
                                       const char  *product_id,
                                       const char  *label);
GumDraft    *_gum_draft_new_from_row  (GumDrafts   *drafts,
                                       GumDraftRow *row);
void         _gum_draft_take_over     (GumDraft    *self,
                                       GumDraft    *other);
void         _gum_draft_add           (GumDraft    *self,
                                       GumDraft    *other);
GumStore    *_gum_draft_get_store     (GumDraft    *self);
void         _gum_draft_set_theirs    (GumDraft    *self,
                                       JsonObject  *record);
void         _gum_draft_set_warning   (GumDraft    *self,
                                       const char  *warning);
void         _gum_draft_set_error     (GumDraft     *self,
                                       const GError *error);
void         _gum_draft_add_task      (GumDraft    *self,
                                       GTask       *task);
void         _gum_draft_forget_sent   (GumDraft    *self,
                                       JsonObject  *sent);
void         _gum_draft_take_saved    (GumDraft    *self,
                                       JsonObject  *sent,
                                       JsonObject  *record);

GumDrafts   *_gum_drafts_new          (GumStore    *store);
void         _gum_drafts_detach       (GumDrafts   *self);
void         _gum_drafts_flush        (GumDrafts   *self);
void         _gum_drafts_rewrite      (GumDrafts   *self);
GumStore    *_gum_drafts_get_store    (GumDrafts   *self);
void         _gum_drafts_take_write   (GumDrafts   *self,
                                       GumWrite    *write);
void         _gum_drafts_note         (GumDrafts   *self,
                                       GumDraft    *draft,
                                       gboolean     at_once);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumDraftRow, _gum_draft_row_free)

G_END_DECLS
