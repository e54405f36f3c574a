/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-account-switcher.h"
#include "gum-sections.h"

G_BEGIN_DECLS

#define GUM_TYPE_SIDEBAR (gum_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (GumSidebar, gum_sidebar, GUM, SIDEBAR, AdwBin)

/* Signals: "selected" (const char *id): the section to show; "activated": a row was pressed, so that a
 * folded window goes on to it. Property "folded": the window buttons belong here. */
GumAccountSwitcher *gum_sidebar_get_switcher (GumSidebar *self);
const char         *gum_sidebar_get_selected (GumSidebar *self);
void                gum_sidebar_select       (GumSidebar *self,
                                              const char *section_id);
/* How many things of a section want to be seen to. */
void                gum_sidebar_set_n_attention (GumSidebar *self,
                                                 const char *section_id,
                                                 guint       n);

G_END_DECLS
