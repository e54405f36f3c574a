/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a seller creates applications, and where those that were let in are listed. */
#define GUM_LAUNCH_SETTINGS_URL "https://gumroad.com/settings/advanced"
#define GUM_LAUNCH_AUTHORIZED_URL "https://gumroad.com/settings/authorized_applications"

/* Opens an address in the system's browser. Success means that something was started, not that it shows the page. */
void      gum_launch_async  (GtkWidget            *widget,
                             const char           *uri,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
gboolean  gum_launch_finish (GAsyncResult         *result,
                             GError              **error);

/* The same, where a toast with the address copied is enough of an answer to a failure. */
void      gum_launch_or_copy (GtkWidget           *widget,
                              const char          *uri);

/* Puts @text on the clipboard, and says so in a toast. */
void      gum_launch_copy    (GtkWidget           *widget,
                              const char          *text,
                              const char          *toast);

G_END_DECLS
