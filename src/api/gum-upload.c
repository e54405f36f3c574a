/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One file on its way to Gumroad, for as long as that takes: what a window shows of it, and the button
 * that ends it. What happens on the way is in gum-upload-steps.c.
 *
 * A state that is final stays. The upload may still be busy then, with an abort at the storage;
 * gum_upload_run_async() returns when that is over, too. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload.h"
#include "gum-error.h"
#include "gum-upload-steps.h"
#include "gum-util.h"

/* The addresses live for 15 minutes. */
static const GumUploadTuning default_tuning = {
  .part_size = GUM_UPLOAD_PART_SIZE, .lifetime = 900, .stall = 60, .time_scale = 1,
};

enum {
  PROP_FILE = 1,
  PROP_NAME,
  PROP_STATE,
  PROP_SENT,
  PROP_TOTAL,
  PROP_RATE,
  PROP_TIME_LEFT,
  PROP_TOO_SLOW,
  PROP_BROKEN,
  PROP_ATTEMPT,
  PROP_ERROR,
  PROP_FILE_URL,
  N_PROPS
};

G_DEFINE_ENUM_TYPE (GumUploadState, gum_upload_state,
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_COMPLETING, "completing"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (GUM_UPLOAD_UNCLEAR, "unclear"))

G_DEFINE_FINAL_TYPE (GumUpload, gum_upload, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
notify (GumUpload *self,
        guint      property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Nothing happens once the state is final. */
void
_gum_upload_enter (GumUpload      *self,
                   GumUploadState  state)
{
  if (gum_upload_is_final (self) || self->state == state)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  notify (self, PROP_STATE);
  if (state == GUM_UPLOAD_DONE)
    notify (self, PROP_FILE_URL);
  if (gum_upload_is_final (self))
    {
      _gum_upload_stop_ticking (self);
      _gum_upload_set_progress (self, self->sent, 0, -1, FALSE);
      _gum_upload_set_broken (self, FALSE);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Takes @error. An end that somebody wished for is no failure, whoever it was. */
void
_gum_upload_fail (GumUpload      *self,
                  GumUploadState  state,
                  GError         *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (gum_upload_is_final (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      _gum_upload_enter (self, GUM_UPLOAD_CANCELLED);
    }
  else
    {
      self->error = error;
      notify (self, PROP_ERROR);
      _gum_upload_enter (self, state);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
_gum_upload_set_total (GumUpload *self,
                       guint64    total)
{
  self->total = total;
  notify (self, PROP_TOTAL);
}

void
_gum_upload_set_attempt (GumUpload *self,
                         guint      attempt)
{
  self->attempt = attempt;
  notify (self, PROP_ATTEMPT);
}

void
_gum_upload_set_progress (GumUpload *self,
                          guint64    sent,
                          double     rate,
                          gint64     time_left,
                          gboolean   too_slow)
{
  gboolean sent_changed = self->sent != sent;
  gboolean rate_changed = self->rate != rate;
  gboolean time_left_changed = self->time_left != time_left;
  gboolean too_slow_changed = self->too_slow != too_slow;

  self->sent = sent;
  self->rate = rate;
  self->time_left = time_left;
  self->too_slow = too_slow;

  g_object_freeze_notify (G_OBJECT (self));
  if (sent_changed)
    notify (self, PROP_SENT);
  if (rate_changed)
    notify (self, PROP_RATE);
  if (time_left_changed)
    notify (self, PROP_TIME_LEFT);
  if (too_slow_changed)
    notify (self, PROP_TOO_SLOW);
  g_object_thaw_notify (G_OBJECT (self));
}

void
_gum_upload_set_broken (GumUpload *self,
                        gboolean   broken)
{
  if (self->broken == broken)
    return;

  self->broken = broken;
  notify (self, PROP_BROKEN);
}

/* Tells whoever waits for the end, if this is it. */
void
_gum_upload_settle (GumUpload *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->task == NULL || !gum_upload_is_final (self) || self->n_pending > 0)
    return;

  task = g_steal_pointer (&self->task);
  if (self->state == GUM_UPLOAD_DONE)
    g_task_return_boolean (task, TRUE);
  else if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The upload was cancelled");
}

static void
gum_upload_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  GumUpload *self = GUM_UPLOAD (object);

  switch (property_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_SENT:
      g_value_set_uint64 (value, self->sent);
      break;
    case PROP_TOTAL:
      g_value_set_uint64 (value, self->total);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_TIME_LEFT:
      g_value_set_int64 (value, self->time_left);
      break;
    case PROP_TOO_SLOW:
      g_value_set_boolean (value, self->too_slow);
      break;
    case PROP_BROKEN:
      g_value_set_boolean (value, self->broken);
      break;
    case PROP_ATTEMPT:
      g_value_set_uint (value, self->attempt);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_FILE_URL:
      g_value_set_string (value, gum_upload_get_file_url (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* Every step holds a reference, so none is on its way when this runs. */
static void
gum_upload_finalize (GObject *object)
{
  GumUpload *self = GUM_UPLOAD (object);

  g_clear_object (&self->parts);
  g_clear_pointer (&self->session, _gum_upload_session_free);
  g_clear_pointer (&self->source, _gum_upload_source_unref);
  g_clear_pointer (&self->file_url, gum_secret_free);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_object (&self->client);
  g_clear_object (&self->file);
  g_free (self->name);

  G_OBJECT_CLASS (gum_upload_parent_class)->finalize (object);
}

static void
gum_upload_class_init (GumUploadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_upload_get_property;
  object_class->finalize = gum_upload_finalize;

  /**
   * GumUpload:file:
   *
   * What is sent.
   */
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);

  /**
   * GumUpload:name:
   *
   * The name that the file goes by, in UTF-8.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  /**
   * GumUpload:state:
   *
   * What it does now.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GUM_TYPE_UPLOAD_STATE,
                                              GUM_UPLOAD_WAITING, flags);

  /**
   * GumUpload:sent:
   *
   * Bytes that left. It goes back when something has to be sent again.
   */
  properties[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * GumUpload:total:
   *
   * Bytes of the file; 0 until it was opened.
   */
  properties[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * GumUpload:rate:
   *
   * Bytes a second, smoothed; 0 while nothing is sent.
   */
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);

  /**
   * GumUpload:time-left:
   *
   * Seconds until all is sent; -1 while that cannot be said.
   */
  properties[PROP_TIME_LEFT] = g_param_spec_int64 ("time-left", NULL, NULL, -1, G_MAXINT64, -1,
                                                   flags);

  /**
   * GumUpload:too-slow:
   *
   * At this rate the addresses expire before the last part can begin, and all of it will have to be
   * sent again.
   */
  properties[PROP_TOO_SLOW] = g_param_spec_boolean ("too-slow", NULL, NULL, FALSE, flags);

  /**
   * GumUpload:broken:
   *
   * The line is broken, and tried again and again: nothing is sent meanwhile.
   */
  properties[PROP_BROKEN] = g_param_spec_boolean ("broken", NULL, NULL, FALSE, flags);

  /**
   * GumUpload:attempt:
   *
   * How often it was begun, counting this time; 0 before it runs.
   */
  properties[PROP_ATTEMPT] = g_param_spec_uint ("attempt", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * GumUpload:error:
   *
   * Why it failed or is unclear.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  /**
   * GumUpload:file-url:
   *
   * How Gumroad calls the file, once it has it. Never logged: only the seller may know it.
   */
  properties[PROP_FILE_URL] = g_param_spec_string ("file-url", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_upload_init (GumUpload *self)
{
  self->cancellable = g_cancellable_new ();
  self->tuning = default_tuning;
  self->time_left = -1;
}

/**
 * gum_upload_new:
 * @client: whom it is sent for
 * @file: a file of this computer
 *
 * Nothing is read or sent before gum_upload_run_async().
 *
 * Returns: (transfer full): an upload
 */
GumUpload *
gum_upload_new (GumClient *client,
                GFile     *file)
{
  GumUpload *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (GUM_IS_CLIENT (client), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);
  self = g_object_new (GUM_TYPE_UPLOAD, NULL);
  self->client = g_object_ref (client);
  self->file = g_object_ref (file);
  self->name = name != NULL ? g_filename_display_name (name) : g_strdup ("");

  return self;
}

/**
 * gum_upload_run_async:
 * @self: an upload that never ran
 * @callback: called when it is over, and nothing of it is under way any more
 * @user_data: for @callback
 *
 * Sends the file. A part is sent again when the line breaks, and all of it, three times at most, when
 * the addresses expire; the request that makes it a file is sent once. What is not to become a file
 * is thrown away at the storage.
 */
void
gum_upload_run_async (GumUpload           *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (GUM_IS_UPLOAD (self));
  g_return_if_fail (self->task == NULL && self->attempt == 0);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, gum_upload_run_async);
  if (!gum_upload_is_final (self))
    _gum_upload_begin (self);
  _gum_upload_settle (self);
}

/**
 * gum_upload_run_finish:
 * @self: an upload
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: %G_IO_ERROR_CANCELLED; %GUM_ERROR_UPLOAD_UNCLEAR in the state of that name; of the file
 * %GUM_ERROR_FILE_VANISHED, %GUM_ERROR_FILE_UNREADABLE, %GUM_ERROR_FILE_IS_FOLDER, %GUM_ERROR_FILE_CHANGED, %GUM_ERROR_FILE_EMPTY
 * and %GUM_ERROR_FILE_TOO_LARGE; %GUM_ERROR_UPLOAD_EXPIRED when the line is too slow; and those of
 * gum_client_send_finish().
 *
 * Returns: %TRUE if Gumroad has the file
 */
gboolean
gum_upload_run_finish (GumUpload     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_upload_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gum_upload_cancel:
 * @self: an upload
 *
 * Gives it up at once. What the storage has of it is aborted there, also when the answer that tells what
 * to abort is still to come. Does nothing when the state is final.
 */
void
gum_upload_cancel (GumUpload *self)
{
  g_return_if_fail (GUM_IS_UPLOAD (self));

  if (gum_upload_is_final (self))
    return;

  _gum_upload_enter (self, GUM_UPLOAD_CANCELLED);
  g_cancellable_cancel (self->cancellable);
}

/**
 * gum_upload_get_file:
 * @self: an upload
 *
 * Returns: (transfer none): see #GumUpload:file
 */
GFile *
gum_upload_get_file (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), NULL);

  return self->file;
}

/**
 * gum_upload_get_name:
 * @self: an upload
 *
 * Returns: (transfer none): see #GumUpload:name
 */
const char *
gum_upload_get_name (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), NULL);

  return self->name;
}

/**
 * gum_upload_get_state:
 * @self: an upload
 *
 * Returns: see #GumUpload:state
 */
GumUploadState
gum_upload_get_state (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), GUM_UPLOAD_WAITING);

  return self->state;
}

/**
 * gum_upload_is_final:
 * @self: an upload
 *
 * Returns: whether the state will not change any more
 */
gboolean
gum_upload_is_final (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), FALSE);

  return self->state >= GUM_UPLOAD_DONE;
}

/**
 * gum_upload_get_sent:
 * @self: an upload
 *
 * Returns: see #GumUpload:sent
 */
guint64
gum_upload_get_sent (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), 0);

  return self->sent;
}

/**
 * gum_upload_get_total:
 * @self: an upload
 *
 * Returns: see #GumUpload:total
 */
guint64
gum_upload_get_total (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), 0);

  return self->total;
}

/**
 * gum_upload_get_rate:
 * @self: an upload
 *
 * Returns: see #GumUpload:rate
 */
double
gum_upload_get_rate (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), 0);

  return self->rate;
}

/**
 * gum_upload_get_time_left:
 * @self: an upload
 *
 * Returns: see #GumUpload:time-left
 */
gint64
gum_upload_get_time_left (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), -1);

  return self->time_left;
}

/**
 * gum_upload_is_too_slow:
 * @self: an upload
 *
 * Returns: see #GumUpload:too-slow
 */
gboolean
gum_upload_is_too_slow (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), FALSE);

  return self->too_slow;
}

/**
 * gum_upload_is_broken:
 * @self: an upload
 *
 * Returns: see #GumUpload:broken
 */
gboolean
gum_upload_is_broken (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), FALSE);

  return self->broken;
}

/**
 * gum_upload_get_attempt:
 * @self: an upload
 *
 * Returns: see #GumUpload:attempt
 */
guint
gum_upload_get_attempt (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), 0);

  return self->attempt;
}

/**
 * gum_upload_get_error:
 * @self: an upload
 *
 * Returns: (transfer none) (nullable): see #GumUpload:error
 */
const GError *
gum_upload_get_error (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), NULL);

  return self->error;
}

/**
 * gum_upload_get_file_url:
 * @self: an upload
 *
 * Returns: (transfer none) (nullable): see #GumUpload:file-url
 */
const char *
gum_upload_get_file_url (GumUpload *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD (self), NULL);

  return self->state == GUM_UPLOAD_DONE ? self->file_url : NULL;
}
