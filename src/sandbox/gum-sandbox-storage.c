/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The storage's own answers, which are XML and speak of keys and signatures, as S3's do.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

void
gum_sandbox_call_xml (GumSandboxCall *call,
                      guint           status,
                      const char     *code,
                      const char     *message)
{
  gum_sandbox_call_take_text (call, status, "application/xml",
                              g_strdup_printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                               "<Error><Code>%s</Code><Message>%s</Message>"
                                               "<RequestId>SANDBOX</RequestId></Error>",
                                               code, message));
}

/* The part that the address of @call names, whatever its signature; NULL if there is none. */
GumSandboxPart *
gum_sandbox_storage_part (GumSandboxCall    *call,
                          GumSandboxUpload **upload)
{
  GumSandboxUpload *found;
  gint64 number = 0;

  found = gum_sandbox_find_upload (call->state, gum_sandbox_peek_string (call->params, "uploadId"));
  if (upload != NULL)
    *upload = found;
  gum_sandbox_get_int (call->params, "partNumber", &number);
  if (found == NULL || number < 1 || number > found->parts->len)
    return NULL;

  return found->parts->pdata[number - 1];
}

/* What is refused before anything else is looked at; TRUE if it was. */
gboolean
gum_sandbox_call_refuse_put (GumSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);

  if (soup_message_headers_get_one (headers, "Authorization") != NULL)
    gum_sandbox_call_xml (call, 400, "InvalidArgument",
                          "Only one auth mechanism allowed; only the X-Amz-Algorithm query "
                          "parameter, Signature query string parameter or the Authorization header "
                          "should be specified");
  else if (!call->intake->has_length)
    gum_sandbox_call_xml (call, 411, "MissingContentLength",
                          "You must provide the Content-Length HTTP header.");
  else
    return FALSE;

  return TRUE;
}

static void
put_part_cb (GumSandboxCall *call)
{
  g_autofree char *name = g_uri_unescape_string (call->path + strlen ("/storage/"), NULL);
  g_autofree char *signature = gum_sandbox_dup_string (call->params, "X-Amz-Signature");
  g_autofree char *etag = NULL;
  GumSandboxUpload *upload;
  GumSandboxPart *part = gum_sandbox_storage_part (call, &upload);

  if (gum_sandbox_call_refuse_put (call))
    return;

  if (part == NULL || g_strcmp0 (part->signature, signature) != 0 ||
      g_strcmp0 (upload->key, name) != 0)
    {
      gum_sandbox_call_xml (call, 403, "SignatureDoesNotMatch", GUM_SANDBOX_WRONG_SIGNATURE);
      return;
    }
  if (call->intake->started_at >= upload->expires_at)
    {
      gum_sandbox_call_xml (call, 403, "AccessDenied", "Request has expired");
      return;
    }
  if (upload->status != GUM_SANDBOX_UPLOAD_OPEN)
    {
      gum_sandbox_call_xml (call, 404, "NoSuchUpload", GUM_SANDBOX_NO_SUCH_UPLOAD);
      return;
    }

  g_free (part->etag);
  part->etag = gum_sandbox_intake_md5 (call->intake);
  part->size = call->intake->size;
  etag = g_strdup_printf ("\"%s\"", part->etag);
  gum_sandbox_call_header (call, "ETag", etag);
  gum_sandbox_call_text (call, 200, NULL, "");
}

const GumSandboxRoute gum_sandbox_storage_routes[] = {
  { "PUT", "/storage/attachments/:user/:guid/original/:name", 0, put_part_cb },
  { NULL },
};
