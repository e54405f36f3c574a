/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the store: at @position of the list as it is by then, @removed rows go and the rows
 * [@first, @first + @added) of the new list come. */
typedef struct {
  guint position;
  guint removed;
  guint added;
  guint first;
} GumQueryEdit;

GArray *gum_query_diff (const gint64 *before,
                        guint         n_before,
                        const gint64 *after,
                        guint         n_after,
                        guint         max_edits);

G_END_DECLS
