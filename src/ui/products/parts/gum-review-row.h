/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-review.h"

G_BEGIN_DECLS

#define GUM_TYPE_REVIEW_ROW (gum_review_row_get_type ())
G_DECLARE_FINAL_TYPE (GumReviewRow, gum_review_row, GUM, REVIEW_ROW, GtkWidget)

GtkWidget  *gum_review_row_new         (void);
/* NULL: none. */
void        gum_review_row_set_review  (GumReviewRow *self,
                                        GumReview    *review);
/* Everything that it shows, as one sentence. */
const char *gum_review_row_get_label   (GumReviewRow *self);

G_END_DECLS
