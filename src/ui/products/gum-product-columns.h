/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In reading order. */
typedef enum {
  GUM_COLUMN_PICTURE,
  GUM_COLUMN_NAME,
  GUM_COLUMN_PRICE,
  GUM_COLUMN_STATE,
  GUM_COLUMN_SALES,
  GUM_COLUMN_REVENUE,
  GUM_COLUMN_KIND,
  GUM_COLUMN_TAGS,
} GumColumn;

#define GUM_N_COLUMNS (GUM_COLUMN_TAGS + 1)

typedef struct {
  int x;          /* from the start edge, before mirroring */
  int width;      /* 0: there is no room for it */
} GumColumnSpan;

/* FALSE: @width is too narrow for a table, rows of two lines it is. */
gboolean gum_product_columns_lay_out (int            width,
                                      int            unit,
                                      GumColumnSpan  spans[GUM_N_COLUMNS]);
/* The width of a digit in @widget's font: what columns are measured in. */
int      gum_product_columns_get_unit (GtkWidget    *widget);
/* The height of a line of text in it. */
int      gum_product_columns_get_line (GtkWidget    *widget);
/* For a text in it, which ends where there is no more room. */
PangoLayout *gum_product_columns_new_layout (GtkWidget *widget);
gboolean gum_product_columns_is_number (GumColumn    column);
/* Gives @child its place, mirrored in right-to-left; a zero width hides it. */
void     gum_product_columns_place   (GtkWidget     *parent,
                                      GtkWidget     *child,
                                      int            x,
                                      int            y,
                                      int            width,
                                      int            height);

G_END_DECLS
