/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-form.h"
#include "gum-variant.h"

G_BEGIN_DECLS

#define GUM_TYPE_TITLE_FORM (gum_title_form_get_type ())
G_DECLARE_FINAL_TYPE (GumTitleForm, gum_title_form, GUM, TITLE_FORM, GumPartForm)

/* contract: a new name for a group of versions. */
GtkWidget *gum_title_form_new (GtkWidget          *parent,
                               GumShop            *shop,
                               GumProduct         *product,
                               GumVariantCategory *category);

G_END_DECLS
