/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the pane share, and nobody else sees. */

#include "gum-records-pane.h"

#include "gum-status.h"

G_BEGIN_DECLS

struct _GumRecordsPane
{
  AdwBin                parent_instance;

  /* owned */
  GumShop              *shop;
  GumRecords           *records;
  GtkFilterListModel   *shown;
  GtkSingleSelection   *selection;
  GtkCustomFilter      *filter;
  GSimpleActionGroup   *actions;
  char                 *search;        /* folded; NULL: everything */
  char                 *product;       /* the id; NULL: of any product */
  char                 *selected;      /* the id that stays selected */

  /* template */
  AdwHeaderBar         *header;
  AdwWindowTitle       *title;
  GtkWidget            *sections_button;
  GtkWidget            *new_button;
  GtkWidget            *search_button;
  GtkWidget            *main_menu;
  GtkWidget            *refresh_button;
  GtkMenuButton        *menu_button;
  AdwBin               *banner_slot;
  GtkSearchBar         *search_bar;
  GtkSearchEntry       *search_entry;
  GtkWidget            *chips_scroller;
  GtkBox               *chips;
  GtkButton            *product_chip;
  GtkWidget            *progress_box;
  GtkProgressBar       *progress;
  GtkWidget            *notice;
  GtkLabel             *notice_label;
  GtkStack             *stack;
  GtkListView          *view;
  GumStatus            *status;

  const GumRecordsLook *look;
  guint                 chip;
  guint                 age_timer;
  gboolean              selecting;     /* by us, not by the person */
};

/* gum-records-state.c: what stands in the list's place, and the texts around it. */
void _gum_records_pane_update       (GumRecordsPane *self);
void _gum_records_pane_update_title (GumRecordsPane *self);

G_END_DECLS
