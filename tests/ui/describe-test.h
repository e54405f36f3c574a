/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For gum_test_describe_with(): every window, what it says and what has the keyboard. */
char *describe_windows (void);

G_END_DECLS
