/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-rich-buffer.h"

G_BEGIN_DECLS

typedef struct _GumRichHistory GumRichHistory;

/* What a text was. A state is an array of shared blocks, so it costs little to keep many. */
GumRichHistory *gum_rich_history_new      (void);
void            gum_rich_history_free     (GumRichHistory *self);
void            gum_rich_history_clear    (GumRichHistory *self);
/* (transfer full) for all texts. @before, with the cursor where it was, is what @change made into something else.
 * Returns: whether that is another thing to undo, and not more of the one before. */
gboolean        gum_rich_history_record   (GumRichHistory *self,
                                           GumRichText    *before,
                                           int             cursor,
                                           int             cursor_after,
                                           GumRichChange   change);
/* Gives the present, gets the past or the future; NULL if there is none, and then @now stays the caller's. */
GumRichText    *gum_rich_history_undo     (GumRichHistory *self,
                                           GumRichText    *now,
                                           int            *cursor);
GumRichText    *gum_rich_history_redo     (GumRichHistory *self,
                                           GumRichText    *now,
                                           int            *cursor);
gboolean        gum_rich_history_can_undo (GumRichHistory *self);
gboolean        gum_rich_history_can_redo (GumRichHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRichHistory, gum_rich_history_free)

G_END_DECLS
