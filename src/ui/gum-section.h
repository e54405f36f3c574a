/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_SECTION (gum_section_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumSection, gum_section, GUM, SECTION, AdwBin)

/* contract: one section of the window. It brings its own header bar(s). Properties: "shop" (construct only),
 * "title", "folded" (TRUE while the sidebar is hidden behind it: show a button with the action
 * win.show-sections). (Not GumPage: that is a page of an API collection, api/gum-client.h.) */
struct _GumSectionClass
{
  AdwBinClass parent_class;

  void     (* refresh)      (GumSection *self);   /* win.refresh */
  void     (* start_search) (GumSection *self);   /* win.search */
  void     (* create)       (GumSection *self);   /* win.create */
  gboolean (* go_back)      (GumSection *self);   /* Alt+Left, Escape: FALSE: nothing to go back from */
  char   * (* dup_place)    (GumSection *self);   /* what to restore next time; nullable */
  void     (* set_place)    (GumSection *self,
                             const char *place);
  AdwBin * (* get_banner_slot) (GumSection *self);   /* under its header bar; NULL: the window finds a place */
};

GumShop    *gum_section_get_shop     (GumSection *self);
const char *gum_section_get_title    (GumSection *self);
gboolean    gum_section_get_folded   (GumSection *self);
void        gum_section_set_folded   (GumSection *self,
                                      gboolean    folded);
void        gum_section_refresh      (GumSection *self);
void        gum_section_start_search (GumSection *self);
void        gum_section_create       (GumSection *self);
gboolean    gum_section_go_back      (GumSection *self);
char       *gum_section_dup_place    (GumSection *self);
void        gum_section_set_place    (GumSection *self,
                                      const char *place);
AdwBin     *gum_section_get_banner_slot (GumSection *self);   /* nullable */

/* Shows a toast in the window that holds @widget. */
void        gum_section_add_toast    (GtkWidget  *widget,
                                      const char *text);
/* The same with a button; connect to its signal "button-clicked". (transfer none) NULL: there is no such window. */
AdwToast   *gum_section_add_toast_with_button (GtkWidget  *widget,
                                               const char *text,
                                               const char *button);
/* The same, and it stays until it is dismissed; others are shown before it meanwhile. */
AdwToast   *gum_section_add_lasting_toast     (GtkWidget  *widget,
                                               const char *text,
                                               const char *button);
/* To the buttons of the toast that is shown, which stays as long as it has the focus. FALSE: there is none. */
gboolean    gum_section_focus_toast  (GtkWidget  *widget);

G_END_DECLS
