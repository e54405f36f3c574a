/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be asked of the keyring. How it is done is in gum-keyring-operation.c, and in gum-keyring.c,
 * which alone knows libsecret. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-keyring-private.h"

/**
 * gum_keyring_search_async:
 * @account: (nullable): an account's id, or %NULL for every account of this program
 * @unlock: whether the person may be asked to unlock the keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Looks for what the keyring holds. Without @unlock it answers within ten seconds.
 */
void
gum_keyring_search_async (const char          *account,
                          gboolean             unlock,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  gum_keyring_begin (GUM_KEYRING_SEARCH, account, unlock, NULL, NULL, cancellable, callback,
                     user_data, gum_keyring_search_async);
}

/**
 * gum_keyring_search_finish:
 * @result: the outcome
 * @error: return location for a #GumKeyringError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type GumKeyringItem): what there is, the newest
 *   first. Empty: surely nothing. %NULL: it cannot be known.
 */
GPtrArray *
gum_keyring_search_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_keyring_search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gum_keyring_store_async:
 * @account: an account's id
 * @label: what the person reads in a keyring manager
 * @secret: what to keep
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Stores, reads back and compares. A keyring that is locked is asked to unlock; for that there is
 * no deadline. Cancelled, it leaves the keyring as it was before.
 */
void
gum_keyring_store_async (const char          *account,
                         const char          *label,
                         const char          *secret,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (account != NULL && label != NULL && secret != NULL);

  gum_keyring_begin (GUM_KEYRING_STORE, account, TRUE, label, secret, cancellable, callback,
                     user_data, gum_keyring_store_async);
}

/**
 * gum_keyring_store_finish:
 * @result: the outcome
 * @error: return location for a #GumKeyringError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if the keyring has been seen to hold the secret
 */
gboolean
gum_keyring_store_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_keyring_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gum_keyring_clear_async:
 * @account: an account's id
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Forgets all that is kept for an account, duplicates included, and looks whether it is gone.
 */
void
gum_keyring_clear_async (const char          *account,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (account != NULL);

  gum_keyring_begin (GUM_KEYRING_CLEAR, account, TRUE, NULL, NULL, cancellable, callback,
                     user_data, gum_keyring_clear_async);
}

/**
 * gum_keyring_clear_finish:
 * @result: the outcome
 * @error: return location for a #GumKeyringError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if nothing is left
 */
gboolean
gum_keyring_clear_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_keyring_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gum_keyring_prune_async:
 * @account: an account's id
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Deletes all items of an account but the newest. To be called only after the newest has worked.
 */
void
gum_keyring_prune_async (const char          *account,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (account != NULL);

  gum_keyring_begin (GUM_KEYRING_PRUNE, account, FALSE, NULL, NULL, cancellable, callback,
                     user_data, gum_keyring_prune_async);
}

/**
 * gum_keyring_prune_finish:
 * @result: the outcome
 * @error: return location for a #GumKeyringError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if at most one item is left
 */
gboolean
gum_keyring_prune_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_keyring_prune_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gum_keyring_unlock_async:
 * @cancellable: (nullable): takes the prompt away again
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Looks whether the keyring that new things go to is locked, and if so asks the person to unlock it.
 * While that prompt may be up there is no deadline. A machine without a keyring yet is not asked for
 * one.
 */
void
gum_keyring_unlock_async (GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  gum_keyring_begin (GUM_KEYRING_UNLOCK, NULL, TRUE, NULL, NULL, cancellable, callback, user_data,
                     gum_keyring_unlock_async);
}

/**
 * gum_keyring_unlock_finish:
 * @result: the outcome
 * @error: return location for %GUM_KEYRING_ERROR_LOCKED if the person declined,
 *   %GUM_KEYRING_ERROR_UNAVAILABLE, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if the keyring is not locked (any more)
 */
gboolean
gum_keyring_unlock_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_keyring_unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
