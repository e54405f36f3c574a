/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-page.h"

G_BEGIN_DECLS

#define GUM_TYPE_VERSIONS_PAGE (gum_versions_page_get_type ())
G_DECLARE_FINAL_TYPE (GumVersionsPage, gum_versions_page, GUM, VERSIONS_PAGE, GumPartPage)

/* contract: the versions or tiers of a product, to change. Actions "versions.add-group", "parts.retry". */

G_END_DECLS
