/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers the resources of this library. Before the first widget of it, once a process (again does no harm). */
void gum_ui_init (void);

G_END_DECLS
