/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of a client that wait: for their time to come again, for the end of the pause that a 429
 * imposes on all of them, or for the one refresh of the token. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-client-queue.h"

#include "gum-error.h"
#include "gum-util.h"

#define FIRST_PAUSE 15
#define LAST_PAUSE 60

void
_gum_client_clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

GError *
_gum_client_new_cancelled (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The request was cancelled");
}

/* Takes a task off the list of those that wait; the list's reference goes to the caller. */
static GTask *
stop_waiting (GTask *task)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);
  guint position;

  _gum_client_clear_source (&operation->timer);
  _gum_client_clear_source (&operation->cancelled);
  operation->waiting = WAITING_FOR_NOTHING;
  if (!g_ptr_array_find (self->waiting, task, &position))
    g_return_val_if_reached (NULL);

  return g_ptr_array_steal_index (self->waiting, position);
}

static gboolean
wait_cancelled_cb (GCancellable *cancellable,
                   gpointer      data)
{
  g_autoptr(GTask) task = stop_waiting (data);

  g_task_return_error (task, _gum_client_new_cancelled ());

  return G_SOURCE_REMOVE;
}

static gboolean
wait_over_cb (gpointer data)
{
  g_autoptr(GTask) task = stop_waiting (data);

  _gum_client_advance (task);

  return G_SOURCE_REMOVE;
}

void
_gum_client_start_waiting (GTask            *task,
                           GumClientWaiting  reason,
                           double            seconds)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);

  operation->waiting = reason;
  g_ptr_array_add (self->waiting, g_object_ref (task));

  if (operation->cancellable != NULL)
    {
      operation->cancelled = g_cancellable_source_new (operation->cancellable);
      g_source_set_callback (operation->cancelled, G_SOURCE_FUNC (wait_cancelled_cb), task, NULL);
      g_source_attach (operation->cancelled, g_task_get_context (task));
    }
  if (reason == WAITING_FOR_TIME)
    {
      operation->timer = g_timeout_source_new (seconds * self->time_scale * 1000);
      g_source_set_callback (operation->timer, wait_over_cb, task, NULL);
      g_source_attach (operation->timer, g_task_get_context (task));
    }
}

/* Those that wait for @reason go on, or end with a copy of @error. */
void
_gum_client_wake (GumClient        *self,
                  GumClientWaiting  reason,
                  const GError     *error)
{
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->waiting->len; i++)
    {
      GumClientOperation *operation = g_task_get_task_data (self->waiting->pdata[i]);

      if (reason == WAITING_FOR_NOTHING || operation->waiting == reason)
        g_ptr_array_add (tasks, g_object_ref (self->waiting->pdata[i]));
    }

  for (guint i = 0; i < tasks->len; i++)
    {
      g_autoptr(GTask) task = stop_waiting (tasks->pdata[i]);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        _gum_client_advance (task);
    }
}

static gboolean
pause_over_cb (gpointer data)
{
  g_autoptr(GumClient) self = g_object_ref (data);

  g_clear_pointer (&self->pause_source, g_source_unref);
  self->paused_until = 0;
  g_object_notify (G_OBJECT (self), "paused-until");
  _gum_client_wake (self, WAITING_FOR_PAUSE, NULL);

  return G_SOURCE_REMOVE;
}

/* Nothing leaves before @seconds are over: Gumroad counts by address and by token, not by path
 * alone. */
static void
pause_queue (GumClient *self,
             gint64     seconds)
{
  gint64 length = seconds * G_USEC_PER_SEC * self->time_scale;
  gint64 until = g_get_monotonic_time () + length;

  if (until <= self->paused_until)
    return;

  _gum_client_clear_source (&self->pause_source);
  self->pause_source = g_timeout_source_new ((length + 999) / 1000);
  g_source_set_callback (self->pause_source, pause_over_cb, self, NULL);
  g_source_attach (self->pause_source, g_main_context_get_thread_default ());
  self->paused_until = until;
  g_object_notify (G_OBJECT (self), "paused-until");
}

void
_gum_client_count_throttled (GumClient *self,
                             gint64     retry_after)
{
  gint64 seconds = retry_after;

  if (seconds < 0)
    seconds = MIN (FIRST_PAUSE << MIN (self->n_throttled, 2), LAST_PAUSE);
  if (self->n_throttled < MAX_THROTTLED)
    self->n_throttled++;
  pause_queue (self, seconds);
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GumClient) self = data;
  g_autoptr(GError) error = NULL;

  self->refreshing = FALSE;
  if (!gum_authorizer_refresh_finish (GUM_AUTHORIZER (source), result, &error) && error == NULL)
    error = gum_error_new_http (GUM_ERROR_UNAUTHORIZED, SOUP_STATUS_UNAUTHORIZED, NULL,
                                "There is no other token");
  _gum_client_wake (self, WAITING_FOR_TOKEN, error);
}

/* One refresh for all that are rejected meanwhile; then each is sent once more. A 401 is a
 * verdict, so a write may be, too. Takes @error. */
void
_gum_client_ask_for_token (GTask  *task,
                           GError *error)
{
  GumClient *self = g_task_get_source_object (task);
  GumClientOperation *operation = g_task_get_task_data (task);
  g_autoptr(GumAuthorizer) authorizer = g_weak_ref_get (&self->authorizer);
  g_autoptr(GumSecret) current = NULL;

  if (operation->refreshed || authorizer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  operation->refreshed = TRUE;
  current = gum_authorizer_dup_access_token (authorizer);
  if (!self->refreshing && current != NULL && !gum_equal_constant_time (current, operation->token))
    {
      _gum_client_advance (task);
      return;
    }

  _gum_client_start_waiting (task, WAITING_FOR_TOKEN, 0);
  if (!self->refreshing)
    {
      self->refreshing = TRUE;
      gum_authorizer_refresh_async (authorizer, operation->token, NULL, refreshed_cb,
                                    g_object_ref (self));
    }
}
