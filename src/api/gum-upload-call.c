/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of Gumroad around an upload, and how often each may be sent:
 *
 *   presign   again, if it failed in a way that may pass: a session that nobody uses is lost by itself
 *   complete  once; again only if surely nothing of it left this computer
 *   abort     until it is confirmed that there is nothing left, some times at most
 *   reserve   as presign; for an upload in one piece, which leaves nothing to abort
 *
 * A presign or complete that is on its way is waited for even when it is cancelled: only its answer tells
 * what there is to abort. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload-private.h"
#include "gum-error.h"
#include "gum-retry-private.h"

#define MAX_SENDS 4
#define MAX_PATIENT_SENDS 24
#define MAX_ABORTS 5

static const char * const paths[] = {
  [GUM_UPLOAD_PRESIGN] = "files/presign",
  [GUM_UPLOAD_COMPLETE] = "files/complete",
  [GUM_UPLOAD_ABORT] = "files/abort",
  [GUM_UPLOAD_RESERVE] = "direct_uploads",
};

typedef struct {
  /* owned */
  GumClient    *client;
  GumRequest   *request;
  GCancellable *cancellable;

  /* plain */
  GumUploadCall call;
  double        time_scale;
  guint         max_sends;
  guint         sends;
} Call;

static void send_call (GTask *task);

static void
call_free (Call *call)
{
  g_object_unref (call->client);
  gum_request_unref (call->request);
  g_clear_object (&call->cancellable);
  g_free (call);
}

static gboolean
may_send_again (Call         *call,
                const GError *error)
{
  if (call->sends >= call->max_sends)
    return FALSE;

  /* Of what was sent the client would say %GUM_ERROR_UNCLEAR. */
  if (_gum_retry_may_pass (error))
    return TRUE;

  return call->call != GUM_UPLOAD_COMPLETE && error->domain == GUM_ERROR &&
         (error->code == GUM_ERROR_UNCLEAR || error->code == GUM_ERROR_SERVER ||
          error->code == GUM_ERROR_RATE_LIMITED);
}

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (_gum_retry_wait_finish (result, &error))
    send_call (task);
  else
    g_task_return_error (task, error);
}

static void
send_later (GTask  *task,
            double  seconds)
{
  Call *call = g_task_get_task_data (task);

  _gum_retry_wait_async (seconds * call->time_scale, call->cancellable, waited_cb,
                         g_object_ref (task));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);

  if (answer == NULL && may_send_again (call, error))
    {
      g_error_free (error);
      send_later (task, _gum_retry_choose_backoff (call->sends));
    }
  else if (answer == NULL)
    g_task_return_error (task, error);
  else if (call->call == GUM_UPLOAD_ABORT && !_gum_upload_answer_is_gone (answer) &&
           call->sends < call->max_sends)
    send_later (task, 1);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) json_object_unref);
}

static void
send_call (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  call->sends++;
  gum_client_send_async (call->client, call->request, call->cancellable, sent_cb,
                         g_object_ref (task));
}

/* @patient: in the middle of an upload, where a line that is broken for minutes is no reason to give up. */
void
_gum_upload_call_async (GumClient             *client,
                        GumUploadCall          kind,
                        JsonNode              *body,
                        const GumUploadTuning *tuning,
                        gboolean               patient,
                        GCancellable          *cancellable,
                        GAsyncReadyCallback    callback,
                        gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->client = g_object_ref (client);
  call->request = gum_request_new ("POST", paths[kind]);
  gum_request_set_json (call->request, body);
  if (kind != GUM_UPLOAD_RESERVE)
    gum_request_set_awaited (call->request);
  g_set_object (&call->cancellable, cancellable);
  call->call = kind;
  call->time_scale = tuning->time_scale;
  call->max_sends = kind == GUM_UPLOAD_ABORT ? MAX_ABORTS : patient ? MAX_PATIENT_SENDS : MAX_SENDS;
  g_task_set_source_tag (task, _gum_upload_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  send_call (task);
}

/* Errors: those of gum_client_send_finish(). */
JsonObject *
_gum_upload_call_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_upload_call_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
