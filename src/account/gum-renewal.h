/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-credentials.h"
#include "gum-oauth.h"

G_BEGIN_DECLS

void            gum_renewal_run_async  (GumOAuth              *oauth,
                                        const GumCredentials  *credentials,
                                        const char            *account,
                                        const char            *user_id,
                                        const char            *label,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
GumCredentials *gum_renewal_run_finish (GumOAuth              *oauth,
                                        GAsyncResult          *result,
                                        gboolean              *kept,
                                        GError               **error);

void            gum_renewal_discard    (GumOAuth              *oauth,
                                        const GumCredentials  *credentials);

G_END_DECLS
