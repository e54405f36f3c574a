/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folders of the program, and those of one account. All (transfer full). */
char     *gum_paths_dup_data     (const char *account_id);   /* NULL: the one above them all */
char     *gum_paths_dup_cache    (const char *account_id);

/* Deletes ledger and pictures of an account; its shop must be closed. */
void      gum_paths_erase_async    (const char           *account_id,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean  gum_paths_erase_finish   (GAsyncResult         *result,
                                    GError              **error);

/* How many bytes the folders of an account hold. */
void      gum_paths_measure_async  (const char           *account_id,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
guint64   gum_paths_measure_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
