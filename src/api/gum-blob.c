/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures on their way to Gumroad, in one piece: a place for them is reserved, the bytes are sent there
 * with their MD5, and the id that was signed for them is what covers and thumbnails are made of.
 *
 *   MD5 ─▶ reserve ─▶ PUT ─▶ blob
 *             ▲        │ too old, once
 *             └────────┘
 *
 * All of it may be sent again: a place that nobody uses is lost by itself. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-blob.h"
#include "gum-blob-private.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-json.h"
#include "gum-retry-private.h"
#include "gum-upload-private.h"
#include "gum-util.h"

#include <string.h>

#define MAX_SENDS 4
#define MAX_PLACES 2
#define MAX_ANSWER (64 * 1024)

static const GumUploadTuning tuning = { .stall = 60, .time_scale = 1 };

typedef struct {
  /* owned */
  GumHttp      *http;
  GBytes       *bytes;
  char         *filename;
  char         *content_type;
  char         *purpose;
  char         *checksum;
  GCancellable *cancellable;
  GumBlobPlace *place;
  SoupMessage  *message;

  /* not owned */
  GFileProgressCallback progress;
  gpointer              progress_data;

  /* plain */
  goffset sent;              /* of the body, in this attempt */
  guint sends;               /* to this place */
  guint places;
} Upload;

static void reserve (GTask *task);
static void put     (GTask *task);

static void
upload_free (Upload *upload)
{
  g_object_unref (upload->http);
  g_bytes_unref (upload->bytes);
  g_free (upload->filename);
  g_free (upload->content_type);
  g_free (upload->purpose);
  g_free (upload->checksum);
  g_clear_object (&upload->cancellable);
  g_clear_pointer (&upload->place, _gum_blob_place_free);
  g_clear_object (&upload->message);
  g_free (upload);
}

/**
 * gum_blob_free:
 * @self: (transfer full): a blob
 */
void
gum_blob_free (GumBlob *self)
{
  gum_secret_free (self->signed_id);
  gum_secret_free (self->key);
  g_free (self);
}

void
_gum_blob_place_free (GumBlobPlace *self)
{
  g_clear_pointer (&self->blob, gum_blob_free);
  gum_secret_free (self->address);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_free (self);
}

/* A header must not break out of its line, and the length is not the server's to say. */
static gboolean
take_header (GumBlobPlace *self,
             const char   *name,
             const char   *value)
{
  static const char * const ours[] = { "content-length", "transfer-encoding", "host", "connection", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (*name == '\0' || value == NULL)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
      return FALSE;
  for (const char *c = value; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return FALSE;

  if (g_strv_contains (ours, lower))
    return TRUE;
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));

  return TRUE;
}

static gboolean
take_headers (GumBlobPlace *self,
              JsonObject   *headers)
{
  g_autoptr(GList) names = headers != NULL ? json_object_get_members (headers) : NULL;

  for (GList *each = names; each != NULL; each = each->next)
    {
      if (!take_header (self, each->data, gum_json_get_string (headers, each->data)))
        return FALSE;
    }

  return TRUE;
}

/* The answer to a reservation, the one that has no `success`. Errors: %GUM_ERROR_PROTOCOL,
 * %GUM_ERROR_INSECURE. */
GumBlobPlace *
_gum_blob_place_parse (JsonObject  *answer,
                       GError     **error)
{
  g_autoptr(GumBlobPlace) self = g_new0 (GumBlobPlace, 1);
  JsonObject *target = gum_json_get_object (answer, "direct_upload");
  const char *signed_id = gum_json_get_string (answer, "signed_id");
  const char *key = gum_json_get_string (answer, "key");
  const char *address = target != NULL ? gum_json_get_string (target, "url") : NULL;

  self->headers = g_ptr_array_new_with_free_func (g_free);
  if (signed_id == NULL || *signed_id == '\0' || key == NULL || *key == '\0' || address == NULL ||
      !take_headers (self, gum_json_get_object (target, "headers")))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL,
                           "A place for a blob without id, key, address or proper headers");
      return NULL;
    }
  if (!gum_uri_check_secure (address, error))
    return NULL;

  self->address = g_strdup (address);
  self->blob = g_new0 (GumBlob, 1);
  self->blob->signed_id = g_strdup (signed_id);
  self->blob->key = g_strdup (key);

  return g_steal_pointer (&self);
}

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (_gum_retry_wait_finish (result, &error))
    put (task);
  else
    g_task_return_error (task, error);
}

/* Takes @error. */
static void
put_again (GTask  *task,
           GError *error)
{
  Upload *upload = g_task_get_task_data (task);

  if (upload->sends >= MAX_SENDS)
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  _gum_retry_wait_async (_gum_retry_choose_backoff (upload->sends), upload->cancellable, waited_cb,
                         g_object_ref (task));
}

/* What the storage says is about buckets, nothing for a person. */
static void
take_refusal (GTask  *task,
              GBytes *body)
{
  static const char expired[] = "Request has expired";
  Upload *upload = g_task_get_task_data (task);
  guint status = soup_message_get_status (upload->message);
  gboolean passes = status >= 500 || status == 429 || status == SOUP_STATUS_REQUEST_TIMEOUT;

  if (passes)
    put_again (task, gum_error_new_http (status == 429 ? GUM_ERROR_RATE_LIMITED : GUM_ERROR_SERVER,
                                         status, NULL, "The storage answered with %u", status));
  else if (status == SOUP_STATUS_FORBIDDEN && upload->places < MAX_PLACES &&
           memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expired,
                   strlen (expired)) != NULL)
    reserve (task);
  else
    g_task_return_error (task, gum_error_new_http (GUM_ERROR_REJECTED, status, NULL,
                                                   "The storage answered with %u", status));
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr(GTask) task = data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) body = gum_http_send_finish (GUM_HTTP (source), result, &error);

  /* A connection that was given up may still say what it wrote. */
  g_signal_handlers_disconnect_by_data (upload->message, upload);
  if (body == NULL && _gum_retry_may_pass (error))
    put_again (task, error);
  else if (body == NULL)
    g_task_return_error (task, error);
  else if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (upload->message)))
    g_task_return_pointer (task, g_steal_pointer (&upload->place->blob),
                           (GDestroyNotify) gum_blob_free);
  else
    take_refusal (task, body);
}

static void
wrote_cb (SoupMessage *message,
          guint        size,
          Upload      *upload)
{
  upload->sent += size;
  upload->progress (upload->sent, g_bytes_get_size (upload->bytes), upload->progress_data);
}

static void
put (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);
  GumHttpPolicy policy = {
    .max_body = MAX_ANSWER,
    .stall = tuning.stall,
    .exactly_once = TRUE,
    .secret_address = TRUE,
  };
  SoupMessageHeaders *headers;

  g_clear_object (&upload->message);
  upload->message = soup_message_new (SOUP_METHOD_PUT, upload->place->address);
  if (upload->message == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL, "The place has no address");
      return;
    }

  headers = soup_message_get_request_headers (upload->message);
  soup_message_set_request_body_from_bytes (upload->message, upload->content_type, upload->bytes);
  soup_message_headers_replace (headers, "Content-MD5", upload->checksum);
  for (guint i = 0; i < upload->place->headers->len; i += 2)
    soup_message_headers_replace (headers, upload->place->headers->pdata[i],
                                  upload->place->headers->pdata[i + 1]);
  upload->sends++;
  upload->sent = 0;
  if (upload->progress != NULL)
    g_signal_connect (upload->message, "wrote-body-data", G_CALLBACK (wrote_cb), upload);
  gum_http_send_async (upload->http, upload->message, &policy, upload->cancellable, put_cb,
                       g_object_ref (task));
}

static void
reserved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = _gum_upload_call_finish (result, &error);

  g_clear_pointer (&upload->place, _gum_blob_place_free);
  if (answer != NULL)
    upload->place = _gum_blob_place_parse (answer, &error);
  if (upload->place == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  upload->sends = 0;
  put (task);
}

static void
reserve (GTask *task)
{
  GumClient *self = g_task_get_source_object (task);
  Upload *upload = g_task_get_task_data (task);
  g_autoptr(JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *blob = json_object_new ();

  json_object_set_string_member (blob, "filename", upload->filename);
  json_object_set_int_member (blob, "byte_size", g_bytes_get_size (upload->bytes));
  json_object_set_string_member (blob, "checksum", upload->checksum);
  json_object_set_string_member (blob, "content_type", upload->content_type);
  json_object_set_object_member (object, "blob", blob);
  if (upload->purpose != NULL)
    json_object_set_string_member (object, "purpose", upload->purpose);
  json_node_take_object (body, object);

  upload->places++;
  _gum_upload_call_async (self, GUM_UPLOAD_RESERVE, body, &tuning, FALSE, upload->cancellable,
                          reserved_cb, g_object_ref (task));
}

static void
summed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  Upload *upload = g_task_get_task_data (task);

  upload->checksum = g_task_propagate_pointer (G_TASK (result), NULL);
  if (g_cancellable_is_cancelled (upload->cancellable))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The upload was cancelled");
  else
    reserve (task);
}

static void
sum_in_thread (GTask        *task,
               gpointer      object,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autoptr(GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize length = sizeof digest;

  g_checksum_update (md5, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  g_checksum_get_digest (md5, digest, &length);
  g_task_return_pointer (task, g_base64_encode (digest, length), g_free);
}

/**
 * gum_client_upload_blob_async:
 * @self: a client
 * @bytes: what is sent, at least one byte
 * @filename: a name for it, in UTF-8
 * @content_type: its media type, such as `image/png`
 * @purpose: (nullable): `media` for the media library, otherwise %NULL
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Sends a picture or a short film to the storage, where it waits to be used.
 */
void
gum_client_upload_blob_async (GumClient           *self,
                              GBytes              *bytes,
                              const char          *filename,
                              const char          *content_type,
                              const char          *purpose,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  gum_client_upload_blob_with_progress_async (self, bytes, filename, content_type, purpose, NULL, NULL,
                                              cancellable, callback, user_data);
}

/**
 * gum_client_upload_blob_with_progress_async:
 * @self: a client
 * @bytes: what is sent, at least one byte
 * @filename: a name for it, in UTF-8
 * @content_type: its media type, such as `image/png`
 * @purpose: (nullable): `media` for the media library, otherwise %NULL
 * @progress: (nullable): called with what has been sent; it begins anew with each attempt
 * @progress_data: for @progress, until @callback is called
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * gum_client_upload_blob_async() for somebody who wants to see how far it is.
 */
void
gum_client_upload_blob_with_progress_async (GumClient             *self,
                                            GBytes                *bytes,
                                            const char            *filename,
                                            const char            *content_type,
                                            const char            *purpose,
                                            GFileProgressCallback  progress,
                                            gpointer               progress_data,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) sum = NULL;
  Upload *upload;

  g_return_if_fail (GUM_IS_CLIENT (self));
  g_return_if_fail (bytes != NULL && g_bytes_get_size (bytes) > 0);
  g_return_if_fail (filename != NULL && content_type != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  upload = g_new0 (Upload, 1);
  upload->http = gum_http_new_for_bodies ();
  upload->bytes = g_bytes_ref (bytes);
  upload->filename = g_strdup (filename);
  upload->content_type = g_strdup (content_type);
  upload->purpose = g_strdup (purpose);
  upload->progress = progress;
  upload->progress_data = progress_data;
  g_set_object (&upload->cancellable, cancellable);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_client_upload_blob_async);
  g_task_set_task_data (task, upload, (GDestroyNotify) upload_free);

  sum = g_task_new (NULL, NULL, summed_cb, g_object_ref (task));
  g_task_set_task_data (sum, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (sum, sum_in_thread);
}

/**
 * gum_client_upload_blob_finish:
 * @self: a client
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: those of gum_client_send_finish() and gum_http_send_finish(); of the storage
 * %GUM_ERROR_REJECTED, %GUM_ERROR_RATE_LIMITED and %GUM_ERROR_SERVER, without a sentence.
 *
 * Returns: (transfer full): the blob
 */
GumBlob *
gum_client_upload_blob_finish (GumClient     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (GUM_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_client_upload_blob_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
