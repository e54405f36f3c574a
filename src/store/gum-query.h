/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_QUERY (gum_query_get_type ())
G_DECLARE_FINAL_TYPE (GumQuery, gum_query, GUM, QUERY, GObject)   /* GListModel of GumProduct */

typedef enum {
  GUM_SORT_NEWEST,    /* the order of Gumroad's list; descending: the oldest first */
  GUM_SORT_NAME,
  GUM_SORT_PRICE,
  GUM_SORT_SALES,
  GUM_SORT_REVENUE,
  GUM_SORT_STATE,
} GumSort;

typedef enum {
  GUM_FILTER_STATE_ALL,
  GUM_FILTER_STATE_PUBLISHED,
  GUM_FILTER_STATE_DRAFT,
} GumFilterState;

typedef enum {
  GUM_FILTER_KIND_ALL,
  GUM_FILTER_KIND_PRODUCT,
  GUM_FILTER_KIND_MEMBERSHIP,
  GUM_FILTER_KIND_BUNDLE,
  GUM_FILTER_KIND_PHYSICAL,
} GumFilterKind;

GumQuery       *gum_query_new         (GumStore       *store);

void            gum_query_set_search  (GumQuery       *self,
                                       const char     *text);      /* NULL or "": everything */
void            gum_query_set_sort    (GumQuery       *self,
                                       GumSort         sort,
                                       gboolean        descending);
void            gum_query_set_filter  (GumQuery       *self,
                                       GumFilterState  state,
                                       GumFilterKind   kind);
gboolean        gum_query_get_pending (GumQuery       *self);
const char     *gum_query_get_search  (GumQuery       *self);
guint           gum_query_find        (GumQuery       *self,
                                       const char     *id);
gint64          gum_query_get_row     (GumQuery       *self,
                                       guint           position);

G_END_DECLS
