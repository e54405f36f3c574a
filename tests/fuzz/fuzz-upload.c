/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Gumroad answers to those who want to upload: a presign, a complete or an abort, and the place for
 * a blob. The same bytes are read as each of them. */

#include "config.h"

#include "fuzz.h"

#include "gum-blob-private.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-upload-private.h"
#include "gum-util.h"

#include <string.h>

static void
check_session (JsonObject *object,
               guint64     size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GumUploadSession) session = _gum_upload_session_parse (object, size, 1000, &error);
  g_autoptr(JsonNode) body = NULL;
  guint64 n;

  g_assert_true ((session == NULL) == (error != NULL));
  if (session == NULL)
    return;

  n = session->addresses->len;
  g_assert_true (session->upload_id != NULL && session->key != NULL);
  g_assert_cmpuint (n, >, 0);
  /* Every byte is in just one part, and no part is empty. */
  g_assert_cmpuint ((n - 1) * session->part_size, <, size);
  g_assert_cmpuint (n * session->part_size, >=, size);
  for (guint i = 0; i < n; i++)
    g_assert_true (gum_uri_check_secure (session->addresses->pdata[i], NULL));

  body = _gum_upload_session_to_json (session, NULL);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (body));
}

static void
check_place (JsonObject *object)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GumBlobPlace) place = _gum_blob_place_parse (object, &error);

  g_assert_true ((place == NULL) == (error != NULL));
  if (place == NULL)
    return;

  g_assert_true (gum_uri_check_secure (place->address, NULL));
  g_assert_cmpuint (place->headers->len % 2, ==, 0);
  for (guint i = 0; i < place->headers->len; i++)
    g_assert_null (strpbrk (place->headers->pdata[i], "\r\n"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const guint64 sizes[] = { 1, 999, 1000, 2001, GUM_UPLOAD_MAX_SIZE };
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(JsonNode) node = gum_json_parse_object (bytes, NULL);
  g_autofree char *file_url = NULL;

  if (node == NULL)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    check_session (json_node_get_object (node), sizes[i]);
  check_place (json_node_get_object (node));
  file_url = _gum_upload_answer_dup_file_url (json_node_get_object (node));
  g_assert_true (file_url == NULL || *file_url != '\0');
  _gum_upload_answer_is_gone (json_node_get_object (node));

  return 0;
}
