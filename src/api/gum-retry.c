/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which failures may pass, and how long to wait for that. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-retry-private.h"
#include "gum-error.h"

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

/* Whether something that may be sent as often as one likes is worth another try: the line is broken, the
 * answer was none, but not what somebody decided. */
gboolean
_gum_retry_may_pass (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return error->code != G_IO_ERROR_CANCELLED;
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_EOF;
  if (error->domain == GUM_ERROR)
    return error->code == GUM_ERROR_DEADLINE || error->code == GUM_ERROR_PROTOCOL;

  return error->domain == G_RESOLVER_ERROR;
}

static gboolean
waited_cb (gpointer data)
{
  GTask *task = data;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

void
_gum_retry_wait_async (double               seconds,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GSource) timer = g_timeout_source_new (seconds * 1000);

  g_task_set_source_tag (task, _gum_retry_wait_async);
  if (cancellable != NULL)
    {
      g_autoptr(GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (timer, cancelled);
    }
  g_task_attach_source (task, timer, waited_cb);
}

gboolean
_gum_retry_wait_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_retry_wait_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
