/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* contract: in the window that holds @widget, that the queue sends something now; a button leads to Activity. */
void gum_sent_toast_show (GtkWidget  *widget,
                          const char *text);

G_END_DECLS
