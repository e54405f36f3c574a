/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uploads in parts, of the files that buyers download: addresses are signed, the parts go to the
 * storage, and the whole is put together once, or given up.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

#define PART_SIZE (100 * 1024 * 1024)
#define MAX_FILE_SIZE (G_GINT64_CONSTANT (20) * 1024 * 1024 * 1024)
#define LIFETIME (900 * G_USEC_PER_SEC)

static void
part_free (gpointer data)
{
  GumSandboxPart *part = data;

  g_free (part->etag);
  g_free (part->signature);
  g_free (part);
}

static void
upload_free (gpointer data)
{
  GumSandboxUpload *upload = data;

  g_free (upload->id);
  g_free (upload->key);
  g_free (upload->filename);
  g_ptr_array_unref (upload->parts);
  g_free (upload);
}

void
gum_sandbox_storage_init (GumSandboxState *state)
{
  state->storage = g_new0 (GumSandboxStorage, 1);
  state->storage->part_size = PART_SIZE;
  state->storage->hashes = TRUE;
  state->storage->analyses = TRUE;
  state->storage->uploads = g_ptr_array_new_with_free_func (upload_free);
  state->storage->media = json_array_new ();
  state->storage->blobs = g_ptr_array_new_with_free_func (gum_sandbox_blob_free);
}

void
gum_sandbox_storage_clear (GumSandboxState *state)
{
  g_ptr_array_unref (state->storage->uploads);
  g_ptr_array_unref (state->storage->blobs);
  json_array_unref (state->storage->media);
  g_free (state->storage->front);
  g_clear_pointer (&state->storage, g_free);
}

GumSandboxUpload *
gum_sandbox_find_upload (GumSandboxState *state,
                         const char      *id)
{
  GPtrArray *uploads = state->storage->uploads;

  /* The newest is the likeliest: this is asked for every piece that comes in. */
  for (guint i = uploads->len; i-- > 0;)
    {
      GumSandboxUpload *upload = uploads->pdata[i];

      if (g_str_equal (upload->id, id))
        return upload;
    }

  return NULL;
}

char *
gum_sandbox_upload_url (GumSandboxState  *state,
                        GumSandboxUpload *upload)
{
  return g_strconcat (state->storage_origin, "/storage/", upload->key, NULL);
}

/* The whole file that lies there; NULL if there is none. */
GumSandboxUpload *
gum_sandbox_find_stored (GumSandboxState *state,
                         const char      *file_url)
{
  g_autofree char *prefix = g_strconcat (state->storage_origin, "/storage/", NULL);

  for (guint i = 0; i < state->storage->uploads->len; i++)
    {
      GumSandboxUpload *upload = state->storage->uploads->pdata[i];

      if (upload->status == GUM_SANDBOX_UPLOAD_COMPLETED && g_str_has_prefix (file_url, prefix) &&
          g_str_equal (upload->key, file_url + strlen (prefix)))
        return upload;
    }

  return NULL;
}

/* POST /files/presign */

/* The last segment, without what a file system or a header would stumble over. */
static char *
sanitise (const char *filename)
{
  const char *slash = MAX (strrchr (filename, '/'), strrchr (filename, '\\'));
  char *name = g_strdup (slash != NULL ? slash + 1 : filename);

  for (char *c = name; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || strchr ("\"%?#<>|:*", *c) != NULL)
      *c = '_';
  if (g_str_equal (name, "") || g_str_equal (name, ".") || g_str_equal (name, ".."))
    {
      g_free (name);
      name = g_strdup ("file");
    }

  return name;
}

static GumSandboxUpload *
add_upload (GumSandboxState *state,
            const char      *filename,
            gint64           size)
{
  GumSandboxUpload *upload = g_new0 (GumSandboxUpload, 1);
  g_autofree char *prefix = gum_sandbox_storage_prefix (state);
  g_autofree char *guid = gum_sandbox_guid (state->serial++, 0xf11e);
  gint64 left = size;

  upload->filename = sanitise (filename);
  upload->key = g_strdup_printf ("%s%s/original/%s",
                                 prefix + strlen (state->storage_origin) + strlen ("/storage/"),
                                 guid, upload->filename);
  upload->id = gum_sandbox_random (state);
  upload->size = size;
  upload->part_size = state->storage->part_size;
  upload->expires_at = g_get_monotonic_time () + LIFETIME;
  upload->parts = g_ptr_array_new_with_free_func (part_free);
  do
    {
      GumSandboxPart *part = g_new0 (GumSandboxPart, 1);

      part->expected = MIN (left, upload->part_size);
      part->signature = gum_sandbox_random (state);
      g_ptr_array_add (upload->parts, part);
      left -= part->expected;
    }
  while (left > 0);
  g_ptr_array_add (state->storage->uploads, upload);

  return upload;
}

static JsonArray *
sign_parts (GumSandboxState  *state,
            GumSandboxUpload *upload)
{
  JsonArray *parts = json_array_new ();
  g_autofree char *path = g_uri_escape_string (upload->key, "/", FALSE);
  const char *front = state->storage->front;

  for (guint i = 0; i < upload->parts->len; i++)
    {
      GumSandboxPart *part = upload->parts->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *url = NULL;

      url = g_strdup_printf ("%s/storage/%s?partNumber=%u&uploadId=%s"
                             "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900"
                             "&X-Amz-SignedHeaders=host&X-Amz-Signature=%s",
                             front != NULL ? front : state->storage_origin, path, i + 1,
                             upload->id, part->signature);
      json_object_set_int_member (object, "part_number", i + 1);
      json_object_set_string_member (object, "presigned_url", url);
      json_array_add_object_element (parts, object);
    }

  return parts;
}

static void
presign_cb (GumSandboxCall *call)
{
  g_autofree char *filename = gum_sandbox_dup_string (call->params, "filename");
  g_autofree char *url = NULL;
  GumSandboxUpload *upload;
  JsonObject *object;
  gint64 size = 0;

  if (filename == NULL || filename[0] == '\0')
    {
      gum_sandbox_call_bad_request (call, "filename is required");
      return;
    }
  if (!gum_sandbox_get_int (call->params, "file_size", &size) || size <= 0)
    {
      gum_sandbox_call_bad_request (call, "file_size is required");
      return;
    }
  if (size > MAX_FILE_SIZE)
    {
      gum_sandbox_call_bad_request (call, "file_size exceeds the 20 GB maximum");
      return;
    }

  upload = add_upload (call->state, filename, size);
  url = gum_sandbox_upload_url (call->state, upload);
  object = json_object_new ();
  json_object_set_boolean_member (object, "success", TRUE);
  json_object_set_string_member (object, "upload_id", upload->id);
  json_object_set_string_member (object, "key", upload->key);
  json_object_set_string_member (object, "file_url", url);
  json_object_set_array_member (object, "parts", sign_parts (call->state, upload));
  gum_sandbox_call_take_json (call, 200, object);
}

/* POST /files/complete, POST /files/abort */

/*
 * The upload that was asked for.  FALSE: that was answered.  An upload that is over, or never was,
 * is NULL.
 */
static gboolean
call_upload (GumSandboxCall    *call,
             GumSandboxUpload **upload)
{
  g_autofree char *id = gum_sandbox_dup_string (call->params, "upload_id");
  g_autofree char *key = gum_sandbox_dup_string (call->params, "key");
  g_autofree char *prefix = gum_sandbox_storage_prefix (call->state);
  const char *own = prefix + strlen (call->state->storage_origin) + strlen ("/storage/");
  const char *error = NULL;

  if (id == NULL || id[0] == '\0')
    error = "upload_id is required";
  else if (key == NULL || key[0] == '\0')
    error = "key is required";
  else if (!g_str_has_prefix (key, own) || strstr (key, "..") != NULL)
    error = "invalid key";
  if (error != NULL)
    {
      gum_sandbox_call_bad_request (call, error);
      return FALSE;
    }

  *upload = gum_sandbox_find_upload (call->state, id);
  if (*upload != NULL && ((*upload)->status != GUM_SANDBOX_UPLOAD_OPEN ||
                          !g_str_equal ((*upload)->key, key)))
    *upload = NULL;

  return TRUE;
}

/* Returns NULL, or what is wrong with the list: S3 says it in just these words. */
static const char *
check_parts (GumSandboxUpload *upload,
             JsonArray        *parts)
{
  static const char missing[] =
    "One or more of the specified parts could not be found. The part may not have been uploaded, "
    "or the specified entity tag may not match the part's entity tag.";
  gint64 last = 0;

  for (guint i = 0; i < gum_sandbox_length (parts); i++)
    {
      JsonObject *entry = gum_sandbox_object_at (parts, i);
      g_autofree char *etag = gum_sandbox_dup_string (entry, "etag");
      gsize length = etag != NULL ? strlen (etag) : 0;
      GumSandboxPart *part;
      gint64 number = 0;

      if (!gum_sandbox_get_int (entry, "part_number", &number) || number < 1 ||
          number > upload->parts->len || length == 0)
        return missing;
      if (number <= last)
        return "The list of parts was not in ascending order. The parts list must be specified in "
               "order by part number.";
      last = number;

      part = upload->parts->pdata[number - 1];
      if (length >= 2 && etag[0] == '"' && etag[length - 1] == '"')
        {
          memmove (etag, etag + 1, length - 2);
          etag[length - 2] = '\0';
        }
      if (g_strcmp0 (part->etag, etag) != 0)
        return missing;
      if (part->size != part->expected)
        return "Your proposed upload is smaller than the minimum allowed size";
    }

  return gum_sandbox_length (parts) < upload->parts->len ? missing : NULL;
}

static void
complete_cb (GumSandboxCall *call)
{
  JsonArray *parts = gum_sandbox_get_array (call->params, "parts");
  g_autofree char *url = NULL;
  GumSandboxUpload *upload;
  const char *error;

  if (!call_upload (call, &upload))
    return;
  if (gum_sandbox_length (parts) == 0)
    {
      gum_sandbox_call_bad_request (call, "parts is required");
      return;
    }

  error = upload != NULL ? check_parts (upload, parts) : GUM_SANDBOX_NO_SUCH_UPLOAD;
  if (error != NULL)
    {
      gum_sandbox_call_bad_request (call, error);
      return;
    }

  upload->status = GUM_SANDBOX_UPLOAD_COMPLETED;
  url = gum_sandbox_upload_url (call->state, upload);
  gum_sandbox_call_success (call, "file_url", json_node_init_string (json_node_alloc (), url));
}

static void
abort_cb (GumSandboxCall *call)
{
  GumSandboxUpload *upload;
  const char *status = "already_gone";

  if (!call_upload (call, &upload))
    return;

  if (upload != NULL)
    {
      upload->status = GUM_SANDBOX_UPLOAD_ABORTED;
      status = "accepted";
    }
  gum_sandbox_call_success (call, "status", json_node_init_string (json_node_alloc (), status));
}

/* For the control verbs */

void
gum_sandbox_storage_set (GumSandboxState *state,
                         JsonObject      *args)
{
  GumSandboxStorage *storage = state->storage;
  char *front = gum_sandbox_dup_string (args, "front");
  gint64 number;

  if (front != NULL)
    {
      g_free (storage->front);
      storage->front = front;
    }
  if (gum_sandbox_get_int (args, "part_size", &number))
    storage->part_size = CLAMP (number, 1, MAX_FILE_SIZE);
  if (gum_sandbox_get_int (args, "bytes_per_second", &number))
    storage->rate = (guint) CLAMP (number, 0, G_MAXINT);
  storage->hashes = gum_sandbox_get_bool (args, "hash", storage->hashes);
  storage->analyses = gum_sandbox_get_bool (args, "analysis", storage->analyses);

  /* Rows of the list tell of sizes too. */
  for (guint i = 0; i < state->order->len; i++)
    if (((GumSandboxProduct *) state->order->pdata[i])->record != NULL)
      gum_sandbox_product_touch (state->order->pdata[i]);
}

/* What has begun to arrive is still taken. */
void
gum_sandbox_storage_expire (GumSandboxState *state)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < state->storage->uploads->len; i++)
    ((GumSandboxUpload *) state->storage->uploads->pdata[i])->expires_at = now;
  for (guint i = 0; i < state->storage->blobs->len; i++)
    ((GumSandboxBlob *) state->storage->blobs->pdata[i])->expires_at = now;
}

/* As S3 makes the tag of a whole from its parts': the MD5 of their MD5s, and how many. */
static char *
digest_of (GumSandboxUpload *upload)
{
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);

  for (guint i = 0; i < upload->parts->len; i++)
    {
      GumSandboxPart *part = upload->parts->pdata[i];
      guint8 bytes[16];

      if (part->etag == NULL)
        return NULL;
      for (guint j = 0; j < sizeof bytes; j++)
        bytes[j] = (guint8) (g_ascii_xdigit_value (part->etag[2 * j]) << 4 |
                             g_ascii_xdigit_value (part->etag[2 * j + 1]));
      g_checksum_update (md5, bytes, sizeof bytes);
    }

  return g_strdup_printf ("%s-%u", g_checksum_get_string (md5), upload->parts->len);
}

static JsonObject *
describe (GumSandboxState  *state,
          GumSandboxUpload *upload)
{
  static const char *const names[] = { "open", "completed", "aborted" };
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();
  g_autofree char *digest = digest_of (upload);
  g_autofree char *url = gum_sandbox_upload_url (state, upload);

  json_object_set_string_member (object, "upload_id", upload->id);
  json_object_set_string_member (object, "key", upload->key);
  json_object_set_string_member (object, "file_url", url);
  json_object_set_string_member (object, "filename", upload->filename);
  json_object_set_int_member (object, "size", upload->size);
  json_object_set_string_member (object, "state", names[upload->status]);
  gum_sandbox_set_null_string (object, "digest", digest);
  for (guint i = 0; i < upload->parts->len; i++)
    {
      GumSandboxPart *part = upload->parts->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_int_member (entry, "part_number", i + 1);
      json_object_set_int_member (entry, "expected", part->expected);
      json_object_set_int_member (entry, "received", part->received);
      json_object_set_int_member (entry, "size", part->size);
      gum_sandbox_set_null_string (entry, "etag", part->etag);
      json_array_add_object_element (parts, entry);
    }
  json_object_set_array_member (object, "parts", parts);

  return object;
}

JsonArray *
gum_sandbox_storage_list (GumSandboxState *state)
{
  JsonArray *uploads = json_array_new ();

  for (guint i = 0; i < state->storage->uploads->len; i++)
    json_array_add_object_element (uploads, describe (state, state->storage->uploads->pdata[i]));

  return uploads;
}

/* A whole file of that name and size, without a byte of it having come. */
JsonObject *
gum_sandbox_storage_add (GumSandboxState *state,
                         JsonObject      *args)
{
  g_autofree char *filename = gum_sandbox_dup_string (args, "filename");
  GumSandboxUpload *upload;
  gint64 size = 1;

  gum_sandbox_get_int (args, "size", &size);
  upload = add_upload (state, filename != NULL ? filename : "file.bin", MAX (size, 1));
  upload->status = GUM_SANDBOX_UPLOAD_COMPLETED;

  return describe (state, upload);
}

const GumSandboxRoute gum_sandbox_upload_routes[] = {
  { "POST", "/v2/files/presign", GUM_SANDBOX_SCOPES_WRITE, presign_cb },
  { "POST", "/v2/files/complete", GUM_SANDBOX_SCOPES_WRITE, complete_cb },
  { "POST", "/v2/files/abort", GUM_SANDBOX_SCOPES_WRITE, abort_cb },
  { NULL },
};
