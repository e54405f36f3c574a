/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-window.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_ACCOUNT_FORM (gum_account_form_get_type ())
G_DECLARE_FINAL_TYPE (GumAccountForm, gum_account_form, GUM, ACCOUNT_FORM, GumFormWindow)

/* What belongs to the account and not to a product: GUM_RECORD_PROFILE or GUM_RECORD_POLICY. */
GtkWidget *gum_account_form_new (GumShop       *shop,
                                 GumRecordKind  kind);

G_END_DECLS
