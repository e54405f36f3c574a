/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_UPSELL_FORM (gum_upsell_form_get_type ())
G_DECLARE_FINAL_TYPE (GumUpsellForm, gum_upsell_form, GUM, UPSELL_FORM, GumFormWindow)

/* @record: what is changed; NULL: a new one. */
GtkWidget  *gum_upsell_form_new         (GumStore      *store,
                                         GumRecord     *record);
/* As if they were picked. */
void        gum_upsell_form_set_offered (GumUpsellForm *self,
                                         GumProduct    *product);
void        gum_upsell_form_add_product (GumUpsellForm *self,
                                         const char    *id,
                                         const char    *name);

G_END_DECLS
