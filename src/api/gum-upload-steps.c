/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of an upload, each a request or a look at the file, and where each may lead.
 *
 *   open ─▶ presign ─▶ parts ─▶ look again ─▶ complete ─▶ DONE
 *              ▲         │ too old                │
 *              └─ abort ◀┘                        └─▶ no answer: UNCLEAR, and no abort
 *
 * Anything that fails, or is cancelled, once there is something at the storage, is aborted there. A step
 * that comes back after the state became final only cleans up. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload-steps.h"
#include "gum-error.h"

#include <math.h>

/* How often all of it is begun. */
#define MAX_ATTEMPTS 3
#define TICK_MS 200

static void presign (GumUpload *self);

/* A step is on its way. */
static GumUpload *
hold (GumUpload *self)
{
  self->n_pending++;

  return g_object_ref (self);
}

static void
release (GumUpload *self)
{
  self->n_pending--;
  _gum_upload_settle (self);
  g_object_unref (self);
}

typedef GumUpload HeldUpload;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeldUpload, release)

static void
aborted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(HeldUpload) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = _gum_upload_call_finish (result, &error);

  /* There is nothing more to do: what nobody completes is thrown away in the end. */
  if (answer == NULL)
    g_debug ("Upload not aborted: %s %d", g_quark_to_string (error->domain), error->code);
}

/* Throws away what the storage has. */
static void
abort_session (GumUpload *self)
{
  g_autoptr(GumUploadSession) session = g_steal_pointer (&self->session);
  g_autoptr(JsonNode) body = _gum_upload_session_to_json (session, NULL);

  g_clear_object (&self->parts);
  _gum_upload_call_async (self->client, GUM_UPLOAD_ABORT, body, &self->tuning, FALSE, NULL,
                          aborted_cb, hold (self));
}

/* Takes @error. */
static void
abort_and_fail (GumUpload *self,
                GError    *error)
{
  abort_session (self);
  _gum_upload_fail (self, GUM_UPLOAD_FAILED, error);
}

/* Whether an error of complete leaves no doubt that there is no file. What was not sent was not done;
 * a refusal is one; of 408, 409 and 429 nobody knows what was done before them. */
static gboolean
is_definite (const GError *error)
{
  guint status = gum_error_get_status (error);

  if (error->domain != GUM_ERROR)
    return TRUE;
  if (error->code == GUM_ERROR_UNCLEAR)
    return FALSE;
  if (status >= 400)
    return status < 500 && status != 408 && status != 409 && status != 429;

  return status < 300;
}

static void
completed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(HeldUpload) self = data;
  GError *error = NULL;
  g_autoptr(JsonObject) answer = _gum_upload_call_finish (result, &error);

  if (answer != NULL)
    {
      self->file_url = _gum_upload_answer_dup_file_url (answer);
      if (self->file_url == NULL)
        self->file_url = g_steal_pointer (&self->session->file_url);
      if (self->file_url != NULL)
        {
          /* If it was cancelled too late, there is a file that nothing refers to. */
          _gum_upload_enter (self, GUM_UPLOAD_DONE);
          return;
        }
      error = g_error_new_literal (GUM_ERROR, GUM_ERROR_UNCLEAR, "The file has no address");
    }

  if (is_definite (error))
    abort_and_fail (self, error);
  else
    {
      _gum_upload_fail (self, GUM_UPLOAD_UNCLEAR,
                        gum_error_new_http (GUM_ERROR_UPLOAD_UNCLEAR, gum_error_get_status (error),
                                            gum_error_get_server_message (error),
                                            "Whether it is complete is unknown: %s",
                                            error->message));
      g_error_free (error);
    }
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(HeldUpload) self = data;
  g_autoptr(JsonNode) body = NULL;
  GError *error = NULL;

  if (!_gum_upload_source_check_finish (result, &error))
    {
      abort_and_fail (self, error);
      return;
    }
  if (gum_upload_is_final (self))
    {
      abort_session (self);
      return;
    }

  body = _gum_upload_session_to_json (self->session, _gum_upload_parts_to_json (self->parts));
  _gum_upload_enter (self, GUM_UPLOAD_COMPLETING);
  _gum_upload_call_async (self->client, GUM_UPLOAD_COMPLETE, body, &self->tuning, TRUE,
                          self->cancellable, completed_cb, hold (self));
}

static void
update_progress (GumUpload *self)
{
  guint64 sent = _gum_upload_parts_get_sent (self->parts);
  gboolean broken = _gum_upload_parts_is_broken (self->parts);
  double ahead, left;

  _gum_upload_set_broken (self, broken);
  if (broken)
    {
      /* What comes after is another line. */
      _gum_upload_meter_start (&self->meter, g_get_monotonic_time (), sent);
      _gum_upload_set_progress (self, sent, 0, -1, FALSE);
      return;
    }

  _gum_upload_meter_update (&self->meter, g_get_monotonic_time (), sent);
  left = _gum_upload_meter_estimate (&self->meter, self->total - sent);
  ahead = _gum_upload_meter_estimate (&self->meter, _gum_upload_parts_get_ahead (self->parts));
  _gum_upload_set_progress (self, sent, self->meter.rate, left < 0 ? -1 : (gint64) ceil (left),
                            ahead > MAX (_gum_upload_parts_get_time_left (self->parts), 0));
}

static gboolean
tick_cb (gpointer data)
{
  update_progress (data);

  return G_SOURCE_CONTINUE;
}

void
_gum_upload_stop_ticking (GumUpload *self)
{
  if (self->tick != NULL)
    g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
}

static void
start_ticking (GumUpload *self)
{
  _gum_upload_meter_start (&self->meter, g_get_monotonic_time (), 0);
  self->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

/* The addresses are of no use any more, and cannot be renewed: all of it once more. Takes @error. */
static void
begin_again (GumUpload *self,
             GError    *error)
{
  g_error_free (error);
  abort_session (self);
  _gum_upload_set_progress (self, 0, 0, -1, self->too_slow);
  _gum_upload_set_broken (self, FALSE);
  _gum_upload_set_attempt (self, self->attempt + 1);
  _gum_upload_enter (self, GUM_UPLOAD_READING);
  presign (self);
}

static void
parts_sent_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(HeldUpload) self = data;
  GError *error = NULL;
  gboolean sent = _gum_upload_parts_send_finish (GUM_UPLOAD_PARTS (source), result, &error);

  _gum_upload_stop_ticking (self);
  if (gum_upload_is_final (self))
    {
      g_clear_error (&error);
      abort_session (self);
    }
  else if (sent)
    {
      update_progress (self);
      _gum_upload_source_check_async (self->source, checked_cb, hold (self));
    }
  else if (_gum_upload_parts_want_addresses (self->parts) && self->attempt < MAX_ATTEMPTS)
    begin_again (self, error);
  else
    abort_and_fail (self, error);
}

static void
presigned_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(HeldUpload) self = data;
  GError *error = NULL;
  g_autoptr(JsonObject) answer = _gum_upload_call_finish (result, &error);

  if (answer != NULL)
    self->session = _gum_upload_session_parse (answer, self->total, self->tuning.part_size,
                                               &error);
  if (self->session == NULL)
    {
      _gum_upload_fail (self, GUM_UPLOAD_FAILED, error);
      return;
    }
  if (gum_upload_is_final (self))
    {
      abort_session (self);
      return;
    }

  _gum_upload_enter (self, GUM_UPLOAD_SENDING);
  self->parts = _gum_upload_parts_new (self->source, self->session, &self->tuning);
  start_ticking (self);
  _gum_upload_parts_send_async (self->parts, self->cancellable, parts_sent_cb, hold (self));
}

static void
presign (GumUpload *self)
{
  g_autoptr(JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "filename", self->name);
  json_object_set_int_member (object, "file_size", self->total);
  json_node_take_object (body, object);
  _gum_upload_call_async (self->client, GUM_UPLOAD_PRESIGN, body, &self->tuning,
                          self->attempt > 1, self->cancellable, presigned_cb, hold (self));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(HeldUpload) self = data;
  GError *error = NULL;

  self->source = _gum_upload_source_open_finish (result, &error);
  if (self->source == NULL)
    {
      _gum_upload_fail (self, GUM_UPLOAD_FAILED, error);
      return;
    }
  if (gum_upload_is_final (self))
    return;

  _gum_upload_set_total (self, _gum_upload_source_get_size (self->source));
  presign (self);
}

void
_gum_upload_begin (GumUpload *self)
{
  g_autofree char *path = g_file_get_path (self->file);

  _gum_upload_set_attempt (self, 1);
  if (path == NULL)
    {
      _gum_upload_fail (self, GUM_UPLOAD_FAILED,
                        g_error_new_literal (GUM_ERROR, GUM_ERROR_FILE_UNREADABLE,
                                             "Only files with a path can be sent"));
      return;
    }

  _gum_upload_enter (self, GUM_UPLOAD_READING);
  _gum_upload_source_open_async (path, opened_cb, hold (self));
}

/* For tests. */
void
_gum_upload_set_tuning (GumUpload             *self,
                        const GumUploadTuning *tuning)
{
  self->tuning = *tuning;
}
