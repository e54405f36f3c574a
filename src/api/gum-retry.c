/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which failures of a read may pass, and how long to wait for that. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-retry-private.h"
#include "gum-error.h"

#include <gio/gio.h>

#define MAX_ATTEMPTS 4
#define MAX_SLOW_ATTEMPTS 2
#define FIRST_BACKOFF 0.5
#define LAST_BACKOFF 30.0

/* How often a read that failed like this may be sent in all. */
guint
_gum_retry_count_attempts (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    switch (error->code)
      {
      case G_IO_ERROR_CANCELLED:
      case G_IO_ERROR_NETWORK_UNREACHABLE:
      case G_IO_ERROR_HOST_UNREACHABLE:
        return 1;
      case G_IO_ERROR_TIMED_OUT:
        return MAX_SLOW_ATTEMPTS;
      default:
        return MAX_ATTEMPTS;
      }
  if (error->domain == GUM_ERROR)
    switch (error->code)
      {
      case GUM_ERROR_DEADLINE:
        return MAX_SLOW_ATTEMPTS;
      case GUM_ERROR_PROTOCOL:
      case GUM_ERROR_SERVER:
      case GUM_ERROR_RATE_LIMITED:
        return MAX_ATTEMPTS;
      default:
        return 1;
      }
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_EOF ? MAX_ATTEMPTS : 1;
  if (error->domain == G_RESOLVER_ERROR)
    return error->code == G_RESOLVER_ERROR_TEMPORARY_FAILURE ? MAX_ATTEMPTS : 1;

  return 1;
}

/* Full jitter: anything between nothing and a limit that doubles. */
double
_gum_retry_choose_backoff (guint attempts)
{
  double limit = FIRST_BACKOFF * (1 << MIN (attempts - 1, 16));

  return g_random_double_range (0, MIN (limit, LAST_BACKOFF));
}
