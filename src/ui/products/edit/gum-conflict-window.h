/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-draft.h"

G_BEGIN_DECLS

#define GUM_TYPE_CONFLICT_WINDOW (gum_conflict_window_get_type ())
G_DECLARE_FINAL_TYPE (GumConflictWindow, gum_conflict_window, GUM, CONFLICT_WINDOW, AdwWindow)

/* contract: what was changed here and at Gumroad, key for key, to decide which to keep. Nothing is decided until the button
 * is pressed; then the draft is resolved and "decided" emitted. NULL: @draft has met no conflict. */
GtkWidget *gum_conflict_window_new (GumDraft *draft);

G_END_DECLS
