/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The account lends the client its token, and when that is refused finds out, once for all who wait, whether
 * there is another:
 *
 *   401 ─▶ token changed meanwhile? ─▶ keyring ─▶ refresh ─▶ SIGNED_IN again
 *                                                    └─▶ REJECTED, or an error for later
 *
 * Whoever signs in meanwhile is right: what the renewal brings then is of no use. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-account-private.h"

#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-renewal.h"

static char *
gum_account_dup_access_token (GumAuthorizer *authorizer)
{
  GumAccount *self = GUM_ACCOUNT (authorizer);

  return self->state == GUM_ACCOUNT_SIGNED_IN ? g_strdup (self->credentials->access_token) : NULL;
}

/* Whether other credentials came while those that were refused were renewed. */
static gboolean
is_outdated (GumAccount *self)
{
  g_autoptr(GumSecret) refused = g_steal_pointer (&self->refused);

  return self->credentials != NULL && refused != NULL &&
         !gum_equal_constant_time (refused, self->credentials->access_token);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!gum_keyring_store_finish (result, &error))
    g_message ("The token could not be kept: %s", error->message);
}

/* @renewed: what the renewal brought; it may be what the account has already, found in the keyring. */
static void
forget_renewed (GumAccount     *self,
                GumCredentials *renewed,
                gboolean        kept)
{
  g_autoptr(GumSecret) secret = NULL;
  g_autofree char *label = NULL;

  if (renewed == NULL ||
      gum_equal_constant_time (renewed->access_token, self->credentials->access_token))
    return;

  gum_renewal_discard (self->oauth, renewed);
  if (!kept || self->sample || self->session_only)
    return;

  /* The renewal has put its own over it. */
  secret = gum_credentials_to_secret (self->credentials, self->user_id);
  label = gum_account_dup_label (self);
  gum_keyring_store_async (self->id, label, secret, NULL, on_stored, NULL);
}

static void
on_renewed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumAccount) self = user_data;
  g_autoptr(GumCredentials) credentials = NULL;
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr(GError) error = NULL;
  gboolean kept = FALSE;

  credentials = gum_renewal_run_finish (GUM_OAUTH (source), result, &kept, &error);
  g_clear_object (&self->renewal);

  if (is_outdated (self))
    {
      g_clear_error (&error);
      forget_renewed (self, credentials, kept);
    }
  else if (credentials != NULL)
    {
      gboolean session_only = !self->sample && !kept;

      _gum_account_take_credentials (self, g_steal_pointer (&credentials), session_only);
      _gum_account_set_state (self, GUM_ACCOUNT_SIGNED_IN);
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED))
    {
      _gum_account_set_state (self, GUM_ACCOUNT_REJECTED);
    }

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error == NULL)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
gum_account_refresh_async (GumAuthorizer       *authorizer,
                           const char          *rejected_token,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GumAccount *self = GUM_ACCOUNT (authorizer);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *label = NULL;

  g_task_set_source_tag (task, gum_account_refresh_async);

  if (self->credentials == NULL || self->state != GUM_ACCOUNT_SIGNED_IN)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_UNAUTHORIZED, "There is no token");
      return;
    }

  if (self->renewal == NULL &&
      !gum_equal_constant_time (rejected_token, self->credentials->access_token))
    {
      /* It was an old one: the answer took longer than the refresh. */
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->waiting == NULL)
    self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->renewal != NULL)
    return;

  self->renewal = g_cancellable_new ();
  gum_set_secret (&self->refused, self->credentials->access_token);
  label = gum_account_dup_label (self);
  gum_renewal_run_async (self->oauth, self->credentials,
                         self->sample || self->session_only ? NULL : self->id,
                         self->user_id, label, self->renewal, on_renewed, g_object_ref (self));
}

static gboolean
gum_account_refresh_finish (GumAuthorizer  *authorizer,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_account_refresh_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
_gum_account_authorizer_init (GumAuthorizerInterface *iface)
{
  iface->dup_access_token = gum_account_dup_access_token;
  iface->refresh_async = gum_account_refresh_async;
  iface->refresh_finish = gum_account_refresh_finish;
}

gboolean
gum_account_is_renewing (GumAccount *self)
{
  return self->renewal != NULL;
}
