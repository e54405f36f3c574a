/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-drafts.h"

G_BEGIN_DECLS

#define GUM_TYPE_DRAFT_LINE (gum_draft_line_get_type ())
G_DECLARE_FINAL_TYPE (GumDraftLine, gum_draft_line, GUM, DRAFT_LINE, GtkListBoxRow)

/* contract: a draft as a row: whose it is, what was changed and when; Discard, which can be undone. Activating it is left
 * to the list. */
GtkWidget *gum_draft_line_new       (GumStore     *store,
                                     GumDraft     *draft);
GumDraft  *gum_draft_line_get_draft (GumDraftLine *self);

G_END_DECLS
