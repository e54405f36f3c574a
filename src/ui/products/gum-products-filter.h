/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-query.h"

G_BEGIN_DECLS

/* What is asked of the list, apart from what is searched for. */
typedef struct {
  GumSort        sort;
  gboolean       descending;
  GumFilterState state;
  GumFilterKind  kind;
} GumProductsFilter;

const char *gum_filter_state_get_name   (GumFilterState  state);
gboolean    gum_filter_state_from_name  (const char     *name,
                                         GumFilterState *state);
const char *gum_filter_state_get_label  (GumFilterState  state);
const char *gum_filter_kind_get_name    (GumFilterKind   kind);
gboolean    gum_filter_kind_from_name   (const char     *name,
                                         GumFilterKind  *kind);
const char *gum_filter_kind_get_label   (GumFilterKind   kind);

/* Whether it hides anything. */
gboolean    gum_products_filter_is_on       (const GumProductsFilter *filter);
/* "No draft memberships": a whole sentence for what the filters hide. */
const char *gum_products_filter_get_nothing (const GumProductsFilter *filter);
/* What a filter looks like while it is on; a press takes it away. */
void        gum_products_filter_show_chip   (GtkButton               *chip,
                                             const char              *label,
                                             gboolean                 on);
/* Big numbers and new things are what one looks for first; names run from A. */
gboolean    gum_sort_is_descending_first (GumSort sort);

GMenuModel *gum_products_filter_new_menu (void);

G_END_DECLS
