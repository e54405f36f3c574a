/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-page.h"

G_BEGIN_DECLS

#define GUM_TYPE_REVIEWS_PAGE (gum_reviews_page_get_type ())
G_DECLARE_FINAL_TYPE (GumReviewsPage, gum_reviews_page, GUM, REVIEWS_PAGE, GumPartPage)

/* contract: what buyers said of a product, to read. Further pages are read at the end of the list, or by the action
 * "reviews.more". */

G_END_DECLS
