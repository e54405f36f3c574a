/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-query.h"

G_BEGIN_DECLS

#define GUM_TYPE_ROW_SELECTION (gum_row_selection_get_type ())
G_DECLARE_FINAL_TYPE (GumRowSelection, gum_row_selection, GUM, ROW_SELECTION, GObject)

/* A GtkSelectionModel of @model, which shows what the query lists, from its first row on. */
GumRowSelection *gum_row_selection_new            (GListModel      *model);
/* @query may be NULL. Nothing is selected then. */
void             gum_row_selection_set_query      (GumRowSelection *self,
                                                   GumQuery        *query);
/* This one and no other; GTK_INVALID_LIST_POSITION: none. */
void             gum_row_selection_select_only    (GumRowSelection *self,
                                                   guint            position);
/* Lets go of what the query does not list any more. */
void             gum_row_selection_keep_listed    (GumRowSelection *self);
guint            gum_row_selection_get_n_selected (GumRowSelection *self);
/* Transfer full: rows of the ledger (gint64), in the order of the list. */
GArray          *gum_row_selection_list           (GumRowSelection *self);

G_END_DECLS
