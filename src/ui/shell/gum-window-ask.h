/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-window.h"

G_BEGIN_DECLS

typedef void (* GumWindowThen) (GumWindow *self,
                                gpointer   object);

/* Before the window lets go of a sign-in that waits for the browser, or of a shop whose files are on their way:
 * asks, and calls @then with @object (a GObject, nullable) if the person agrees, by a button that says @verb.
 * Returns: whether it asks; FALSE: nothing would be lost, so go on. */
gboolean gum_window_ask_to_stop_sign_in (GumWindow     *self,
                                         const char    *verb,
                                         GumWindowThen  then,
                                         gpointer       object);
gboolean gum_window_ask_to_stop_uploads (GumWindow     *self,
                                         const char    *verb,
                                         GumWindowThen  then,
                                         gpointer       object);
gboolean gum_window_is_signing_in       (GumWindow     *self);

G_END_DECLS
