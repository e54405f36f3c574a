/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of one upload on their way to the storage, four at a time, over a session that knows no
 * token. All addresses are signed at once and live for 15 minutes: a part must have begun by then, and
 * there is no way to have its address signed anew but to begin with all of it.
 *
 *   next ─▶ PUT ─▶ 200 with an ETag ─▶ done
 *            ▲└──▶ lost, cut, stalled, 429, 5xx ─▶ after a while ─┐
 *            └────────────────────────────────────────────────────┘
 *             └──▶ any other status, the file changed ─▶ all of them end
 *
 * When the task returns, nothing is on its way any more, so what is aborted then stays aborted. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload-parts.h"
#include "gum-answer-private.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-part-stream.h"
#include "gum-retry-private.h"

#include <string.h>

/* How often a part is sent again when the line breaks, and when the storage says no for now. */
#define MAX_BREAKS 24
#define MAX_REFUSALS 8
/* A storage that answers before it has read everything hangs up on us, and libsoup does not read its
 * answer. When that is all that happens, other addresses may be better. */
#define MAX_HANG_UPS 4
#define MAX_ANSWER (64 * 1024)
#define MAX_ETAG 256

typedef struct {
  /* not owned */
  GumUploadParts *owner;

  /* owned */
  char        *etag;        /* set: the part is done */
  SoupMessage *message;     /* set: it is on its way */

  /* plain */
  guint   position;
  guint64 offset;
  guint64 length;
  guint64 sent;
  guint   breaks;           /* in a row */
  guint   hang_ups;         /* in a row: those with something sent */
  guint   refusals;
} Part;

struct _GumUploadParts
{
  GObject parent_instance;

  /* owned */
  GumHttp          *http;
  GumUploadSource  *source;
  GumUploadSession *session;
  GPtrArray        *parts;
  GTask            *task;           /* while they are sent */
  GCancellable     *cancellable;    /* of all that is pending */
  GSource          *user_cancelled;
  GError           *error;          /* why it ends early */

  /* plain */
  GumUploadTuning tuning;
  guint           next;
  guint           n_pending;        /* parts that are sent, or wait to be sent again */
  guint           n_done;
  gboolean        want_addresses;   /* other addresses may help */
  gboolean        broken;           /* the line, since something last left */
};

G_DEFINE_FINAL_TYPE (GumUploadParts, gum_upload_parts, G_TYPE_OBJECT)

static void send_part (Part *part);

static void
part_free (Part *part)
{
  g_clear_object (&part->message);
  g_free (part->etag);
  g_free (part);
}

/* Ends the task when all is done, or when it is to end early and nothing is pending any more. */
static void
finish_if_over (GumUploadParts *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->n_pending > 0 || (self->error == NULL && self->n_done < self->parts->len))
    return;

  task = g_steal_pointer (&self->task);
  if (self->user_cancelled != NULL)
    g_source_destroy (self->user_cancelled);
  g_clear_pointer (&self->user_cancelled, g_source_unref);

  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes @error. Only the first counts: the others follow from it. */
static void
give_up (GumUploadParts *self,
         GError         *error)
{
  if (self->error != NULL)
    {
      g_error_free (error);
      return;
    }

  self->error = error;
  g_cancellable_cancel (self->cancellable);
}

/* Takes @error. */
static void
ask_for_addresses (GumUploadParts *self,
                   GError         *error)
{
  self->want_addresses = self->error == NULL;
  give_up (self, error);
}

static gboolean
user_cancelled_cb (GCancellable *cancellable,
                   gpointer      data)
{
  g_autoptr(GumUploadParts) self = g_object_ref (data);

  give_up (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                      "The upload was cancelled"));
  finish_if_over (self);

  return G_SOURCE_REMOVE;
}

/* Begins with parts until enough are on their way, counting those that wait to be sent again. */
static void
send_next (GumUploadParts *self)
{
  while (self->error == NULL && self->next < self->parts->len &&
         self->next - self->n_done < GUM_UPLOAD_PARALLEL)
    send_part (self->parts->pdata[self->next++]);
}

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Part *part = data;
  g_autoptr(GumUploadParts) self = g_object_ref (part->owner);

  self->n_pending--;
  if (_gum_retry_wait_finish (result, NULL))
    send_part (part);
  finish_if_over (self);
}

static void
send_later (Part   *part,
            double  seconds)
{
  GumUploadParts *self = part->owner;

  self->n_pending++;
  _gum_retry_wait_async (seconds * self->tuning.time_scale, self->cancellable, waited_cb, part);
}

/* Without the quotes that it comes in. NULL for what cannot be one. */
static char *
dup_etag (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                   "ETag");
  gsize length = text != NULL ? strlen (text) : 0;

  if (length > 2 && text[0] == '"' && text[length - 1] == '"')
    {
      text++;
      length -= 2;
    }
  if (length == 0 || length > MAX_ETAG)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return NULL;

  return g_strndup (text, length);
}

static gboolean
body_says (GBytes     *body,
           const char *words)
{
  return memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), words,
                 strlen (words)) != NULL;
}

/* The line broke, or the answer did. Takes @error. */
static void
take_break (Part   *part,
            GError *error)
{
  GumUploadParts *self = part->owner;

  self->broken = TRUE;
  part->breaks++;
  part->hang_ups = gum_http_was_sent (part->message) ? part->hang_ups + 1 : 0;
  if (self->n_done == 0 && part->hang_ups >= MAX_HANG_UPS)
    ask_for_addresses (self, error);
  else if (part->breaks >= MAX_BREAKS)
    give_up (self, error);
  else
    {
      g_error_free (error);
      send_later (part, _gum_retry_choose_backoff (part->breaks));
    }
}

/* The storage answered, and not with a 2xx. What it says is about buckets, nothing for a person. */
static void
take_refusal (Part   *part,
              GBytes *body)
{
  GumUploadParts *self = part->owner;
  guint status = soup_message_get_status (part->message);
  gint64 retry_after;

  part->breaks = part->hang_ups = 0;
  if (status == SOUP_STATUS_FORBIDDEN && body_says (body, "Request has expired"))
    {
      ask_for_addresses (self, g_error_new_literal (GUM_ERROR, GUM_ERROR_UPLOAD_EXPIRED,
                                                    "The address of a part has expired"));
      return;
    }
  /* So S3 says that the line stood still for too long. */
  if (status == SOUP_STATUS_BAD_REQUEST && body_says (body, "<Code>RequestTimeout</Code>"))
    status = SOUP_STATUS_REQUEST_TIMEOUT;
  if ((status < 500 && status != 429 && status != SOUP_STATUS_REQUEST_TIMEOUT) ||
      ++part->refusals >= MAX_REFUSALS)
    {
      give_up (self, gum_error_new_http (status >= 500 ? GUM_ERROR_SERVER
                                         : status == 429 ? GUM_ERROR_RATE_LIMITED
                                                         : GUM_ERROR_REJECTED,
                                         status, NULL, "The storage answered a part with %u",
                                         status));
      return;
    }

  retry_after = _gum_answer_get_retry_after (soup_message_get_response_headers (part->message));
  send_later (part, MAX (retry_after, _gum_retry_choose_backoff (part->refusals)));
}

static void
take_result (Part   *part,
             GBytes *body,
             GError *error)
{
  GumUploadParts *self = part->owner;

  if (self->error != NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (body == NULL && _gum_retry_may_pass (error))
    {
      take_break (part, error);
      return;
    }
  if (body == NULL)
    {
      give_up (self, error);
      return;
    }
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (part->message)))
    {
      take_refusal (part, body);
      return;
    }

  part->etag = dup_etag (part->message);
  if (part->etag == NULL)
    {
      take_break (part, g_error_new_literal (GUM_ERROR, GUM_ERROR_PROTOCOL,
                                             "The storage took a part and gave no ETag"));
      return;
    }
  part->sent = part->length;
  self->broken = FALSE;
  self->n_done++;
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Part *part = data;
  g_autoptr(GumUploadParts) self = g_object_ref (part->owner);
  GError *error = NULL;
  g_autoptr(GBytes) body = gum_http_send_finish (GUM_HTTP (source), result, &error);

  self->n_pending--;
  g_signal_handlers_disconnect_by_data (part->message, part);
  part->sent = 0;
  take_result (part, body, error);
  g_clear_object (&part->message);

  send_next (self);
  finish_if_over (self);
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        length,
                    Part        *part)
{
  part->sent += length;
  part->owner->broken = FALSE;
}

/* Never resent by libsoup, which would go on with a body that is half used up. */
static void
send_part (Part *part)
{
  GumUploadParts *self = part->owner;
  const char *address = self->session->addresses->pdata[part->position];
  GumHttpPolicy policy = {
    .max_body = MAX_ANSWER,
    .stall = self->tuning.stall,
    /* Whoever draws comes first. */
    .priority = G_PRIORITY_DEFAULT_IDLE,
    .exactly_once = TRUE,
    .secret_address = TRUE,
  };
  g_autoptr(GInputStream) body = NULL;

  if (_gum_upload_parts_get_time_left (self) <= 0)
    {
      ask_for_addresses (self, g_error_new_literal (GUM_ERROR, GUM_ERROR_UPLOAD_EXPIRED,
                                                    "The addresses are too old for another part"));
      return;
    }
  part->message = soup_message_new (SOUP_METHOD_PUT, address);
  if (part->message == NULL)
    {
      give_up (self, g_error_new_literal (GUM_ERROR, GUM_ERROR_PROTOCOL,
                                          "The address of a part is none"));
      return;
    }

  body = _gum_part_stream_new (self->source, part->offset, part->length);
  soup_message_set_request_body (part->message, NULL, body, part->length);
  g_signal_connect (part->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), part);
  self->n_pending++;
  gum_http_send_async (self->http, part->message, &policy, self->cancellable, sent_cb, part);
}

static void
gum_upload_parts_finalize (GObject *object)
{
  GumUploadParts *self = GUM_UPLOAD_PARTS (object);

  g_ptr_array_unref (self->parts);
  g_clear_object (&self->http);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->source, _gum_upload_source_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (gum_upload_parts_parent_class)->finalize (object);
}

static void
gum_upload_parts_class_init (GumUploadPartsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_upload_parts_finalize;
}

static void
gum_upload_parts_init (GumUploadParts *self)
{
  self->http = gum_http_new_for_bodies ();
  self->cancellable = g_cancellable_new ();
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
}

/* @session must outlive it. */
GumUploadParts *
_gum_upload_parts_new (GumUploadSource       *source,
                       GumUploadSession      *session,
                       const GumUploadTuning *tuning)
{
  GumUploadParts *self = g_object_new (GUM_TYPE_UPLOAD_PARTS, NULL);

  self->source = _gum_upload_source_ref (source);
  self->session = session;
  self->tuning = *tuning;
  for (guint i = 0; i < session->addresses->len; i++)
    {
      Part *part = g_new0 (Part, 1);

      part->owner = self;
      part->position = i;
      part->offset = i * session->part_size;
      part->length = MIN (session->part_size, session->size - part->offset);
      g_ptr_array_add (self->parts, part);
    }

  return self;
}

void
_gum_upload_parts_send_async (GumUploadParts      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, _gum_upload_parts_send_async);
  self->user_cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->user_cancelled, G_SOURCE_FUNC (user_cancelled_cb), self, NULL);
  g_source_attach (self->user_cancelled, g_task_get_context (self->task));

  send_next (self);
  finish_if_over (self);
}

/* Errors: of the file, see gum-upload-source.c; %GUM_ERROR_UPLOAD_EXPIRED; %GUM_ERROR_REJECTED, %GUM_ERROR_RATE_LIMITED, %GUM_ERROR_SERVER by the storage's status; those of
 * gum_http_send_finish(). */
gboolean
_gum_upload_parts_send_finish (GumUploadParts  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, _gum_upload_parts_send_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether it failed in a way that other addresses may help against. */
gboolean
_gum_upload_parts_want_addresses (GumUploadParts *self)
{
  return self->want_addresses;
}

/* Whether nothing leaves, and the line is tried again and again. */
gboolean
_gum_upload_parts_is_broken (GumUploadParts *self)
{
  return self->broken;
}

/* Bytes on their way or there. It goes back when a part has to be sent again. */
guint64
_gum_upload_parts_get_sent (GumUploadParts *self)
{
  guint64 sent = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];

      sent += MIN (part->sent, part->length);
    }

  return sent;
}

/* Seconds in which parts may still begin. */
double
_gum_upload_parts_get_time_left (GumUploadParts *self)
{
  return self->tuning.lifetime -
         (double) (g_get_monotonic_time () - self->session->since) / G_USEC_PER_SEC;
}

/* Bytes that must be gone before the last part can begin: all but the parts that are on their way
 * together with it, of which the others are, on average, half gone. */
guint64
_gum_upload_parts_get_ahead (GumUploadParts *self)
{
  guint64 n = self->parts->len;
  guint64 needed, sent;

  if (self->next == n)
    return 0;

  needed = (n - GUM_UPLOAD_PARALLEL) * self->session->part_size +
           (GUM_UPLOAD_PARALLEL - 1) * self->session->part_size / 2;
  sent = _gum_upload_parts_get_sent (self);

  return needed > sent ? needed - sent : 0;
}

/* What complete wants to know. */
JsonArray *
_gum_upload_parts_to_json (GumUploadParts *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "part_number", i + 1);
      json_object_set_string_member (object, "etag", part->etag);
      json_array_add_object_element (array, object);
    }

  return array;
}
