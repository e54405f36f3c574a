/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reviews of a product, newest first, a hundred a page. Gumroad lists only those that have words, or a
 * video that the seller has approved. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-review.h"

#include "gum-endpoint.h"

struct _GumReviewResponse
{
  GumResource parent_instance;

  /* owned */
  char        *message;
  GDateTime   *created_at;
};

static const GumField gum_review_response_fields[] = {
  { "message", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReviewResponse, message) },
  { "created-at", GUM_FIELD_TIME, G_STRUCT_OFFSET (GumReviewResponse, created_at) },
};

G_DEFINE_FINAL_TYPE (GumReviewResponse, gum_review_response, GUM_TYPE_RESOURCE)

static void
gum_review_response_class_init (GumReviewResponseClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_review_response_fields,
                                     G_N_ELEMENTS (gum_review_response_fields));
}

static void
gum_review_response_init (GumReviewResponse *self)
{
}

struct _GumReview
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *message;
  char        *purchase_id;
  char        *rater_name;
  GDateTime   *created_at;
  GumResource *response;

  /* plain */
  gint64       rating;
};

static const GumField gum_review_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReview, id) },
  { "rating", GUM_FIELD_INT, G_STRUCT_OFFSET (GumReview, rating) },
  { "message", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReview, message) },
  { "created-at", GUM_FIELD_TIME, G_STRUCT_OFFSET (GumReview, created_at) },
  { "purchase-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReview, purchase_id) },
  { "rater-name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReview, rater_name) },
  { "response", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumReview, response),
    NULL, NULL, GUM_FIELD_NONE, gum_review_response_get_type },
};

G_DEFINE_FINAL_TYPE (GumReview, gum_review, GUM_TYPE_RESOURCE)

static void
gum_review_class_init (GumReviewClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_review_fields,
                                     G_N_ELEMENTS (gum_review_fields));
}

static void
gum_review_init (GumReview *self)
{
}

const GumEndpoint gum_review_endpoint = {
  .path = "reviews",
  .singular = "product_review",
  .plural = "product_reviews",
  .get_type = gum_review_get_type,
};
