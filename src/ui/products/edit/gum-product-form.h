/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-draft-page.h"
#include "gum-form-field.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_FORM (gum_product_form_get_type ())
G_DECLARE_FINAL_TYPE (GumProductForm, gum_product_form, GUM, PRODUCT_FORM, GumDraftPage)

/* contract: the form of a product. */
GumFormField *gum_product_form_find_field (GumProductForm *self,
                                           const char     *key);

G_END_DECLS
