/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each kind of fault, as a client meets it; and that a fault says truly whether the request was
 * carried out.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <string.h>
#include <sys/socket.h>

#define USER_FAULT "{\"match\":\"GET /v2/user\",\"kind\":\"%s\"%s}"

static void
test_after_and_times (Fixture       *fixture,
                      gconstpointer  data)
{
  static const guint expected[] = { 200, 200, 500, 500, 500, 200 };

  fixture_fault (fixture, "{\"match\":\"GET /v2/user\",\"kind\":\"status\",\"status\":500,"
                 "\"after\":2,\"times\":3}");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      fixture_get (fixture, "/categories");
      g_assert_cmpuint (fixture->status, ==, 200);
      fixture_get (fixture, "/user");
      g_assert_cmpuint (fixture->status, ==, expected[i]);
    }
}

static void
test_match (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  g_autoptr (JsonObject) cleared = NULL;

  fixture_fault (fixture, "{\"match\":\"GET /v2/products/:id\",\"kind\":\"html\",\"times\":0}");
  fixture_get (fixture, "/products");
  g_assert_nonnull (fixture->json);
  fixture_get (fixture, path);
  g_assert_null (fixture->json);
  cleared = fixture_control (fixture, "clear_faults", "{}");
  fixture_get (fixture, path);
  g_assert_nonnull (fixture->json);

  fixture_fault (fixture, "{\"match\":\"GET /v2/products\",\"query\":\"page_key\","
                 "\"kind\":\"empty\"}");
  fixture_get (fixture, "/products");
  g_assert_nonnull (fixture->json);
  fixture_get (fixture, "/products?page_key=1");
  g_assert_cmpuint (fixture->length, ==, 0);
}

static void
test_unknown_kind (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (JsonObject) result = fixture_control (fixture, "fault", "{\"kind\":\"boredom\"}");

  g_assert_false (json_object_get_boolean_member (result, "ok"));
}

static void
test_rate_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  fixture_fault (fixture, USER_FAULT, "status", ",\"status\":429");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->status, ==, 429);
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "text/plain");
  g_assert_true (g_str_has_prefix (fixture->body, "Retry later"));
  g_assert_null (fixture_header (fixture, "Retry-After"));

  fixture_fault (fixture, USER_FAULT, "status",
                 ",\"status\":429,\"headers\":{\"Retry-After\":\"7\"}");
  fixture_get (fixture, "/user");
  g_assert_cmpstr (fixture_header (fixture, "Retry-After"), ==, "7");
}

static void
test_bodies (Fixture       *fixture,
             gconstpointer  data)
{
  fixture_fault (fixture, USER_FAULT, "html", "");
  fixture_get (fixture, "/user");
  g_assert_true (g_str_has_prefix (fixture->body, "<!DOCTYPE html>"));

  fixture_fault (fixture, USER_FAULT, "bad_json", "");
  fixture_get (fixture, "/user");
  g_assert_true (g_str_has_prefix (fixture->body, "{\"success\""));
  g_assert_null (fixture->json);

  fixture_fault (fixture, USER_FAULT, "empty", "");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpuint (fixture->length, ==, 0);

  fixture_fault (fixture, USER_FAULT, "success_false", ",\"message\":\"No.\"");
  fixture_get (fixture, "/user");
  assert_failure (fixture, "No.");

  fixture_fault (fixture, USER_FAULT, "deep", "");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->length, ==, 100000);
  g_assert_cmpint (fixture->body[99999], ==, '[');

  fixture_fault (fixture, USER_FAULT, "huge", ",\"mib\":3");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->length, >, 3 * 1024 * 1024);

  fixture_fault (fixture, USER_FAULT, "redirect",
                 ",\"status\":307,\"location\":\"http://127.0.0.1:1/\"");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->status, ==, 307);
  g_assert_cmpstr (fixture_header (fixture, "Location"), ==, "http://127.0.0.1:1/");
}

static void
test_gzip_bomb (Fixture       *fixture,
                gconstpointer  data)
{
  fixture_fault (fixture, USER_FAULT, "gzip_bomb", ",\"mib\":8");
  fixture_get (fixture, "/user");
  g_assert_cmpuint (fixture->length, >, 8 * 1024 * 1024);
}

static void
test_broken_bodies (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture_fault (fixture, USER_FAULT, "cut", ",\"bytes\":20");
  fixture_get (fixture, "/user");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);

  /* libsoup of this age takes it for the whole; newer ones do not. */
  fixture_fault (fixture, USER_FAULT, "chunk_cut", ",\"bytes\":20");
  fixture_get (fixture, "/user");
  if (fixture->error == NULL)
    g_assert_cmpuint (fixture->length, ==, 20);

  fixture_get (fixture, "/user");
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->json);
}

static void
test_drip (Fixture       *fixture,
           gconstpointer  data)
{
  fixture_fault (fixture, USER_FAULT, "drip", ",\"bytes_per_second\":20000");
  fixture_get (fixture, "/user");
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->json);
}

static void
test_latency (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();

  fixture_fault (fixture, USER_FAULT, "latency", ",\"ms\":200");
  fixture_get (fixture, "/user");
  g_assert_nonnull (fixture->json);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 200000);
}

static gboolean
is_deleted (Fixture    *fixture,
            const char *path)
{
  fixture_get (fixture, path);

  return json_object_get_boolean_member (fixture_product (fixture), "deleted");
}

static void
delete_with (Fixture    *fixture,
             const char *path,
             const char *kind)
{
  fixture_fault (fixture, "{\"match\":\"POST /v2/products/:id\",\"kind\":\"%s\"}", kind);
  fixture_fault (fixture, "{\"match\":\"DELETE /v2/products/:id\",\"kind\":\"%s\"}", kind);
  fixture_json (fixture, "DELETE", path, NULL);
}

/* "drop" happened, "drop_before" did not; the client cannot tell them apart. */
static void
test_drop (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *kind;
    gboolean applied;
  } cases[] = {
    { "drop_before", FALSE }, { "reset_before", FALSE }, { "drop", TRUE },
  };
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) cleared = NULL;

      /* A new connection, on which libsoup does not send again by itself. */
      soup_session_abort (fixture->session);
      delete_with (fixture, path, cases[i].kind);
      g_assert_nonnull (fixture->error);
      cleared = fixture_control (fixture, "clear_faults", "{}");
      g_assert_cmpint (is_deleted (fixture, path), ==, cases[i].applied);
    }
}

static void
test_reset (Fixture       *fixture,
            gconstpointer  data)
{
  fixture_fault (fixture, USER_FAULT, "reset", "");
  soup_session_abort (fixture->session);
  fixture_get (fixture, "/user");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
cancel_when_waiting (Fixture    *fixture,
                     const char *kind)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 1, NULL);
  g_autofree char *url = g_strconcat (gum_sandbox_get_api_url (fixture->sandbox), "/user", NULL);
  g_autofree char *header = NULL;
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  header = g_strconcat ("Bearer ", gum_sandbox_get_access_token (fixture->sandbox), NULL);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", header);
  fixture_fault (fixture, USER_FAULT, kind, "");
  bytes = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_null (bytes);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* The client gives up; and the sandbox still stops at once. */
static void
test_hang (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (JsonObject) stats = NULL;

  cancel_when_waiting (fixture, "hang");
  cancel_when_waiting (fixture, "hang_body");
  cancel_when_waiting (fixture, "drip");
  stats = fixture_control (fixture, "stats", "{}");
  g_assert_cmpint (json_object_get_int_member (stats, "held"), >=, 1);
}

static void
received_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GError **error = data;
  g_autoptr (GBytes) bytes = NULL;

  bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, error);
  g_assert_nonnull (*error);
}

/* A client that waits is let go when all begins anew. */
static void
test_hang_until_reset (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char *const kinds[] = { "hang", "hang_body", "latency\",\"ms\":\"1000000" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *url = g_strconcat (gum_sandbox_get_oauth_url (fixture->sandbox),
                                          "/authorize", NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) reset = NULL;
      gint64 held = 0;

      fixture_fault (fixture, "{\"match\":\"* /oauth/authorize\",\"kind\":\"%s\"}", kinds[i]);
      soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                        received_cb, &error);
      while (held == 0)
        {
          g_autoptr (JsonObject) stats = fixture_control (fixture, "stats", "{}");

          held = json_object_get_int_member (stats, "held");
          g_main_context_iteration (NULL, FALSE);
        }
      reset = fixture_control (fixture, "reset", "{}");
      while (error == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
}

static gint64
count_held (Fixture *fixture)
{
  g_autoptr (JsonObject) stats = fixture_control (fixture, "stats", "{}");

  return json_object_get_int_member (stats, "held");
}

/* A client that resets the connection while its fault still waits: libsoup must not warn. */
static void
test_gone_before_the_fault (Fixture       *fixture,
                            gconstpointer  data)
{
  static const char request[] = "GET /v2/user HTTP/1.1\r\nHost: x\r\n\r\n";
  struct linger linger = { 1, 0 };
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fault (fixture, USER_FAULT, "drop", ",\"ms\":300");
  address = g_inet_socket_address_new_from_string ("127.0.0.1",
                                                   gum_sandbox_get_port (fixture->sandbox));
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_send (socket, request, strlen (request), NULL, &error);
  g_assert_no_error (error);
  while (count_held (fixture) == 0)
    continue;

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, &error);
  g_assert_no_error (error);
  while (count_held (fixture) > 0)
    continue;
}

static void
test_repeat_page (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;

  fixture_fault (fixture, "{\"match\":\"GET /v2/products\",\"kind\":\"repeat_page\",\"times\":0}");
  fixture_get (fixture, "/products");
  key = g_strdup (json_object_get_string_member (fixture->json, "next_page_key"));
  path = g_strconcat ("/products?page_key=", key, NULL);
  for (guint i = 0; i < 3; i++)
    {
      fixture_get (fixture, path);
      g_assert_cmpstr (json_object_get_string_member (fixture->json, "next_page_key"), ==, key);
    }
}

static void
test_edit_behind_the_back (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *id = fixture_first_id (fixture);
  g_autofree char *path = g_strconcat ("/products/", id, NULL);
  g_autoptr (JsonObject) result = NULL;

  result = fixture_control (fixture, "edit", "{\"id\":\"%s\",\"set\":{\"name\":\"Changed\","
                            "\"price\":\"not a number\"},\"unset\":[\"tags\"]}", id);
  g_assert_true (json_object_get_boolean_member (result, "ok"));
  fixture_get (fixture, path);
  g_assert_cmpstr (json_object_get_string_member (fixture_product (fixture), "name"), ==,
                   "Changed");
  g_assert_false (json_object_has_member (fixture_product (fixture), "tags"));
  fixture_get (fixture, "/products");
  g_assert_nonnull (strstr (fixture->body, "\"price\":\"not a number\""));
}

/* Whatever a test puts into a product, the sandbox itself is not confused by it. */
static void
test_edit_anything (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char *const names[] = {
    "id", "name", "description", "custom_permalink", "price", "currency", "customizable_price",
    "max_purchase_count", "subscription_duration", "is_tiered_membership", "recurrences",
    "published", "deleted", "short_url", "thumbnail_url", "covers", "main_cover_id", "tags",
    "taxonomy_id", "category", "file_info", "custom_fields", "bundle_products", "variants", "url",
    "rich_content", "has_same_rich_content_for_all_variants", "files", "refund_policy",
    "sales_count", "sales_usd_cents", "unheard_of",
  };
  static const char *const values[] = { "null", "1", "-1.5", "\"x\"", "true", "[]", "{}", "[1]",
                                        "[null,{}]", "{\"a\":[{}]}" };
  static const char *const parts[] = { "custom_fields", "offer_codes", "variant_categories",
                                       "reviews", "skus" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autofree char *id = fixture_first_id (fixture);
        g_autofree char *path = g_strconcat ("/products/", id, NULL);
        g_autofree char *enable = g_strconcat (path, "/enable", NULL);
        g_autofree char *expected = g_strdup_printf ("\"%s\":%s", names[i], values[j]);
        g_autoptr (JsonObject) result = NULL;
        g_autoptr (JsonObject) reset = NULL;

        result = fixture_control (fixture, "edit", "{\"id\":\"%s\",\"set\":{%s}}", id, expected);
        fixture_get (fixture, "/products");
        g_assert_cmpuint (fixture->status, ==, 200);
        fixture_get (fixture, path);
        g_assert_nonnull (strstr (fixture->body, expected));
        for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
          {
            g_autofree char *part = g_strconcat (path, "/", parts[k], NULL);

            fixture_get (fixture, part);
            g_assert_true (json_object_get_boolean_member (fixture->json, "success"));
          }
        fixture_json (fixture, "PUT", path, "{\"cover_ids\":[],\"tags\":[\"ok\"],\"price\":700}");
        g_assert_cmpuint (fixture->status, ==, 200);
        fixture_json (fixture, "PUT", path, "{\"files\":[],\"rich_content\":[]}");
        g_assert_cmpuint (fixture->status, ==, 200);
        fixture_json (fixture, "PUT", enable, "{}");
        g_assert_cmpuint (fixture->status, ==, 200);
        reset = fixture_control (fixture, "reset", "{}");
      }
}

static void
test_deep_request (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *brackets = g_strnfill (200000, '[');
  g_autofree char *body = g_strconcat ("{\"a\":", brackets, NULL);

  fixture_json (fixture, "POST", "/products", body);
  g_assert_cmpuint (fixture->status, ==, 400);
}

#define ADD(path, func) \
  g_test_add ("/sandbox/faults/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("after-and-times", test_after_and_times);
  ADD ("match", test_match);
  ADD ("unknown-kind", test_unknown_kind);
  ADD ("rate-limit", test_rate_limit);
  ADD ("bodies", test_bodies);
  ADD ("gzip-bomb", test_gzip_bomb);
  ADD ("broken-bodies", test_broken_bodies);
  ADD ("drip", test_drip);
  ADD ("latency", test_latency);
  ADD ("drop", test_drop);
  ADD ("reset", test_reset);
  ADD ("hang", test_hang);
  ADD ("hang-until-reset", test_hang_until_reset);
  ADD ("gone-before-the-fault", test_gone_before_the_fault);
  ADD ("repeat-page", test_repeat_page);
  ADD ("edit-behind-the-back", test_edit_behind_the_back);
  ADD ("edit-anything", test_edit_anything);
  ADD ("deep-request", test_deep_request);

  return g_test_run ();
}
