/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-field.h"
#include "gum-subpage.h"

G_BEGIN_DECLS

#define GUM_TYPE_PRODUCT_FORM (gum_product_form_get_type ())
G_DECLARE_FINAL_TYPE (GumProductForm, gum_product_form, GUM, PRODUCT_FORM, GumSubpage)

/* contract: the form of a product. What is typed is in the product's draft, which survives everything; it goes to
 * Gumroad when "form.save" is activated, and not before. */
GumDraft     *gum_product_form_get_draft  (GumProductForm *self);
GumFormField *gum_product_form_find_field (GumProductForm *self,
                                           const char     *key);
gboolean      gum_product_form_is_saving  (GumProductForm *self);
/* What is said above the fields, or NULL. */
const char   *gum_product_form_get_notice (GumProductForm *self);

G_END_DECLS
