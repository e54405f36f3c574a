/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-form.h"
#include "gum-variant.h"

G_BEGIN_DECLS

#define GUM_TYPE_VERSION_FORM (gum_version_form_get_type ())
G_DECLARE_FINAL_TYPE (GumVersionForm, gum_version_form, GUM, VERSION_FORM, GumPartForm)

/* contract: a version or tier to fill in. @category NULL: a new group with this as its first; @variant NULL: a new one. */
GtkWidget *gum_version_form_new (GtkWidget          *parent,
                                 GumShop            *shop,
                                 GumProduct         *product,
                                 GumVariantCategory *category,
                                 GumVariant         *variant);

G_END_DECLS
