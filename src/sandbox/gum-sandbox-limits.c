/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much is too much: products made in a day, and requests in a time.  The second is off unless
 * a test asks for it.  Both have a clock of their own, which a test can put forward.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define PRODUCTS_PER_DAY 100

struct _GumSandboxLimits
{
  gint64 offset;                /* how far the clock was put forward, µs */
  guint products_per_day;
  gboolean rates;
  GHashTable *hits;             /* method and path → GArray of times */
};

/* Twice the rate in 64 seconds, three times in 512 …, up to the level. */
static const struct
{
  const char *method;
  const char *path;
  guint base;
  guint seconds;
  guint levels;
} rules[] = {
  { "POST", "/v2/products", 10, 60, 5 },
  { "PUT", "/v2/products/:id", 30, 60, 6 },
  { "GET", "/v2/products/comps", 30, 60, 6 },
  { "POST", "/v2/products/:id/preview_custom_html", 60, 60, 5 },
  { "POST", "/v2/user/preview_custom_html", 60, 60, 5 },
  { "PUT", "/v2/user/custom_html", 30, 60, 6 },
  { "POST", "/v2/media", 20, 600, 1 },
  { "POST", "/oauth/token", 3000, 60, 5 },
};

void
gum_sandbox_limits_init (GumSandboxState *state)
{
  state->limits = g_new0 (GumSandboxLimits, 1);
  state->limits->products_per_day = PRODUCTS_PER_DAY;
  state->limits->hits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_array_unref);
}

void
gum_sandbox_limits_clear (GumSandboxState *state)
{
  g_hash_table_unref (state->limits->hits);
  g_clear_pointer (&state->limits, g_free);
}

void
gum_sandbox_limits_set (GumSandboxState *state,
                        JsonObject      *args)
{
  gint64 number;

  if (gum_sandbox_get_int (args, "products_per_day", &number))
    state->limits->products_per_day = (guint) CLAMP (number, 0, G_MAXINT);
  if (gum_sandbox_get_int (args, "seconds_later", &number))
    state->limits->offset += CLAMP (number, 0, G_MAXINT) * G_USEC_PER_SEC;
  state->limits->rates = gum_sandbox_get_bool (args, "rates", state->limits->rates);
}

gint64
gum_sandbox_limits_now (GumSandboxState *state)
{
  return g_get_monotonic_time () + state->limits->offset;
}

/* Products that were deleted do not count.  Returns NULL, or the refusal. */
char *
gum_sandbox_limits_check_product (GumSandboxState *state)
{
  gint64 since = gum_sandbox_limits_now (state) - DAY;
  guint n_made = 0;

  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      if (product->made_at != 0 && product->made_at > since)
        n_made++;
    }

  return n_made < state->limits->products_per_day
           ? NULL
           : g_strdup_printf ("Sorry, you can only create %u products per day.",
                              state->limits->products_per_day);
}

static guint
count_since (GArray *times,
             gint64  since)
{
  guint n = 0;

  for (guint i = times->len; i-- > 0 && g_array_index (times, gint64, i) > since;)
    n++;

  return n;
}

/* Counts the request; FALSE: it was answered.  What is refused counts as well. */
gboolean
gum_sandbox_limits_admit (GumSandboxCall *call)
{
  GumSandboxLimits *limits = call->state->limits;
  const char *method = g_str_equal (call->method, "PATCH") ? "PUT" : call->method;
  gint64 now = gum_sandbox_limits_now (call->state);

  for (guint i = 0; limits->rates && i < G_N_ELEMENTS (rules); i++)
    {
      gint64 window = rules[i].seconds;
      g_autofree char *key = NULL;
      GArray *times;

      if (!g_str_equal (rules[i].method, method) ||
          !gum_sandbox_path_matches (rules[i].path, call->path, NULL))
        continue;

      key = g_strconcat (method, " ", call->path, NULL);
      times = g_hash_table_lookup (limits->hits, key);
      if (times == NULL)
        {
          times = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (limits->hits, g_steal_pointer (&key), times);
        }
      g_array_append_val (times, now);

      for (guint level = 1; level <= rules[i].levels; level++)
        {
          if (count_since (times, now - window * G_USEC_PER_SEC) > level * rules[i].base)
            {
              gum_sandbox_call_text (call, 429, "text/plain", "Retry later\n");
              return FALSE;
            }
          window = level == 1 ? 64 : window * 8;
        }
      break;
    }

  return TRUE;
}
