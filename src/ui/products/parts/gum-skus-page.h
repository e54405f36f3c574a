/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-page.h"

G_BEGIN_DECLS

#define GUM_TYPE_SKUS_PAGE (gum_skus_page_get_type ())
G_DECLARE_FINAL_TYPE (GumSkusPage, gum_skus_page, GUM, SKUS_PAGE, GumPartPage)

/* contract: the combinations of versions that are kept in stock, to read: they cannot be changed over the API. */

G_END_DECLS
