/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUM_TYPE_HTML_VIEW (gum_html_view_get_type ())
G_DECLARE_FINAL_TYPE (GumHtmlView, gum_html_view, GUM, HTML_VIEW, GtkBox)

GtkWidget *gum_html_view_new      (void);
/* FALSE: there is nothing in it that a person would see. */
gboolean   gum_html_view_set_html (GumHtmlView *self,
                                   const char  *html);

G_END_DECLS
