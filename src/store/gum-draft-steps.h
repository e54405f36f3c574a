/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What can be undone of a draft, and done again. Private to the store. */
typedef struct _GumDraftSteps GumDraftSteps;

GumDraftSteps *gum_draft_steps_new      (void);
void           gum_draft_steps_free     (GumDraftSteps *self);
void           gum_draft_steps_clear    (GumDraftSteps *self);
/* A value was @from and is @to; NULL: as Gumroad has it. */
void           gum_draft_steps_remember (GumDraftSteps *self,
                                         const char    *key,
                                         JsonNode      *from,
                                         JsonNode      *to);
/* What comes next is a step of its own. */
void           gum_draft_steps_end      (GumDraftSteps *self);
gboolean       gum_draft_steps_can_go   (GumDraftSteps *self,
                                         gboolean       forward);
/* Tells what @key is now, which belongs to the steps, as @value does; FALSE: there is no step there. */
gboolean       gum_draft_steps_go       (GumDraftSteps *self,
                                         gboolean       forward,
                                         const char   **key,
                                         JsonNode     **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumDraftSteps, gum_draft_steps_free)

G_END_DECLS
