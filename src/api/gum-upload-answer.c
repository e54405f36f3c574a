/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Gumroad answers around an upload. An answer that does not fit the file is no answer: half of the
 * addresses would make half of a file. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload-private.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-util.h"

/* As many as S3 takes. */
#define MAX_PARTS 10000

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PROTOCOL, message);

  return FALSE;
}

static char *
dup_text (JsonObject *object,
          const char *member)
{
  const char *text = gum_json_get_string (object, member);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
_gum_upload_session_free (GumUploadSession *self)
{
  g_free (self->upload_id);
  gum_secret_free (self->key);
  gum_secret_free (self->file_url);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_free (self);
}

/* Takes the address of one part to its place. */
static gboolean
parse_part (GumUploadSession  *self,
            JsonNode          *node,
            GError           **error)
{
  JsonObject *part = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr(GumSecret) address = part != NULL ? dup_text (part, "presigned_url") : NULL;
  gint64 number;

  if (address == NULL || !gum_json_get_int (part, "part_number", &number))
    return fail (error, "A part without number or address");
  if (number < 1 || number > self->addresses->len || self->addresses->pdata[number - 1] != NULL)
    return fail (error, "The parts are not numbered from 1 without a gap");
  if (!gum_uri_check_secure (address, error))
    return FALSE;

  self->addresses->pdata[number - 1] = g_steal_pointer (&address);

  return TRUE;
}

/* Gumroad's parts are of 100 MiB, which no answer says. Where their number says otherwise, the size is
 * the smallest that needs just so many. */
static gboolean
choose_part_size (GumUploadSession  *self,
                  GError           **error)
{
  guint64 n = self->addresses->len;

  if ((self->size + self->part_size - 1) / self->part_size == n)
    return TRUE;

  self->part_size = (self->size + n - 1) / n;
  if ((self->size + self->part_size - 1) / self->part_size != n)
    return fail (error, "The number of parts does not fit the file");

  return TRUE;
}

static gboolean
parse_parts (GumUploadSession  *self,
             JsonObject        *answer,
             GError           **error)
{
  JsonArray *parts = gum_json_get_array (answer, "parts");
  guint n = parts != NULL ? json_array_get_length (parts) : 0;

  if (n == 0 || n > MAX_PARTS || n > self->size)
    return fail (error, "There are no parts, or too many");

  self->addresses = g_ptr_array_new_full (n, (GDestroyNotify) gum_secret_free);
  g_ptr_array_set_size (self->addresses, n);
  for (guint i = 0; i < n; i++)
    {
      if (!parse_part (self, json_array_get_element (parts, i), error))
        return FALSE;
    }

  return choose_part_size (self, error);
}

/* The answer to a presign for a file of @size bytes, in parts of usually @part_size. Errors: %GUM_ERROR_PROTOCOL, %GUM_ERROR_INSECURE. */
GumUploadSession *
_gum_upload_session_parse (JsonObject  *answer,
                           guint64      size,
                           guint64      part_size,
                           GError     **error)
{
  g_autoptr(GumUploadSession) self = g_new0 (GumUploadSession, 1);

  self->size = size;
  self->part_size = part_size;
  self->since = g_get_monotonic_time ();
  self->upload_id = dup_text (answer, "upload_id");
  self->key = dup_text (answer, "key");
  self->file_url = dup_text (answer, "file_url");
  if (self->upload_id == NULL || self->key == NULL)
    {
      fail (error, "An upload without id or key");
      return NULL;
    }

  return parse_parts (self, answer, error) ? g_steal_pointer (&self) : NULL;
}

/* What complete (@parts, taken) and abort (%NULL) are sent with. */
JsonNode *
_gum_upload_session_to_json (GumUploadSession *self,
                             JsonArray        *parts)
{
  JsonObject *body = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (body, "upload_id", self->upload_id);
  json_object_set_string_member (body, "key", self->key);
  if (parts != NULL)
    json_object_set_array_member (body, "parts", parts);
  json_node_take_object (node, body);

  return node;
}

char *
_gum_upload_answer_dup_file_url (JsonObject *answer)
{
  return dup_text (answer, "file_url");
}

/* Whether an abort has nothing left to do. An answer that does not say so is not believed to. */
gboolean
_gum_upload_answer_is_gone (JsonObject *answer)
{
  return g_strcmp0 (gum_json_get_string (answer, "status"), "already_gone") == 0;
}
