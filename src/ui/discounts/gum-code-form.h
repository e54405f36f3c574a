/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_CODE_FORM (gum_code_form_get_type ())
G_DECLARE_FINAL_TYPE (GumCodeForm, gum_code_form, GUM, CODE_FORM, GumFormWindow)

/* A new code; @product_id: the product that is chosen at first, nullable. */
GtkWidget *gum_code_form_new      (GumStore   *store,
                                   const char *product_id);
/* What can be changed of one that is there. */
GtkWidget *gum_code_form_new_edit (GumStore   *store,
                                   GumRecord  *record);

G_END_DECLS
