/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uploads in one piece, of pictures and short films: the seller reserves a blob, sends its bytes
 * to the storage, and names it to the endpoint that is to have it.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

#include <unistd.h>

#define MAX_SIZE (G_GINT64_CONSTANT (20) * 1024 * 1024 * 1024)
#define MAX_MEDIA_SIZE (10 * 1024 * 1024)
#define LIFETIME (300 * G_USEC_PER_SEC)
#define KEY_LENGTH 28

void
gum_sandbox_blob_free (gpointer data)
{
  GumSandboxBlob *blob = data;

  if (blob->fd >= 0)
    close (blob->fd);
  g_free (blob->key);
  g_free (blob->signed_id);
  g_free (blob->filename);
  g_free (blob->content_type);
  g_free (blob->checksum);
  g_free (blob->signature);
  g_free (blob);
}

/* Whether its bytes have come or not; NULL if nobody reserved it. */
GumSandboxBlob *
gum_sandbox_find_blob (GumSandboxState *state,
                       const char      *signed_id)
{
  for (guint i = 0; i < state->storage->blobs->len; i++)
    {
      GumSandboxBlob *blob = state->storage->blobs->pdata[i];

      if (g_str_equal (blob->signed_id, signed_id))
        return blob;
    }

  return NULL;
}

char *
gum_sandbox_blob_url (GumSandboxState *state,
                      GumSandboxBlob  *blob)
{
  return g_strconcat (state->storage_origin, "/storage/", blob->key, NULL);
}

/* Returns: (transfer full): @length bytes from the start, or fewer */
GBytes *
gum_sandbox_blob_read (GumSandboxBlob *blob,
                       gsize           length)
{
  gsize size = MIN (length, (gsize) blob->byte_size);
  guint8 *data = g_malloc (MAX (size, 1));
  gsize done = 0;

  while (done < size)
    {
      gssize n = pread (blob->fd, data + done, size - done, (off_t) done);

      if (n <= 0)
        break;
      done += (gsize) n;
    }

  return g_bytes_new_take (data, done);
}

/* POST /direct_uploads */

static char *
new_key (GumSandboxState *state)
{
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  guint64 value = gum_sandbox_mix (state->serial++ ^ 0xb10b);
  char *key = g_strnfill (KEY_LENGTH, '0');

  for (guint i = 0; i < KEY_LENGTH; i++)
    {
      key[i] = digits[value % 36];
      value = gum_sandbox_mix (value);
    }

  return key;
}

static const char *
check_type (const char *type,
            gboolean    media)
{
  static const char *const pictures[] = { "image/jpeg", "image/jpg", "image/png", "image/gif",
                                          NULL };

  if (media)
    return g_str_has_prefix (type, "image/") && !g_str_has_prefix (type, "image/svg")
             ? NULL : "content_type must be an image other than SVG";

  return g_strv_contains (pictures, type) || g_str_has_prefix (type, "video/")
           ? NULL : "content_type must be JPEG, PNG, GIF or a video";
}

/* Returns NULL and the values, or what is wrong. */
static char *
check_reservation (JsonObject *params,
                   gboolean    media,
                   char       *values[3],
                   gint64     *size)
{
  static const char *const names[] = { "filename", "checksum", "content_type" };
  JsonObject *blob = gum_sandbox_get_object (params, "blob");
  gint64 limit = media ? MAX_MEDIA_SIZE : MAX_SIZE;

  if (blob == NULL)
    return g_strdup ("blob is required");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (gum_sandbox_is_blank (blob, names[i]))
        return g_strdup_printf ("%s is required", names[i]);
      values[i] = gum_sandbox_dup_string (blob, names[i]);
    }
  if (!gum_sandbox_get_int (blob, "byte_size", size) || *size <= 0)
    return g_strdup ("byte_size is required");
  if (*size > limit)
    return g_strdup_printf ("byte_size exceeds the %s maximum", media ? "10 MB" : "20 GB");

  return g_strdup (check_type (values[2], media));
}

/* What Rails says about a blob: there is no "success" in it. */
static JsonObject *
render_blob (GumSandboxState *state,
             GumSandboxBlob  *blob)
{
  JsonObject *object = json_object_new ();
  JsonObject *upload = json_object_new ();
  JsonObject *headers = json_object_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *address = gum_sandbox_blob_url (state, blob);
  g_autofree char *name = g_uri_escape_string (blob->filename, NULL, FALSE);
  g_autofree char *disposition = NULL;
  g_autofree char *url = NULL;

  disposition = g_strdup_printf ("inline; filename=\"%s\"; filename*=UTF-8''%s", name, name);
  url = g_strdup_printf ("%s?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=300"
                         "&X-Amz-SignedHeaders=content-length%%3Bcontent-md5%%3Bcontent-type"
                         "%%3Bhost&X-Amz-Signature=%s",
                         address, blob->signature);
  json_object_set_string_member (headers, "Content-Type", blob->content_type);
  json_object_set_string_member (headers, "Content-MD5", blob->checksum);
  json_object_set_string_member (headers, "Content-Disposition", disposition);
  json_object_set_string_member (upload, "url", url);
  json_object_set_object_member (upload, "headers", headers);

  json_object_set_int_member (object, "id", blob->id);
  json_object_set_string_member (object, "key", blob->key);
  json_object_set_string_member (object, "filename", blob->filename);
  json_object_set_string_member (object, "content_type", blob->content_type);
  json_object_set_object_member (object, "metadata", json_object_new ());
  json_object_set_string_member (object, "service_name", "amazon");
  json_object_set_int_member (object, "byte_size", blob->byte_size);
  json_object_set_string_member (object, "checksum", blob->checksum);
  json_object_set_string_member (object, "created_at", time);
  json_object_set_string_member (object, "signed_id", blob->signed_id);
  json_object_set_object_member (object, "direct_upload", upload);

  return object;
}

static void
reserve_cb (GumSandboxCall *call)
{
  GumSandboxState *state = call->state;
  g_autofree char *purpose = gum_sandbox_dup_string (call->params, "purpose");
  gboolean media = g_strcmp0 (purpose, "media") == 0;
  char *values[3] = { NULL, NULL, NULL };
  g_autofree char *error = NULL;
  GumSandboxBlob *blob;
  gint64 size = 0;

  if (media ? !gum_sandbox_call_require (call, GUM_SANDBOX_SCOPE_EDIT_PROFILE)
            : !gum_sandbox_call_authorize (call, GUM_SANDBOX_SCOPES_WRITE))
    return;

  error = check_reservation (call->params, media, values, &size);
  if (error != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        g_free (values[i]);
      gum_sandbox_call_bad_request (call, error);
      return;
    }

  blob = g_new0 (GumSandboxBlob, 1);
  blob->id = 9000 + state->storage->blobs->len;
  blob->key = new_key (state);
  blob->signed_id = gum_sandbox_random (state);
  blob->signature = gum_sandbox_random (state);
  blob->filename = values[0];
  blob->checksum = values[1];
  blob->content_type = values[2];
  blob->byte_size = size;
  blob->for_media = media;
  blob->expires_at = g_get_monotonic_time () + LIFETIME;
  blob->fd = -1;
  g_ptr_array_add (state->storage->blobs, blob);
  gum_sandbox_call_take_json (call, 200, render_blob (state, blob));
}

/* The storage's side */

static GumSandboxBlob *
blob_at (GumSandboxCall *call)
{
  for (guint i = 0; i < call->state->storage->blobs->len; i++)
    {
      GumSandboxBlob *blob = call->state->storage->blobs->pdata[i];

      if (g_str_equal (blob->key, call->args[0]))
        return blob;
    }

  return NULL;
}

/* Length and type are signed, the bytes are vouched for by their MD5. */
static void
put_blob_cb (GumSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *type = soup_message_headers_get_one (headers, "Content-Type");
  const char *md5 = soup_message_headers_get_one (headers, "Content-MD5");
  g_autofree char *signature = gum_sandbox_dup_string (call->params, "X-Amz-Signature");
  GumSandboxBlob *blob = blob_at (call);
  g_autofree char *hex = NULL;
  g_autofree char *etag = NULL;

  if (gum_sandbox_call_refuse_put (call))
    return;
  if (blob == NULL || g_strcmp0 (blob->signature, signature) != 0 ||
      g_strcmp0 (blob->content_type, type) != 0 || g_strcmp0 (blob->checksum, md5) != 0 ||
      soup_message_headers_get_content_length (headers) != blob->byte_size)
    {
      gum_sandbox_call_xml (call, 403, "SignatureDoesNotMatch", GUM_SANDBOX_WRONG_SIGNATURE);
      return;
    }
  if (call->intake->started_at >= blob->expires_at)
    {
      gum_sandbox_call_xml (call, 403, "AccessDenied", "Request has expired");
      return;
    }

  hex = gum_sandbox_intake_md5 (call->intake);
  if (call->intake->md5 != NULL)
    {
      guint8 digest[16];
      gsize length = sizeof digest;
      g_autofree char *base64 = NULL;

      g_checksum_get_digest (call->intake->md5, digest, &length);
      base64 = g_base64_encode (digest, length);
      if (!g_str_equal (base64, blob->checksum))
        {
          gum_sandbox_call_xml (call, 400, "BadDigest",
                                "The Content-MD5 you specified did not match what we received.");
          return;
        }
    }
  if (call->intake->failed)
    {
      gum_sandbox_call_xml (call, 500, "InternalError",
                            "We encountered an internal error. Please try again.");
      return;
    }

  if (blob->fd >= 0)
    close (blob->fd);
  blob->fd = call->intake->fd;
  call->intake->fd = -1;
  etag = g_strdup_printf ("\"%s\"", hex);
  gum_sandbox_call_header (call, "ETag", etag);
  gum_sandbox_call_text (call, 200, NULL, "");
}

/* Pictures are public: their addresses stand in what everybody may read. */
static void
get_blob_cb (GumSandboxCall *call)
{
  GumSandboxBlob *blob = blob_at (call);
  g_autoptr (GBytes) bytes = NULL;

  if (blob == NULL || blob->fd < 0)
    {
      gum_sandbox_call_xml (call, 404, "NoSuchKey", "The specified key does not exist.");
      return;
    }

  bytes = gum_sandbox_blob_read (blob, G_MAXSIZE);
  gum_sandbox_call_answer (call, 200, blob->content_type, bytes);
}

JsonArray *
gum_sandbox_blobs_list (GumSandboxState *state)
{
  JsonArray *blobs = json_array_new ();

  for (guint i = 0; i < state->storage->blobs->len; i++)
    {
      GumSandboxBlob *blob = state->storage->blobs->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "signed_id", blob->signed_id);
      json_object_set_string_member (object, "key", blob->key);
      json_object_set_string_member (object, "filename", blob->filename);
      json_object_set_int_member (object, "byte_size", blob->byte_size);
      json_object_set_string_member (object, "checksum", blob->checksum);
      json_object_set_boolean_member (object, "arrived", blob->fd >= 0);
      json_object_set_boolean_member (object, "used", blob->used);
      json_array_add_object_element (blobs, object);
    }

  return blobs;
}

const GumSandboxRoute gum_sandbox_blob_routes[] = {
  { "POST", "/v2/direct_uploads", GUM_SANDBOX_SCOPES_WRITE | GUM_SANDBOX_SCOPE_EDIT_PROFILE,
    reserve_cb },
  { "PUT", "/storage/:key", 0, put_blob_cb },
  { "GET", "/storage/:key", 0, get_blob_cb },
  { NULL },
};
