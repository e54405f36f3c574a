/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_PAGE (gum_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumPage, gum_page, GUM, PAGE, AdwBin)

/* contract: one section of the window. A page brings its own header bar(s). Properties: "shop" (construct only), "title",
 * "folded" (TRUE while the sidebar is hidden behind it: show a button with the action win.show-sections). */
struct _GumPageClass
{
  AdwBinClass parent_class;

  void     (* refresh)      (GumPage *self);   /* win.refresh */
  void     (* start_search) (GumPage *self);   /* win.search */
  gboolean (* go_back)      (GumPage *self);   /* Alt+Left, Escape: FALSE when there is nothing to go back from */
  char   * (* dup_place)    (GumPage *self);   /* what to restore next time, e.g. an open product's id; nullable */
  void     (* set_place)    (GumPage *self, const char *place);
};

GumShop    *gum_page_get_shop     (GumPage *self);
gboolean    gum_page_get_folded   (GumPage *self);
void        gum_page_refresh      (GumPage *self);
void        gum_page_start_search (GumPage *self);
gboolean    gum_page_go_back      (GumPage *self);
char       *gum_page_dup_place    (GumPage *self);
void        gum_page_set_place    (GumPage *self, const char *place);
/* Shows a toast in the window that holds @widget. */
void        gum_page_add_toast    (GtkWidget *widget, const char *text);

G_END_DECLS
