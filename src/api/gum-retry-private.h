/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

guint    _gum_retry_count_attempts (const GError         *error);
double   _gum_retry_choose_backoff (guint                 attempts);
gboolean _gum_retry_may_pass       (const GError         *error);
void     _gum_retry_wait_async     (double                seconds,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean _gum_retry_wait_finish    (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
