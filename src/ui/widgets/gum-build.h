/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* contract: what is built in many places, and should look and be read out the same in all of them. */

/* @label is what a screen reader says, and the tooltip. @action: nullable. */
GtkWidget *gum_build_icon_button (const char *icon_name,
                                  const char *label,
                                  const char *action);
/* A text of one line or several, at the end of @box. @css_class: nullable. */
GtkLabel  *gum_build_add_label   (GtkWidget  *box,
                                  const char *css_class);
/* @window belongs to the one that it is put over: nothing else can be used there, and it ends with it. */
void       gum_build_belong      (GtkWindow  *window);

G_END_DECLS
