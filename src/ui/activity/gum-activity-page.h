/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-section.h"

G_BEGIN_DECLS

#define GUM_TYPE_ACTIVITY_PAGE (gum_activity_page_get_type ())
G_DECLARE_FINAL_TYPE (GumActivityPage, gum_activity_page, GUM, ACTIVITY_PAGE, GumSection)

G_END_DECLS
