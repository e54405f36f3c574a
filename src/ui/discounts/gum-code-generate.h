/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_CODE_GENERATE (gum_code_generate_get_type ())
G_DECLARE_FINAL_TYPE (GumCodeGenerate, gum_code_generate, GUM, CODE_GENERATE, GumFormWindow)

/* Many codes at once. */
GtkWidget *gum_code_generate_new (GumStore   *store,
                                  const char *product_id);

G_END_DECLS
