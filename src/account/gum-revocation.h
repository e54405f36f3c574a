/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-credentials.h"
#include "gum-oauth.h"

G_BEGIN_DECLS

/* The tokens of accounts that are gone, still to be revoked. */
typedef struct _GumRevocations GumRevocations;

GumRevocations *gum_revocations_new    (void);
void            gum_revocations_free   (GumRevocations       *self);
void            gum_revocations_add    (GumRevocations       *self,
                                        GumOAuth             *oauth,
                                        const GumCredentials *credentials,
                                        const GError         *error);
void            gum_revocations_drop   (GumRevocations       *self,
                                        const char           *access_token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRevocations, gum_revocations_free)

/* For tests. */
guint           gum_revocations_get_n  (GumRevocations       *self);
void            gum_revocations_set_wait (guint               milliseconds);

G_END_DECLS
