/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Uploads that go well: what is on the wire, and what a window is told. */

#include "config.h"

#include "gum-http.h"
#include "gum-json.h"
#include "gum-upload-meter.h"
#include "upload-fixture.h"

#include <string.h>

static JsonNode *
body_of (const char *request)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (strstr (request, "\r\n\r\n") + 4, &error);

  g_assert_no_error (error);

  return node;
}

static void
test_one_part (UploadFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 777);
  g_autofree char *presign = NULL;
  g_autofree char *part = NULL;
  g_autofree char *complete = NULL;
  g_autoptr(JsonNode) asked = NULL;
  g_autoptr(JsonNode) completed = NULL;
  JsonObject *etag;
  gint64 number;

  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_part (fixture);
  upload_fixture_push_complete (fixture);
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  upload_fixture_assert_requests (fixture, 1, 1, 1, 0);

  g_assert_cmpstr (fixture->states->str, ==, " reading sending completing done");
  g_assert_cmpstr (gum_upload_get_file_url (fixture->upload), ==, "https://files.example/CANARY");
  g_assert_cmpstr (gum_upload_get_name (fixture->upload), ==, "A plug-in.zip");
  g_assert_cmpuint (gum_upload_get_total (fixture->upload), ==, 777);
  g_assert_cmpuint (gum_upload_get_attempt (fixture->upload), ==, 1);
  g_assert_false (gum_upload_is_too_slow (fixture->upload));

  presign = upload_fixture_dup_request (fixture, "POST /v2/files/presign ", 0);
  asked = body_of (presign);
  g_assert_nonnull (strstr (presign, "\r\nAuthorization: Bearer t0ken\r\n"));
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (asked), "filename"), ==,
                   "A plug-in.zip");
  g_assert_true (gum_json_get_int (json_node_get_object (asked), "file_size", &number));
  g_assert_cmpint (number, ==, 777);

  part = upload_fixture_dup_request (fixture, "PUT /CANARY/A?partNumber=1&X-Amz-Signature=CANARY ", 0);
  g_assert_null (strstr (part, "Authorization"));
  g_assert_null (strstr (part, "t0ken"));
  g_assert_nonnull (strstr (part, "\r\nContent-Length: 777\r\n"));
  g_assert_cmpstr (strstr (part, "\r\n\r\n") + 4, ==, content);

  complete = upload_fixture_dup_request (fixture, "POST /v2/files/complete ", 0);
  completed = body_of (complete);
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (completed), "upload_id"), ==,
                   "CANARY-id");
  g_assert_cmpstr (gum_json_get_string (json_node_get_object (completed), "key"), ==,
                   "attachments/1/CANARY/original/A plug-in.zip");
  etag = json_array_get_object_element (gum_json_get_array (json_node_get_object (completed),
                                                            "parts"), 0);
  g_assert_true (gum_json_get_int (etag, "part_number", &number));
  g_assert_cmpint (number, ==, 1);
  g_assert_cmpstr (gum_json_get_string (etag, "etag"), ==, "an-etag");
}

/* Each part is the right piece, whatever the size of the pieces. */
static void
test_many_parts (UploadFixture *fixture,
                 gconstpointer  data)
{
  static const struct {
    gsize size;
    guint n_parts;
    gsize piece;
  } cases[] = {
    { 6001, 7, 1000 },
    { 7000, 7, 1000 },
    { 3001, 7, 429 },        /* not what was expected: as many as there are addresses for */
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *content = upload_fixture_write_file (fixture, cases[c].size);
      guint before = upload_fixture_count (fixture, "PUT ");

      upload_fixture_push_presign (fixture, cases[c].n_parts);
      for (guint i = 0; i < cases[c].n_parts; i++)
        upload_fixture_push_part (fixture);
      upload_fixture_push_complete (fixture);
      upload_fixture_start (fixture);
      upload_fixture_assert_done (fixture);
      g_assert_cmpuint (upload_fixture_count (fixture, "PUT ") - before, ==, cases[c].n_parts);

      for (guint i = 0; i < cases[c].n_parts; i++)
        {
          g_autofree char *start = g_strdup_printf ("PUT /CANARY/A?partNumber=%u&", i + 1);
          g_autofree char *part = upload_fixture_dup_request (fixture, start, c);
          gsize length = MIN (cases[c].piece, cases[c].size - i * cases[c].piece);

          g_assert_cmpmem (strstr (part, "\r\n\r\n") + 4, strlen (strstr (part, "\r\n\r\n") + 4),
                           content + i * cases[c].piece, length);
        }
    }
}

static gboolean
four_are_there (gpointer data)
{
  return upload_fixture_count (data, "PUT ") >= GUM_UPLOAD_PARALLEL;
}

/* Four at a time, and not one more. */
static void
test_parallel (UploadFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 9000);

  upload_fixture_push_presign (fixture, 9);
  upload_fixture_start (fixture);
  upload_fixture_wait_state (fixture, GUM_UPLOAD_SENDING);
  gum_raw_server_hold (fixture->base.server, TRUE);
  gum_test_wait_until (four_are_there, fixture);
  gum_test_settle ();
  g_assert_cmpuint (upload_fixture_count (fixture, "PUT "), ==, GUM_UPLOAD_PARALLEL);

  for (guint i = 0; i < 9; i++)
    upload_fixture_push_part (fixture);
  upload_fixture_push_complete (fixture);
  gum_raw_server_hold (fixture->base.server, FALSE);
  upload_fixture_assert_done (fixture);
  upload_fixture_assert_requests (fixture, 1, 9, 1, 0);
}

/* Without an address in its answer, the presign's stands. */
static void
test_address_of_presign (UploadFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *content = upload_fixture_write_file (fixture, 10);

  upload_fixture_push_presign (fixture, 1);
  upload_fixture_push_part (fixture);
  gum_raw_server_push_json (fixture->base.server, "{\"success\":true}");
  upload_fixture_start (fixture);
  upload_fixture_assert_done (fixture);
  g_assert_true (g_str_has_suffix (gum_upload_get_file_url (fixture->upload), "/CANARY/A"));
}

static void
test_meter (void)
{
  const gint64 second = G_USEC_PER_SEC;
  GumUploadMeter meter;

  _gum_upload_meter_start (&meter, 100, 0);
  g_assert_cmpfloat (_gum_upload_meter_estimate (&meter, 1), ==, -1);
  g_assert_cmpfloat (_gum_upload_meter_estimate (&meter, 0), ==, 0);

  /* A steady line is seen as it is. */
  for (guint i = 1; i <= 10; i++)
    _gum_upload_meter_update (&meter, 100 + i * second, i * 1000);
  g_assert_cmpfloat_with_epsilon (meter.rate, 1000, 0.001);
  g_assert_cmpfloat_with_epsilon (_gum_upload_meter_estimate (&meter, 5000), 5, 0.001);

  /* One that has become half as fast is believed slowly, and in the end. */
  _gum_upload_meter_update (&meter, 100 + 11 * second, 10500);
  g_assert_cmpfloat (meter.rate, >, 800);
  for (guint i = 12; i <= 60; i++)
    _gum_upload_meter_update (&meter, 100 + i * second, 10000 + (i - 10) * 500);
  g_assert_cmpfloat_with_epsilon (meter.rate, 500, 1);

  /* What goes back was not fast; standing still, nothing can be said. */
  _gum_upload_meter_update (&meter, 100 + 61 * second, 0);
  g_assert_cmpfloat (meter.rate, <, 500);
  for (guint i = 62; i <= 120; i++)
    _gum_upload_meter_update (&meter, 100 + i * second, 0);
  g_assert_cmpfloat (_gum_upload_meter_estimate (&meter, 1), ==, -1);
  /* A clock that stands still divides nothing by zero. */
  _gum_upload_meter_update (&meter, 100 + 120 * second, 9);
  g_assert_cmpfloat (meter.rate, <, 1);
}

int
main (int   argc,
      char *argv[])
{
  gum_http_init_process ();
  g_test_init (&argc, &argv, NULL);

  UPLOAD_ADD ("/api/upload/one-part", test_one_part);
  UPLOAD_ADD ("/api/upload/many-parts", test_many_parts);
  UPLOAD_ADD ("/api/upload/parallel", test_parallel);
  UPLOAD_ADD ("/api/upload/address-of-presign", test_address_of_presign);
  g_test_add_func ("/api/upload/meter", test_meter);

  return g_test_run ();
}
