/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client side is deliberately dull: every request is synchronous, nothing is followed, nothing
 * is kept between tests.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

#define TIMEOUT 20

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  const GumSandboxOptions *options = data;
  g_autoptr (GError) error = NULL;

  fixture->sandbox = gum_sandbox_new (options);
  gum_sandbox_start (fixture->sandbox, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new_with_options ("timeout", TIMEOUT, NULL);
}

static void
clear_answer (Fixture *fixture)
{
  g_clear_object (&fixture->message);
  g_clear_pointer (&fixture->body, g_free);
  g_clear_pointer (&fixture->json, json_object_unref);
  g_clear_error (&fixture->error);
  fixture->status = 0;
  fixture->length = 0;
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  clear_answer (fixture);
  soup_session_abort (fixture->session);
  g_clear_object (&fixture->session);
  gum_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
}

static void
send_with (Fixture    *fixture,
           const char *method,
           const char *url,
           const char *content_type,
           const char *body,
           const char *authorization)
{
  SoupMessageHeaders *headers;
  g_autoptr (GBytes) bytes = NULL;

  clear_answer (fixture);
  fixture->message = soup_message_new (method, url);
  g_assert_nonnull (fixture->message);
  soup_message_add_flags (fixture->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (fixture->message);
  if (authorization != NULL)
    soup_message_headers_append (headers, "Authorization", authorization);
  if (body != NULL)
    {
      g_autoptr (GBytes) sent = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (fixture->message, content_type, sent);
    }

  bytes = soup_session_send_and_read (fixture->session, fixture->message, NULL, &fixture->error);
  fixture->status = soup_message_get_status (fixture->message);
  if (bytes != NULL)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();

      fixture->length = g_bytes_get_size (bytes);
      fixture->body = g_malloc0 (fixture->length + 1);
      if (fixture->length > 0)
        memcpy (fixture->body, g_bytes_get_data (bytes, NULL), fixture->length);
      if (fixture->body[0] == '{' &&
          json_parser_load_from_data (parser, fixture->body, -1, NULL))
        fixture->json = json_node_dup_object (json_parser_get_root (parser));
    }
}

void
fixture_send (Fixture    *fixture,
              const char *method,
              const char *url,
              const char *content_type,
              const char *body,
              const char *token)
{
  g_autofree char *authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;

  send_with (fixture, method, url, content_type, body, authorization);
}

void
fixture_basic (Fixture    *fixture,
               const char *path,
               const char *body,
               const char *credentials)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) credentials, strlen (credentials));
  g_autofree char *authorization = g_strconcat ("Basic ", encoded, NULL);
  g_autofree char *url = g_strconcat (gum_sandbox_get_oauth_url (fixture->sandbox), path, NULL);

  send_with (fixture, "POST", url, "application/x-www-form-urlencoded", body, authorization);
}

void
fixture_get (Fixture    *fixture,
             const char *path)
{
  g_autofree char *url = g_strconcat (gum_sandbox_get_api_url (fixture->sandbox), path, NULL);

  fixture_send (fixture, "GET", url, NULL, NULL, gum_sandbox_get_access_token (fixture->sandbox));
}

void
fixture_json (Fixture    *fixture,
              const char *method,
              const char *path,
              const char *body)
{
  g_autofree char *url = g_strconcat (gum_sandbox_get_api_url (fixture->sandbox), path, NULL);

  fixture_send (fixture, method, url, "application/json", body,
                gum_sandbox_get_access_token (fixture->sandbox));
}

void
fixture_form (Fixture    *fixture,
              const char *path,
              const char *body)
{
  g_autofree char *url = g_strconcat (gum_sandbox_get_oauth_url (fixture->sandbox), path, NULL);

  fixture_send (fixture, "POST", url, "application/x-www-form-urlencoded", body, NULL);
}

/* Returns: (transfer full): the answer */
static JsonObject *
control (Fixture    *fixture,
         const char *verb,
         const char *args)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;

  gum_sandbox_control (fixture->sandbox, verb, args, &result);
  json_parser_load_from_data (parser, result, -1, &error);
  g_assert_no_error (error);

  return json_node_dup_object (json_parser_get_root (parser));
}

JsonObject *
fixture_control (Fixture    *fixture,
                 const char *verb,
                 const char *format,
                 ...)
{
  g_autofree char *args = NULL;
  va_list list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);

  return control (fixture, verb, args);
}

void
fixture_fault (Fixture    *fixture,
               const char *format,
               ...)
{
  g_autoptr (JsonObject) result = NULL;
  g_autofree char *args = NULL;
  va_list list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);

  result = control (fixture, "fault", args);
  g_assert_true (json_object_get_boolean_member (result, "ok"));
}

const char *
fixture_header (Fixture    *fixture,
                const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (fixture->message), name);
}

/* The product of the last answer, which must be a success. */
JsonObject *
fixture_product (Fixture *fixture)
{
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_nonnull (fixture->json);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));

  return json_object_get_object_member (fixture->json, "product");
}

char *
fixture_first_id (Fixture *fixture)
{
  JsonArray *products;

  fixture_get (fixture, "/products");
  products = json_object_get_array_member (fixture->json, "products");

  return g_strdup (json_object_get_string_member (json_array_get_object_element (products, 0),
                                                  "id"));
}

/* Status 200, and yet no. */
void
assert_failure (Fixture    *fixture,
                const char *prefix)
{
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_nonnull (fixture->json);
  g_assert_false (json_object_get_boolean_member (fixture->json, "success"));
  if (!g_str_has_prefix (json_object_get_string_member (fixture->json, "message"), prefix))
    g_error ("“%s” does not start with “%s”",
             json_object_get_string_member (fixture->json, "message"), prefix);
}

/* The other kind of refusal: no "success", and "error" where others say "message". */
void
assert_bad_request (Fixture    *fixture,
                    const char *error)
{
  g_assert_cmpuint (fixture->status, ==, 400);
  g_assert_nonnull (fixture->json);
  g_assert_false (json_object_has_member (fixture->json, "success"));
  g_assert_cmpint (json_object_get_int_member (fixture->json, "status"), ==, 400);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "error"), ==, error);
}

void
assert_storage_says (Fixture    *fixture,
                     guint       status,
                     const char *text)
{
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->status, ==, status);
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "application/xml");
  g_assert_nonnull (strstr (fixture->body, text));
}

/* A draft; @more are further members. */
char *
fixture_create (Fixture    *fixture,
                const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"A\",\"price\":500,\"draft\":true%s}", more);

  fixture_json (fixture, "POST", "/products", body);

  return g_strdup (json_object_get_string_member (fixture_product (fixture), "id"));
}

void
fixture_send_for (Fixture    *fixture,
                  const char *method,
                  const char *id,
                  const char *rest,
                  const char *body)
{
  g_autofree char *path = g_strconcat ("/products/", id, rest, NULL);

  fixture_json (fixture, method, path, body);
}

/* "ID" stands for @id in their paths. */
void
assert_refused (Fixture       *fixture,
                const char    *id,
                const Refusal *cases,
                guint          n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (GString) path = g_string_new (cases[i].path);

      g_string_replace (path, "ID", id, 0);
      fixture_json (fixture, cases[i].method, path->str, cases[i].body);
      assert_failure (fixture, cases[i].refusal);
    }
}

void
fixture_set (Fixture    *fixture,
             const char *verb,
             const char *args)
{
  g_autoptr (JsonObject) result = fixture_control (fixture, verb, "%s", args);

  g_assert_true (json_object_get_boolean_member (result, "ok"));
}

void
fixture_edit (Fixture    *fixture,
              const char *id,
              const char *set)
{
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"set\":%s}", id, set);

  fixture_set (fixture, "edit", args);
}

/* Uploads in parts */

void
upload_clear (Upload *upload)
{
  g_clear_pointer (&upload->id, g_free);
  g_clear_pointer (&upload->key, g_free);
  g_clear_pointer (&upload->file_url, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (upload->parts); i++)
    g_clear_pointer (&upload->parts[i], g_free);
}

/* Three parts, the last one shorter. */
void
presign (Fixture *fixture,
         Upload  *upload)
{
  g_autoptr (JsonObject) set = fixture_control (fixture, "set_storage", "{\"part_size\":%d}", PART);
  JsonArray *parts;

  fixture_json (fixture, "POST", "/files/presign",
                "{\"filename\":\"../a b%é.bin\",\"file_size\":2500}");
  g_assert_cmpuint (fixture->status, ==, 200);
  upload->id = g_strdup (json_object_get_string_member (fixture->json, "upload_id"));
  upload->key = g_strdup (json_object_get_string_member (fixture->json, "key"));
  upload->file_url = g_strdup (json_object_get_string_member (fixture->json, "file_url"));
  parts = json_object_get_array_member (fixture->json, "parts");
  g_assert_cmpuint (json_array_get_length (parts), ==, G_N_ELEMENTS (upload->parts));
  for (guint i = 0; i < G_N_ELEMENTS (upload->parts); i++)
    {
      JsonObject *part = json_array_get_object_element (parts, i);

      g_assert_cmpint (json_object_get_int_member (part, "part_number"), ==, i + 1);
      upload->parts[i] = g_strdup (json_object_get_string_member (part, "presigned_url"));
    }
}

char *
bytes_of (guint part)
{
  return g_strnfill (part == 2 ? SIZE - 2 * PART : PART, (char) ('a' + part));
}

/* Returns the ETag, with its quotes. */
char *
send_part (Fixture *fixture,
           Upload  *upload,
           guint    part)
{
  g_autofree char *bytes = bytes_of (part);
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, bytes, -1);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", md5);

  fixture_send (fixture, "PUT", upload->parts[part], NULL, bytes, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpstr (fixture_header (fixture, "ETag"), ==, quoted);

  return g_steal_pointer (&quoted);
}

JsonObject *
newest_upload (Fixture *fixture)
{
  g_autoptr (JsonObject) result = fixture_control (fixture, "uploads", "{}");
  JsonArray *uploads = json_object_get_array_member (result, "uploads");

  return json_object_ref (json_array_get_object_element (uploads,
                                                         json_array_get_length (uploads) - 1));
}

gint64
received_of_first (Fixture *fixture)
{
  g_autoptr (JsonObject) upload = newest_upload (fixture);
  JsonArray *parts = json_object_get_array_member (upload, "parts");

  return json_object_get_int_member (json_array_get_object_element (parts, 0), "received");
}
