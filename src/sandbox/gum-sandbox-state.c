/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything a running sandbox remembers, and how it goes back to its first moment.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

static void
state_fill (GumSandboxState *state)
{
  state->serial = 0;
  gum_sandbox_oauth_init (state);
  gum_sandbox_storage_init (state);
  gum_sandbox_limits_init (state);
  gum_sandbox_data_init (state);
  state->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) gum_sandbox_rule_unref);
  state->requests = g_queue_new ();
  state->n_requests = 0;
}

static void
state_empty (GumSandboxState *state)
{
  gum_sandbox_oauth_clear (state);
  gum_sandbox_data_clear (state);
  gum_sandbox_storage_clear (state);
  gum_sandbox_limits_clear (state);
  g_clear_pointer (&state->rules, g_ptr_array_unref);
  g_queue_free_full (state->requests, gum_sandbox_request_unref);
  state->requests = NULL;
}

GumSandboxState *
gum_sandbox_state_new (const GumSandboxOptions *options,
                       const char              *origin,
                       const char              *storage_origin)
{
  GumSandboxState *state = g_new0 (GumSandboxState, 1);

  state->options = *options;
  state->origin = g_strdup (origin);
  state->storage_origin = g_strdup (storage_origin);
  state->held = g_hash_table_new (NULL, NULL);
  state->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_bytes_unref);
  state_fill (state);

  return state;
}

/* Pictures stay: they depend on nothing but their address. */
void
gum_sandbox_state_reset (GumSandboxState *state)
{
  gum_sandbox_hold_clear (state);
  state_empty (state);
  state_fill (state);
}

void
gum_sandbox_state_free (GumSandboxState *state)
{
  gum_sandbox_hold_clear (state);
  state_empty (state);
  g_hash_table_unref (state->held);
  g_hash_table_unref (state->pictures);
  g_free (state->origin);
  g_free (state->storage_origin);
  g_free (state);
}
