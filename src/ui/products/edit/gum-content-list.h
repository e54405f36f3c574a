/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUM_TYPE_CONTENT_LIST (gum_content_list_get_type ())
G_DECLARE_FINAL_TYPE (GumContentList, gum_content_list, GUM, CONTENT_LIST, AdwBin)

/* contract: the titles of pages, one of them chosen. Menu, keys and dragging ask for what can be done with a page.
 * Signals: "chosen" (at), "move" (from, to), "remove" (at). */
GtkWidget *gum_content_list_new       (void);
void       gum_content_list_show      (GumContentList *self,
                                       JsonNode       *pages,
                                       guint           chosen);
/* What a page is called while its title is typed. */
void       gum_content_list_set_title (GumContentList *self,
                                       guint           at,
                                       const char     *title);
/* (transfer full) */
char      *gum_content_list_dup_title (JsonNode       *pages,
                                       guint           at);

G_END_DECLS
