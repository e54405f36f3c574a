/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-accounts.h"
#include "gum-revocation.h"

G_BEGIN_DECLS

/* What the sign-in, and the files that load the accounts and sign them out, need of the list. */

void                gum_accounts_append         (GumAccounts *self,
                                                 GumAccount  *account);
void                gum_accounts_remove         (GumAccounts *self,
                                                 GumAccount  *account);
GPtrArray          *gum_accounts_get_all        (GumAccounts *self);
const char * const *gum_accounts_get_forgotten  (GumAccounts *self);
void                gum_accounts_set_forgotten  (GumAccounts *self,
                                                 const char  *id,
                                                 gboolean     forgotten);
GumRevocations     *gum_accounts_get_revocations (GumAccounts *self);
void                gum_accounts_set_unfinished (GumAccounts *self,
                                                 gboolean     unfinished);

G_END_DECLS
