/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uploads in one piece, and what they are for: covers, thumbnails, the library.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>

/* Reserves a blob; the answer is in the fixture. */
static void
reserve (Fixture    *fixture,
         GBytes     *bytes,
         const char *type,
         const char *more)
{
  guint8 raw[16];
  gsize length = sizeof raw;
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  g_autofree char *checksum = NULL;
  g_autofree char *body = NULL;

  g_checksum_update (md5, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_checksum_get_digest (md5, raw, &length);
  checksum = g_base64_encode (raw, length);
  body = g_strdup_printf ("{\"blob\":{\"filename\":\"é.png\",\"byte_size\":%zu,"
                          "\"checksum\":\"%s\",\"content_type\":\"%s\"}%s}",
                          g_bytes_get_size (bytes), checksum, type, more);
  fixture_json (fixture, "POST", "/direct_uploads", body);
  g_assert_cmpuint (fixture->status, ==, 200);
}

/* Returns the storage's status, and puts its words into the fixture. */
static guint
send_blob (Fixture    *fixture,
           JsonObject *blob,
           GBytes     *bytes,
           const char *without)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) answer = NULL;
  JsonObject *direct = json_object_get_object_member (blob, "direct_upload");
  JsonObject *headers = json_object_get_object_member (direct, "headers");
  g_autoptr (GList) names = json_object_get_members (headers);

  message = soup_message_new ("PUT", json_object_get_string_member (direct, "url"));
  soup_message_set_request_body_from_bytes (message, NULL, bytes);
  for (GList *l = names; l != NULL; l = l->next)
    if (g_strcmp0 (l->data, without) != 0)
      soup_message_headers_replace (soup_message_get_request_headers (message), l->data,
                                    json_object_get_string_member (headers, l->data));
  answer = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  g_assert_nonnull (answer);
  g_free (fixture->body);
  fixture->body = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));

  return soup_message_get_status (message);
}

/* Returns: (transfer full): the signed id of a blob that has arrived */
static char *
upload (Fixture    *fixture,
        GBytes     *bytes,
        const char *type,
        const char *more)
{
  g_autoptr (JsonObject) blob = NULL;

  reserve (fixture, bytes, type, more);
  blob = json_object_ref (fixture->json);
  g_assert_cmpuint (send_blob (fixture, blob, bytes, NULL), ==, 200);

  return g_strdup (json_object_get_string_member (blob, "signed_id"));
}

/* What the sandbox paints, as if the seller had it on disk. */
static GBytes *
picture (Fixture    *fixture,
         const char *name)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/pictures/%s",
                                          gum_sandbox_get_port (fixture->sandbox), name);

  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  g_assert_cmpuint (fixture->status, ==, 200);

  return g_bytes_new (fixture->body, fixture->length);
}

static char *
upload_picture (Fixture    *fixture,
                const char *name)
{
  g_autoptr (GBytes) bytes = picture (fixture, name);

  return upload (fixture, bytes, "image/png", "");
}

static char *
product_path (Fixture    *fixture,
              const char *rest)
{
  fixture_json (fixture, "POST", "/products", "{\"name\":\"A\",\"price\":500,\"draft\":true}");

  return g_strconcat ("/products/",
                      json_object_get_string_member (fixture_product (fixture), "id"), rest, NULL);
}

/* @member is "signed_blob_id" or "url". */
static void
give (Fixture    *fixture,
      const char *path,
      const char *member,
      const char *value)
{
  g_autofree char *body = g_strdup_printf ("{\"%s\":\"%s\"}", member, value);

  fixture_json (fixture, "POST", path, body);
}

/* Blobs */

static void
test_blob (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("the picture", 11);
  g_autoptr (GBytes) longer = g_bytes_new_static ("the pictures", 12);
  g_autoptr (GBytes) other = g_bytes_new_static ("the pictuRe", 11);
  g_autoptr (JsonObject) blob = NULL;
  g_autoptr (JsonObject) expired = NULL;
  g_autoptr (JsonObject) seen = NULL;
  g_autofree char *url = NULL;

  reserve (fixture, bytes, "image/png", "");
  g_assert_false (json_object_has_member (fixture->json, "success"));
  blob = json_object_ref (fixture->json);
  url = g_strdup (json_object_get_string_member (
                    json_object_get_object_member (blob, "direct_upload"), "url"));
  *strchr (url, '?') = '\0';

  g_assert_cmpuint (send_blob (fixture, blob, bytes, "Content-MD5"), ==, 403);
  g_assert_cmpuint (send_blob (fixture, blob, bytes, "Content-Type"), ==, 403);
  g_assert_cmpuint (send_blob (fixture, blob, longer, NULL), ==, 403);
  g_assert_nonnull (strstr (fixture->body, "SignatureDoesNotMatch"));
  g_assert_cmpuint (send_blob (fixture, blob, other, NULL), ==, 400);
  g_assert_nonnull (strstr (fixture->body, "BadDigest"));
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  assert_storage_says (fixture, 404, "NoSuchKey");

  g_assert_cmpuint (send_blob (fixture, blob, bytes, NULL), ==, 200);
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
  g_assert_cmpstr (fixture->body, ==, "the picture");
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "image/png");
  seen = fixture_control (fixture, "uploads", "{}");
  g_assert_true (json_object_get_boolean_member (
                   json_array_get_object_element (json_object_get_array_member (seen, "blobs"), 0),
                   "arrived"));

  expired = fixture_control (fixture, "expire_uploads", "{}");
  g_assert_cmpuint (send_blob (fixture, blob, bytes, NULL), ==, 403);
  g_assert_nonnull (strstr (fixture->body, "Request has expired"));
}

static void
test_blob_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *const cases[][2] = {
    { "{}", "blob is required" },
    { "{\"blob\":{}}", "filename is required" },
    { "{\"blob\":{\"filename\":\"a\"}}", "checksum is required" },
    { "{\"blob\":{\"filename\":\"a\",\"checksum\":\"x\"}}", "content_type is required" },
    { "{\"blob\":{\"filename\":\"a\",\"checksum\":\"x\",\"content_type\":\"image/png\"}}",
      "byte_size is required" },
    { "{\"blob\":{\"filename\":\"a\",\"checksum\":\"x\",\"content_type\":\"image/png\","
      "\"byte_size\":21474836481}}", "byte_size exceeds the 20 GB maximum" },
    { "{\"blob\":{\"filename\":\"a\",\"checksum\":\"x\",\"content_type\":\"image/webp\","
      "\"byte_size\":1}}", "content_type must be JPEG, PNG, GIF or a video" },
    { "{\"purpose\":\"media\",\"blob\":{\"filename\":\"a\",\"checksum\":\"x\","
      "\"content_type\":\"image/png\",\"byte_size\":10485761}}",
      "byte_size exceeds the 10 MB maximum" },
    { "{\"purpose\":\"media\",\"blob\":{\"filename\":\"a\",\"checksum\":\"x\","
      "\"content_type\":\"image/svg+xml\",\"byte_size\":1}}",
      "content_type must be an image other than SVG" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_json (fixture, "POST", "/direct_uploads", cases[i][0]);
      assert_bad_request (fixture, cases[i][1]);
    }
}

/* Covers */

static JsonArray *
covers_of_answer (Fixture *fixture)
{
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_true (json_object_get_boolean_member (fixture->json, "success"));

  return json_object_get_array_member (fixture->json, "covers");
}

static void
test_covers (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = product_path (fixture, "/covers");
  g_autofree char *product = g_strndup (path, strlen (path) - strlen ("/covers"));
  g_autofree char *blob = upload_picture (fixture, "art-1340x700-5.png");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *body = NULL;
  g_autofree char *address = NULL;
  JsonObject *cover;

  give (fixture, path, "signed_blob_id", blob);
  cover = json_array_get_object_element (covers_of_answer (fixture), 0);
  first = g_strdup (json_object_get_string_member (cover, "id"));
  g_assert_cmpuint (strlen (first), ==, 32);
  g_assert_cmpstr (json_object_get_string_member (cover, "type"), ==, "image");
  g_assert_cmpstr (json_object_get_string_member (cover, "filetype"), ==, "png");
  g_assert_cmpint (json_object_get_int_member (cover, "width"), ==, 670);
  g_assert_cmpint (json_object_get_int_member (cover, "height"), ==, 350);
  g_assert_cmpint (json_object_get_int_member (cover, "native_width"), ==, 1340);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "main_cover_id"), ==, first);

  give (fixture, path, "url", "https://www.youtube.com/watch?v=x");
  cover = json_array_get_object_element (covers_of_answer (fixture), 1);
  second = g_strdup (json_object_get_string_member (cover, "id"));
  g_assert_cmpstr (json_object_get_string_member (cover, "type"), ==, "oembed");
  g_assert_true (json_object_get_null_member (cover, "width"));

  body = g_strdup_printf ("{\"cover_ids\":[\"%s\",\"%s\"]}", second, first);
  fixture_json (fixture, "PUT", product, body);
  g_assert_cmpstr (json_object_get_string_member (fixture_product (fixture), "main_cover_id"), ==,
                   second);

  address = g_strconcat (path, "/", second, NULL);
  fixture_json (fixture, "DELETE", address, NULL);
  g_assert_cmpuint (json_array_get_length (covers_of_answer (fixture)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "main_cover_id"), ==, first);
  fixture_json (fixture, "DELETE", address, NULL);
  assert_failure (fixture, "The cover was not found.");
}

static void
test_ninth_cover (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = product_path (fixture, "/covers");

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/pictures/art-700x700-%u.jpg",
                                              gum_sandbox_get_port (fixture->sandbox), i);

      give (fixture, path, "url", url);
      if (i < 8)
        g_assert_cmpuint (json_array_get_length (covers_of_answer (fixture)), ==, i + 1);
    }
  assert_failure (fixture, "Sorry, we have a limit of 8 previews. ");
}

static void
test_covers_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const cases[][2] = {
    { "{}", "Please provide a signed_blob_id or url." },
    { "{\"signed_blob_id\":\"x\"}", "The signed_blob_id is invalid or expired." },
    { "{\"url\":\"https://example.org/picture.svg\"}",
      "Cover must be an image (JPEG, PNG, GIF) or a video." },
    { "{\"url\":\"https://example.org/page\"}",
      "Could not process your cover, please try again." },
    { "{\"url\":\"http://10.0.0.1/a.png\"}", "Could not process your cover, please try again." },
  };
  g_autofree char *path = product_path (fixture, "/covers");
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("no picture", 10);
  g_autofree char *blob = NULL;
  g_autofree char *absent = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_json (fixture, "POST", path, cases[i][0]);
      assert_failure (fixture, cases[i][1]);
    }

  /* What is not caught. */
  give (fixture, path, "url", "not an address");
  g_assert_cmpuint (fixture->status, ==, 500);

  /* A name and a type are claims. */
  blob = upload (fixture, nonsense, "image/png", "");
  give (fixture, path, "signed_blob_id", blob);
  assert_failure (fixture, "Cover must be an image (JPEG, PNG, GIF) or a video.");
  reserve (fixture, nonsense, "image/png", "");
  absent = g_strdup (json_object_get_string_member (fixture->json, "signed_id"));
  give (fixture, path, "signed_blob_id", absent);
  assert_failure (fixture, "Could not analyze cover. ");

  g_free (blob);
  blob = upload (fixture, nonsense, "video/mp4", "");
  give (fixture, path, "signed_blob_id", blob);
  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (covers_of_answer (fixture), 0), "type"), ==,
                   "video");
}

/* Thumbnails */

static void
test_thumbnail (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const good[] = {
    "art-600x600-5.png", "art-640x640-5.jpg", "art-600x600-5.gif",
  };
  static const char *const bad[][2] = {
    { "art-600x601-5.png", "Please upload a square thumbnail." },
    { "art-599x599-5.png", "Could not process your thumbnail, please try again." },
    { "vector-600x600-5.svg", "Could not process your thumbnail, please try again." },
    { "broken-600x600-5.png", "Could not process your thumbnail, please try again." },
  };
  g_autofree char *path = product_path (fixture, "/thumbnail");
  g_autofree char *product = g_strndup (path, strlen (path) - strlen ("/thumbnail"));

  fixture_json (fixture, "DELETE", path, NULL);
  assert_failure (fixture, "The thumbnail was not found.");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *blob = upload_picture (fixture, good[i]);
      g_autofree char *url = NULL;

      give (fixture, path, "signed_blob_id", blob);
      g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
      url = g_strdup (json_object_get_string_member (
                        json_object_get_object_member (fixture->json, "thumbnail"), "url"));
      fixture_get (fixture, product);
      g_assert_cmpstr (json_object_get_string_member (fixture_product (fixture), "thumbnail_url"),
                       ==, url);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *blob = upload_picture (fixture, bad[i][0]);

      give (fixture, path, "signed_blob_id", blob);
      assert_failure (fixture, bad[i][1]);
    }

  fixture_json (fixture, "DELETE", path, NULL);
  g_assert_true (json_object_get_null_member (fixture->json, "thumbnail"));
  fixture_get (fixture, product);
  g_assert_true (json_object_get_null_member (fixture_product (fixture), "thumbnail_url"));
}

static void
test_thumbnail_size (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = product_path (fixture, "/thumbnail");
  g_autoptr (GBytes) small = picture (fixture, "art-600x600-5.png");
  gsize size = 5 * 1024 * 1024 + 1;
  guint8 *padded = g_malloc0 (size);
  g_autoptr (GBytes) large = NULL;
  g_autofree char *blob = NULL;

  memcpy (padded, g_bytes_get_data (small, NULL), MIN (size, g_bytes_get_size (small)));
  large = g_bytes_new_take (padded, size);
  blob = upload (fixture, large, "image/png", "");
  give (fixture, path, "signed_blob_id", blob);
  assert_failure (fixture, "Could not process your thumbnail, please upload an image with size "
                  "smaller than 5 MB.");

  give (fixture, path, "url", "http://127.0.0.1:1/thumbnail.png");
  g_assert_cmpuint (fixture->status, ==, 400);
  g_assert_false (json_object_get_boolean_member (fixture->json, "success"));
}

/* The library */

static void
test_media (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GBytes) bytes = picture (fixture, "art-60x40-5.png");
  g_autofree char *plain = upload (fixture, bytes, "image/png", "");
  g_autofree char *blob = upload (fixture, bytes, "image/png", ",\"purpose\":\"media\"");
  g_autofree char *second = upload (fixture, bytes, "image/png", ",\"purpose\":\"media\"");
  g_autofree char *body = NULL;
  g_autofree char *address = NULL;
  JsonObject *media;

  give (fixture, "/media", "signed_blob_id", plain);
  assert_failure (fixture, "The signed_blob_id is invalid or expired.");
  give (fixture, "/media", "url", "https://example.org/a.svg");
  assert_failure (fixture, "The file must be an image other than SVG.");

  give (fixture, "/media", "signed_blob_id", blob);
  media = json_object_get_object_member (fixture->json, "media");
  g_assert_cmpstr (json_object_get_string_member (media, "name"), ==, "é.png");
  g_assert_cmpstr (json_object_get_string_member (media, "extension"), ==, "PNG");
  g_assert_cmpint (json_object_get_int_member (media, "file_size"), ==,
                   (gint64) g_bytes_get_size (bytes));
  g_assert_cmpstr (json_object_get_string_member (
                     json_object_get_object_member (media, "status"), "type"), ==, "saved");
  address = g_strconcat ("/media/", json_object_get_string_member (media, "id"), NULL);
  give (fixture, "/media", "signed_blob_id", blob);
  assert_failure (fixture, "The signed_blob_id is invalid or expired.");

  body = g_strdup_printf ("{\"signed_blob_id\":\"%s\",\"name\":\"Second\"}", second);
  fixture_json (fixture, "POST", "/media", body);
  fixture_get (fixture, "/media");
  media = json_array_get_object_element (json_object_get_array_member (fixture->json, "media"), 0);
  g_assert_cmpstr (json_object_get_string_member (media, "name"), ==, "Second");

  fixture_json (fixture, "DELETE", address, NULL);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "message"), ==,
                   "The file was deleted.");
  fixture_json (fixture, "DELETE", address, NULL);
  assert_failure (fixture, "The media was not found.");
}

static void
test_media_scopes (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (JsonObject) set = fixture_control (fixture, "set_scope", "{\"scope\":\"account\"}");

  fixture_get (fixture, "/media");
  g_assert_cmpuint (fixture->status, ==, 403);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "message"), ==,
                   "This endpoint requires the view_profile scope.");
  fixture_json (fixture, "POST", "/media", "{}");
  g_assert_cmpuint (fixture->status, ==, 403);
  g_assert_cmpstr (json_object_get_string_member (fixture->json, "message"), ==,
                   "This endpoint requires the edit_profile scope.");
}

#define ADD(path, func) \
  g_test_add ("/sandbox/images/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("blob", test_blob);
  ADD ("blob-refused", test_blob_refused);
  ADD ("covers", test_covers);
  ADD ("ninth-cover", test_ninth_cover);
  ADD ("covers-refused", test_covers_refused);
  ADD ("thumbnail", test_thumbnail);
  ADD ("thumbnail-size", test_thumbnail_size);
  ADD ("media", test_media);
  ADD ("media-scopes", test_media_scopes);

  return g_test_run ();
}
