/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may become a cover or a thumbnail, and what is said of everything else. */

#include "config.h"

#include "gum-artwork.h"
#include "gum-error.h"
#include "gum-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* @alpha: something is transparent; @noise: it does not become small. */
static GBytes *
make_picture (int         width,
              int         height,
              const char *format,
              gboolean    alpha,
              gboolean    noise)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize length = gdk_pixbuf_get_byte_length (pixbuf);
  guint32 seed = 1;
  char *buffer;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x33669980);
  for (gsize i = 0; noise && i < length; i++)
    {
      seed = seed * 1664525 + 1013904223;
      pixels[i] = seed >> 24;
    }
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, format, NULL, NULL));

  return g_bytes_new_take (buffer, size);
}

static GumArtwork *
take (GBytes      *bytes,
      const char  *name,
      GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_artwork_take_async (bytes, name, NULL, gum_test_result_cb, &result);

  return gum_artwork_finish (gum_test_wait_result (&result), error);
}

static GumArtwork *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;

  gum_artwork_read_async (file, NULL, gum_test_result_cb, &result);

  return gum_artwork_finish (gum_test_wait_result (&result), error);
}

static GumArtwork *
crop (GumArtwork *artwork,
      int         x,
      int         y,
      int         side)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GumArtwork *square;

  gum_artwork_crop_async (artwork, x, y, side, NULL, gum_test_result_cb, &result);
  square = gum_artwork_finish (gum_test_wait_result (&result), &error);
  g_assert_no_error (error);

  return square;
}

/* As they are, byte for byte, under a name with the right ending. */
static void
test_taken (void)
{
  static const struct {
    const char *format, *media_type, *name, *is_name;
  } cases[] = {
    { "png", "image/png", "a.b.webp", "a.b.png" },
    { "jpeg", "image/jpeg", "Straße", "Straße.jpg" },
    { "jpeg", "image/jpeg", ".hidden", ".hidden.jpg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = make_picture (1000, 500, cases[i].format, FALSE, FALSE);
      g_autoptr(GError) error = NULL;
      g_autoptr(GumArtwork) artwork = take (bytes, cases[i].name, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (gum_artwork_get_bytes (artwork), bytes));
      g_assert_cmpstr (gum_artwork_get_media_type (artwork), ==, cases[i].media_type);
      g_assert_cmpstr (gum_artwork_get_name (artwork), ==, cases[i].is_name);
      g_assert_cmpint (gum_artwork_get_width (artwork), ==, 1000);
      g_assert_cmpint (gum_artwork_get_height (artwork), ==, 500);
      g_assert_false (gum_artwork_was_converted (artwork));
      g_assert_cmpint (gdk_pixbuf_get_width (gum_artwork_get_preview (artwork)), <=, 720);
    }
}

static void
test_converted (void)
{
  static const struct {
    const char *format;
    int         width, is_width;
    gboolean    alpha, noise;
    const char *media_type;
  } cases[] = {
    { "bmp", 640, 640, FALSE, FALSE, "image/png" },
    { "tiff", 640, 640, TRUE, FALSE, "image/png" },
    { "tiff", 900, 900, FALSE, TRUE, "image/jpeg" },
    { "tiff", 900, 900, TRUE, TRUE, "image/png" },
    { "bmp", 3000, 2680, FALSE, FALSE, "image/png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = make_picture (cases[i].width, 600, cases[i].format, cases[i].alpha,
                                              cases[i].noise);
      g_autoptr(GError) error = NULL;
      g_autoptr(GumArtwork) artwork = take (bytes, "x.y", &error);

      g_assert_no_error (error);
      g_assert_true (gum_artwork_was_converted (artwork));
      g_assert_cmpstr (gum_artwork_get_media_type (artwork), ==, cases[i].media_type);
      g_assert_cmpint (gum_artwork_get_width (artwork), ==, cases[i].is_width);
    }
}

static void
assert_refused (const void *data,
                gsize       size,
                int         code)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(GumArtwork) artwork = take (bytes, "picture.png", &error);

  g_assert_null (artwork);
  g_assert_error (error, GUM_ARTWORK_ERROR, code);
}

static void
test_refused (void)
{
  static const char avif[] = "\0\0\0\x1c" "ftypavif\0\0\0\0avifmif1miaf";
  static const char heic[] = "\0\0\0\x18" "ftypheic\0\0\0\0mif1heic";
  g_autoptr(GBytes) whole = make_picture (800, 800, "png", FALSE, TRUE);
  g_autoptr(GBytes) photograph = make_picture (800, 800, "jpeg", FALSE, TRUE);
  const guint8 *data = g_bytes_get_data (whole, NULL);
  gsize size = g_bytes_get_size (whole);

  assert_refused ("", 0, GUM_ARTWORK_ERROR_NEITHER);
  assert_refused ("<html><body>Not found", 21, GUM_ARTWORK_ERROR_NEITHER);
  assert_refused ("%PDF-1.7", 8, GUM_ARTWORK_ERROR_NEITHER);
  assert_refused ("\x89PNG\r\n\x1a\n", 8, GUM_ARTWORK_ERROR_BROKEN);
  assert_refused ("\xff\xd8\xff\xe0 not a photograph", 22, GUM_ARTWORK_ERROR_BROKEN);
  assert_refused ("GIF89a", 6, GUM_ARTWORK_ERROR_BROKEN);
  assert_refused ("BM", 2, GUM_ARTWORK_ERROR_BROKEN);
  /* Half of one, which decoders show with a grey rest. */
  assert_refused (data, size / 2, GUM_ARTWORK_ERROR_BROKEN);
  assert_refused (g_bytes_get_data (photograph, NULL), g_bytes_get_size (photograph) / 2,
                  GUM_ARTWORK_ERROR_BROKEN);
  /* Without a loader for them these would be no pictures that can be read. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GBytes) bytes = i == 0 ? g_bytes_new_static (avif, sizeof avif - 1)
                                       : g_bytes_new_static (heic, sizeof heic - 1);
      g_autoptr(GError) error = NULL;

      g_assert_null (take (bytes, "x", &error));
      g_assert_true (g_error_matches (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_FORMAT) ||
                     g_error_matches (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_BROKEN));
    }
}

/* 64 × 32, the left half red and the right half blue, as phones and the web have them. */
static const struct {
  const char *name;
  const char *base64;
} foreign[] = {
  { "x.webp",
    "UklGRmAAAABXRUJQVlA4IFQAAABQBACdASpAACAAPrVQokunJKMhrAgA4BaJYwDJA9b6B+Kv4AAGUYaBLFgAAP7s"
    "vY/xdx3Ll7//W/Ic6vssNC3s2FKLD96/9OzneXRd7ddi2ABWygA=" },
  { "x.heic",
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAIAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEA"
    "AAAAAAAAQwACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAV"
    "aW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAA"
    "AQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAA"
    "AwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAACAAAAAQcGl4"
    "aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAEtt"
    "ZGF0AAAAPygBr1jm9Oq//+c7v/8qPSH2JRfX/+Kr1X9RO0/8YSVJLUGhOEOoU1kV9AH/X9IQtIF+6STPHCOH8N3q"
    "7MGiFA==" },
  { "x.avif",
    "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAKgAAACNpaW5mAAAA"
    "AAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYx"
    "Q4EADAAAAAAUaXNwZQAAAAAAAABAAAAAIAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAA"
    "ADJtZGF0EgAKCRgVP/sECAgaEDIbGYAQQQQEALNXJfYnFZ3V1IT2sNlVWsUpoANg" },
};

static void
test_foreign (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      gsize size;
      guchar *data = g_base64_decode (foreign[i].base64, &size);
      g_autoptr(GBytes) bytes = g_bytes_new_take (data, size);
      g_autoptr(GError) error = NULL;
      g_autoptr(GumArtwork) artwork = take (bytes, foreign[i].name, &error);
      GdkPixbuf *preview;
      const guint8 *pixels;

      g_assert_no_error (error);
      g_assert_true (gum_artwork_was_converted (artwork));
      g_assert_cmpstr (gum_artwork_get_media_type (artwork), ==, "image/png");
      g_assert_cmpstr (gum_artwork_get_name (artwork), ==, "x.png");
      g_assert_cmpint (gum_artwork_get_width (artwork), ==, 64);
      g_assert_cmpint (gum_artwork_get_height (artwork), ==, 32);
      preview = gum_artwork_get_preview (artwork);
      pixels = gdk_pixbuf_get_pixels (preview);
      g_assert_cmpint (pixels[0], >, 200);
      g_assert_cmpint (pixels[(gdk_pixbuf_get_width (preview) - 1) * gdk_pixbuf_get_n_channels (preview)], <, 60);
      /* Half of one is none. */
      assert_refused (data, size / 2, GUM_ARTWORK_ERROR_BROKEN);
    }
}

static void
test_thumbnail (void)
{
  static const struct {
    int      width, height;
    gboolean alpha, noise;
    int      code;      /* -1: taken */
  } cases[] = {
    { 600, 600, FALSE, FALSE, -1 },
    { 599, 599, FALSE, FALSE, GUM_ARTWORK_ERROR_TOO_SMALL },
    { 2000, 599, FALSE, FALSE, GUM_ARTWORK_ERROR_TOO_SMALL },
    { 601, 600, FALSE, FALSE, GUM_ARTWORK_ERROR_NOT_SQUARE },
    { 1400, 1400, TRUE, TRUE, GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = make_picture (cases[i].width, cases[i].height, "png", cases[i].alpha,
                                              cases[i].noise);
      g_autoptr(GError) error = NULL;
      g_autoptr(GumArtwork) artwork = take (bytes, "x.png", NULL);

      if (cases[i].code < 0)
        g_assert_true (gum_artwork_check_thumbnail (artwork, NULL));
      else if (!gum_artwork_check_thumbnail (artwork, &error))
        g_assert_error (error, GUM_ARTWORK_ERROR, cases[i].code);
      else
        g_assert_not_reached ();
    }
}

/* The left half is red, the right half blue. */
static void
test_crop (void)
{
  static const struct { int x, side, is_side; guint8 red; } cases[] = {
    { 0, 700, 700, 255 },
    { 1700, 700, 700, 0 },
    { 1000, 1400, 1200, 0 },
  };
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 2400, 1400);
  g_autoptr(GdkPixbuf) right = gdk_pixbuf_new_subpixbuf (pixbuf, 1200, 0, 1200, 1400);
  g_autoptr(GumArtwork) whole = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *buffer;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  gdk_pixbuf_fill (right, 0x0000ffff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", NULL, NULL));
  bytes = g_bytes_new_take (buffer, size);
  whole = take (bytes, "x.png", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GumArtwork) square = crop (whole, cases[i].x, 0, cases[i].side);
      GdkPixbuf *preview = gum_artwork_get_preview (square);
      guint8 *middle = gdk_pixbuf_get_pixels (preview) +
                       gdk_pixbuf_get_height (preview) / 2 * gdk_pixbuf_get_rowstride (preview) +
                       gdk_pixbuf_get_width (preview) / 2 * gdk_pixbuf_get_n_channels (preview);

      g_assert_cmpint (gum_artwork_get_width (square), ==, cases[i].is_side);
      g_assert_cmpint (gum_artwork_get_height (square), ==, cases[i].is_side);
      g_assert_true (gum_artwork_check_thumbnail (square, NULL));
      g_assert_cmpint (middle[0], ==, cases[i].red);
    }
}

static void
test_files (void)
{
  char *directory = gum_test_make_dir ();
  g_autofree char *film = g_build_filename (directory, "a.mov", NULL);
  g_autofree char *empty = g_build_filename (directory, "b.png", NULL);
  g_autofree char *gone = g_build_filename (directory, "c.png", NULL);
  g_autofree char *pipe = g_build_filename (directory, "d.png", NULL);
  g_autofree char *large = g_build_filename (directory, "e.png", NULL);
  g_autofree char *long_film = g_build_filename (directory, "f.mp4", NULL);
  static const char mp4[] = "\0\0\0\x18" "ftypisom\0\0\2\0isom and frames";
  g_autoptr(GumArtwork) artwork = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (film, mp4, sizeof mp4 - 1, NULL));
  artwork = read_file (film, &error);
  g_assert_no_error (error);
  g_assert_true (gum_artwork_is_film (artwork));
  g_assert_cmpstr (gum_artwork_get_media_type (artwork), ==, "video/mp4");
  g_assert_cmpstr (gum_artwork_get_name (artwork), ==, "a.mp4");
  /* Whatever becomes of the original. */
  g_assert_cmpint (truncate (film, 0), ==, 0);
  g_assert_cmpmem (g_bytes_get_data (gum_artwork_get_bytes (artwork), NULL),
                   g_bytes_get_size (gum_artwork_get_bytes (artwork)), mp4, sizeof mp4 - 1);
  g_assert_false (gum_artwork_check_thumbnail (artwork, &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_FILM);

  g_clear_error (&error);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_null (read_file (empty, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FILE_EMPTY);
  g_clear_error (&error);
  g_assert_null (read_file (gone, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FILE_VANISHED);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (read_file (pipe, &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_NEITHER);

  g_clear_error (&error);
  g_assert_true (g_file_set_contents (large, "\x89PNG\r\n\x1a\n", 8, NULL));
  g_assert_cmpint (truncate (large, 51 * 1024 * 1024), ==, 0);
  g_assert_null (read_file (large, &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_PICTURE_TOO_LARGE);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (long_film, mp4, sizeof mp4 - 1, NULL));
  g_assert_cmpint (truncate (long_film, 501 * 1024 * 1024), ==, 0);
  g_assert_null (read_file (long_film, &error));
  g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_FILM_TOO_LARGE);

  gum_test_remove_dir (directory);
}

static void
test_cancelled (void)
{
  g_autoptr(GBytes) bytes = make_picture (1400, 1400, "png", TRUE, TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gum_artwork_take_async (bytes, "x", cancellable, gum_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (gum_artwork_finish (gum_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_addresses (void)
{
  static const char * const good[] = {
    "https://example.org/a.png", "http://example.org:8080/a?b=c", "https://youtu.be/x",
    "https://vimeo.com/1",
  };
  static const char * const bad[] = {
    "", "example.org/a.png", "https://", "https:///a", "ftp://example.org/a.png", "file:///etc/passwd",
    "javascript:alert(1)", "https://a b.org/", "https://u:p@example.org/", "https://localhost/x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (gum_artwork_check_address (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (gum_artwork_check_address (bad[i], &error));
      g_assert_error (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_ADDRESS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/artwork/taken", test_taken);
  g_test_add_func ("/store/artwork/converted", test_converted);
  g_test_add_func ("/store/artwork/foreign", test_foreign);
  g_test_add_func ("/store/artwork/refused", test_refused);
  g_test_add_func ("/store/artwork/thumbnail", test_thumbnail);
  g_test_add_func ("/store/artwork/crop", test_crop);
  g_test_add_func ("/store/artwork/files", test_files);
  g_test_add_func ("/store/artwork/cancelled", test_cancelled);
  g_test_add_func ("/store/artwork/addresses", test_addresses);

  return g_test_run ();
}
