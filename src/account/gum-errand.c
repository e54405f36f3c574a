/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The luggage of a request that may outlive the attempt that sent it. */

#include "config.h"

#include "gum-errand.h"

/**
 * gum_errand_new: (skip)
 * @owner: who asks; held weakly
 * @attempt: the number of the attempt
 * @oauth: (nullable): the authorization server
 *
 * Returns: (transfer full): an errand without credentials
 */
GumErrand *
gum_errand_new (GObject  *owner,
                guint     attempt,
                GumOAuth *oauth)
{
  GumErrand *self = g_new0 (GumErrand, 1);

  g_weak_ref_init (&self->owner, owner);
  self->attempt = attempt;
  g_set_object (&self->oauth, oauth);

  return self;
}

/**
 * gum_errand_free: (skip)
 * @self: (nullable) (transfer full): an errand
 *
 * Frees it; its credentials are wiped.
 */
void
gum_errand_free (GumErrand *self)
{
  if (self == NULL)
    return;

  g_weak_ref_clear (&self->owner);
  g_clear_object (&self->oauth);
  gum_credentials_free (self->credentials);
  g_free (self);
}
