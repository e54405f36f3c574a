/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-accounts.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_ACCOUNT_SWITCHER (gum_account_switcher_get_type ())
G_DECLARE_FINAL_TYPE (GumAccountSwitcher, gum_account_switcher, GUM, ACCOUNT_SWITCHER, AdwBin)

/* Whose shop is shown, and a popover to show another one. Activates win.account, win.add-account and win.sign-out. */
void gum_account_switcher_set_accounts (GumAccountSwitcher *self,
                                        GumAccounts        *accounts);
void gum_account_switcher_set_shop     (GumAccountSwitcher *self,
                                        GumShop            *shop);

G_END_DECLS
