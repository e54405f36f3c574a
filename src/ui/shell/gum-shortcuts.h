/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The shortcuts window, made from the table of accelerators. */
GtkWidget *gum_shortcuts_new     (void);
void       gum_shortcuts_present (GtkWindow *parent);

G_END_DECLS
