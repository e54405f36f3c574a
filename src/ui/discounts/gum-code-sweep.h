/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_CODE_SWEEP (gum_code_sweep_get_type ())
G_DECLARE_FINAL_TYPE (GumCodeSweep, gum_code_sweep, GUM, CODE_SWEEP, GumFormWindow)

/* The codes that are used up, to be deleted. */
GtkWidget *gum_code_sweep_new   (GumStore     *store);
guint      gum_code_sweep_count (GumCodeSweep *self);

G_END_DECLS
