/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

/**
 * GumCategory:
 * @path: what is sent: `design/brushes`
 * @label: what a person reads: `Brushes`
 * @depth: 0: it belongs to no other
 *
 * A category of Gumroad's catalogue (`GET /categories`).
 */
typedef struct {
  char  *path;
  char  *label;
  guint  depth;
} GumCategory;

void       gum_store_read_categories_async  (GumStore             *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *gum_store_read_categories_finish (GumStore             *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
