/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

/* What a buyer said of a product: GET /products/:id/reviews. It can only be read. */
#define GUM_TYPE_REVIEW (gum_review_get_type ())
G_DECLARE_FINAL_TYPE (GumReview, gum_review, GUM, REVIEW, GumResource)

/* What the seller answered. */
#define GUM_TYPE_REVIEW_RESPONSE (gum_review_response_get_type ())
G_DECLARE_FINAL_TYPE (GumReviewResponse, gum_review_response, GUM, REVIEW_RESPONSE, GumResource)

G_END_DECLS
