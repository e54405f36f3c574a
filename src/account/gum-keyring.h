/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GumKeyringError:
 * @GUM_KEYRING_ERROR_LOCKED: the keyring stayed locked: what it holds cannot be known
 * @GUM_KEYRING_ERROR_UNAVAILABLE: there is no keyring, or it does not answer
 * @GUM_KEYRING_ERROR_DIFFERS: it gave back something else than it was given
 * @GUM_KEYRING_ERROR_REMAINS: something is left that should have been forgotten
 *
 * Why the keyring could not serve.
 */
typedef enum {
  GUM_KEYRING_ERROR_LOCKED,
  GUM_KEYRING_ERROR_UNAVAILABLE,
  GUM_KEYRING_ERROR_DIFFERS,
  GUM_KEYRING_ERROR_REMAINS,
} GumKeyringError;

#define GUM_KEYRING_ERROR (gum_keyring_error_quark ())
GQuark gum_keyring_error_quark (void);

/**
 * GumKeyringItem:
 * @account: (nullable): whose it is; a locked keyring need not tell
 * @secret: (nullable): %NULL while it is locked
 * @locked: whether it is
 * @modified: seconds since the epoch
 *
 * One thing found in the keyring.
 */
typedef struct {
  char     *account;
  char     *secret;
  gboolean  locked;
  guint64   modified;
} GumKeyringItem;

void gum_keyring_item_free (GumKeyringItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumKeyringItem, gum_keyring_item_free)

void       gum_keyring_search_async  (const char           *account,
                                      gboolean              unlock,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *gum_keyring_search_finish (GAsyncResult         *result,
                                      GError              **error);
void       gum_keyring_store_async   (const char           *account,
                                      const char           *label,
                                      const char           *secret,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean   gum_keyring_store_finish  (GAsyncResult         *result,
                                      GError              **error);
void       gum_keyring_clear_async   (const char           *account,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean   gum_keyring_clear_finish  (GAsyncResult         *result,
                                      GError              **error);
void       gum_keyring_prune_async   (const char           *account,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean   gum_keyring_prune_finish  (GAsyncResult         *result,
                                      GError              **error);

void       gum_keyring_unlock_async  (GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean   gum_keyring_unlock_finish (GAsyncResult         *result,
                                      GError              **error);

/* For tests. */
void       gum_keyring_set_patience  (guint                 milliseconds);
gboolean   gum_keyring_is_idle       (void);
gboolean   gum_keyring_check_file    (const char           *path);

G_END_DECLS
