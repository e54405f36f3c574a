/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures: from the network, from disk, and the many things that are none. */

#include "config.h"

#include "store-test.h"

#include "gum-error.h"
#include "gum-pictures.h"
#include "gum-raw-server.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gum-picture-decode.h"
#include "gum-picture-disk.h"

static GBytes *
make_picture (int         width,
              int         height,
              const char *format)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *buffer;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, format, NULL, NULL));

  return g_bytes_new_take (buffer, size);
}

static void
push_picture (GumRawServer *server,
              GBytes       *bytes,
              const char   *type)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_string_printf (answer, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
                   type, size);
  g_string_append_len (answer, data, size);
  gum_raw_server_push (server, GUM_RAW_KEEP, answer->str, answer->len);
}

static GdkPixbuf *
load (GumPictures  *pictures,
      const char   *uri,
      int           width,
      int           height,
      gboolean      cover,
      GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_pictures_load_async (pictures, uri, width, height, cover, NULL, gum_test_result_cb, &result);

  return gum_pictures_load_finish (pictures, gum_test_wait_result (&result), error);
}

static void
test_sizes (void)
{
  static const struct {
    int      width, height, asked_width, asked_height;
    gboolean cover;
    int      is_width, is_height;
  } cases[] = {
    { 400, 200, 100, 100, FALSE, 100, 50 },
    { 400, 200, 100, 100, TRUE, 100, 100 },
    { 200, 400, 100, 100, TRUE, 100, 100 },
    { 40, 20, 100, 100, FALSE, 40, 20 },
    { 40, 20, 100, 100, TRUE, 20, 20 },
    { 400, 20, 100, 100, TRUE, 20, 20 },
    { 1000, 1, 10, 10, FALSE, 10, 1 },
    { 1, 1, 10, 10, TRUE, 1, 1 },
  };
  static const char * const formats[] = { "png", "jpeg" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (formats); j++)
        {
          g_autoptr(GBytes) bytes = make_picture (cases[i].width, cases[i].height, formats[j]);
          g_autoptr(GError) error = NULL;
          g_autoptr(GdkPixbuf) pixbuf = gum_picture_decode (bytes, cases[i].asked_width,
                                                            cases[i].asked_height, cases[i].cover,
                                                            NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, cases[i].is_width);
          g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, cases[i].is_height);
        }
    }
}

/* A header that promises 20000 × 20000 pixels. */
static GBytes *
make_bomb (void)
{
  g_autoptr(GBytes) small = make_picture (1, 1, "png");
  gsize size;
  const guint8 *data = g_bytes_get_data (small, &size);
  guint8 *bomb = g_memdup2 (data, size);
  guint32 crc = 0xffffffff;

  bomb[16] = bomb[20] = 0;
  bomb[17] = bomb[21] = 0;
  bomb[18] = bomb[22] = 0x4e;
  bomb[19] = bomb[23] = 0x20;
  for (guint i = 12; i < 29; i++)
    {
      crc ^= bomb[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
    }
  crc = GUINT32_TO_BE (crc ^ 0xffffffff);
  memcpy (bomb + 29, &crc, 4);

  return g_bytes_new_take (bomb, size);
}

static void
test_refused (void)
{
  static const char * const none[] = {
    "", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", "<html>", "BM", "GIF89a",
    "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "RIFF....WEBPVP8 ",
  };
  g_autoptr(GBytes) bomb = make_bomb ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (none[i], strlen (none[i]));

      g_assert_null (gum_picture_decode (bytes, 10, 10, FALSE, NULL, &error));
      g_assert_error (error, GUM_ERROR, GUM_ERROR_PICTURE);
      g_clear_error (&error);
    }
  g_assert_null (gum_picture_decode (bomb, 10, 10, FALSE, NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PICTURE);
}

static void
test_kept (void)
{
  g_autofree char *directory = gum_test_make_dir ();
  g_autofree char *folder = g_build_filename (directory, "pictures", NULL);
  g_autoptr(GumRawServer) server = gum_raw_server_new ();
  g_autoptr(GBytes) picture = make_picture (64, 64, "png");
  g_autofree char *uri = g_strconcat (gum_raw_server_get_url (server), "/one.png", NULL);
  g_autofree char *request = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  push_picture (server, picture, "image/png");
  {
    g_autoptr(GumPictures) pictures = gum_pictures_new (folder, TRUE);
    g_autoptr(GdkPixbuf) first = load (pictures, uri, 32, 32, TRUE, &error);
    g_autoptr(GdkPixbuf) second = NULL;

    g_assert_no_error (error);
    g_assert_cmpint (gdk_pixbuf_get_width (first), ==, 32);
    second = load (pictures, uri, 16, 16, TRUE, &error);
    g_assert_no_error (error);
    g_assert_cmpint (gdk_pixbuf_get_width (second), ==, 16);
    g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, 1);
  }

  request = gum_raw_server_dup_request (server, 0);
  g_assert_null (strstr (request, "Authorization"));
  g_assert_null (strstr (request, "Cookie"));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  {
    g_autoptr(GumPictures) pictures = gum_pictures_new (folder, TRUE);
    g_autofree char *other = g_strconcat (uri, "?2", NULL);
    g_autoptr(GdkPixbuf) third = NULL;

    gum_pictures_set_online (pictures, FALSE);
    third = load (pictures, uri, 32, 32, TRUE, &error);
    g_assert_no_error (error);
    g_assert_nonnull (third);
    g_assert_null (load (pictures, other, 32, 32, TRUE, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE);
  }
  gum_raw_server_stop (server);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

static void
test_joined (void)
{
  g_autofree char *directory = gum_test_make_dir ();
  g_autoptr(GumPictures) pictures = gum_pictures_new (directory, TRUE);
  g_autoptr(GumRawServer) server = gum_raw_server_new ();
  g_autoptr(GBytes) picture = make_picture (64, 64, "jpeg");
  g_autoptr(GAsyncResult) one = NULL;
  g_autoptr(GAsyncResult) two = NULL;
  g_autoptr(GdkPixbuf) first = NULL;
  g_autoptr(GdkPixbuf) second = NULL;
  g_autoptr(GError) error = NULL;

  push_picture (server, picture, "image/jpeg");
  gum_pictures_load_async (pictures, gum_raw_server_get_url (server), 8, 8, TRUE, NULL,
                           gum_test_result_cb, &one);
  gum_pictures_load_async (pictures, gum_raw_server_get_url (server), 9, 9, TRUE, NULL,
                           gum_test_result_cb, &two);
  first = gum_pictures_load_finish (pictures, gum_test_wait_result (&one), &error);
  g_assert_no_error (error);
  second = gum_pictures_load_finish (pictures, gum_test_wait_result (&two), &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (second), ==, 9);
  g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, 1);

  gum_raw_server_stop (server);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

static void
test_redirects (void)
{
  g_autofree char *directory = gum_test_make_dir ();
  g_autoptr(GumPictures) pictures = gum_pictures_new (directory, TRUE);
  g_autoptr(GumPictures) strict = gum_pictures_new (directory, FALSE);
  g_autoptr(GumRawServer) server = gum_raw_server_new ();
  g_autoptr(GBytes) picture = make_picture (8, 8, "png");
  g_autofree char *away = g_strconcat (gum_raw_server_get_url (server), "/away", NULL);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GError) error = NULL;

  gum_raw_server_push_answer (server, "302 Found", "Location: /there\r\n", "");
  push_picture (server, picture, "image/png");
  pixbuf = load (pictures, gum_raw_server_get_url (server), 8, 8, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pixbuf);

  gum_raw_server_push_answer (server, "302 Found", "Location: http://192.0.2.1/x.png\r\n", "");
  g_assert_null (load (pictures, away, 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_INSECURE);
  g_clear_error (&error);

  for (guint i = 0; i < 6; i++)
    gum_raw_server_push_answer (server, "302 Found", "Location: /again\r\n", "");
  g_assert_null (load (pictures, away, 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PICTURE);
  g_clear_error (&error);

  g_assert_null (load (strict, gum_raw_server_get_url (server), 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_INSECURE);
  g_clear_error (&error);
  g_assert_null (load (pictures, "file:///etc/passwd", 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_INSECURE);

  gum_raw_server_stop (server);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

static void
test_failures (void)
{
  g_autofree char *directory = gum_test_make_dir ();
  g_autoptr(GumPictures) pictures = gum_pictures_new (directory, TRUE);
  g_autoptr(GumRawServer) server = gum_raw_server_new ();
  g_autofree char *html = g_strconcat (gum_raw_server_get_url (server), "/html", NULL);
  g_autofree char *missing = g_strconcat (gum_raw_server_get_url (server), "/missing", NULL);
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;

  gum_raw_server_push_answer (server, "200 OK", "Content-Type: image/png\r\n", "<html>");
  g_assert_null (load (pictures, html, 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PICTURE);
  g_clear_error (&error);
  gum_raw_server_push_answer (server, "404 Not Found", "", "");
  g_assert_null (load (pictures, missing, 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PICTURE);
  g_clear_error (&error);

  /* What had no picture is not asked for again at once. */
  g_assert_null (load (pictures, missing, 8, 8, FALSE, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PICTURE);
  g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, 2);

  dir = g_dir_open (directory, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  gum_raw_server_stop (server);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

static void
test_cancelled (void)
{
  g_autofree char *directory = gum_test_make_dir ();
  g_autoptr(GumPictures) pictures = gum_pictures_new (directory, TRUE);
  g_autoptr(GumRawServer) server = gum_raw_server_new ();
  g_autoptr(GPtrArray) cancellables = g_ptr_array_new_with_free_func (g_object_unref);
  GAsyncResult *results[8] = { NULL, };
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GBytes) picture = make_picture (8, 8, "png");
  g_autoptr(GError) error = NULL;

  /* Four that never answer, and four that wait behind them. */
  for (guint i = 0; i < 4; i++)
    gum_raw_server_push (server, GUM_RAW_STALL, "", 0);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s/%u", gum_raw_server_get_url (server), i);
      GCancellable *cancellable = g_cancellable_new ();

      g_ptr_array_add (cancellables, cancellable);
      gum_pictures_load_async (pictures, uri, 8, 8, FALSE, cancellable, gum_test_result_cb,
                               &results[i]);
    }
  gum_raw_server_wait_requests (server, 4);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_cancellable_cancel (g_ptr_array_index (cancellables, i));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_null (gum_pictures_load_finish (pictures, gum_test_wait_result (&results[i]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_clear_object (&results[i]);
    }
  g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, 4);

  /* The places of the four are free again. */
  push_picture (server, picture, "image/png");
  pixbuf = load (pictures, gum_raw_server_get_url (server), 8, 8, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pixbuf);
  gum_raw_server_stop (server);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

/* What the disk no longer holds as it was is fetched anew. */
static void
test_damaged (void)
{
  static const char * const contents[] = { "", "garbage", "\x89PNG\r\n\x1a\n" };
  g_autofree char *directory = gum_test_make_dir ();
  g_autoptr(GumRawServer) server = gum_raw_server_new ();
  g_autoptr(GBytes) picture = make_picture (64, 64, "png");
  g_autofree char *uri = g_strconcat (gum_raw_server_get_url (server), "/one.png", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr(GumPictures) pictures = gum_pictures_new (directory, TRUE);
      g_autoptr(GdkPixbuf) pixbuf = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = g_bytes_new_static (contents[i], strlen (contents[i]));

      gum_picture_disk_write (directory, uri, bytes, 64 * 1024);
      push_picture (server, picture, "image/png");
      pixbuf = load (pictures, uri, 32, 32, TRUE, &error);
      g_assert_no_error (error);
      g_assert_nonnull (pixbuf);
      g_assert_cmpuint (gum_raw_server_get_n_requests (server), ==, i + 1);
    }
  gum_raw_server_stop (server);
  gum_test_remove_dir (g_steal_pointer (&directory));
}

static void
test_bound (void)
{
  g_autofree char *directory = gum_test_make_dir ();
  g_autofree char *kilobyte = g_strnfill (1024, 'x');
  g_autoptr(GBytes) bytes = g_bytes_new_static (kilobyte, 1024);
  g_autoptr(GBytes) found = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://example.com/%u", i);

      gum_picture_disk_write (directory, uri, bytes, 64 * 1024);
    }
  g_assert_cmpint (gum_picture_disk_trim (directory, 10 * 1024), ==, 10 * 1024);
  g_assert_cmpint (gum_picture_disk_trim (directory, 4 * 1024), <=, 4 * 1024);
  found = gum_picture_disk_read (directory, "https://example.com/9");
  g_assert_nonnull (found);
  g_assert_null (gum_picture_disk_read (directory, "https://example.com/0"));
  gum_test_remove_dir (g_steal_pointer (&directory));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/pictures/sizes", test_sizes);
  g_test_add_func ("/store/pictures/refused", test_refused);
  g_test_add_func ("/store/pictures/kept", test_kept);
  g_test_add_func ("/store/pictures/joined", test_joined);
  g_test_add_func ("/store/pictures/redirects", test_redirects);
  g_test_add_func ("/store/pictures/failures", test_failures);
  g_test_add_func ("/store/pictures/cancelled", test_cancelled);
  g_test_add_func ("/store/pictures/damaged", test_damaged);
  g_test_add_func ("/store/pictures/bound", test_bound);

  return g_test_run ();
}
