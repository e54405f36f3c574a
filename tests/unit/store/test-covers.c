/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing covers: what is on the wire, and what is not. */

#include "config.h"

#include "shop-test.h"

#include "gum-covers.h"
#include "gum-error.h"
#include "gum-json.h"

#include <string.h>

typedef struct {
  Shop        shop;
  GumProduct *product;
  GumCovers  *covers;
  GError     *error;         /* the last failure */
} Fixture;

static void
failed_cb (Fixture      *fixture,
           const GError *error)
{
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

/* @n_covers: how many it has at the beginning. */
static void
open_shop (Fixture *fixture,
           guint    n_covers)
{
  g_autoptr(GString) covers = g_string_new ("{\"covers\":[");

  memset (fixture, 0, sizeof *fixture);
  shop_open (&fixture->shop, 3);
  for (guint i = 0; i < n_covers; i++)
    g_string_append_printf (covers, "%s{\"id\":\"c%u\",\"url\":\"http://127.0.0.1/%u.png\",\"type\":"
                            "\"image\"}", i > 0 ? "," : "", i, i);
  g_string_append (covers, "],\"main_cover_id\":\"c0\"}");
  shop_edit (&fixture->shop, covers->str);
  store_test_refresh (fixture->shop.store, fixture->shop.id);
  store_test_tell (fixture->shop.test, "requests", "{\"clear\":true}");
  fixture->product = gum_store_dup_product (fixture->shop.store, fixture->shop.id);
  fixture->covers = gum_covers_new (fixture->shop.store, fixture->product);
  g_signal_connect_swapped (fixture->covers, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
close_shop (Fixture *fixture)
{
  g_clear_object (&fixture->covers);
  g_clear_object (&fixture->product);
  g_clear_error (&fixture->error);
  shop_clear (&fixture->shop);
}

static char *
dup_shown (Fixture *fixture)
{
  g_autoptr(GPtrArray) covers = gum_covers_dup_list (fixture->covers);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < covers->len; i++)
    {
      g_autofree char *id = NULL;

      g_object_get (covers->pdata[i], "id", &id, NULL);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", strlen (id) > 3 ? "new" : id);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_shown (Fixture    *fixture,
              const char *text)
{
  g_autofree char *shown = dup_shown (fixture);

  g_assert_cmpstr (shown, ==, text);
}

static gboolean
is_idle (gpointer covers)
{
  return !gum_covers_is_busy (covers);
}

static void
wait (Fixture *fixture)
{
  gum_test_wait_until (is_idle, fixture->covers);
}

static guint
count (Fixture    *fixture,
       const char *method)
{
  return shop_count_requests (&fixture->shop, method, "/v2/products/");
}

static GumArtwork *
make_artwork (int width,
              int height)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *buffer;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", NULL, NULL));
  bytes = g_bytes_new_take (buffer, size);
  gum_artwork_take_async (bytes, "a.png", NULL, gum_test_result_cb, &result);

  return gum_artwork_finish (gum_test_wait_result (&result), NULL);
}

static gboolean
add (Fixture  *fixture,
     int       width,
     int       height,
     gboolean  as_thumbnail,
     GError  **error)
{
  g_autoptr(GumArtwork) artwork = make_artwork (width, height);
  g_autoptr(GAsyncResult) result = NULL;

  gum_covers_add_async (fixture->covers, artwork, as_thumbnail, NULL, NULL, NULL, gum_test_result_cb,
                        &result);

  return gum_covers_finish (fixture->covers, gum_test_wait_result (&result), error);
}

static gboolean
add_address (Fixture     *fixture,
             const char  *address,
             GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_covers_add_address_async (fixture->covers, address, FALSE, NULL, gum_test_result_cb, &result);

  return gum_covers_finish (fixture->covers, gum_test_wait_result (&result), error);
}

/* Many moves, one request, which names each cover once. */
static void
test_order (void)
{
  Fixture fixture;
  g_autofree char *body = NULL;

  open_shop (&fixture, 4);
  gum_covers_move (fixture.covers, "c3", 0);
  assert_shown (&fixture, "c3 c0 c1 c2");
  gum_covers_move (fixture.covers, "c0", 9);
  gum_covers_move (fixture.covers, "c1", 1);
  assert_shown (&fixture, "c3 c1 c2 c0");
  wait (&fixture);
  g_assert_cmpuint (count (&fixture, "PUT"), ==, 1);
  body = shop_dup_last_body (&fixture.shop, "PUT");
  g_assert_nonnull (strstr (body, "[\"c3\",\"c1\",\"c2\",\"c0\"]"));
  assert_shown (&fixture, "c3 c1 c2 c0");

  /* There and back is nothing. */
  gum_covers_move (fixture.covers, "c3", 1);
  gum_covers_move (fixture.covers, "c3", 0);
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_cmpuint (count (&fixture, "PUT"), ==, 1);
  g_assert_no_error (fixture.error);
  close_shop (&fixture);
}

static void
test_order_refused (void)
{
  Fixture fixture;

  open_shop (&fixture, 3);
  shop_add_fault (&fixture.shop, "PUT /v2/products/:id", "\"kind\":\"success_false\",\"message\":\"No.\"");
  gum_covers_move (fixture.covers, "c2", 0);
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_error (fixture.error, GUM_ERROR, GUM_ERROR_REJECTED);
  assert_shown (&fixture, "c0 c1 c2");
  g_assert_cmpuint (count (&fixture, "PUT"), ==, 1);
  close_shop (&fixture);
}

/* The answer is lost: what is there then is read, and nothing is sent again. */
static void
test_order_unclear (void)
{
  Fixture fixture;

  open_shop (&fixture, 3);
  shop_add_fault (&fixture.shop, "PUT /v2/products/:id", "\"kind\":\"drop\"");
  gum_covers_move (fixture.covers, "c2", 0);
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_no_error (fixture.error);
  assert_shown (&fixture, "c2 c0 c1");
  g_assert_cmpuint (count (&fixture, "PUT"), ==, 1);
  close_shop (&fixture);
}

static void
test_remove (void)
{
  Fixture fixture;

  open_shop (&fixture, 3);
  gum_covers_remove (fixture.covers, "c1");
  assert_shown (&fixture, "c0 c2");
  g_assert_true (gum_covers_restore (fixture.covers, "c1"));
  assert_shown (&fixture, "c0 c1 c2");
  gum_covers_commit (fixture.covers, "c1");
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_cmpuint (count (&fixture, "DELETE"), ==, 0);

  /* With an order that was made without it. */
  gum_covers_remove (fixture.covers, "c1");
  gum_covers_move (fixture.covers, "c2", 0);
  gum_covers_flush (fixture.covers);
  g_assert_false (gum_covers_restore (fixture.covers, "c1"));
  wait (&fixture);
  g_assert_no_error (fixture.error);
  assert_shown (&fixture, "c2 c0");
  g_assert_cmpuint (count (&fixture, "DELETE"), ==, 1);
  g_assert_cmpuint (count (&fixture, "PUT"), ==, 1);
  close_shop (&fixture);
}

static void
test_remove_faults (void)
{
  Fixture fixture;

  open_shop (&fixture, 3);
  shop_add_fault (&fixture.shop, "DELETE /v2/products/:id/covers/:cover", "\"kind\":\"status\",\"status\":500");
  gum_covers_remove (fixture.covers, "c0");
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_nonnull (fixture.error);
  assert_shown (&fixture, "c0 c1 c2");
  g_assert_cmpuint (count (&fixture, "DELETE"), ==, 1);

  /* Somebody else was faster. */
  g_clear_error (&fixture.error);
  shop_edit (&fixture.shop, "{\"covers\":[{\"id\":\"c0\",\"type\":\"image\"}]}");
  gum_covers_remove (fixture.covers, "c2");
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_no_error (fixture.error);
  assert_shown (&fixture, "c0");

  /* It was carried out, but nobody said so. */
  shop_add_fault (&fixture.shop, "DELETE /v2/products/:id/covers/:cover", "\"kind\":\"drop\"");
  gum_covers_remove (fixture.covers, "c0");
  gum_covers_flush (fixture.covers);
  wait (&fixture);
  g_assert_error (fixture.error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  assert_shown (&fixture, "");
  g_assert_cmpuint (count (&fixture, "DELETE"), ==, 3);
  close_shop (&fixture);
}

static void
test_add (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;

  open_shop (&fixture, 1);
  g_assert_true (add (&fixture, 300, 200, FALSE, &error));
  g_assert_true (add_address (&fixture, "https://www.youtube.com/watch?v=x", &error));
  assert_shown (&fixture, "c0 new new");
  g_assert_cmpuint (count (&fixture, "POST"), ==, 2);
  g_assert_cmpuint (shop_count_requests (&fixture.shop, "POST", "/v2/direct_uploads"), ==, 1);

  g_assert_false (add_address (&fixture, "file:///etc/passwd", &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_ADDRESS);
  g_assert_cmpuint (count (&fixture, "POST"), ==, 2);
  close_shop (&fixture);
}

static void
test_room (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;

  open_shop (&fixture, 8);
  g_assert_false (add (&fixture, 300, 200, FALSE, &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_TOO_MANY);
  g_clear_error (&error);
  g_assert_cmpuint (shop_count_requests (&fixture.shop, "POST", "/"), ==, 0);

  /* What was removed makes room, and is deleted first. */
  gum_covers_remove (fixture.covers, "c3");
  g_assert_true (add (&fixture, 300, 200, FALSE, &error));
  g_assert_no_error (error);
  assert_shown (&fixture, "c0 c1 c2 c4 c5 c6 c7 new");
  close_shop (&fixture);
}

static void
test_add_unclear (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;

  open_shop (&fixture, 1);
  shop_add_fault (&fixture.shop, "POST /v2/products/:id/covers", "\"kind\":\"drop\"");
  g_assert_false (add (&fixture, 300, 200, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  assert_shown (&fixture, "c0 new");
  g_assert_cmpuint (count (&fixture, "POST"), ==, 1);
  g_assert_true (gum_covers_check_room (fixture.covers, NULL));
  close_shop (&fixture);
}

static void
cancel_cb (goffset  sent,
           goffset  total,
           gpointer data)
{
  g_cancellable_cancel (data);
}

/* In the middle of the bytes: the product is not asked for anything. */
static void
test_add_cancelled (void)
{
  Fixture fixture;
  g_autoptr(GumArtwork) artwork = make_artwork (300, 200);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  open_shop (&fixture, 1);
  gum_covers_add_async (fixture.covers, artwork, FALSE, cancel_cb, cancellable, cancellable,
                        gum_test_result_cb, &result);
  g_assert_true (gum_covers_is_busy (fixture.covers));
  g_assert_false (gum_covers_finish (fixture.covers, gum_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (gum_covers_is_busy (fixture.covers));
  g_assert_cmpuint (count (&fixture, "POST"), ==, 0);
  close_shop (&fixture);
}

static void
test_thumbnail (void)
{
  Fixture fixture;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  open_shop (&fixture, 1);
  g_assert_false (add (&fixture, 700, 600, TRUE, &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_NOT_SQUARE);
  g_clear_error (&error);
  g_assert_cmpuint (shop_count_requests (&fixture.shop, "POST", "/"), ==, 0);

  g_assert_true (add (&fixture, 600, 600, TRUE, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (gum_product_get_thumbnail_url (fixture.product), "http"));
  assert_shown (&fixture, "c0");

  gum_covers_remove_thumbnail_async (fixture.covers, gum_test_result_cb, &result);
  g_assert_true (gum_covers_finish (fixture.covers, gum_test_wait_result (&result), &error));
  g_assert_null (gum_product_get_thumbnail_url (fixture.product));
  close_shop (&fixture);
}

/* Whoever asked is gone; what was asked for is not. */
static void
test_left (void)
{
  Fixture fixture;
  GWeakRef weak;

  open_shop (&fixture, 3);
  g_weak_ref_init (&weak, fixture.covers);
  gum_covers_remove (fixture.covers, "c0");
  gum_covers_move (fixture.covers, "c2", 0);
  gum_covers_flush (fixture.covers);
  g_signal_handlers_disconnect_by_data (fixture.covers, &fixture);
  g_clear_object (&fixture.covers);
  for (GumCovers *covers; (covers = g_weak_ref_get (&weak)) != NULL; g_object_unref (covers))
    g_main_context_iteration (NULL, TRUE);
  g_weak_ref_clear (&weak);
  g_assert_cmpuint (count (&fixture, "DELETE"), ==, 1);
  g_assert_cmpuint (count (&fixture, "PUT"), ==, 1);
  close_shop (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/covers/order", test_order);
  g_test_add_func ("/store/covers/order-refused", test_order_refused);
  g_test_add_func ("/store/covers/order-unclear", test_order_unclear);
  g_test_add_func ("/store/covers/remove", test_remove);
  g_test_add_func ("/store/covers/remove-faults", test_remove_faults);
  g_test_add_func ("/store/covers/add", test_add);
  g_test_add_func ("/store/covers/room", test_room);
  g_test_add_func ("/store/covers/add-unclear", test_add_unclear);
  g_test_add_func ("/store/covers/add-cancelled", test_add_cancelled);
  g_test_add_func ("/store/covers/thumbnail", test_thumbnail);
  g_test_add_func ("/store/covers/left", test_left);

  return g_test_run ();
}
