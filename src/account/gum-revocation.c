/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A revocation that did not reach the server at sign-out is tried again while the program runs.
 *
 * The token is in memory only, and wiped at the end: when it is revoked, when the server refuses for
 * good, after the last try, or when the program quits. Nobody is told of a late success: the person
 * has heard that the token may still work, and may have ended it on Gumroad's page since. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-revocation.h"

#include "gum-error.h"
#include "gum-util.h"

#define FIRST_WAIT_MS (30 * 1000)
#define WAIT_FACTOR 4
#define N_TRIES 4
#define LONGEST_WAIT_S (60 * 60)

struct _GumRevocations
{
  GPtrArray *pending;
};

typedef struct {
  GumRevocations *owner;          /* not owned; NULL: given up */

  /* Owned */
  GumOAuth       *oauth;
  GumCredentials *credentials;
  GCancellable   *cancellable;
  guint           timeout_id;

  guint           n_tries;
} Revocation;

static guint first_wait = FIRST_WAIT_MS;

static void wait_for (Revocation *revocation, const GError *error);

static void
revocation_clear (gpointer data)
{
  Revocation *revocation = data;

  g_clear_object (&revocation->cancellable);
  g_clear_object (&revocation->oauth);
  g_clear_pointer (&revocation->credentials, gum_credentials_free);
}

static void
revocation_unref (Revocation *revocation)
{
  g_rc_box_release_full (revocation, revocation_clear);
}

/* Its answer, if one is on the way, finds nobody. */
static void
revocation_end (gpointer data)
{
  Revocation *revocation = data;

  revocation->owner = NULL;
  g_clear_handle_id (&revocation->timeout_id, g_source_remove);
  g_cancellable_cancel (revocation->cancellable);
  g_clear_pointer (&revocation->credentials, gum_credentials_free);
  revocation_unref (revocation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Revocation, revocation_unref)

/* Whether asking again could end otherwise. A refusal is final; everything else may pass. */
static gboolean
may_pass (const GError *error)
{
  return error->domain != GUM_ERROR || error->code == GUM_ERROR_SERVER ||
         error->code == GUM_ERROR_RATE_LIMITED || error->code == GUM_ERROR_DEADLINE ||
         error->code == GUM_ERROR_UNCLEAR || error->code == GUM_ERROR_PROTOCOL ||
         error->code == GUM_ERROR_REDIRECTED;
}

static void
on_revoked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Revocation) revocation = user_data;
  g_autoptr(GError) error = NULL;
  gboolean revoked = gum_oauth_revoke_finish (GUM_OAUTH (source), result, &error);

  if (revocation->owner == NULL)
    return;

  if (revoked)
    {
      g_debug ("A token was revoked after all");
      g_ptr_array_remove_fast (revocation->owner->pending, revocation);
    }
  else if (++revocation->n_tries >= N_TRIES || !may_pass (error))
    {
      g_message ("A token could not be revoked: %s", error->message);
      g_ptr_array_remove_fast (revocation->owner->pending, revocation);
    }
  else
    {
      wait_for (revocation, error);
    }
}

static gboolean
on_time (gpointer user_data)
{
  Revocation *revocation = user_data;
  const GumCredentials *credentials = revocation->credentials;

  revocation->timeout_id = 0;
  gum_oauth_revoke_async (revocation->oauth, credentials->access_token, credentials->client_id,
                          credentials->client_secret, revocation->cancellable, on_revoked,
                          g_rc_box_acquire (revocation));

  return G_SOURCE_REMOVE;
}

/* Not sooner than the server asked for, which also bounds what one can ask. */
static void
wait_for (Revocation   *revocation,
          const GError *error)
{
  gint64 asked = CLAMP (gum_error_get_retry_after (error), 0, LONGEST_WAIT_S);
  guint wait = first_wait;

  for (guint i = 0; i < revocation->n_tries; i++)
    wait *= WAIT_FACTOR;
  revocation->timeout_id = g_timeout_add (MAX (wait, (guint) asked * 1000), on_time, revocation);
}

/**
 * gum_revocations_new: (skip)
 *
 * Returns: (transfer full): nothing to revoke yet
 */
GumRevocations *
gum_revocations_new (void)
{
  GumRevocations *self = g_new0 (GumRevocations, 1);

  self->pending = g_ptr_array_new_with_free_func (revocation_end);

  return self;
}

/**
 * gum_revocations_free: (skip)
 * @self: (nullable) (transfer full): revocations
 *
 * Gives up what is still pending, and wipes it.
 */
void
gum_revocations_free (GumRevocations *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->pending);
  g_free (self);
}

/**
 * gum_revocations_add: (skip)
 * @self: revocations
 * @oauth: the authorization server
 * @credentials: what was not revoked; copied
 * @error: why not
 *
 * Tries again later (RFC 7009, 2.2.1: after a 503 the token has to be taken for alive, and the
 * revocation may be asked for again), a few times and ever more rarely. Nothing is done where the
 * server has refused for good, and for a token that is not ours to revoke.
 */
void
gum_revocations_add (GumRevocations       *self,
                     GumOAuth             *oauth,
                     const GumCredentials *credentials,
                     const GError         *error)
{
  Revocation *revocation;

  g_return_if_fail (self != NULL && GUM_IS_OAUTH (oauth));
  g_return_if_fail (credentials != NULL && error != NULL);

  if (credentials->pasted || credentials->access_token == NULL || credentials->client_id == NULL ||
      !may_pass (error))
    return;

  revocation = g_rc_box_new0 (Revocation);
  revocation->owner = self;
  revocation->oauth = g_object_ref (oauth);
  revocation->credentials = gum_credentials_copy (credentials);
  revocation->cancellable = g_cancellable_new ();
  g_ptr_array_add (self->pending, revocation);
  wait_for (revocation, error);
}

/**
 * gum_revocations_drop: (skip)
 * @self: revocations
 * @access_token: a token that is in use (again)
 *
 * Leaves it alone: a server may hand out the same token at the next sign-in.
 */
void
gum_revocations_drop (GumRevocations *self,
                      const char     *access_token)
{
  g_return_if_fail (self != NULL && access_token != NULL);

  for (guint i = self->pending->len; i > 0; i--)
    {
      const Revocation *revocation = g_ptr_array_index (self->pending, i - 1);

      if (gum_equal_constant_time (revocation->credentials->access_token, access_token))
        g_ptr_array_remove_index (self->pending, i - 1);
    }
}

guint
gum_revocations_get_n (GumRevocations *self)
{
  return self->pending->len;
}

void
gum_revocations_set_wait (guint milliseconds)
{
  first_wait = milliseconds > 0 ? milliseconds : FIRST_WAIT_MS;
}
